using Waymark.Data;
using Waymark.Field;
using Waymark.Schools.Imports;
using Waymark.Shared;
using Waymark.Shared.Access;
using Waymark.Shared.Imports;
using Waymark.Shared.Ledger;
using Waymark.Shared.Web;

namespace Waymark.Schools;

/// <summary>The register of schools: who they are, who they were, and whom they feed.</summary>
public sealed class Room : Shared.Room
{
    /// <summary>Which schools feed which.</summary>
    public static readonly Permission Arrange = new("schools.pyramids", "Say which schools feed which, and confirm what is proposed", [RoleKind.Officer], []);

    public override IEnumerable<DoorOf> Doors =>
    [
        new("Pages", Door.Public),
        new("Pages/Pyramids", Door.Public with { Forms = Arrange }), new("Pages/EnterFeed", new Door(DoorKind.Role, Arrange, Changed)), new("Pages/Propose", Door.For(Arrange)),
    ];

    /// <summary>The feed that is changed, with what is recorded of it; for a new one nothing.</summary>
    private static Found? Changed(WaymarkDb db, RouteValueDictionary route) => route["change"] is not string key ? new Found(db, PlaceKey.Partnership, null)
        : db.Feeds().FirstOrDefault(feed => feed.Key == key) is { } feed ? new Found(feed, PlaceKey.Partnership, Found.VersionOf(string.Join("; ", db.SpansOf(feed.Belonging)))) : null;

    public override IEnumerable<MenuEntry> Menu => [new("Schools", "/schools", 20), new("Pyramids", "/pyramids", 25)];

    public override IEnumerable<Invariant> Invariants => SchoolInvariants.All;

    public override IEnumerable<Importer> Importers => [new RegisterImporter(), new LinkImporter(), new PyramidsCsv()];
}
