using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Waymark.Data;

/// <summary>A store is example or real for life.</summary>
public enum StoreKind { Example, Real }

/// <summary>
/// Where a partnership's records are: a SQLite file in a data directory, or a PostgreSQL database.
/// Opening brings the schema up to date.
/// </summary>
public sealed class Store
{
    private Store(string? directory, string connectionString, bool isSqlite)
    {
        Directory = directory;
        ConnectionString = connectionString;
        IsSqlite = isSqlite;
    }

    public string? Directory { get; }
    public string ConnectionString { get; }
    public bool IsSqlite { get; }

    /// <summary>Of the requests of this process that want to write, one at a time asks the database for its lock; the others wait here and hold no connection meanwhile.</summary>
    public SemaphoreSlim WriteTurn { get; } = new(1, 1);

    public static Store InDirectory(string directory)
    {
        var full = Path.GetFullPath(directory);
        var connection = new SqliteConnectionStringBuilder { DataSource = Path.Combine(full, "waymark.db"), ForeignKeys = true, Pooling = true, DefaultTimeout = 30 };
        return new Store(full, connection.ToString(), isSqlite: true);
    }

    public static Store OnPostgres(string connectionString) => new(null, connectionString, isSqlite: false);

    public bool Exists => !IsSqlite || File.Exists(Path.Combine(Directory!, "waymark.db"));

    public void Configure(DbContextOptionsBuilder options)
    {
        if (IsSqlite) options.UseSqlite(ConnectionString).AddInterceptors(SqliteDurability.Instance);
        else options.UseNpgsql(ConnectionString);
        options.EnableDetailedErrors(false);
    }

    public WaymarkDb Open()
    {
        var options = new DbContextOptionsBuilder<WaymarkDb>();
        Configure(options);
        return new WaymarkDb(options.Options);
    }

    /// <summary>Creates what is missing and applies the numbered scripts that this store has not seen; what still lies readable is sealed.</summary>
    public void BringUpToDate()
    {
        if (IsSqlite) System.IO.Directory.CreateDirectory(Directory!);
        using var connection = Connect();
        SchemaScripts.Apply(connection, IsSqlite);
        OldSecrets.Seal(connection, new SealKeys(this), IsSqlite);
    }

    /// <summary>
    /// Takes a data directory for one server, until that is let go or its process ends, however it ends. False while another server has it. Other commands work beside a
    /// server, and a PostgreSQL database may have several.
    /// </summary>
    public bool TryServe(out IDisposable? held)
    {
        held = null;
        if (!IsSqlite) return true;
        System.IO.Directory.CreateDirectory(Directory!);
        try
        {
            held = new FileStream(Path.Combine(Directory!, "serving.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return true;
        }
        catch (IOException exception) when (exception.GetType() == typeof(IOException))
        {
            return false;
        }
    }

    /// <summary>
    /// The settings by which a database could forget what it acknowledged when the power fails, each as "fsync = off"; none on SQLite, where every connection is told to
    /// wait for the disk (<see cref="SqliteDurability"/>).
    /// </summary>
    public IReadOnlyList<string> Forgetful()
    {
        if (IsSqlite) return [];
        using var connection = Connect();
        return [.. connection.Query<string>("select name || ' = ' || setting from pg_settings where name in ('fsync', 'full_page_writes', 'synchronous_commit') and setting = 'off' order by name")];
    }

    /// <summary>A connection of its own, for set-based work and bulk inserts.</summary>
    public DbConnection Connect()
    {
        DbConnection connection = IsSqlite ? new SqliteConnection(ConnectionString) : new NpgsqlConnection(ConnectionString);
        connection.Open();
        if (IsSqlite) SqliteDurability.Prepare(connection);
        return connection;
    }
}
