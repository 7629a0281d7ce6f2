namespace Waymark.Statistics;

/// <summary>Percentages of counts, 0 to 100, rounded once and at the end, halves away from zero.</summary>
public static class Percentages
{
    /// <param name="decimals">0 to 6.</param>
    /// <exception cref="ArgumentOutOfRangeException">A base below 1, or a count outside its base.</exception>
    public static decimal Round(long count, long @base, int decimals = 0)
    {
        Intervals.CheckShare(count, @base);
        return Round(100m * count / @base, decimals);
    }

    /// <summary>Any figure, rounded as published tables round.</summary>
    public static decimal Round(decimal value, int decimals = 0) => Math.Round(value, decimals, MidpointRounding.AwayFromZero);
}
