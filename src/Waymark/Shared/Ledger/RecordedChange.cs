using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;

namespace Waymark.Shared.Ledger;

/// <summary>What a person recorded in one go, as pages list it: newest first, each with whether it can be undone.</summary>
public sealed record RecordedChange(long Sequence, string Note, DateTime RecordedAt, DateTime? UndoneAt, bool CanUndo, IReadOnlyList<Belonging> Of);

public static class RecordedChanges
{
    extension(WaymarkDb db)
    {
        /// <summary>The last changes by people among some records.</summary>
        public IReadOnlyList<RecordedChange> RecentChanges(Expression<Func<LedgerRecord, bool>> among, int most)
        {
            var byPeople = db.Set<LedgerRecord>().AsNoTracking().Where(record => record.ImportId == null).Where(among);
            var sequences = byPeople.Select(record => record.Sequence).Distinct().OrderByDescending(sequence => sequence).Take(most).ToList();
            var records = byPeople.Where(record => sequences.Contains(record.Sequence)).ToList();
            var latest = db.LatestChanges(records);
            return [.. records.GroupBy(record => record.Sequence).OrderByDescending(of => of.Key).Select(of =>
                new RecordedChange(of.Key, of.First().Note, of.First().RecordedAt, of.First().UndoneAt, of.All(record => latest.Contains(record.Id)), [.. of.Select(record => record.Belonging)]))];
        }
    }
}
