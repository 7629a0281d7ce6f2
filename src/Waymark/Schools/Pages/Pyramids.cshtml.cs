using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared.Documents;

namespace Waymark.Schools.Pages;

/// <summary>Every pyramid with its feeds, those of today first.</summary>
public sealed class PyramidsModel(WaymarkDb db, LocalClock clock) : PageModel
{
    public sealed record Part(Pyramid Pyramid, Table Feeds, IReadOnlyList<(Feed Feed, string Words)> Going);

    public IReadOnlyList<Part> Parts { get; private set; } = [];

    public void OnGet()
    {
        var feeds = Feeds();
        var schools = SchoolsOf(feeds);
        Parts = [.. db.Pyramids.AsNoTracking().OrderBy(pyramid => pyramid.Name).ToList()
            .Select(pyramid => (pyramid, feeds: feeds.Where(feed => feed.PyramidId == pyramid.Id).ToList()))
            .Where(part => part.feeds.Count > 0)
            .Select(part => new Part(part.pyramid, Show($"pyramid-{part.pyramid.Id}", $"Who goes on to whom in {part.pyramid.Name}", part.feeds, schools, []),
                [.. part.feeds.Where(feed => feed.LastDay is null).Select(feed => (feed, $"{Name(schools, feed.Feeder)} to {Name(schools, feed.Receiver)}"))]))];
    }

    public IActionResult OnGetCsv()
    {
        var feeds = Feeds();
        using var csv = new MemoryStream();
        TableCsv.Write(Show("pyramids", "Pyramids", feeds, SchoolsOf(feeds), db.Pyramids.AsNoTracking().ToDictionary(pyramid => pyramid.Id, pyramid => pyramid.Name)), csv);
        return File(csv.ToArray(), "text/csv; charset=utf-8", "pyramids.csv");
    }

    private List<Feed> Feeds() => [.. db.Feeds.AsNoTracking().Where(feed => feed.State == FeedState.Confirmed).AsEnumerable().OrderBy(feed => feed.LastDay is not null && feed.LastDay < clock.Today)];

    private Dictionary<SchoolUrn, School> SchoolsOf(List<Feed> feeds)
    {
        var urns = feeds.SelectMany(feed => new[] { feed.Feeder, feed.Receiver }).Distinct().ToList();
        return db.Schools.AsNoTracking().Where(school => urns.Contains(school.Urn)).ToDictionary(school => school.Urn);
    }

    private static string Name(Dictionary<SchoolUrn, School> schools, SchoolUrn urn) => schools.TryGetValue(urn, out var school) ? school.Name : $"School {urn}";

    /// <summary>As the CSV file has it, so that the export can be imported again: with the pyramids' names its columns are those of pyramids.csv.</summary>
    private static Table Show(string id, string caption, List<Feed> feeds, Dictionary<SchoolUrn, School> schools, Dictionary<int, string> pyramids)
    {
        var isFile = pyramids.Count > 0;
        List<Column> columns = isFile
            ? [new("pyramid", "Pyramid"), new("feeder_urn", "Feeder"), new("feeder", "Feeder's name"), new("receiver_urn", "Receiver"), new("receiver", "Receiver's name"), new("from", "From"), new("until", "Until")]
            : [new("feeder", "Pupils of", ColumnRole.Label), new("phase", "Phase"), new("receiver", "Go on to"), new("from", "From"), new("until", "Until")];
        string Day(DateOnly? day) => day is not { } known ? "" : isFile ? known.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) : known.ToString("d MMMM yyyy", System.Globalization.CultureInfo.CurrentCulture);
        return new Table(id, caption, columns, [.. feeds.OrderBy(feed => Name(schools, feed.Receiver), StringComparer.CurrentCulture).ThenBy(feed => Name(schools, feed.Feeder), StringComparer.CurrentCulture).Select(feed => new Row(isFile
            ? [new(pyramids[feed.PyramidId]), new(feed.Feeder.ToString()), new(Name(schools, feed.Feeder)), new(feed.Receiver.ToString()), new(Name(schools, feed.Receiver)), new(Day(feed.FirstDay)), new(Day(feed.LastDay))]
            : [new(Name(schools, feed.Feeder), Href: $"/schools/{feed.Feeder}"), new(schools.TryGetValue(feed.Feeder, out var feeder) ? ListModel.Sentence(feeder.Phase.InWords()) : ""),
                new(Name(schools, feed.Receiver), Href: $"/schools/{feed.Receiver}"), new(Day(feed.FirstDay)), new(Day(feed.LastDay))]))]);
    }
}
