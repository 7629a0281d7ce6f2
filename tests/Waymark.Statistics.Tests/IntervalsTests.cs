namespace Waymark.Statistics.Tests;

public class IntervalsTests
{
    [Theory] // Newcombe (1998), Statistics in Medicine 17, 857-872, table I, method 3
    [InlineData(81, 263, 0.2553, 0.3662)]
    [InlineData(15, 148, 0.0624, 0.1605)]
    [InlineData(0, 20, 0, 0.1611)]
    [InlineData(1, 29, 0.0061, 0.1718)]
    public void Wilson_gives_the_intervals_of_Newcombes_paper(long count, long @base, double lower, double upper) =>
        ShouldBe(Intervals.Wilson(count, @base), lower, upper);

    [Theory] // Newcombe (1998), Statistics in Medicine 17, 873-890, table II, method 10
    [InlineData(56, 70, 48, 80, 0.0524, 0.3339)]
    [InlineData(9, 10, 3, 10, 0.1705, 0.8090)]
    [InlineData(6, 7, 2, 7, 0.0582, 0.8062)]
    [InlineData(5, 56, 0, 29, -0.0381, 0.1926)]
    [InlineData(0, 10, 0, 20, -0.1611, 0.2775)]
    [InlineData(0, 10, 0, 10, -0.2775, 0.2775)]
    [InlineData(10, 10, 0, 20, 0.6791, 1)]
    [InlineData(10, 10, 0, 10, 0.6075, 1)]
    public void Difference_gives_the_intervals_of_Newcombes_paper(long count1, long base1, long count2, long base2, double lower, double upper) =>
        ShouldBe(Intervals.Difference(count1, base1, count2, base2), lower, upper);

    [Fact]
    public void None_and_all_reach_exactly_0_and_1()
    {
        for (var n = 1; n < 400; n++)
        {
            Intervals.Wilson(0, n).Lower.ShouldBe(0);
            Intervals.Wilson(n, n).Upper.ShouldBe(1);
        }
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-1, 10)]
    [InlineData(11, 10)]
    public void A_share_without_a_base_is_refused(long count, long @base) =>
        Should.Throw<ArgumentOutOfRangeException>(() => Intervals.Wilson(count, @base));

    [Fact]
    public void A_mean_uses_1_96_exactly() => ShouldBe(Intervals.Mean(3, 1000, 1), -1957, 1963);

    [Fact]
    public void A_difference_of_means_adds_the_variances()
    {
        var difference = Intervals.DifferenceOfMeans(3, 6, 36, 1, 8, 64);
        difference.Lower.ShouldBe(2 - 1.96 * Math.Sqrt(2), 1e-12);
        difference.Upper.ShouldBe(2 + 1.96 * Math.Sqrt(2), 1e-12);
    }

    [Fact]
    public void Wilson_contains_its_share_mirrors_and_narrows_with_the_base() => Check.Shares((count, n) =>
    {
        var interval = Intervals.Wilson(count, n);
        var mirrored = Intervals.Wilson(n - count, n);
        var larger = Intervals.Wilson(count * 4, n * 4);
        return interval.Contains((double)count / n)
            && interval is { Lower: >= 0, Upper: <= 1 }
            && Math.Abs(mirrored.Lower - (1 - interval.Upper)) < 1e-12
            && larger.Upper - larger.Lower < interval.Upper - interval.Lower
            && (count == n || Intervals.Wilson(count + 1, n).Lower > interval.Lower);
    });

    [Fact]
    public void A_difference_contains_its_estimate_and_turns_around() => Check.PairsOfShares((count1, base1, count2, base2) =>
    {
        var there = Intervals.Difference(count1, base1, count2, base2);
        var back = Intervals.Difference(count2, base2, count1, base1);
        return there.Contains((double)count1 / base1 - (double)count2 / base2)
            && there is { Lower: >= -1 - 1e-12, Upper: <= 1 + 1e-12 }
            && Math.Abs(there.Lower + back.Upper) < 1e-12;
    });

    [Fact]
    public void Wilson_covers_the_truth_about_as_often_as_it_says()
    {
        // Exact coverage over all counts; the mean over shares is what Newcombe reports (0.9521 for method 3).
        double Coverage(double truth, int n) => Enumerable.Range(0, n + 1)
            .Where(count => Intervals.Wilson(count, n).Contains(truth))
            .Sum(count => MathNet.Numerics.Distributions.Binomial.PMF(truth, n, count));
        var coverages = Enumerable.Range(1, 99).Select(p => Coverage(p / 100d, 30)).ToArray();
        coverages.Average().ShouldBeInRange(0.94, 0.96);
        coverages.Min().ShouldBeGreaterThan(0.83);
    }

    private static void ShouldBe(Interval interval, double lower, double upper)
    {
        interval.Lower.ShouldBe(lower, 0.00006);
        interval.Upper.ShouldBe(upper, 0.00006);
    }
}
