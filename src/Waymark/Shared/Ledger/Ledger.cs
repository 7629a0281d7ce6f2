using System.Data.Common;
using Dapper;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared.Imports;

namespace Waymark.Shared.Ledger;

/// <summary>
/// Where it is written what belongs to what: a record is added or undone, never changed, and what holds now is stated anew in the containment table
/// that every room reads.
/// </summary>
public static class Ledger
{
    /// <summary>The records that stand, as SQL: r holds, x would supersede it.</summary>
    private const string Holds = """
        from ledger_record r
        where r.undone_at is null
          and (r.import_id is null or exists (select 1 from import i where i.id = r.import_id and i.state = 1))
          and not exists (
            select 1 from ledger_record x
            where x.parent = r.parent and x.child = r.child and x.through = r.through and x.sequence > r.sequence and x.undone_at is null
              and (x.import_id is null or exists (select 1 from import j where j.id = x.import_id and j.state = 1)))
        """;

    extension(WaymarkDb db)
    {
        /// <summary>Every record that was not undone and whose file, if it has one, is in use.</summary>
        public IQueryable<LedgerRecord> LedgerStanding
        {
            get
            {
                var imports = db.Set<Import>();
                return db.Set<LedgerRecord>().AsNoTracking().Include(record => record.Rows).Where(record => record.UndoneAt == null
                    && (record.ImportId == null || imports.Any(import => import.Id == record.ImportId && import.State == ImportState.Published)));
            }
        }

        /// <summary>Of every belonging the record that holds.</summary>
        public IQueryable<LedgerRecord> LedgerHolding
        {
            get
            {
                var standing = db.LedgerStanding;
                return standing.Where(record => !standing.Any(later => later.Parent == record.Parent && later.Child == record.Child && later.Through == record.Through && later.Sequence > record.Sequence));
            }
        }

        /// <summary>What holds of one belonging; empty where it never was.</summary>
        public IReadOnlyList<Span> SpansOf(Belonging belonging) => db.LedgerHolding
            .FirstOrDefault(record => record.Parent == belonging.Parent && record.Child == belonging.Child && record.Through == belonging.Through)?.Spans ?? [];

        /// <summary>A person states in one go what holds from now on.</summary>
        public void Record(IEnumerable<(Belonging Belonging, IReadOnlyList<Span> Spans)> changes, string note, DateTime utcNow)
        {
            using var own = db.Database.CurrentTransaction is null ? db.Database.BeginTransaction() : null;
            var sequence = (db.Set<LedgerRecord>().Max(earlier => (long?)earlier.Sequence) ?? 0) + 1;
            db.AddRange(changes.Select(change => new LedgerRecord
            {
                Child = change.Belonging.Child,
                Parent = change.Belonging.Parent,
                Through = change.Belonging.Through,
                Sequence = sequence,
                RecordedAt = utcNow,
                Note = note,
                Rows = [.. change.Spans.Select(span => new LedgerRow { From = span.From, Until = span.Until, Kind = span.Kind })],
            }));
            db.SaveChanges();
            State(db.Database.GetDbConnection(), db.Database.CurrentTransaction!.GetDbTransaction());
            own?.Commit();
        }

        /// <summary>Takes back what a person recorded in one go; what held before holds again. Returns the sentence of the rule that stands against it, or null.</summary>
        public string? Undo(long sequence, DateTime utcNow)
        {
            var records = db.Set<LedgerRecord>().Where(record => record.Sequence == sequence).ToList();
            if (records.Count == 0) return "This change is not there any more.";
            if (records[0].ImportId is not null) return "This came from a file. Take the file back instead.";
            if (records[0].UndoneAt is not null) return "This change was undone already.";
            if (db.LatestChanges([.. records]).Count < records.Count) return "There is a later change to the same. Undo that one first.";
            using var own = db.Database.CurrentTransaction is null ? db.Database.BeginTransaction() : null;
            foreach (var record in records) record.UndoneAt = utcNow;
            db.SaveChanges();
            State(db.Database.GetDbConnection(), db.Database.CurrentTransaction!.GetDbTransaction());
            own?.Commit();
            return null;
        }

        /// <summary>Those of these records that hold: only they can be undone.</summary>
        public IReadOnlySet<int> LatestChanges(IReadOnlyCollection<LedgerRecord> records)
        {
            var ids = records.Select(record => record.Id).ToList();
            return db.LedgerHolding.Where(record => ids.Contains(record.Id)).Select(record => record.Id).ToHashSet();
        }
    }

    /// <summary>What holds, as an importer sees it while it reads its file.</summary>
    public static IReadOnlyDictionary<Belonging, IReadOnlyList<Span>> Held(DbConnection connection, DbTransaction? transaction) =>
        Read(connection, transaction).GroupBy(row => row.Belonging).ToDictionary(of => of.Key, of => (IReadOnlyList<Span>)[.. of.Select(row => row.Span).OrderBy(span => span.From)]);

    /// <summary>A file's record, which holds once the file is put into use.</summary>
    public static void Stage(ImportRun run, Belonging belonging, IEnumerable<Span> spans, string note)
    {
        var record = run.Connection.ExecuteScalar<int>("""
            insert into ledger_record (child, parent, through, import_id, sequence, recorded_at, note, undone_at)
            select @child, @parent, @through, id, 0, imported_at, @note, null from import where id = @ImportId returning id
            """, new { child = belonging.Child.Value, parent = belonging.Parent.Value, through = belonging.Through.Value, run.ImportId, note }, run.Transaction);
        run.Connection.Execute("insert into ledger_row (record_id, \"from\", until, kind) values (@record, @From, @Until, @kind)",
            spans.Select(span => new { record, span.From, span.Until, kind = (int)span.Kind }), run.Transaction);
    }

    /// <summary>Whenever a file with records is put into use or taken back. The file that is put into use last is the latest word, whenever it was read.</summary>
    public static void AfterSwitch(DbConnection connection, DbTransaction transaction, Import import)
    {
        if (import.State == ImportState.Published)
            connection.Execute("update ledger_record set sequence = (select coalesce(max(sequence), 0) + 1 from ledger_record) where import_id = @Id", new { import.Id }, transaction);
        State(connection, transaction);
    }

    /// <summary>What belongs to what as the records state it: each belonging as it stands; of a feed both ends, as long as any feed lasts.</summary>
    public static IEnumerable<Containment> Stated(DbConnection connection, DbTransaction? transaction)
    {
        var rows = Read(connection, transaction);
        foreach (var row in rows.Where(row => row.Belonging.Through == default))
            yield return Member(row.Belonging.Child, row.Belonging.Parent, row.Span, row.ImportId);
        foreach (var of in rows.Where(row => row.Belonging.Through != default)
            .SelectMany(row => new[] { row.Belonging.Child, row.Belonging.Through }.Select(end => (End: end, row.Belonging.Parent, row.Span)))
            .GroupBy(row => (row.End, row.Parent), row => row.Span))
            foreach (var span in Span.Joined(of))
                yield return Member(of.Key.End, of.Key.Parent, span, null);
    }

    private static void State(DbConnection connection, DbTransaction transaction)
    {
        var stated = Stated(connection, transaction).Select(member => new { Child = member.Child.Value, Parent = member.Parent.Value, Kind = (int)member.Kind, member.FirstDay, member.LastDay, member.ImportId }).ToList();
        connection.Execute("delete from containment", transaction: transaction);
        connection.Execute("insert into containment (child, parent, kind, first_day, last_day, import_id) values (@Child, @Parent, @Kind, @FirstDay, @LastDay, @ImportId)", stated, transaction);
    }

    private static List<(Belonging Belonging, Span Span, int? ImportId)> Read(DbConnection connection, DbTransaction? transaction)
    {
        var rows = new List<(Belonging, Span, int?)>();
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = $"""
            select r.child, r.parent, r.through, m."from", m.until, m.kind, r.import_id
            from (select r.* {Holds}) r join ledger_row m on m.record_id = r.id order by r.parent, r.child, m."from"
            """;
        using var reader = command.ExecuteReader();
        while (reader.Read())
            rows.Add((new(new(reader.GetInt32(0)), new(reader.GetInt32(1)), new(reader.GetInt32(2))),
                new(reader.GetFieldValue<DateOnly>(3), reader.IsDBNull(4) ? null : reader.GetFieldValue<DateOnly>(4), (ContainmentKind)reader.GetInt32(5)), reader.IsDBNull(6) ? null : reader.GetInt32(6)));
        return rows;
    }

    private static Containment Member(PlaceKey child, PlaceKey parent, Span span, int? import) =>
        new() { Child = child, Parent = parent, Kind = span.Kind, FirstDay = span.From, LastDay = span.Until, ImportId = import };
}
