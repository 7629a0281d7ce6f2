using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Waymark.Clusters;
using Waymark.Data;
using Waymark.Field;
using Waymark.Schools;
using Waymark.Shared;

namespace Waymark.Priorities;

/// <summary>A version with the document it is of.</summary>
public sealed record VersionOf(JointDocument Document, DocumentVersion Version)
{
    public string Address => $"/documents/{Document.Slug}/{Version.Number}";

    public string Title => Version.Number == 1 ? Document.Title : $"{Document.Title}, version {Version.Number}";

    /// <summary>What is approved everybody may see; a draft that is consulted on, too.</summary>
    public bool IsPublic => Version.State != VersionState.Draft;
}

/// <summary>Who has signed a version.</summary>
/// <param name="Schools">Schools that signed, of <paramref name="AllSchools"/> in the clusters.</param>
public sealed record Pledges(IReadOnlyList<Pledge> All, int Schools, int Partners, int AllSchools)
{
    public string InWords => All.Count == 0 ? "Nobody has signed the pledge yet."
        : $"{All.Count} have signed the pledge: {Schools} of {AllSchools} schools ({Math.Round(100.0 * Schools / Math.Max(1, AllSchools), MidpointRounding.AwayFromZero)}%) and {Partners} partner {(Partners == 1 ? "organisation" : "organisations")}.";
}

public static class DocumentSets
{
    extension(WaymarkDb db)
    {
        public DbSet<JointDocument> JointDocuments => db.Set<JointDocument>();
        public DbSet<DocumentVersion> DocumentVersions => db.Set<DocumentVersion>();
        public DbSet<DocumentPart> DocumentParts => db.Set<DocumentPart>();
        public DbSet<ConsultationQuestion> ConsultationQuestions => db.Set<ConsultationQuestion>();
        public DbSet<ConsultationAnswer> ConsultationAnswers => db.Set<ConsultationAnswer>();
        public DbSet<ConsultationOutcome> ConsultationOutcomes => db.Set<ConsultationOutcome>();
        public DbSet<Pledge> PledgeRecords => db.Set<Pledge>();

        /// <summary>A version by its document's name and its number, where who reads may see it.</summary>
        public VersionOf? FindVersion(string? slug, int number) => db.JointDocuments.FirstOrDefault(document => document.Slug == slug) is { } document
            && db.DocumentVersions.FirstOrDefault(version => version.DocumentId == document.Id && version.Number == number) is { } found && new VersionOf(document, found) is var of && (of.IsPublic || !db.PublishedOnly) ? of : null;

        /// <summary>The versions of a document that who reads may see, the latest first.</summary>
        public IReadOnlyList<VersionOf> VersionsOf(JointDocument document) => [.. db.DocumentVersions.Where(version => version.DocumentId == document.Id).OrderByDescending(version => version.Number).AsEnumerable()
            .Select(version => new VersionOf(document, version)).Where(of => of.IsPublic || !db.PublishedOnly)];

        /// <summary>Its parts in their order.</summary>
        public IReadOnlyList<DocumentPart> PartsOf(DocumentVersion version) => [.. db.DocumentParts.Where(part => part.VersionId == version.Id).OrderBy(part => part.Kind).ThenBy(part => part.Position).ThenBy(part => part.Id)];

        /// <summary>Who has signed, counted against the schools of all clusters on a day, each once.</summary>
        public Pledges PledgesFor(DocumentVersion version, DateOnly today)
        {
            var all = db.PledgeRecords.AsNoTracking().Where(pledge => pledge.VersionId == version.Id).OrderBy(pledge => pledge.Name).ToList();
            var members = db.MemberSchoolsOn(today).Select(member => member.School.Urn).Distinct().ToList();
            var signed = db.LinesOf([.. all.Select(pledge => pledge.Urn).OfType<SchoolUrn>()]).Values.Select(line => line[^1]).ToHashSet();
            var lines = db.LinesOf(members).Values.Select(line => line[^1]).ToHashSet();
            return new(all, lines.Count(signed.Contains), all.Count(pledge => pledge.Urn is null), lines.Count);
        }

        /// <summary>The latest approved version of the vision, with its document; null while there is none.</summary>
        public VersionOf? CurrentVision() => db.JointDocuments.AsNoTracking().Where(document => document.Kind == DocumentKind.Vision).ToList()
            .SelectMany(document => db.VersionsOf(document)).Where(of => of.Version.State == VersionState.Approved).OrderByDescending(of => of.Version.ApprovedOn).FirstOrDefault();

        internal LiveRecord? VersionToCite(string key)
        {
            var slash = key.IndexOf('/', StringComparison.Ordinal);
            if (slash < 0 || !int.TryParse(key[(slash + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var number) || db.FindVersion(key[..slash], number) is not { } of) return null;
            var parts = db.PartsOf(of.Version);
            return new(key, of.Title, of.Version.State == VersionState.Approved ? $"Approved on {of.Version.ApprovedOn:d MMMM yyyy} by {of.Version.ApprovedBy}" : of.Version.State.InWords(), PlaceKey.Partnership, of.IsPublic)
            {
                On = of.Version.ApprovedOn,
                Members = [.. parts.Select(part => part.Title)],
            };
        }
    }

    /// <summary>A further version begins as a copy of the one before.</summary>
    public static DocumentVersion NextVersion(WaymarkDb db, JointDocument document)
    {
        var last = db.DocumentVersions.Where(version => version.DocumentId == document.Id).OrderByDescending(version => version.Number).FirstOrDefault();
        var next = new DocumentVersion { DocumentId = document.Id, Number = (last?.Number ?? 0) + 1, Introduction = last?.Introduction ?? "" };
        db.Add(next);
        db.SaveChanges();
        if (last is not null) db.AddRange(db.PartsOf(last).Select(part => new DocumentPart { VersionId = next.Id, Code = part.Code, Kind = part.Kind, Title = part.Title, Text = part.Text, Position = part.Position }));
        db.SaveChanges();
        return next;
    }
}
