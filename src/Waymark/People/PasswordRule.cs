namespace Waymark.People;

/// <summary>What a password must be: long, and hard to guess for who knows what is often chosen and who its owner is. No rule about digits or signs.</summary>
public static class PasswordRule
{
    public const int Shortest = 12;
    public const int Longest = 128;
    public const string Hint = "12 characters or more. Three words that do not belong together are easy to remember.";

    /// <summary>The sentence of the rule that stands against it, or null.</summary>
    /// <param name="about">Names that anybody would try: the person's, the address, the partnership's.</param>
    public static string? Check(string? password, IEnumerable<string> about)
    {
        if (string.IsNullOrEmpty(password)) return "Enter a password.";
        if (password.Length < Shortest) return $"The password must have {Shortest} characters or more. Three words that do not belong together are easy to remember.";
        if (password.Length > Longest) return $"The password must have {Longest} characters or fewer.";
        var words = about.SelectMany(text => text.ToLowerInvariant().Split([' ', '.', '@', '-', '_', '\''], StringSplitOptions.RemoveEmptyEntries)).Append("waymark").Where(word => word.Length > 2).Distinct();
        return Zxcvbn.Zxcvbn.MatchPassword(password, words).Score >= 2 ? null : "This password is too easy to guess. Use three words that do not belong together, not names, dates or a row of keys.";
    }
}
