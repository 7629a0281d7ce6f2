using System.Data;
using System.Data.Common;
using System.Globalization;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;

namespace Waymark.Data;

/// <summary>
/// Numbered SQL scripts (Data/Scripts/sqlite, Data/Scripts/postgres), each applied once, in order, in a transaction of its own.
/// </summary>
public static class SchemaScripts
{
    public static void Apply(DbConnection connection, bool isSqlite)
    {
        if (connection is SqliteConnection sqlite)
        {
            sqlite.CreateFunction("sha256", (string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text)), isDeterministic: true);
            // What a script takes away is not left in the file.
            Execute(connection, null, "pragma secure_delete = on");
        }
        using (var transaction = BeginAlone(connection, isSqlite))
        {
            Execute(connection, transaction, "create table if not exists schema_script (number integer primary key, name text not null, applied_utc text not null)");
            transaction.Commit();
        }
        foreach (var (number, name, sql) in Scripts(isSqlite))
        {
            using var transaction = BeginAlone(connection, isSqlite);
            if (!IsApplied(connection, transaction, number))
            {
                Execute(connection, transaction, sql);
                Execute(connection, transaction, string.Create(CultureInfo.InvariantCulture,
                    $"insert into schema_script (number, name, applied_utc) values ({number}, '{name}', '{DateTime.UtcNow:O}')"));
            }
            transaction.Commit();
        }
    }

    /// <summary>The scripts of one provider, in order; a name is "0001_imports".</summary>
    public static IEnumerable<(int Number, string Name, string Sql)> Scripts(bool isSqlite)
    {
        var assembly = Assembly.GetExecutingAssembly();
        var folder = isSqlite ? "Scripts.sqlite." : "Scripts.postgres.";
        return assembly.GetManifestResourceNames()
            .Where(resource => resource.Contains(folder, StringComparison.Ordinal))
            .Select(resource =>
            {
                var name = resource[(resource.IndexOf(folder, StringComparison.Ordinal) + folder.Length)..^".sql".Length];
                using var reader = new StreamReader(assembly.GetManifestResourceStream(resource)!);
                return (int.Parse(name[..4], CultureInfo.InvariantCulture), name, reader.ReadToEnd());
            })
            .OrderBy(script => script.Item1);
    }

    /// <summary>One at a time: Serializable opens IMMEDIATE on SQLite; on PostgreSQL the advisory lock lets one of several nodes in.</summary>
    private static DbTransaction BeginAlone(DbConnection connection, bool isSqlite)
    {
        var transaction = connection.BeginTransaction(isSqlite ? IsolationLevel.Serializable : IsolationLevel.ReadCommitted);
        if (!isSqlite) Execute(connection, transaction, "select pg_advisory_xact_lock(823)");
        return transaction;
    }

    private static bool IsApplied(DbConnection connection, DbTransaction transaction, int number)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = string.Create(CultureInfo.InvariantCulture, $"select count(*) from schema_script where number = {number}");
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture) > 0;
    }

    private static void Execute(DbConnection connection, DbTransaction? transaction, string sql)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
