using System.Diagnostics.CodeAnalysis;

namespace Waymark.Field;

/// <summary>
/// A unique pupil number: a check letter, nine digits of authority, school and year, two more, and a last digit that is a letter while the number is temporary.
/// The check letter follows from the other twelve (Department for Education, Unique pupil numbers: guidance).
/// </summary>
public readonly record struct Upn : IParsable<Upn>
{
    /// <summary>Without I, O and S, which are taken for digits.</summary>
    private const string Letters = "ABCDEFGHJKLMNPQRTUVWXYZ";

    private readonly string text;

    private Upn(string text) => this.text = text;

    public bool IsTemporary => char.IsAsciiLetter(text[^1]);

    public static Upn Parse(string s, IFormatProvider? provider) => TryParse(s, provider, out var upn) ? upn : throw new FormatException("This is not a unique pupil number.");

    /// <summary>Takes a number as it is issued and nothing like it: no small letters, no blanks, no wrong check letter.</summary>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Upn result)
    {
        result = default;
        if (s is not { Length: 13 }) return false;
        var sum = 0;
        for (var i = 1; i < s.Length; i++)
        {
            var worth = char.IsAsciiDigit(s[i]) ? s[i] - '0' : i == s.Length - 1 ? Letters.IndexOf(s[i], StringComparison.Ordinal) : -1;
            if (worth < 0) return false;
            sum += worth * (i + 1);
        }
        if (s[0] != Letters[sum % Letters.Length]) return false;
        result = new Upn(s);
        return true;
    }

    /// <summary>The number that begins with the letter that these twelve ask for: for invented children.</summary>
    public static Upn Of(string twelve)
    {
        foreach (var letter in Letters)
            if (TryParse(letter + twelve, null, out var upn)) return upn;
        throw new FormatException($"{twelve} are not the twelve digits of a unique pupil number.");
    }

    public override string ToString() => text;
}
