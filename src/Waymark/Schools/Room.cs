using Waymark.Schools.Imports;
using Waymark.Shared;
using Waymark.Shared.Access;
using Waymark.Shared.Imports;
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
        new("Pages/EnterFeed", Door.For(Arrange)), new("Pages/EndFeed", Door.For(Arrange)), new("Pages/Propose", Door.For(Arrange)),
    ];

    public override IEnumerable<MenuEntry> Menu => [new("Schools", "/schools", 20), new("Pyramids", "/pyramids", 25)];

    public override IEnumerable<Invariant> Invariants => SchoolInvariants.All;

    public override IEnumerable<Importer> Importers => [new RegisterImporter(), new LinkImporter(), new PyramidsCsv()];
}
