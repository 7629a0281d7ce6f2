using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;

namespace Waymark.Shared.Imports.Pages;

/// <summary>What is loaded, newest first; what waits to be confirmed stands on top.</summary>
public sealed class IndexModel(WaymarkDb db) : PageModel
{
    private const int PerPage = 25;

    public IReadOnlyList<Import> Imports { get; private set; } = [];
    public int PageNumber { get; private set; }
    public int Pages { get; private set; }

    public void OnGet([FromQuery(Name = "page")] int number = 1)
    {
        Pages = Math.Max(1, (db.Imports.Count() + PerPage - 1) / PerPage);
        PageNumber = Math.Clamp(number, 1, Pages);
        Imports = [.. db.Imports.AsNoTracking().OrderBy(import => import.State == ImportState.Staged ? 0 : 1).ThenByDescending(import => import.Id).Skip((PageNumber - 1) * PerPage).Take(PerPage)];
    }
}
