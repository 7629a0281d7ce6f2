using System.Globalization;
using Microsoft.Data.Sqlite;
using Npgsql;
using Waymark.Data;

namespace Waymark.Tests.Shared;

/// <summary>
/// A store of its own for a test (or a collection of tests), deleted with it. Its schema comes from a template made once, so that a
/// fresh store costs milliseconds. PostgreSQL is skipped, with the reason, where it is not installed.
/// </summary>
public sealed class TestStore : IDisposable
{
    private static readonly Lazy<TestStore>[] Real = Templates(store => ServeCommand.PrepareStore(store, noExample: true));
    private static readonly Lazy<TestStore>[] Filled = Templates(store => ServeCommand.PrepareStore(store, noExample: false));
    private static int next;

    private readonly string name = string.Create(CultureInfo.InvariantCulture, $"test_{Interlocked.Increment(ref next)}");

    private TestStore(Database database, TestStore? template)
    {
        Database = database;
        if (database is Database.Sqlite)
        {
            Folder = Directory.CreateTempSubdirectory("waymark-test-").FullName;
            if (template is not null)
                File.Copy(Path.Combine(template.Folder!, "waymark.db"), Path.Combine(Folder, "waymark.db"));
            Store = Store.InDirectory(Folder);
        }
        else
        {
            Skip.If(PostgresServer.Missing is not null, PostgresServer.Missing);
            PostgresServer.Execute($"create database {name} template {template?.name ?? "template0"}");
            Store = Store.OnPostgres(PostgresServer.ConnectionString(name));
        }
    }

    public Database Database { get; }

    public Store Store { get; }

    /// <summary>The data directory of a store on SQLite.</summary>
    public string? Folder { get; }

    /// <summary>A store for real data, its schema up to date and nothing in it.</summary>
    public static TestStore On(Database database) => new(database, Template(Real, database));

    /// <summary>A store that holds the example partnership.</summary>
    public static TestStore WithExample(Database database) => new(database, Template(Filled, database));

    /// <summary>A store that nothing has opened yet: no file, no table.</summary>
    public static TestStore Untouched(Database database) => new(database, null);

    public WaymarkDb Open() => Store.Open();

    public void Dispose()
    {
        if (Folder is not null)
        {
            using (var connection = new SqliteConnection(Store.ConnectionString)) SqliteConnection.ClearPool(connection);
            Directory.Delete(Folder, recursive: true);
        }
        else
        {
            using (var connection = new NpgsqlConnection(Store.ConnectionString)) NpgsqlConnection.ClearPool(connection);
            PostgresServer.Execute($"drop database {name} with (force)");
        }
    }

    private static TestStore Template(Lazy<TestStore>[] templates, Database database)
    {
        Skip.If(database is Database.Postgres && PostgresServer.Missing is not null, PostgresServer.Missing);
        return templates[(int)database].Value;
    }

    private static Lazy<TestStore>[] Templates(Action<Store> prepare) =>
    [
        .. Enum.GetValues<Database>().Select(database => new Lazy<TestStore>(() =>
        {
            var template = new TestStore(database, null);
            prepare(template.Store);
            template.Close();
            return template;
        })),
    ];

    /// <summary>Lets go of a template: its file is whole (no log beside it) and no connection keeps it from being copied.</summary>
    private void Close()
    {
        if (Folder is not null)
        {
            using var connection = new SqliteConnection(Store.ConnectionString);
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "pragma wal_checkpoint(truncate)";
            command.ExecuteNonQuery();
            SqliteConnection.ClearPool(connection);
            AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(Folder, recursive: true);
        }
        else
        {
            using var connection = new NpgsqlConnection(Store.ConnectionString);
            NpgsqlConnection.ClearPool(connection);
        }
    }
}
