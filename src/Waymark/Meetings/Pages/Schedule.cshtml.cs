using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Clusters;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared.Documents;

namespace Waymark.Meetings.Pages;

/// <summary>The year's meetings by half term, for everybody.</summary>
public sealed class ScheduleModel(WaymarkDb db, LocalClock clock) : PageModel
{
    public AcademicYear Year { get; private set; }
    public string? Cluster { get; private set; }
    public string ClusterQuery => Cluster is { Length: > 0 } ? "&cluster=" + Uri.EscapeDataString(Cluster) : "";
    public IReadOnlyList<Cluster> AllClusters { get; private set; } = [];
    public IReadOnlyList<Table> ByHalfTerm { get; private set; } = [];

    public void OnGet(string? year, string? cluster)
    {
        // A year or a cluster that is none shows what there is: the boxes are a help, not a question.
        Year = AcademicYear.TryParseCode(year, out var wanted) ? wanted : AcademicYear.Of(clock.Today);
        AllClusters = [.. db.Clusters.AsNoTracking()];
        var of = AllClusters.FirstOrDefault(each => each.Slug == cluster);
        Cluster = of?.Slug;
        var (first, last) = (Year.FirstDay, Year.LastDay);
        var meetings = db.Meetings.AsNoTracking().Include(meeting => meeting.Clusters).Where(meeting => meeting.Day >= first && meeting.Day <= last && (of == null || meeting.Clusters.Any(each => each.ClusterId == of.Id)))
            .OrderBy(meeting => meeting.Day).ThenBy(meeting => meeting.Starts).ToList();
        ByHalfTerm = [.. meetings.GroupBy(meeting => meeting.Round).OrderBy(round => round.Key).Select(round => TableOf(round.Key, [.. round]))];
    }

    private static Table TableOf(HalfTerm round, List<Meeting> meetings) => new($"half-{round.Code}", char.ToUpperInvariant(round.InWords[0]) + round.InWords[1..],
        [new("meeting", "Meeting", ColumnRole.Label), new("day", "Day"), new("time", "Time"), new("kind", "Kind"), new("venue", "Where"), new("state", "State")],
        [.. meetings.Select(meeting => new Row(
        [
            new(meeting.Title, Href: $"/meetings/{meeting.Id}"), new(meeting.Day.ToString("ddd d MMM yyyy", Wording.English)), new(MeetingWords.Hours(meeting)), new(meeting.Kind.InWords()), new(meeting.Venue), new(meeting.State.InWords()),
        ]))]);
}
