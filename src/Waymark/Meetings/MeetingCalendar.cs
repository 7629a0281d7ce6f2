using Microsoft.EntityFrameworkCore;
using Waymark.Clusters;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared.Documents;

namespace Waymark.Meetings;

/// <summary>Meetings as events of calendars, and who may follow which.</summary>
public static class MeetingCalendar
{
    /// <param name="site">Where the pages are, for the way back: "https://waymark.example.org".</param>
    /// <param name="withLink">The way to join online; for members.</param>
    public static CalendarEvent ToEvent(this Meeting meeting, string site, DateTime stampUtc, bool withLink, CalendarAddress? organizer = null, IReadOnlyList<CalendarAddress>? attendees = null) => new(
        meeting.Uid, meeting.Sequence, meeting.Day.ToDateTime(meeting.Starts), meeting.Day.ToDateTime(meeting.Ends),
        meeting.Kind == MeetingKind.Cluster ? $"{meeting.Title}: cluster meeting" : meeting.Title, meeting.Venue,
        meeting.IsOff ? $"Cancelled: {meeting.CancelledBecause}" : "", $"{site}/meetings/{meeting.Id}", withLink && meeting.JoiningLink.Length > 0 && !meeting.IsOff ? meeting.JoiningLink : null, meeting.IsOff, stampUtc, organizer, attendees);

    extension(WaymarkDb db)
    {
        /// <summary>What a feed shows: everybody's, a cluster's with those it holds jointly, or those of the places that a person has a role for.</summary>
        /// <param name="own">The person's clusters, for a feed of their own.</param>
        public IReadOnlyList<Meeting> MeetingsOf(CalendarFeed feed, IReadOnlyCollection<int> own)
        {
            var meetings = db.Meetings.AsNoTracking().Include(meeting => meeting.Clusters).OrderBy(meeting => meeting.Day).ThenBy(meeting => meeting.Id).AsEnumerable();
            IReadOnlyCollection<int> clusters = feed.Own ? own : feed.ClusterId is { } one ? [one] : [];
            if (!feed.Own && feed.ClusterId is null) return [.. meetings];
            var joint = db.ClustersOfJoint().Where(of => clusters.Contains(of.Child.Number)).Select(of => of.Parent.Number).Concat(clusters).ToHashSet();
            // A person's own calendar has what is for everybody, too; a cluster's has not.
            return [.. meetings.Where(meeting => meeting.Clusters.Exists(of => joint.Contains(of.ClusterId)) || (feed.Own && meeting.Clusters.Count == 0 && meeting.Kind is not (MeetingKind.Board or MeetingKind.WorkingGroup)))];
        }
    }
}
