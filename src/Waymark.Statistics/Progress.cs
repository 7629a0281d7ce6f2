namespace Waymark.Statistics;

/// <summary>
/// Progress measures as the national tables publish them: an average over pupils with its 95% interval
/// score ± 1.96 · national sd / √n. Source: Department for Education, "Primary school accountability" and
/// "Secondary accountability measures" guides; the formula reproduces the published intervals (see the tests).
/// </summary>
public static class Progress
{
    /// <summary>Pupils in a progress measure: eligible × coverage, rounded to a whole pupil.</summary>
    /// <param name="coverage">0 to 1.</param>
    public static long Pupils(long eligible, double coverage)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(eligible);
        if (coverage is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(coverage), coverage, "A coverage lies between 0 and 1.");
        return (long)Math.Round((decimal)coverage * eligible, MidpointRounding.AwayFromZero);
    }

    /// <summary>The national standard deviation that a published interval implies.</summary>
    public static double ImpliedStandardDeviation(double lower, double upper, long n)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(upper, lower);
        return (upper - lower) / 2 * Math.Sqrt(n) / Intervals.PublishedMultiplier;
    }

    /// <summary>
    /// Whether some true score gives, with n pupils and this standard deviation, the published score and both published
    /// ends, each rounded to the published decimals.
    /// </summary>
    public static bool Reproduces(double score, Interval published, double standardDeviation, long n, int decimals)
    {
        var half = Intervals.Mean(0, standardDeviation, n).Upper;
        var rounding = 0.5 * Math.Pow(10, -decimals) + 1e-9;
        double[] centres = [score, published.Lower + half, published.Upper - half];
        return centres.Max() - rounding <= centres.Min() + rounding;
    }
}
