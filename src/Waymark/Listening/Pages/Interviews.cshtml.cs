using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Evidence;
using Waymark.Field;
using Waymark.Shared.Access;
using Waymark.Shared.Documents;

namespace Waymark.Listening.Pages;

/// <summary>The interviews of a round, and how many of their answers are coded.</summary>
public sealed class InterviewsModel(WaymarkDb db, LocalClock clock) : PageModel
{
    public Survey Survey { get; private set; } = null!;
    public DateOnly Today => clock.Today;
    public Table Table { get; private set; } = null!;

    public void OnGet()
    {
        Survey = HttpContext.Record<Survey>();
        var sheets = db.Set<Sheet>().AsNoTracking().Where(sheet => sheet.SurveyId == Survey.Id && sheet.RecordedBy != null).AsEnumerable().OrderBy(sheet => sheet.Day).ToList();
        var names = db.NamesOf([.. sheets.Select(sheet => sheet.Place).Where(place => place != PlaceKey.Partnership).Distinct()]);
        var uncoded = db.Set<Answer>().AsNoTracking().Where(answer => answer.SurveyId == Survey.Id && answer.Verbatim != null && answer.Value == "").AsEnumerable().GroupBy(answer => Convert.ToHexStringLower(answer.SheetKey!)).ToDictionary(of => of.Key, of => of.Count());
        Table = new Table("interviews", "Interviews", [new("school", "School", ColumnRole.Label), new("day", "Day"), new("uncoded", "Answers to code", ColumnRole.Number)],
            [.. sheets.Select(sheet => new Row([new Cell(names.GetValueOrDefault(sheet.Place)?.Name ?? "Not told", Href: $"/surveys/{Survey.Code}/interviews/{Convert.ToHexStringLower(sheet.Key)}"), new Cell(ResultsReport.Day(sheet.Day)), ResultsReport.Number(uncoded.GetValueOrDefault(Convert.ToHexStringLower(sheet.Key)))]))]);
    }
}
