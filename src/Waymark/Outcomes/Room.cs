using System.CommandLine;
using Waymark.Field;
using Waymark.Outcomes.Commands;
using Waymark.Outcomes.Imports;
using Waymark.Outcomes.Pages;
using Waymark.Shared.Access;
using Waymark.Shared.Imports;
using Waymark.Shared.Web;

namespace Waymark.Outcomes;

/// <summary>Published, local and pupil-level results, and what is made of them: packs and school reports.</summary>
internal sealed class Room : Shared.Room
{
    public override IEnumerable<DoorOf> Doors => [new("Pages", Door.Public), new("Imports/Pages", Door.For(Permissions.LoadData))];

    public override IEnumerable<Importer> Importers => [.. Layout.All.Select(layout => new ResultsImporter(layout)), new SavedLayoutImporter(), new MetadataImporter()];

    public override IEnumerable<MenuEntry> Menu => [new("Data", "/imports", 70, "/data-calendar") { For = Permissions.LoadData }];

    public override IEnumerable<Panel> Panels => [new(PlaceKind.School, typeof(SchoolFiguresPanel), 10)];

    public override IEnumerable<Command> Commands => [PackCommand.Create()];
}
