using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared.Documents;

namespace Waymark.Meetings.Pages;

/// <summary>A half term's attendance for the board: schools, shares with their base, representatives, by cluster and by phase.</summary>
public sealed class NumbersModel(WaymarkDb db) : PageModel
{
    public IReadOnlyList<HalfTerm> Rounds { get; private set; } = [];
    public HalfTerm Round { get; private set; }
    public string Says { get; private set; } = "";
    public Table ByCluster { get; private set; } = null!;
    public Table ByPhase { get; private set; } = null!;
    public Table Reasons { get; private set; } = null!;

    public void OnGet(string? half)
    {
        Rounds = [.. db.Meetings.AsNoTracking().Where(meeting => meeting.State == MeetingState.Closed && meeting.Kind == MeetingKind.Cluster).Select(meeting => meeting.Round).Distinct().AsEnumerable().OrderDescending()];
        if (Rounds.Count == 0) return;
        Round = HalfTerm.TryCode(half) is { } wanted && Rounds.Contains(wanted) ? wanted : Rounds[0];
        var attendances = Attendances.Of(db, Round);
        var letters = db.Letters.AsNoTracking().Where(letter => letter.Round == Round).ToList();
        var meetings = attendances.Meetings.ToList();
        var sum = attendances.All.Sum(of => of.Came.Count);
        Says = $"{meetings.Count} {(meetings.Count == 1 ? "meeting" : "meetings")}; {attendances.DifferentPresent} of {attendances.DifferentMembers} different schools were represented ({Share(attendances.DifferentPresent, attendances.DifferentMembers)}), by {sum} people. {letters.Count} letters were written.";
        ByCluster = new Table("by_cluster", "By meeting",
            [new("cluster", "Cluster", ColumnRole.Label), new("held_on", "Held on"), .. Columns, new("elsewhere", "Went elsewhere", ColumnRole.Number), new("guests", "Not members", ColumnRole.Number), new("apologies", "Apologies", ColumnRole.Number), new("representatives", "People", ColumnRole.Number)],
            [
                .. meetings.Select(meeting =>
                {
                    var tally = Tally.Of(attendances.At(meeting));
                    return new Row([new(meeting.Title, Href: $"/meetings/{meeting.Id}"), new(MeetingWords.Day(meeting.Day)), .. Cells(tally.Present, tally.Members), Number(tally.Elsewhere), Number(tally.Guests), Number(tally.Apologies), Number(tally.Representatives)]);
                }),
                new Row([new("Different schools"), new(""), .. Cells(attendances.DifferentPresent, attendances.DifferentMembers), new("z", null, "z"), new("z", null, "z"), Number(attendances.All.Where(of => of.Apology is not null).Select(of => of.Line).Distinct().Count()), Number(sum)]),
            ], Note: "A school that is a member of two clusters is one school in the last row; the rows above it do not add up to it. Shares are of full members on the day.");
        ByPhase = new Table("by_phase", "Different schools by phase", [new("phase", "Phase", ColumnRole.Label), .. Columns],
            [.. attendances.All.GroupBy(of => of.School.Phase).OrderBy(of => of.Key).Select(of => new Row([new(of.Key.InWords()), .. Cells(Lines(of.Where(at => at.IsPresent)), Lines(of.Where(at => at.Standing == Standing.Full)))]))]);
        Reasons = new Table("reasons", "Why nobody came, by letter", [new("reason", "Reason", ColumnRole.Label), new("schools", "Schools", ColumnRole.Number)],
            [.. letters.GroupBy(letter => letter.Reason).OrderByDescending(of => of.Count()).Select(of => new Row([new(of.Key.InWords()), Number(of.Count())]))], Note: $"Of {letters.Count} letters.");
    }

    private static Column[] Columns => [new("members", "Members", ColumnRole.Number), new("present", "Represented", ColumnRole.Number), new("share", "Share", ColumnRole.Number, "%")];

    private static Cell[] Cells(int present, int members) => [Number(members), Number(present), members == 0 ? new("z", null, "z") : new(Share(present, members), 100.0 * present / members)];

    private static Cell Number(int number) => new(number.ToString("N0", Wording.English), number);

    private static int Lines(IEnumerable<SchoolAtMeeting> of) => of.Select(at => at.Line).Distinct().Count();

    private static string Share(int part, int of) => ShowModel.Share(part, of);
}
