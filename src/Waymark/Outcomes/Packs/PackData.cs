using Microsoft.EntityFrameworkCore;
using Waymark.Clusters;
using Waymark.Data;
using Waymark.Evidence;
using Waymark.Field;
using Waymark.Schools;
using Waymark.Shared.Imports;

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
    public required DateOnly Today { get; init; }
    public required bool IsExample { get; init; }
    /// <summary>The files that any figure here was read from.</summary>
    public required IReadOnlyDictionary<int, Import> Imports { get; init; }

    public bool IsSchool => SubjectKey.Kind == PlaceKind.School;
    public IEnumerable<AcademicYear> Years => Enumerable.Range(0, YearsShown).Select(back => AcademicYear.Ending(Year.EndYear - (YearsShown - 1 - back)));
    public IEnumerable<Figure> All => figures.Values;

    /// <summary>The stages that any of the schools teach.</summary>
    public IEnumerable<Chapter> Chapters => Chapter.All.Where(chapter => Schools.Any(school => chapter.Concerns(school.Phase)));

    public IEnumerable<PackSchool> SchoolsOf(Chapter chapter) => Schools.Where(school => chapter.Concerns(school.Phase));

    public static PackData OfCluster(WaymarkDb db, Cluster cluster, AcademicYear year, DateOnly today)
    {
        var members = db.MemberSchoolsOn(year.LastDay, cluster);
        return Load(db, cluster.Place, year, [.. members.Where(member => member.IsFull).Select(member => member.School)], [.. members.Where(member => !member.IsFull).Select(member => member.School)], today);
    }

    public static PackData OfSchool(WaymarkDb db, SchoolUrn urn, AcademicYear year, DateOnly today) =>
        Load(db, PlaceKey.School(urn), year, [.. db.SchoolsOn(year.LastDay, [urn]).Values], [], today, urn);

    /// <param name="asked">The URN under which a single school is asked for; it may have had another one in that year.</param>
    private static PackData Load(WaymarkDb db, PlaceKey subject, AcademicYear year, IReadOnlyList<School> full, IReadOnlyList<School> associates, DateOnly today, SchoolUrn? asked = null)
    {
        var authority = AuthorityOf(full);
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
            Today = today,
            IsExample = db.Read(Setting.Kind) == nameof(StoreKind.Example),
            Imports = db.Imports.AsNoTracking().ToDictionary(import => import.Id),
        };
        var places = data.Schools.Select(school => school.Place).Append(PlaceKey.England);
        if (authorityKey is { } own) places = places.Append(own);
        var measures = Chapter.All.SelectMany(chapter => chapter.AllMeasures).Concat(Chapter.Characteristics).Distinct().ToList();
        foreach (var figure in new Cube(db).Read(measures, [.. data.Years], [.. places], Groups))
            data.figures[(figure.Measure.Number, figure.Year.Code, figure.Group.Number, figure.Place)] = figure;
        data.GiveAbsenceItsPupils();
        return data;
    }

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

    public Figure? OfAuthority(Measure measure, AcademicYear year, PupilGroup? group = null) =>
        AuthorityKey is { } authority ? Of(authority, measure, year, group) : null;

    /// <summary>The schools in the loaded files most like one of these in the pack's year, by the first preset.</summary>
    public IReadOnlyList<SimilarSchool> SimilarTo(PackSchool school) =>
        (similar ??= SimilarSchools.OfEach(db, Schools.Select(own => own.Urn), Year))[school.Urn].Schools;

    /// <summary>What the schools of each group reach together in the pack's year, from pooled counts.</summary>
    public IReadOnlyList<Figure?> Pool(Measure measure, IReadOnlyList<(PlaceKey Subject, IReadOnlyList<SimilarSchool> Schools)> groups) => SimilarSchools.Pool(db, measure, Year, groups);

    /// <summary>Published absence comes without the pupils it is about; those on roll in the same year stand in for them, as a weight.</summary>
    private void GiveAbsenceItsPupils()
    {
        var headcount = Catalogue.Measure("pupils.headcount");
        foreach (var (key, figure) in figures.ToList())
            if (figure.Measure.Stage == "Absence" && figure.Denominator is null && figure.Value is not null && Of(figure.Place, headcount, figure.Year)?.Value is { } pupils and > 0)
                figures[key] = figure.WithWeight((long)pupils);
    }

    /// <summary>Schools by their own authority; of a cluster over a border, the authority most of its schools belong to.</summary>
    private static LocalAuthorityCode? AuthorityOf(IEnumerable<School> schools) => schools.Select(school => school.Authority).OfType<LocalAuthorityCode>()
        .GroupBy(code => code).OrderByDescending(group => group.Count()).ThenBy(group => group.Key).Select(group => (LocalAuthorityCode?)group.Key).FirstOrDefault();
}
