using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared.Documents;

namespace Waymark.Shared.Imports.Pages;

/// <summary>What is loaded, newest first; what waits to be confirmed stands on top.</summary>
public sealed class IndexModel(WaymarkDb db) : PageModel
{
    private const int PerPage = 25;

    public IReadOnlyList<Import> Imports { get; private set; } = [];
    public int PageNumber { get; private set; }
    public int Pages { get; private set; }

    public Table Waiting => Of("waiting", "Waiting for you to look at them and confirm", import => import.State == ImportState.Staged);
    public Table Read => Of("files", "Files, the newest first", import => import.State != ImportState.Staged);

    public void OnGet([FromQuery(Name = "page")] int number = 1)
    {
        Pages = Math.Max(1, (db.Imports.Count() + PerPage - 1) / PerPage);
        PageNumber = Math.Clamp(number, 1, Pages);
        Imports = [.. db.Imports.AsNoTracking().OrderBy(import => import.State == ImportState.Staged ? 0 : 1).ThenByDescending(import => import.Id).Skip((PageNumber - 1) * PerPage).Take(PerPage)];
    }

    private Table Of(string id, string caption, Func<Import, bool> which) => new(id, caption,
        [new("file", "File", ColumnRole.Label), new("what", "What it is"), new("years", "Year"), new("state", "State"), new("kept", "Rows kept", ColumnRole.Number), new("listed", "Listed with a reason", ColumnRole.Number), new("figures", "Figures", ColumnRole.Number), new("read", "Read on")],
        [.. Imports.Where(which).Select(import => new Row(
        [
            new(import.FileName, Href: $"/imports/{import.Id}"), new(import.Title), new(ImportWords.YearsOf(import)), new(ImportWords.State(import)),
            Number(import.RowsKept), Number(import.RowsListed), Number(import.FiguresNew + import.FiguresChanged + import.FiguresSame), new(LocalClock.ToLondon(import.ImportedAt).ToString("d MMMM yyyy", System.Globalization.CultureInfo.CurrentCulture)),
        ]))]);

    private static Cell Number(int number) => new(number.ToString("N0", System.Globalization.CultureInfo.CurrentCulture), number);
}
