using MathNet.Numerics.Distributions;

namespace Waymark.Statistics;

/// <summary>Confidence intervals of proportions (0 to 1), of means and of their differences.</summary>
public static class Intervals
{
    /// <summary>The multiplier of 95% intervals in the Department for Education's published tables, exactly 1.96.</summary>
    public const double PublishedMultiplier = 1.96;

    /// <summary>
    /// The interval of a proportion by Wilson's score method: honest for small bases and never outside 0 to 1.
    /// Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22 (1927);
    /// recommended by R. G. Newcombe, Statistics in Medicine 17 (1998) 857-872, method 3.
    /// </summary>
    /// <param name="count">How many of the base, 0 to <paramref name="base"/>.</param>
    /// <param name="base">How many there are, at least 1.</param>
    /// <param name="confidence">Between 0 and 1, both excluded.</param>
    /// <exception cref="ArgumentOutOfRangeException">A base below 1, or a count outside its base.</exception>
    public static Interval Wilson(long count, long @base, double confidence = 0.95)
    {
        CheckShare(count, @base);
        var z = Multiplier(confidence);
        double n = @base, p = count / n, correction = z * z / n;
        var centre = (p + correction / 2) / (1 + correction);
        var half = z * Math.Sqrt(p * (1 - p) / n + correction / (4 * n)) / (1 + correction);
        return new(count == 0 ? 0 : Math.Max(0, centre - half), count == @base ? 1 : Math.Min(1, centre + half));
    }

    /// <summary>
    /// The 95% interval of a mean: mean ± 1.96 · sd / √n, with the national standard deviation of pupils.
    /// Source: Department for Education, "Primary school accountability" and "Secondary accountability measures" guides (progress measures).
    /// </summary>
    /// <param name="standardDeviation">Of single pupils in the nation, in the unit of the mean; not negative.</param>
    /// <param name="n">Pupils in the mean, at least 1.</param>
    public static Interval Mean(double mean, double standardDeviation, long n)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(standardDeviation);
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        var half = PublishedMultiplier * standardDeviation / Math.Sqrt(n);
        return new(mean - half, mean + half);
    }

    /// <summary>
    /// The interval of a difference of two independent proportions, first minus second, from -1 to 1.
    /// Source: R. G. Newcombe, "Interval estimation for the difference between independent proportions",
    /// Statistics in Medicine 17 (1998) 873-890, method 10 (hybrid score).
    /// </summary>
    public static Interval Difference(long count1, long base1, long count2, long base2, double confidence = 0.95)
    {
        var (first, second) = (Wilson(count1, base1, confidence), Wilson(count2, base2, confidence));
        double p1 = (double)count1 / base1, p2 = (double)count2 / base2;
        return new(
            p1 - p2 - double.Hypot(p1 - first.Lower, second.Upper - p2),
            p1 - p2 + double.Hypot(first.Upper - p1, p2 - second.Lower));
    }

    /// <summary>
    /// The 95% interval of a difference of two independent means, first minus second: the difference ± 1.96 times its standard error.
    /// Source: as <see cref="Mean"/>; D. G. Altman, "Statistics with confidence" (2000), chapter 4, large samples.
    /// </summary>
    public static Interval DifferenceOfMeans(double mean1, double standardDeviation1, long n1, double mean2, double standardDeviation2, long n2)
    {
        var half = PublishedMultiplier * StandardErrorOfDifference(standardDeviation1, n1, standardDeviation2, n2);
        return new(mean1 - mean2 - half, mean1 - mean2 + half);
    }

    internal static double StandardErrorOfDifference(double sd1, long n1, double sd2, long n2)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(sd1);
        ArgumentOutOfRangeException.ThrowIfNegative(sd2);
        ArgumentOutOfRangeException.ThrowIfLessThan(n1, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(n2, 1);
        return Math.Sqrt(sd1 * sd1 / n1 + sd2 * sd2 / n2);
    }

    internal static void CheckShare(long count, long @base)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(@base, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, @base);
    }

    private static double Multiplier(double confidence) => confidence is > 0 and < 1
        ? Normal.InvCDF(0, 1, (1 + confidence) / 2)
        : throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "A confidence lies between 0 and 1.");
}
