using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared.Imports;

namespace Waymark.Outcomes.Pupils;

/// <summary>Who a child is. In the store it lies under seal, apart from everything that is known of the child.</summary>
public sealed record PupilIdentity(string Upn, string Surname, string Forename, DateOnly BirthDate)
{
    public string Name => $"{Surname}, {Forename}";
}

/// <summary>One child's sealed identity, found by a pseudonym that only the key makes from a UPN.</summary>
[NotAudited]
public sealed class Pupil
{
    public int Id { get; init; }
    public required byte[] Pseudonym { get; init; }
    /// <summary>The calendar year in which the last academic year ends of which anything is known: names the key.</summary>
    public required int SealedFor { get; init; }
    public required byte[] Content { get; init; }
    /// <summary>When that year is over; how long it is kept counts from here.</summary>
    public required DateTime EndsAt { get; init; }

    /// <summary>What the audit trail calls this child.</summary>
    public string Record => RecordOf(Id);

    public static string RecordOf(int id) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"Pupil {id}");
}

/// <summary>What one line of a file says of a child: one result, and who it was then.</summary>
[NotAudited]
public sealed class PupilResult
{
    public required int ImportId { get; init; }
    public required int Line { get; init; }
    public required byte[] Pseudonym { get; init; }
    public required AcademicYear Year { get; init; }
    public required SchoolUrn School { get; init; }
    public required bool IsGirl { get; init; }
    public required bool? IsDisadvantaged { get; init; }
    /// <summary>N, K (support) or E (a plan), as in the school census.</summary>
    public required string? Sen { get; init; }
    public required bool? HasOtherLanguage { get; init; }
    public required int Measure { get; init; }
    /// <summary>1 or 0 for a standard that is reached or not; else the score.</summary>
    public required double Outcome { get; init; }
    public required DateTime EndsAt { get; init; }
}

internal sealed class PupilTables : IEntityTypeConfiguration<Pupil>, IEntityTypeConfiguration<PupilResult>
{
    public void Configure(EntityTypeBuilder<Pupil> builder)
    {
        builder.ToTable("Pupil");
        builder.HasIndex(pupil => pupil.Pseudonym).IsUnique();
    }

    public void Configure(EntityTypeBuilder<PupilResult> builder)
    {
        builder.ToTable("PupilResult");
        builder.HasKey(result => new { result.ImportId, result.Line });
        builder.HasOne<Import>().WithMany().HasForeignKey(result => result.ImportId).OnDelete(DeleteBehavior.NoAction);
        builder.HasIndex(result => result.School);
        builder.HasIndex(result => result.Pseudonym);
    }
}

/// <summary>Seals and opens identities. Each academic year has its own key: when the last child of a year is gone its key is thrown away, and no backup opens any more.</summary>
public sealed class PupilVault(SealKeys keys)
{
    private const string Name = "pupils", Purpose = "identity";

    public byte[] PseudonymOf(Upn upn) => keys.Of(Name).Mark("upn", upn.ToString());

    public byte[] Seal(PupilIdentity identity, int sealedFor) => keys.Of(KeyFor(sealedFor)).Seal(Purpose, JsonSerializer.SerializeToUtf8Bytes(identity));

    /// <summary>Null where the key is not here: a store that was restored without its keys.</summary>
    public PupilIdentity? Open(Pupil pupil) => Open(pupil.SealedFor, pupil.Content);

    public PupilIdentity? Open(int sealedFor, byte[] content) => keys.Of(KeyFor(sealedFor)).Open(Purpose, content) is { } plain ? JsonSerializer.Deserialize<PupilIdentity>(plain) : null;

    /// <summary>Throws away the keys of years that are over and of which no child is left. Returns how many.</summary>
    public int ForgetKeys(IReadOnlySet<int> inUse, int currentYear)
    {
        var over = keys.Names.Where(name => name.StartsWith(Name + "-", StringComparison.Ordinal) && int.TryParse(name[(Name.Length + 1)..], System.Globalization.CultureInfo.InvariantCulture, out var year) && year < currentYear && !inUse.Contains(year)).ToList();
        over.ForEach(keys.Destroy);
        return over.Count;
    }

    private static string KeyFor(int year) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Name}-{year}");
}

public static class PupilSets
{
    extension(WaymarkDb db)
    {
        public DbSet<Pupil> Pupils => db.Set<Pupil>();

        /// <summary>The results of files in use.</summary>
        public IQueryable<PupilResult> PupilResults => db.Set<PupilResult>().AsNoTracking().Where(result => db.Set<Import>().Any(import => import.Id == result.ImportId && import.State == ImportState.Published));
    }
}
