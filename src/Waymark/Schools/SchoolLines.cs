using System.Data;
using System.Data.Common;
using Dapper;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Field;
using Waymark.Schools.Imports;
using Waymark.Shared.Imports;

namespace Waymark.Schools;

/// <summary>
/// A school's history is one line through its URNs, and its figures follow it. In SQL: left join school_line on its urn; the line is
/// coalesce(school_line.line, urn).
/// </summary>
public static class SchoolLines
{
    extension(WaymarkDb db)
    {
        /// <summary>All URNs of a school's line, oldest first; the URN alone where it has no others.</summary>
        public IReadOnlyList<SchoolUrn> LineOf(SchoolUrn urn) => db.LinesOf([urn])[urn];

        /// <summary>The newest number of the same school in the register here, where this is an earlier one.</summary>
        public SchoolUrn? GoesOnAs(SchoolUrn urn)
        {
            var line = db.LineOf(urn);
            var here = db.Schools.Where(school => line.Contains(school.Urn)).Select(school => school.Urn).ToHashSet();
            return line.Where(here.Contains).Select(member => (SchoolUrn?)member).LastOrDefault() is { } newest && newest != urn ? newest : null;
        }

        /// <summary>For each of many schools, all URNs of its line, oldest first.</summary>
        public IReadOnlyDictionary<SchoolUrn, IReadOnlyList<SchoolUrn>> LinesOf(IReadOnlyCollection<SchoolUrn> urns)
        {
            var lines = db.SchoolLines.AsNoTracking().Where(line => urns.Contains(line.Urn)).ToDictionary(line => line.Urn, line => line.Line);
            var names = lines.Values.Distinct().ToList();
            var members = db.SchoolLines.AsNoTracking().Where(line => names.Contains(line.Line)).ToList()
                .GroupBy(line => line.Line).ToDictionary(group => group.Key, group => (IReadOnlyList<SchoolUrn>)[.. group.OrderBy(line => line.Position).Select(line => line.Urn)]);
            return urns.Distinct().ToDictionary(urn => urn, urn => lines.TryGetValue(urn, out var line) ? members[line] : [urn]);
        }
    }

    /// <summary>Derives the lines again from the links in use.</summary>
    internal static void Refresh(DbConnection connection, DbTransaction transaction)
    {
        var lines = Of(connection, transaction).ToList();
        connection.Execute("delete from school_line", transaction: transaction);
        using var insert = new PreparedInsert(connection, transaction, "school_line", ("urn", DbType.Int32), ("line", DbType.Int32), ("position", DbType.Int32));
        foreach (var line in lines) insert.Run(line.Urn.Value, line.Line.Value, line.Position);
    }

    /// <summary>The lines that the links in use make; where two imports speak of the same pair, the newer one counts.</summary>
    internal static IEnumerable<SchoolLine> Of(DbConnection connection, DbTransaction? transaction)
    {
        var links = connection.Query<(int Predecessor, int Successor, int Kind, int Import)>(
            "select l.predecessor, l.successor, l.kind, l.import_id from school_link l join import i on i.id = l.import_id where i.state = @visible",
            new { visible = (int)ImportState.Published }, transaction);
        var newest = links.GroupBy(link => (link.Predecessor, link.Successor)).SelectMany(pair =>
        {
            var import = pair.Max(link => link.Import);
            return pair.Where(link => link.Import == import);
        });
        return SchoolLine.Of(newest.Select(link => (new SchoolUrn(link.Predecessor), new SchoolUrn(link.Successor), (LinkKind)link.Kind)));
    }
}
