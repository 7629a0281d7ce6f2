using System.Collections.Concurrent;
using System.Globalization;
using Dapper;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Field;
using Waymark.Schools;
using Waymark.Shared.Imports;
using Waymark.Statistics;

namespace Waymark.Evidence;

/// <summary>What schools are compared by; of several measures (support and plan) the sum.</summary>
/// <param name="Short">For a column's head.</param>
/// <param name="InWords">For the middle of a sentence.</param>
public sealed record Characteristic(string Code, string Label, string Short, string InWords, string[] Measures)
{
    /// <summary>The measure whose way of writing numbers it takes.</summary>
    public Measure Measure => Catalogue.Measure(Measures[0]);
}

/// <summary>Weights with where they come from.</summary>
public sealed record SimilarityPreset(string Code, string Label, string Source, IReadOnlyDictionary<string, double> Weights);

/// <param name="Values">One per characteristic of the catalogue; null where not known.</param>
/// <param name="Contributions">Each characteristic's part of the squared distance; null where one of the two lacks it.</param>
public sealed record SimilarSchool(SchoolUrn Urn, LocalAuthorityCode? Authority, IReadOnlyList<double?> Values, double Distance, IReadOnlyList<double?> Contributions)
{
    public PlaceKey Place => PlaceKey.School(Urn);
}

/// <summary>The schools nearest to one, and how they were found.</summary>
/// <param name="Phase">The phase of that year, which all of them share.</param>
/// <param name="Values">The school's own characteristics.</param>
/// <param name="Weights">One per characteristic; 0 where it was not asked for or no school of the phase has it.</param>
/// <param name="Years">The year of each characteristic: the one asked for, or the nearest that is loaded; null where none is.</param>
/// <param name="Compared">How many schools of the phase were looked at.</param>
/// <param name="LeftOut">How many of them share less than half of the weight with this school.</param>
public sealed record SimilarGroup(
    Phase Phase, IReadOnlyList<double?> Values, IReadOnlyList<double> Weights, IReadOnlyList<AcademicYear?> Years, IReadOnlyList<SimilarSchool> Schools, int Compared, int LeftOut)
{
    /// <summary>The characteristics that count here, with their place in every list.</summary>
    public IEnumerable<(Characteristic Characteristic, int Index)> Used => SimilarSchools.Characteristics.Select((characteristic, index) => (characteristic, index)).Where(entry => Weights[entry.index] > 0);
}

/// <summary>
/// Schools of similar make-up, by <see cref="Similarity"/>: of the same phase in that year, in the authority or the nation, state-funded, each line of URNs once.
/// The characteristics of all schools are read once for a year and a state of the imports, so a page costs the same in a large nation.
/// </summary>
public static class SimilarSchools
{
    public const int GroupSize = 15;

    private const int MostMatrices = 3, MostGroups = 1_000;

    private sealed record CatalogueFile(Characteristic[] Characteristics, SimilarityPreset[] Presets, string[] Measures);

    private static readonly CatalogueFile File = Catalogue.Read<CatalogueFile>("similar-presets");
    private static readonly ConcurrentDictionary<(string Store, AcademicYear Year), Lazy<Matrix>> Matrices = new();

    public static IReadOnlyList<Characteristic> Characteristics => File.Characteristics;
    public static IReadOnlyList<SimilarityPreset> Presets => File.Presets;

    /// <summary>The headline results that a school is set beside its group in.</summary>
    public static IReadOnlyList<Measure> Measures { get; } = [.. File.Measures.Select(Catalogue.Measure)];

    /// <summary>The weights in the order of <see cref="Characteristics"/>; what is not named weighs nothing.</summary>
    public static double[] WeightsOf(IReadOnlyDictionary<string, double> weights) => [.. Characteristics.Select(characteristic => weights.GetValueOrDefault(characteristic.Code))];

    /// <summary>
    /// The nearest schools; fewer, or none, where the phase is not known, too little is known about the school, or there are not more.
    /// </summary>
    /// <param name="weights">One per characteristic, at least one above 0.</param>
    /// <param name="withinAuthority">Only schools of its own authority.</param>
    public static SimilarGroup Of(WaymarkDb db, SchoolUrn urn, AcademicYear year, IReadOnlyList<double> weights, bool withinAuthority, int count = GroupSize) =>
        MatrixOf(db, year).Group(urn, weights, withinAuthority, count);

    /// <summary>The nearest schools in England of each of these, by the first preset.</summary>
    public static IReadOnlyDictionary<SchoolUrn, SimilarGroup> OfEach(WaymarkDb db, IEnumerable<SchoolUrn> urns, AcademicYear year)
    {
        var matrix = MatrixOf(db, year);
        var weights = WeightsOf(Presets[0].Weights);
        return urns.Distinct().ToDictionary(urn => urn, urn => matrix.Group(urn, weights, withinAuthority: false, GroupSize));
    }

    /// <summary>
    /// What the schools of several groups reach together, from pooled counts; one figure per group, in their order. It stands at the place it is compared with.
    /// </summary>
    public static IReadOnlyList<Figure?> Pool(WaymarkDb db, Measure measure, AcademicYear year, IReadOnlyList<(PlaceKey Subject, IReadOnlyList<SimilarSchool> Schools)> groups)
    {
        PlaceKey[] places = [.. groups.SelectMany(group => group.Schools).Select(school => school.Place).Distinct()];
        var figures = new Cube(db).ReadWithPupils([measure], [year], places, [Catalogue.All]).ToDictionary(figure => figure.Place);
        return [.. groups.Select(group =>
        {
            var parts = group.Schools.Select(school => figures.GetValueOrDefault(school.Place)).OfType<Figure>().ToList();
            return parts.Count == 0 ? null : Figure.Sum(measure, year, group.Subject, Catalogue.All, parts, group.Schools.Count);
        })];
    }

    /// <summary>"Nearest in number of pupils and SEN support; differs most in EHC plans."</summary>
    public static string Why(SimilarGroup group, SimilarSchool school)
    {
        var known = group.Used.Where(entry => school.Contributions[entry.Index] is not null).ToList();
        string Words(IEnumerable<(Characteristic Characteristic, int Index)> entries) => string.Join(" and ", entries.Select(entry => entry.Characteristic.InWords));
        // Nearness does not depend on the weight, the difference that counts does.
        var nearest = known.OrderBy(entry => school.Contributions[entry.Index] / group.Weights[entry.Index]).Take(Math.Min(2, Math.Max(1, known.Count - 1))).ToList();
        var furthest = known.Except(nearest).OrderByDescending(entry => school.Contributions[entry.Index]).Take(1).ToList();
        var missing = group.Used.Except(known).ToList();
        return $"Nearest in {Words(nearest)}{(furthest.Count > 0 ? $"; differs most in {Words(furthest)}" : "")}{(missing.Count > 0 ? $"; without {Words(missing)}" : "")}";
    }

    private static Matrix MatrixOf(WaymarkDb db, AcademicYear year)
    {
        var state = string.Join(',', db.Imports.AsNoTracking().Where(import => import.State == ImportState.Published).Select(import => import.Id).OrderBy(id => id).AsEnumerable().Select(id => id.ToString(CultureInfo.InvariantCulture)));
        var key = (db.Database.GetConnectionString() ?? "", year);
        while (true)
        {
            if (Matrices.TryGetValue(key, out var known) && known.Value.State == state) return known.Value;
            if (Matrices.Count >= MostMatrices) Matrices.Clear();
            var fresh = new Lazy<Matrix>(() => Matrix.Load(db, year, state));
            if (known is null ? Matrices.TryAdd(key, fresh) : Matrices.TryUpdate(key, fresh, known))
                try
                {
                    return fresh.Value;
                }
                catch
                {
                    Matrices.TryRemove(KeyValuePair.Create(key, fresh));
                    throw;
                }
        }
    }

    /// <summary>One school of a year; of a line of URNs the newest that any file of that year names.</summary>
    private sealed record Entry(SchoolUrn Urn, int Line, LocalAuthorityCode? Authority, Phase Phase, bool IsIndependent, Candidate Candidate);

    /// <summary>The characteristics of all schools in one year.</summary>
    private sealed class Matrix
    {
        private readonly ConcurrentDictionary<(int Line, string Weights, bool WithinAuthority, int Count), SimilarGroup> groups = new();
        private readonly Dictionary<int, int> lines;
        private readonly Dictionary<int, Entry> entries;
        private readonly ILookup<Phase, Entry> byPhase;
        private readonly AcademicYear?[] years;

        private Matrix(string state, Dictionary<int, int> lines, IReadOnlyList<Entry> all, AcademicYear?[] years)
        {
            State = state;
            this.lines = lines;
            this.years = years;
            entries = all.ToDictionary(entry => entry.Line);
            byPhase = all.Where(entry => entry.Phase != Phase.Unknown && !entry.IsIndependent).ToLookup(entry => entry.Phase);
        }

        /// <summary>The imports it was read from.</summary>
        public string State { get; }

        public SimilarGroup Group(SchoolUrn urn, IReadOnlyList<double> weights, bool withinAuthority, int count)
        {
            var line = lines.GetValueOrDefault(urn.Value, urn.Value);
            if (groups.Count >= MostGroups) groups.Clear();
            return groups.GetOrAdd((line, string.Join(' ', weights.Select(weight => weight.ToString("R", CultureInfo.InvariantCulture))), withinAuthority, count), _ => Find(line, weights, withinAuthority, count));
        }

        private SimilarGroup Find(int line, IReadOnlyList<double> weights, bool withinAuthority, int count)
        {
            if (!entries.TryGetValue(line, out var subject))
                return new SimilarGroup(Phase.Unknown, new double?[weights.Count], weights, years, [], 0, 0);
            var others = byPhase[subject.Phase].Where(entry => entry.Line != line && (!withinAuthority || entry.Authority == subject.Authority)).ToList();
            // What no school of the phase has (key stage 4 in primary schools) would only thin out the shared weight.
            double[] used = [.. weights.Select((weight, index) => others.Exists(entry => entry.Candidate.Values[index] is not null) ? weight : 0)];
            var group = new SimilarGroup(subject.Phase, subject.Candidate.Values, used, years, [], others.Count, 0);
            if (!used.Any(weight => weight > 0)) return group;
            var found = Similarity.Nearest(subject.Candidate.Values, [.. others.Select(entry => entry.Candidate)], used, count);
            var named = others.ToDictionary(entry => entry.Candidate.Key);
            return group with
            {
                Schools = [.. found.Nearest.Select(neighbour => new SimilarSchool(named[neighbour.Key].Urn, named[neighbour.Key].Authority, named[neighbour.Key].Candidate.Values, neighbour.Distance, neighbour.Contributions))],
                LeftOut = found.LeftOut,
            };
        }

        public static Matrix Load(WaymarkDb db, AcademicYear year, string state)
        {
            var positions = db.SchoolLines.AsNoTracking().ToDictionary(line => line.Urn.Value, line => (Line: line.Line.Value, line.Position));
            var loaded = new Cube(db).YearsOfSchools([.. Characteristics.SelectMany(characteristic => characteristic.Measures).Distinct().Select(Catalogue.Measure)]);
            var years = Characteristics.Select(characteristic => characteristic.Measures.Select(code => loaded[Catalogue.Measure(code)]).Aggregate((one, other) => one.Intersect(other))
                .OrderBy(candidate => Math.Abs(candidate.StartYear - year.StartYear)).ThenBy(candidate => candidate).Select(candidate => (AcademicYear?)candidate).FirstOrDefault()).ToArray();
            var values = ValuesOf(db, years);
            var phases = PhasesIn(db, year, positions);
            var facts = db.Schools.AsNoTracking().Select(school => new { school.Urn, school.Authority, school.Phase, school.Type, school.TypeGroup }).AsEnumerable().ToDictionary(school => school.Urn.Value);
            var all = values.Keys.GroupBy(urn => positions.TryGetValue(urn, out var at) ? at.Line : urn).Select(members =>
            {
                var newestFirst = members.OrderByDescending(urn => positions.TryGetValue(urn, out var at) ? at.Position : 0).ToList();
                var urn = newestFirst[0];
                var school = facts.GetValueOrDefault(urn);
                double?[] own = [.. Enumerable.Range(0, Characteristics.Count).Select(index => newestFirst.Select(member => values[member][index]).FirstOrDefault(value => value is not null))];
                var independent = new[] { school?.Type, school?.TypeGroup }.Any(words => words?.Contains("independent", StringComparison.OrdinalIgnoreCase) == true);
                return new Entry(new SchoolUrn(urn), members.Key, school?.Authority, phases.TryGetValue(members.Key, out var phase) ? phase : school?.Phase ?? Phase.Unknown, independent,
                    new Candidate(urn.ToString(CultureInfo.InvariantCulture), own));
            }).ToList();
            var matrix = new Matrix(state, positions.ToDictionary(position => position.Key, position => position.Value.Line), all, years);
            // It is read once from a few hundred thousand rows; what they took in memory is given back at once.
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            return matrix;
        }

        private static Dictionary<int, double?[]> ValuesOf(WaymarkDb db, AcademicYear?[] years)
        {
            var values = new Dictionary<int, double?[]>();
            var cube = new Cube(db);
            for (var index = 0; index < years.Length; index++)
            {
                if (years[index] is not { } year) continue;
                var measures = Characteristics[index].Measures.Select(code => cube.ReadAllSchools(Catalogue.Measure(code), year)).ToList();
                foreach (var school in measures.SelectMany(figures => figures).GroupBy(figure => figure.Place.Number))
                {
                    var known = school.Select(figure => figure.Value).OfType<double>().ToList();
                    if (known.Count < measures.Count) continue;
                    if (!values.TryGetValue(school.Key, out var own)) values[school.Key] = own = new double?[years.Length];
                    own[index] = known.Sum();
                }
            }
            return values;
        }

        /// <summary>The phase in the year of every line of URNs, by the same rule as a single school's history.</summary>
        private static Dictionary<int, Phase> PhasesIn(WaymarkDb db, AcademicYear year, Dictionary<int, (int Line, int Position)> positions) =>
            db.VisibleSchoolRecords
                .Select(record => new SchoolRecord { Urn = record.Urn, AsOf = record.AsOf, ImportId = record.ImportId, Line = 0, Name = "", SearchText = "", Phase = record.Phase, OpenedOn = record.OpenedOn }).AsEnumerable()
                .GroupBy(record => positions.TryGetValue(record.Urn.Value, out var at) ? at.Line : record.Urn.Value)
                .ToDictionary(line => line.Key, line => new SchoolHistory(line.Select(record => record.Urn).Distinct().OrderBy(urn => positions.GetValueOrDefault(urn.Value).Position), line).PhaseIn(year));
    }
}
