using Waymark.Data;
using Waymark.Field;
using Waymark.Shared;
using Waymark.Shared.Imports;
using Waymark.Shared.Web;

namespace Waymark.Clusters;

/// <summary>The clusters, their members over time, the map; and the start page.</summary>
public sealed class Room : Waymark.Shared.Room
{
    public override IEnumerable<MenuEntry> Menu => [new("Clusters", "/", 10, "/clusters", "/checklist", "/authority")];

    public override IEnumerable<Panel> Panels => [new(PlaceKind.School, typeof(Pages.SchoolClustersPanel), 5)];

    public override IEnumerable<Importer> Importers => [new Imports.ClustersCsv()];

    public override IEnumerable<Invariant> Invariants =>
    [
        new("A school is not a member of one cluster twice at the same time", MemberTwice),
        new("The members that every room reads are those that the records state", NotStated),
    ];

    private static IEnumerable<string> MemberTwice(WaymarkDb db) =>
        from of in db.Memberships().GroupBy(membership => (membership.ClusterId, membership.Urn))
        let wrong = MembershipHistory.Check([.. of.Select(membership => membership.Span)])
        where wrong is not null && db.Clusters.Any(cluster => cluster.Id == of.Key.ClusterId && cluster.Kind == ClusterKind.Locality)
        select $"School {of.Key.Urn} in cluster {of.Key.ClusterId}: {wrong}";

    private static IEnumerable<string> NotStated(WaymarkDb db)
    {
        foreach (var cluster in db.Clusters.Where(cluster => cluster.Kind == ClusterKind.Locality).ToList())
        {
            var read = db.Memberships(cluster).ToLookup(membership => membership.Urn, membership => membership.Span);
            var urns = db.MembershipRecordsStanding.Where(record => record.ClusterId == cluster.Id).Select(record => record.Urn).Distinct().ToList();
            foreach (var urn in urns.Union(read.Select(of => of.Key)).Order())
                if (!db.MembershipOf(cluster.Id, urn).SameAs(MembershipHistory.Of(read[urn])))
                    yield return $"School {urn} in {cluster.Name}: the records say {db.MembershipOf(cluster.Id, urn)}, read is {MembershipHistory.Of(read[urn])}.";
        }
    }
}
