using Microsoft.EntityFrameworkCore;
using Waymark.Clusters;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared;
using Waymark.Shared.Access;

namespace Waymark.Meetings;

/// <summary>What of the meetings waits for a person this half term: the next meeting of their clusters; for who runs them, what is to close, to write and to circulate.</summary>
internal static class WhatWaits
{
    public static IEnumerable<Need> For(WaymarkDb db, Caller caller, DateOnly today, DateOnly until)
    {
        var runs = caller.Roles.Where(held => held.Role is RoleKind.Officer or RoleKind.ClusterLead).Select(held => held.Place).ToHashSet();
        var own = caller.Roles.SelectMany(held => HttpAccess.Around(db, held.Place, today)).Where(place => place.Kind == PlaceKind.Cluster).ToHashSet();
        // An officer attends every cluster's meeting.
        var everywhere = caller.Holds(RoleKind.Officer);
        var joint = db.ClustersOfJoint().Where(of => own.Contains(of.Child) || own.Contains(of.Parent)).SelectMany(of => new[] { of.Child, of.Parent });
        var mine = own.Concat(joint).Select(place => place.Number).ToHashSet();
        var from = today.AddDays(-60);
        var meetings = db.Meetings.AsNoTracking().Include(meeting => meeting.Clusters).Where(meeting => meeting.Day >= from && meeting.Day <= until && meeting.State != MeetingState.Cancelled).OrderBy(meeting => meeting.Day).ToList()
            .Where(meeting => everywhere || meeting.Clusters.Exists(of => mine.Contains(of.ClusterId)) || (meeting.Kind == MeetingKind.Board && caller.Holds(RoleKind.BoardMember))).ToList();
        foreach (var meeting in meetings)
        {
            var address = $"/meetings/{meeting.Id}";
            var isRun = everywhere || runs.Contains(Room.PlaceOf(meeting));
            if (meeting.Day >= today && meeting.State is MeetingState.Scheduled or MeetingState.Open) yield return new Need($"Come to the meeting on {MeetingWords.LongDay(meeting.Day)} at {MeetingWords.Time(meeting.Starts)}", meeting.Title, address, meeting.Day);
            else if (isRun && meeting.State is MeetingState.Scheduled or MeetingState.Open) yield return new Need("Close the meeting, or cancel it", meeting.Title, $"{address}/close", null);
            else if (isRun && meeting is { IsHeld: true, Minutes: MinutesState.Draft } && db.Set<AgendaItem>().Any(item => item.MeetingId == meeting.Id)) yield return new Need("Circulate the minutes", meeting.Title, $"{address}/minutes", null);
        }
        foreach (var round in meetings.Where(meeting => meeting is { IsHeld: true, Kind: MeetingKind.Cluster }).Select(meeting => meeting.Round).Distinct())
            foreach (var due in db.LettersDue(round).GroupBy(of => of.Meeting.Id).Where(of => everywhere || runs.Contains(Room.PlaceOf(of.First().Meeting))))
                yield return new Need(due.Count() == 1 ? "Write the letter to the school that was missed" : $"Write the letters to the {due.Count()} schools that were missed", due.First().Meeting.Title, $"/meetings/{due.Key}/letters", null);
    }
}
