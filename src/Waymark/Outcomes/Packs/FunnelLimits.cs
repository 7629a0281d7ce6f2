using Waymark.Evidence;
using Waymark.Shared.Documents;
using Waymark.Statistics;

namespace Waymark.Outcomes.Packs;

/// <summary>The funnel that schools of different size stand in: around the nation's share or average, what chance alone would give.</summary>
/// <param name="From">Where its axis begins; null for as far as it reaches.</param>
/// <param name="Note">What the limits rest on, where it has to be said.</param>
internal sealed record FunnelLimits(double Target, double? From, double? To, string Note, IReadOnlyList<Limit> Curve, Func<IEnumerable<long>, IReadOnlyList<Limit>> At)
{
    private const int FewestSchools = 4, FewestChildren = 5, Points = 30;

    /// <summary>Null where there is no nation to stand around, no spread of single pupils is known, or so few schools are there that nobody needs a funnel.</summary>
    public static FunnelLimits? For(PackData data, Measure measure, IReadOnlyList<Figure> schools)
    {
        var shown = schools.Where(figure => figure is { Value: not null, Denominator: > 0 }).ToList();
        // Absence comes without its pupils: those on roll are a weight, no base of a binomial.
        if (shown.Count < FewestSchools || measure.Stage == "Absence" || data.Nation(measure, data.Year) is not double target) return null;
        Func<IEnumerable<long>, IReadOnlyList<Limit>>? at = null;
        var note = "";
        if (measure.Kind == MeasureKind.Proportion && target is > 0 and < 100)
            at = bases => [.. Funnel.Limits(target / 100, bases).Select(limit => new Limit(limit.Base, 100 * limit.Lower95, 100 * limit.Upper95, 100 * limit.Lower998, 100 * limit.Upper998))];
        else if (measure.Kind is MeasureKind.Mean or MeasureKind.Progress && Deviation.For(measure) is { } rule
            && rule.Of(measure, other => data.England(other, data.Year), other => data.Schools.Select(school => data.Of(school.Place, other, data.Year)).OfType<Figure>()) is double spread and > 0)
        {
            at = bases => [.. Funnel.Limits(target, spread, bases).Select(limit => new Limit(limit.Base, limit.Lower95, limit.Upper95, limit.Lower998, limit.Upper998))];
            note = $" The limits rest on {rule.Reason} ({spread.ToString("0.0", System.Globalization.CultureInfo.InvariantCulture)} points).";
        }
        if (at is null) return null;
        var largest = shown.Max(figure => figure.Denominator!.Value);
        var step = Math.Max(1, largest / Points);
        var curve = at(Enumerable.Range(1, Points + 2).Select(i => i * step).Where(count => count >= FewestChildren && count <= largest + step));
        return measure.Kind == MeasureKind.Proportion ? new FunnelLimits(target, 0, 100, note, curve, at) : new FunnelLimits(target, null, null, note, curve, at);
    }

    /// <summary>"above 95%", "within"; empty for what is not shown.</summary>
    public string InWords(Figure figure)
    {
        if (figure is not { Value: double value, Denominator: > 0 and var children }) return "";
        var limit = At([children])[0];
        return value > limit.Upper998 ? "above 99.8%" : value > limit.Upper95 ? "above 95%" : value < limit.Lower998 ? "below 99.8%" : value < limit.Lower95 ? "below 95%" : "within";
    }
}
