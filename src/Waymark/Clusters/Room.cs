using System.Globalization;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared;
using Waymark.Shared.Access;
using Waymark.Shared.Exports;
using Waymark.Shared.Imports;
using Waymark.Shared.Web;

namespace Waymark.Clusters;

/// <summary>The clusters, their members over time, the map; and the start page.</summary>
public sealed class Room : Waymark.Shared.Room
{
    /// <summary>Making clusters, and who belongs to them.</summary>
    public static readonly Permission Arrange = new("clusters.arrange", "Make clusters, change their names and members, draw their boundaries", [RoleKind.Officer], []);

    /// <summary>The people and partners of a cluster.</summary>
    public static readonly Permission Contacts = new("clusters.contacts", "Enter the people and partners of a cluster", [RoleKind.Officer], [RoleKind.ClusterLead]);

    public override IEnumerable<DoorOf> Doors =>
    [
        new("Pages", Door.Public),
        new("Pages/Authority", new Door(DoorKind.Role, Arrange, OwnAuthority)), new("Pages/Boundaries", Door.For(Arrange)), new("Pages/New", Door.For(Arrange)),
        new("Pages/Edit", Door.For(Arrange, "slug", Named)), new("Pages/Member", new Door(DoorKind.Role, Arrange, Member)), new("Pages/Members", Door.For(Arrange, "slug", Named)),
        new("Pages/Contact", new Door(DoorKind.Role, Contacts, Contact)),
    ];

    private static Found? OwnAuthority(WaymarkDb db, RouteValueDictionary route) => new(db, PlaceKey.Partnership, Found.VersionOf(db.Read(Setting.Authority)));

    private static Found? Member(WaymarkDb db, RouteValueDictionary route) =>
        db.FindCluster((string)route["slug"]!) is { } cluster && db.FindMember(cluster, Convert.ToString(route["member"], CultureInfo.InvariantCulture)) is { } member
            ? new Found(cluster, cluster.Place, Found.VersionOf(db.MembershipOf(cluster, member.Place).ToString())) : null;

    /// <summary>A contact of the cluster, or for "new" the cluster that gets one.</summary>
    private static Found? Contact(WaymarkDb db, RouteValueDictionary route)
    {
        if (db.FindCluster((string)route["slug"]!) is not { } cluster) return null;
        if ((string)route["id"]! == "new") return new Found(cluster, cluster.Place, null);
        return int.TryParse((string)route["id"]!, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            && db.ClusterContacts.FirstOrDefault(contact => contact.Id == id && contact.ClusterId == cluster.Id) is { } found ? new Found(found, cluster.Place) : null;
    }

    private static Found? Named(WaymarkDb db, string slug) => db.FindCluster(slug) is { } cluster ? new Found(cluster, cluster.Place) : null;

    public override IEnumerable<MenuEntry> Menu => [new("Clusters", "/", 10, "/clusters", "/checklist", "/authority")];

    public override IEnumerable<Panel> Panels => [new(PlaceKind.School, typeof(Pages.SchoolClustersPanel), 5)];

    public override IEnumerable<Importer> Importers => [new Imports.ClustersCsv()];

    public override IEnumerable<Export> Exports => [Export.Of("members", "Schools in clusters", Permission.Read, (db, today) => MemberRow.On(db, today))];

    public override IEnumerable<Invariant> Invariants => ClusterInvariants.All;

    public override IEnumerable<PlaceSource> Places =>
    [
        new(PlaceKind.Cluster, db => db.Clusters.AsEnumerable().Select(Place), (db, keys) => db.Clusters.AsEnumerable().Where(cluster => keys.Contains(cluster.Place)).Select(Place),
            (db, code) => db.FindCluster(code) is { } cluster ? Place(cluster) : null),
    ];

    private static NamedPlace Place(Cluster cluster) => new(cluster.Place, cluster.Slug, cluster.Name);
}
