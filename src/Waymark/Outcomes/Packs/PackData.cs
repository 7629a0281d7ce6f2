using Microsoft.EntityFrameworkCore;
using Waymark.Clusters;
using Waymark.Data;
using Waymark.Evidence;
using Waymark.Field;
using Waymark.Schools;
using Waymark.Shared.Imports;
using Waymark.Statistics;

namespace Waymark.Outcomes.Packs;

/// <summary>A school in a pack, as it was in the pack's year.</summary>
internal sealed record PackSchool(SchoolUrn Urn, string Name, Phase Phase, bool InRegister)
{
    public PlaceKey Place => PlaceKey.School(Urn);
}

/// <summary>
/// Everything that one pack is made of, read once: the figures of its schools over five years, and of the places they are compared with.
/// </summary>
internal sealed class PackData
{
    public const int YearsShown = 5;

    private static readonly PupilGroup[] Groups = [Catalogue.All, Catalogue.Group("disadvantaged"), Catalogue.Group("other"), Catalogue.Group("girls"), Catalogue.Group("boys")];

    private readonly Dictionary<(int Measure, int Year, int Group, PlaceKey Place), Figure> figures = [];
    private readonly Dictionary<(int, int, int), Figure?> sums = [];
    private readonly List<Figure> authorities = [];
    private readonly WaymarkDb db;
    private IReadOnlyDictionary<SchoolUrn, SimilarGroup>? similar;

    private PackData(WaymarkDb db) => this.db = db;

    public required Place Subject { get; init; }
    public required PlaceKey SubjectKey { get; init; }
    /// <summary>The year whose results the pack is about.</summary>
    public required AcademicYear Year { get; init; }
    public required IReadOnlyList<PackSchool> Schools { get; init; }
    public required IReadOnlyList<PackSchool> Associates { get; init; }
    public required Place? Authority { get; init; }
    public required PlaceKey? AuthorityKey { get; init; }
    /// <summary>What it is set beside, the nearest first; the nation is the last.</summary>
    public required IReadOnlyList<Benchmark> Benchmarks { get; init; }
    /// <summary>The list that the authority's statistical neighbours are taken from; null where none is loaded.</summary>
    public required NeighbourList? Neighbours { get; init; }
    /// <summary>The clusters that meet jointly in this one; empty for any other.</summary>
    public required IReadOnlyList<string> Joins { get; init; }
    public required DateOnly Today { get; init; }
    public required bool IsExample { get; init; }
    /// <summary>The files that any figure here was read from.</summary>
    public required IReadOnlyDictionary<int, Import> Imports { get; init; }

    public bool IsSchool => SubjectKey.Kind == PlaceKind.School;
    public IEnumerable<AcademicYear> Years => Enumerable.Range(0, YearsShown).Select(back => AcademicYear.Ending(Year.EndYear - (YearsShown - 1 - back)));
    public IEnumerable<Figure> All => figures.Values;

    /// <summary>The name that fits a column's head.</summary>
    public string Short => IsSchool ? "This school" : "Our cluster";

    /// <summary>What stands in columns beside every result: of several pyramids none, they have rows of their own.</summary>
    public IReadOnlyList<Benchmark> Columns => [.. Benchmarks.Where(benchmark => benchmark.Place.Kind switch
    {
        PlaceKind.Pyramid => IsSchool && Benchmarks.Count(other => other.Place.Kind == PlaceKind.Pyramid) == 1,
        PlaceKind.Cluster => Benchmarks.First(other => other.Place.Kind == PlaceKind.Cluster) == benchmark,
        _ => true,
    })];

    /// <summary>The stages that any of the schools teach.</summary>
    public IEnumerable<Chapter> Chapters => Chapter.All.Where(chapter => Schools.Any(school => chapter.Concerns(school.Phase)));

    public IEnumerable<PackSchool> SchoolsOf(Chapter chapter) => Schools.Where(school => chapter.Concerns(school.Phase));

    public static PackData OfCluster(WaymarkDb db, Cluster cluster, AcademicYear year, DateOnly today)
    {
        var members = db.MemberSchoolsOn(year.LastDay, cluster);
        var joined = db.ClustersOfJoint(cluster).Where(member => member.HoldsOn(year.LastDay)).Select(member => member.Child).ToList();
        return Load(db, cluster.Place, year, [.. members.Where(member => member.IsFull).Select(member => member.School)], [.. members.Where(member => !member.IsFull).Select(member => member.School)], today,
            [.. db.NamesOf(joined).Values.Select(place => place.Name).Order(StringComparer.OrdinalIgnoreCase)]);
    }

    public static PackData OfSchool(WaymarkDb db, SchoolUrn urn, AcademicYear year, DateOnly today) =>
        Load(db, PlaceKey.School(urn), year, [.. db.SchoolsOn(year.LastDay, [urn]).Values], [], today, [], urn);

    /// <param name="joins">The names of the clusters that meet jointly in this one.</param>
    /// <param name="asked">The URN under which a single school is asked for; it may have had another one in that year.</param>
    private static PackData Load(WaymarkDb db, PlaceKey subject, AcademicYear year, IReadOnlyList<School> full, IReadOnlyList<School> associates, DateOnly today, IReadOnlyList<string> joins, SchoolUrn? asked = null)
    {
        var authority = Evidence.Benchmarks.AuthorityOf(full);
        var authorityKey = authority is null ? (PlaceKey?)null : PlaceKey.Authority(authority.Value);
        IReadOnlyList<PackSchool> ByName(IEnumerable<School> schools) =>
            [.. schools.Select(school => new PackSchool(asked ?? school.Urn, school.Name, school.Phase, school.InRegister)).OrderBy(school => school.Name, StringComparer.OrdinalIgnoreCase)];
        var data = new PackData(db)
        {
            Subject = db.NameOf(subject),
            SubjectKey = subject,
            Year = year,
            Schools = ByName(full),
            Associates = ByName(associates),
            Authority = authorityKey is { } key ? db.NameOf(key) : null,
            AuthorityKey = authorityKey,
            Benchmarks = db.BenchmarksOf(subject, [.. full.Select(school => asked ?? school.Urn)], authority, year),
            Neighbours = authority is { } code ? db.NeighboursOf(code, year.LastDay) : null,
            Joins = joins,
            Today = today,
            IsExample = db.Read(Setting.Kind) == nameof(StoreKind.Example),
            Imports = db.Imports.AsNoTracking().ToDictionary(import => import.Id),
        };
        data.Read();
        return data;
    }

    private void Read()
    {
        var cube = new Cube(db);
        var chapters = Chapter.All.SelectMany(chapter => chapter.AllMeasures).Concat(Chapter.Characteristics).Distinct().ToList();
        var ofAuthorities = Chapters.SelectMany(chapter => chapter.AuthorityMeasures).Distinct().ToList();
        PlaceKey[] authority = AuthorityKey is { } key ? [key] : [];
        Keep(cube.ReadWithPupils(chapters, [.. Years], [.. Schools.Select(school => school.Place), .. authority, PlaceKey.England], Groups));
        Keep(cube.Read([.. ofAuthorities.Concat(Chapters.SelectMany(chapter => chapter.SideBySideMeasures).SelectMany(measure => Deviation.For(measure)?.Needs ?? [])).Except(chapters)], [.. Years], [.. authority, PlaceKey.England], [Catalogue.All]));

        // Places that nobody publishes as a whole are summed; an authority only where nothing is published of it in any of the years, so that no line mixes the two.
        var parts = Benchmarks.Where(benchmark => benchmark.Place.Kind is PlaceKind.Cluster or PlaceKind.Pyramid).ToList();
        Keep(Evidence.Benchmarks.Sum(cube, parts, IsSchool ? chapters : [.. Chapters.Select(MainMeasure).OfType<Measure>().Distinct()], [Year]));
        if (Benchmarks.FirstOrDefault(benchmark => benchmark.Place == AuthorityKey) is { } whole)
            Keep(Evidence.Benchmarks.Sum(cube, [whole], [.. chapters.Where(measure => !Years.Any(year => OfAuthority(measure, year) is not null))], [.. Years]));
        if (Benchmarks.FirstOrDefault(benchmark => benchmark.Place == Neighbours?.Place) is { } neighbours)
            Keep(Evidence.Benchmarks.Sum(cube, [neighbours], [.. chapters.Union(ofAuthorities).Where(measure => measure.Kind != MeasureKind.Count)], [.. Years]));
        foreach (var years in ofAuthorities.Select(LatestOfAuthority).OfType<Figure>().GroupBy(figure => figure.Year))
            authorities.AddRange(cube.ReadAuthorities([.. years.Select(figure => figure.Measure)], [years.Key]));
    }

    /// <summary>The chapter's main measure where it has figures, else the first that has.</summary>
    public Measure? MainMeasure(Chapter chapter) => new[] { chapter.MainMeasure }.Concat(chapter.AllMeasures)
        .FirstOrDefault(measure => measure.Kind != MeasureKind.Grade && Years.Any(year => Own(measure, year)?.Value is not null));

    private void Keep(IEnumerable<Figure> read)
    {
        foreach (var figure in read) figures[(figure.Measure.Number, figure.Year.Code, figure.Group.Number, figure.Place)] = figure;
    }

    /// <summary>The authority's figure of the pack's year, or of the latest of the years before that has one: many come out late.</summary>
    public Figure? LatestOfAuthority(Measure measure) => Years.Reverse().Select(year => OfAuthority(measure, year)).FirstOrDefault(figure => figure?.Value is not null);

    /// <summary>Where the authority stands with a figure of its own among all authorities.</summary>
    public Ranking? Standing(Figure figure) => Evidence.Benchmarks.Among(figure, authorities);

    /// <summary>A place's figure, shown or as a symbol; null where no file says anything.</summary>
    public Figure? Of(PlaceKey place, Measure measure, AcademicYear year, PupilGroup? group = null) =>
        figures.GetValueOrDefault((measure.Number, year.Code, (group ?? Catalogue.All).Number, place));

    /// <summary>The subject's own figure: read for a school, summed from its full members for a cluster; null where no file says anything.</summary>
    public Figure? Own(Measure measure, AcademicYear year, PupilGroup? group = null)
    {
        if (IsSchool) return Of(SubjectKey, measure, year, group);
        var key = (measure.Number, year.Code, (group ?? Catalogue.All).Number);
        if (!sums.TryGetValue(key, out var sum))
        {
            var parts = Schools.Select(school => Of(school.Place, measure, year, group)).OfType<Figure>().ToList();
            sums[key] = sum = parts.Count == 0 ? null : Figure.Sum(measure, year, SubjectKey, group ?? Catalogue.All, parts, parts.Count);
        }
        return sum;
    }

    public Figure? England(Measure measure, AcademicYear year, PupilGroup? group = null) => Of(PlaceKey.England, measure, year, group);

    /// <summary>What England reached; a measure of progress stands around the mean that it is made with, where none is published.</summary>
    public double? Nation(Measure measure, AcademicYear year) => England(measure, year)?.Value ?? (Catalogue.NotCollected(measure, year) is null ? Deviation.For(measure)?.NationalMean : null);

    public Figure? OfAuthority(Measure measure, AcademicYear year, PupilGroup? group = null) =>
        AuthorityKey is { } authority ? Of(authority, measure, year, group) : null;

    /// <summary>The schools in the loaded files most like one of these in the pack's year, by the first preset.</summary>
    public IReadOnlyList<SimilarSchool> SimilarTo(PackSchool school) =>
        (similar ??= SimilarSchools.OfEach(db, Schools.Select(own => own.Urn), Year))[school.Urn].Schools;

    /// <summary>What the schools of each group reach together in the pack's year, from pooled counts.</summary>
    public IReadOnlyList<Figure?> Pool(Measure measure, IReadOnlyList<(PlaceKey Subject, IReadOnlyList<SimilarSchool> Schools)> groups) => SimilarSchools.Pool(db, measure, Year, groups);

}
