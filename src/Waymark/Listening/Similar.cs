namespace Waymark.Listening;

/// <summary>Puts texts that share many words beside each other, as a help to who reads them. It says nothing of what they mean, and is never a result.</summary>
public static class Similar
{
    /// <summary>Two texts belong together when this share of their words is common to both.</summary>
    private const double Close = 0.25;

    public static IReadOnlyList<T> Together<T>(IReadOnlyList<T> all, Func<T, string> text)
    {
        var words = all.Select(one => WordsOf(text(one))).ToList();
        var groups = new List<List<int>>();
        for (var i = 0; i < all.Count; i++)
        {
            var near = groups.Find(group => group.Exists(other => Likeness(words[i], words[other]) >= Close));
            if (near is null) groups.Add([i]);
            else near.Add(i);
        }
        return [.. groups.OrderByDescending(group => group.Count).SelectMany(group => group).Select(i => all[i])];
    }

    /// <summary>Short words say little, and endings little more.</summary>
    private static HashSet<string> WordsOf(string text) =>
        [.. new string([.. text.ToLowerInvariant().Select(letter => char.IsLetterOrDigit(letter) ? letter : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(word => word.Length > 3).Select(word => word[..Math.Min(word.Length, 6)])];

    private static double Likeness(HashSet<string> first, HashSet<string> second) =>
        first.Count + second.Count == 0 ? 0 : first.Count(second.Contains) is var common ? (double)common / (first.Count + second.Count - common) : 0;
}
