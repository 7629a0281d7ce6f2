using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using NpgsqlTypes;
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

    /// <summary>Writes all cells under the run's import and counts what is new, changed and the same. Two lines that disagree about one cell are a fault.</summary>
    public void Write()
    {
        figures.Sort(static (a, b) =>
        {
            var order = a.Key.CompareTo(b.Key);
            return order != 0 ? order : a.Line.CompareTo(b.Line);
        });
        RemoveRepetitions();
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

    private void WriteToSqlite()
    {
        using var command = ((SqliteConnection)run.Connection).CreateCommand();
        command.Transaction = (SqliteTransaction)run.Transaction;
        command.CommandText =
            "insert into figure (measure, year, place, pupil_group, import_id, line, precedence, value, numerator, denominator, lower, upper, symbol) " +
            $"values (@p0, @p1, @p2, @p3, {run.ImportId}, @p4, @p5, @p6, @p7, @p8, @p9, @p10, @p11)";
        var parameters = new SqliteParameter[12];
        for (var i = 0; i < parameters.Length; i++)
            parameters[i] = command.Parameters.Add($"@p{i}", i is >= 6 and <= 10 && i != 8 ? SqliteType.Real : SqliteType.Integer);
        command.Prepare();
        foreach (ref readonly var figure in Figures)
        {
            parameters[0].Value = figure.Measure;
            parameters[1].Value = figure.Year;
            parameters[2].Value = figure.Place;
            parameters[3].Value = figure.PupilGroup;
            parameters[4].Value = figure.Line;
            parameters[5].Value = figure.Precedence;
            parameters[6].Value = OrNull(figure.Value);
            parameters[7].Value = OrNull(figure.Numerator);
            parameters[8].Value = OrNull(figure.Denominator);
            parameters[9].Value = OrNull(figure.Lower);
            parameters[10].Value = OrNull(figure.Upper);
            parameters[11].Value = (int)figure.Symbol;
            command.ExecuteNonQuery();
        }
    }

    private void WriteToPostgres()
    {
        using var writer = ((NpgsqlConnection)run.Connection).BeginBinaryImport(
            "copy figure (measure, year, place, pupil_group, import_id, line, precedence, value, numerator, denominator, lower, upper, symbol) from stdin (format binary)");
        foreach (ref readonly var figure in Figures)
        {
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

    private static object OrNull<T>(T? value) where T : struct => value is { } some ? some : DBNull.Value;

    private static void WriteOrNull(NpgsqlBinaryImporter writer, double? value)
    {
        if (value is { } some) writer.Write(some, NpgsqlDbType.Double);
        else writer.WriteNull();
    }
}
