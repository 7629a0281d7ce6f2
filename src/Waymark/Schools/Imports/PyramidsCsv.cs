using System.Data;
using System.Data.Common;
using Dapper;
using Waymark.Field;
using Waymark.Shared.Imports;

namespace Waymark.Schools.Imports;

/// <summary>Reads a partnership's own list of which schools feed which.</summary>
internal sealed class PyramidsCsv : Importer
{
    private const string Format = "pyramids";
    private static readonly string[] Columns = ["pyramid", "feeder_urn", "receiver_urn", "from"];

    public override string Reads => "a list of pyramids (pyramid, feeder_urn, receiver_urn, from)";

    public override Recognised? Recognise(TabularFile file) => Columns.All(file.Has) ? new Recognised(Format, "Pyramids: which schools feed which", Columns.Length) : null;

    public override void Stage(TabularFile file, Recognised recognised, ImportRun run)
    {
        var at = Columns.Select(file.Column).ToArray();
        foreach (var column in file.Header.Except(Columns, StringComparer.OrdinalIgnoreCase))
            run.UnknownColumn(column, "A feed has no place for this column.");
        var cells = new Cells(file, run);
        var pyramids = run.Connection.Query<(int Id, string Name)>("select id, name from pyramid", transaction: run.Transaction).ToDictionary(pyramid => pyramid.Name, pyramid => pyramid.Id, StringComparer.OrdinalIgnoreCase);
        var going = run.Connection.Query<(int Pyramid, int Feeder, int Receiver)>("select pyramid_id, feeder, receiver from feed where state = @confirmed and last_day is null", new { confirmed = (int)FeedState.Confirmed }, run.Transaction).ToHashSet();
        using var insert = new PreparedInsert(run.Connection, run.Transaction, "feed", ("pyramid_id", DbType.Int32), ("feeder", DbType.Int32), ("receiver", DbType.Int32), ("first_day", DbType.Date), ("state", DbType.Int32), ("import_id", DbType.Int32));
        foreach (var row in file.Rows())
        {
            run.Read();
            if (!cells.IsWhole(row)) continue;
            var (name, feeder, receiver, first) = (row.Text(at[0]), Urn(row, at[1]), Urn(row, at[2]), cells.Day(row, at[3]));
            if (name.Length == 0) cells.Fault(row, at[0], "This row does not name a pyramid. Write its name, for example that of the school at its top.");
            if (first is null && row.Bytes(at[3]).IsEmpty) cells.Fault(row, at[3], "This row does not say since when. Write the first day, for example 2015-09-01.");
            if (name.Length == 0 || feeder is null || receiver is null || first is null) continue;
            if (feeder == receiver)
            {
                cells.Fault(row, at[2], "A school cannot feed itself. Write the URN of the school that its pupils go on to.");
                continue;
            }
            if (!pyramids.TryGetValue(name, out var pyramid))
                pyramids[name] = pyramid = run.Connection.ExecuteScalar<int>("insert into pyramid (name) values (@name) returning id", new { name }, run.Transaction);
            if (going.Add((pyramid, feeder.Value, receiver.Value)))
            {
                insert.Run(pyramid, feeder, receiver, first, (int)FeedState.Staged, run.ImportId);
                run.Kept();
            }
            else run.List(row.Line, "This feed is known already.");
        }

        int? Urn(TabularRow row, int column)
        {
            if (SchoolUrn.TryParse(row.Text(column), null, out var urn)) return urn.Value;
            cells.Fault(row, column, "This is not a URN. A URN has six digits, for example 109428.");
            return null;
        }
    }

    public override void AfterSwitch(DbConnection connection, DbTransaction transaction, Import import)
    {
        if (import.Format != Format) return;
        var state = import.State == ImportState.Published ? FeedState.Confirmed : FeedState.Withdrawn;
        connection.Execute("update feed set state = @state where import_id = @id", new { state = (int)state, id = import.Id }, transaction);
        var urns = connection.Query<int>("select feeder from feed where import_id = @id union select receiver from feed where import_id = @id", new { id = import.Id }, transaction).ToList();
        KnownSchools.EnsureKnown(connection, transaction, urns.Select(urn => (new SchoolUrn(urn), (string?)null, (Laestab?)null)));
        PyramidMembers.Refresh(connection, transaction);
    }
}
