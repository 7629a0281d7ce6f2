using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared.Access;
using Waymark.Shared.Web;

namespace Waymark.Clusters.Pages;

/// <summary>The outlines below the points of the map: added, replaced, taken off and shown again.</summary>
[UploadLimit(BoundarySet.MaxBytes + 65_536)]
public sealed class BoundariesModel(WaymarkDb db, LocalClock clock) : PageModel
{
    [BindProperty, Display(Name = "GeoJSON file")] public IFormFile? Upload { get; set; }
    [BindProperty, Display(Name = "Who must be named")] public string? Attribution { get; set; }

    public BoundarySet? Current { get; private set; }
    public BoundarySet? Removed { get; private set; }

    public void OnGet()
    {
        Current = db.CurrentBoundaries();
        Removed = db.BoundarySets.AsNoTracking().Where(set => set.RemovedAt != null).OrderByDescending(set => set.RemovedAt).FirstOrDefault();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        OnGet();
        if (string.IsNullOrWhiteSpace(Attribution)) ModelState.AddModelError(nameof(Attribution), "Enter the sentence that names the source");
        else if (Attribution.Trim().Length > 500) ModelState.AddModelError(nameof(Attribution), "The sentence must be 500 characters or fewer");
        List<Boundary>? outlines = null;
        var name = Path.GetFileName((Upload?.FileName ?? "").Replace('\\', '/'));
        if (Upload is null) ModelState.AddModelError(nameof(Upload), "Select a GeoJSON file");
        else
        {
            using var content = new MemoryStream();
            await Upload.CopyToAsync(content);
            (outlines, var wrong) = BoundarySet.Read(name, content.GetBuffer().AsSpan(0, (int)content.Length));
            if (wrong is not null) ModelState.AddModelError(nameof(Upload), wrong);
        }
        if (!ModelState.IsValid) return Page();
        Replace(null);
        db.Add(new BoundarySet { FileName = name, Attribution = Attribution!.Trim(), AddedAt = clock.UtcNow, Boundaries = outlines! });
        db.SaveChanges();
        TempData.Done($"{outlines!.Count} outlines are on the map");
        return Redirect("/clusters/boundaries");
    }

    public IActionResult OnPostRemove(int id)
    {
        if (db.BoundarySets.Find(id) is not { } set) return NotFound();
        set.RemovedAt ??= clock.UtcNow;
        db.SaveChanges();
        TempData.Done($"{set.FileName} is off the map");
        return Redirect("/clusters/boundaries");
    }

    public IActionResult OnPostRestore(int id)
    {
        if (db.BoundarySets.Find(id) is not { } set) return NotFound();
        Replace(set);
        db.SaveChanges();
        TempData.Done($"{set.FileName} is on the map again");
        return Redirect("/clusters/boundaries");
    }

    /// <summary>One set is on the map; the others wait to be shown again.</summary>
    private void Replace(BoundarySet? shown)
    {
        foreach (var other in db.BoundarySets.Where(set => set.RemovedAt == null).ToList())
            other.RemovedAt = clock.UtcNow;
        if (shown is not null) shown.RemovedAt = null;
    }
}
