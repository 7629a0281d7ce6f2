using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Waymark.Data;
using Waymark.Shared;
using Waymark.Shared.Access;
using Waymark.Shared.Web;

namespace Waymark.Evidence.Pages.Citations;

/// <summary>One citation: what was frozen, what the record says now, and everything that rests on it.</summary>
public sealed class ShowModel(WaymarkDb db) : PageModel
{
    [BindProperty, Display(Name = "Put it under")] public string? For { get; set; }

    public Citation Citation { get; private set; } = null!;
    public LiveRecord? Live { get; private set; }
    public string Cited { get; private set; } = "";
    public string RecordAddress { get; private set; } = "";
    public IReadOnlyList<(Citable Kind, LiveRecord Record)> Resting { get; private set; } = [];
    public IReadOnlyList<SelectListItem> Targets { get; private set; } = [];

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        Citation = HttpContext.Record<Citation>();
        var citable = Citable.Of(Citation.Kind);
        (Live, RecordAddress, Cited) = (db.LiveOf(Citation), citable?.Address + Citation.Key, citable is null ? "a record" : $"{("aeiou".Contains(citable.Words[0], StringComparison.Ordinal) ? "an" : "a")} {citable.Words}");
        Resting = db.RestingOn(Citation);
        if (HttpContext.May(Room.Cite)) Targets = [.. NewModel.TargetsOf(db, HttpContext).Where(target => !Resting.Any(use => target.Value == $"{use.Kind.Kind}/{use.Record.Key}"))];
        if (Targets.Count == 1) Targets = [];
    }

    public void OnGet() { }

    public IActionResult OnPost()
    {
        var (kind, key) = NewModel.SplitTarget(For);
        if (kind is null || !Targets.Any(target => target.Value == For)) ModelState.AddModelError(nameof(For), "Select what rests on it");
        if (!ModelState.IsValid) return Page();
        db.Rest(kind!.Kind, key, Citation);
        TempData.Done("The evidence was added");
        return Redirect(kind.Address + key);
    }

    public IActionResult OnPostRemove(string? from)
    {
        var (kind, key) = NewModel.SplitTarget(from);
        if (kind?.OpenTo is null || Resting.All(use => use.Kind != kind || use.Record.Key != key)) return NotFound();
        if (!HttpContext.May(kind.OpenTo, Resting.First(use => use.Kind == kind && use.Record.Key == key).Record.Place)) return StatusCode(StatusCodes.Status403Forbidden);
        db.Remove(db.CitationUses.First(use => use.CitationId == Citation.Id && use.Kind == kind.Kind && use.Key == key));
        db.SaveChanges();
        TempData.Done("The evidence was taken away; the citation stays");
        return Redirect(kind.Address + key);
    }
}
