using Microsoft.AspNetCore.Mvc;
using Waymark.Data;
using Waymark.Field;

namespace Waymark.Meetings.Pages;

/// <summary>The meeting was held: its attendance counts from now on.</summary>
public sealed class CloseModel(WaymarkDb db, LocalClock clock) : MeetingPage(db, clock)
{
    public string Says { get; private set; } = "";

    public void OnGet() => Load();

    public IActionResult OnPost()
    {
        if (Refuse("", Meeting.Close(Clock.Today)))
        {
            Load();
            return Page();
        }
        return Done("The meeting is closed", Meeting.Kind == MeetingKind.Cluster ? $"{Home}/letters" : Home);
    }

    private void Load()
    {
        LoadAttendance();
        var tally = Tally.Of(Attendances.Of(Db, [Meeting]).At(Meeting));
        Says = Meeting.Kind == MeetingKind.Cluster
            ? $"{tally.Present} of {tally.Members} member schools are represented, by {tally.Representatives} {(tally.Representatives == 1 ? "person" : "people")} in all{(tally.Guests > 0 ? $"; {tally.Guests} of other clusters" : "")}."
            : $"{Meeting.Representatives.Count} {(Meeting.Representatives.Count == 1 ? "person is" : "people are")} in the list.";
    }
}
