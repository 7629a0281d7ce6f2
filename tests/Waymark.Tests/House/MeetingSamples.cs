using Waymark.Data;
using Waymark.Meetings;

namespace Waymark.Tests.House;

/// <summary>A meeting of Dunstable with everything that an address of the room can name.</summary>
internal static class MeetingSamples
{
    public static void In(WaymarkDb db, Action<string, object, string> name)
    {
        var held = db.MeetingsWithAgenda.First(meeting => meeting.Title == "Dunstable" && meeting.State == MeetingState.Closed);
        var next = db.Meetings.First(meeting => meeting.Title == "Dunstable" && meeting.State == MeetingState.Scheduled);
        var key = new string('a', 32);
        next.Open(next.Day, key);
        var paper = new Paper { MeetingId = held.Id, Position = 1, Title = "The pack", FileName = "pack.pdf", Sha256 = "", Content = "%PDF-"u8.ToArray(), At = DateTime.UnixEpoch };
        db.AddRange(paper, new CalendarFeed { PersonId = 1, SecretHash = SealKeys.HashOf(new string('a', 48)) });
        db.SaveChanges();
        name("/decisions/{id:int}", db.MeetingsWithAgenda.First(meeting => meeting.Minutes == MinutesState.Published).Items[0].Id, "99999999");
        name("/meetings/{id:int}", held.Id, "99999999");
        name("/agenda/{item}", held.Items[0].Id, "99999999");
        name("{paper:int}", paper.Id, "99999999");
        name("/letters/{id:int}", db.Letters.First(letter => letter.MeetingId == held.Id).Id, "99999999");
        name("/door/{key}", key, new string('b', 32));
        name("/feeds/{secret}", new string('a', 48), new string('b', 48));
    }
}
