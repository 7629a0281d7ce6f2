namespace Waymark.Statistics;

/// <summary>A place among others.</summary>
/// <param name="Rank">1 is best; equal values share the better rank, and the next rank is left out (1, 2, 2, 4).</param>
/// <param name="Of">How many have a value, this one included.</param>
/// <param name="Quartile">1 (best) to 4, by rank: the first quarter of the ranks is quartile 1.</param>
/// <param name="Tied">How many others have the same value.</param>
public sealed record Ranking(int Rank, int Of, int Quartile, int Tied)
{
    /// <summary>Ranks a value among the others, the value itself not being one of them. Missing values (null) are not counted.</summary>
    /// <returns>Null where the value itself is missing.</returns>
    public static Ranking? Among(double? value, IEnumerable<double?> others, bool higherIsBetter)
    {
        if (value is not { } own)
            return null;
        int better = 0, tied = 0, of = 1;
        foreach (var other in others)
        {
            if (other is not { } theirs)
                continue;
            of++;
            if (theirs == own) tied++;
            else if (theirs > own == higherIsBetter) better++;
        }
        var rank = better + 1;
        return new(rank, of, (4 * rank + of - 1) / of, tied);
    }
}
