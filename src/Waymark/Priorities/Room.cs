using System.Globalization;
using Waymark.Clusters;
using Waymark.Data;
using Waymark.Field;
using Waymark.Schools;
using Waymark.Shared;
using Waymark.Shared.Access;
using Waymark.Shared.Exports;
using Waymark.Shared.Imports;
using Waymark.Shared.Jobs;
using Waymark.Shared.Web;

namespace Waymark.Priorities;

/// <summary>Vision and pledge, priorities, actions and what they moved.</summary>
public sealed class Room : Waymark.Shared.Room
{
    public static readonly Permission Decide = new("priorities.decide", "Propose, adopt, change and end priorities, and set their measures", [RoleKind.Officer], [RoleKind.ClusterLead]);

    public static readonly Permission Join = new("priorities.join", "Say which priorities are the same", [RoleKind.Officer], []);

    public static readonly Permission Plan = new("actions.plan", "Add and change actions of a plan", [RoleKind.Officer], [RoleKind.ClusterLead, RoleKind.Headteacher]);

    public static readonly Permission Report = new("actions.report", "Report progress on an action", [RoleKind.Officer], [RoleKind.ClusterLead, RoleKind.Headteacher, RoleKind.WorkingGroupLead, RoleKind.Partner]);

    public static readonly Permission Draft = new("documents.draft", "Draft joint documents, prepare consultations, record approvals", [RoleKind.Officer], []);

    public static readonly Permission Answer = new("documents.answer", "Answer a consultation for one’s school, cluster or organisation", [RoleKind.Officer, RoleKind.ClusterLead, RoleKind.Headteacher, RoleKind.Governor, RoleKind.Chair, RoleKind.Partner], []);

    public static readonly Permission Sign = new("pledge.sign", "Sign the pledge for one’s school or organisation", [RoleKind.Officer, RoleKind.Headteacher, RoleKind.Chair, RoleKind.Partner], []);

    public override IEnumerable<DoorOf> Doors =>
    [
        new("Pages/Bids/Index", Door.For(Permission.Read)), new("Pages/Bids/New", new Door(DoorKind.Role, Decide, ClusterOrPartnership)), new("Pages/Bids/Show", new Door(DoorKind.Role, Permission.Read, BidOf) { Forms = Decide }),
        new("Pages/Documents/Index", Door.Public), new("Pages/Documents/New", Door.For(Draft)),
        new("Pages/Documents/Show", new Door(DoorKind.Public, null, DocumentOf) { Forms = Draft }), new("Pages/Documents/Compare", new Door(DoorKind.Public, null, DocumentOf)),
        new("Pages/Documents/Introduction", new Door(DoorKind.Role, Draft, DocumentOf)), new("Pages/Documents/Part", new Door(DoorKind.Role, Draft, DocumentOf)), new("Pages/Documents/Consult", new Door(DoorKind.Role, Draft, DocumentOf)),
        new("Pages/Documents/Consultation", new Door(DoorKind.Role, Permission.Read, DocumentOf) { Forms = Answer }), new("Pages/Documents/Sign", new Door(DoorKind.Role, Sign, DocumentOf)),
        new("Pages/Index", Door.Public),
        new("Pages/New", new Door(DoorKind.Role, Decide, ClusterOrPartnership)), new("Pages/Same", Door.For(Join)),
        new("Pages/Show", new Door(DoorKind.Public, null, PriorityOf) { Forms = Join }), new("Pages/Edit", new Door(DoorKind.Role, Decide, PriorityOf)),
        new("Pages/Drivers", new Door(DoorKind.Public, null, PriorityOf) { Forms = Decide }), new("Pages/Adopt", new Door(DoorKind.Public, null, AdoptionsOf) { Forms = Decide }),
        new("Pages/NewMeasure", new Door(DoorKind.Role, Decide, PriorityOf)), new("Pages/Measure", new Door(DoorKind.Role, Permission.Read, MeasureOf) { Forms = Decide }), new("Pages/EditMeasure", new Door(DoorKind.Role, Decide, MeasureOf)),
        new("Pages/Plan", Door.For(Permission.Read)), new("Pages/NewAction", new Door(DoorKind.Role, Plan, PlanOf)), new("Pages/Action", new Door(DoorKind.Role, Permission.Read, ActionOf)),
        new("Pages/EditAction", new Door(DoorKind.Role, Plan, ActionOf)), new("Pages/Progress", new Door(DoorKind.Role, Report, Owned)), new("Pages/ProgressByLink", Door.Link(ProgressRounds.Link)),
    ];

    public override IEnumerable<MenuEntry> Menu => [new("Vision", "/documents", 28), new("Priorities", "/priorities", 30, "/measures"), new("Actions", "/actions", 32, "/bids") { For = Permission.Read }];

    public override IEnumerable<Panel> Panels => [new(PlaceKind.Cluster, typeof(Pages.PriorityPanel), 20)];

    public override IEnumerable<Citable> Citables =>
    [
        new("priority", "priority", "/priorities/", (db, key) => db.PriorityToCite(key, Today(db))) { Open = db => db.SharedPriorities(Today(db)).Where(shared => shared.Priority.IsOpen).Select(PrioritySets.LiveOf), OpenTo = Decide },
        new("action", "action", "/actions/", (db, key) => db.ActionToCite(key)) { Open = db => Plans.Of(db, actions => actions.Where(action => action.State == ActionState.Planned || action.State == ActionState.Underway)).Select(Plans.LiveOf), OpenTo = Plan },
        new("measure", "measure of success", "/measures/", ImpactLists.LiveOf),
        new("bid", "funding bid", "/bids/", (db, key) => db.BidToCite(key)) { Open = db => db.FundingBids.Where(bid => bid.State == BidState.Draft).ToList().Select(BidSets.LiveOf), OpenTo = Decide },
        new("document", "joint document", "/documents/", (db, key) => db.VersionToCite(key)),
    ];

    public override IEnumerable<Export> Exports =>
    [
        Export.Of("priorities", "Priorities with the clusters that share them", Permission.Read, PriorityRow.All),
        Export.Of("actions", "Actions of all plans", Permission.Read, ActionRow.All),
        Export.Of("bids", "Funding bids with their schools and costs", Permission.Read, BidRow.All),
        Export.Of("pledges", "Who has signed the pledge for a version of the vision", Permission.Read, PledgeRow.All),
    ];

    public override IEnumerable<Importer> Importers => [new Imports.ActionsCsv(), new Imports.PrioritiesCsv()];

    public override IEnumerable<JobKind> Jobs => [ProgressRounds.Asking];

    public override IEnumerable<Need> Needs(WaymarkDb db, Caller caller, DateOnly today, DateOnly until) => PriorityNeeds.Of(db, caller, today, until);

    public override IEnumerable<Invariant> Invariants => PriorityInvariants.All;

    public override void FillExample(Store store)
    {
        PriorityExample.Fill(store);
        DocumentExample.Fill(store);
    }

    /// <summary>An example lives on its own day; a number of clusters is that of today.</summary>
    private static DateOnly Today(WaymarkDb db) => LocalClock.ForStore(db.Read(Setting.Today), TimeProvider.System).Today;

    private static int Number(RouteValueDictionary route, string name) =>
        int.TryParse(Convert.ToString(route[name], CultureInfo.InvariantCulture), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    /// <summary>One that no cluster has adopted is seen by members only.</summary>
    private static Found? PriorityOf(WaymarkDb db, RouteValueDictionary route)
    {
        var id = Number(route, "id");
        return db.AllPriorities.FirstOrDefault(priority => priority.Id == id) is { } found && (!db.PublishedOnly || db.SharedPriority(id, Today(db)) is not null) ? new(found, found.Place) : null;
    }

    private static Found? BidOf(WaymarkDb db, RouteValueDictionary route)
    {
        var id = Number(route, "id");
        return db.FundingBids.FirstOrDefault(bid => bid.Id == id) is { } found ? new(found, found.Place) : null;
    }

    private static Found? DocumentOf(WaymarkDb db, RouteValueDictionary route) => db.FindVersion(route["document"] as string, Number(route, "number")) is { } of ? new(of.Version, PlaceKey.Partnership) : null;

    private static Found? ClusterOrPartnership(WaymarkDb db, RouteValueDictionary route) => route["slug"] is not string slug ? new(db, PlaceKey.Partnership, null) : db.FindCluster(slug) is { } cluster ? new(cluster, cluster.Place, null) : null;

    private static Found? AdoptionsOf(WaymarkDb db, RouteValueDictionary route)
    {
        if (db.FindCluster((string)route["slug"]!) is not { } cluster) return null;
        var adopted = db.Adoptions.Where(adoption => adoption.ClusterId == cluster.Id).Select(adoption => adoption.PriorityId).OrderBy(id => id).ToList();
        return new(cluster, cluster.Place, Found.VersionOf(string.Join(' ', adopted)));
    }

    private static Found? PlanOf(WaymarkDb db, RouteValueDictionary route) => route["slug"] is string code && SchoolUrn.TryParse(code, null, out var urn)
        ? db.Schools.FirstOrDefault(school => school.Urn == urn) is { } school ? new(school, school.Place, null) : null : ClusterOrPartnership(db, route);

    private static Found? ActionOf(WaymarkDb db, RouteValueDictionary route)
    {
        var id = Number(route, "id");
        return db.PlannedActions.FirstOrDefault(action => action.Id == id) is { } found ? new(found, found.Place) : null;
    }

    private static Found? Owned(WaymarkDb db, RouteValueDictionary route) => ActionOf(db, route) is { Record: PlannedAction action } found ? found with { Place = action.OwnerPlace } : null;

    private static Found? MeasureOf(WaymarkDb db, RouteValueDictionary route)
    {
        var id = Number(route, "id");
        return db.SuccessMeasures.FirstOrDefault(measure => measure.Id == id) is { } found && db.AllPriorities.FirstOrDefault(priority => priority.Id == found.PriorityId) is { } priority ? new(found, priority.Place) : null;
    }
}
