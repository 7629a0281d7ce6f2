using Waymark.Evidence;
using Waymark.Shared.Documents;
using Waymark.Statistics;

namespace Waymark.Outcomes.Packs;

internal enum FindingKind { AgainstEngland, SinceLastYear, Gap }

/// <summary>A comparison that was made, and how likely chance alone would have given one as large.</summary>
internal sealed record Comparison(FindingKind Kind, Figure Figure, double PValue, bool IsBetter, string Sentence, string Question)
{
    /// <summary>As it stands in a list, led by what it is: "Below England:".</summary>
    public Sentence Told => new(Sentence, Figure.Address(), Sentence[..(Sentence.IndexOf(':', StringComparison.Ordinal) + 1)]);
}

/// <summary>
/// What stands out: every comparison is made and counted, then as many are called findings as keep false discoveries to one in twenty
/// (Benjamini and Hochberg 1995), and at most five are told.
/// </summary>
internal sealed class StandsOut
{
    public const double FalseDiscoveryRate = 0.05;
    private readonly List<Comparison> all = [];

    private StandsOut() { }

    public int Compared => all.Count;
    public IReadOnlyList<Comparison> Found { get; private set; } = [];

    public static StandsOut In(PackData data)
    {
        var result = new StandsOut();
        foreach (var chapter in data.Chapters)
        {
            foreach (var measure in chapter.AllMeasures.Where(measure => measure.Kind is MeasureKind.Proportion or MeasureKind.Progress or MeasureKind.Mean))
            {
                result.AgainstEngland(data, measure);
                result.SinceLastYear(data, measure);
            }
            if (chapter.GapMeasure is { Kind: MeasureKind.Proportion } gap) result.Gap(data, gap);
        }
        var discoveries = result.all.Count == 0 ? [] : FalseDiscovery.BenjaminiHochberg([.. result.all.Select(comparison => comparison.PValue)], FalseDiscoveryRate);
        result.Found = [.. result.all.Where((_, index) => discoveries[index]).OrderBy(comparison => comparison.PValue).ThenBy(comparison => comparison.Figure.Measure.Number).ThenBy(comparison => comparison.Kind)];
        return result;
    }

    /// <summary>The strongest findings, one for each part of the children's journey and kind of comparison, so that five do not all say the same.</summary>
    public IReadOnlyList<Comparison> Tell(int most) => [.. Found.DistinctBy(finding => (finding.Figure.Measure.Stage, finding.Kind, finding.IsBetter)).Take(most)];

    private void AgainstEngland(PackData data, Measure measure)
    {
        if (data.Own(measure, data.Year) is not { Value: double own } figure || data.Nation(measure, data.Year) is not double england) return;
        double p;
        if (measure.Kind == MeasureKind.Proportion)
        {
            if (figure is not { CountOrNearest: double count, Denominator: long all } || england is <= 0 or >= 100) return;
            p = Significance.Proportion((long)Math.Round(count), all, england / 100);
        }
        else
        {
            if (StandardError(figure) is not double error) return;
            p = Significance.Mean(own, error, 1, england);
        }
        var (better, above) = (IsBetter(measure, own - england), own > england);
        all.Add(new Comparison(FindingKind.AgainstEngland, figure, p, better,
            $"{(above ? "Above" : "Below")} England{Firm(figure)}: {Told(figure)}. In England it was {FigureText.Show(measure, england)}.",
            (better, data.IsSchool) switch
            {
                (true, false) => $"Which of our schools could others learn from about {About(measure)}, and how?",
                (false, false) => $"What would help most with {About(measure)}, and which of our schools has done it already?",
                (true, true) => $"What do we do about {About(measure)} that other schools could learn from?",
                _ => $"What would help most with {About(measure)}, and which school like ours has done it already?",
            }));
    }

    /// <summary>"47% of pupils reached the expected standard (181 of 385; 95% interval 42% to 52%)": a share told as a sentence, a score by its name.</summary>
    private static string Told(Figure figure)
    {
        if (figure.Measure.Told is not { } told) return $"{FigureText.InSentence(figure.Measure.Label)}, {figure.WithBase()}";
        return $"{figure.Show()} {told}{figure.WithBase()[figure.Show().Length..]}";
    }

    private void SinceLastYear(PackData data, Measure measure)
    {
        var before = data.Year.Previous;
        if (Catalogue.Breaks(measure).Any(note => note.Year == data.Year.Code)) return;
        if (data.Own(measure, data.Year) is not { Value: double now } figure || data.Own(measure, before) is not { Value: double then } earlier) return;
        // Two years of different schools are no change.
        if (!data.IsSchool && !figure.Parts.Select(part => part.Place).ToHashSet().SetEquals(earlier.Parts.Select(part => part.Place))) return;
        double p;
        if (measure.Kind == MeasureKind.Proportion)
        {
            if (figure is not { CountOrNearest: double countNow, Denominator: long allNow } || earlier is not { CountOrNearest: double countThen, Denominator: long allThen }) return;
            p = Significance.Proportions((long)Math.Round(countNow), allNow, (long)Math.Round(countThen), allThen);
        }
        else
        {
            if (StandardError(figure) is not double errorNow || StandardError(earlier) is not double errorThen) return;
            p = Significance.Means(now, errorNow, 1, then, errorThen, 1);
        }
        var better = IsBetter(measure, now - then);
        all.Add(new Comparison(FindingKind.SinceLastYear, figure, p, better,
            $"{(now > then ? "Up" : "Down")} on {before}{Firm(figure)}: {Told(figure)}. The year before it was {earlier.WithBase()}.",
            better
                ? $"What changed for {About(measure)} between {before} and {data.Year}, and will it last?"
                : $"What happened with {About(measure)} between {before} and {data.Year}, and what do we do about it now?"));
    }

    private void Gap(PackData data, Measure measure)
    {
        var (ours, others) = (data.Own(measure, data.Year, Catalogue.Group("disadvantaged")), data.Own(measure, data.Year, Catalogue.Group("other")));
        if (ours is not { CountOrNearest: double count1, Denominator: long all1 and > 0 } || others is not { CountOrNearest: double count2, Denominator: long all2 and > 0 }) return;
        double? england = data.England(measure, data.Year, Catalogue.Group("disadvantaged"))?.Value is double poor && data.England(measure, data.Year, Catalogue.Group("other"))?.Value is double rest ? rest - poor : null;
        if (england is not double usual) return;
        var gap = 100 * (count2 / all2 - count1 / all1);
        var interval = Intervals.Difference((long)Math.Round(count2), all2, (long)Math.Round(count1), all1);
        var error = 100 * (interval.Upper - interval.Lower) / (2 * 1.96);
        if (error <= 0) return;
        var better = gap < usual;
        all.Add(new Comparison(FindingKind.Gap, ours, Significance.Mean(gap, error, 1, usual), better,
            $"A {(better ? "smaller" : "wider")} gap than in England{Firm(ours)}: {ours.Show()} of {Count(all1)} disadvantaged children {measure.Told?.Split(' ', 3)[2] ?? About(measure)}, and {others.Show()} of {Count(all2)} others. That is {Points(gap)} (95% interval {100 * interval.Lower:0} to {100 * interval.Upper:0}); in England it was {usual:0}.",
            better
                ? "Which disadvantaged children are doing well here, and what made the difference for them?"
                : $"What do disadvantaged children need before and during {measure.Stage.ToLowerInvariant()} that they do not get now?"));
    }

    /// <summary>What a question is about; "reading" alone would not say of which age.</summary>
    private static string About(Measure measure) => FigureText.InSentence(measure.Short) + (measure.Stage == "Key stage 2" ? " at key stage 2" : "");

    private static string Firm(Figure figure) => figure.Status == FigureStatus.Provisional ? " (provisional)" : "";

    private static string Count(long children) => children.ToString("N0", System.Globalization.CultureInfo.GetCultureInfo("en-GB"));

    private static string Points(double gap) => $"{Math.Abs(gap):0} percentage points{(gap < 0 ? " the other way round" : "")}";

    private static bool IsBetter(Measure measure, double difference) => measure.Polarity == Polarity.Lower ? difference < 0 : difference > 0;

    private static double? StandardError(Figure figure) => figure.Interval is { } interval && interval.Upper > interval.Lower ? (interval.Upper - interval.Lower) / (2 * 1.96) : null;
}
