using System.Data.Common;
using System.Globalization;
using Dapper;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Field;
using Waymark.Schools;

namespace Waymark.Evidence;

/// <summary>
/// Reads released figures: of several imports' rows for one cell the firmest counts, then the latest. A school's figures follow its line of URNs.
/// </summary>
public sealed class Cube(WaymarkDb db)
{
    /// <summary>
    /// The figures of these places, as read. Asked for few measures and places, it costs the same in a nation of twenty thousand schools as in one of twenty.
    /// </summary>
    /// <param name="publishedOnly">Leaves out what is not published: for public pages.</param>
    public IReadOnlyList<Figure> Read(IReadOnlyCollection<Measure> measures, IReadOnlyCollection<AcademicYear> years, IReadOnlyCollection<PlaceKey> places, IReadOnlyCollection<PupilGroup>? groups = null, bool publishedOnly = false)
    {
        if (measures.Count == 0 || places.Count == 0 || years.Count == 0) return [];
        var lines = LinesOf(places);
        return [.. Best(Rows(measures, years, [.. lines.Keys], groups), lines, publishedOnly)];
    }

    /// <summary>As <see cref="Read"/>; published absence comes without the pupils it is about, and those on roll in the same year stand in for them, as a weight.</summary>
    public IReadOnlyList<Figure> ReadWithPupils(IReadOnlyCollection<Measure> measures, IReadOnlyCollection<AcademicYear> years, IReadOnlyCollection<PlaceKey> places, IReadOnlyCollection<PupilGroup>? groups = null)
    {
        var figures = Read(measures, years, places, groups);
        static bool LacksPupils(Figure figure) => figure is { Denominator: null, Value: not null, Measure.Stage: "Absence" };
        var lacking = figures.Where(LacksPupils).ToList();
        if (lacking.Count == 0) return figures;
        Measure[] roll = [Catalogue.Measure("pupils.headcount")];
        var pupils = figures.Where(figure => figure.Measure == roll[0] && figure.Group == Catalogue.All)
            .Concat(measures.Contains(roll[0]) ? [] : Read(roll, [.. lacking.Select(figure => figure.Year).Distinct()], [.. lacking.Select(figure => figure.Place).Distinct()], [Catalogue.All]))
            .Where(figure => figure.Value is > 0).ToDictionary(figure => (figure.Place, figure.Year), figure => (long)figure.Value!.Value);
        return [.. figures.Select(figure => LacksPupils(figure) && pupils.TryGetValue((figure.Place, figure.Year), out var weight) ? figure.WithWeight(weight) : figure)];
    }

    /// <summary>Some measures of every authority in some years, for everybody: what an authority stands among.</summary>
    public IReadOnlyList<Figure> ReadAuthorities(IReadOnlyCollection<Measure> measures, IReadOnlyCollection<AcademicYear> years)
    {
        if (measures.Count == 0 || years.Count == 0) return [];
        var rows = Query($"select {Columns} from figure f join import i on i.id = f.import_id where i.state = 1 and f.measure in ({List(measures.Select(measure => measure.Number))}) " +
            $"and f.year in ({List(years.Select(year => year.Code))}) and f.place between @from and @to and f.pupil_group = @group",
            new { from = PlaceKey.Of(PlaceKind.Authority, 1).Value, to = PlaceKey.Of(PlaceKind.Authority, 999).Value, group = Catalogue.All.Number });
        return [.. Best(rows, [], publishedOnly: false)];
    }

    /// <summary>One measure of every place in a year.</summary>
    public IReadOnlyList<Figure> ReadEverywhere(Measure measure, AcademicYear year, IReadOnlyCollection<PupilGroup>? groups = null)
    {
        var byGroup = groups is null ? "" : $" and f.pupil_group in ({List(groups.Select(group => group.Number))})";
        return [.. Best(Query($"select {Columns} from figure f join import i on i.id = f.import_id where i.state = 1 and f.measure = @measure and f.year = @year{byGroup}",
            new { measure = measure.Number, year = year.Code }), [], publishedOnly: false)];
    }

    /// <summary>One measure of all schools in a year, for the nation's spread.</summary>
    public IReadOnlyList<Figure> ReadAllSchools(Measure measure, AcademicYear year, PupilGroup? group = null)
    {
        var rows = Query($"select {Columns} from figure f join import i on i.id = f.import_id where i.state = 1 and f.measure = @measure and f.year = @year and f.place between @from and @to and f.pupil_group = @group",
            new { measure = measure.Number, year = year.Code, from = FirstSchool, to = LastSchool, group = (group ?? Catalogue.All).Number });
        return [.. Best(rows, [], publishedOnly: false)];
    }

    /// <summary>The years that hold any figure of these measures, oldest first.</summary>
    public IReadOnlyList<AcademicYear> Years(IReadOnlyCollection<Measure> measures, IReadOnlyCollection<PlaceKey> places)
    {
        if (measures.Count == 0 || places.Count == 0) return [];
        return [.. Years(measures, $"f.place in ({List(LinesOf(places).Keys)})").Select(known => known.Year).Distinct().Order()];
    }

    /// <summary>The years that hold any figure of this measure, oldest first.</summary>
    public IReadOnlyList<AcademicYear> Years(Measure measure) => [.. Years([measure], "true").Select(known => known.Year).Order()];

    /// <summary>For each of these measures the years that hold a school's figure.</summary>
    public ILookup<Measure, AcademicYear> YearsOfSchools(IReadOnlyCollection<Measure> measures) =>
        Years(measures, string.Create(CultureInfo.InvariantCulture, $"f.place between {FirstSchool} and {LastSchool}")).ToLookup(known => known.Measure, known => known.Year);

    /// <summary>Steps from year to year through the tree of figures, so that it costs as much as there are years, not as there are figures.</summary>
    private IEnumerable<(Measure Measure, AcademicYear Year)> Years(IReadOnlyCollection<Measure> measures, string where) => Connection.Query<(int Measure, int Year)>(
        $"""
        with recursive asked(measure) as (values {string.Join(", ", measures.Select(measure => $"({List([measure.Number])})"))}),
            known(measure, year) as (
                select measure, (select min(f.year) from figure f where f.measure = asked.measure) from asked
                union all
                select measure, (select min(f.year) from figure f where f.measure = known.measure and f.year > known.year) from known where year is not null)
        select measure, year from known
        where year is not null and exists (select 1 from figure f join import i on i.id = f.import_id where i.state = 1 and f.measure = known.measure and f.year = known.year and {where})
        """).Select(known => (Catalogue.Measure(known.Measure), AcademicYear.FromCode(known.Year)));

    private const int FirstSchool = (int)PlaceKind.School * 10_000_000, LastSchool = FirstSchool + 9_999_999;

    private const string Columns =
        "f.measure as Measure, f.year as Year, f.place as Place, f.pupil_group as PupilGroup, f.import_id as ImportId, f.line as Line, f.precedence as Precedence, " +
        "f.value as Value, f.numerator as Numerator, f.denominator as Denominator, f.lower as Lower, f.upper as Upper, f.symbol as Symbol";

    private IEnumerable<FigureRow> Rows(IReadOnlyCollection<Measure> measures, IReadOnlyCollection<AcademicYear> years, IReadOnlyCollection<int> places, IReadOnlyCollection<PupilGroup>? groups)
    {
        // The groups of one place lie side by side: with the plus they are read in one go, not looked for one by one.
        var byGroup = groups is null ? "" : groups.Count == 1 ? $" and f.pupil_group = {groups.First().Number}" : $" and +f.pupil_group in ({List(groups.Select(group => group.Number))})";
        return Query($"select {Columns} from figure f join import i on i.id = f.import_id where i.state = 1 and f.measure in ({List(measures.Select(measure => measure.Number))}) " +
            $"and f.year in ({List(years.Select(year => year.Code))}) and f.place in ({List(places)}){byGroup}", null);
    }

    // Column by column and not through a mapper: a pack reads thousands of cells.
    private IEnumerable<FigureRow> Query(string sql, object? parameters)
    {
        using var reader = Connection.ExecuteReader(sql, parameters);
        while (reader.Read())
            yield return new FigureRow
            {
                Measure = reader.GetInt32(0),
                Year = AcademicYear.FromCode(reader.GetInt32(1)),
                Place = new PlaceKey(reader.GetInt32(2)),
                PupilGroup = reader.GetInt32(3),
                ImportId = reader.GetInt32(4),
                Line = reader.GetInt32(5),
                Precedence = reader.GetInt16(6),
                Value = reader.IsDBNull(7) ? null : reader.GetDouble(7),
                Numerator = reader.IsDBNull(8) ? null : reader.GetDouble(8),
                Denominator = reader.IsDBNull(9) ? null : reader.GetInt64(9),
                Lower = reader.IsDBNull(10) ? null : reader.GetDouble(10),
                Upper = reader.IsDBNull(11) ? null : reader.GetDouble(11),
                Symbol = (Symbol)reader.GetInt32(12),
            };
    }

    private IEnumerable<Figure> Best(IEnumerable<FigureRow> rows, Dictionary<int, (PlaceKey Place, int Position)> lines, bool publishedOnly)
    {
        var best = new Dictionary<(int, int, int, int), (FigureRow Row, PlaceKey Place, int Position)>();
        foreach (var row in rows)
        {
            if ((publishedOnly || db.PublishedOnly) && row.Status != FigureStatus.Published) continue;
            var (place, position) = lines.TryGetValue(row.Place.Value, out var line) ? line : (row.Place, 0);
            var key = (row.Measure, row.Year.Code, place.Value, row.PupilGroup);
            if (!best.TryGetValue(key, out var other) || (position, row.Precedence, row.ImportId).CompareTo((other.Position, other.Row.Precedence, other.Row.ImportId)) > 0)
                best[key] = (row, place, position);
        }
        return best.Values.Select(cell => Figure.FromRow(cell.Row, cell.Place));
    }

    /// <summary>Every place's own key, and for a school those of the URNs before it; in a year that both report, the newer URN counts.</summary>
    private Dictionary<int, (PlaceKey Place, int Position)> LinesOf(IReadOnlyCollection<PlaceKey> places)
    {
        var lines = places.ToDictionary(place => place.Value, place => (place, int.MaxValue));
        var urns = places.Where(place => place.Kind == PlaceKind.School).Select(place => place.Number).ToList();
        if (urns.Count == 0) return lines;
        var members = Connection.Query<(int Asked, int Urn, int Position)>(
            $"select own.urn, line.urn, line.position from school_line own join school_line line on line.line = own.line and line.urn <> own.urn where own.urn in ({List(urns)})");
        foreach (var (asked, urn, position) in members)
            lines.TryAdd(PlaceKey.School(new SchoolUrn(urn)).Value, (PlaceKey.School(new SchoolUrn(asked)), position));
        return lines;
    }

    private DbConnection Connection
    {
        get
        {
            db.Database.OpenConnection();
            return db.Database.GetDbConnection();
        }
    }

    private static string List(IEnumerable<int> numbers) => string.Join(',', numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)));
}
