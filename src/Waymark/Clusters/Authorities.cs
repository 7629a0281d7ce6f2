using System.Text.Json;
using Waymark.Field;

namespace Waymark.Clusters;

/// <summary>A local authority of England.</summary>
/// <param name="Region">The last digits of its region's statistical code: 6 is E12000006, East of England.</param>
/// <param name="Until">The year in which a former authority ended; null for one of today.</param>
public sealed record Authority(LocalAuthorityCode Code, string Name, int Region, int? Until)
{
    /// <summary>As it stands in a list: "Northamptonshire (until 2021), 928".</summary>
    public string Label => $"{Name}{(Until is int year ? $" (until {year})" : "")}, {Code}";
}

/// <summary>The local authorities of England, from the public lists that authorities.json names.</summary>
public static class Authorities
{
    private sealed record Row(int Code, string Name, int Region, int? Until);
    private sealed record Source(List<Row> Authorities);

    public static IReadOnlyList<Authority> All { get; } = Load();

    public static Authority? Find(LocalAuthorityCode code) => All.FirstOrDefault(authority => authority.Code == code);

    /// <summary>By code, by name, or as the list shows it; null when nothing or more than one fits.</summary>
    public static Authority? Find(string text)
    {
        var wanted = text.Trim();
        if (LocalAuthorityCode.TryParse(wanted, null, out var code)) return Find(code);
        return All.OrderByDescending(authority => authority.Until ?? int.MaxValue).FirstOrDefault(authority => Same(authority.Label, wanted) || Same(authority.Name, wanted))
            ?? Only([.. All.Where(authority => wanted.Length > 2 && authority.Name.Contains(wanted, StringComparison.OrdinalIgnoreCase))]);
    }

    private static bool Same(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);

    private static Authority? Only(List<Authority> found) => found.Count == 1 ? found[0] : null;

    private static IReadOnlyList<Authority> Load()
    {
        using var stream = typeof(Authorities).Assembly.GetManifestResourceStream("Waymark.Clusters.authorities.json")!;
        return [.. JsonSerializer.Deserialize<Source>(stream, JsonSerializerOptions.Web)!.Authorities
            .Select(row => new Authority(new LocalAuthorityCode(row.Code), row.Name, row.Region, row.Until))
            .OrderBy(authority => authority.Name, StringComparer.OrdinalIgnoreCase)];
    }
}
