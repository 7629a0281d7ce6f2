using System.Buffers.Text;
using System.IO.Compression;
using System.Reflection;
using System.Text;
using System.Text.Json;
using CsvHelper;
using Microsoft.Data.Sqlite;
using SQLitePCL;
using Waymark.Data;
using Waymark.Evidence;

namespace Waymark.Benchmarks;

/// <summary>
/// What the import is compared with: parses the same files with CsvHelper's fast reader and inserts the same cells into the same table with one prepared
/// statement in one transaction. It checks nothing, compares nothing, keeps no copy and says nothing. Lean, it binds through SQLite's own library as the
/// import does, instead of through the provider's parameters.
/// </summary>
internal static class BareLoop
{
    private sealed record Cell(int Value, int Base, int Lower, int Upper, int Measure, int Group);

    public static void Import(Store store, IEnumerable<string> paths, bool lean)
    {
        using var connection = (SqliteConnection)store.Connect();
        using var transaction = connection.BeginTransaction();
        var import = 0;
        foreach (var path in paths)
        {
            Execute(connection, transaction, $"insert into import (id, file_name, sha256, format, title, years, state, imported_at, rows_read, rows_kept, rows_listed, figures_new, figures_changed, figures_same, version) values ({++import}, '', '{import}', '', '', '', 1, '', 0, 0, 0, 0, 0, 0, 0)");
            var bytes = File.ReadAllBytes(path);
            if (path.EndsWith(".gz", StringComparison.Ordinal))
            {
                using var gzip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
                using var plain = new MemoryStream();
                gzip.CopyTo(plain);
                bytes = plain.ToArray();
            }
            using var reader = CsvReader.Create(bytes.AsMemory(bytes.AsSpan().StartsWith("\ufeff"u8) ? 3 : 0), new CsvReaderOptions { HasHeader = false, FieldCountMismatch = CsvFieldCountHandling.Allow });
            reader.Read();
            var header = Enumerable.Range(0, reader.FieldCount).ToDictionary(i => reader.GetString(i).Trim(), i => i, StringComparer.OrdinalIgnoreCase);
            if (header.ContainsKey("establishment_type")) Schools(connection, transaction, reader, header, import);
            else Figures(connection, transaction, lean, reader, header, import, header.ContainsKey("RECTYPE") ? "ks2-raw" : "ks2-selected", path.Contains("2016", StringComparison.Ordinal) ? 201617 : 201718);
        }
        transaction.Commit();
    }

    private static void Figures(SqliteConnection connection, SqliteTransaction transaction, bool lean, CsvReader reader, Dictionary<string, int> header, int import, string layout, int year)
    {
        var cells = CellsOf(layout, header);
        var (urn, record, authority) = (header["URN"], header.GetValueOrDefault("RECTYPE", -1), header.GetValueOrDefault("LEA", -1));
        var yearColumn = header.GetValueOrDefault("Academic Year", -1);
        const string columns = "measure, year, place, pupil_group, import_id, line, precedence, value, numerator, denominator, lower, upper, symbol";
        using var insert = Prepare(connection, transaction, "figure", columns, 13);
        var sqlite = connection.Handle!;
        raw.sqlite3_prepare_v2(sqlite, $"insert or ignore into figure ({columns}) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", out var row);
        using var prepared = row;
        var line = 1;
        while (reader.Read())
        {
            line++;
            if (yearColumn >= 0 && Number(reader, yearColumn) is { } ending) year = ((int)ending - 1) * 100 + (int)ending % 100;
            var place = record < 0 ? 10_000_000 + (int)(Number(reader, urn) ?? 0) : (Number(reader, record) ?? 0) switch
            {
                1 or 2 => 10_000_000 + (int)(Number(reader, urn) ?? 0),
                3 => 40_000_000 + (int)(Number(reader, authority) ?? 0),
                4 => 60_000_001,
                5 => 60_000_000,
                _ => 0,
            };
            if (place == 0) continue;
            var any = false;
            foreach (var cell in cells) any |= !reader.GetSpan(cell.Value).Trim((byte)' ').IsEmpty;
            if (!any) continue;
            foreach (var cell in cells)
            {
                var value = Number(reader, cell.Value);
                var (pupils, lower, upper) = (Number(reader, cell.Base), Number(reader, cell.Lower), Number(reader, cell.Upper));
                if (lean) Bind(row, cell.Measure, year, place, cell.Group, import, line, 46, value, pupils, lower, upper, value is null ? 2 : 0);
                else Set(insert, cell.Measure, year, place, cell.Group, import, line, 46, value, null, (long?)pupils, lower, upper, value is null ? 2 : 0);
            }
        }
    }

    private static void Schools(SqliteConnection connection, SqliteTransaction transaction, CsvReader reader, Dictionary<string, int> header, int import)
    {
        string[] columns = ["urn", "school_name", "laestab", "la_code", "establishment_type", "funding_type", "religious_character", "street", "town", "postcode", "easting", "northing", "statutory_low_age", "statutory_high_age", "school_website"];
        using var insert = Prepare(connection, transaction, "school_record", "urn, name, laestab, authority, type, type_group, religious_character, street, town, postcode, easting, northing, lowest_age, highest_age, website, import_id, line, as_of, phase, status, search_text", 21);
        var at = columns.Select(column => header.GetValueOrDefault(column, -1)).ToArray();
        var line = 1;
        while (reader.Read())
        {
            line++;
            for (var i = 0; i < at.Length; i++)
                insert.Parameters[i].Value = at[i] < 0 ? DBNull.Value : i is 0 or 2 or 3 or (>= 10 and <= 13) ? Number(reader, at[i]) is { } number ? (long)number : DBNull.Value : Encoding.UTF8.GetString(reader.GetSpan(at[i]));
            object[] rest = [import, line, "2022-08-31", 6, 1, ""];
            for (var i = 0; i < rest.Length; i++) insert.Parameters[at.Length + i].Value = rest[i];
            insert.ExecuteNonQuery();
        }
    }

    /// <summary>Which columns the layout reads, worked out once for each file, as the import does.</summary>
    private static List<Cell> CellsOf(string layout, Dictionary<string, int> header)
    {
        using var stream = typeof(Store).Assembly.GetManifestResourceStream($"Waymark.Outcomes.Imports.Layouts.{layout}.json")!;
        var root = JsonDocument.Parse(stream).RootElement;
        var groups = root.GetProperty("groups").EnumerateObject().ToDictionary(group => group.Name, group => group.Value.GetString()!);
        var bases = root.GetProperty("bases").EnumerateObject().ToDictionary(group => group.Name, group => group.Value.GetString()!);
        var cells = new List<Cell>();
        foreach (var measure in root.GetProperty("measures").EnumerateArray())
        {
            var number = Catalogue.Measure(measure.GetProperty("measure").GetString()!).Number;
            var own = measure.TryGetProperty("groups", out var some) ? some.EnumerateArray().Select(group => group.GetString()!) : groups.Keys;
            foreach (var group in own)
            {
                int Named(string property) => measure.TryGetProperty(property, out var name) && name.GetString() is { } template ? header.GetValueOrDefault(template.Replace("{g}", groups[group], StringComparison.Ordinal), -1) : -1;
                if (Named("value") is var value and >= 0)
                    cells.Add(new Cell(value, bases.TryGetValue(group, out var @base) ? header.GetValueOrDefault(@base, -1) : -1, Named("lower"), Named("upper"), number, Catalogue.Group(group).Number));
            }
        }
        return cells;
    }

    private static double? Number(CsvReader reader, int column)
    {
        if (column < 0 || column >= reader.FieldCount) return null;
        var cell = reader.GetSpan(column).Trim((byte)' ').TrimEnd((byte)'%');
        return Utf8Parser.TryParse(cell, out double value, out var used) && used == cell.Length ? value : null;
    }

    private static SqliteCommand Prepare(SqliteConnection connection, SqliteTransaction transaction, string table, string columns, int count)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100 // Tables and columns are named above.
        command.CommandText = $"insert or ignore into {table} ({columns}) values ({string.Join(", ", Enumerable.Range(0, count).Select(i => $"@p{i}"))})";
#pragma warning restore CA2100
        for (var i = 0; i < count; i++) command.Parameters.Add(new SqliteParameter($"@p{i}", null));
        command.Prepare();
        return command;
    }

    private static void Set(SqliteCommand insert, params ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++) insert.Parameters[i].Value = values[i] ?? DBNull.Value;
        insert.ExecuteNonQuery();
    }

    private static void Bind(sqlite3_stmt row, int measure, int year, int place, int group, int import, int line, int precedence, double? value, double? pupils, double? lower, double? upper, int symbol)
    {
        ReadOnlySpan<int> keys = [measure, year, place, group, import, line, precedence];
        for (var i = 0; i < keys.Length; i++) raw.sqlite3_bind_int(row, i + 1, keys[i]);
        Number(8, value);
        raw.sqlite3_bind_null(row, 9);
        if (pupils is { } some) raw.sqlite3_bind_int64(row, 10, (long)some);
        else raw.sqlite3_bind_null(row, 10);
        Number(11, lower);
        Number(12, upper);
        raw.sqlite3_bind_int(row, 13, symbol);
        raw.sqlite3_step(row);
        raw.sqlite3_reset(row);

        void Number(int index, double? number)
        {
            if (number is { } known) raw.sqlite3_bind_double(row, index, known);
            else raw.sqlite3_bind_null(row, index);
        }
    }

    private static void Execute(SqliteConnection connection, SqliteTransaction transaction, string sql)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100 // Written above, from a counter.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
