using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared;
using Waymark.Shared.Web;

namespace Waymark.Schools.Pages;

/// <summary>One school: who it is, who it was, whom it feeds; and what other rooms say of it.</summary>
public sealed class ShowModel(WaymarkDb db, LocalClock clock) : PageModel
{
    /// <param name="HasPage">Whether the other school's address leads anywhere.</param>
    public sealed record Event(DateOnly? On, string Sentence, SchoolUrn? Other = null, string? OtherName = null, bool HasPage = false);
    public sealed record FeedLine(Feed Feed, string Pyramid, School Feeder, School Receiver);

    public School School { get; private set; } = null!;
    public IReadOnlyList<SchoolUrn> Line { get; private set; } = [];
    /// <summary>The newest number of the same school here, where this is an earlier one.</summary>
    public SchoolUrn? GoesOnAs { get; private set; }
    public IReadOnlyList<Event> History { get; private set; } = [];
    public IReadOnlyList<(DateOnly From, School School)> Phases { get; private set; } = [];
    public IReadOnlyList<FeedLine> Feeds { get; private set; } = [];
    public IEnumerable<Panel> Panels { get; } = Room.All.SelectMany(room => room.Panels).Where(panel => panel.On == PlaceKind.School).OrderBy(panel => panel.Order);
    public DateOnly Today { get; } = clock.Today;

    public IActionResult OnGet(SchoolUrn urn)
    {
        if (db.Schools.AsNoTracking().FirstOrDefault(school => school.Urn == urn) is not { } school) return NotFound();
        School = school;
        Line = db.LineOf(urn);
        GoesOnAs = db.GoesOnAs(urn);
        Phases = [.. db.HistoriesOf([urn])[urn].PhaseChanges()];
        History = [.. Events().OrderBy(what => what.On is null).ThenBy(what => what.On)];
        var feeds = db.Feeds().Where(feed => Line.Contains(feed.Feeder) || Line.Contains(feed.Receiver)).ToList();
        var ends = feeds.SelectMany(feed => new[] { feed.Feeder, feed.Receiver }).Distinct().ToList();
        var schools = db.Schools.AsNoTracking().Where(candidate => ends.Contains(candidate.Urn)).ToDictionary(candidate => candidate.Urn);
        var pyramids = db.Pyramids.AsNoTracking().ToDictionary(pyramid => pyramid.Id, pyramid => pyramid.Name);
        Feeds = [.. feeds.Where(feed => schools.ContainsKey(feed.Feeder) && schools.ContainsKey(feed.Receiver))
            .Select(feed => new FeedLine(feed, pyramids[feed.PyramidId], schools[feed.Feeder], schools[feed.Receiver]))
            .OrderBy(line => line.Pyramid, StringComparer.CurrentCulture).ThenBy(line => line.Feeder.SearchText, StringComparer.Ordinal)];
        return Page();
    }

    private IEnumerable<Event> Events()
    {
        if (School.OpenedOn is { } opened) yield return new(opened, Line[0] == School.Urn ? "Opened" : "Opened under this number");
        if (School.ClosedOn is { } closed) yield return new(closed, School.IsOpen ? "Proposed to close" : Line[^1] == School.Urn ? "Closed" : "Closed under this number");
        var urns = Line.ToList();
        var links = db.SchoolLinks.AsNoTracking().Where(link => (urns.Contains(link.Predecessor) || urns.Contains(link.Successor))
            && db.Set<Waymark.Shared.Imports.Import>().Any(import => import.Id == link.ImportId && import.State == Waymark.Shared.Imports.ImportState.Published)).ToList();
        var names = links.GroupBy(link => link.Named).ToDictionary(group => group.Key, group => group.MaxBy(link => link.ImportId)!.Name);
        var known = links.SelectMany(link => new[] { link.Predecessor, link.Successor }).Distinct().ToList();
        var here = db.Schools.AsNoTracking().Where(school => known.Contains(school.Urn)).ToList();
        foreach (var school in here) names[school.Urn] = school.Name;
        foreach (var pair in links.GroupBy(link => (link.Predecessor, link.Successor)))
        {
            var newest = pair.Where(link => link.ImportId == pair.Max(other => other.ImportId)).OrderByDescending(link => link.LinkedOn is not null).ThenByDescending(link => link.Kind).First();
            var isOlder = Line.Contains(pair.Key.Successor);
            var (other, otherName) = isOlder ? (pair.Key.Predecessor, names.GetValueOrDefault(pair.Key.Predecessor)) : (pair.Key.Successor, names.GetValueOrDefault(pair.Key.Successor));
            if (isOlder && Line.Contains(pair.Key.Predecessor))
            {
                yield return new(newest.LinkedOn, $"{names.GetValueOrDefault(pair.Key.Predecessor, "School")} ({pair.Key.Predecessor}) went on as {names.GetValueOrDefault(pair.Key.Successor, "school")} ({pair.Key.Successor})");
                continue;
            }
            yield return new(newest.LinkedOn, (newest.Kind, isOlder) switch
            {
                (LinkKind.Succession, true) => "Took the place of",
                (LinkKind.Succession, false) => "Was followed by",
                (LinkKind.Merger, true) => "Took in",
                (LinkKind.Merger, false) => "Was merged into",
                (LinkKind.Amalgamation, true) => "Was made by amalgamating",
                (LinkKind.Amalgamation, false) => "Was amalgamated into",
                (LinkKind.Split, true) => "Was split off from",
                (LinkKind.Split, false) => "Was split; one part is",
                _ => "Is linked with",
            }, other, otherName ?? "school",
                here.Any(school => school.Urn == other));
        }
    }
}
