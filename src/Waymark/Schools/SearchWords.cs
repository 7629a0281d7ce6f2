using System.Globalization;
using System.Text;
using Waymark.Field;

namespace Waymark.Schools;

/// <summary>
/// Text as it is searched: small letters and digits without accents. Apostrophes, dots and slashes vanish ("O'Neill" is "oneill", "823/2002" is
/// "8232002"), other marks part words, and "and" is said for "&amp;".
/// </summary>
public static class SearchWords
{
    public static string Fold(string text)
    {
        if (!Ascii.IsValid(text)) text = Letters.Apart(text);
        var folded = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (char.IsAsciiLetterOrDigit(c)) folded.Append(char.ToLowerInvariant(c));
            else if (c == '&') folded.Append(" and ");
            else if (c is '\'' or '.' or '/' or '’' or '‘' or '`' || CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark) continue;
            else if (char.IsLetterOrDigit(c)) folded.Append(char.ToLowerInvariant(c));
            else folded.Append(' ');
        }
        return folded.ToString();
    }

    /// <summary>The words somebody searches for; each must be found.</summary>
    public static string[] Of(string? query) => Fold(query ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>What a school is found by.</summary>
    public static string ForSchool(string name, string? town, string? postcode, int urn, Field.Laestab? laestab) =>
        string.Create(CultureInfo.InvariantCulture, $"{Fold(name)} {Fold(town ?? "")} {Fold(postcode ?? "")} {postcode?.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant()} {urn} {laestab}");
}
