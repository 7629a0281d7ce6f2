using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared.Access;
using Waymark.Shared.Documents;
using Waymark.Shared.Exports;

namespace Waymark.Listening.Pages;

/// <summary>The formats in which results can be taken along.</summary>
internal static class ResultFormats
{
    public sealed record Format(string Extension, string Words, string ContentType);

    public static IReadOnlyList<Format> All { get; } =
    [
        new("pptx", "Slides (PowerPoint)", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
        new("xlsx", "Workbook (Excel)", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        new("csv", "Shares (CSV)", "text/csv; charset=utf-8"),
    ];
}

/// <summary>The results as a file, made from the same report as the page.</summary>
public sealed class ResultsFileModel(WaymarkDb db, LocalClock clock) : PageModel
{
    public IActionResult OnGet(string format, int? place)
    {
        var survey = HttpContext.Record<Survey>();
        if (ResultFormats.All.FirstOrDefault(one => one.Extension == format) is not { } wanted) return NotFound();
        var results = SurveyResults.Of(db, survey, clock.Today, HttpContext.May(Room.Run));
        var at = place is { } number && results.Places.Contains(new PlaceKey(number)) ? new PlaceKey(number) : PlaceKey.Partnership;
        if (!results.IsOut) return NotFound();
        using var output = new MemoryStream();
        if (wanted.Extension == "csv") TableCsv.Write(Export.Of("results", "Results", Permission.Read, (_, _) => ResultRow.Of(db, results, at)).Table(ResultRow.Of(db, results, at)), output);
        else if (wanted.Extension == "pptx") PptxWriter.Write(ResultsReport.Of(db, results, at, clock.Today), output);
        else XlsxWriter.Write(ResultsReport.Of(db, results, at, clock.Today), output);
        return new FileContentResult(output.ToArray(), wanted.ContentType) { FileDownloadName = $"results-{survey.Code}.{wanted.Extension}" };
    }
}
