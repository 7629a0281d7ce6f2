using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Waymark.Clusters;
using Waymark.Data;
using Waymark.Field;
using Waymark.Schools;
using Waymark.Shared.Access;
using Waymark.Shared.Documents;

namespace Waymark.Priorities.Pages;

/// <summary>The plan of one cluster, one school or all: what is late, stuck or without a measure.</summary>
public sealed class PlanModel(WaymarkDb db, LocalClock clock) : FormPage
{
    /// <summary>A cluster's slug, a school's URN, "partnership", or nothing for all.</summary>
    [BindProperty(SupportsGet = true)] public string? Plan { get; set; }
    [BindProperty(SupportsGet = true)] public string? Look { get; set; }

    public string? Of { get; private set; }
    public string InWords { get; private set; } = "";
    public Table Table { get; private set; } = null!;
    /// <summary>The export that holds this plan.</summary>
    public string Export { get; private set; } = "actions";
    public IReadOnlyList<SelectListItem> Whose { get; private set; } = [];
    public IReadOnlyList<SelectListItem> Looks { get; } = [new("All", ""), new("Late", "late"), new("Stuck", "stuck"), new("Without a measure", "no measure"), new("Without a report this half term", "no report this half term")];
    public IReadOnlyList<(string Name, string Slug)> MayPlan { get; private set; } = [];

    public IActionResult OnGet()
    {
        if (!Find(out var place)) return NotFound();
        var all = Plans.Of(db, Within(place));
        var shown = all.Where(of => string.IsNullOrEmpty(Look) || of.Troubles(clock.Today).Contains(Look)).ToList();
        Table = Plans.Table(db, shown, clock.Today);
        InWords = Sum(all);
        if (place is { } whose) Export = $"actions?plan={Uri.EscapeDataString(whose.Kind == PlaceKind.Cluster ? Of! : Plan!)}";
        var clusters = db.OuterClusters(clock.Today);
        Whose = [new("All plans", ""), new("The partnership’s", "partnership"), .. clusters.Select(cluster => new SelectListItem(cluster.Name, cluster.Slug)), .. place?.Kind == PlaceKind.School ? [new SelectListItem(Of, Plan)] : Array.Empty<SelectListItem>()];
        MayPlan = place?.Kind == PlaceKind.School ? HttpContext.May(Room.Plan, place) ? [(Of!, Plan!)] : []
            : [.. clusters.Where(cluster => (place is null || place == cluster.Place) && HttpContext.May(Room.Plan, cluster.Place)).Select(cluster => (cluster.Name, cluster.Slug))];
        return Page();
    }

    /// <summary>A cluster's plan holds the plans of its schools, where they are part of one of its actions.</summary>
    private Func<IQueryable<PlannedAction>, IQueryable<PlannedAction>> Within(PlaceKey? place)
    {
        if (place is not { } own) return all => all;
        var mine = db.PlannedActions.Where(action => action.Place == own).Select(action => action.Id);
        return all => all.Where(action => action.Place == own || (action.ParentId != null && mine.Contains(action.ParentId.Value)));
    }

    private bool Find(out PlaceKey? place)
    {
        place = null;
        if (string.IsNullOrEmpty(Plan)) return true;
        if (ActionPlaces.Find(db, Plan) is not (var found, var name)) return false;
        (place, Of) = (found, name);
        return true;
    }

    private string Sum(IReadOnlyList<ActionInPlan> all)
    {
        if (all.Count == 0) return "Nothing is planned yet.";
        var open = all.Where(of => of.Action.IsOpen).ToList();
        string Counted(int count, string words) => count == 0 ? "" : $", {count} {words}";
        var (late, stuck, blind) = (open.Count(of => of.Action.IsLate(clock.Today)), open.Count(of => of.Troubles(clock.Today).Contains("stuck")), open.Count(of => of.Action.MeasureId is null));
        var money = all.Sum(of => of.Action.Money ?? 0);
        return $"{all.Count} {(all.Count == 1 ? "action" : "actions")}, {open.Count} of them open{Counted(late, "late")}{Counted(stuck, "stuck")}{Counted(blind, "without a measure")}.{(money > 0 ? $" Money planned: £{money.ToString("N0", Lists.English)}." : "")}";
    }
}

/// <summary>Whose plan an address or a file names.</summary>
internal static class ActionPlaces
{
    /// <summary>A cluster's slug or name, a school's URN, or "partnership"; null where there is none.</summary>
    public static (PlaceKey Place, string Name)? Find(WaymarkDb db, string? code)
    {
        if (code == "partnership") return (PlaceKey.Partnership, "The partnership");
        if (SchoolUrn.TryParse(code, CultureInfo.InvariantCulture, out var urn)) return db.Schools.FirstOrDefault(school => school.Urn == urn) is { } school ? (school.Place, school.Name) : null;
        return code is { Length: > 0 } && db.FindCluster(code) is { } cluster ? (cluster.Place, cluster.Name) : null;
    }
}
