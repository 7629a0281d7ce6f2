using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Waymark.Data;
using Waymark.Field;

namespace Waymark.Meetings.Pages;

/// <summary>A meeting is called off.</summary>
public sealed class CancelModel(WaymarkDb db, LocalClock clock, IConfiguration configuration, SealKeys keys) : MeetingPage(db, clock)
{
    [BindProperty, Display(Name = "Why it is cancelled")] public string? Because { get; set; }

    public void OnGet() { }

    public IActionResult OnPost()
    {
        if (Refuse(nameof(Because), Meeting.Cancel(Because))) return Page();
        var told = Db.TellInvitees(Meeting, InvitedModel.Site(Request), InvitedModel.From(configuration), Clock.UtcNow, first: false, keys);
        return Done(told == 0 ? "The meeting is cancelled" : $"The meeting is cancelled; {told} invited {(told == 1 ? "person is" : "people are")} told", Home);
    }
}
