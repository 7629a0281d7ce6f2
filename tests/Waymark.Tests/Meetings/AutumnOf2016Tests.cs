using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Waymark.Clusters;
using Waymark.Field;
using Waymark.Meetings;
using Waymark.Tests.Shared;

namespace Waymark.Tests.Meetings;

/// <summary>The cluster meetings of autumn 2016: what the report says of them comes out, counted from who was there.</summary>
public sealed class AutumnOf2016Tests
{
    private static readonly HalfTerm Round = new(AcademicYear.Ending(2017), 1);

    [SkippableTheory, Databases]
    public void Each_meeting_counts_as_the_report_says(Database database)
    {
        using var store = TestStore.WithExample(database);
        using var db = store.Open();
        var attendances = Attendances.Of(db, Round);

        attendances.Meetings.Select(meeting => { var tally = Tally.Of(attendances.At(meeting)); return (meeting.Title, meeting.Day, tally.Members, tally.Present, tally.Elsewhere, tally.Absent, tally.Guests, tally.Apologies); }).ShouldBe(
        [
            ("Harlington Area Schools Trust", new(2016, 9, 20), 11, 11, 0, 0, 0, 0),
            ("Leighton Buzzard, Linslade and Woburn Sands", new(2016, 9, 28), 28, 18, 0, 10, 0, 0),
            ("Houghton Regis", new(2016, 10, 3), 14, 10, 2, 2, 0, 0),
            ("Sandy and Biggleswade", new(2016, 10, 4), 24, 22, 0, 2, 0, 0),
            ("Stotfold, Shefford and Arlesey", new(2016, 10, 11), 22, 14, 0, 8, 0, 0),
            ("Dunstable", new(2016, 10, 12), 21, 16, 0, 5, 2, 1),
            ("Ampthill, Flitwick and Cranfield", new(2016, 10, 20), 14, 12, 0, 2, 0, 1),
        ]);
        attendances.At(attendances.Meetings.Single(meeting => meeting.Title == "Dunstable")).Where(of => of.Standing == Standing.Guest)
            .Select(of => db.MembershipsOf(of.School.Urn).Select(membership => db.Clusters.Single(cluster => cluster.Id == membership.ClusterId).Name).Single()).ShouldBe(["Houghton Regis", "Houghton Regis"]);
    }

    [SkippableTheory, Databases]
    public void Schools_are_counted_once_and_attendances_each(Database database)
    {
        using var store = TestStore.WithExample(database);
        using var db = store.Open();
        var attendances = Attendances.Of(db, Round);

        attendances.Meetings.Count().ShouldBe(7);
        attendances.All.Count(of => of.Standing == Standing.Full).ShouldBe(134);
        attendances.All.Count(of => of.IsPresent).ShouldBe(105);
        attendances.DifferentMembers.ShouldBe(130);
        attendances.DifferentPresent.ShouldBe(101);
        attendances.Missing.Count.ShouldBe(29);
        db.Letters.Count().ShouldBe(29);
        db.LettersDue(Round).ShouldBeEmpty();
        var inTwo = attendances.All.Where(of => of.Standing == Standing.Full).GroupBy(of => of.Line).Where(of => of.Count() == 2).ToList();
        inTwo.Count.ShouldBe(4);
        inTwo.ShouldAllBe(of => of.All(at => at.IsPresent && at.School.Phase == Phase.Special));
        attendances.All.Count(of => of.Came.Count > 1).ShouldBeGreaterThan(20, "many schools had more than one representative");
    }

    [SkippableTheory, Databases]
    public async Task The_command_line_gives_the_same_counts(Database database)
    {
        using var store = TestStore.WithExample(database);
        using var rows = JsonDocument.Parse((await WaymarkProcess.Run(store, "export", "attendance", "--json")).Output);
        var all = rows.RootElement.EnumerateArray().ToList();

        all[0].EnumerateObject().Select(field => field.Name).ShouldBe(["meeting", "cluster", "heldOn", "school", "membership", "present", "representatives", "apology"]);
        all.Count(row => row.GetProperty("membership").GetString() == "full").ShouldBe(134);
        all.Count(row => row.GetProperty("membership").GetString() == "guest" && row.GetProperty("cluster").GetString() == "Dunstable").ShouldBe(2);
        all.Count(row => row.GetProperty("present").GetBoolean()).ShouldBe(105);
        all.Where(row => row.GetProperty("present").GetBoolean()).Select(row => row.GetProperty("school").GetString()).Distinct().Count().ShouldBe(101);
        all.Select(row => row.GetProperty("school").GetString()).Distinct().Count().ShouldBe(130);
        all.Select(row => row.GetProperty("heldOn").GetString()).Distinct().Order().ShouldBe(["2016-09-20", "2016-09-28", "2016-10-03", "2016-10-04", "2016-10-11", "2016-10-12", "2016-10-20"]);
        using var letters = JsonDocument.Parse((await WaymarkProcess.Run(store, "export", "letters", "--json")).Output);
        letters.RootElement.GetArrayLength().ShouldBe(29);
        using var meetings = JsonDocument.Parse((await WaymarkProcess.Run(store, "export", "meetings", "--json")).Output);
        meetings.RootElement.EnumerateArray().Where(row => row.GetProperty("kind").GetString() == "board" && row.GetProperty("state").GetString() == "closed").Select(row => row.GetProperty("heldOn").GetString())
            .ShouldBe(["2016-05-09", "2016-07-04", "2016-09-19", "2016-11-14"]);
        meetings.RootElement.EnumerateArray().Where(row => row.GetProperty("kind").GetString() is "headsAndGovernors" or "headsAndChairs" or "conference").Select(row => row.GetProperty("heldOn").GetString())
            .ShouldBe(["2016-06-13", "2016-12-01", "2017-03-01", "2017-06-13"]);
    }

    [Fact]
    public void The_store_keeps_its_promises_and_the_boards_minutes_are_published()
    {
        using var store = TestStore.WithExample(Database.Sqlite);
        using var db = store.Open();
        Waymark.Shared.Room.All.Single(room => room.Name == "Meetings").Invariants.SelectMany(invariant => invariant.Broken(db)).ShouldBeEmpty();
        db.MeetingsWithAgenda.Where(meeting => meeting.Kind == MeetingKind.Board && meeting.State == MeetingState.Closed).OrderBy(meeting => meeting.Day).Select(meeting => meeting.Minutes).ToList()
            .ShouldBe([MinutesState.Published, MinutesState.Published, MinutesState.Published, MinutesState.Circulated]);
        db.Set<AgendaTemplate>().Include(template => template.Items).Single().Items.Count.ShouldBe(8);
    }
}
