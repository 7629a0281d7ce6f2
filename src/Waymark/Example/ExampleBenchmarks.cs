using System.Globalization;

namespace Waymark.Example;

/// <summary>
/// Authority, region and nation side by side. Values of the region and the nation are rounded near the published ones; the authority's
/// are invented, or (a "=" and a measure's code) counted from the example's own children, so that two files never disagree.
/// </summary>
internal static class ExampleBenchmarks
{
    private static readonly string[] Columns = ["short", "measure", "topic", "polarity", "axis", "decimals", "authority", "region", "england"];

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
        return text.ToFile("lait_823.csv");
    }

    /// <summary>A counted share from a given year on ("ks2.rwm.exp@2016"); "-" before.</summary>
    private static string Counted(string measure, int year)
    {
        var parts = measure.Split('@');
        return year < int.Parse(parts[1], CultureInfo.InvariantCulture) ? "-" : ExampleText.Number(ExampleLocalResults.Share(parts[0], year), 0);
    }
}
