using Microsoft.EntityFrameworkCore;
using Waymark.Clusters;
using Waymark.Data;
using Waymark.Field;
using Waymark.Schools;

namespace Waymark.Meetings;

/// <summary>What a school is to the meeting it was expected at, or came to.</summary>
public enum Standing
{
    /// <summary>A full member on the day: it is expected.</summary>
    Full = 0,
    /// <summary>An associate: welcome, and absent only if it says so.</summary>
    Associate = 1,
    /// <summary>Of another cluster.</summary>
    Guest = 2,
    /// <summary>Of no cluster.</summary>
    None = 3,
}

/// <summary>One school at one meeting that was held.</summary>
/// <param name="Line">The newest URN of its line: one school under two numbers is one.</param>
public sealed record SchoolAtMeeting(Meeting Meeting, School School, SchoolUrn Line, Standing Standing, IReadOnlyList<Representative> Came, Apology? Apology)
{
    public bool IsPresent => Came.Count > 0;

    /// <summary>Not here, but at another cluster's meeting of the same half term: no absence.</summary>
    public bool WentElsewhere { get; init; }

    public bool IsAbsent => Standing == Standing.Full && !IsPresent && !WentElsewhere;
}

/// <summary>A meeting's attendance in numbers. Each number is of its base: the full members on the day.</summary>
public sealed record Tally(int Members, int Present, int Elsewhere, int Absent, int Guests, int Apologies, int Representatives)
{
    /// <summary>Schools that were there, members or not.</summary>
    public int Schools => Present + Guests;

    public static Tally Of(IEnumerable<SchoolAtMeeting> meeting)
    {
        var all = meeting.ToList();
        return new Tally(all.Count(of => of.Standing == Standing.Full), all.Count(of => of.Standing == Standing.Full && of.IsPresent), all.Count(of => of.Standing == Standing.Full && of.WentElsewhere), all.Count(of => of.IsAbsent),
            all.Count(of => of.Standing != Standing.Full && of.IsPresent), all.Count(of => of.Apology is not null), all.Sum(of => of.Came.Count));
    }
}

/// <summary>
/// Who was at the cluster meetings that were held: counted, never typed in. Members are those of the meeting's day; what was cancelled counts for nothing; a school in several
/// clusters is one school in the partnership's total.
/// </summary>
public sealed class Attendances
{
    private Attendances(IReadOnlyList<SchoolAtMeeting> all) => All = all;

    /// <summary>By the meeting's time, then members by phase and name, then guests.</summary>
    public IReadOnlyList<SchoolAtMeeting> All { get; }

    public IEnumerable<SchoolAtMeeting> At(Meeting meeting) => All.Where(of => of.Meeting.Id == meeting.Id);

    public IEnumerable<Meeting> Meetings => All.Select(of => of.Meeting).DistinctBy(meeting => meeting.Id);

    /// <summary>Different schools that belonged to a cluster that met.</summary>
    public int DifferentMembers => All.Where(of => of.Standing == Standing.Full).Select(of => of.Line).Distinct().Count();

    /// <summary>Different schools that were at one of the meetings at least.</summary>
    public int DifferentPresent => All.Where(of => of.IsPresent).Select(of => of.Line).Distinct().Count();

    /// <summary>Those that neither came nor sent somebody to any meeting of the half term: each once, at the first meeting of its own that it missed.</summary>
    public IReadOnlyList<SchoolAtMeeting> Missing => [.. All.Where(of => of.IsAbsent).GroupBy(of => (of.Line, of.Meeting.Round)).Select(of => of.First())];

    /// <summary>The cluster meetings held in some half terms, or in all.</summary>
    public static Attendances Of(WaymarkDb db, params IReadOnlyCollection<HalfTerm> rounds)
    {
        var meetings = db.MeetingsWithAttendance.AsNoTracking().Where(meeting => meeting.State == MeetingState.Closed && meeting.Kind == MeetingKind.Cluster && (rounds.Count == 0 || rounds.Contains(meeting.Round))).ToList();
        return Of(db, meetings);
    }

    /// <summary>Of meetings that may still be under way, too: the list at the door.</summary>
    public static Attendances Of(WaymarkDb db, IReadOnlyList<Meeting> meetings)
    {
        var byDay = meetings.Select(meeting => meeting.Day).Distinct().ToDictionary(day => day, day => db.MemberSchoolsOn(day));
        var came = meetings.SelectMany(meeting => meeting.Representatives).Select(who => who.Urn).OfType<SchoolUrn>().Concat(meetings.SelectMany(meeting => meeting.Apologies).Select(apology => apology.Urn)).Distinct().ToList();
        var urns = byDay.Values.SelectMany(members => members).Select(member => member.School.Urn).Concat(came).Distinct().ToList();
        var lines = db.LinesOf(urns).ToDictionary(line => line.Key, line => line.Value[^1]);
        var schools = db.Schools.AsNoTracking().Where(school => came.Contains(school.Urn)).ToDictionary(school => school.Urn);
        var rows = meetings.SelectMany(meeting => At(meeting, byDay[meeting.Day], lines, schools)).ToList();
        var present = rows.Where(of => of.IsPresent && of.Meeting.Kind == MeetingKind.Cluster).Select(of => (of.Line, of.Meeting.Round)).ToHashSet();
        return new Attendances([.. rows.Select(of => of with { WentElsewhere = !of.IsPresent && present.Contains((of.Line, of.Meeting.Round)) })]);
    }

    private static IEnumerable<SchoolAtMeeting> At(Meeting meeting, IReadOnlyList<MemberSchool> members, Dictionary<SchoolUrn, SchoolUrn> lines, Dictionary<SchoolUrn, School> schools)
    {
        var here = meeting.Clusters.Select(of => of.ClusterId).ToHashSet();
        var came = meeting.Representatives.Where(who => who.Urn is not null).ToLookup(who => lines[who.Urn!.Value]);
        var apologies = meeting.Apologies.ToLookup(apology => lines[apology.Urn]);
        var shown = new HashSet<SchoolUrn>();
        foreach (var of in members.Where(member => here.Contains(member.Membership.ClusterId)).GroupBy(member => lines[member.School.Urn]))
        {
            var isFull = of.Any(member => member.IsFull);
            // An associate that neither came nor wrote is not missed.
            if (!isFull && !came.Contains(of.Key) && !apologies.Contains(of.Key)) continue;
            shown.Add(of.Key);
            yield return new SchoolAtMeeting(meeting, of.First().School, of.Key, isFull ? Standing.Full : Standing.Associate, [.. came[of.Key]], apologies[of.Key].FirstOrDefault());
        }
        var elsewhere = members.Where(member => member.IsFull).Select(member => lines[member.School.Urn]).ToHashSet();
        foreach (var line in came.Select(of => of.Key).Concat(apologies.Select(of => of.Key)).Distinct().Where(line => !shown.Contains(line)).ToList())
        {
            var school = schools[came[line].Select(who => who.Urn!.Value).Concat(apologies[line].Select(apology => apology.Urn)).First()];
            yield return new SchoolAtMeeting(meeting, school, line, elsewhere.Contains(line) ? Standing.Guest : Standing.None, [.. came[line]], apologies[line].FirstOrDefault());
        }
    }
}
