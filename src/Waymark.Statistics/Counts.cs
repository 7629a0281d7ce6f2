namespace Waymark.Statistics;

/// <summary>The counts behind a published percentage.</summary>
public static class Counts
{
    /// <summary>
    /// Every whole number which, divided by the base, rounds to the published percentage (halves up, as the published tables do).
    /// One: the count is known. Several: it is not. None: percentage and base do not belong together.
    /// </summary>
    /// <param name="published">0 to 100.</param>
    /// <param name="decimals">The decimals it was published with, 0 to 6.</param>
    /// <param name="base">At least 1.</param>
    public static IReadOnlyList<long> FromPercentage(decimal published, int decimals, long @base)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(@base, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(published);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(published, 100);
        var half = 0.5m;
        for (var i = 0; i < decimals; i++) half /= 10;
        var first = Math.Max(0, (long)Math.Ceiling((published - half) * @base / 100));
        var counts = new List<long>();
        for (var count = first; count <= @base && Percentages.Round(count, @base, decimals) <= published; count++)
            if (Percentages.Round(count, @base, decimals) == published)
                counts.Add(count);
        return counts;
    }

    /// <summary>
    /// The count behind a published percentage where rounding leaves exactly one; null where it leaves several or none.
    /// The same answer as <see cref="FromPercentage"/>, made for a million cells: it looks at two candidates at most.
    /// </summary>
    public static long? Only(decimal published, int decimals, long @base)
    {
        if (@base < 1 || published is < 0 or > 100) return null;
        var half = 0.5m;
        for (var i = 0; i < decimals; i++) half /= 10;
        // A count k rounds to the published percentage when (published - half) * base <= 100 k < (published + half) * base.
        var first = Math.Max(0, (long)Math.Ceiling((published - half) * @base / 100));
        var last = Math.Min(@base, (long)Math.Ceiling((published + half) * @base / 100) - 1);
        return first == last ? first : null;
    }
}
