using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Shared.Access;
using Waymark.Shared.Documents;
using Waymark.Shared.Web;

namespace Waymark.Shared.Imports.Pages;

/// <summary>One import: looked at before it is confirmed, and afterwards.</summary>
public sealed class ShowModel(WaymarkDb db, ImportDesk desk) : PageModel
{
    public Import Import { get; private set; } = null!;
    public IReadOnlyList<Table> Tables { get; private set; } = [];
    public IReadOnlyList<string> Remarks { get; private set; } = [];
    public IReadOnlyList<ImportNotes.Group> Listed { get; private set; } = [];
    public IReadOnlyList<ImportNotes.Group> Columns { get; private set; } = [];

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        var id = int.Parse((string)RouteData.Values["id"]!, System.Globalization.CultureInfo.InvariantCulture);
        // What nobody has confirmed yet is seen only by who may confirm it.
        if (db.Imports.AsNoTracking().FirstOrDefault(import => import.Id == id) is { } found && (found.State != ImportState.Staged || HttpContext.May(Permissions.LoadData))) Import = found;
        else context.Result = NotFound();
    }

    public void OnGet() => Load();

    public IActionResult OnPostConfirm()
    {
        if (Rule(() => desk.Publish(Import.Id)) is { } rule) return Again(rule);
        TempData.Done($"{Import.FileName} is in use");
        return Redirect($"/imports/{Import.Id}");
    }

    public IActionResult OnPostDiscard()
    {
        if (Import.State != ImportState.Staged) return Again("Only a file that waits to be confirmed can be thrown away.");
        if (Rule(() => { desk.Discard(Import.Id); return null; }) is { } rule) return Again(rule);
        TempData.Done($"{Import.FileName} was thrown away");
        return Redirect("/imports");
    }

    public IActionResult OnGetNotes()
    {
        var file = new MemoryStream();
        TableCsv.Write(ImportNotes.All(Notes()), file);
        return File(file.ToArray(), "text/csv; charset=utf-8", $"notes-{Import.Id}.csv");
    }

    internal static string? Rule(Func<string?> act)
    {
        try
        {
            return act();
        }
        catch (ImportRefusedException refused)
        {
            return refused.Message;
        }
    }

    private PageResult Again(string rule)
    {
        ModelState.AddModelError("", rule);
        Load();
        return Page();
    }

    private List<ImportNote> Notes() => [.. db.ImportNotes.AsNoTracking().Where(note => note.ImportId == Import.Id).OrderBy(note => note.Id)];

    private void Load()
    {
        var notes = Notes();
        Remarks = [.. notes.Where(note => note.Kind == NoteKind.Remark).Select(note => note.Sentence)];
        Listed = ImportNotes.Grouped(notes, NoteKind.RowListed);
        Columns = ImportNotes.Grouped(notes, NoteKind.ColumnUnknown);
        Tables = [.. Room.All.SelectMany(room => room.Preview(db, Import))];
    }
}
