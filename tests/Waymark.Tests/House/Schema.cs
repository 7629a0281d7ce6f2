using System.Data.Common;
using Dapper;

namespace Waymark.Tests.House;

/// <summary>What a database says of its own tables: one line for each table, column, key and index, the same whoever made them.</summary>
internal static class Schema
{
    public static IReadOnlyList<string> Of(DbConnection connection, bool isSqlite) =>
        [.. (isSqlite ? OfSqlite(connection) : OfPostgres(connection)).Order(StringComparer.Ordinal)];

    private static IEnumerable<string> OfSqlite(DbConnection connection)
    {
        foreach (var (table, sql) in connection.Query<(string, string)>("select name, sql from sqlite_master where type = 'table' and name not like 'sqlite~_%' escape '~'"))
        {
            yield return $"{table}{(sql.Contains("autoincrement", StringComparison.OrdinalIgnoreCase) ? " numbers its rows, never twice" : "")}";
            foreach (var (name, type, required, given, key) in connection.Query<(string, string, bool, string?, int)>("select name, type, \"notnull\", dflt_value, pk from pragma_table_info(@table)", new { table }))
                yield return $"{table}.{name} {type.ToLowerInvariant()}{(required ? " not null" : "")}{(given is null ? "" : $" default {given}")}{(key == 0 ? "" : $" key {key}")}";
            foreach (var (from, to, column, onDelete) in connection.Query<(string, string, string?, string)>("select \"from\", \"table\", \"to\", on_delete from pragma_foreign_key_list(@table)", new { table }))
                yield return $"{table}.{from} references {to}.{column} on delete {(onDelete is "RESTRICT" ? "NO ACTION" : onDelete).ToLowerInvariant()}";
            foreach (var (index, unique, origin, partial) in connection.Query<(string, bool, string, bool)>("select name, \"unique\", origin, partial from pragma_index_list(@table) where origin <> 'pk'", new { table }))
            {
                var columns = connection.Query<(string? Name, bool Descending)>("select name, \"desc\" from pragma_index_xinfo(@index) where key order by seqno", new { index });
                var filter = partial ? WhereOf(connection.ExecuteScalar<string>("select sql from sqlite_master where name = @index", new { index })!) : null;
                yield return $"{table} index {(origin == "u" ? "of a constraint" : index)}{(unique ? " unique" : "")} ({string.Join(", ", columns.Select(column => $"{column.Name}{(column.Descending ? " desc" : "")}"))}){(filter is null ? "" : $" where {filter}")}";
            }
        }
    }

    private static IEnumerable<string> OfPostgres(DbConnection connection) => connection.Query<string>("""
        select table_name from information_schema.tables where table_schema = 'public'
        union all
        select format('%s.%s %s%s%s%s', table_name, column_name, data_type || coalesce('(' || coalesce(character_maximum_length, case when data_type = 'numeric' then numeric_precision end) || ')', ''),
            case is_nullable when 'NO' then ' not null' else '' end, ' default ' || column_default, ' identity ' || lower(identity_generation))
        from information_schema.columns where table_schema = 'public'
        union all
        select format('%s %s', conrelid::regclass, replace(pg_get_constraintdef(oid), ' ON DELETE RESTRICT', '')) from pg_constraint where connamespace = 'public'::regnamespace and contype in ('p', 'f', 'u')
        union all
        select format('%s index %s', tablename, indexdef) from pg_indexes where schemaname = 'public'
            and indexname not in (select conname from pg_constraint where connamespace = 'public'::regnamespace)
        """);

    private static string WhereOf(string sql) => sql[(sql.IndexOf("where ", StringComparison.OrdinalIgnoreCase) + "where ".Length)..].Replace("\"", "", StringComparison.Ordinal);
}
