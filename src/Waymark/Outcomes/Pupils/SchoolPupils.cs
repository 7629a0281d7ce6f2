using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Evidence;
using Waymark.Field;
using Waymark.Schools;

namespace Waymark.Outcomes.Pupils;

/// <summary>A child of a school with what it reached there, the newest year first.</summary>
/// <param name="Identity">Null where the key is missing that opens it.</param>
public sealed record KnownPupil(Pupil Pupil, PupilIdentity? Identity, IReadOnlyList<PupilResult> Results)
{
    public string Name => Identity?.Name ?? "Name under a key that is not here";

    /// <summary>As the newest result says.</summary>
    public PupilResult Newest => Results[0];

    public string InWords(PupilResult result)
    {
        var measure = Catalogue.Measure(result.Measure);
        return measure.Kind == MeasureKind.Proportion ? result.Outcome == 1 ? "Reached" : "Not reached" : FigureText.Show(measure, result.Outcome);
    }
}

/// <summary>The single children of a school that has agreed to share them, for who may see them.</summary>
public static class SchoolPupils
{
    extension(WaymarkDb db)
    {
        /// <summary>Whether an agreement of the school, by any of its numbers, lets somebody look today.</summary>
        public bool MayBeLookedAt(SchoolUrn school, DateOnly today)
        {
            var line = db.LineOf(school);
            return db.SharingAgreements.AsNoTracking().Where(agreement => line.Contains(agreement.School)).AsEnumerable().Any(agreement => agreement.IsInForceOn(today));
        }

        /// <summary>All children of a school of whom there is a result in a file in use, by name; of two files that say the same thing the newer counts.</summary>
        public IReadOnlyList<KnownPupil> PupilsOf(SchoolUrn school, PupilVault vault)
        {
            var line = db.LineOf(school);
            var results = db.PupilResults.Where(result => line.Contains(result.School)).AsEnumerable().ToLookup(result => Convert.ToHexString(result.Pseudonym));
            var pseudonyms = results.Select(of => of.First().Pseudonym).ToList();
            return
            [
                .. pseudonyms.Chunk(500).SelectMany(some => db.Pupils.AsNoTracking().Where(pupil => some.Contains(pupil.Pseudonym)))
                    .Select(pupil => new KnownPupil(pupil, vault.Open(pupil), Newest(results[Convert.ToHexString(pupil.Pseudonym)])))
                    .OrderBy(pupil => pupil.Name, StringComparer.CurrentCultureIgnoreCase),
            ];
        }

        public KnownPupil? PupilOf(SchoolUrn school, Pupil pupil, PupilVault vault)
        {
            var line = db.LineOf(school);
            var results = db.PupilResults.Where(result => result.Pseudonym == pupil.Pseudonym && line.Contains(result.School)).ToList();
            return results.Count == 0 ? null : new KnownPupil(pupil, vault.Open(pupil), Newest(results));
        }
    }

    private static List<PupilResult> Newest(IEnumerable<PupilResult> results) =>
        [.. results.GroupBy(result => (result.Year, result.Measure)).Select(same => same.MaxBy(result => result.ImportId)!).OrderByDescending(result => result.Year).ThenBy(result => result.Measure)];
}
