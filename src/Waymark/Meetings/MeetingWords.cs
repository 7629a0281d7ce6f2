using System.Globalization;

namespace Waymark.Meetings;

public static class MeetingWords
{
    private static readonly string[] Kinds = ["", "Cluster meeting", "Board meeting", "Working-group meeting", "Heads and governors", "Heads and chairs", "Conference", "Planning workshop"];
    private static readonly string[] States = ["Scheduled", "Under way", "Held", "Cancelled"];
    private static readonly string[] MinutesStates = ["Draft", "Circulated", "Circulated and corrected", "Agreed", "Published"];

    public static string InWords(this MeetingKind kind) => Kinds[(int)kind];
    public static string InWords(this MeetingState state) => States[(int)state];
    public static string InWords(this MinutesState state) => MinutesStates[(int)state];

    public static string LongDay(DateOnly day) => day.ToString("dddd d MMMM yyyy", CultureInfo.GetCultureInfo("en-GB"));
    public static string Day(DateOnly? day) => day?.ToString("d MMMM yyyy", CultureInfo.GetCultureInfo("en-GB")) ?? "";
    public static string Time(TimeOnly time) => time.ToString("H:mm", CultureInfo.InvariantCulture);
    /// <summary>A meeting that a list of attendance brought has no hours.</summary>
    public static string Hours(Meeting meeting) => meeting is { ImportId: not null, Starts: { Hour: 0, Minute: 0 } } ? "time not recorded" : $"{Time(meeting.Starts)} to {Time(meeting.Ends)}";

    public static string When(Meeting meeting) => $"{LongDay(meeting.Day)}, {Hours(meeting)}";
}
