using Microsoft.AspNetCore.Mvc;
using Waymark.Clusters;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared.Access;
using Waymark.Shared.Documents;

namespace Waymark.Priorities.Pages;

/// <summary>On a cluster's home: its priorities, and for members what was promised and what has moved lately.</summary>
public sealed class PriorityPanel(WaymarkDb db, LocalClock clock) : ViewComponent
{
    /// <param name="Promised">What of the plan is open and due soon or late, or was reported this half term; null for who is no member.</param>
    public sealed record Shown(Cluster Cluster, IReadOnlyList<SharedPriority> Priorities, Table? Promised, IReadOnlyList<string> Moved);

    public IViewComponentResult Invoke(PlaceKey place)
    {
        var cluster = db.Clusters.First(cluster => cluster.Id == place.Number);
        var own = db.SharedPriorities(clock.Today).Where(shared => shared.Priority.IsOpen && shared.Clusters.Any(other => other.Id == cluster.Id)).ToList();
        if (!HttpContext.Caller.IsMember) return View("/Priorities/Pages/_PriorityPanel.cshtml", new Shown(cluster, own, null, []));
        var since = HalfTerm.Of(clock.Today).FirstDay;
        var plan = Plans.Of(db, actions => actions.Where(action => action.Place == place));
        var promised = plan.Where(of => of.Action.IsOpen || of.Last?.On >= since).ToList();
        List<string> moved = [.. plan.Where(of => of.Last?.On >= since).Select(of => $"{of.Action.Title}: {of.Last!.Going.InWords().ToLowerInvariant()}. {of.Last.Done}")];
        return View("/Priorities/Pages/_PriorityPanel.cshtml", new Shown(cluster, own, Plans.Table(db, promised, clock.Today, "promised", "What was promised"), moved));
    }
}
