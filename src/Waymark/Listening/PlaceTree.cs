using Microsoft.EntityFrameworkCore;
using Waymark.Clusters;
using Waymark.Data;
using Waymark.Field;

namespace Waymark.Listening;

/// <summary>
/// Every place has one next larger place, so that whatever is shown of places side by side never adds up to a secret: a school lies in its cluster, a cluster in the
/// joint one it meets with, and all in the partnership. A school of several clusters is counted in the one that it has belonged to longest.
/// </summary>
public sealed class PlaceTree(IReadOnlyDictionary<PlaceKey, PlaceKey> parents)
{
    public PlaceKey? ParentOf(PlaceKey place) => place == PlaceKey.Partnership ? null : parents.TryGetValue(place, out var parent) ? parent : PlaceKey.Partnership;

    /// <summary>The place itself and all larger ones, the partnership last.</summary>
    public IEnumerable<PlaceKey> Upwards(PlaceKey place)
    {
        for (PlaceKey? at = place; at is { } here; at = ParentOf(here)) yield return here;
    }

    /// <summary>Every place that lies in another, or that another lies in.</summary>
    public IEnumerable<PlaceKey> Known => parents.Keys.Concat(parents.Values).Distinct();

    public static PlaceTree On(WaymarkDb db, DateOnly day)
    {
        var order = db.Clusters.AsNoTracking().AsEnumerable().Select((cluster, i) => (cluster.Place, i)).ToDictionary(of => of.Place, of => of.i);
        return new PlaceTree(db.Containments.AsNoTracking().On(day).AsEnumerable()
            .Where(containment => order.ContainsKey(containment.Parent) && (containment.Kind == ContainmentKind.Full || containment.Child.Kind == PlaceKind.Cluster))
            .GroupBy(containment => containment.Child)
            .ToDictionary(of => of.Key, of => of.OrderBy(containment => containment.FirstDay).ThenBy(containment => order[containment.Parent]).First().Parent));
    }
}
