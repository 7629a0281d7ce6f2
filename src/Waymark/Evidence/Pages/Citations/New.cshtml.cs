using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared;
using Waymark.Shared.Access;
using Waymark.Shared.Web;

namespace Waymark.Evidence.Pages.Citations;

/// <summary>Freezes what a record says, and puts it under the record that rests on it.</summary>
public sealed class NewModel(WaymarkDb db, LocalClock clock) : PageModel
{
    private const int MostRecent = 20;

    [BindProperty(SupportsGet = true), Display(Name = "Address of the record"), StringLength(500)] public string? Address { get; set; }
    [BindProperty, Display(Name = "Or what was cited before")] public int? Earlier { get; set; }
    /// <summary>Kind and key of what rests on it, with a slash between.</summary>
    [BindProperty(SupportsGet = true), Display(Name = "What rests on it")] public string? For { get; set; }

    public LiveRecord? Found { get; private set; }
    public IReadOnlyList<SelectListItem> Targets { get; private set; } = [];
    public IReadOnlyList<SelectListItem> Recent { get; private set; } = [];

    public void OnGet()
    {
        Load();
        Found = Citable.At(Address) is var (citable, key) ? citable.Find(db, key) : null;
    }

    public IActionResult OnPost()
    {
        Load();
        var (kind, key) = SplitTarget(For);
        if (For is { Length: > 0 } && !Targets.Any(target => target.Value == For)) ModelState.AddModelError(nameof(For), "Select what rests on it from the list");
        var citation = Earlier is { } id ? db.Citations.FirstOrDefault(citation => citation.Id == id) : null;
        if (Earlier is not null && citation is null) ModelState.AddModelError(nameof(Earlier), "Select a citation from the list");
        var at = Citable.At(Address);
        if (Earlier is null && string.IsNullOrWhiteSpace(Address)) ModelState.AddModelError(nameof(Address), "Enter the address of the record");
        else if (Earlier is null && (at is null || at.Value.Citable.Find(db, at.Value.Key) is null)) ModelState.AddModelError(nameof(Address), "There is no record that can be cited at this address. Copy it from the record’s own page");
        if (!ModelState.IsValid) return Page();
        citation ??= db.Cite(at!.Value.Citable.Kind, at.Value.Key, clock.Today, HttpContext.Caller.PersonId)!;
        if (kind is null)
        {
            TempData.Done($"{citation.Title} was cited");
            return Redirect(citation.Address);
        }
        db.Rest(kind.Kind, key, citation);
        TempData.Done($"{citation.Title} was cited");
        return Redirect(kind.Address + key);
    }

    private void Load()
    {
        Targets = [.. TargetsOf(db, HttpContext)];
        // Without a record to put it under, a second look at an old citation is not a new one.
        if (For is { Length: > 0 })
            Recent = [new("", ""), .. db.Citations.AsNoTracking().OrderByDescending(citation => citation.Id).Take(MostRecent).AsEnumerable()
                .Select(citation => new SelectListItem($"{citation.Title}: {citation.Wording}", citation.Id.ToString(CultureInfo.InvariantCulture)))];
    }

    /// <summary>The records under which this person may put evidence, after an empty choice; nothing where there are none.</summary>
    internal static IEnumerable<SelectListItem> TargetsOf(WaymarkDb db, HttpContext http)
    {
        var targets = Citable.All.Where(citable => citable is { Open: not null, OpenTo: not null })
            .SelectMany(citable => citable.Open!(db).Where(record => http.May(citable.OpenTo!, record.Place)).Select(record => new SelectListItem($"{CitationSets.Sentence(citable.Words)}: {record.Title}", $"{citable.Kind}/{record.Key}"))).ToList();
        return targets.Count == 0 ? [] : targets.Prepend(new("Nothing yet", ""));
    }

    internal static (Citable? Kind, string Key) SplitTarget(string? target)
    {
        var slash = (target ?? "").IndexOf('/', StringComparison.Ordinal);
        return slash > 0 ? (Citable.Of(target![..slash]), target[(slash + 1)..]) : (null, "");
    }
}
