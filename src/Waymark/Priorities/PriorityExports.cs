using Waymark.Data;
using Waymark.Evidence;
using Waymark.Field;

namespace Waymark.Priorities;

/// <summary>An open priority with the clusters that share it.</summary>
/// <param name="Horizon">long or short-to-medium.</param>
public sealed record PriorityRow(string Title, string Horizon, IReadOnlyList<string> Clusters)
{
    public static IEnumerable<PriorityRow> All(WaymarkDb db, DateOnly today) => db.SharedPriorities(today).Where(shared => shared.Priority.IsOpen)
        .Select(shared => new PriorityRow(shared.Priority.Title, shared.Priority.Horizon.Code(), [.. shared.Clusters.Select(cluster => cluster.Name)]));
}

/// <summary>An action as its plan holds it; the importer of actions reads the same columns.</summary>
/// <param name="Plan">A cluster's name, a school's URN or "partnership".</param>
public sealed record ActionRow(
    string Plan, string Priority, string Action, string Owner, IReadOnlyList<string> Partners, IReadOnlyList<int> Schools, DateOnly Starts, DateOnly Due, string Resources, decimal? Money, string State, string Measure, double? Expected,
    string LastReport, DateOnly? ReportedOn)
{
    public static IEnumerable<ActionRow> All(WaymarkDb db, DateOnly today)
    {
        var plan = Plans.Of(db);
        return plan.Select(of => new ActionRow(of.Action.Place.Kind switch { PlaceKind.Cluster => of.Of, PlaceKind.School => of.Action.Place.Number.ToString(System.Globalization.CultureInfo.InvariantCulture), _ => "partnership" },
            of.Priority ?? "", of.Action.Title, of.Action.Owner, of.Action.Partners.Split('\n', StringSplitOptions.RemoveEmptyEntries), [.. of.Schools.Select(urn => urn.Value)], of.Action.Starts, of.Action.Due, of.Action.Resources, of.Action.Money,
            of.Action.State.Code(), of.Measure ?? "", of.Action.Expected, of.Last?.Going.InWords() ?? "", of.Last?.On));
    }
}

/// <summary>A signature under the pledge.</summary>
/// <param name="Urn">Of a school; nothing for a partner organisation.</param>
public sealed record PledgeRow(string Document, int Number, string Name, int? Urn, string Capacity, DateOnly On)
{
    public static IEnumerable<PledgeRow> All(WaymarkDb db, DateOnly today) => db.JointDocuments.ToList().SelectMany(document => db.VersionsOf(document)).SelectMany(of =>
        db.PledgesFor(of.Version, today).All.Select(pledge => new PledgeRow(of.Document.Slug, of.Version.Number, pledge.Name, pledge.Urn?.Value, pledge.Capacity, pledge.On)));
}
