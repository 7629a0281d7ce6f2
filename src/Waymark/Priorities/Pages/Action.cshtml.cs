using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Evidence;
using Waymark.Field;
using Waymark.Schools;
using Waymark.Shared.Access;
using Waymark.Shared.Documents;

namespace Waymark.Priorities.Pages;

/// <summary>One action: who does it by when, what it should move, what was reported.</summary>
public sealed class ActionModel(WaymarkDb db, LocalClock clock) : PageModel
{
    public PlannedAction Action { get; private set; } = null!;
    public ActionInPlan InPlan { get; private set; } = null!;
    public DateOnly Today => clock.Today;
    public bool MayReport { get; private set; }
    public string PlanCode { get; private set; } = "";
    public PlannedAction? Parent { get; private set; }
    public IReadOnlyList<School> Schools { get; private set; } = [];
    public IReadOnlyList<ProgressReport> Reports { get; private set; } = [];
    public Table Parts { get; private set; } = null!;
    public Table Evidence { get; private set; } = null!;
    public Table? Resting { get; private set; }

    public void OnGet()
    {
        Action = HttpContext.Record<PlannedAction>();
        InPlan = Plans.Of(db, actions => actions.Where(action => action.Id == Action.Id))[0];
        MayReport = HttpContext.May(Room.Report, Action.OwnerPlace);
        PlanCode = Action.Place.Kind == PlaceKind.Partnership ? "partnership" : db.NameOf(Action.Place).Code;
        Parent = db.PlannedActions.AsNoTracking().FirstOrDefault(action => action.Id == Action.ParentId);
        Schools = [.. db.Schools.AsNoTracking().Where(school => InPlan.Schools.Contains(school.Urn)).OrderBy(school => school.Name)];
        Reports = [.. db.ProgressReports.AsNoTracking().Where(report => report.ActionId == Action.Id).OrderByDescending(report => report.Id)];
        Parts = Plans.Table(db, Plans.Of(db, actions => actions.Where(action => action.ParentId == Action.Id)), clock.Today, "parts", "What schools do for it");
        var key = PrioritySets.KeyOf(Action.Id);
        (Evidence, Resting) = (db.EvidenceTable("action", key), db.RestingTable("action", key));
    }
}
