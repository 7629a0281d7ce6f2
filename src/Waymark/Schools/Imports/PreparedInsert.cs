using System.Data;
using System.Data.Common;

namespace Waymark.Schools.Imports;

/// <summary>One prepared statement for the rows of one table.</summary>
internal sealed class PreparedInsert : IDisposable
{
    private readonly DbCommand command;

    public PreparedInsert(DbConnection connection, DbTransaction transaction, string table, params (string Name, DbType Type)[] columns)
    {
        command = connection.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100 // Table and columns are named in this room's code, never by a file.
        command.CommandText = $"insert into {table} ({string.Join(", ", columns.Select(column => column.Name))}) values ({string.Join(", ", columns.Select(column => "@" + column.Name))}) on conflict do nothing";
#pragma warning restore CA2100
        foreach (var (name, type) in columns)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.DbType) = (name, type);
            command.Parameters.Add(parameter);
        }
        command.Prepare();
    }

    public int Run(params ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        return command.ExecuteNonQuery();
    }

    public void Dispose() => command.Dispose();
}
