using System.Data.Common;
using Dapper;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Waymark.Data;
using Waymark.Field;

namespace Waymark.Clusters;

/// <summary>
/// Where memberships are written: a record is added or undone, and what holds now is stated anew in the containment table that every room reads.
/// </summary>
public static class MembershipLedger
{
    /// <summary>The records that stand, as SQL: r holds, x would supersede it.</summary>
    private const string Holds = """
        from membership_record r
        where r.undone_at is null
          and (r.import_id is null or exists (select 1 from import i where i.id = r.import_id and i.state = 1))
          and not exists (
            select 1 from membership_record x
            where x.cluster_id = r.cluster_id and x.urn = r.urn and x.sequence > r.sequence and x.undone_at is null
              and (x.import_id is null or exists (select 1 from import j where j.id = x.import_id and j.state = 1)))
        """;

    private static readonly object Places = new
    {
        school = PlaceKey.School(new SchoolUrn(100_000)).Value - 100_000,
        cluster = PlaceKey.Cluster(0).Value,
        nextKind = PlaceKey.Pyramid(0).Value,
    };

    extension(WaymarkDb db)
    {
        /// <summary>A person states what holds from now on of this school in this cluster. The cluster is kept by hand from here on, even when a file brought it.</summary>
        public void RecordMembership(Cluster cluster, SchoolUrn urn, MembershipHistory history, string note, DateTime utcNow)
        {
            using var own = db.Database.CurrentTransaction is null ? db.Database.BeginTransaction() : null;
            cluster.ImportId = null;
            db.Add(new MembershipRecord
            {
                ClusterId = cluster.Id,
                Urn = urn,
                ImportId = null,
                Sequence = (db.Set<MembershipRecord>().Max(earlier => (long?)earlier.Sequence) ?? 0) + 1,
                RecordedAt = utcNow,
                Note = note,
                Rows = MembershipRecord.RowsOf(history),
            });
            db.SaveChanges();
            State(db.Database.GetDbConnection(), db.Database.CurrentTransaction!.GetDbTransaction());
            own?.Commit();
        }

        /// <summary>Takes the latest change by a person back; what held before holds again. Returns the sentence of the rule that stands against it, or null.</summary>
        public string? UndoMembership(int recordId, DateTime utcNow)
        {
            if (db.Set<MembershipRecord>().Find(recordId) is not { } record) return "This change is not there any more.";
            if (record.ImportId is not null) return "This came from a file. Take the file back instead.";
            if (record.UndoneAt is not null) return "This change was undone already.";
            if (db.MembershipRecordsStanding.Any(later => later.ClusterId == record.ClusterId && later.Urn == record.Urn && later.Sequence > record.Sequence))
                return "There is a later change to this membership. Undo that one first.";
            using var own = db.Database.CurrentTransaction is null ? db.Database.BeginTransaction() : null;
            record.UndoneAt = utcNow;
            db.SaveChanges();
            State(db.Database.GetDbConnection(), db.Database.CurrentTransaction!.GetDbTransaction());
            own?.Commit();
            return null;
        }
    }

    /// <summary>States anew, from the records that stand, which school belongs to which cluster when.</summary>
    internal static void State(DbConnection connection, DbTransaction? transaction)
    {
        connection.Execute("delete from containment where parent between @cluster and @nextKind - 1 and child between @school and @cluster - 1", Places, transaction);
        connection.Execute($"""
            insert into containment (child, parent, kind, first_day, last_day, import_id)
            select @school + held.urn, @cluster + held.cluster_id, case m.kind when 0 then 1 else 2 end, m."from", m.until, held.import_id
            from (select r.id, r.urn, r.cluster_id, r.import_id {Holds}) held
            join membership_row m on m.record_id = held.id
            order by held.cluster_id, held.urn, m."from"
            """, Places, transaction);
    }

    /// <summary>Whenever a clusters file is put into use or taken back.</summary>
    internal static void AfterSwitch(DbConnection connection, DbTransaction transaction, int importId)
    {
        // The file that is put into use last is the latest word, whenever it was read.
        connection.Execute("""
            update membership_record set sequence = (select coalesce(max(sequence), 0) + 1 from membership_record)
            where import_id = @importId and exists (select 1 from import where id = @importId and state = 1)
            """, new { importId }, transaction);
        // A cluster that another file or a person brought meanwhile is the same cluster, not a second of its name.
        connection.Execute("""
            update membership_record set cluster_id = (
                select coalesce(min(other.id), membership_record.cluster_id)
                from cluster mine join cluster other on other.slug = mine.slug and other.id <> mine.id
                where mine.id = membership_record.cluster_id and mine.import_id = @importId
                  and (other.import_id is null or exists (select 1 from import i where i.id = other.import_id and i.state = 1)))
            where import_id = @importId
            """, new { importId }, transaction);
        // A cluster whose file is taken back stays while somebody else's record stands in it.
        connection.Execute("""
            update cluster set import_id = null
            where import_id = @importId and not exists (select 1 from import where id = @importId and state = 1)
              and exists (select 1 from membership_record r where r.cluster_id = cluster.id and r.undone_at is null
                and (r.import_id is null or exists (select 1 from import i where i.id = r.import_id and i.state = 1)))
            """, new { importId }, transaction);
        State(connection, transaction);
    }
}
