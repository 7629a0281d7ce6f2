using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Waymark.Data;
using Waymark.Evidence;
using Waymark.Field;

namespace Waymark.Outcomes;

/// <summary>A kind of data about single pupils that a school shares or does not (data-kinds.json).</summary>
/// <param name="Measures">The results that belong to it, by code or by the beginning of a code.</param>
public sealed record DataKind(string Code, string Label, string[] Measures)
{
    public const string Characteristics = "characteristics";

    public static IReadOnlyList<DataKind> All { get; } = Read();

    /// <summary>The kind that a result belongs to; null for one that is never counted from single pupils here.</summary>
    public static DataKind? Of(Measure measure) => All.FirstOrDefault(kind => kind.Measures.Any(measure.IsOneOf));

    private static DataKind[] Read()
    {
        using var content = typeof(DataKind).Assembly.GetManifestResourceStream("Waymark.Outcomes.data-kinds.json")!;
        return JsonSerializer.Deserialize<DataKind[]>(content, JsonSerializerOptions.Web)!;
    }
}

/// <summary>
/// A school's agreement that data about its single pupils are kept here: which kinds, of which years, from when until when, and who gave it. Without one nothing of
/// that kind is loaded; with its end nobody looks at it any more; once it is withdrawn, what was loaded is taken away.
/// </summary>
public sealed class SharingAgreement : IVersioned
{
    public int Id { get; init; }
    public required SchoolUrn School { get; init; }
    /// <summary>Codes of <see cref="DataKind"/>, separated by blanks.</summary>
    public required string Kinds { get; set; }
    public required AcademicYear FirstYear { get; set; }
    public required AcademicYear LastYear { get; set; }
    public required DateOnly From { get; set; }
    public required DateOnly Until { get; set; }
    public required string SignedBy { get; set; }
    /// <summary>In which capacity: "Headteacher".</summary>
    public required string SignedAs { get; set; }
    /// <summary>Where the signed paper lies.</summary>
    public required string Reference { get; set; }
    public DateOnly? WithdrawnOn { get; private set; }
    /// <summary>How many results of pupils were taken away with it.</summary>
    public int? TakenAway { get; private set; }
    public int Version { get; set; }

    public IReadOnlyList<string> KindList => Kinds.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    public bool IsInForceOn(DateOnly day) => WithdrawnOn is null && From <= day && day <= Until;

    public bool Covers(string kind, AcademicYear year, DateOnly day) => IsInForceOn(day) && KindList.Contains(kind) && FirstYear.Code <= year.Code && year.Code <= LastYear.Code;

    /// <summary>Ends it before its time.</summary>
    public string? Withdraw(DateOnly today, int takenAway)
    {
        if (WithdrawnOn is { } before) return $"It was withdrawn on {before:d MMMM yyyy}.";
        (WithdrawnOn, TakenAway) = (today, takenAway);
        return null;
    }

    public string StateOn(DateOnly day) => WithdrawnOn is { } withdrawn ? $"Withdrawn on {withdrawn:d MMMM yyyy}" : day < From ? $"Begins on {From:d MMMM yyyy}" : day > Until ? $"Ended on {Until:d MMMM yyyy}" : $"In force until {Until:d MMMM yyyy}";
}

internal sealed class SharingAgreementTable : IEntityTypeConfiguration<SharingAgreement>
{
    public void Configure(EntityTypeBuilder<SharingAgreement> builder)
    {
        builder.ToTable("SharingAgreement");
        builder.HasIndex(agreement => agreement.School);
    }
}

/// <summary>One agreement as it is given out.</summary>
public sealed record AgreementRow(int School, string Name, string Kinds, string FirstYear, string LastYear, DateOnly From, DateOnly Until, string SignedBy, string SignedAs, string Reference, DateOnly? WithdrawnOn, bool InForce);

public static class SharingAgreementSets
{
    extension(WaymarkDb db)
    {
        public DbSet<SharingAgreement> SharingAgreements => db.Set<SharingAgreement>();
    }
}
