using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Field;
using Waymark.Schools;

namespace Waymark.Meetings;

/// <summary>Which schools a letter is due to: counted from attendance, less those written to already.</summary>
public static class LetterSets
{
    extension(WaymarkDb db)
    {
        /// <summary>Of one half term; with a meeting, only schools that missed that one first.</summary>
        public IReadOnlyList<SchoolAtMeeting> LettersDue(HalfTerm round, int? meetingId = null)
        {
            var missing = Attendances.Of(db, round).Missing;
            var written = db.Letters.AsNoTracking().Where(letter => letter.Round == round).Select(letter => letter.Urn).ToList();
            var lines = db.LinesOf(written).Values.Select(line => line[^1]).ToHashSet();
            return [.. missing.Where(of => !lines.Contains(of.Line) && (meetingId is null || of.Meeting.Id == meetingId))];
        }
    }

    public static Letter ToLetter(this SchoolAtMeeting of, DateOnly today) => new() { MeetingId = of.Meeting.Id, Urn = of.School.Urn, Round = of.Meeting.Round, IssuedOn = today };
}
