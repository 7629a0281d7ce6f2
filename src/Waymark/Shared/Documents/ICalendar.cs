using System.Globalization;
using System.Text;

namespace Waymark.Shared.Documents;

/// <summary>One event of a calendar: times are London's, as people write them.</summary>
/// <param name="Uid">Its name for life, the same in every calendar.</param>
/// <param name="Sequence">Grows whenever it is moved or cancelled.</param>
/// <param name="Conference">Where to join online (RFC 7986).</param>
/// <param name="RecurrenceId">Which day of a series it stands for, by the day it had there.</param>
public sealed record CalendarEvent(string Uid, int Sequence, DateTime Starts, DateTime Ends, string Summary, string Location, string Description, string? Url, string? Conference, bool IsCancelled, DateTime StampUtc,
    CalendarAddress? Organizer = null, IReadOnlyList<CalendarAddress>? Attendees = null, DateTime? RecurrenceId = null);

public sealed record CalendarAddress(string Email, string Name);

/// <summary>Writes calendars as RFC 5545 says: for a feed (PUBLISH), an invitation (REQUEST) or its withdrawal (CANCEL, RFC 5546).</summary>
public static class ICalendar
{
    public const string ContentType = "text/calendar; charset=utf-8";
    private const int LongestLine = 75;
    private const string Zone = "Europe/London";

    private static readonly string[] London =
    [
        "BEGIN:VTIMEZONE", $"TZID:{Zone}",
        "BEGIN:DAYLIGHT", "TZOFFSETFROM:+0000", "TZOFFSETTO:+0100", "TZNAME:BST", "DTSTART:19960331T010000", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU", "END:DAYLIGHT",
        "BEGIN:STANDARD", "TZOFFSETFROM:+0100", "TZOFFSETTO:+0000", "TZNAME:GMT", "DTSTART:19961027T020000", "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU", "END:STANDARD",
        "END:VTIMEZONE",
    ];

    public static string Write(string method, string name, IEnumerable<CalendarEvent> events)
    {
        var text = new StringBuilder();
        foreach (var line in Lines(method, name, events)) Fold(text, line);
        return text.ToString();
    }

    private static IEnumerable<string> Lines(string method, string name, IEnumerable<CalendarEvent> events)
    {
        yield return "BEGIN:VCALENDAR";
        yield return "VERSION:2.0";
        yield return "PRODID:-//Waymark//Waymark//EN";
        yield return "CALSCALE:GREGORIAN";
        yield return $"METHOD:{method}";
        if (method == "PUBLISH")
        {
            yield return $"NAME:{Escape(name)}";
            yield return $"X-WR-CALNAME:{Escape(name)}";
            yield return "REFRESH-INTERVAL;VALUE=DURATION:PT4H";
            yield return "X-PUBLISHED-TTL:PT4H";
        }
        foreach (var line in London) yield return line;
        foreach (var one in events)
        {
            yield return "BEGIN:VEVENT";
            yield return $"UID:{Escape(one.Uid)}";
            yield return $"DTSTAMP:{Utc(one.StampUtc)}";
            yield return string.Create(CultureInfo.InvariantCulture, $"SEQUENCE:{one.Sequence}");
            if (one.RecurrenceId is { } day) yield return $"RECURRENCE-ID;TZID={Zone}:{Local(day)}";
            yield return $"DTSTART;TZID={Zone}:{Local(one.Starts)}";
            yield return $"DTEND;TZID={Zone}:{Local(one.Ends)}";
            yield return $"SUMMARY:{Escape(one.Summary)}";
            if (one.Location.Length > 0) yield return $"LOCATION:{Escape(one.Location)}";
            if (one.Description.Length > 0) yield return $"DESCRIPTION:{Escape(one.Description)}";
            if (one.Url is { } url) yield return $"URL:{Plain(url)}";
            if (one.Conference is { } conference) yield return $"CONFERENCE;VALUE=URI;FEATURE=AUDIO,VIDEO;LABEL=Join online:{Plain(conference)}";
            yield return $"STATUS:{(one.IsCancelled ? "CANCELLED" : "CONFIRMED")}";
            if (one.Organizer is { } organizer) yield return $"ORGANIZER{Name(organizer)}:mailto:{Plain(organizer.Email)}";
            foreach (var attendee in one.Attendees ?? []) yield return $"ATTENDEE{Name(attendee)};ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:{Plain(attendee.Email)}";
            yield return "END:VEVENT";
        }
        yield return "END:VCALENDAR";
    }

    private static string Name(CalendarAddress address) => address.Name.Length == 0 ? "" : $";CN=\"{Plain(address.Name).Replace("\"", "'", StringComparison.Ordinal)}\"";

    private static string Local(DateTime time) => time.ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture);

    private static string Utc(DateTime time) => time.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    private static string Escape(string text) => Without(text.ReplaceLineEndings("\n").Replace("\\", "\\\\", StringComparison.Ordinal).Replace(";", "\\;", StringComparison.Ordinal).Replace(",", "\\,", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal));

    private static string Plain(string text) => Without(text);

    /// <summary>A control sign would end the line and begin another.</summary>
    private static string Without(string text) => string.Concat(text.Where(letter => !char.IsControl(letter)));

    /// <summary>No line is longer than 75 octets; what is longer goes on in the next one after a space, never inside a letter.</summary>
    private static void Fold(StringBuilder text, string line)
    {
        var octets = 0;
        foreach (var rune in line.EnumerateRunes())
        {
            if (octets + rune.Utf8SequenceLength > LongestLine)
            {
                text.Append("\r\n ");
                octets = 1;
            }
            text.Append(rune.ToString());
            octets += rune.Utf8SequenceLength;
        }
        text.Append("\r\n");
    }
}
