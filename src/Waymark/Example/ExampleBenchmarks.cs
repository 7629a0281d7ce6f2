using System.Globalization;
using Waymark.Clusters;
using Waymark.Field;

namespace Waymark.Example;

/// <summary>
/// Authorities, region and nation side by side, and who is whose statistical neighbour. Values of the region, the nation and other authorities are rounded near
/// the published ones; the authority's own are invented, or (a "=" and a measure's code) counted from the example's own children, so that two files never disagree.
/// </summary>
internal static class ExampleBenchmarks
{
    private static readonly string[] Columns = ["short", "measure", "topic", "polarity", "axis", "decimals", "authority", "region", "england"];

    /// <summary>The ten of each list, the nearest first. Which authorities they are is published; from when they were used is the example's assumption.</summary>
    private static readonly (string List, int[] Neighbours)[] Lists =
    [
        ("2009-04", [825, 803, 873, 850, 865, 931, 938, 867, 869, 919]),
        ("2014-09", [850, 855, 937, 803, 881, 895, 938, 867, 869, 919]),
    ];

    private const int Own = 823;

    public static ExampleFile File()
    {
        var text = new ExampleText().Row("measure_short", "measure", "period", "geography", "value", "la_code", "region", "Topic", "Polarity", "Chart_title", "y_axis_name", "dps", "state_funded_flag");
        foreach (var measure in ExampleSchools.Embedded("benchmarks.csv", cell => Array.ConvertAll(Columns, column => cell(column))))
            foreach (var year in ExampleCalendar.Years)
            {
                void Row(string place, string values, string code, string region)
                {
                    var value = values.StartsWith('=') ? Counted(values[1..], year) : values.Split(' ')[year - 2012];
                    text.Row(measure[0], measure[1], year, place, value, code, region, measure[2], measure[3], measure[1], measure[4], measure[5], "State Funded");
                }
                Row("Central Bedfordshire", measure[6], "823", "East of England");
                Row("England", measure[8], "970", "NA");
                Row("East of England", measure[7], "985", "NA");
            }
        foreach (var measure in ExampleSchools.Embedded("neighbours.csv", cell => (Short: cell("short"), Name: cell("measure"), Topic: cell("topic"), Polarity: cell("polarity"), Values: Array.ConvertAll(Lists[^1].Neighbours, code => cell(Code(code))))))
            foreach (var (code, value) in Lists[^1].Neighbours.Zip(measure.Values))
                text.Row(measure.Short, measure.Name, ExampleCalendar.Years[^1], Known(code).Name, value, Code(code), RegionOf(code), measure.Topic, measure.Polarity, measure.Name, "", "NA", "State Funded");
        return text.ToFile("lait_823.csv");
    }

    /// <summary>Two lists of statistical neighbours: each year is set beside the ten of its own time.</summary>
    public static ExampleFile NeighbourLists()
    {
        var text = new ExampleText().Row("la_code", "la_name", "region", "rank", "neighbour_la_code", "closeness", "list");
        foreach (var (list, neighbours) in Lists)
            foreach (var (code, i) in neighbours.Select((code, i) => (code, i)))
                text.Row(Code(Own), "Central Bedfordshire", "East of England", i + 1, Code(code), "Very close", list);
        return text.ToFile("statistical_neighbours.csv");
    }

    /// <summary>How many of the new places are in good or outstanding schools: invented, the nation's near the published.</summary>
    public static ExampleFile Places()
    {
        var text = new ExampleText().Row("Year", "geographic_level", "region_code", "Region", "LANumber", "LA_name", "Qual_P_Prop", "Qual_S_Prop");
        var random = ExampleRandom.For("places scorecard");
        foreach (var year in ExampleCalendar.Years.Skip(2))
        {
            void Row(string level, string region, string code, string name, double primary, double secondary) =>
                text.Row($"{year - 1}/{year % 100}", level, region, region.Length == 0 ? "England" : "East of England", code, name, ExampleText.Number(primary, 2), ExampleText.Number(secondary, 2));
            Row("Local authority", "E12000006", Code(Own), "Central Bedfordshire", 0.83 + 0.02 * (year - 2014), 0.74 + 0.03 * (year - 2014));
            foreach (var code in Lists[^1].Neighbours)
                Row("Local authority", RegionCode(code), Code(code), Known(code).Name, 0.8 + 0.19 * random.Uniform(), 0.7 + 0.28 * random.Uniform());
            Row("National", "", "0", "England", 0.86 + 0.01 * (year - 2014), 0.79 + 0.01 * (year - 2014));
        }
        return text.ToFile("places_scorecard.csv");
    }

    private static string RegionCode(int authority) => $"E1200000{Known(authority).Region}";

    private static string? RegionOf(int authority) => Regions.FromStatisticalCode(RegionCode(authority)) is { } number ? Regions.NameOf(number) : null;

    private static Authority Known(int code) => Authorities.Find(new LocalAuthorityCode(code))!;

    private static string Code(int authority) => authority.ToString(CultureInfo.InvariantCulture);

    /// <summary>A counted share from a given year on ("ks2.rwm.exp@2016"); "-" before.</summary>
    private static string Counted(string measure, int year)
    {
        var parts = measure.Split('@');
        return year < int.Parse(parts[1], CultureInfo.InvariantCulture) ? "-" : ExampleText.Number(ExampleLocalResults.Share(parts[0], year), 0);
    }
}
