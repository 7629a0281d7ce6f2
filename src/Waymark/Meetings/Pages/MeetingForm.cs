using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Waymark.Data;
using Waymark.Field;

namespace Waymark.Meetings.Pages;

/// <summary>The questions about when and where.</summary>
public abstract class MeetingForm(WaymarkDb db, LocalClock clock) : MeetingPage(db, clock)
{
    [BindProperty, Display(Name = "Day")] public DateOnly? Day { get; set; }
    [BindProperty, Display(Name = "It starts at")] public string? Starts { get; set; }
    [BindProperty, Display(Name = "It ends at")] public string? Ends { get; set; }
    [BindProperty, Display(Name = "Where it is")] public string? Venue { get; set; }
    [BindProperty, Display(Name = "Link to join online")] public string? JoiningLink { get; set; }

    /// <summary>The times as read; null with a sentence at their question.</summary>
    protected (TimeOnly Starts, TimeOnly Ends)? ReadTimes()
    {
        Refuse(nameof(Day), Day is null ? "Enter the day" : null);
        var (starts, ends) = (Read(Starts), Read(Ends));
        Refuse(nameof(Starts), starts is null ? "Enter when it starts, like 13:30" : null);
        Refuse(nameof(Ends), ends is null ? "Enter when it ends, like 16:00" : ends <= starts ? "It must end after it starts" : null);
        Refuse(nameof(JoiningLink), Meeting.CheckLink(JoiningLink));
        Refuse(nameof(Venue), Venue?.Length > Meeting.LongestPlace ? $"The place must be {Meeting.LongestPlace} characters or fewer" : null);
        return ModelState.IsValid ? (starts!.Value, ends!.Value) : null;
    }

    /// <summary>13:30, 13.30, 1:30pm, 9am.</summary>
    internal static TimeOnly? Read(string? text)
    {
        var typed = (text ?? "").Trim().Replace('.', ':').Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();
        return TimeOnly.TryParseExact(typed, ["H:mm", "HH:mm", "h:mmtt", "htt"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;
    }
}
