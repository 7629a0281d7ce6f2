using Microsoft.EntityFrameworkCore;
using Waymark.Clusters;
using Waymark.Data;
using Waymark.Field;
using Waymark.Schools;

namespace Waymark.Meetings;

/// <summary>A meeting as it is given out.</summary>
public sealed record MeetingRow(int Meeting, string Title, MeetingKind Kind, string Cluster, DateOnly HeldOn, string Starts, string Ends, string Venue, MeetingState State, string HalfTerm, MinutesState Minutes, int? Members, int? Present, int? Guests, int? Apologies, int? Representatives)
{
    public static IEnumerable<MeetingRow> All(WaymarkDb db)
    {
        var names = ClusterNames(db);
        var attendances = Attendances.Of(db).All.ToLookup(of => of.Meeting.Id);
        foreach (var meeting in db.MeetingsWithAttendance.AsNoTracking().ToList())
        {
            var tally = attendances.Contains(meeting.Id) ? Tally.Of(attendances[meeting.Id]) : null;
            yield return new MeetingRow(meeting.Id, meeting.Title, meeting.Kind, Clusters(meeting, names), meeting.Day, MeetingWords.Time(meeting.Starts), MeetingWords.Time(meeting.Ends), meeting.Venue, meeting.State, meeting.Round.InWords, meeting.Minutes,
                tally?.Members, tally?.Present, tally?.Guests, tally?.Apologies, tally?.Representatives);
        }
    }

    internal static Dictionary<int, string> ClusterNames(WaymarkDb db) => db.Clusters.AsNoTracking().ToDictionary(cluster => cluster.Id, cluster => cluster.Name);

    internal static string Clusters(Meeting meeting, IReadOnlyDictionary<int, string> names) => string.Join(" and ", meeting.Clusters.Select(of => names.GetValueOrDefault(of.ClusterId, "")).Where(name => name.Length > 0).Order(StringComparer.Ordinal));
}

/// <summary>One school at one cluster meeting as it is given out: every full member, and whoever else came or sent apologies.</summary>
public sealed record AttendanceRow(int Meeting, string Cluster, DateOnly HeldOn, string School, Standing Membership, bool Present, int Representatives, bool Apology)
{
    public static IEnumerable<AttendanceRow> All(WaymarkDb db)
    {
        var names = MeetingRow.ClusterNames(db);
        return Attendances.Of(db).All.Select(of => new AttendanceRow(of.Meeting.Id, MeetingRow.Clusters(of.Meeting, names), of.Meeting.Day, of.School.Name, of.Standing, of.IsPresent, of.Came.Count, of.Apology is not null));
    }
}

/// <summary>A letter to a school that was missed, with the reason once it answered.</summary>
public sealed record LetterRow(string School, int Urn, string Cluster, DateOnly HeldOn, string HalfTerm, DateOnly IssuedOn, string? Reason, string? Note, DateOnly? AnsweredOn)
{
    public static IEnumerable<LetterRow> All(WaymarkDb db)
    {
        var names = MeetingRow.ClusterNames(db);
        var meetings = db.Meetings.AsNoTracking().Include(meeting => meeting.Clusters).ToDictionary(meeting => meeting.Id);
        var written = db.Letters;
        var schools = db.Schools.AsNoTracking().Where(school => written.Any(letter => letter.Urn == school.Urn)).ToDictionary(school => school.Urn, school => school.Name);
        return db.Letters.AsNoTracking().OrderBy(letter => letter.IssuedOn).ThenBy(letter => letter.Id).AsEnumerable().Select(letter => new LetterRow(schools[letter.Urn], letter.Urn.Value, MeetingRow.Clusters(meetings[letter.MeetingId], names), meetings[letter.MeetingId].Day,
            letter.Round.InWords, letter.IssuedOn, letter.AnsweredOn is null ? null : letter.Reason.InWords(), letter.AnsweredOn is null ? null : letter.Note, letter.AnsweredOn));
    }
}

/// <summary>What was decided, where, and what was promised with it.</summary>
public sealed record DecisionRow(int Meeting, string Title, string Cluster, DateOnly HeldOn, string Item, string Decision, string Action, string Owner, DateOnly? Due, string Outcome)
{
    public static IEnumerable<DecisionRow> All(WaymarkDb db)
    {
        var names = MeetingRow.ClusterNames(db);
        foreach (var meeting in db.MeetingsWithAgenda.AsNoTracking().OrderBy(meeting => meeting.Day).ThenBy(meeting => meeting.Id).AsEnumerable())
            foreach (var item in meeting.Items.Where(item => !item.Confidential && item.Decision.Length + item.Actions.Count > 0))
                foreach (var action in item.Actions.DefaultIfEmpty())
                    yield return new DecisionRow(meeting.Id, meeting.Title, MeetingRow.Clusters(meeting, names), meeting.Day, item.Title, item.Decision, action?.What ?? "", action?.Owner ?? "", action?.Due, action?.Outcome ?? "");
    }
}
