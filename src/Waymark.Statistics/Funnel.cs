using MathNet.Numerics.Distributions;

namespace Waymark.Statistics;

/// <summary>At this base, between these values lie 95% and 99.8% of what chance alone gives around the target.</summary>
public sealed record FunnelLimits(long Base, double Lower95, double Upper95, double Lower998, double Upper998);

/// <summary>
/// Limits of a funnel plot, which compares places of different size without ranking them.
/// Source: D. J. Spiegelhalter, "Funnel plots for comparing institutional performance", Statistics in Medicine 24 (2005) 1185-1202.
/// </summary>
public static class Funnel
{
    /// <summary>
    /// Exact binomial limits of a proportion, interpolated between whole counts (appendix A.1.1 of the paper).
    /// For very small bases the interpolation can pass the target; the limits stop there, as a place at the target is never unusual.
    /// </summary>
    /// <param name="target">The proportion that the places are compared with, 0 to 1.</param>
    /// <param name="bases">Each at least 1.</param>
    public static IReadOnlyList<FunnelLimits> Limits(double target, IEnumerable<long> bases)
    {
        if (target is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(target), target, "A target proportion lies between 0 and 1.");
        return [.. bases.Select(n => new FunnelLimits(n, Limit(target, n, 0.025), Limit(target, n, 0.975), Limit(target, n, 0.001), Limit(target, n, 0.999)))];
    }

    /// <summary>
    /// Limits of a mean whose standard deviation over single pupils is known: target ± z · sd / √n, with z 1.96 for 95% and 3.09 for 99.8%
    /// (the paper's limits from the normal distribution, for continuous responses). The deviation is the nation's, the same for every place.
    /// </summary>
    /// <param name="target">The mean that the places are compared with.</param>
    /// <param name="standardDeviation">Over single pupils, in the unit of the mean; not negative. Where it is not published: <see cref="Deviations"/>.</param>
    /// <param name="bases">Each at least 1.</param>
    public static IReadOnlyList<FunnelLimits> Limits(double target, double standardDeviation, IEnumerable<long> bases)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(standardDeviation);
        double z95 = Normal.InvCDF(0, 1, 0.975), z998 = Normal.InvCDF(0, 1, 0.999);
        return [.. bases.Select(n =>
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
            var error = standardDeviation / Math.Sqrt(n);
            return new FunnelLimits(n, target - z95 * error, target + z95 * error, target - z998 * error, target + z998 * error);
        })];
    }

    private static double Limit(double target, long n, double probability)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        if (target is 0 or 1)
            return target;
        var size = checked((int)n);
        double Below(long count) => count < 0 ? 0 : count >= n ? 1 : Binomial.CDF(target, size, count);

        // The smallest count whose cumulative probability reaches the wanted one; the normal approximation is a near start.
        var guess = n * target + Normal.InvCDF(0, 1, probability) * Math.Sqrt(n * target * (1 - target));
        var count = (long)Math.Clamp(Math.Round(guess), 0, n);
        while (count > 0 && Below(count - 1) >= probability) count--;
        while (Below(count) < probability) count++;

        double reached = Below(count), before = Below(count - 1);
        return (count - (reached - probability) / (reached - before)) / n is var limit && probability < 0.5
            ? Math.Clamp(limit, 0, target)
            : Math.Clamp(limit, target, 1);
    }
}
