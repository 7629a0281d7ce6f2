using MathNet.Numerics.Distributions;

namespace Waymark.Statistics;

/// <summary>
/// Two-sided p-values: how often chance alone would give a result at least as unusual. A change between two years
/// is <see cref="Proportions"/> or <see cref="Means"/> of the two years, whose pupils are different children.
/// </summary>
public static class Significance
{
    /// <summary>
    /// A proportion against a benchmark, by the exact binomial test: the probability of all counts no likelier than the one seen.
    /// Source: W. J. Conover, "Practical nonparametric statistics" (1971), section 3.1.
    /// </summary>
    /// <param name="benchmark">The proportion expected, 0 to 1.</param>
    public static double Proportion(long count, long @base, double benchmark)
    {
        Intervals.CheckShare(count, @base);
        if (benchmark is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(benchmark), benchmark, "A benchmark proportion lies between 0 and 1.");
        if (benchmark is 0 or 1)
            return count == (long)benchmark * @base ? 1 : 0;
        int n = checked((int)@base), k = (int)count;
        if (k > (n + 1) * benchmark) // look from the other side, so that the tail at hand is always the lower one
            (k, benchmark) = (n - k, 1 - benchmark);
        var mode = (int)Math.Min(n, Math.Floor((n + 1) * benchmark));
        var seen = Binomial.PMFLn(benchmark, n, k) + 1e-7;
        if (Binomial.PMFLn(benchmark, n, mode) <= seen)
            return 1;

        // The upper tail starts at the first count beyond the mode that is no likelier than the one seen.
        int low = mode, high = n + 1;
        while (high - low > 1)
        {
            var middle = low + (high - low) / 2;
            if (Binomial.PMFLn(benchmark, n, middle) <= seen) high = middle;
            else low = middle;
        }
        var upper = high > n ? 0 : Binomial.CDF(1 - benchmark, n, n - high);
        return Math.Min(1, Binomial.CDF(benchmark, n, k) + upper);
    }

    /// <summary>
    /// Two independent proportions: the "N - 1" chi-squared test, and Fisher's exact test (Irwin's rule) where an expected count is below 1.
    /// Source: I. Campbell, "Chi-squared and Fisher-Irwin tests of two-by-two tables with small sample recommendations",
    /// Statistics in Medicine 26 (2007) 3661-3675.
    /// </summary>
    public static double Proportions(long count1, long base1, long count2, long base2)
    {
        Intervals.CheckShare(count1, base1);
        Intervals.CheckShare(count2, base2);
        long total = base1 + base2, yes = count1 + count2, no = total - yes;
        if (yes == 0 || no == 0)
            return 1;
        if ((double)Math.Min(base1, base2) * Math.Min(yes, no) / total < 1)
            return FisherIrwin((int)count1, (int)base1, (int)yes, checked((int)total));
        var difference = (double)count1 * (base2 - count2) - (double)count2 * (base1 - count1);
        var z = difference * Math.Sqrt((total - 1d) / base1 / base2 / yes / no);
        return TwoSided(z);
    }

    /// <summary>A mean against a benchmark, the standard deviation over single pupils being known (z test).</summary>
    public static double Mean(double mean, double standardDeviation, long n, double benchmark = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(standardDeviation);
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        return TwoSided((mean - benchmark) * Math.Sqrt(n) / standardDeviation);
    }

    /// <summary>Two independent means, the standard deviations over single pupils being known (z test).</summary>
    public static double Means(double mean1, double standardDeviation1, long n1, double mean2, double standardDeviation2, long n2)
    {
        var error = Intervals.StandardErrorOfDifference(standardDeviation1, n1, standardDeviation2, n2);
        ArgumentOutOfRangeException.ThrowIfZero(error, nameof(standardDeviation1));
        return TwoSided((mean1 - mean2) / error);
    }

    private static double FisherIrwin(int seen, int drawn, int yes, int total)
    {
        var limit = Hypergeometric.PMFLn(total, yes, drawn, seen) + 1e-7;
        var sum = 0d;
        for (var k = Math.Max(0, drawn + yes - total); k <= Math.Min(drawn, yes); k++)
            if (Hypergeometric.PMFLn(total, yes, drawn, k) is var log && log <= limit)
                sum += Math.Exp(log);
        return Math.Min(1, sum);
    }

    private static double TwoSided(double z) => 2 * Normal.CDF(0, 1, -Math.Abs(z));
}
