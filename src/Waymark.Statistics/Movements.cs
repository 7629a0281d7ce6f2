using MathNet.Numerics.Distributions;

namespace Waymark.Statistics;

/// <summary>A value with its 95% interval.</summary>
public readonly record struct Estimate(double Value, Interval Interval);

/// <summary>What has moved, against what moved elsewhere in the same time.</summary>
public static class Movements
{
    /// <summary>
    /// One estimate minus another, both from different children. The interval squares and adds the distances from each estimate to its own limits, so that it is as lopsided as
    /// theirs; for two proportions with Wilson's intervals it is <see cref="Intervals.Difference"/>. A difference of differences is this, twice.
    /// Source: G. Y. Zou and A. Donner, "Construction of confidence limits about effect measures: a general approach", Statistics in Medicine 27 (2008) 1693-1702.
    /// </summary>
    public static Estimate Difference(Estimate first, Estimate second)
    {
        var difference = first.Value - second.Value;
        return new(difference, new(
            difference - double.Hypot(first.Value - first.Interval.Lower, second.Interval.Upper - second.Value),
            difference + double.Hypot(first.Interval.Upper - first.Value, second.Value - second.Interval.Lower)));
    }

    /// <summary>Own later minus earlier, minus the same of the others.</summary>
    public static Estimate DifferenceOfDifferences(Estimate later, Estimate earlier, Estimate otherLater, Estimate otherEarlier) =>
        Difference(Difference(later, earlier), Difference(otherLater, otherEarlier));

    /// <summary>
    /// How often chance alone moves something at least this far, were nothing different, by the half of the interval that faces zero; 1 for no movement.
    /// Source: D. G. Altman and J. M. Bland, "How to obtain the P value from a confidence interval", BMJ 343 (2011) d2304.
    /// </summary>
    public static double Chance(Estimate difference)
    {
        if (difference.Value == 0) return 1;
        var half = difference.Value > 0 ? difference.Value - difference.Interval.Lower : difference.Interval.Upper - difference.Value;
        return half <= 0 ? 0 : 2 * Normal.CDF(0, 1, -Math.Abs(difference.Value) / (half / 1.959963984540054));
    }
}
