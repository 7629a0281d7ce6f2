using System.CommandLine;
using Waymark.Data;
using Waymark.Evidence.Commands;
using Waymark.Evidence.Imports;
using Waymark.Shared;
using Waymark.Shared.Access;
using Waymark.Shared.Documents;
using Waymark.Shared.Imports;

namespace Waymark.Evidence;

/// <summary>Measures, the cube of figures, releases, similar schools, and the citation of one frozen figure.</summary>
internal sealed class Room : Shared.Room
{
    public override IEnumerable<DoorOf> Doors => [new("Pages", Door.Public), new("Pages/Calendar", Door.For(Permission.Read))];

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
        new("A numerator never exceeds its denominator", FigureInvariants.NumeratorWithinDenominator),
    ];
}
