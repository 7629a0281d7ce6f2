namespace Waymark.Shared.Documents;

/// <summary>
/// How wide a text will be, in points, before any program has drawn it: the advance widths of Arial (the same as Helvetica's),
/// with a sixth added because a machine without Arial takes a wider font.
/// </summary>
internal static class TextWidth
{
    private const double Reserve = 1.17;

    /// <summary>Of the font size, from one line to the next.</summary>
    public const double LineHeight = 1.2;

    // Thousandths of the font size for the characters from space to ~.
    private static readonly short[] Ascii =
    [
        278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
        1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
        333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
    ];

    public static double Of(string text, double size, bool bold = false) =>
        text.Sum(c => c is >= ' ' and <= '~' ? Ascii[c - ' '] : c < '\u2e80' ? 600 : 1000) / 1000.0 * size * Reserve * (bold ? 1.12 : 1);

    /// <summary>The lines a text takes in a width; a word longer than the line is broken.</summary>
    public static int Lines(string text, double size, double width, bool bold = false)
    {
        var lines = 1;
        var at = 0.0;
        var space = Of(" ", size, bold);
        foreach (var word in text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            var length = Of(word, size, bold);
            if (at > 0 && at + space + length > width)
            {
                lines++;
                at = 0;
            }
            at += (at > 0 ? space : 0) + length;
            while (at > width)
            {
                lines++;
                at -= width;
            }
        }
        return lines + text.Count(c => c == '\n');
    }

    public static double LongestWord(string text, double size, bool bold = false) =>
        text.Split(' ', '\n').Max(word => Of(word, size, bold));

    /// <summary>Cut at a word so that it takes no more than so many lines; <paramref name="rest"/> is what was left off.</summary>
    public static string Cut(string text, double size, double width, int lines, bool bold, out string rest)
    {
        rest = "";
        if (Lines(text, size, width, bold) <= lines)
            return text;
        var (fits, tooLong) = (1, text.Length);
        while (tooLong - fits > 1)
        {
            var middle = (fits + tooLong) / 2;
            if (Lines(text[..middle], size, width, bold) <= lines) fits = middle;
            else tooLong = middle;
        }
        var space = text.LastIndexOf(' ', fits - 1);
        if (space > fits / 2) fits = space;
        else if (char.IsHighSurrogate(text[fits - 1]) && fits > 1) fits--;
        rest = text[fits..].TrimStart();
        return text[..fits].TrimEnd();
    }
}
