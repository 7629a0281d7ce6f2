using System.Collections.Frozen;
using System.Text.Json;

namespace Waymark.Statistics;

/// <summary>The five bands of published progress, numbered as in the national files.</summary>
public enum ProgressBand
{
    WellAboveAverage = 1,
    AboveAverage = 2,
    Average = 3,
    BelowAverage = 4,
    WellBelowAverage = 5,
}

/// <summary>The cut-offs of one measure in one year.</summary>
/// <param name="WellAboveFrom">A score this high or higher, with its interval above 0, is well above average.</param>
/// <param name="WellBelow">A score below this, with its interval below 0, is well below average.</param>
/// <param name="WellBelowIncludesCut">The score at the cut itself is well below average too (key stage 2, not Progress 8).</param>
public sealed record BandRule(double WellAboveFrom, double WellBelow, bool WellBelowIncludesCut);

/// <summary>What is known of a progress measure in a year.</summary>
/// <param name="Year">The academic year in six digits: 201718.</param>
/// <param name="Measure">The column of the national file that holds the score: READPROG, P8MEA.</param>
/// <param name="Decimals">How the score and its interval are published.</param>
/// <param name="StandardDeviation">Of single pupils in the nation; null where it is not known.</param>
/// <param name="Bands">Null where no band is published.</param>
/// <param name="Source">Where the figures come from.</param>
/// <param name="Note">What is doubtful about them, empty if nothing.</param>
public sealed record ProgressRule(int Year, string Measure, int Decimals, double? StandardDeviation, BandRule? Bands, string Source, string Note = "");

/// <summary>Which band a score with its published interval belongs to, by the rules of its year.</summary>
public static class ProgressBands
{
    private static readonly FrozenDictionary<(int, string), ProgressRule> Known = Read().ToFrozenDictionary(r => (r.Year, r.Measure));

    /// <summary>Every rule the library knows, from progress-rules.json.</summary>
    public static IReadOnlyCollection<ProgressRule> Rules => Known.Values;

    /// <summary>The rule of a year and measure; null where none is known.</summary>
    public static ProgressRule? Rule(int year, string measure) => Known.GetValueOrDefault((year, measure));

    public static ProgressBand Of(double score, Interval interval, BandRule rule)
    {
        if (interval.IsAbove(0))
            return score >= rule.WellAboveFrom ? ProgressBand.WellAboveAverage : ProgressBand.AboveAverage;
        if (!interval.IsBelow(0))
            return ProgressBand.Average;
        var wellBelow = score < rule.WellBelow || (rule.WellBelowIncludesCut && score <= rule.WellBelow);
        return wellBelow ? ProgressBand.WellBelowAverage : ProgressBand.BelowAverage;
    }

    private static ProgressRule[] Read()
    {
        using var stream = typeof(ProgressBands).Assembly.GetManifestResourceStream("progress-rules.json")!;
        return JsonSerializer.Deserialize<ProgressRule[]>(stream, JsonSerializerOptions.Web)!;
    }
}
