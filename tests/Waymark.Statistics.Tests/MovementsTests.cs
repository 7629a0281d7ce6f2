namespace Waymark.Statistics.Tests;

public sealed class MovementsTests
{
    private static Estimate Share(long count, long of) => new((double)count / of, Intervals.Wilson(count, of));

    [Theory]
    [InlineData(56, 70, 48, 80), InlineData(9, 10, 3, 10), InlineData(10, 10, 0, 20), InlineData(0, 15, 0, 12)]
    public void The_difference_of_two_shares_is_Newcombe_s(long count1, long base1, long count2, long base2)
    {
        var moved = Movements.Difference(Share(count1, base1), Share(count2, base2));
        var known = Intervals.Difference(count1, base1, count2, base2);
        moved.Value.ShouldBe((double)count1 / base1 - (double)count2 / base2, 1e-12);
        moved.Interval.Lower.ShouldBe(known.Lower, 1e-12);
        moved.Interval.Upper.ShouldBe(known.Upper, 1e-12);
    }

    /// <summary>Newcombe (1998), table II, example (a): 56 of 70 and 48 of 80, by method 10: 0.0524 to 0.3339.</summary>
    [Fact]
    public void The_published_example_comes_out()
    {
        var moved = Movements.Difference(Share(56, 70), Share(48, 80));
        moved.Interval.Lower.ShouldBe(0.0524, 0.00005);
        moved.Interval.Upper.ShouldBe(0.3339, 0.00005);
    }

    /// <summary>For means of known deviation the squares add up: the half-width is 1.96 times the root of the four variances' sum, worked out by itself here.</summary>
    [Fact]
    public void The_difference_of_differences_of_means_is_the_root_of_four_variances()
    {
        (double Mean, double Sd, long N)[] of = [(104.2, 9.1, 40), (102.9, 9.1, 36), (103.1, 8.8, 900), (102.4, 8.9, 870)];
        var estimates = of.Select(one => new Estimate(one.Mean, Intervals.Mean(one.Mean, one.Sd, one.N))).ToArray();
        var moved = Movements.DifferenceOfDifferences(estimates[0], estimates[1], estimates[2], estimates[3]);
        var half = 1.96 * Math.Sqrt(of.Sum(one => one.Sd * one.Sd / one.N));
        moved.Value.ShouldBe(0.6, 1e-9);
        moved.Interval.Lower.ShouldBe(0.6 - half, 1e-9);
        moved.Interval.Upper.ShouldBe(0.6 + half, 1e-9);
    }

    /// <summary>Drawn by chance with known shares: of 95% intervals about 95 of 100 hold the true difference of differences.</summary>
    [Theory]
    [InlineData(0.5, 0.6, 0.55, 0.6, 30, 400), InlineData(0.9, 0.8, 0.85, 0.85, 20, 300), InlineData(0.2, 0.2, 0.25, 0.3, 60, 60)]
    public void Its_interval_holds_the_truth_as_often_as_it_says(double earlier, double later, double otherEarlier, double otherLater, int own, int others)
    {
        var chance = new Random(20161216);
        var truth = later - earlier - (otherLater - otherEarlier);
        const int Times = 4_000;
        var held = Enumerable.Range(0, Times).Count(_ => Movements.DifferenceOfDifferences(Draw(later, own), Draw(earlier, own), Draw(otherLater, others), Draw(otherEarlier, others)).Interval.Contains(truth));
        ((double)held / Times).ShouldBeInRange(0.93, 0.98);

        Estimate Draw(double share, int of) => Share(Enumerable.Range(0, of).Count(_ => chance.NextDouble() < share), of);
    }

    [Fact]
    public void Chance_is_told_by_how_far_the_interval_is_from_zero()
    {
        Movements.Chance(new(0, new(-1, 1))).ShouldBe(1);
        // A limit that touches zero is one in twenty; half of that distance about one in three.
        Movements.Chance(new(2, new(0, 4))).ShouldBe(0.05, 1e-9);
        Movements.Chance(new(-2, new(-4, 0))).ShouldBe(0.05, 1e-9);
        Movements.Chance(new(1, new(-1, 3))).ShouldBe(0.3271, 0.0005);
        Movements.Chance(new(1, new(1, 1))).ShouldBe(0, "the nation is no sample");
    }

    [Theory]
    [InlineData(14, 20, 10, 20), InlineData(52, 80, 40, 80), InlineData(300, 500, 280, 510)]
    public void Chance_agrees_with_the_test_of_two_shares(long count1, long base1, long count2, long base2) =>
        Movements.Chance(Movements.Difference(Share(count1, base1), Share(count2, base2))).ShouldBe(Significance.Proportions(count1, base1, count2, base2), 0.03);
}
