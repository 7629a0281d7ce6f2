using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using NpgsqlTypes;
using SQLitePCL;
using Waymark.Field;
using Waymark.Shared.Imports;

namespace Waymark.Evidence;

/// <summary>One cell on its way into the store.</summary>
public readonly record struct StagedFigure(
    int Measure, int Year, int Place, int PupilGroup, int Line, short Precedence,
    double? Value, double? Numerator, long? Denominator, double? Lower, double? Upper, Symbol Symbol)
{
    internal (int, int, int, int) Key => (Measure, Year, Place, PupilGroup);
    internal bool SaysTheSameAs(in StagedFigure other) => Value == other.Value && Numerator == other.Numerator && Denominator == other.Denominator && Symbol == other.Symbol;
}

/// <summary>
/// Collects the cells of one import and writes them in the order of the store's tree, which costs a fraction of writing them as they come.
/// </summary>
public sealed class FigureBatch(ImportRun run)
{
    private readonly List<StagedFigure> figures = new(4096);

    public int Count => figures.Count;

    public void Add(in StagedFigure figure) => figures.Add(figure);

    /// <summary>Takes the last cells back.</summary>
    public void TakeBack(int count) => figures.RemoveRange(figures.Count - count, count);

    /// <summary>The cells so far, to look at before they are written; a change is made by <see cref="Replace"/>.</summary>
    public ReadOnlySpan<StagedFigure> Figures => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(figures);

    public void Replace(int index, in StagedFigure figure) => figures[index] = figure;

    /// <summary>Puts the cells in the store's order, each once. Two lines that disagree about one cell are a fault.</summary>
    public void Settle()
    {
        figures.Sort(static (a, b) =>
        {
            var order = a.Key.CompareTo(b.Key);
            return order != 0 ? order : a.Line.CompareTo(b.Line);
        });
        RemoveRepetitions();
    }

    /// <summary>Writes all cells under the run's import and counts what is new, changed and the same.</summary>
    public void Write()
    {
        Settle();
        if (run.Faults > 0) return;
        CountAgainstWhatIsThere();
        if (run.IsSqlite) WriteToSqlite();
        else WriteToPostgres();
    }

    private void RemoveRepetitions()
    {
        var kept = 0;
        for (var i = 0; i < figures.Count; i++)
        {
            if (kept == 0 || figures[kept - 1].Key != figures[i].Key)
            {
                figures[kept++] = figures[i];
                continue;
            }
            var (first, again) = (figures[kept - 1], figures[i]);
            // A school that two rows count under two phases, with nobody in one of them.
            if (Catalogue.Measure(again.Measure).Kind == MeasureKind.Count && (first.Value is 0 || again.Value is 0))
                figures[kept - 1] = first.Value is 0 ? again : first;
            else if (!first.SaysTheSameAs(again))
                run.Fault(again.Line, null, null, $"This line gives {Catalogue.Measure(again.Measure).Code} for {Catalogue.Group(again.PupilGroup).Code} again, and line {first.Line} says something else. Keep the right one.");
        }
        figures.RemoveRange(kept, figures.Count - kept);
    }

    private void CountAgainstWhatIsThere()
    {
        if (figures.Count == 0) return;
        var there = new Dictionary<(int, int, int, int), (double? Value, Symbol Symbol, short Precedence, int Import)>();
        foreach (var (measure, year) in figures.Select(figure => (figure.Measure, figure.Year)).Distinct())
        {
            using var command = run.Connection.CreateCommand();
            command.Transaction = run.Transaction;
            command.CommandText = $"select f.place, f.pupil_group, f.value, f.symbol, f.precedence, f.import_id from figure f join import i on i.id = f.import_id and i.state = 1 where f.measure = {measure} and f.year = {year}";
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                var key = (measure, year, reader.GetInt32(0), reader.GetInt32(1));
                var cell = (reader.IsDBNull(2) ? (double?)null : reader.GetDouble(2), (Symbol)reader.GetInt32(3), reader.GetInt16(4), reader.GetInt32(5));
                if (!there.TryGetValue(key, out var other) || (cell.Item3, cell.Item4).CompareTo((other.Precedence, other.Import)) > 0)
                    there[key] = cell;
            }
        }
        foreach (var figure in figures)
        {
            if (!there.TryGetValue(figure.Key, out var before)) run.FiguresNew++;
            else if ((before.Value == figure.Value && before.Symbol == figure.Symbol) || before.Precedence > figure.Precedence) run.FiguresSame++;
            else run.FiguresChanged++;
        }
    }

    /// <summary>Bound by position through the library itself: parameters by name cost more than writing the row does.</summary>
    private void WriteToSqlite()
    {
        var sqlite = ((SqliteConnection)run.Connection).Handle!;
        Check(raw.sqlite3_prepare_v2(sqlite,
            "insert into figure (measure, year, place, pupil_group, import_id, line, precedence, value, numerator, denominator, lower, upper, symbol) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", out var row));
        using (row)
        {
            raw.sqlite3_bind_int(row, 5, run.ImportId);
            var written = 0;
            foreach (ref readonly var figure in Figures)
            {
                Written(written++);
                raw.sqlite3_bind_int(row, 1, figure.Measure);
                raw.sqlite3_bind_int(row, 2, figure.Year);
                raw.sqlite3_bind_int(row, 3, figure.Place);
                raw.sqlite3_bind_int(row, 4, figure.PupilGroup);
                raw.sqlite3_bind_int(row, 6, figure.Line);
                raw.sqlite3_bind_int(row, 7, figure.Precedence);
                Bind(8, figure.Value);
                Bind(9, figure.Numerator);
                if (figure.Denominator is { } denominator) raw.sqlite3_bind_int64(row, 10, denominator);
                else raw.sqlite3_bind_null(row, 10);
                Bind(11, figure.Lower);
                Bind(12, figure.Upper);
                raw.sqlite3_bind_int(row, 13, (int)figure.Symbol);
                var done = raw.sqlite3_step(row);
                raw.sqlite3_reset(row);
                if (done != raw.SQLITE_DONE) Check(done);
            }
        }

        void Bind(int index, double? value)
        {
            if (value is { } some) raw.sqlite3_bind_double(row, index, some);
            else raw.sqlite3_bind_null(row, index);
        }

        void Check(int code)
        {
            if (code != raw.SQLITE_OK) throw new SqliteException(raw.sqlite3_errmsg(sqlite).utf8_to_string(), code);
        }
    }

    private void WriteToPostgres()
    {
        using var writer = ((NpgsqlConnection)run.Connection).BeginBinaryImport(
            "copy figure (measure, year, place, pupil_group, import_id, line, precedence, value, numerator, denominator, lower, upper, symbol) from stdin (format binary)");
        var written = 0;
        foreach (ref readonly var figure in Figures)
        {
            Written(written++);
            writer.StartRow();
            writer.Write(figure.Measure, NpgsqlDbType.Integer);
            writer.Write(figure.Year, NpgsqlDbType.Integer);
            writer.Write(figure.Place, NpgsqlDbType.Integer);
            writer.Write(figure.PupilGroup, NpgsqlDbType.Integer);
            writer.Write(run.ImportId, NpgsqlDbType.Integer);
            writer.Write(figure.Line, NpgsqlDbType.Integer);
            writer.Write(figure.Precedence, NpgsqlDbType.Smallint);
            WriteOrNull(writer, figure.Value);
            WriteOrNull(writer, figure.Numerator);
            if (figure.Denominator is { } denominator) writer.Write(denominator, NpgsqlDbType.Bigint);
            else writer.WriteNull();
            WriteOrNull(writer, figure.Lower);
            WriteOrNull(writer, figure.Upper);
            writer.Write((int)figure.Symbol, NpgsqlDbType.Integer);
        }
        writer.Complete();
    }

    private void Written(int figures)
    {
        if (figures % 20_000 == 0) run.Report($"{run.RowsRead:N0} rows read, {figures:N0} of {Count:N0} figures written");
    }

    private static void WriteOrNull(NpgsqlBinaryImporter writer, double? value)
    {
        if (value is { } some) writer.Write(some, NpgsqlDbType.Double);
        else writer.WriteNull();
    }
}
