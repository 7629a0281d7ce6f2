using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using SQLitePCL;

namespace Waymark.Data;

/// <summary>
/// Every SQLite connection writes ahead and waits for the disk at each commit: an answer that was acknowledged is there after a power cut.
/// </summary>
internal sealed class SqliteDurability : DbConnectionInterceptor
{
    public static readonly SqliteDurability Instance = new();

    // A pooled connection keeps what it was told, and a page opens one for every question it asks.
    private static readonly ConditionalWeakTable<sqlite3, SqliteDurability> Prepared = [];

    public static void Prepare(DbConnection connection)
    {
        if (connection is SqliteConnection { Handle: { } handle } && !Prepared.TryAdd(handle, Instance)) return;
        using var command = connection.CreateCommand();
        command.CommandText = "pragma busy_timeout=30000; pragma journal_mode=wal; pragma synchronous=full; pragma foreign_keys=on; pragma cache_size=-2000; pragma temp_store=memory;";
        command.ExecuteNonQuery();
    }

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData) => Prepare(connection);

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        Prepare(connection);
        return Task.CompletedTask;
    }
}
