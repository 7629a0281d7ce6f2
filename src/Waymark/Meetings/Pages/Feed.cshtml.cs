using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Waymark.Clusters;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared.Access;
using Waymark.Shared.Documents;
using Waymark.Shared.Web;

namespace Waymark.Meetings.Pages;

/// <summary>A calendar for calendar programs, behind its secret address.</summary>
public sealed class FeedModel(WaymarkDb db, LocalClock clock) : PageModel
{
    public IActionResult OnGet()
    {
        var feed = HttpContext.Record<CalendarFeed>();
        var own = feed.Own ? OwnClusters(feed.PersonId) : [];
        var site = HttpContext.RequestServices.GetRequiredService<PublicAddress>().Root;
        var text = ICalendar.Write("PUBLISH", db.Read(Setting.AuthorityName) is { } authority ? $"Meetings, {authority}" : "Meetings", db.MeetingsOf(feed, own).Select(meeting => meeting.ToEvent(site, clock.UtcNow, withLink: true)));
        return File(Encoding.UTF8.GetBytes(text), ICalendar.ContentType);
    }

    /// <summary>The clusters in which the person holds a role today, or a school does for which they hold one.</summary>
    private List<int> OwnClusters(int person)
    {
        var places = FeedPlaces.Of(db, person, clock.Today);
        return [.. places.SelectMany(place => place.Kind == PlaceKind.Cluster ? [place] : db.Containments.On(clock.Today).Where(of => of.Child == place).Select(of => of.Parent).AsEnumerable().Where(parent => parent.Kind == PlaceKind.Cluster)).Select(place => place.Number).Distinct()];
    }
}
