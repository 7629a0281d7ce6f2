using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Evidence;
using Waymark.Shared.Access;
using Waymark.Shared.Documents;

namespace Waymark.Meetings.Pages;

/// <summary>One item of an agenda with what was decided: the evidence it rests on, and what rests on it.</summary>
public sealed class DecisionModel(WaymarkDb db) : PageModel
{
    public AgendaItem Item => HttpContext.Record<AgendaItem>();
    public Meeting Meeting { get; private set; } = null!;
    public Table Rests { get; private set; } = null!;
    public Table? Resting { get; private set; }

    public void OnGet()
    {
        db.Entry(Item).Collection(item => item.Actions).Load();
        Meeting = db.Meetings.AsNoTracking().Single(meeting => meeting.Id == Item.MeetingId);
        var key = Item.Id.ToString(System.Globalization.CultureInfo.InvariantCulture);
        (Rests, Resting) = (db.EvidenceTable(Decisions.Kind, key), db.RestingTable(Decisions.Kind, key));
    }
}
