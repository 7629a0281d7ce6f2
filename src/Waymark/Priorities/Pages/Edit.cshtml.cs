using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared.Access;
using Waymark.Shared.Web;

namespace Waymark.Priorities.Pages;

/// <summary>A priority's words and horizon; its end, and its being opened again.</summary>
public sealed class EditModel(WaymarkDb db, LocalClock clock) : FormPage
{
    [BindProperty, Display(Name = "Priority")] public string? Title { get; set; }
    [BindProperty, Display(Name = "Horizon")] public Horizon? Horizon { get; set; }
    [BindProperty, Display(Name = "More about it"), StringLength(Priority.LongestText)] public string? Detail { get; set; }
    [BindProperty, Display(Name = "What came of it")] public string? Outcome { get; set; }

    public Priority Priority { get; private set; } = null!;

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context) => Priority = HttpContext.Record<Priority>();

    public void OnGet() => (Title, Horizon, Detail) = (Priority.Title, Priority.Horizon, Priority.Detail);

    public IActionResult OnPost()
    {
        Say(nameof(Title), Priority.CheckTitle(Title, db.AllPriorities.AsNoTracking().AsEnumerable().Where(other => other.IsOpen && other.Place == Priority.Place && other.Id != Priority.Id).Select(other => other.Title)));
        Say(nameof(Horizon), Horizon is null || !Enum.IsDefined(Horizon.Value) ? "Select the horizon" : null);
        if (!ModelState.IsValid) return Page();
        (Priority.Title, Priority.Horizon, Priority.Detail) = (Title!.Trim(), Horizon!.Value, Detail?.Trim() ?? "");
        return Saved("The priority was saved");
    }

    public IActionResult OnPostEnd() => Ruled(Priority.End(clock.Today, Outcome), "The priority has ended");

    public IActionResult OnPostReopen() => Ruled(Priority.Reopen(), "The priority is open again");

    private IActionResult Ruled(string? rule, string done)
    {
        ModelState.Clear();
        Say(nameof(Outcome), rule);
        if (ModelState.IsValid) return Saved(done);
        var typed = Outcome;
        OnGet();
        Outcome = typed;
        return Page();
    }

    private RedirectResult Saved(string sentence)
    {
        db.SaveChanges();
        TempData.Done(sentence);
        return Redirect($"/priorities/{Priority.Id}");
    }
}
