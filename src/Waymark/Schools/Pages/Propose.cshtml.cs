using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared.Ledger;
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
        var changes = chosen.Select(feed => (Belonging: Feed.Of(pyramids[feed.Pyramid.Name].Id, feed.Feeder.Urn, feed.Receiver.Urn), Feed: feed))
            .Select(of => (of.Belonging, of.Feed, Spans: (IReadOnlyList<Span>)[.. db.SpansOf(of.Belonging), new Span(From!.Value, null)])).ToList();
        foreach (var (_, feed, spans) in changes)
            if (spans[^1].CheckDays() is { } rule) ModelState.AddModelError(nameof(From), rule.TrimEnd('.'));
            else if (Span.Overlap(spans) is var (earlier, _)) ModelState.AddModelError(nameof(From), $"{feed.Feeder.Name} fed {feed.Receiver.Name} {earlier}. Enter a later first day");
        if (!ModelState.IsValid) return Page();
        db.Record(changes.Select(change => (change.Belonging, change.Spans)), $"{chosen.Count} proposed {(chosen.Count == 1 ? "part" : "parts")} confirmed from {From:d MMMM yyyy}", clock.UtcNow);
        TempData.Done($"{chosen.Count} {(chosen.Count == 1 ? "part" : "parts")} of pyramids confirmed from {From:d MMMM yyyy}");
        return Redirect("/pyramids");
    }

    public static string Key(ProposedFeed feed) => $"{feed.Feeder.Urn}-{feed.Receiver.Urn}";

    /// <summary>A school whose pupils go on somewhere already is not asked about again.</summary>
    private void Load()
    {
        HasAuthority = LocalAuthorityCode.TryParse(db.Read(Setting.Authority), null, out var authority);
        if (!HasAuthority) return;
        var feeding = db.LinesOf([.. db.Feeds().Where(feed => feed.Span.Until is null).Select(feed => feed.Feeder).Distinct()]).Values.SelectMany(line => line).ToHashSet();
        Proposed = [.. PyramidProposal.For(db.CurrentSchools.Where(school => school.Authority == authority).ToList()).Where(feed => !feeding.Contains(feed.Feeder.Urn))];
    }
}
