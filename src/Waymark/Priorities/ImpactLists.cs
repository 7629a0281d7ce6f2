using System.Globalization;
using Waymark.Data;
using Waymark.Evidence;
using Waymark.Field;
using Waymark.Shared;
using Waymark.Shared.Documents;
using Waymark.Statistics;

namespace Waymark.Priorities;

/// <summary>Measures of success as tables: where they started, where they are, where they are to be.</summary>
public static class ImpactLists
{
    /// <summary>Process limits from fewer points are mostly chance themselves.</summary>
    public const int FewestForLimits = 10;

    public static Table Measures(WaymarkDb db, IReadOnlyList<SuccessMeasure> measures, DateOnly today)
    {
        var names = Plans.NamesOf(db, [.. measures.Select(measure => measure.Place).Distinct()]);
        return new("measures", "Measures of success", [new("measure", "Measure", ColumnRole.Label), new("where", "Where"), new("from", "From"), new("now", "Latest"), new("target", "Target"), new("by", "By")],
            [.. measures.Select(measure =>
            {
                var (from, now) = Ends(db, measure);
                return new Row([new(measure.Title, Href: $"/measures/{measure.Id}"), new(WhereOf(db, measure, names)), new(from), new(now), new(measure.Target is { } target ? Show(measure, target) : "None set"), new(measure.TargetOn is { } by ? Day(by) : "")]);
            })]);
    }

    public static string WhereOf(WaymarkDb db, SuccessMeasure measure, IReadOnlyDictionary<PlaceKey, string> names) => measure.Place.Kind is PlaceKind.Cluster or PlaceKind.School ? names[measure.Place] : db.NameOf(measure.Place).Name;

    /// <summary>What it was at its baseline and what it is now, each with its base.</summary>
    public static (string From, string Now) Ends(WaymarkDb db, SuccessMeasure measure)
    {
        if (measure.Source == MeasureSource.Indicator)
        {
            var impact = Impact.Of(db, measure);
            var baseline = db.Citations.FirstOrDefault(citation => citation.Id == measure.BaselineCitationId);
            return (baseline?.Wording ?? "Not known", impact?.History is { } history ? $"{history.Figure.WithBase()}, {impact.Latest}" : "Not known");
        }
        var points = db.MeasurePoints.Where(point => point.MeasureId == measure.Id).OrderBy(point => point.On).ToList();
        string Of(MeasurePoint? point) => point is null ? "Not counted yet" : $"{Show(measure, point)}, {Day(point.On)}";
        return (Of(points.FirstOrDefault(point => measure.BaselineOn is null || point.On >= measure.BaselineOn)), Of(points.LastOrDefault()));
    }

    public static string Show(SuccessMeasure measure, MeasurePoint point) => point.Base is { } all ? $"{Show(measure, point.Value)} ({point.Count.ToString("0", CultureInfo.InvariantCulture)} of {all})" : Show(measure, point.Value);

    public static string Show(SuccessMeasure measure, double value)
    {
        if (measure.Source == MeasureSource.Indicator && Catalogue.FindMeasure(measure.Indicator) is { } indicator) return FigureText.Show(indicator, value);
        return measure.Source == MeasureSource.Share ? $"{Math.Round(value, MidpointRounding.AwayFromZero).ToString(CultureInfo.InvariantCulture)}%" : $"{value.ToString("N0", CultureInfo.GetCultureInfo("en-GB"))}{(measure.Unit.Length > 0 ? $" {measure.Unit}" : "")}";
    }

    /// <summary>The counts with their process limits from ten points on, and what is more than usual variation.</summary>
    public static Table Chart(SuccessMeasure measure, IReadOnlyList<MeasurePoint> points)
    {
        var (unit, decimals) = measure.Source == MeasureSource.Share ? ("%", 0) : (measure.Unit, 0);
        if (points.Count < FewestForLimits)
            return new("counts", measure.Title, [new("on", "Day", ColumnRole.Period), new("value", measure.Title, ColumnRole.Value, unit, decimals), new("base", "Of", ColumnRole.Base)],
                [.. points.Select(point => new Row([new(Day(point.On)), new(Show(measure, point), Math.Round(point.Value, 1)), Base(point)]))],
                points.Count < 2 ? null : new Chart(ChartKind.Trend, $"{measure.Title}, by day of counting."),
                $"Limits of usual variation are drawn from {FewestForLimits} counts on; {(points.Count == 1 ? "there is 1" : $"there are {points.Count}")}.");
        var anew = measure.RecalculateOn is { } on && points.ToList().FindIndex(point => point.On >= on) is var index and > 0 ? (int?)index : null;
        var control = ControlCharts.Xmr([.. points.Select(point => point.Value)], anew);
        Cell Line(double value) => new(Show(measure, measure.Source == MeasureSource.Share ? Math.Clamp(value, 0, 100) : value), Math.Round(value, 1));
        return new("counts", measure.Title,
            [new("on", "Day", ColumnRole.Period), new("value", "Counted", ColumnRole.Value, unit, decimals), new("mean", "Mean", ColumnRole.Value, unit, decimals), new("lower", "Lower limit", ColumnRole.Value, unit, decimals), new("upper", "Upper limit", ColumnRole.Value, unit, decimals), new("signal", "More than usual variation")],
            [.. points.Zip(control, (point, at) => new Row([new(Day(point.On)), new(Show(measure, point), Math.Round(point.Value, 1)), Line(at.Mean), Line(at.Lower), Line(at.Upper), new(InWords(at.Signals))]))],
            new Chart(ChartKind.Control, $"{measure.Title}: each count with the mean and the limits within which it usually varies; counts that are more than usual variation stand out."),
            "The limits are the mean ± 2.66 times the mean step from one count to the next. More than usual variation is a count outside them, seven in a row on one side of the mean, seven in a row up or down, or two of three near a limit."
                + (measure.RecalculateOn is { } day ? $" From {Day(day)} mean and limits start anew: {measure.RecalculateWhy.TrimEnd('.')}." : ""));

        static Cell Base(MeasurePoint point) => point.Base is { } all ? new(all.ToString(CultureInfo.InvariantCulture), all) : new("");
    }

    /// <summary>What the latest counts say, in a sentence.</summary>
    public static string Verdict(SuccessMeasure measure, IReadOnlyList<MeasurePoint> points)
    {
        if (points.Count < FewestForLimits) return $"{(points.Count == 0 ? "Nothing is counted yet" : $"{points.Count} counts")}: too few to tell usual variation from a change.";
        var anew = measure.RecalculateOn is { } on && points.ToList().FindIndex(point => point.On >= on) is var index and > 0 ? (int?)index : null;
        var last = ControlCharts.Xmr([.. points.Select(point => point.Value)], anew)[^1];
        if ((last.Signals & ~Signals.LargeStep) == Signals.None) return "The latest count lies within usual variation: nothing has changed that the counts can show.";
        var above = last.Value > last.Mean;
        return $"The latest count is more than usual variation ({InWords(last.Signals)}), {(above == measure.HigherIsBetter ? "for the better" : "for the worse")}. The counts do not say why.";
    }

    private static string InWords(Signals signals) => string.Join(", ", new[]
    {
        signals.HasFlag(Signals.OutsideLimits) ? "outside the limits" : null, signals.HasFlag(Signals.Shift) ? "seven on one side" : null,
        signals.HasFlag(Signals.Trend) ? "seven up or down" : null, signals.HasFlag(Signals.NearLimit) ? "two of three near a limit" : null,
    }.OfType<string>());

    internal static LiveRecord? LiveOf(WaymarkDb db, string key)
    {
        if (!int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var id) || db.SuccessMeasures.FirstOrDefault(measure => measure.Id == id) is not { } measure) return null;
        return new(key, measure.Title, $"{Ends(db, measure).Now}{(measure.Target is { } target ? $"; target {Show(measure, target)}" : "")}", measure.Place, false);
    }

    private static string Day(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.GetCultureInfo("en-GB"));
}
