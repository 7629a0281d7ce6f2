using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared.Web;

namespace Waymark.Schools.Pages;

/// <summary>Pyramids proposed from ages and places; a person keeps those that are right.</summary>
public sealed class ProposeModel(WaymarkDb db, LocalClock clock) : PageModel
{
    /// <summary>"109428-137947": feeder and receiver.</summary>
    [BindProperty, Display(Name = "Which are right?")] public List<string> Right { get; set; } = [];
    [BindProperty, Display(Name = "First day"), Required(ErrorMessage = "Enter the first day")] public DateOnly? From { get; set; }

    public bool HasAuthority { get; private set; }
    public IReadOnlyList<ProposedFeed> Proposed { get; private set; } = [];

    public void OnGet()
    {
        Load();
        ModelState.Clear();
        From = AcademicYear.Of(clock.Today).FirstDay;
        Right = [.. Proposed.Select(Key)];
    }

    public IActionResult OnPost()
    {
        Load();
        var chosen = Proposed.Where(feed => Right.Contains(Key(feed))).ToList();
        if (chosen.Count == 0) ModelState.AddModelError(nameof(Right), "Select at least one that is right");
        else if (chosen.Count < Right.Distinct().Count()) ModelState.AddModelError(nameof(Right), "The schools have changed since you opened this page. Check the list again");
        if (!ModelState.IsValid) return Page();
        var pyramids = db.Pyramids.ToList().ToDictionary(pyramid => pyramid.Name, StringComparer.OrdinalIgnoreCase);
        foreach (var name in chosen.Select(feed => feed.Pyramid.Name).Distinct(StringComparer.OrdinalIgnoreCase).Where(name => !pyramids.ContainsKey(name)))
            db.Add(pyramids[name] = new Pyramid { Name = name });
        db.SaveChanges();
        db.AddRange(chosen.Select(feed => new Feed { PyramidId = pyramids[feed.Pyramid.Name].Id, Feeder = feed.Feeder.Urn, Receiver = feed.Receiver.Urn, FirstDay = From!.Value, State = FeedState.Confirmed }));
        db.SaveFeeds();
        TempData.Done($"{chosen.Count} {(chosen.Count == 1 ? "part" : "parts")} of pyramids confirmed from {From:d MMMM yyyy}");
        return Redirect("/pyramids");
    }

    public static string Key(ProposedFeed feed) => $"{feed.Feeder.Urn}-{feed.Receiver.Urn}";

    /// <summary>A school whose pupils go on somewhere already is not asked about again.</summary>
    private void Load()
    {
        HasAuthority = LocalAuthorityCode.TryParse(db.Read(Setting.Authority), null, out var authority);
        if (!HasAuthority) return;
        var feeding = db.Feeds.Where(feed => feed.State == FeedState.Confirmed && feed.LastDay == null).Select(feed => feed.Feeder).ToHashSet();
        Proposed = [.. PyramidProposal.For(db.CurrentSchools.Where(school => school.Authority == authority).ToList()).Where(feed => !feeding.Contains(feed.Feeder.Urn))];
    }
}
