using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared.Web;

namespace Waymark.Schools.Pages;

/// <summary>One school's pupils go on to another, entered by a person.</summary>
public sealed class EnterFeedModel(WaymarkDb db) : PageModel
{
    [BindProperty, Display(Name = "Name of the pyramid"), Required(ErrorMessage = "Enter the name of the pyramid"), StringLength(100)] public string? Pyramid { get; set; }
    [BindProperty(SupportsGet = true), Display(Name = "URN of the school that pupils leave")] public string? Feeder { get; set; }
    [BindProperty, Display(Name = "URN of the school they go on to")] public string? Receiver { get; set; }
    [BindProperty, Display(Name = "First day"), Required(ErrorMessage = "Enter the first day")] public DateOnly? From { get; set; }

    public IReadOnlyList<string> Names => [.. db.Pyramids.AsNoTracking().OrderBy(pyramid => pyramid.Name).Select(pyramid => pyramid.Name)];

    public void OnGet() => ModelState.Clear();

    public IActionResult OnPost()
    {
        var (feeder, receiver) = (Find(nameof(Feeder), Feeder, "the school that pupils leave"), Find(nameof(Receiver), Receiver, "the school they go on to"));
        if (feeder is not null && receiver is not null && Feed.RuleAgainst(feeder, receiver) is { } rule) ModelState.AddModelError(nameof(Receiver), rule.TrimEnd('.'));
        var name = Pyramid?.Trim() ?? "";
        var pyramid = db.Pyramids.AsEnumerable().FirstOrDefault(candidate => string.Equals(candidate.Name, name, StringComparison.OrdinalIgnoreCase));
        if (pyramid is not null && feeder is not null && receiver is not null
            && db.Feeds.FirstOrDefault(feed => feed.PyramidId == pyramid.Id && feed.Feeder == feeder.Urn && feed.Receiver == receiver.Urn && feed.State == FeedState.Confirmed && feed.LastDay == null) is { } going)
            ModelState.AddModelError(nameof(Receiver), $"{feeder.Name} feeds {receiver.Name} already, since {going.FirstDay:d MMMM yyyy}");
        if (!ModelState.IsValid) return Page();
        if (pyramid is null)
        {
            pyramid = new Pyramid { Name = name };
            db.Add(pyramid);
            db.SaveChanges();
        }
        db.Add(new Feed { PyramidId = pyramid.Id, Feeder = feeder!.Urn, Receiver = receiver!.Urn, FirstDay = From!.Value, State = FeedState.Confirmed });
        db.SaveFeeds();
        TempData.Done($"{feeder.Name} feeds {receiver.Name} from {From:d MMMM yyyy}");
        return Redirect("/pyramids");
    }

    private School? Find(string field, string? text, string which)
    {
        if (string.IsNullOrWhiteSpace(text)) ModelState.AddModelError(field, $"Enter the URN of {which}");
        else if (!SchoolUrn.TryParse(text, null, out var urn)) ModelState.AddModelError(field, $"The URN of {which} must be six digits, like 109428");
        else if (db.Schools.AsNoTracking().FirstOrDefault(school => school.Urn == urn) is { } school) return school;
        else ModelState.AddModelError(field, $"No school here has the URN {urn}. Search for the school to find its URN");
        return null;
    }
}
