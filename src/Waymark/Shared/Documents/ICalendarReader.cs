using System.Globalization;

namespace Waymark.Shared.Documents;

/// <summary>A part of a calendar: VCALENDAR, VEVENT, … with its lines and its parts.</summary>
public sealed record CalendarPart(string Name, List<CalendarLine> Lines, List<CalendarPart> Parts)
{
    public CalendarLine? Line(string name) => Lines.Find(line => line.Name == name);

    public string Text(string name) => Line(name)?.Value is { } value ? ICalendarReader.Unescape(value) : "";

    /// <summary>All parts of a name, however deep.</summary>
    public IEnumerable<CalendarPart> All(string name) => Parts.SelectMany(part => part.Name == name ? part.All(name).Prepend(part) : part.All(name));
}

/// <param name="Parameters">TZID, PARTSTAT …, by their names in capitals.</param>
public sealed record CalendarLine(string Name, IReadOnlyDictionary<string, string> Parameters, string Value)
{
    /// <summary>A day, where it is one: VALUE=DATE, or the day of a time.</summary>
    public DateOnly? Day => DateOnly.TryParseExact(Value.Length >= 8 ? Value[..8] : Value, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    public bool IsWholeDay => Value.Length == 8;

    /// <summary>An instant written with Z.</summary>
    public DateTime? Utc => DateTime.TryParseExact(Value, "yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;
}

/// <summary>Reads calendars that others wrote: folded lines, parameters in quotes, any order; what is not understood is passed over.</summary>
public static class ICalendarReader
{
    private const int MostLines = 200_000;

    /// <summary>The calendar; null where the text is none.</summary>
    public static CalendarPart? Read(string text)
    {
        var open = new Stack<CalendarPart>();
        CalendarPart? root = null;
        foreach (var line in Unfolded(text).Take(MostLines))
        {
            if (Parse(line) is not { } parsed) continue;
            if (parsed.Name == "BEGIN")
            {
                var part = new CalendarPart(parsed.Value.Trim().ToUpperInvariant(), [], []);
                if (open.TryPeek(out var outer)) outer.Parts.Add(part);
                else if (root is null && part.Name == "VCALENDAR") root = part;
                else continue;
                open.Push(part);
            }
            else if (parsed.Name == "END") open.TryPop(out _);
            else if (open.TryPeek(out var part)) part.Lines.Add(parsed);
        }
        return root;
    }

    internal static string Unescape(string value) => value.Replace("\\\\", "\0", StringComparison.Ordinal).Replace("\\n", "\n", StringComparison.OrdinalIgnoreCase).Replace("\\,", ",", StringComparison.Ordinal).Replace("\\;", ";", StringComparison.Ordinal).Replace('\0', '\\');

    private static IEnumerable<string> Unfolded(string text)
    {
        string? line = null;
        foreach (var next in text.ReplaceLineEndings("\n").Split('\n'))
        {
            if (next.Length > 0 && next[0] is ' ' or '\t') line += next[1..];
            else
            {
                if (line is { Length: > 0 }) yield return line;
                line = next;
            }
        }
        if (line is { Length: > 0 }) yield return line;
    }

    private static CalendarLine? Parse(string line)
    {
        var (quoted, colon) = (false, -1);
        var cuts = new List<int>();
        for (var i = 0; i < line.Length && colon < 0; i++)
        {
            if (line[i] == '"') quoted = !quoted;
            else if (!quoted && line[i] == ';') cuts.Add(i);
            else if (!quoted && line[i] == ':') colon = i;
        }
        if (colon <= 0) return null;
        cuts.Add(colon);
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i + 1 < cuts.Count; i++)
            if (line[(cuts[i] + 1)..cuts[i + 1]].Split('=', 2) is [var name, var value]) parameters[name.ToUpperInvariant()] = value.Trim('"');
        return new CalendarLine(line[..cuts[0]].ToUpperInvariant(), parameters, line[(colon + 1)..]);
    }
}
