using Waymark.Schools.Imports;
using Waymark.Shared.Imports;
using Waymark.Shared.Web;

namespace Waymark.Schools;

/// <summary>The register of schools: who they are, who they were, and whom they feed.</summary>
public sealed class Room : Shared.Room
{
    public override IEnumerable<MenuEntry> Menu => [new("Schools", "/schools", 20)];

    public override IEnumerable<Importer> Importers => [new RegisterImporter(), new LinkImporter()];
}
