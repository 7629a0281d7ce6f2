namespace Waymark.Priorities;

public enum Kept { Both, First, Second }

/// <summary>Two texts word by word: what both have, what only the first has, what only the second.</summary>
public static class WordDifference
{
    private const int MostWords = 2_000;

    /// <summary>Runs of words in reading order, by the longest common subsequence.</summary>
    public static IReadOnlyList<(Kept Kept, string Words)> Of(string first, string second)
    {
        var (a, b) = (Words(first), Words(second));
        var common = new int[a.Length + 1, b.Length + 1];
        for (var i = a.Length - 1; i >= 0; i--)
            for (var j = b.Length - 1; j >= 0; j--)
                common[i, j] = a[i] == b[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
        var runs = new List<(Kept Kept, List<string> Words)>();
        void Add(Kept kept, string word)
        {
            if (runs.Count == 0 || runs[^1].Kept != kept) runs.Add((kept, []));
            runs[^1].Words.Add(word);
        }
        var (x, y) = (0, 0);
        while (x < a.Length || y < b.Length)
        {
            if (x < a.Length && y < b.Length && a[x] == b[y])
            {
                Add(Kept.Both, a[x]);
                (x, y) = (x + 1, y + 1);
            }
            else if (y == b.Length || (x < a.Length && common[x + 1, y] >= common[x, y + 1])) Add(Kept.First, a[x++]);
            else Add(Kept.Second, b[y++]);
        }
        return [.. runs.Select(run => (run.Kept, string.Join(' ', run.Words)))];
    }

    private static string[] Words(string text) => [.. text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Take(MostWords)];
}
