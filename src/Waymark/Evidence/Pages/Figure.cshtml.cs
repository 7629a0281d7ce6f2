using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Clusters;
using Waymark.Data;
using Waymark.Field;
using Waymark.Schools;
using Waymark.Shared.Documents;
using Waymark.Shared.Imports;
using Waymark.Statistics;

namespace Waymark.Evidence.Pages;

/// <summary>One figure explained: its base, its interval, the line it was read from or the schools it was summed from, and its years.</summary>
public sealed class FigureModel(WaymarkDb db) : PageModel
{
    private Dictionary<int, string> files = [];

    public Figure Figure { get; private set; } = null!;
    public string Name { get; private set; } = "";
    public string? PlaceHref { get; private set; }
    public Table Parts { get; private set; } = null!;
    public Table? Years { get; private set; }
    /// <summary>What a progress score's interval was made with, where the file has none.</summary>
    public ProgressRule? Deviation { get; private set; }
    /// <summary>What the place is set beside.</summary>
    public Table? Beside { get; private set; }
    /// <summary>Where an authority stands among all.</summary>
    public Ranking? Standing { get; private set; }
    public NeighbourList? Neighbours { get; private set; }

    public AcademicYear MembersOf { get; private set; }

    /// <summary>What rests on it.</summary>
    public Table? Resting { get; private set; }

    public string Key => Figure.Address()["/figures/".Length..];

    public string PartsInWords => Figure.Place.Kind == PlaceKind.Neighbours ? "authorities" : "schools";

    public string FileOf(FigureSource source) => files.GetValueOrDefault(source.Import, $"import {source.Import}");

    public IActionResult OnGet(string measure, string year, string kind, int number, string group)
    {
        if (Catalogue.FindMeasure(measure) is not { } theMeasure || Catalogue.FindGroup(group) is not { } theGroup || !AcademicYear.TryParse(year, null, out var theYear)
            || !Enum.TryParse<PlaceKind>(kind, ignoreCase: true, out var placeKind) || !Enum.IsDefined(placeKind) || number is < 0 or >= 10_000_000)
            return NotFound();
        var place = PlaceKey.Of(placeKind, number);
        if (db.FigureAt(theMeasure, theGroup, place, theYear) is not (var found, var history, var whole, var membersOf)) return NotFound();
        (Figure, MembersOf) = (found, membersOf);
        if (found is { Source: { } source, Interval: not null } && theMeasure.RuleOf(theYear) is { } rule
            && db.Figures.Any(row => row.Measure == theMeasure.Number && row.Year == theYear && row.PupilGroup == theGroup.Number && row.ImportId == source.Import && row.Line == source.Line && row.Lower == null))
            Deviation = rule;
        files = db.Imports.AsNoTracking().ToDictionary(import => import.Id, import => import.FileName);
        var names = db.NamesOf([place, .. found.Parts.Select(part => part.Place)]);
        Name = names[place].Name;
        PlaceHref = placeKind switch { PlaceKind.School => $"/schools/{number}", PlaceKind.Cluster => $"/clusters/{whole!.Named.Code}", _ => null };
        Parts = new Table("parts", $"The {PartsInWords} it was made from",
            [new("part", placeKind == PlaceKind.Neighbours ? "Authority" : "School", ColumnRole.Label), new("value", theMeasure.Short, ColumnRole.Value), new("count", "Count", ColumnRole.Count), new("base", "Children", ColumnRole.Base), new("source", "Read from")],
            [.. found.Parts.OrderBy(part => names[part.Place].Name, StringComparer.OrdinalIgnoreCase).Select(part => new Row(
            [
                new Cell(names[part.Place].Name, Href: part.Address()), ValueCell(part), NumberCell(part.Numerator), NumberCell(part.Denominator),
                new Cell(part.Source is { } source ? $"{FileOf(source)}, line {source.Line}" : ""),
            ]))]);
        Beside = SetBeside(whole, theYear);
        Standing = placeKind == PlaceKind.Authority && theGroup == Catalogue.All ? Benchmarks.Among(found, new Cube(db).ReadAuthorities([theMeasure], [theYear])) : null;
        Neighbours = placeKind == PlaceKind.Neighbours ? db.NeighboursOf(new LocalAuthorityCode(number), theYear.LastDay) : null;
        if (history.Count > 1) Years = InYears(theMeasure, Name, history);
        Resting = db.RestingTable("figure", Key);
        return Page();
    }

    /// <summary>What the place is set beside in that year, each with its base where it has one.</summary>
    private Table? SetBeside(Benchmark? whole, AcademicYear year)
    {
        var (measure, group, cube) = (Figure.Measure, Figure.Group, new Cube(db));
        if (measure.Kind is MeasureKind.Grade or MeasureKind.Count || Figure.Place.Kind is PlaceKind.National or PlaceKind.Region) return null;
        IReadOnlyList<SchoolUrn> schools = Figure.Place.Kind == PlaceKind.School ? [new SchoolUrn(Figure.Place.Number)] : [.. whole!.Parts.Where(part => part.Kind == PlaceKind.School).Select(part => new SchoolUrn(part.Number))];
        var authority = Figure.Place.Kind is PlaceKind.Authority or PlaceKind.Neighbours ? new LocalAuthorityCode(Figure.Place.Number) : Benchmarks.AuthorityOf(db.Schools.AsNoTracking().Where(school => schools.Contains(school.Urn)));
        var beside = db.BenchmarksOf(Figure.Place, schools, authority, year);
        var read = cube.ReadWithPupils([measure], [year], [.. beside.Select(benchmark => benchmark.Place)], [group]).ToDictionary(figure => figure.Place);
        foreach (var sum in Benchmarks.Sum(cube, [.. beside.Where(benchmark => !read.ContainsKey(benchmark.Place))], [measure], [year], group)) read[sum.Place] = sum;
        var rows = beside.Where(benchmark => read.ContainsKey(benchmark.Place)).Select(benchmark => (benchmark.Name, Figure: read[benchmark.Place])).ToList();
        return rows.Count == 0 ? null : new Table("beside", $"Beside other places, {year}",
            [new("place", "Place", ColumnRole.Label), new("value", measure.Short, ColumnRole.Value), new("interval", "95% interval"), new("base", "Children", ColumnRole.Base), new("how", "How it came about")],
            [.. rows.Select(row => new Row(
            [
                new Cell(row.Name), ValueCell(row.Figure), new Cell(FigureText.Show(measure, row.Figure.Interval)), NumberCell(row.Figure.Denominator),
                new Cell((row.Figure.Provenance, row.Figure.Denominator) switch
                {
                    (Provenance.SumOfCounts, _) => "counts, added",
                    (Provenance.WeightedAverages, _) => "weighted by pupils",
                    (Provenance.PublishedAverages, _) => $"mean of {row.Figure.Parts.Count} published averages",
                    (_, null) => "a published average",
                    _ => "published",
                }),
            ]))]);
    }

    private static Table InYears(Measure measure, string name, IReadOnlyList<Figure> history)
    {
        var (unit, decimals) = (measure.IsPercentage ? "%" : measure.Unit, FigureText.Decimals(measure));
        var breaks = Catalogue.Breaks(measure).Where(note => note.Year > history[0].Year.Code && note.Year <= history[^1].Year.Code)
            .Select(note => new Break(AcademicYear.FromCode(note.Year).EndYear, note.Reason)).ToList();
        return new Table("years", $"{measure.Short}, by year",
            [new("series", "Where", ColumnRole.Series), new("year", "Year", ColumnRole.Period), new("value", measure.Short, ColumnRole.Value, unit, decimals), new("lower", "From", ColumnRole.Lower, unit, decimals), new("upper", "To", ColumnRole.Upper, unit, decimals), new("base", "Children", ColumnRole.Base)],
            [.. history.Select(figure => new Row(
            [
                new Cell(name), new Cell(figure.Year.ToString()), ValueCell(figure), Bound(measure, figure.Interval?.Lower), Bound(measure, figure.Interval?.Upper), NumberCell(figure.Denominator),
            ]))],
            new Chart(ChartKind.Trend, $"{measure.Label} over the years, with 95% intervals.", measure is { IsPercentage: true, Kind: MeasureKind.Proportion } ? 0 : null, measure is { IsPercentage: true, Kind: MeasureKind.Proportion } ? 100 : null, Breaks: breaks));
    }

    private static Cell ValueCell(Figure figure) => figure.Value is { } value
        ? new Cell(figure.Show(), FigureText.Round(figure.Measure, value), Href: figure.Address())
        : new Cell(figure.Symbol.Code(), null, figure.Symbol.Code());

    private static Cell NumberCell(double? number) => number is { } some ? new Cell(some.ToString("N0", CultureInfo.GetCultureInfo("en-GB")), some) : new Cell("");

    private static Cell Bound(Measure measure, double? bound) => bound is { } value ? new Cell(FigureText.Show(measure, value), FigureText.Round(measure, value)) : new Cell("");
}
