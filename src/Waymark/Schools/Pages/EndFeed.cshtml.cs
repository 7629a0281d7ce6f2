using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Shared.Web;

namespace Waymark.Schools.Pages;

/// <summary>Pupils go there no longer, from a day on; what was stays.</summary>
public sealed class EndFeedModel(WaymarkDb db) : PageModel
{
    [BindProperty, Display(Name = "Last day"), Required(ErrorMessage = "Enter the last day")] public DateOnly? LastDay { get; set; }

    public Feed Feed { get; private set; } = null!;
    public string Words { get; private set; } = "";

    public IActionResult OnGet(int id)
    {
        ModelState.Clear();
        return Load(id) ? Page() : NotFound();
    }

    public IActionResult OnPost(int id)
    {
        if (!Load(id)) return NotFound();
        if (ModelState.IsValid && Feed.End(LastDay!.Value) is { } rule) ModelState.AddModelError(nameof(LastDay), rule.TrimEnd('.'));
        if (!ModelState.IsValid) return Page();
        db.SaveFeeds();
        TempData.Done($"{Words} ended on {LastDay:d MMMM yyyy}");
        return Redirect("/pyramids");
    }

    private bool Load(int id)
    {
        if (db.Feeds.FirstOrDefault(feed => feed.Id == id && feed.State == FeedState.Confirmed) is not { } feed) return false;
        Feed = feed;
        var names = db.Schools.AsNoTracking().Where(school => school.Urn == feed.Feeder || school.Urn == feed.Receiver).ToDictionary(school => school.Urn, school => school.Name);
        Words = $"{names.GetValueOrDefault(feed.Feeder, $"School {feed.Feeder}")} to {names.GetValueOrDefault(feed.Receiver, $"school {feed.Receiver}")}";
        return true;
    }
}
