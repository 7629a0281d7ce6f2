using Waymark.Statistics;

namespace Waymark.Evidence;

/// <summary>
/// How the spread of single pupils' scores in the nation is found, which a funnel of averages needs: data (Catalogue/deviations.json), with its source.
/// It is taken from the intervals published with a score; or from the nation's shares of pupils at two scores; or as a multiple of another measure's.
/// </summary>
/// <param name="Reason">What it is, for the sentence under a funnel.</param>
/// <param name="NationalMean">The nation's mean, where the measure is made so that it is always this.</param>
public sealed record Deviation(
    string[] Measures, string Reason, string Source, double Low = 0, string? LowMeasure = null, double High = 0, string? HighMeasure = null, string? ProgressMeasure = null, double Factor = 1, double? NationalMean = null)
{
    public static Deviation? For(Measure measure) => Catalogue.Deviations.FirstOrDefault(rule => rule.Measures.Contains(measure.Code));

    /// <summary>The measures of the nation and of schools that it is worked out from, beside the measure itself.</summary>
    public IEnumerable<Measure> Needs => new[] { LowMeasure, HighMeasure, ProgressMeasure }.OfType<string>().Select(Catalogue.Measure);

    /// <summary>Null where what it is worked out from is not there.</summary>
    /// <param name="england">The nation's figure of a measure in the year.</param>
    /// <param name="schools">The same of some schools.</param>
    public double? Of(Measure measure, Func<Measure, Figure?> england, Func<Measure, IEnumerable<Figure>> schools)
    {
        if (LowMeasure is not null && HighMeasure is not null)
            return england(Catalogue.Measure(LowMeasure))?.Value is double low && england(Catalogue.Measure(HighMeasure))?.Value is double high
                ? Deviations.FromShares(Low, low / 100, High, high / 100) : null;
        var implied = schools(ProgressMeasure is null ? measure : Catalogue.Measure(ProgressMeasure))
            .Where(figure => figure is { Interval: not null, Denominator: > 0 }).Select(figure => Deviations.FromInterval(figure.Interval!.Value.Lower, figure.Interval.Value.Upper, figure.Denominator!.Value)).Order().ToList();
        return implied.Count == 0 ? null : Factor * implied[implied.Count / 2];
    }
}
