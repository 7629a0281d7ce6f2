using MathNet.Numerics.Distributions;

namespace Waymark.Statistics;

/// <summary>The standard deviation of a score over single pupils, where it is not published, worked out from what is.</summary>
public static class Deviations
{
    /// <summary>
    /// From a published 95% interval: half-width · √n / 1.96, the formula of <see cref="Intervals.Mean"/> turned round.
    /// </summary>
    /// <param name="n">The pupils in the mean, at least 1.</param>
    public static double FromInterval(double lower, double upper, long n)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(upper, lower);
        return (upper - lower) / 2 * Math.Sqrt(n) / Intervals.PublishedMultiplier;
    }

    /// <summary>
    /// From the shares of all pupils at or above two scores, as if scores followed the normal curve: the distance of the two scores over the distance of
    /// their quantiles. An estimate; scaled scores end at 80 and 120, which makes it a little too large.
    /// Source: the quantile function of the normal distribution; N. L. Johnson, S. Kotz and N. Balakrishnan, "Continuous univariate distributions" volume 1 (1994), chapter 13.
    /// </summary>
    /// <param name="low">The lower score.</param>
    /// <param name="shareAtLow">The share of pupils at or above it, between 0 and 1.</param>
    /// <param name="high">The higher score.</param>
    /// <param name="shareAtHigh">The share at or above that; smaller.</param>
    /// <returns>Null where the shares do not tell: none or all pupils, or as many above the higher as above the lower score.</returns>
    public static double? FromShares(double low, double shareAtLow, double high, double shareAtHigh)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(high, low);
        return shareAtHigh is > 0 and < 1 && shareAtLow is > 0 and < 1 && shareAtHigh < shareAtLow
            ? (high - low) / (Normal.InvCDF(0, 1, 1 - shareAtHigh) - Normal.InvCDF(0, 1, 1 - shareAtLow))
            : null;
    }
}
