using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Shared.Web;

namespace Waymark.Shared.Imports.Pages;

/// <summary>Asks once more, and says what will show instead.</summary>
public sealed class TakeBackModel(WaymarkDb db, ImportDesk desk) : PageModel
{
    public Import Import { get; private set; } = null!;
    public IReadOnlyList<string> Instead { get; private set; } = [];

    public IActionResult OnGet(int id)
    {
        if (db.Imports.AsNoTracking().FirstOrDefault(import => import.Id == id && import.State == ImportState.Published) is not { } import) return NotFound();
        Import = import;
        Instead = [.. Room.All.SelectMany(room => room.TakingBack(db, import))];
        if (Instead.Count == 0) Instead = ["What the files before it say, where there are any."];
        return Page();
    }

    public IActionResult OnPost(int id)
    {
        if (OnGet(id) is not PageResult page) return NotFound();
        if (ShowModel.Rule(() => desk.Withdraw(id)) is { } rule)
        {
            ModelState.AddModelError("", rule);
            return page;
        }
        TempData.Done($"{Import.FileName} was taken back");
        return Redirect($"/imports/{id}");
    }
}
