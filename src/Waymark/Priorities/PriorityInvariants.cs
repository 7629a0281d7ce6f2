using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Shared;

namespace Waymark.Priorities;

/// <summary>What always holds among priorities, actions and measures.</summary>
internal static class PriorityInvariants
{
    public static IReadOnlyList<Invariant> All { get; } =
    [
        new("Priorities are joined to what stands on its own, never in a circle", Joined),
        new("An action's days are in order, and what it is said to move is there", Actions),
        new("A share that is counted is never more than all of at least six", Points),
    ];

    private static IEnumerable<string> Joined(WaymarkDb db)
    {
        var all = db.Set<Priority>().AsNoTracking().ToDictionary(priority => priority.Id);
        foreach (var priority in all.Values)
        {
            var (next, steps) = (priority, 0);
            while (next.JoinedInto is { } id && steps++ <= all.Count) next = all[id];
            if (steps > all.Count) yield return $"Priority {priority.Id} is joined to itself in a circle.";
        }
    }

    private static IEnumerable<string> Actions(WaymarkDb db) =>
        db.Set<PlannedAction>().AsNoTracking().AsEnumerable().Where(action => action.Due < action.Starts || (action.Expected is not null && action.MeasureId is null) || action.ParentId == action.Id)
            .Select(action => $"Action {action.Id} is due before it starts, moves a measure that is not named, or is a part of itself.");

    private static IEnumerable<string> Points(WaymarkDb db) =>
        db.MeasurePoints.AsNoTracking().Where(point => point.Base != null && (point.Base < MeasurePoint.SmallestBase || point.Count > point.Base)).AsEnumerable().Select(point => $"Count {point.Id} of measure {point.MeasureId} is {point.Count} of {point.Base}.");
}
