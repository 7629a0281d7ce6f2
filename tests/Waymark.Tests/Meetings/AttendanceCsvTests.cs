using System.Text;
using Microsoft.EntityFrameworkCore;
using Waymark.Clusters;
using Waymark.Field;
using Waymark.Meetings;
using Waymark.Shared.Imports;
using Waymark.Tests.Shared;

namespace Waymark.Tests.Meetings;

/// <summary>Past meetings come in from a spreadsheet, previewed, counted once, and go again when it is taken back.</summary>
public sealed class AttendanceCsvTests
{
    private static ImportDesk Desk(TestStore store) => new(store.Store, Waymark.Shared.Room.All.SelectMany(room => room.Importers), new LocalClock(TimeProvider.System));

    [SkippableTheory, Databases]
    public void A_past_meeting_comes_with_its_file_and_goes_with_it(Database database)
    {
        using var store = TestStore.WithExample(database);
        using var db = store.Open();
        var members = db.MemberSchoolsOn(new DateOnly(2016, 3, 1), db.FindCluster("dunstable")!).Where(member => member.IsFull).Select(member => member.School).ToList();
        var lines = $"cluster,held_on,urn,school,name,role,representatives,apology\r\nDunstable,01/03/2016,{members[0].Urn},,Ann Lee,Headteacher,,\r\nDunstable,01/03/2016,{members[0].Urn},,Bo Hart,Governor,,\r\nDunstable,01/03/2016,,{members[1].Name},,,3,\r\nDunstable,01/03/2016,{members[2].Urn},,Cy Poe,,,yes\r\nDunstable,01/03/2016,{members[3].Urn},,,,0,no\r\n";
        var desk = Desk(store);
        var outcome = desk.Stage("meetings.csv", Encoding.UTF8.GetBytes(lines));
        outcome.Refused.ShouldBeFalse(string.Join("; ", outcome.Notes));
        (outcome.Import.RowsRead, outcome.Import.RowsKept, outcome.Import.RowsListed).ShouldBe((5, 4, 1));
        db.Meetings.Count(meeting => meeting.Day == new DateOnly(2016, 3, 1)).ShouldBe(0, "nobody sees it before it is confirmed");
        Waymark.Shared.Room.All.SelectMany(room => room.Preview(db, db.Imports.Single(import => import.Id == outcome.Import.Id))).ShouldContain(table => table.Caption == "Meetings in this file" && table.Rows.Count == 1);

        desk.Publish(outcome.Import.Id).ShouldBeNull();
        var tally = Tally.Of(Attendances.Of(db, new HalfTerm(AcademicYear.Ending(2016), 4)).All);
        (tally.Members, tally.Present, tally.Apologies, tally.Representatives, tally.Absent).ShouldBe((members.Count, 2, 1, 5, members.Count - 2));

        desk.Withdraw(outcome.Import.Id).ShouldBeNull();
        db.Meetings.Count(meeting => meeting.Day == new DateOnly(2016, 3, 1)).ShouldBe(0);
        db.Set<Representative>().Count(who => who.Name == "Bo Hart" && who.ImportId != null).ShouldBe(0);
    }

    [SkippableTheory, Databases]
    public async Task What_is_given_out_reads_back_and_doubles_nobody(Database database)
    {
        using var store = TestStore.WithExample(database);
        var csv = (await WaymarkProcess.Run(store, "export", "attendance", "--csv")).Output;
        var desk = Desk(store);
        var outcome = desk.Stage("attendance.csv", Encoding.UTF8.GetBytes(csv));
        outcome.Refused.ShouldBeFalse(string.Join("; ", outcome.Notes));
        using var db = store.Open();
        var before = Attendances.Of(db).All.Sum(of => of.Came.Count);
        desk.Publish(outcome.Import.Id).ShouldBeNull();
        var after = Attendances.Of(db);
        after.Meetings.Count().ShouldBe(7);
        after.All.Sum(of => of.Came.Count).ShouldBe(before, "who is in the list already is not doubled");
    }

    [Fact]
    public void Every_fault_is_told_with_its_line()
    {
        using var store = TestStore.WithExample(Database.Sqlite);
        var outcome = Desk(store).Stage("a.csv", "cluster,held_on,urn,representatives\r\nNowhere,soon,12,many\r\nDunstable,2016-03-01,999999,1\r\n"u8.ToArray());
        outcome.Refused.ShouldBeTrue();
        outcome.Notes.Where(note => note.Kind == NoteKind.Fault).Select(note => (note.Line, note.Column)).ShouldBe([(2, "cluster"), (2, "held_on"), (2, "urn"), (2, "representatives"), (3, "urn")]);
    }
}
