using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Field;
using Waymark.Schools;
using Waymark.Shared.Documents;

namespace Waymark.Evidence.Pages;

/// <summary>The schools most like one, side by side with why, and what they reach together.</summary>
public sealed class SimilarModel(WaymarkDb db, LocalClock clock) : PageModel
{
    public const string OwnWeights = "own";

    public School School { get; private set; } = null!;
    public AcademicYear Year { get; private set; }
    public IReadOnlyList<AcademicYear> Years { get; private set; } = [];
    public string Preset { get; private set; } = SimilarSchools.Presets[0].Code;
    public string Scope { get; private set; } = "nation";
    /// <summary>What stands in the boxes: the preset's weights or the person's own, as typed.</summary>
    public IReadOnlyDictionary<string, string> Weights { get; private set; } = null!;
    public string Source { get; private set; } = "";
    /// <summary>Null while the question has errors.</summary>
    public SimilarGroup? Group { get; private set; }
    public Table Why { get; private set; } = null!;
    public Table SideBySide { get; private set; } = null!;
    public Table Results { get; private set; } = null!;
    public string AuthorityName { get; private set; } = "";

    public string GroupInWords => Group!.Schools.Count == 1 ? "1 similar school" : $"{Group.Schools.Count} similar schools";

    public IEnumerable<SelectListItem> PresetChoices => SimilarSchools.Presets.Select(preset => new SelectListItem(preset.Label, preset.Code)).Append(new SelectListItem("My own weights (below)", OwnWeights));

    /// <summary>Which year's characteristics stand in for the year asked for.</summary>
    public IEnumerable<string> OtherYears => Group!.Used.Where(entry => Group.Years[entry.Index] is { } year && year != Year).GroupBy(entry => Group.Years[entry.Index]!.Value)
        .Select(of => $"{string.Join(", ", of.Select(entry => entry.Characteristic.InWords).Distinct())}: {of.Key}");

    public IEnumerable<string> NotUsed => SimilarSchools.Characteristics.Where((characteristic, index) => Group!.Weights[index] == 0 && Weights[characteristic.Code] is not ("0" or "")).Select(characteristic => characteristic.Label);

    public IActionResult OnGet(int urn, string? preset, string? scope, string? year)
    {
        if (!SchoolUrn.TryParse(urn.ToString(CultureInfo.InvariantCulture), null, out var key) || db.Schools.AsNoTracking().FirstOrDefault(candidate => candidate.Urn == key) is not { } school) return NotFound();
        School = school;
        AuthorityName = school.Authority is { } authority ? db.NameOf(PlaceKey.Authority(authority)).Name : "its authority";
        var cube = new Cube(db);
        Years = cube.Years(SimilarSchools.Measures, [school.Place]) is { Count: > 0 } withResults ? withResults : [AcademicYear.Of(clock.Today).Previous];
        Year = Years[^1];
        if (!string.IsNullOrEmpty(year))
        {
            if (!AcademicYear.TryParse(year, null, out var asked)) return NotFound();
            Year = asked;
            Years = [.. Years.Append(asked).Distinct().Order()];
        }
        if (!string.IsNullOrEmpty(scope)) Scope = scope;
        if (!string.IsNullOrEmpty(preset)) Preset = preset;
        if (Scope is not ("nation" or "authority")) ModelState.AddModelError("scope", "Select England or the authority");
        if (Scope == "authority" && school.Authority is null) ModelState.AddModelError("scope", "No file names this school’s authority: select England");
        if (WeightsAsked() is not { } weights || !ModelState.IsValid) return Page();
        Group = SimilarSchools.Of(db, key, Year, weights, Scope == "authority");
        Compose(cube);
        return Page();
    }

    private double[]? WeightsAsked()
    {
        if (SimilarSchools.Presets.FirstOrDefault(candidate => candidate.Code == Preset) is { } known)
        {
            Source = known.Source;
            Weights = SimilarSchools.Characteristics.ToDictionary(characteristic => characteristic.Code, characteristic => known.Weights.GetValueOrDefault(characteristic.Code).ToString(CultureInfo.InvariantCulture));
            return SimilarSchools.WeightsOf(known.Weights);
        }
        Weights = SimilarSchools.Characteristics.ToDictionary(characteristic => characteristic.Code, characteristic => Request.Query[$"w.{characteristic.Code}"].ToString().Trim());
        if (Preset != OwnWeights)
        {
            ModelState.AddModelError("preset", "Select one of the ways to compare");
            return null;
        }
        Source = "Your own weights.";
        var weights = new Dictionary<string, double>();
        foreach (var characteristic in SimilarSchools.Characteristics)
        {
            var text = Weights[characteristic.Code];
            if (text.Length == 0) continue;
            if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var weight) && weight <= 10) weights[characteristic.Code] = weight;
            else ModelState.AddModelError($"w.{characteristic.Code}", $"{characteristic.Short}: the weight must be a number from 0 to 10");
        }
        if (ModelState.IsValid && !weights.Values.Any(weight => weight > 0)) ModelState.AddModelError($"w.{SimilarSchools.Characteristics[0].Code}", "Give at least one characteristic a weight above 0");
        return SimilarSchools.WeightsOf(weights);
    }

    private void Compose(Cube cube)
    {
        var group = Group!;
        var used = group.Used.ToList();
        var names = db.NamesOf([School.Place, .. group.Schools.Select(school => school.Place), .. group.Schools.Select(school => school.Authority).OfType<LocalAuthorityCode>().Select(PlaceKey.Authority)]);
        Row Line(PlaceKey place, string name, IReadOnlyList<double?> values) => new(
        [
            new Cell(name, Href: $"/schools/{place.Number}"), new Cell(group.Phase.InWords()),
            .. used.Select(entry => values[entry.Index] is { } value ? new Cell(FigureText.Show(entry.Characteristic.Measure, value), FigureText.Round(entry.Characteristic.Measure, value)) : new Cell("x", null, "x")),
        ]);
        Why = new Table("why", $"The {GroupInWords}, nearest first",
            [new("school", "School", ColumnRole.Label), new("authority", "Authority"), new("distance", "Distance", ColumnRole.Number), new("why", "Why")],
            [.. group.Schools.Select(school => new Row(
            [
                new Cell(names[school.Place].Name, Href: $"/schools/{school.Urn}"), new Cell(school.Authority is { } authority ? names[PlaceKey.Authority(authority)].Name : ""),
                new Cell(school.Distance.ToString("N2", CultureInfo.GetCultureInfo("en-GB")), school.Distance), new Cell(SimilarSchools.Why(group, school)),
            ]))]);
        SideBySide = new Table("similar", "Side by side, this school first",
            [new("school", "School", ColumnRole.Label), new("phase", "Phase"), .. used.Select(entry => new Column(entry.Characteristic.Code, entry.Characteristic.Short, ColumnRole.Number))],
            [Line(School.Place, School.Name, group.Values), .. group.Schools.Select(school => Line(school.Place, names[school.Place].Name, school.Values))]);
        var own = cube.Read(SimilarSchools.Measures, [Year], [School.Place], [Catalogue.All]).ToDictionary(figure => figure.Measure);
        var rows = new List<Row>();
        foreach (var measure in SimilarSchools.Measures.Where(own.ContainsKey))
        {
            var pooled = SimilarSchools.Pool(db, measure, Year, [(School.Place, group.Schools)])[0];
            rows.Add(new Row(
            [
                new Cell(measure.Label), .. Cells(own[measure], own[measure].Address()), .. Cells(pooled, null),
                new Cell(pooled is null ? $"0 of {group.Schools.Count}" : $"{group.Schools.Count - pooled.PartsNotShown} of {group.Schools.Count}"),
            ]));
        }
        Results = new Table("results", $"Results of {Year}, beside those of {GroupInWords} together",
            [
                new("measure", "", ColumnRole.Label), new("own", "This school", ColumnRole.Value), new("own_interval", "95% interval"), new("own_base", "Children", ColumnRole.Base),
                new("group", "Similar schools", ColumnRole.Number), new("group_interval", "95% interval"), new("group_base", "Children", ColumnRole.Number), new("schools", "Schools counted"),
            ], rows,
            Note: "Similar schools together: their counts of children are added; where only a rounded share or an average is published, it is weighted by its pupils. A school is not counted where its figure is held back or not known.");
    }

    private static IEnumerable<Cell> Cells(Figure? figure, string? href) =>
    [
        figure is null ? new Cell("x", null, "x") : figure.Value is { } value ? new Cell(figure.Show() + (figure.Status == FigureStatus.Provisional ? " (p)" : ""), FigureText.Round(figure.Measure, value), "", href) : new Cell(figure.Symbol.Code(), null, figure.Symbol.Code(), href),
        new Cell(figure is null ? "" : FigureText.Show(figure.Measure, figure.Interval)),
        figure?.Denominator is { } all ? new Cell(all.ToString("N0", CultureInfo.GetCultureInfo("en-GB")), all) : new Cell(""),
    ];
}
