using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Clusters;
using Waymark.Data;
using Waymark.Shared.Access;
using Waymark.Shared.Web;

namespace Waymark.Meetings.Pages;

/// <summary>A person's secret addresses for calendar programs.</summary>
public sealed class CalendarModel(WaymarkDb db, SealKeys keys) : PageModel
{
    [BindProperty, Display(Name = "Which meetings")] public string? Of { get; set; }

    public IReadOnlyList<Cluster> AllClusters { get; private set; } = [];
    public IReadOnlyList<(CalendarFeed Feed, string Of)> Feeds { get; private set; } = [];

    private int Person => HttpContext.Caller.PersonId!.Value;

    /// <summary>Null where it cannot be shown again.</summary>
    public string? AddressOf(CalendarFeed feed) => feed.Secret(keys) is { } secret ? HttpContext.RequestServices.GetRequiredService<PublicAddress>().Of($"/feeds/{secret}/meetings.ics") : null;

    public void OnGet() => Load();

    public IActionResult OnPost()
    {
        Load();
        var cluster = AllClusters.FirstOrDefault(each => each.Slug == Of);
        if (cluster is null && Of is not ("own" or "all"))
        {
            ModelState.AddModelError(nameof(Of), "Select which meetings");
            return Page();
        }
        var (clusterId, own) = (cluster?.Id, Of == "own");
        if (!Feeds.Any(of => of.Feed.ClusterId == clusterId && of.Feed.Own == own))
        {
            var feed = new CalendarFeed { PersonId = Person, ClusterId = clusterId, Own = own };
            feed.Renew(keys);
            db.Add(feed);
        }
        TempData.Done("Your address is ready");
        return Redirect("/calendar");
    }

    public IActionResult OnPostRenew(int feed)
    {
        var person = Person;
        if (db.Set<CalendarFeed>().FirstOrDefault(each => each.Id == feed && each.PersonId == person) is not { } found) return NotFound();
        found.Renew(keys);
        TempData.Done("The address is new, and the old one has ended");
        return Redirect("/calendar");
    }

    private void Load()
    {
        var person = Person;
        AllClusters = [.. db.Clusters.AsNoTracking()];
        Feeds = [.. db.Set<CalendarFeed>().AsNoTracking().Where(feed => feed.PersonId == person).OrderBy(feed => feed.Id).AsEnumerable()
            .Select(feed => (feed, feed.Own ? "My own" : feed.ClusterId is { } id ? AllClusters.FirstOrDefault(cluster => cluster.Id == id)?.Name ?? "A cluster that is gone" : "All meetings"))];
    }
}
