namespace Waymark.Priorities;

/// <summary>How alike two short texts are, from 0 to 1, so that people are asked about those that may be the same. It decides nothing.</summary>
public static class Likeness
{
    /// <summary>From here on people are asked.</summary>
    public const double Enough = 0.5;

    /// <summary>Words that say nothing of what a priority is about; that something gets better is said by all of them.</summary>
    private static readonly HashSet<string> Empty =
        ["between", "a", "an", "the", "and", "or", "of", "for", "to", "in", "into", "on", "with", "within", "across", "through", "all", "our", "their", "by", "at", "from", "both", "each", "every", "more", "better", "improve", "increas", "develop", "rais", "strengthen", "support", "ensur", "work", "promot", "build", "reduc"];

    private static readonly string[] Endings = ["ations", "itions", "ation", "ition", "ings", "ing", "ments", "ment", "ities", "ity", "ies", "ence", "ness", "ed", "es", "e", "s", "y"];

    /// <summary>Dice's coefficient: of the words that carry meaning twice the common ones over all.</summary>
    public static double Of(string one, string other)
    {
        var (a, b) = (Stems(one), Stems(other));
        return a.Count + b.Count == 0 ? 0 : 2.0 * a.Count(b.Contains) / (a.Count + b.Count);
    }

    private static HashSet<string> Stems(string text)
    {
        var words = new string([.. text.Select(letter => char.IsLetter(letter) ? char.ToLowerInvariant(letter) : letter is '\'' or '’' ? '\0' : ' ')]).Replace("\0", "", StringComparison.Ordinal);
        return [.. words.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(word => !Empty.Contains(word)).Select(Stem).Where(word => !Empty.Contains(word))];
    }

    private static string Stem(string word)
    {
        var ending = Endings.FirstOrDefault(ending => word.Length - ending.Length >= 4 && word.EndsWith(ending, StringComparison.Ordinal));
        return ending is null ? word : word[..^ending.Length];
    }
}
