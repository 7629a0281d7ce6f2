using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Evidence;
using Waymark.Shared.Imports;

namespace Waymark.Outcomes.Imports.Pages;

/// <summary>The local results of one import in the long layout: what was mapped from a spreadsheet can be handed on.</summary>
public sealed class LocalResultsModel(WaymarkDb db) : PageModel
{
    public IActionResult OnGet(int id)
    {
        if (!db.Imports.AsNoTracking().Any(import => import.Id == id)) return NotFound();
        var file = new MemoryStream();
        LocalResultsCsv.Write(db.Figures.AsNoTracking().Where(figure => figure.ImportId == id).AsEnumerable().Where(figure => figure.Status != FigureStatus.Published), file);
        return File(file.ToArray(), "text/csv; charset=utf-8", "local-results.csv");
    }
}
