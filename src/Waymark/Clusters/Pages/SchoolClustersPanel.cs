using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Field;
using Waymark.Schools;
using Waymark.Shared.Ledger;

namespace Waymark.Clusters.Pages;

/// <summary>A school's clusters on its page, under whichever of its URNs they are recorded, those that go on first.</summary>
public sealed class SchoolClustersPanel(WaymarkDb db) : ViewComponent
{
    public IViewComponentResult Invoke(PlaceKey place)
    {
        var clusters = db.Clusters.AsNoTracking().ToDictionary(cluster => cluster.Id);
        IReadOnlyList<(Cluster Cluster, Span Span)> memberships =
        [
            .. db.LineOf(new SchoolUrn(place.Number)).SelectMany(urn => db.MembershipsOf(urn)).Where(membership => clusters.ContainsKey(membership.ClusterId))
                .Select(membership => (clusters[membership.ClusterId], membership.Span)).Distinct()
                .OrderBy(membership => membership.Span.Until is not null).ThenByDescending(membership => membership.Span.From).ThenBy(membership => membership.Item1.Name, StringComparer.OrdinalIgnoreCase),
        ];
        return View("/Clusters/Pages/_SchoolClusters.cshtml", memberships);
    }
}
