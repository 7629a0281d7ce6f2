using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared.Access;
using Waymark.Shared.Documents;
using Waymark.Shared.Imports;

namespace Waymark.Meetings.Pages;

/// <summary>A meeting as its reader may see it: when and where for everybody, the rest for members, the minutes once they are published for everybody again.</summary>
public sealed class ShowModel(WaymarkDb db, LocalClock clock) : MeetingPage(db, clock)
{
    public Table Agenda { get; private set; } = null!;
    public IReadOnlyList<AgendaItem> Minuted { get; private set; } = [];
    public int LeftOut { get; private set; }
    public bool MinutesAgreed => Meeting.Minutes >= MinutesState.Agreed;
    public bool ShowsMinutes => Minuted.Count + LeftOut > 0 && (Meeting.Minutes == MinutesState.Published || (HttpContext.Caller.IsMember && Meeting.Minutes > MinutesState.Draft));
    public Meeting? Before { get; private set; }
    public Table Promised { get; private set; } = null!;
    /// <summary>Files of results that came into use since the last meeting.</summary>
    public IReadOnlyList<string> Loaded { get; private set; } = [];
    public Table? Attendance { get; private set; }
    public string AttendanceInWords { get; private set; } = "";
    public IReadOnlyList<PaperLink> Papers { get; private set; } = [];

    public sealed record PaperLink(int Id, string Title);

    public void OnGet()
    {
        LoadAgenda();
        // What is confidential is for who belongs to the meeting: not for other clusters, never for the public.
        var shown = Meeting.Items.Where(item => !item.Confidential || IsOwn).ToList();
        Agenda = new Table("agenda", $"{Meeting.Items.Count} items, {Meeting.Items.Sum(item => item.Minutes)} minutes",
            [new("item", "Item", ColumnRole.Label), new("purpose", "Purpose"), new("owner", "Who leads"), new("minutes", "Minutes", ColumnRole.Number)],
            [.. shown.Select(item => new Row([new($"{item.Position}. {item.Title}", Href: HttpContext.Caller.IsMember || Decisions.IsPublic(item, Meeting) ? $"{Decisions.Address}{item.Id}" : null), new(item.Purpose.InWords()), new(item.Owner), new($"{item.Minutes}", item.Minutes)]))]);
        Minuted = [.. shown.Where(item => item.Discussion.Length + item.Decision.Length + item.Actions.Count > 0 || item.Resonates != Resonance.NotAsked)];
        LeftOut = Meeting.Items.Count - shown.Count;
        if (!HttpContext.Caller.IsMember) return;
        Papers = [.. Db.Set<Paper>().Where(paper => paper.MeetingId == Meeting.Id).OrderBy(paper => paper.Position).Select(paper => new PaperLink(paper.Id, paper.Title))];
        LookBack();
        if (Meeting is { IsHeld: true, Kind: MeetingKind.Cluster }) CountAttendance();
    }

    /// <summary>The last meeting of the same clusters, or of the same kind: what was promised there, and what came of it.</summary>
    private void LookBack()
    {
        var clusters = Meeting.Clusters.Select(of => of.ClusterId).ToList();
        Before = Db.MeetingsWithAgenda.AsNoTracking().Where(other => other.Day < Meeting.Day && other.State == MeetingState.Closed && other.Kind == Meeting.Kind && (clusters.Count == 0 || other.Clusters.Any(of => clusters.Contains(of.ClusterId))))
            .OrderByDescending(other => other.Day).FirstOrDefault();
        if (Before is null) return;
        Promised = new Table("promised", "What was promised",
            [new("what", "What", ColumnRole.Label), new("owner", "Who"), new("due", "By"), new("outcome", "What came of it")],
            [.. Before.Items.SelectMany(item => item.Actions).Select(action => new Row([new(action.What), new(action.Owner), new(MeetingWords.Day(action.Due)), new(action.Outcome.Length > 0 ? action.Outcome : action.Due < Clock.Today ? "Nothing is reported, and the day has passed" : "Nothing is reported yet")]))]);
        var since = Before.EndsUtc;
        Loaded = [.. Db.Imports.AsNoTracking().Where(import => import.State == ImportState.Published && import.FiguresNew + import.FiguresChanged > 0).OrderByDescending(import => import.Id).AsEnumerable()
            .Where(import => import.ImportedAt > since).Take(10).Select(import => $"{import.Title}: {import.FiguresNew + import.FiguresChanged:N0} figures new or changed")];
    }

    private void CountAttendance()
    {
        var attendances = Attendances.Of(Db, Meeting.Round);
        var here = attendances.At(Meeting).ToList();
        var tally = Tally.Of(here);
        AttendanceInWords = $"{tally.Present} of {tally.Members} member schools were represented ({Share(tally.Present, tally.Members)})"
            + (tally.Elsewhere > 0 ? $"; {tally.Elsewhere} more went to another cluster’s meeting" : "") + (tally.Guests > 0 ? $"; {tally.Guests} came that are not full members" : "")
            + $". {tally.Representatives} {(tally.Representatives == 1 ? "person" : "people")} came for schools, and {tally.Apologies} {(tally.Apologies == 1 ? "school" : "schools")} sent apologies.";
        Attendance = new Table("came", "Schools",
            [new("school", "School", ColumnRole.Label), new("membership", "Membership"), new("came", "Who came")],
            [.. here.Select(of => new Row([new(of.School.Name, Href: $"/schools/{of.School.Urn}"), new(AttendanceWords.Of(of.Standing)), new(AttendanceWords.Came(of))]))]);
    }

    internal static string Share(int part, int of) => of == 0 ? "no members" : $"{Math.Round(100.0 * part / of, MidpointRounding.AwayFromZero):0}%";
}

internal static class AttendanceWords
{
    public static string Of(Standing standing) => standing switch { Standing.Full => "Full member", Standing.Associate => "Associate", Standing.Guest => "Guest of another cluster", _ => "In no cluster" };

    public static string Came(SchoolAtMeeting of) => of.IsPresent ? string.Join("; ", of.Came.Select(One))
        : of.Apology is { } apology ? $"Apologies{(apology.By.Length > 0 ? $" from {apology.By}" : "")}{(of.WentElsewhere ? "; went to another cluster’s meeting" : "")}"
        : of.WentElsewhere ? "Went to another cluster’s meeting" : "Nobody";

    public static string One(Representative who) => string.Join(", ", new[]
    {
        who.Name.Length > 0 ? who.Name : "Somebody, not named", who.Role, who.StandsInFor.Length > 0 ? $"for {who.StandsInFor}" : "", who.Late ? "late" : "", who.Online ? "online" : "",
    }.Where(text => text.Length > 0));
}
