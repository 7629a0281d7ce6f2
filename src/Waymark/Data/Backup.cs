using System.Data;
using System.Data.Common;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace Waymark.Data;

/// <summary>How many rows a table had, and the SHA-256 of all of them in the order of their key.</summary>
public sealed record TableSum(string Name, long Rows, string Sha256);

/// <summary>
/// A whole store in one file: a ZIP with a line of JSON for each row, as it stood at one instant, and the sums that a restored store must come to again.
/// Written while people work; read only into an empty store, and kept only when every sum is the same.
/// </summary>
public static class Backup
{
    private const string ManifestName = "manifest.json";

    private sealed record Manifest(string Database, int Schema, IReadOnlyList<TableSum> Tables);

    public static IReadOnlyList<TableSum> Write(Store store, Stream file, IProgress<string>? progress = null, CancellationToken stop = default)
    {
        using var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true);
        var sums = ReadAll(store, table => zip.CreateEntry($"tables/{table}.ndjson", CompressionLevel.Fastest).Open(), progress, stop);
        foreach (var key in Keys(store))
        {
            using var entry = zip.CreateEntry($"keys/{Path.GetFileName(key)}").Open();
            using var content = File.OpenRead(key);
            content.CopyTo(entry);
        }
        using var manifest = zip.CreateEntry(ManifestName).Open();
        JsonSerializer.Serialize(manifest, new Manifest(NameOf(store), SchemaScripts.Scripts(store.IsSqlite).Max(script => script.Number), sums), JsonSerializerOptions.Web);
        return sums;
    }

    /// <summary>The sums of a store as it stands.</summary>
    public static IReadOnlyList<TableSum> Sums(Store store, CancellationToken stop = default) => ReadAll(store, _ => Stream.Null, null, stop);

    /// <summary>Fills an empty store. Returns the sentence of what stands against it, or null; then nothing was kept.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public static string? Restore(Store store, Stream file, IProgress<string>? progress = null, CancellationToken stop = default)
    {
        using var zip = new ZipArchive(file, ZipArchiveMode.Read);
        if (zip.GetEntry(ManifestName) is not { } entry) return "This is no backup of Waymark: it has no manifest.";
        Manifest manifest;
        using (var content = entry.Open()) manifest = JsonSerializer.Deserialize<Manifest>(content, JsonSerializerOptions.Web)!;
        if (manifest.Database != NameOf(store)) return $"This backup is of a store on {manifest.Database}, and this store is on {NameOf(store)}.";
        if (SchemaScripts.Scripts(store.IsSqlite).Max(script => script.Number) is var known && manifest.Schema != known)
            return $"This backup was made by {(manifest.Schema > known ? "a newer" : "an older")} Waymark. Restore it with that version, then update.";
        store.BringUpToDate();
        using var db = store.Open();
        using var connection = store.Connect();
        using var transaction = connection.BeginTransaction(IsolationLevel.Serializable);
        if (store.IsSqlite) Execute(connection, transaction, "pragma defer_foreign_keys = on");
        var tables = TablesOf(db).Where(table => manifest.Tables.Any(sum => sum.Name == table.Name)).ToList();
        if (tables.FirstOrDefault(table => Count(connection, transaction, table.Name) > 0) is { } full) return $"The store is not empty: {full.Name} has rows. Restore into a new data directory.";
        foreach (var table in tables)
        {
            progress?.Report(table.Name);
            using var rows = (zip.GetEntry($"tables/{table.Name}.ndjson") ?? throw new InvalidDataException($"The backup lacks {table.Name}.")).Open();
            Fill(connection, transaction, table, rows, stop);
        }
        if (!store.IsSqlite) foreach (var table in tables.Where(table => table.NumbersItself))
            Execute(connection, transaction, $"select setval(pg_get_serial_sequence('\"{table.Name}\"', 'id'), greatest((select coalesce(max(id), 0) from \"{table.Name}\"), 1))");
        var sums = SumsOf(connection, transaction, tables, _ => Stream.Null, null, stop);
        if (manifest.Tables.Except(sums).FirstOrDefault() is { } wrong) return $"{wrong.Name} does not come to the sum that the backup was made with. Nothing was restored.";
        transaction.Commit();
        foreach (var key in zip.Entries.Where(key => key.FullName.StartsWith("keys/", StringComparison.Ordinal) && key.Name.Length > 0 && store.Directory is not null))
        {
            var folder = System.IO.Directory.CreateDirectory(Path.Combine(store.Directory!, "keys"));
            key.ExtractToFile(Path.Combine(folder.FullName, key.Name), overwrite: false);
        }
        return null;
    }

    private sealed record Table(string Name, IReadOnlyList<string> Columns, IReadOnlyList<string> Key, bool NumbersItself);

    private static List<TableSum> ReadAll(Store store, Func<string, Stream> open, IProgress<string>? progress, CancellationToken stop)
    {
        using var db = store.Open();
        using var connection = store.Connect();
        // One instant for all tables, without a lock: a reader's snapshot on both databases.
        using var transaction = store.IsSqlite ? ((Microsoft.Data.Sqlite.SqliteConnection)connection).BeginTransaction(deferred: true) : connection.BeginTransaction(IsolationLevel.RepeatableRead);
        return SumsOf(connection, transaction, TablesOf(db), open, progress, stop);
    }

    private static List<TableSum> SumsOf(DbConnection connection, DbTransaction transaction, IReadOnlyList<Table> tables, Func<string, Stream> open, IProgress<string>? progress, CancellationToken stop)
    {
        var sums = new List<TableSum>();
        foreach (var table in tables)
        {
            progress?.Report(table.Name);
            using var file = open(table.Name);
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            using var command = connection.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = $"select {Quoted(table.Columns)} from \"{table.Name}\" order by {Quoted(table.Key)}";
            using var reader = command.ExecuteReader();
            var rows = 0L;
            using var line = new MemoryStream();
            while (reader.Read())
            {
                stop.ThrowIfCancellationRequested();
                line.SetLength(0);
                using (var json = new Utf8JsonWriter(line))
                {
                    json.WriteStartArray();
                    for (var i = 0; i < table.Columns.Count; i++) WriteValue(json, reader.GetValue(i));
                    json.WriteEndArray();
                }
                line.WriteByte((byte)'\n');
                var bytes = line.GetBuffer().AsSpan(0, (int)line.Length);
                hash.AppendData(bytes);
                file.Write(bytes);
                rows++;
            }
            sums.Add(new TableSum(table.Name, rows, Convert.ToHexStringLower(hash.GetHashAndReset())));
        }
        return sums;
    }

    private static void Fill(DbConnection connection, DbTransaction transaction, Table table, Stream rows, CancellationToken stop)
    {
        using var reader = new StreamReader(rows, Encoding.UTF8);
        var types = TypesOf(connection, transaction, table);
        if (connection is NpgsqlConnection postgres)
        {
            using var writer = postgres.BeginBinaryImport($"copy \"{table.Name}\" ({Quoted(table.Columns)}) from stdin (format binary)");
            foreach (var row in Rows())
            {
                writer.StartRow();
                foreach (var value in row)
                    if (value is null) writer.WriteNull();
                    else writer.Write(value);
            }
            writer.Complete();
            return;
        }
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = $"insert into \"{table.Name}\" ({Quoted(table.Columns)}) values ({string.Join(", ", table.Columns.Select((_, i) => $"@p{i.ToString(CultureInfo.InvariantCulture)}"))})";
        foreach (var (_, i) in table.Columns.Select((column, i) => (column, i)))
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = $"@p{i.ToString(CultureInfo.InvariantCulture)}";
            command.Parameters.Add(parameter);
        }
        foreach (var row in Rows())
        {
            for (var i = 0; i < row.Length; i++) command.Parameters[i].Value = row[i] ?? DBNull.Value;
            command.ExecuteNonQuery();
        }

        IEnumerable<object?[]> Rows()
        {
            while (reader.ReadLine() is { } line)
            {
                stop.ThrowIfCancellationRequested();
                using var json = JsonDocument.Parse(line);
                if (json.RootElement.GetArrayLength() != table.Columns.Count) throw new InvalidDataException($"A row of {table.Name} has not {table.Columns.Count} columns.");
                yield return [.. json.RootElement.EnumerateArray().Select((value, i) => ReadValue(value, types[i]))];
            }
        }
    }

    private static void WriteValue(Utf8JsonWriter json, object value)
    {
        switch (value)
        {
            case DBNull: json.WriteNullValue(); break;
            case string text: json.WriteStringValue(text); break;
            case bool yes: json.WriteBooleanValue(yes); break;
            // Written so that it reads back as the same number, and as one with a fraction even where it has none.
            case double number: json.WriteRawValue(number.ToString("E16", CultureInfo.InvariantCulture)); break;
            case byte[] bytes: json.WriteStartObject(); json.WriteBase64String("b", bytes); json.WriteEndObject(); break;
            case DateTime instant: json.WriteStringValue(instant.ToString("O", CultureInfo.InvariantCulture)); break;
            case DateOnly day: json.WriteStringValue(day.ToString("O", CultureInfo.InvariantCulture)); break;
            case TimeOnly time: json.WriteStringValue(time.ToString("O", CultureInfo.InvariantCulture)); break;
            case decimal amount: json.WriteNumberValue(amount); break;
            default: json.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture)); break;
        }
    }

    private static object? ReadValue(JsonElement value, Type type) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.True or JsonValueKind.False => value.GetBoolean(),
        JsonValueKind.Object => value.GetProperty("b").GetBytesFromBase64(),
        JsonValueKind.String when type == typeof(DateTime) => DateTime.Parse(value.GetString()!, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind),
        JsonValueKind.String when type == typeof(DateOnly) => DateOnly.Parse(value.GetString()!, CultureInfo.InvariantCulture),
        JsonValueKind.String when type == typeof(TimeOnly) => TimeOnly.Parse(value.GetString()!, CultureInfo.InvariantCulture),
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number when type == typeof(decimal) => value.GetDecimal(),
        JsonValueKind.Number when type == typeof(double) || value.GetRawText().Contains('E', StringComparison.Ordinal) => value.GetDouble(),
        JsonValueKind.Number when type == typeof(int) => value.GetInt32(),
        JsonValueKind.Number when type == typeof(short) => value.GetInt16(),
        _ => value.GetInt64(),
    };

    /// <summary>The types of the columns as the database gives them; on SQLite every value knows its own.</summary>
    private static Type[] TypesOf(DbConnection connection, DbTransaction transaction, Table table)
    {
        if (connection is not NpgsqlConnection) return [.. table.Columns.Select(_ => typeof(object))];
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = $"select {Quoted(table.Columns)} from \"{table.Name}\" limit 0";
        using var reader = command.ExecuteReader();
        return [.. Enumerable.Range(0, table.Columns.Count).Select(reader.GetFieldType)];
    }

    /// <summary>All tables of the model, those first that others point to.</summary>
    private static List<Table> TablesOf(WaymarkDb db)
    {
        var left = db.Model.GetEntityTypes().ToList();
        var ordered = new List<IEntityType>();
        while (left.Count > 0)
        {
            var free = left.Where(entity => entity.GetForeignKeys().All(key => key.PrincipalEntityType == entity || !left.Contains(key.PrincipalEntityType))).OrderBy(entity => entity.GetTableName(), StringComparer.Ordinal).ToList();
            ordered.AddRange(free);
            left.RemoveAll(free.Contains);
        }
        return [.. ordered.Select(entity => new Table(entity.GetTableName()!, [.. entity.GetProperties().Select(property => property.GetColumnName())],
            [.. entity.FindPrimaryKey()!.Properties.Select(property => property.GetColumnName())],
            entity.FindPrimaryKey()!.Properties is [{ ValueGenerated: ValueGenerated.OnAdd, Name: "Id" }]))];
    }

    private static IEnumerable<string> Keys(Store store) =>
        store.Directory is { } directory && System.IO.Directory.Exists(Path.Combine(directory, "keys")) ? System.IO.Directory.EnumerateFiles(Path.Combine(directory, "keys")).Order(StringComparer.Ordinal) : [];

    private static string NameOf(Store store) => store.IsSqlite ? "SQLite" : "PostgreSQL";

    private static string Quoted(IEnumerable<string> columns) => string.Join(", ", columns.Select(column => $"\"{column}\""));

    private static long Count(DbConnection connection, DbTransaction transaction, string table)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = $"select count(*) from \"{table}\"";
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    private static void Execute(DbConnection connection, DbTransaction transaction, string sql)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
