using MathNet.Numerics.Distributions;

namespace Waymark.Statistics.Tests;

public class DeviationsTests
{
    [Theory]
    [InlineData(6.229, 30)]
    [InlineData(1.2625, 187)]
    [InlineData(0, 1)]
    public void An_interval_gives_back_the_deviation_it_was_made_with(double deviation, long pupils)
    {
        var interval = Intervals.Mean(-0.4, deviation, pupils);
        Deviations.FromInterval(interval.Lower, interval.Upper, pupils).ShouldBe(deviation, 1e-12);
    }

    [Fact]
    public void Two_shares_of_a_normal_curve_give_its_deviation()
    {
        const double mean = 103, deviation = 7.5;
        Deviations.FromShares(100, 1 - Normal.CDF(mean, deviation, 100), 110, 1 - Normal.CDF(mean, deviation, 110))!.Value.ShouldBe(deviation, 1e-9);
        // Reading in 2016: 66% of pupils at 100 or above, 19% at 110 or above; by the printed table of the normal curve 10 / (0.878 + 0.412).
        Deviations.FromShares(100, 0.66, 110, 0.19)!.Value.ShouldBe(7.75, 0.01);
    }

    [Theory]
    [InlineData(0.5, 0.5)]
    [InlineData(0.4, 0.6)]
    [InlineData(1, 0.3)]
    [InlineData(0.6, 0)]
    public void Shares_that_do_not_tell_give_none(double low, double high) => Deviations.FromShares(100, low, 110, high).ShouldBeNull();

    [Fact]
    public void A_backward_interval_and_no_pupils_are_refused()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => Deviations.FromInterval(1, 0, 10));
        Should.Throw<ArgumentOutOfRangeException>(() => Deviations.FromInterval(0, 1, 0));
        Should.Throw<ArgumentOutOfRangeException>(() => Deviations.FromShares(110, 0.2, 100, 0.6));
    }
}
