using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared.Access;
using Waymark.Shared.Documents;

namespace Waymark.Shared.Exports.Pages;

/// <summary>An export as a file: attendance.csv, attendance.xlsx; ?cluster=Dunstable keeps the rows whose column says so.</summary>
public sealed class FileModel(WaymarkDb db, LocalClock clock) : PageModel
{
    internal const string Workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public IActionResult OnGet(string file)
    {
        if (Named(file) is not var (export, format)) return NotFound();
        if (!HttpContext.May(export.For)) return StatusCode(StatusCodes.Status403Forbidden);
        if (export.Where(Request.Query.Select(asked => KeyValuePair.Create(asked.Key, asked.Value.ToString())), db, clock.Today, out var rows) is not null) return NotFound();
        using var content = new MemoryStream();
        var table = export.Table(rows);
        if (format == "csv") TableCsv.Write(table, content);
        else XlsxWriter.Write(new Report(export.Name, export.Words, "", clock.Today, [], [new Section(export.Name, export.Words, [table])]), content);
        return File(content.ToArray(), format == "csv" ? "text/csv; charset=utf-8" : Workbook, file);
    }

    /// <summary>What the door looks for: an export in a form that there is.</summary>
    internal static Found? Find(string file) => Named(file) is var (export, _) ? new Found(export, PlaceKey.Partnership, null) : null;

    private static (Export Export, string Format)? Named(string file) => file.LastIndexOf('.') is var dot and > 0
        && Export.Find(file[..dot]) is { } export && file[(dot + 1)..] is var format and ("csv" or "xlsx") ? (export, format) : null;
}
