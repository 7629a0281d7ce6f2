using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Field;

namespace Waymark.Meetings.Pages;

/// <summary>A paper of a meeting, as it was attached.</summary>
public sealed class PaperModel(WaymarkDb db, LocalClock clock) : MeetingPage(db, clock)
{
    public IActionResult OnGet(int paper)
    {
        if (Db.Set<Paper>().AsNoTracking().FirstOrDefault(each => each.Id == paper && each.MeetingId == Meeting.Id) is not { } found) return NotFound();
        // Always a download: nothing that somebody attached runs in this site's name.
        return File(found.Content, "application/octet-stream", found.FileName);
    }
}
