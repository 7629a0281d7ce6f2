using System.Data;
using System.Data.Common;
using System.Globalization;
using Waymark.Field;
using Waymark.Shared.Imports;

namespace Waymark.Schools.Imports;

/// <summary>Reads the register's links between schools: who went on as whom, who merged, who was split.</summary>
internal sealed class LinkImporter : Importer
{
    private const string Format = "register-links";
    private static readonly string[] Columns = ["URN", "LinkURN", "LinkName", "LinkType", "LinkEstablishedDate"];

    private enum Side { Predecessor, Successor, Either }

    /// <summary>The register's words. "Either" says nothing of which was first: the smaller URN is the older one.</summary>
    private static readonly Dictionary<string, (LinkKind Kind, Side Linked)> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Predecessor"] = (LinkKind.Succession, Side.Predecessor),
        ["Successor"] = (LinkKind.Succession, Side.Successor),
        ["Predecessor - merged"] = (LinkKind.Merger, Side.Predecessor),
        ["Successor - merged"] = (LinkKind.Merger, Side.Successor),
        ["Predecessor - amalgamated"] = (LinkKind.Amalgamation, Side.Predecessor),
        ["Successor - amalgamated"] = (LinkKind.Amalgamation, Side.Successor),
        ["Result of Amalgamation"] = (LinkKind.Amalgamation, Side.Either),
        ["Predecessor - Split School"] = (LinkKind.Split, Side.Predecessor),
        ["Successor - Split School"] = (LinkKind.Split, Side.Successor),
        ["Merged - expansion in school capacity and changer in age range"] = (LinkKind.Merger, Side.Either),
        ["Merged - change in age range"] = (LinkKind.Merger, Side.Either),
        ["Merged - expansion of school capacity"] = (LinkKind.Merger, Side.Either),
    };

    public override string Reads => "the register's links between schools";

    public override Recognised? Recognise(TabularFile file) =>
        Columns.All(file.Has) ? new Recognised(Format, "Links between schools: successors and predecessors", Columns.Length) : null;

    public override void Stage(TabularFile file, Recognised recognised, ImportRun run)
    {
        var at = Columns.Select(file.Column).ToArray();
        foreach (var column in file.Header.Except(Columns, StringComparer.OrdinalIgnoreCase))
            run.UnknownColumn(column, "A link has no place for this column.");
        var cells = new Cells(file, run);
        var ofExample = run.IsExample ? KnownSchools.InRegister(run) : null;
        var kinds = new Dictionary<LinkKind, int>();
        using var insert = new PreparedInsert(run.Connection, run.Transaction, "school_link", ("import_id", DbType.Int32), ("line", DbType.Int32), ("predecessor", DbType.Int32), ("successor", DbType.Int32),
            ("kind", DbType.Int32), ("linked_on", DbType.Date), ("named", DbType.Int32), ("name", DbType.String));
        foreach (var row in file.Rows())
        {
            run.Read();
            if (!cells.IsWhole(row)) continue;
            var day = cells.Day(row, at[4]);
            if (row.Bytes(at[0]).IsEmpty || row.Bytes(at[1]).IsEmpty)
            {
                run.List(row.Line, "A link joins two schools, and one of them is missing here.");
                continue;
            }
            if (cells.Whole(row, at[0]) is not int urn || cells.Whole(row, at[1]) is not int linked) continue;
            if (linked == 0 || !IsUrn(urn) || !IsUrn(linked))
            {
                run.List(row.Line, "A link joins two schools, and the URN of a school has six digits.", Columns[1], row.Text(at[1]));
                continue;
            }
            foreach (var (column, number) in new[] { (at[0], urn), (at[1], linked) })
                if (ofExample?.Contains(number) == false) cells.Fault(row, column, KnownSchools.NotOfTheExample);
            // Words not known here are kept as a link that joins nothing: a shared sixth form, an expansion.
            var (kind, side) = Words.GetValueOrDefault(row.Text(at[3]), (LinkKind.Other, Side.Either));
            var linkedIsOlder = side == Side.Predecessor || (side == Side.Either && linked < urn);
            kinds[kind] = kinds.GetValueOrDefault(kind) + 1;
            insert.Run(run.ImportId, row.Line, linkedIsOlder ? linked : urn, linkedIsOlder ? urn : linked, (int)kind, day, linked, row.Text(at[2]));
            run.Kept();
        }
        run.Remark(string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", kinds.OrderBy(kind => kind.Key).Select(kind => $"{kind.Value:N0} {InWords(kind.Key)}"))}. The register often says the same link twice, once for each school; figures follow a school that goes on as exactly one other."));
    }

    private static string InWords(LinkKind kind) => kind switch
    {
        LinkKind.Succession => "links from one school to the one that follows it",
        LinkKind.Merger => "of mergers",
        LinkKind.Amalgamation => "of amalgamations",
        LinkKind.Split => "of splits",
        _ => "of other kinds, which are shown and join nothing",
    };

    public override void AfterSwitch(DbConnection connection, DbTransaction transaction, Import import)
    {
        if (import.Format == Format) SchoolLines.Refresh(connection, transaction);
    }

    private static bool IsUrn(int number) => number is >= 100_000 and <= 999_999;
}
