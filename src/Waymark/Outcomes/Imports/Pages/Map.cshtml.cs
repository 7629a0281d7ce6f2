using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Waymark.Data;
using Waymark.Evidence;
using Waymark.Field;
using Waymark.Shared.Imports;
using Waymark.Shared.Web;

namespace Waymark.Outcomes.Imports.Pages;

/// <summary>A person says what the columns of a spreadsheet hold; the answer is saved as a layout, and the file is read by it.</summary>
[RequestFormLimits(ValueCountLimit = 8 * MostColumns)]
public sealed class MapModel(WaymarkDb db, ImportDesk desk, LocalClock clock) : PageModel
{
    private const int MostColumns = 300;

    /// <summary>One column of the table: what it holds, of which measure and of which pupils.</summary>
    public sealed class MappedColumn
    {
        public string Name { get; set; } = "";
        public string? Holds { get; set; }
        public string? Measure { get; set; }
        public string? Group { get; set; }
    }

    [BindProperty, Display(Name = "Name"), StringLength(80)] public string? Name { get; set; }
    [BindProperty, Display(Name = "Academic year")] public string? Year { get; set; }
    [BindProperty, Display(Name = "Status")] public string Status { get; set; } = "provisional";
    [BindProperty] public List<MappedColumn> Columns { get; set; } = [];

    public TabularFile Upload { get; private set; } = null!;
    public IReadOnlyList<string> Examples { get; private set; } = [];
    public IReadOnlyList<ImportNote> Faults { get; private set; } = [];
    public IReadOnlyList<SelectListItem> Groups { get; } = [.. Catalogue.Groups.Select(group => new SelectListItem(group.Label, group.Code))];

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        if (desk.Find((string)RouteData.Values["sha256"]!) is not { } file) context.Result = NotFound();
        else Upload = file;
    }

    public void OnGet()
    {
        Columns = [.. Named().Select(column => new MappedColumn { Name = Upload.Header[column] })];
        Load();
        Columns = [.. Columns.Select((column, i) => ColumnHints.For(column.Name, Examples[i]))];
        if (Named().Count > MostColumns) ModelState.AddModelError("", $"This table has {Upload.Header.Count:N0} columns, and {MostColumns} can be mapped. Take out those that you do not need, and load it again.");
    }

    public IActionResult OnPostForget()
    {
        desk.Forget(Upload.Sha256);
        TempData.Done($"{Upload.Name} was thrown away");
        return Redirect("/imports");
    }

    public IActionResult OnPost()
    {
        Columns.RemoveAll(column => !Upload.Has(column.Name));
        Load();
        var layout = Layout();
        AcademicYear? year = AcademicYear.TryParse(Year, null, out var stated) ? stated : null;
        if (!string.IsNullOrWhiteSpace(Year) && year is null) ModelState.AddModelError(nameof(Year), "Enter an academic year, like 2015/16");
        if (year is null && layout?.Year.Column is null && ModelState[nameof(Year)]?.Errors is not { Count: > 0 }) ModelState.AddModelError(nameof(Year), "Enter the academic year, or choose the column that says it");
        if (!ModelState.IsValid || layout is null) return Page();
        try
        {
            var outcome = desk.Stage(Upload, new SavedLayoutImporter(), SavedLayoutImporter.Recognised(layout), layout.Year.Column is null ? year : null);
            Faults = [.. outcome.Notes.Where(note => note.Kind == NoteKind.Fault)];
            if (Faults.Count > 0)
            {
                ModelState.AddModelError("", Faults.Count == 1 ? $"{Upload.Name}, {Faults[0]}" : $"{Upload.Name} has {Faults.Count:N0} faults, listed below. Correct them in the file and load it again, or choose other columns");
                return Page();
            }
            db.Add(SavedLayoutImporter.Save(layout, clock.UtcNow));
            db.SaveChanges();
            desk.Forget(Upload.Sha256);
            return Redirect($"/imports/{outcome.Import.Id}");
        }
        catch (ImportRefusedException refused)
        {
            ModelState.AddModelError("", refused.Message);
            return Page();
        }
    }

    /// <summary>The layout that the answers make; null, with the reasons said, when they make none.</summary>
    private Layout? Layout()
    {
        if (string.IsNullOrWhiteSpace(Name)) ModelState.AddModelError(nameof(Name), "Enter a name for tables of this kind");
        if (Status is not ("provisional" or "checked" or "final")) ModelState.AddModelError(nameof(Status), "Select how firm the results are");
        string? urn = One("urn"), laestab = One("laestab"), year = One("year"), status = One("status");
        if (!Columns.Any(column => column.Holds is "urn" or "laestab")) ModelState.AddModelError("", "Choose the column that holds the school’s URN, or its LAESTAB number");
        var cells = new Dictionary<(string Measure, string Group), Dictionary<string, string>>();
        var pupils = new Dictionary<string, string>();
        for (var i = 0; i < Columns.Count; i++)
        {
            var column = Columns[i];
            if (column.Holds is not ("value" or "numerator" or "denominator")) continue;
            var group = Catalogue.FindGroup(column.Group ?? "") ?? Catalogue.All;
            if (column.Holds == "denominator" && string.IsNullOrWhiteSpace(column.Measure))
            {
                if (!pupils.TryAdd(group.Code, column.Name)) ModelState.AddModelError($"Columns[{i}].Holds", $"{column.Name} and {pupils[group.Code]} both say how many pupils there were ({group.Label}); keep one, or name the measure of each");
                continue;
            }
            if (MeasureOf(column.Measure) is not { } measure)
            {
                ModelState.AddModelError($"Columns[{i}].Measure", string.IsNullOrWhiteSpace(column.Measure) ? $"Choose the measure of column {column.Name}" : $"‘{column.Measure}’ is no measure of the catalogue; choose one from the list");
                continue;
            }
            if (!cells.TryGetValue((measure.Code, group.Code), out var cell)) cells[(measure.Code, group.Code)] = cell = [];
            if (!cell.TryAdd(column.Holds, column.Name))
                ModelState.AddModelError($"Columns[{i}].Holds", $"{column.Name} and {cell[column.Holds]} hold the same of {measure.Code} for {group.Label}; keep one");
        }
        if (cells.Count == 0 && ModelState.IsValid) ModelState.AddModelError("", "Choose at least one column with results");
        foreach (var ((code, group), roles) in cells)
        {
            var measure = Catalogue.Measure(code);
            if (!roles.ContainsKey("denominator") && pupils.TryGetValue(group, out var counted)) roles["denominator"] = counted;
            if (!roles.ContainsKey("value") && (measure.Kind is not (MeasureKind.Proportion or MeasureKind.Rate) || !roles.ContainsKey("numerator")))
                ModelState.AddModelError("", $"For {code} there is a number of pupils but no result: choose the column with the {(measure.Kind is MeasureKind.Proportion or MeasureKind.Rate ? "percentage, or with how many reached it" : "score or the number itself")}");
            else if (!roles.ContainsKey("denominator") && Release.NeedsBase(measure, Catalogue.Group(group)))
                ModelState.AddModelError("", $"For {code} ({Catalogue.Group(group).Label}) choose the column with how many pupils there were. A result that may be about one child is not shown");
        }
        if (!ModelState.IsValid) return null;
        return new Layout
        {
            Id = SavedLayoutImporter.Format,
            Title = Name!.Trim(),
            Source = "mapped by a person",
            Rank = 5,
            Recognise = [.. SavedLayoutImporter.ColumnsOf(Upload)],
            Year = new YearRule { Column = year, FileName = year is null },
            Place = urn is null ? new PlaceRule { Laestab = laestab } : new PlaceRule { Urn = urn },
            Status = status is null ? Status : null,
            StatusColumn = status,
            Strict = true,
            TotalRows = true,
            Measures = [.. cells.Select(cell => new MeasureColumns
            {
                Measure = cell.Key.Measure,
                Groups = [cell.Key.Group],
                Value = cell.Value.GetValueOrDefault("value"),
                Numerator = cell.Value.GetValueOrDefault("numerator"),
                Base = cell.Value.GetValueOrDefault("denominator"),
            })],
        };
    }

    private string? One(string holds)
    {
        var found = Columns.Where(column => column.Holds == holds).Select(column => column.Name).ToList();
        if (found.Count > 1) ModelState.AddModelError("", $"Only one column can hold {(holds == "urn" ? "the school’s URN" : holds == "laestab" ? "the school’s LAESTAB number" : holds == "year" ? "the academic year" : "the status")}; these were chosen: {string.Join(", ", found)}");
        return found.Count == 1 ? found[0] : null;
    }

    private static Measure? MeasureOf(string? text) => Catalogue.Measures.FirstOrDefault(measure =>
        string.Equals(measure.Code, text?.Trim(), StringComparison.OrdinalIgnoreCase) || string.Equals(measure.Label, text?.Trim(), StringComparison.OrdinalIgnoreCase) || string.Equals(measure.Short, text?.Trim(), StringComparison.OrdinalIgnoreCase));

    /// <summary>The columns that have a name of their own.</summary>
    private List<int> Named() => [.. Enumerable.Range(0, Upload.Header.Count).Where(column => Upload.Header[column].Length > 0 && Upload.Column(Upload.Header[column]) == column)];

    private void Load()
    {
        Columns = [.. Columns.Take(MostColumns)];
        var rows = Upload.Rows().Take(3).Select(row => Columns.Select(column => row.Text(Upload.Column(column.Name))).ToArray()).ToList();
        Examples = [.. Columns.Select((_, i) => string.Join(" · ", rows.Select(row => row[i]).Where(text => text.Length > 0).Select(text => text.Length > 40 ? text[..40] + "…" : text)))];
    }
}
