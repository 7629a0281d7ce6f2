using System.Globalization;
using Waymark.Field;
using Waymark.Shared.Imports;

namespace Waymark.Outcomes.Imports;

/// <summary>Finds out which place a row is about, and which schools a file names.</summary>
internal sealed class PlaceReader(PlaceRule rule, TabularFile file, Dictionary<int, (string? Name, Laestab? Laestab, int Line)> schools)
{
    private readonly int recordType = At(rule.RecordType, file);
    private readonly int level = At(rule.Level, file);
    private readonly int laestab = At(rule.Laestab, file);
    private readonly int authority = At(rule.AuthorityCode, file);
    private readonly int establishment = At(rule.Establishment, file);
    private readonly int region = At(rule.Region, file);
    private readonly int name = At(rule.Name, file);
    private readonly int[] nationalMarks = [.. rule.NationalMark?.Columns.Select(column => At(column, file)) ?? []];
    private readonly int nationalBy = At(rule.NationalMark?.By, file);
    private readonly int only = At(rule.Only?.Column, file);

    public int UrnColumn { get; } = At(rule.Urn, file);

    /// <summary>The column that says which school, by either of its numbers.</summary>
    public int SchoolColumn => UrnColumn >= 0 ? UrnColumn : laestab;

    /// <summary>The row's place; null with the reason when it has none that is kept.</summary>
    public PlaceKey? Read(TabularRow row, out string? why)
    {
        why = null;
        if (rule.NationalMark is { } mark && nationalMarks.Any(column => row.Text(column) == mark.Value))
            return mark.Values.GetValueOrDefault(row.Text(nationalBy)) switch
            {
                "primary" => PlaceKey.EnglandPrimary,
                "secondary" => PlaceKey.EnglandSecondary,
                "special" => PlaceKey.EnglandSpecial,
                "all" => PlaceKey.England,
                _ => None(out why, "a national row of a kind that is not kept"),
            };
        var kind = KindOf(row);
        if (only >= 0 && rule.Only!.Levels.Contains(kind) && !rule.Only.Values.Contains(row.Text(only)))
            return None(out why, $"a part of the whole ({row.Text(only)}) that no measure uses");
        return kind switch
        {
            "school" => School(row, out why),
            "authority" => Authority(row, out why),
            "region" => RegionOf(row.Text(region)) is { } found ? found : None(out why, "this region's code is not known"),
            "national" => PlaceKey.England,
            "nationalAll" => PlaceKey.EnglandAllSchools,
            _ => None(out why, $"a row of a kind that is not kept ({(recordType >= 0 ? row.Text(recordType) : row.Text(level))})"),
        };
    }

    private string KindOf(TabularRow row)
    {
        if (recordType >= 0)
        {
            var type = row.Text(recordType);
            return rule.School.Contains(type) ? "school" : rule.Authority.Contains(type) ? "authority" : rule.National.Contains(type) ? "national" : rule.NationalAll.Contains(type) ? "nationalAll" : "";
        }
        if (level >= 0) return rule.Levels.GetValueOrDefault(row.Text(level), "");
        if (UrnColumn >= 0 || laestab >= 0) return "school";
        return "authority";
    }

    private PlaceKey? School(TabularRow row, out string? why)
    {
        why = null;
        if (UrnColumn < 0)
            return Laestab.TryParse(row.Text(laestab), null, out var key) && LaestabToUrn.TryGetValue(key.Value, out var known)
                ? PlaceKey.School(known)
                : None(out why, "no school of the register has this LAESTAB");
        if (!SchoolUrn.TryParse(row.Text(UrnColumn), null, out var urn)) return None(out why, "this is not a URN; a URN has six digits");
        if (!schools.ContainsKey(urn.Value))
        {
            Laestab? number = authority >= 0 && establishment >= 0 && Laestab.TryParse(row.Text(authority) + row.Text(establishment), null, out var own) ? own : null;
            schools[urn.Value] = (name >= 0 && row.Text(name) is { Length: > 0 } text ? text : null, number, row.Line);
        }
        return PlaceKey.School(urn);
    }

    /// <summary>Filled before a file without URNs is read.</summary>
    public IReadOnlyDictionary<int, SchoolUrn> LaestabToUrn { get; set; } = new Dictionary<int, SchoolUrn>();

    private PlaceKey? Authority(TabularRow row, out string? why)
    {
        why = null;
        if (!LocalAuthorityCode.TryParse(row.Text(authority), null, out var code)) return None(out why, "this is not a local authority's code; it has three digits");
        foreach (var (codes, kind) in rule.Codes)
        {
            var bounds = codes.Split('-').Select(bound => int.Parse(bound, CultureInfo.InvariantCulture)).ToArray();
            if (code.Value >= bounds[0] && code.Value <= bounds[^1])
                return kind == "national" ? PlaceKey.England : PlaceKey.Region(code.Value);
        }
        return PlaceKey.Authority(code);
    }

    /// <summary>Regions are numbered as in the authority-level benchmarks; the statistical codes E12000001 to E12000009 mean the same regions.</summary>
    private static PlaceKey? RegionOf(string code) => Regions.FromStatisticalCode(code) is { } number ? PlaceKey.Region(number) : null;

    private static PlaceKey? None(out string? why, string reason)
    {
        why = reason;
        return null;
    }

    private static int At(string? column, TabularFile file) => column is null ? -1 : file.Column(column);
}
