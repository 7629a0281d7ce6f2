using Microsoft.EntityFrameworkCore;
using Waymark.Clusters;
using Waymark.Data;
using Waymark.Schools;
using Waymark.Shared;

namespace Waymark.Meetings;

/// <summary>What always holds among meetings.</summary>
internal static class MeetingInvariants
{
    public static IReadOnlyList<Invariant> All { get; } =
    [
        new("A cluster's meeting has a cluster, and every meeting ends after it starts", WrongMeetings),
        new("Who came, and who was written to, is a school that is there", UnknownSchools),
    ];

    private static IEnumerable<string> WrongMeetings(WaymarkDb db)
    {
        var clusters = db.Set<Cluster>().Select(cluster => cluster.Id).ToHashSet();
        foreach (var meeting in db.Meetings.AsNoTracking().Include(meeting => meeting.Clusters).AsEnumerable())
        {
            if (meeting.Kind == MeetingKind.Cluster && meeting.Clusters.Count == 0) yield return $"Meeting {meeting.Id} ({meeting.Title}) is of no cluster.";
            if (meeting.Clusters.Find(of => !clusters.Contains(of.ClusterId)) is { } gone) yield return $"Meeting {meeting.Id} is of cluster {gone.ClusterId}, which is not there.";
            if (meeting.Ends <= meeting.Starts) yield return $"Meeting {meeting.Id} ends at {meeting.Ends} and starts at {meeting.Starts}.";
        }
    }

    private static IEnumerable<string> UnknownSchools(WaymarkDb db)
    {
        var schools = db.Schools.AsNoTracking().Select(school => school.Urn).ToHashSet();
        foreach (var who in db.Set<Representative>().AsNoTracking().Where(who => who.Urn != null).AsEnumerable().Where(who => !schools.Contains(who.Urn!.Value))) yield return $"Meeting {who.MeetingId} was attended for {who.Urn}, which is no school here.";
        foreach (var letter in db.Letters.AsNoTracking().AsEnumerable().Where(letter => !schools.Contains(letter.Urn))) yield return $"Letter {letter.Id} is to {letter.Urn}, which is no school here.";
    }
}
