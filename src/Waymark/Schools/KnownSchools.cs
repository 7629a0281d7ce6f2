using System.Data;
using System.Data.Common;
using Dapper;
using Waymark.Field;
using Waymark.Schools.Imports;

namespace Waymark.Schools;

/// <summary>Schools that only a figures file names.</summary>
public static class KnownSchools
{
    /// <summary>
    /// Every URN becomes a school: one that no register here names is "not in the register" until a register names it.
    /// Returns those that are new. Call it where the rows become visible (<see cref="Shared.Imports.Importer.AfterSwitch"/>).
    /// </summary>
    public static IReadOnlyList<SchoolUrn> EnsureKnown(DbConnection connection, DbTransaction transaction, IEnumerable<(SchoolUrn Urn, string? Name, Laestab? Laestab)> schools)
    {
        var known = connection.Query<int>("select urn from school", transaction: transaction).ToHashSet();
        var added = new List<SchoolUrn>();
        using var insert = new PreparedInsert(connection, transaction, "school", ("urn", DbType.Int32), ("as_of", DbType.Date), ("name", DbType.String), ("laestab", DbType.Int32), ("authority", DbType.Int32),
            ("phase", DbType.Int32), ("status", DbType.Int32), ("search_text", DbType.String), ("in_register", DbType.Boolean));
        foreach (var (urn, name, laestab) in schools)
        {
            if (!known.Add(urn.Value)) continue;
            var called = string.IsNullOrWhiteSpace(name) ? $"School {urn}" : name.Trim();
            insert.Run(urn.Value, DateOnly.MinValue, called, laestab?.Value, laestab?.Authority.Value, (int)Phase.Unknown, (int)SchoolStatus.Unknown, SearchWords.ForSchool(called, null, null, urn.Value, laestab), false);
            added.Add(urn);
        }
        return added;
    }
}
