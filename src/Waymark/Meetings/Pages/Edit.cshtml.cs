using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Waymark.Data;
using Waymark.Field;

namespace Waymark.Meetings.Pages;

/// <summary>Another day, time, place or name.</summary>
public sealed class EditModel(WaymarkDb db, LocalClock clock, IConfiguration configuration, SealKeys keys) : MeetingForm(db, clock)
{
    [BindProperty, Display(Name = "What it is called")] public string? Title { get; set; }

    public void OnGet() => (Title, Day, Starts, Ends, Venue, JoiningLink) = (Meeting.Title, Meeting.Day, MeetingWords.Time(Meeting.Starts), MeetingWords.Time(Meeting.Ends), Meeting.Venue, Meeting.JoiningLink);

    public IActionResult OnPost()
    {
        Refuse(nameof(Title), Waymark.Meetings.Meeting.CheckTitle(Title));
        if (ReadTimes() is not var (starts, ends)) return Page();
        if (Refuse(nameof(Day), Meeting.Move(Day!.Value, starts, ends, Venue ?? "", JoiningLink ?? "", Db.HalfTermOf(Day.Value)))) return Page();
        Meeting.Title = Title!.Trim();
        Db.TellInvitees(Meeting, InvitedModel.Site(Request), InvitedModel.From(configuration), Clock.UtcNow, first: false, keys);
        return Done("The meeting was saved", Home);
    }
}
