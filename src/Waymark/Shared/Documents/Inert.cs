using System.Text.RegularExpressions;

namespace Waymark.Shared.Documents;

/// <summary>
/// Text that a spreadsheet program will not run. A text that begins like a formula is written with an apostrophe before it;
/// <see cref="Read"/> takes exactly that apostrophe away again, so that an exported file comes back as it left.
/// </summary>
public static partial class Inert
{
    public static string Write(string text) => LooksLikeFormula(text) ? "'" + text : text;

    public static string Read(string cell) => cell.StartsWith('\'') && LooksLikeFormula(cell[1..]) ? cell[1..] : cell;

    /// <summary>
    /// True where the first visible character is = + - @ (also in full width) or the text begins with a tab or a line end;
    /// a number ("-2.5", "+3") is none. A telephone number is kept as text, else it would be shown as 4.4E+11.
    /// Apostrophes are looked through: what was written with one must be told from what began with one.
    /// </summary>
    private static bool LooksLikeFormula(string text)
    {
        if (text.Length == 0 || Number().IsMatch(text))
            return false;
        var rest = text.TrimStart('\'');
        if (rest.Length > 0 && rest[0] is '\t' or '\r' or '\n')
            return true;
        var first = rest.FirstOrDefault(c => !char.IsWhiteSpace(c) && !char.IsControl(c) && char.GetUnicodeCategory(c) != System.Globalization.UnicodeCategory.Format);
        return first is '=' or '+' or '-' or '@' or '＝' or '＋' or '－' or '＠';
    }

    [GeneratedRegex(@"\A[-+]?[0-9]{1,6}(,[0-9]{3})*(\.[0-9]+)?%?\z")]
    private static partial Regex Number();
}
