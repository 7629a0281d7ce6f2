namespace Waymark.Statistics.Tests;

public class PercentagesTests
{
    [Theory]
    [InlineData(11, 12, 0, "92")]
    [InlineData(8, 12, 0, "67")]
    [InlineData(1, 8, 0, "13")] // 12.5 away from zero
    [InlineData(1, 200, 0, "1")]
    [InlineData(1, 16, 1, "6.3")] // 6.25
    public void A_share_is_rounded_once_with_halves_away_from_zero(long count, long @base, int decimals, string percentage) =>
        Percentages.Round(count, @base, decimals).ShouldBe(decimal.Parse(percentage, System.Globalization.CultureInfo.InvariantCulture));

    [Fact]
    public void A_negative_half_goes_away_from_zero_too() => Percentages.Round(-0.25m, 1).ShouldBe(-0.3m);

    [Fact]
    public void A_percentage_gives_back_every_count_it_can_stand_for()
    {
        Counts.FromPercentage(33, 0, 12).ShouldBe([4L]);
        Counts.FromPercentage(50, 0, 300).ShouldBe([149L, 150, 151]);
        Counts.FromPercentage(35, 0, 70).ShouldBeEmpty(); // 24 of 70 is 34%, 25 of 70 is 36%
        Counts.FromPercentage(0, 0, 30).ShouldBe([0L]);
        Counts.FromPercentage(100, 0, 30).ShouldBe([30L]);
        Counts.FromPercentage(62.5m, 1, 8).ShouldBe([5L]);
    }

    [Fact]
    public void Every_count_is_among_those_its_own_percentage_gives_back() => Check.Shares((count, @base) =>
        Counts.FromPercentage(Percentages.Round(count, @base), 0, @base).Contains(count)
        && Counts.FromPercentage(Percentages.Round(count, @base, 1), 1, @base).Contains(count));
}
