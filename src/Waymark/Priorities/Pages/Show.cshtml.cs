using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Waymark.Clusters;
using Waymark.Data;
using Waymark.Evidence;
using Waymark.Field;
using Waymark.Shared.Access;
using Waymark.Shared.Documents;
using Waymark.Shared.Web;

namespace Waymark.Priorities.Pages;

/// <summary>A priority: who shares it, what it rests on, how it will be seen, what is done for it.</summary>
public sealed class ShowModel(WaymarkDb db, LocalClock clock) : FormPage
{
    public Priority Priority { get; private set; } = null!;
    public SharedPriority Shared { get; private set; } = null!;
    public int? JoinedTo => Priority.JoinedInto;
    public bool MayDecide { get; private set; }
    public Table Evidence { get; private set; } = null!;
    public Table? Resting { get; private set; }
    public Table Measures { get; private set; } = null!;
    public Table Actions { get; private set; } = null!;
    /// <summary>Whose plans who reads may add to.</summary>
    public IReadOnlyList<(string Name, string Slug)> MayPlan { get; private set; } = [];
    public string? Of { get; private set; }

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        Priority = HttpContext.Record<Priority>();
        Shared = db.SharedPriority(Priority.Id, clock.Today)!;
        MayDecide = HttpContext.May(Room.Decide, Priority.Place);
        var key = PrioritySets.KeyOf(Priority.Id);
        (Evidence, Resting) = (db.EvidenceTable("priority", key), db.RestingTable("priority", key));
        Measures = ImpactLists.Measures(db, [.. db.SuccessMeasures.Where(measure => measure.PriorityId == Priority.Id)], clock.Today);
        Actions = Plans.Table(db, Plans.Of(db, actions => actions.Where(action => action.PriorityId == Priority.Id)), clock.Today);
        if (HttpContext.Caller.IsMember && Priority.IsOpen)
            MayPlan = [.. db.OuterClusters(clock.Today).Where(cluster => HttpContext.May(Room.Decide, cluster.Place)).Select(cluster => (cluster.Name, cluster.Slug))];
        if (Priority.Place.Kind == PlaceKind.Cluster) Of = db.NameOf(Priority.Place).Name;
    }

    public void OnGet() { }

    public IActionResult OnPostPart()
    {
        Priority.Part();
        db.SaveChanges();
        TempData.Done($"{Priority.Title} stands on its own again");
        return Redirect("/priorities");
    }
}
