using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.Rendering;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared.Web;

namespace Waymark.Priorities.Pages;

/// <summary>Priorities that sound alike are put side by side, and a person says whether they are the same.</summary>
public sealed class SameModel(WaymarkDb db, LocalClock clock) : FormPage
{
    [BindProperty, Display(Name = "This priority")] public int? Joined { get; set; }
    [BindProperty, Display(Name = "Is the same as")] public int? Into { get; set; }

    public IReadOnlyList<Alike> Pairs { get; private set; } = [];
    public IReadOnlyList<SelectListItem> Open { get; private set; } = [];

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        Pairs = db.AlikePriorities(clock.Today);
        Open = [new("", ""), .. db.SharedPriorities(clock.Today).Where(shared => shared.Priority.IsOpen).Select(shared => new SelectListItem(shared.Priority.Title, PrioritySets.KeyOf(shared.Priority.Id)))];
    }

    public void OnGet() { }

    public IActionResult OnPost(int first, int second, string? keep)
    {
        if (Find(first) is not { } one || Find(second) is not { } other || first == second) return NotFound();
        if (keep is "first" or "second")
        {
            var (kept, given) = keep == "first" ? (one, other) : (other, one);
            return Join(given, kept, "");
        }
        var (low, high) = (Math.Min(first, second), Math.Max(first, second));
        if (db.KeptApart.Find(low, high) is null) db.Add(new KeptApart { FirstId = low, SecondId = high, On = clock.Today });
        db.SaveChanges();
        TempData.Done("They stay two priorities");
        return Redirect("/priorities/same");
    }

    public IActionResult OnPostJoin()
    {
        var (given, kept) = (Find(Joined), Find(Into));
        if (given is null) ModelState.AddModelError(nameof(Joined), "Select a priority");
        if (kept is null) ModelState.AddModelError(nameof(Into), "Select the priority that it is the same as");
        return ModelState.IsValid ? Join(given!, kept!, nameof(Into)) : Page();
    }

    private Priority? Find(int? id) => db.AllPriorities.FirstOrDefault(priority => priority.Id == id);

    private IActionResult Join(Priority given, Priority kept, string question)
    {
        if (given.JoinInto(kept) is { } rule) ModelState.AddModelError(question, rule.TrimEnd('.'));
        if (!ModelState.IsValid) return Page();
        given.Version++;
        db.SaveChanges();
        TempData.Done($"{given.Title} counts as {kept.Title} from now on");
        return Redirect("/priorities/same");
    }
}
