using System.CommandLine;
using System.Globalization;
using Waymark.Data;
using Waymark.Evidence.Commands;
using Waymark.Evidence.Imports;
using Waymark.Field;
using Waymark.Shared;
using Waymark.Shared.Access;
using Waymark.Shared.Documents;
using Waymark.Shared.Imports;

namespace Waymark.Evidence;

/// <summary>Measures, the cube of figures, releases, similar schools, and the citation of one frozen figure.</summary>
internal sealed class Room : Shared.Room
{
    /// <summary>Freezing what a record says, to point at it. Under which record it is put is that record's own permission.</summary>
    public static readonly Permission Cite = new("evidence.cite", "Cite figures, findings, decisions and practices",
        [RoleKind.Officer, RoleKind.DataOfficer, RoleKind.ClusterLead, RoleKind.Headteacher, RoleKind.BoardMember, RoleKind.WorkingGroupLead], []);

    public override IEnumerable<DoorOf> Doors =>
    [
        new("Pages", Door.Public), new("Pages/Calendar", Door.For(Permission.Read)),
        new("Pages/Citations/Index", Door.For(Permission.Read)), new("Pages/Citations/New", Door.For(Cite)),
        new("Pages/Citations/Show", new Door(DoorKind.Public, null, CitationOf) { Forms = Cite }),
    ];

    private static Found? CitationOf(WaymarkDb db, RouteValueDictionary route) =>
        int.TryParse(Convert.ToString(route["id"], CultureInfo.InvariantCulture), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
        && db.Citations.FirstOrDefault(citation => citation.Id == id) is { } found ? new(found, found.Place, null) : null;

    public override IEnumerable<Citable> Citables => [new("figure", "figure", "/figures/", (db, key) => db.FigureToCite(key))];

    public override IEnumerable<Command> Commands => [MeasuresCommand.Create(), FiguresCommand.Create()];

    public override IEnumerable<Importer> Importers => [new NeighboursCsv()];

    public override IEnumerable<Table> Preview(WaymarkDb db, Import import) => FigureChanges.Preview(db, import);

    public override IEnumerable<string> TakingBack(WaymarkDb db, Import import) => FigureChanges.TakingBack(db, import);

    public override IEnumerable<Invariant> Invariants =>
    [
        new("Every figure's measure, group and symbol are in the catalogue", FigureInvariants.KnownToTheCatalogue),
        new("A figure shows a number or a symbol, never both and never neither", FigureInvariants.NumberOrSymbol),
        new("Every figure was read by an import that is there", FigureInvariants.FromAnImport),
        new("What is not published is about more children than are held back", FigureInvariants.LocalAboutEnoughChildren),
        new("What is cited, and what rests on it, is of a kind that a room knows", FigureInvariants.CitedKinds),
        new("A numerator never exceeds its denominator", FigureInvariants.NumeratorWithinDenominator),
    ];
}
