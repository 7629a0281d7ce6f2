using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Clusters;
using Waymark.Data;
using Waymark.Field;
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

    public string FileOf(FigureSource source) => files.GetValueOrDefault(source.Import, $"import {source.Import}");

    public IActionResult OnGet(string measure, string year, string kind, int number, string group)
    {
        if (Catalogue.FindMeasure(measure) is not { } theMeasure || Catalogue.FindGroup(group) is not { } theGroup || !AcademicYear.TryParse(year, null, out var theYear)
            || !Enum.TryParse<PlaceKind>(kind, ignoreCase: true, out var placeKind) || !Enum.IsDefined(placeKind) || number is < 0 or >= 10_000_000)
            return NotFound();
        var place = PlaceKey.Of(placeKind, number);
        var cluster = placeKind == PlaceKind.Cluster ? db.Clusters.AsNoTracking().FirstOrDefault(candidate => candidate.Id == number) : null;
        var history = Read(theMeasure, theGroup, place, cluster, theYear);
        if (history.FirstOrDefault(figure => figure.Year == theYear) is not { } found) return NotFound();
        Figure = found;
        if (found is { Source: { } source, Interval: not null } && theMeasure.RuleOf(theYear) is { } rule
            && db.Figures.Any(row => row.Measure == theMeasure.Number && row.Year == theYear && row.PupilGroup == theGroup.Number && row.ImportId == source.Import && row.Line == source.Line && row.Lower == null))
            Deviation = rule;
        files = db.Imports.AsNoTracking().ToDictionary(import => import.Id, import => import.FileName);
        var names = db.NamesOf([place, .. found.Parts.Select(part => part.Place)]);
        Name = names[place].Name;
        PlaceHref = placeKind switch { PlaceKind.School => $"/schools/{number}", PlaceKind.Cluster => $"/clusters/{cluster!.Slug}", _ => null };
        Parts = new Table("parts", "The schools it was summed from",
            [new("school", "School", ColumnRole.Label), new("value", theMeasure.Short, ColumnRole.Value), new("count", "Count", ColumnRole.Count), new("base", "Children", ColumnRole.Base), new("source", "Read from")],
            [.. found.Parts.OrderBy(part => names[part.Place].Name, StringComparer.OrdinalIgnoreCase).Select(part => new Row(
            [
                new Cell(names[part.Place].Name, Href: part.Address()), ValueCell(part), NumberCell(part.Numerator), NumberCell(part.Denominator),
                new Cell(part.Source is { } source ? $"{FileOf(source)}, line {source.Line}" : ""),
            ]))]);
        if (history.Count > 1) Years = InYears(theMeasure, Name, history);
        return Page();
    }

    /// <summary>The figure of every year; a cluster's with the schools of the asked year held constant.</summary>
    private IReadOnlyList<Figure> Read(Measure measure, PupilGroup group, PlaceKey place, Cluster? cluster, AcademicYear year)
    {
        var cube = new Cube(db);
        PlaceKey[] places = cluster is null ? [place] : [.. db.FullMembersFor(cluster, year).Select(PlaceKey.School)];
        if (places.Length == 0 || (place.Kind is PlaceKind.Cluster && cluster is null)) return [];
        var figures = cube.Read([measure], cube.Years([measure], places), places, [group]);
        return cluster is null
            ? [.. figures.OrderBy(figure => figure.Year)]
            : [.. figures.GroupBy(figure => figure.Year).OrderBy(of => of.Key).Select(of => Figure.Sum(measure, of.Key, place, group, [.. of], of.Count()))];
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
