using MathNet.Numerics.Distributions;

namespace Waymark.Statistics.Tests;

public class FunnelTests
{
    [Fact]
    public void Limits_interpolate_the_exact_binomial()
    {
        // By hand: 10 pupils, target one half. P(R<=1) = 11/1024 and P(R<=2) = 56/1024 enclose 0.025 at count 2,
        // P(R<=7) = 968/1024 and P(R<=8) = 1013/1024 enclose 0.975 at count 8.
        var limits = Funnel.Limits(0.5, [10]).Single();
        limits.Lower95.ShouldBe((2 - (56 - 25.6) / 45) / 10, 1e-12);
        limits.Upper95.ShouldBe((8 - (1013 - 998.4) / 45) / 10, 1e-12);
        limits.Lower998.ShouldBe((1 - (11 - 1.024) / 10) / 10, 1e-12);
        limits.Upper998.ShouldBe((9 - (1023 - 1022.976) / 10) / 10, 1e-12);
    }

    [Theory]
    [InlineData(0.65)]
    [InlineData(0.02)]
    [InlineData(0.999)]
    public void Limits_close_around_the_target_as_the_base_grows(double target)
    {
        var limits = Funnel.Limits(target, [1, 5, 10, 30, 100, 1000, 20_000, 600_000]);
        foreach (var l in limits)
        {
            l.Lower998.ShouldBeLessThanOrEqualTo(l.Lower95);
            l.Lower95.ShouldBeLessThanOrEqualTo(target);
            l.Upper95.ShouldBeGreaterThanOrEqualTo(target);
            l.Upper998.ShouldBeGreaterThanOrEqualTo(l.Upper95);
            l.Upper998.ShouldBeLessThanOrEqualTo(1);
            l.Lower998.ShouldBeGreaterThanOrEqualTo(0);
        }
        var error = Math.Sqrt(target * (1 - target) / 600_000);
        limits[^1].Upper95.ShouldBe(target + 1.96 * error, 0.1 * error);
        limits[^1].Lower998.ShouldBe(target - 3.09 * error, 0.1 * error);
    }

    [Fact]
    public void Limits_agree_with_adding_up_the_binomial()
    {
        foreach (var target in new[] { 0.07, 0.31, 0.64, 0.95 })
            foreach (var l in Funnel.Limits(target, Enumerable.Range(1, 80).Select(n => (long)n)))
            {
                var n = (int)l.Base;
                double cumulative = 0, before = 0;
                var r = -1;
                while (cumulative < 0.975) (r, before, cumulative) = (r + 1, cumulative, cumulative + Binomial.PMF(target, n, r + 1));
                l.Upper95.ShouldBe(Math.Max(target, (r - (cumulative - 0.975) / (cumulative - before)) / n), 1e-9);
            }
    }

    [Fact]
    public void Nobody_and_everybody_leave_no_room_for_chance() =>
        Funnel.Limits(1, [12]).Single().ShouldBe(new FunnelLimits(12, 1, 1, 1, 1));

    [Fact]
    public void Limits_of_a_mean_follow_the_normal_distribution()
    {
        var limits = Funnel.Limits(1.5, 6, [36L]).Single();
        limits.Upper95.ShouldBe(1.5 + 1.959964, 1e-6);
        limits.Lower998.ShouldBe(1.5 - 3.090232, 1e-6);
    }
}
