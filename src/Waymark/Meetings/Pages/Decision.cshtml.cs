using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Evidence;
using Waymark.Field;
using Waymark.Shared.Access;
using Waymark.Shared.Documents;

namespace Waymark.Meetings.Pages;

/// <summary>One item of an agenda with what was decided: the evidence it rests on, and what rests on it.</summary>
public sealed class DecisionModel(WaymarkDb db, LocalClock clock) : PageModel
{
    public AgendaItem Item => HttpContext.Record<AgendaItem>();
    public Meeting Meeting { get; private set; } = null!;
    public Table Rests { get; private set; } = null!;
    public Table? Resting { get; private set; }

    public IActionResult OnGet()
    {
        db.Entry(Item).Collection(item => item.Actions).Load();
        Meeting = db.Meetings.AsNoTracking().Include(meeting => meeting.Clusters).Single(meeting => meeting.Id == Item.MeetingId);
        if (Item.Confidential && !MeetingPage.IsOneOf(HttpContext, db, clock.Today, Meeting)) return NotFound();
        var key = Item.Id.ToString(System.Globalization.CultureInfo.InvariantCulture);
        (Rests, Resting) = (db.EvidenceTable(Decisions.Kind, key), db.RestingTable(Decisions.Kind, key));
        return Page();
    }
}
