using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared;

namespace Waymark.Meetings;

/// <summary>Items of agendas as records that are cited, and under which evidence is put: one address for the question and for what was decided on it.</summary>
internal static class Decisions
{
    public const string Kind = "decision";
    public const string Address = "/decisions/";

    /// <summary>Published minutes are everybody's; what is confidential is cited by nobody outside.</summary>
    public static bool IsPublic(AgendaItem item, Meeting meeting) => !item.Confidential && meeting.Minutes == MinutesState.Published;

    public static LiveRecord? Find(WaymarkDb db, string key)
    {
        if (!int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var id) || db.Set<AgendaItem>().AsNoTracking().FirstOrDefault(item => item.Id == id) is not { } item) return null;
        var meeting = db.Meetings.AsNoTracking().Include(meeting => meeting.Clusters).Single(meeting => meeting.Id == item.MeetingId);
        return item.Confidential || (db.PublishedOnly && !IsPublic(item, meeting)) ? null : Record(item, meeting);
    }

    /// <summary>Items of meetings to come and of those that are not minuted for good.</summary>
    public static IEnumerable<LiveRecord> Open(WaymarkDb db) =>
        db.Meetings.AsNoTracking().Include(meeting => meeting.Clusters).Include(meeting => meeting.Items).Where(meeting => meeting.State != MeetingState.Cancelled && meeting.Minutes < MinutesState.Agreed).OrderByDescending(meeting => meeting.Day).Take(40).ToList()
            .SelectMany(meeting => meeting.Items.Where(item => !item.Confidential).OrderBy(item => item.Position).Select(item => Record(item, meeting)));

    private static LiveRecord Record(AgendaItem item, Meeting meeting) => new(item.Id.ToString(CultureInfo.InvariantCulture), $"{item.Title}: {meeting.Title}, {MeetingWords.Day(meeting.Day)}",
        item.Decision.Length > 0 ? item.Decision.ReplaceLineEndings(" ") : item.Question.Length > 0 ? $"Asked: {item.Question}" : "Nothing is decided yet.", Room.PlaceOf(meeting), IsPublic(item, meeting))
    { On = meeting.Day };
}
