using Microsoft.AspNetCore.Html;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared.Web;

namespace Waymark.Meetings.Pages;

/// <summary>The QR code that hangs on the wall while the meeting runs.</summary>
public sealed class PosterModel(WaymarkDb db, LocalClock clock) : MeetingPage(db, clock)
{
    public string? Address { get; private set; }
    public IHtmlContent? Picture { get; private set; }

    public void OnGet()
    {
        if (Meeting.State != MeetingState.Open || Meeting.DoorKey is null) return;
        Address = HttpContext.RequestServices.GetRequiredService<PublicAddress>().Of($"/door/{Meeting.DoorKey}");
        Picture = QrPicture.Of(Address, "QR code: sign in to the meeting");
    }
}
