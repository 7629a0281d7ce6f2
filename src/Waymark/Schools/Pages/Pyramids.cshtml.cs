using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared.Documents;
using Waymark.Shared.Ledger;
using Waymark.Shared.Web;

namespace Waymark.Schools.Pages;

/// <summary>Every pyramid with its feeds, those of today first; what a person changed can be undone.</summary>
public sealed class PyramidsModel(WaymarkDb db, LocalClock clock) : PageModel
{
    private const int MostChanges = 20;

    public sealed record Part(Pyramid Pyramid, Table Feeds, IReadOnlyList<(Feed Feed, string Words)> Lines);

    public IReadOnlyList<Part> Parts { get; private set; } = [];
    public IReadOnlyList<RecordedChange> Changes { get; private set; } = [];

    public void OnGet()
    {
        var feeds = Feeds();
        var schools = SchoolsOf(feeds);
        Parts = [.. db.Pyramids.AsNoTracking().OrderBy(pyramid => pyramid.Name).ToList()
            .Select(pyramid => (pyramid, feeds: feeds.Where(feed => feed.PyramidId == pyramid.Id).ToList()))
            .Where(part => part.feeds.Count > 0)
            .Select(part => new Part(part.pyramid, Show($"pyramid-{part.pyramid.Id}", $"Who goes on to whom in {part.pyramid.Name}", part.feeds, schools),
                [.. part.feeds.Select(feed => (feed, $"{Name(schools, feed.Feeder)} to {Name(schools, feed.Receiver)}{(feed.Span.Until is null ? "" : $" {feed.Span}")}"))]))];
        Changes = db.RecentChanges(record => record.Through != default(PlaceKey), MostChanges);
    }

    public IActionResult OnPostUndo(long id)
    {
        if (!db.Set<LedgerRecord>().Any(record => record.Sequence == id && record.Through != default(PlaceKey))) return NotFound();
        if (db.Undo(id, clock.UtcNow) is { } rule)
        {
            ModelState.AddModelError("", rule.TrimEnd('.'));
            OnGet();
            return Page();
        }
        TempData.Done("The change was undone");
        return Redirect("/pyramids");
    }

    /// <summary>pyramids.csv as it is read back: every feed there is and was.</summary>
    public IActionResult OnGetCsv()
    {
        var feeds = Feeds();
        var schools = SchoolsOf(feeds);
        var names = db.Pyramids.AsNoTracking().ToDictionary(pyramid => pyramid.Id, pyramid => pyramid.Name);
        using var csv = new MemoryStream();
        TableCsv.Write(new Table("pyramids", "Pyramids",
            [new("pyramid", "Pyramid"), new("feeder_urn", "Feeder"), new("feeder", "Feeder's name"), new("receiver_urn", "Receiver"), new("receiver", "Receiver's name"), new("from", "From"), new("until", "Until")],
            [.. feeds.OrderBy(feed => names[feed.PyramidId], StringComparer.CurrentCulture).ThenBy(feed => Name(schools, feed.Receiver), StringComparer.CurrentCulture).ThenBy(feed => Name(schools, feed.Feeder), StringComparer.CurrentCulture)
                .ThenBy(feed => feed.Span.From).Select(feed => new Row(
                [
                    new(names[feed.PyramidId]), new(feed.Feeder.ToString()), new(Name(schools, feed.Feeder)), new(feed.Receiver.ToString()), new(Name(schools, feed.Receiver)), new(Iso(feed.Span.From)), new(Iso(feed.Span.Until)),
                ]))]), csv);
        return File(csv.ToArray(), "text/csv; charset=utf-8", "pyramids.csv");

        static string Iso(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
    }

    private List<Feed> Feeds() => [.. db.Feeds().OrderBy(feed => feed.Span.Until is not null && feed.Span.Until < clock.Today)];

    private Dictionary<SchoolUrn, School> SchoolsOf(List<Feed> feeds)
    {
        var urns = feeds.SelectMany(feed => new[] { feed.Feeder, feed.Receiver }).Distinct().ToList();
        return db.Schools.AsNoTracking().Where(school => urns.Contains(school.Urn)).ToDictionary(school => school.Urn);
    }

    private static string Name(Dictionary<SchoolUrn, School> schools, SchoolUrn urn) => schools.TryGetValue(urn, out var school) ? school.Name : $"School {urn}";

    private static Table Show(string id, string caption, List<Feed> feeds, Dictionary<SchoolUrn, School> schools)
    {
        static string Day(DateOnly? day) => day?.ToString("d MMMM yyyy", CultureInfo.CurrentCulture) ?? "";
        return new Table(id, caption, [new("feeder", "Pupils of", ColumnRole.Label), new("phase", "Phase"), new("receiver", "Go on to"), new("from", "From"), new("until", "Until")],
            [.. feeds.OrderBy(feed => Name(schools, feed.Receiver), StringComparer.CurrentCulture).ThenBy(feed => Name(schools, feed.Feeder), StringComparer.CurrentCulture).Select(feed => new Row(
            [
                new(Name(schools, feed.Feeder), Href: $"/schools/{feed.Feeder}"), new(schools.TryGetValue(feed.Feeder, out var feeder) ? ListModel.Sentence(feeder.Phase.InWords()) : ""),
                new(Name(schools, feed.Receiver), Href: $"/schools/{feed.Receiver}"), new(Day(feed.Span.From)), new(Day(feed.Span.Until)),
            ]))]);
    }
}
