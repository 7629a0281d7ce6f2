using System.Data;
using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Waymark.Schools.Imports;

/// <summary>
/// One prepared statement for the rows of one table. On SQLite it is bound by position through the library itself: parameters by name cost more
/// than writing the row does.
/// </summary>
internal sealed class PreparedInsert : IDisposable
{
    private readonly sqlite3? sqlite;
    private readonly sqlite3_stmt? statement;
    private readonly DbCommand? command;

    public PreparedInsert(DbConnection connection, DbTransaction transaction, string table, params (string Name, DbType Type)[] columns)
    {
        var into = $"insert into {table} ({string.Join(", ", columns.Select(column => column.Name))}) values";
        if (connection is SqliteConnection { Handle: { } handle })
        {
            sqlite = handle;
            Check(raw.sqlite3_prepare_v2(handle, $"{into} ({string.Join(", ", columns.Select(_ => "?"))})", out statement));
            return;
        }
        command = connection.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100 // Table and columns are named in this room's code, never by a file.
        command.CommandText = $"{into} ({string.Join(", ", columns.Select(column => "@" + column.Name))})";
#pragma warning restore CA2100
        foreach (var (name, type) in columns)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.DbType) = (name, type);
            command.Parameters.Add(parameter);
        }
        command.Prepare();
    }

    public void Run(params ReadOnlySpan<object?> values)
    {
        if (statement is null)
        {
            for (var i = 0; i < values.Length; i++)
                command!.Parameters[i].Value = values[i] ?? DBNull.Value;
            command!.ExecuteNonQuery();
            return;
        }
        for (var i = 0; i < values.Length; i++)
            Check(values[i] switch
            {
                null => raw.sqlite3_bind_null(statement, i + 1),
                int number => raw.sqlite3_bind_int(statement, i + 1, number),
                bool yes => raw.sqlite3_bind_int(statement, i + 1, yes ? 1 : 0),
                DateOnly day => raw.sqlite3_bind_text(statement, i + 1, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
                string text => raw.sqlite3_bind_text(statement, i + 1, text),
                var other => throw new ArgumentException($"A {other.GetType().Name} has no column here."),
            });
        var done = raw.sqlite3_step(statement);
        raw.sqlite3_reset(statement);
        if (done != raw.SQLITE_DONE) Check(done);
    }

    public void Dispose()
    {
        statement?.Dispose();
        command?.Dispose();
    }

    private void Check(int code)
    {
        if (code != raw.SQLITE_OK) throw new SqliteException(raw.sqlite3_errmsg(sqlite).utf8_to_string(), code);
    }
}
