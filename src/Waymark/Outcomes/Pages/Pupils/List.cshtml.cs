using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Waymark.Data;
using Waymark.Evidence;
using Waymark.Field;
using Waymark.Outcomes.Pupils;
using Waymark.Schools;
using Waymark.Shared.Access;
using Waymark.Shared.Documents;

namespace Waymark.Outcomes.Pages.Pupils;

/// <summary>The single pupils of a school. What is searched for travels in the form, never in the address.</summary>
public sealed class ListModel(WaymarkDb db, PupilVault vault, LocalClock clock) : PageModel
{
    public School School => HttpContext.Record<School>();
    public bool IsAgreed { get; private set; }

    /// <summary>Bound to the page and not handed to its handlers, whose arguments a log may show.</summary>
    [BindProperty] public string? Words { get; set; }

    public string Found { get; private set; } = "";
    public Table Table { get; private set; } = new("pupils", "Pupils, by name", [], []);

    public async Task<IActionResult> OnGet() => await Look() ?? Page();

    public async Task<IActionResult> OnPostFindAsync() => await Look() ?? Page();

    public async Task<IActionResult> OnPostFileAsync()
    {
        if (await Look() is { } refused) return refused;
        if (!IsAgreed) return Page();
        var file = new MemoryStream();
        TableCsv.Write(Table, file);
        return File(file.ToArray(), "text/csv; charset=utf-8", $"pupils-{School.Urn}.csv");
    }

    /// <summary>Null when all that fits may be shown.</summary>
    private async Task<IActionResult?> Look()
    {
        if (!(IsAgreed = db.MayBeLookedAt(School.Urn, clock.Today))) return null;
        var all = db.PupilsOf(School.Urn, vault);
        var parts = (Words ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var compare = CultureInfo.CurrentCulture.CompareInfo;
        var shown = all.Where(pupil => Array.TrueForAll(parts, part => pupil.Identity is { } identity && (identity.Upn.Equals(part, StringComparison.OrdinalIgnoreCase) || compare.IndexOf(identity.Name, part, CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace) >= 0))).ToList();
        if (!await HttpContext.LookAt([.. shown.Select(pupil => pupil.Pupil.Record)])) return StatusCode(StatusCodes.Status429TooManyRequests);
        Found = parts.Length == 0 ? all.Count == 0 ? "No file in use holds pupils of this school." : $"{all.Count:N0} {(all.Count == 1 ? "pupil" : "pupils")}." : $"{shown.Count:N0} of {all.Count:N0} pupils.";
        var measures = shown.SelectMany(pupil => pupil.Results).Select(result => (result.Year, result.Measure)).Distinct().OrderByDescending(of => of.Year).ThenBy(of => of.Measure).ToList();
        Table = Table with
        {
            Columns = [new("pupil", "Pupil", ColumnRole.Label), new("upn", "UPN", ColumnRole.Text), new("born", "Born", ColumnRole.Text), .. measures.Select(of => new Column($"{Catalogue.Measure(of.Measure).Code}-{of.Year.Code}", $"{Catalogue.Measure(of.Measure).Label}, {of.Year}", ColumnRole.Text))],
            Rows =
            [
                .. shown.Select(pupil => new Row(
                [
                    new(pupil.Name, Href: $"/schools/{School.Urn}/pupils/{pupil.Pupil.Id}"), new(pupil.Identity?.Upn ?? ""), new(pupil.Identity?.BirthDate.ToString("d MMMM yyyy", CultureInfo.CurrentCulture) ?? ""),
                    .. measures.Select(of => new Cell(pupil.Results.FirstOrDefault(result => result.Year == of.Year && result.Measure == of.Measure) is { } result ? pupil.InWords(result) : "")),
                ])),
            ],
        };
        return null;
    }
}
