using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Waymark.Clusters;
using Waymark.Data;
using Waymark.Field;
using Waymark.Schools;
using Waymark.Shared.Access;

namespace Waymark.Meetings.Pages;

/// <summary>A cluster's next and last meetings on its home page, those it holds jointly with others included.</summary>
public sealed class ClusterMeetingsPanel(WaymarkDb db, LocalClock clock) : ViewComponent
{
    public sealed record Shown(Meeting? Next, string? NextOf, IReadOnlyList<Meeting> Held, Cluster Cluster);

    public IViewComponentResult Invoke(PlaceKey place)
    {
        var cluster = db.Clusters.AsNoTracking().AsEnumerable().First(each => each.Place == place);
        var today = clock.Today;
        // A joint cluster's meetings are those of its parts, too, and a part's those of the joint one.
        var ids = db.ClustersOfJoint().Where(of => of.Child == place || of.Parent == place).Select(of => of.Child == place ? of.Parent.Number : of.Child.Number).Append(cluster.Id).ToList();
        var of = db.Meetings.AsNoTracking().Where(meeting => meeting.Clusters.Any(each => ids.Contains(each.ClusterId)));
        var next = of.Where(meeting => meeting.Day >= today && (meeting.State == MeetingState.Scheduled || meeting.State == MeetingState.Open)).OrderBy(meeting => meeting.Day).ThenBy(meeting => meeting.Starts).FirstOrDefault();
        var held = of.Where(meeting => meeting.State == MeetingState.Closed).OrderByDescending(meeting => meeting.Day).Take(3).ToList();
        return View("/Meetings/Pages/_ClusterMeetings.cshtml", new Shown(next, next is null || next.Title == cluster.Name ? null : next.Title, held, cluster));
    }
}

/// <summary>A school at meetings: how often it was expected, and was there. For members only.</summary>
public sealed class SchoolMeetingsPanel(WaymarkDb db) : ViewComponent
{
    public IViewComponentResult Invoke(PlaceKey place)
    {
        if (!HttpContext.Caller.IsMember) return Content("");
        var line = db.LineOf(new SchoolUrn(place.Number))[^1];
        IReadOnlyList<SchoolAtMeeting> rows = [.. Attendances.Of(db).All.Where(of => of.Line == line)];
        return View("/Meetings/Pages/_SchoolMeetings.cshtml", rows);
    }
}
