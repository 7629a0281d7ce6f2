using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.Rendering;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared.Access;
using Waymark.Shared.Web;

namespace Waymark.Priorities.Pages;

/// <summary>Three questions on one small screen, once a half term: asked of who is signed in, or of who follows the link in a letter.</summary>
public abstract class ProgressForm(WaymarkDb db, LocalClock clock) : FormPage
{
    [BindProperty, Display(Name = "How is it going?")] public Going? Going { get; set; }
    [BindProperty, Display(Name = "What was done?")] public string? DoneSoFar { get; set; }
    [BindProperty, Display(Name = "What comes next?")] public string? Next { get; set; }

    public PlannedAction Action { get; private set; } = null!;

    // A list in one line, so that all three questions stand on a phone's screen.
    public IReadOnlyList<SelectListItem> Choices { get; } = [new("", ""), .. Enum.GetValues<Going>().Select(going => new SelectListItem(going.InWords(), going.ToString()))];

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context) => Action = HttpContext.Record<PlannedAction>();

    public void OnGet() { }

    public IActionResult OnPost()
    {
        Say(nameof(Going), Going is null || !Enum.IsDefined(Going.Value) ? "Select how it is going" : null);
        Say(nameof(DoneSoFar), ProgressReport.CheckDone(DoneSoFar));
        Say(nameof(Next), ProgressReport.CheckNext(Going, Next));
        if (!ModelState.IsValid) return Page();
        db.Add(ProgressReport.Of(Action, Going!.Value, DoneSoFar!, Next, clock.Today, HttpContext.ActionLink?.PersonId ?? HttpContext.Caller.PersonId));
        db.SaveChanges();
        TempData.Done("Thank you. Your report was sent");
        return Redirect(Afterwards);
    }

    protected abstract string Afterwards { get; }
}

/// <summary>For who is signed in.</summary>
public sealed class ProgressModel(WaymarkDb db, LocalClock clock) : ProgressForm(db, clock)
{
    protected override string Afterwards => $"/actions/{Action.Id}";
}

/// <summary>For who follows the link in a letter.</summary>
public sealed class ProgressByLinkModel(WaymarkDb db, LocalClock clock) : ProgressForm(db, clock)
{
    protected override string Afterwards => "/priorities";
}
