using System.Data.Common;
using System.Globalization;
using Dapper;
using Waymark.Field;
using Waymark.Shared.Documents;
using Waymark.Shared.Imports;
using Waymark.Shared.Ledger;

namespace Waymark.Schools.Imports;

/// <summary>Reads a partnership's own list of which schools feed which: the same again changes nothing, another first or last day supersedes.</summary>
internal sealed class PyramidsCsv : Importer
{
    private const string Format = "pyramids";
    private static readonly string[] Columns = ["pyramid", "feeder_urn", "receiver_urn", "from"];
    /// <summary>The names are for the reader of the file.</summary>
    private static readonly string[] Known = [.. Columns, "until", "feeder", "receiver"];

    private sealed record Row(int Line, string Pyramid, SchoolUrn Feeder, SchoolUrn Receiver, Span Span);

    public override string Reads => "a list of pyramids (pyramid, feeder_urn, receiver_urn, from, until)";

    public override Recognised? Recognise(TabularFile file) => Columns.All(file.Has) ? new Recognised(Format, "Pyramids: which schools feed which", Columns.Length) : null;

    public override void Stage(TabularFile file, Recognised recognised, ImportRun run)
    {
        foreach (var column in file.Header.Where(column => !Known.Contains(column, StringComparer.OrdinalIgnoreCase)))
            run.UnknownColumn(column, "A feed has no place for this column.");
        var rows = Read(file, run);
        if (run.Faults == 0) Keep(rows, run);
    }

    public override void AfterSwitch(DbConnection connection, DbTransaction transaction, Import import)
    {
        if (import.Format != Format) return;
        Ledger.AfterSwitch(connection, transaction, import);
        KnownSchools.AfterSwitch(connection, transaction, import);
    }

    private static List<Row> Read(TabularFile file, ImportRun run)
    {
        var at = Columns.Select(file.Column).ToArray();
        var until = file.Column("until");
        var cells = new Cells(file, run);
        var rows = new List<Row>();
        foreach (var row in file.Rows())
        {
            run.Read();
            if (!cells.IsWhole(row)) continue;
            var (name, feeder, receiver, first, last) = (Inert.Read(row.Text(at[0])), Urn(row, at[1]), Urn(row, at[2]), cells.Day(row, at[3]), until < 0 ? null : cells.Day(row, until));
            if (name.Length == 0) cells.Fault(row, at[0], "This row does not name a pyramid. Write its name, for example that of the school at its top.");
            else if (name.Length > Pyramid.LongestName) cells.Fault(row, at[0], $"The name must be {Pyramid.LongestName} characters or fewer.");
            if (first is null && row.Bytes(at[3]).IsEmpty) cells.Fault(row, at[3], "This row does not say since when. Write the first day, for example 2015-09-01.");
            if (name.Length == 0 || feeder is not { } from || receiver is not { } to || first is null) continue;
            var span = new Span(first.Value, last);
            if (from == to) cells.Fault(row, at[2], "A school cannot feed itself. Write the URN of the school that its pupils go on to.");
            else if (span.CheckDays() is { } rule) cells.Fault(row, last < first ? until : at[3], rule);
            else rows.Add(new Row(row.Line, name, from, to, span));
        }
        foreach (var of in rows.GroupBy(row => (row.Pyramid.ToUpperInvariant(), row.Feeder, row.Receiver)))
            foreach (var (row, i) in of.Select((row, i) => (row, i)))
                if (of.Take(i).FirstOrDefault(earlier => earlier.Span.Overlaps(row.Span)) is { } other)
                    run.Fault(row.Line, Columns[3], row.Span.From.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                        $"Line {other.Line} has the same two schools at the same time. Give that line an end in the column until, or take one of the two out.");
        return rows;

        SchoolUrn? Urn(TabularRow row, int column)
        {
            if (SchoolUrn.TryParse(row.Text(column), null, out var urn)) return urn;
            cells.Fault(row, column, "This is not a URN. A URN has six digits, for example 109428.");
            return null;
        }
    }

    private static void Keep(List<Row> rows, ImportRun run)
    {
        KnownSchools.Stage(run, Columns[1], rows.SelectMany(row => new[] { row.Feeder, row.Receiver }.Select(urn => (urn, (string?)null, (Laestab?)null, row.Line))));
        var pyramids = run.Connection.Query<(int Id, string Name)>("select id, name from pyramid", transaction: run.Transaction).ToDictionary(pyramid => pyramid.Name, pyramid => pyramid.Id, StringComparer.OrdinalIgnoreCase);
        var held = Ledger.Held(run.Connection, run.Transaction);
        foreach (var name in rows.Select(row => row.Pyramid).Distinct(StringComparer.OrdinalIgnoreCase).Where(name => !pyramids.ContainsKey(name)).ToList())
            pyramids[name] = run.Connection.ExecuteScalar<int>("insert into pyramid (name) values (@name) returning id", new { name }, run.Transaction);
        foreach (var of in rows.GroupBy(row => Feed.Of(pyramids[row.Pyramid], row.Feeder, row.Receiver)))
        {
            var before = held.GetValueOrDefault(of.Key) ?? [];
            var after = Span.Take(before, of.Select(row => row.Span));
            if (after.SequenceEqual(before))
            {
                foreach (var row in of) run.List(row.Line, "This feed is known already.");
                continue;
            }
            foreach (var _ in of) run.Kept();
            if (before.Count > 0)
                run.Remark(string.Create(CultureInfo.InvariantCulture, $"School {of.First().Feeder} to {of.First().Receiver}: {string.Join("; ", after)} (was: {string.Join("; ", before)})."));
            Ledger.Stage(run, of.Key, after, before.Count == 0 ? "From a file" : "Changed by a file");
        }
    }
}
