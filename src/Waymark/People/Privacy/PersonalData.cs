using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;

namespace Waymark.People.Privacy;

/// <summary>What one table keeps about people: the record of processing, the rules of retention and what somebody is given who asks for their data come from these.</summary>
/// <param name="Whose">About whom; "nobody" for a table that holds nothing of a person.</param>
/// <param name="Holds">What it says of them.</param>
/// <param name="Why">What it is kept for.</param>
/// <param name="Days">How long it is kept; null while the work that it belongs to goes on.</param>
/// <param name="From">The column from which the days count.</param>
/// <param name="Erases">Columns that are emptied when the days are over; without any the row is deleted.</param>
public sealed record PersonalData(string Table, string Whose, string? Holds, string? Why, string? Basis, int? Days, string? From, string? Until, IReadOnlyList<string>? Erases)
{
    /// <summary>As written in personal-data.json, with the source of what is not our own choice.</summary>
    public static IReadOnlyList<PersonalData> All { get; } = Read();

    /// <summary>"90 days after it ended"; "while the person takes part".</summary>
    public string KeptFor => Days is { } days ? $"{days:N0} days, counted from {From!.Replace('_', ' ')}" : Until ?? "while the partnership’s work goes on";

    /// <summary>Tables of which nobody has said yet what they keep about people.</summary>
    public static IReadOnlyList<string> Undescribed(WaymarkDb db) => [.. db.Model.GetEntityTypes().Select(entity => entity.GetTableName()!).Except(All.Select(data => data.Table)).Order(StringComparer.Ordinal)];

    private static List<PersonalData> Read()
    {
        using var content = typeof(PersonalData).Assembly.GetManifestResourceStream("Waymark.People.Privacy.personal-data.json")!;
        return JsonSerializer.Deserialize<List<PersonalData>>(content, JsonSerializerOptions.Web)!;
    }
}
