using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Clusters;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared.Access;
using Waymark.Shared.Web;

namespace Waymark.Meetings.Pages;

/// <summary>A page about the meeting that its address names; the door has looked it up.</summary>
public abstract class MeetingPage(WaymarkDb db, LocalClock clock) : PageModel
{
    protected WaymarkDb Db => db;
    protected LocalClock Clock => clock;

    public Meeting Meeting => HttpContext.Record<Meeting>();

    public string Home => $"/meetings/{Meeting.Id}";

    public bool MayRun => HttpContext.May(Room.Run, Room.PlaceOf(Meeting));

    /// <summary>Whether its reader belongs to the meeting: what is confidential is for them only.</summary>
    public bool IsOwn => MayRun || IsOneOf(HttpContext, db, clock.Today, Meeting);

    internal static bool IsOneOf(HttpContext http, WaymarkDb db, DateOnly today, Meeting meeting)
    {
        var places = meeting.Clusters.Select(of => PlaceKey.Cluster(of.ClusterId)).ToHashSet();
        return http.Caller.Holds(RoleKind.Officer) || (meeting.Kind == MeetingKind.Board && http.Caller.Holds(RoleKind.BoardMember)) || http.Caller.Roles.Any(held => HttpAccess.Around(db, held.Place, today).Any(places.Contains));
    }

    protected void LoadAgenda()
    {
        db.Entry(Meeting).Collection(meeting => meeting.Items).Query().Include(item => item.Actions).OrderBy(item => item.Position).Load();
        Meeting.Items.Sort((a, b) => a.Position.CompareTo(b.Position));
    }

    protected void LoadAttendance()
    {
        db.Entry(Meeting).Collection(meeting => meeting.Representatives).Load();
        db.Entry(Meeting).Collection(meeting => meeting.Apologies).Load();
    }

    /// <summary>The clusters whose meeting it is.</summary>
    public IReadOnlyList<Cluster> Clusters => clusters ??= [.. db.Clusters.AsNoTracking().AsEnumerable().Where(cluster => Meeting.Clusters.Exists(of => of.ClusterId == cluster.Id))];

    private IReadOnlyList<Cluster>? clusters;

    /// <summary>A broken rule stands at its question.</summary>
    protected bool Refuse(string field, string? rule)
    {
        if (rule is null) return false;
        if (ModelState.GetFieldValidationState(field) != ModelValidationState.Invalid) ModelState.AddModelError(field, rule.TrimEnd('.'));
        return true;
    }

    protected Microsoft.AspNetCore.Mvc.IActionResult Done(string sentence, string address)
    {
        TempData.Done(sentence);
        return Redirect(address);
    }
}
