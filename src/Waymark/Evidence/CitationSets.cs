using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Shared;
using Waymark.Shared.Documents;

namespace Waymark.Evidence;

/// <summary>
/// The front door for whoever points at evidence: <c>Cite</c> freezes what a record says, <c>Rest</c> puts a citation under a record, and the tables lead from each
/// record to what it rests on and to what rests on it.
/// </summary>
public static class CitationSets
{
    extension(WaymarkDb db)
    {
        /// <summary>The citations that who reads may see.</summary>
        public IQueryable<Citation> Citations => db.PublishedOnly ? db.Set<Citation>().Where(citation => citation.IsPublic) : db.Set<Citation>();

        public DbSet<CitationUse> CitationUses => db.Set<CitationUse>();

        /// <summary>
        /// Freezes what a record says now; where it was cited already and says the same, that citation stands. Null where there is no such record.
        /// </summary>
        /// <param name="key">The record among those of its kind: what follows the kind's address.</param>
        public Citation? Cite(string kind, string key, DateOnly today, int? person = null)
        {
            if (Citable.Of(kind)?.Find(db, key) is not { } live) return null;
            var earlier = db.Set<Citation>().Where(citation => citation.Kind == kind && citation.Key == live.Key).OrderByDescending(citation => citation.Id).AsEnumerable().FirstOrDefault(citation => citation.Agrees(live) && citation.IsPublic == live.IsPublic);
            if (earlier is not null) return earlier;
            var citation = Citation.Freeze(kind, live, today, person);
            db.Add(citation);
            db.SaveChanges();
            return citation;
        }

        /// <summary>Puts a citation under a record. Twice is once.</summary>
        public void Rest(string kind, string key, Citation citation)
        {
            if (db.CitationUses.Find(citation.Id, kind, key) is null) db.Add(new CitationUse { CitationId = citation.Id, Kind = kind, Key = key });
            db.SaveChanges();
        }

        /// <summary>What a record rests on, in the order in which it was cited.</summary>
        public IReadOnlyList<Citation> EvidenceFor(string kind, string key)
        {
            var uses = db.CitationUses.Where(use => use.Kind == kind && use.Key == key);
            return [.. db.Citations.AsNoTracking().Where(citation => uses.Any(use => use.CitationId == citation.Id)).OrderBy(citation => citation.Id)];
        }

        /// <summary>What the record behind a citation says now.</summary>
        public LiveRecord? LiveOf(Citation citation) => Citable.Of(citation.Kind)?.Find(db, citation.Key);

        /// <summary>The records that rest on a citation, as far as who reads may see them.</summary>
        public IReadOnlyList<(Citable Kind, LiveRecord Record)> RestingOn(Citation citation) =>
        [
            .. db.CitationUses.AsNoTracking().Where(use => use.CitationId == citation.Id).OrderBy(use => use.Kind).ThenBy(use => use.Key).ToList()
                .Select(use => (Kind: Citable.Of(use.Kind), use.Key)).Where(use => use.Kind is not null)
                .Select(use => (Kind: use.Kind!, Record: use.Kind!.Find(db, use.Key))).Where(use => use.Record is not null && (use.Record.IsPublic || !db.PublishedOnly))
                .Select(use => (use.Kind, use.Record!)),
        ];

        /// <summary>What a record rests on, as a table; each line leads to its citation.</summary>
        public Table EvidenceTable(string kind, string key)
        {
            var cited = db.EvidenceFor(kind, key);
            return new("evidence", "What it rests on", [new("what", "Evidence", ColumnRole.Label), new("said", "What it said"), new("cited_on", "Cited on"), new("since", "Since")],
                [.. cited.Select(citation => new Row([new(citation.Title, Href: citation.Address), new(citation.Wording, Symbol: ""), Day(citation.CitedOn), new(citation.Movement(db.LiveOf(citation)))]))]);
        }

        /// <summary>What rests on a record, whenever it was cited, as a table; null where nothing does.</summary>
        public Table? RestingTable(string kind, string key)
        {
            var rows = db.Citations.AsNoTracking().Where(citation => citation.Kind == kind && citation.Key == key).OrderBy(citation => citation.Id).ToList()
                .SelectMany(citation => db.RestingOn(citation).Select(use => new Row(
                [
                    new(use.Record.Title, Href: use.Kind.Address + use.Record.Key), new(Sentence(use.Kind.Words)), new(citation.Wording, Href: citation.Address), Day(citation.CitedOn),
                ]))).ToList();
            return rows.Count == 0 ? null : new("resting", "What rests on this", [new("what", "Record", ColumnRole.Label), new("kind", "Kind"), new("said", "As it was cited"), new("cited_on", "Cited on")], rows);
        }
    }

    internal static Cell Day(DateOnly day) => new(day.ToString("d MMMM yyyy", CultureInfo.GetCultureInfo("en-GB")));

    internal static string Sentence(string words) => char.ToUpperInvariant(words[0]) + words[1..];
}
