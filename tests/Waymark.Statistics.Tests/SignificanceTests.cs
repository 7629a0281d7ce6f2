using MathNet.Numerics.Distributions;

namespace Waymark.Statistics.Tests;

public class SignificanceTests
{
    [Fact]
    public void The_exact_binomial_test_gives_Conovers_example() => // Conover (1971), p. 97: 682 of 925 plants against 3/4
        Significance.Proportion(682, 925, 0.75).ShouldBe(0.3825, 0.00005);

    [Fact]
    public void The_exact_binomial_test_agrees_with_adding_up_the_probabilities()
    {
        foreach (var benchmark in new[] { 0.03, 0.3, 0.5, 0.64, 0.97 })
            for (var n = 1; n <= 40; n++)
            {
                var probabilities = Enumerable.Range(0, n + 1).Select(k => Binomial.PMF(benchmark, n, k)).ToArray();
                for (var k = 0; k <= n; k++)
                    Significance.Proportion(k, n, benchmark).ShouldBe(
                        Math.Min(1, probabilities.Where(p => p <= probabilities[k] * (1 + 1e-7)).Sum()), 1e-9, $"{k} of {n} against {benchmark}");
            }
    }

    [Fact]
    public void The_exact_binomial_test_is_fast_and_exact_for_a_nation() =>
        Significance.Proportion(384_500, 600_000, 0.64).ShouldBe(2 * Normal.CDF(0, 1, -500 / Math.Sqrt(600_000 * 0.64 * 0.36)), 0.002);

    [Fact]
    public void A_benchmark_of_none_or_all_is_met_or_broken()
    {
        Significance.Proportion(0, 5, 0).ShouldBe(1);
        Significance.Proportion(1, 5, 0).ShouldBe(0);
        Significance.Proportion(5, 5, 1).ShouldBe(1);
    }

    [Fact]
    public void Two_shares_are_compared_by_the_N_minus_1_test()
    {
        // The same statistic from the other side: the deviation of a hypergeometric count in its own standard deviations.
        double n = 24, yes = 8, drawn = 12;
        var z = (7 - drawn * yes / n) / Math.Sqrt(drawn * (yes / n) * (1 - yes / n) * (n - drawn) / (n - 1));
        Significance.Proportions(7, 12, 1, 12).ShouldBe(2 * Normal.CDF(0, 1, -z), 1e-12);
    }

    [Fact]
    public void Two_very_small_shares_are_compared_exactly() =>
        Significance.Proportions(1, 3, 0, 10).ShouldBe(3 / 13d, 1e-12);

    [Fact]
    public void Two_shares_do_not_care_who_comes_first() => Check.PairsOfShares((count1, base1, count2, base2) =>
    {
        var there = Significance.Proportions(count1, base1, count2, base2);
        return there is >= 0 and <= 1
            && Math.Abs(there - Significance.Proportions(count2, base2, count1, base1)) < 1e-9
            && Math.Abs(there - Significance.Proportions(base1 - count1, base1, base2 - count2, base2)) < 1e-9;
    });

    [Fact]
    public void Means_are_compared_by_their_standard_error()
    {
        Significance.Mean(1.96, 10, 100).ShouldBe(0.05, 0.0001);
        Significance.Means(2.7718, 10, 100, 0, 10, 100).ShouldBe(0.05, 0.0001);
    }
}

public class FalseDiscoveryTests
{
    // The fifteen p-values of Benjamini and Hochberg (1995), section 3.2.
    private static readonly double[] Paper =
        [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000];

    [Fact]
    public void The_papers_example_has_four_discoveries() =>
        FalseDiscovery.BenjaminiHochberg(Paper, 0.05).ShouldBe(Paper.Select(p => p <= 0.0095));

    [Fact]
    public void The_order_of_the_figures_does_not_matter() =>
        FalseDiscovery.BenjaminiHochberg([.. Paper.Reverse()], 0.05).ShouldBe(Paper.Reverse().Select(p => p <= 0.0095));

    [Fact]
    public void A_later_small_value_carries_the_earlier_ones() =>
        FalseDiscovery.BenjaminiHochberg([0.04, 0.03, 0.05], 0.05).ShouldBe([true, true, true]);

    [Fact]
    public void Nothing_stands_out_where_nothing_is_unusual()
    {
        FalseDiscovery.BenjaminiHochberg([0.2, 0.5, 0.04], 0.05).ShouldBe([false, false, false]);
        FalseDiscovery.BenjaminiHochberg([], 0.05).ShouldBeEmpty();
    }

    [Fact]
    public void What_is_no_probability_is_refused() =>
        Should.Throw<ArgumentOutOfRangeException>(() => FalseDiscovery.BenjaminiHochberg([double.NaN], 0.05));
}
