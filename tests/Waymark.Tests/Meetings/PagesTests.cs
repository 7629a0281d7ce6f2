using System.IO.Compression;
using System.Net;
using Microsoft.EntityFrameworkCore;
using Waymark.Clusters;
using Waymark.Data;
using Waymark.Field;
using Waymark.Meetings;
using Waymark.Tests.Shared;

namespace Waymark.Tests.Meetings;

/// <summary>The pages of meetings over HTTP, on the example.</summary>
public sealed class PagesTests
{
    private sealed class Room(TestStore store, WaymarkHost host) : IAsyncDisposable
    {
        public static async Task<Room> Of(Database database = Database.Sqlite)
        {
            var store = TestStore.WithExample(database);
            return new Room(store, await WaymarkHost.Serving(store));
        }

        public WaymarkHost Host => host;

        public T Read<T>(Func<WaymarkDb, T> read)
        {
            using var db = store.Open();
            return read(db);
        }

        public void Change(Action<WaymarkDb> change)
        {
            using var db = store.Open();
            change(db);
            db.SaveChanges();
        }

        public int Meeting(string title, MeetingState state = MeetingState.Closed) => Read(db => db.Meetings.First(meeting => meeting.Title == title && meeting.State == state).Id);

        /// <summary>Lets the example live on another day.</summary>
        public void Today(DateOnly day) => Change(db => db.Write(Setting.Today, day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)));

        public async ValueTask DisposeAsync()
        {
            await host.DisposeAsync();
            store.Dispose();
        }
    }

    [SkippableTheory, Databases]
    public async Task Everybody_reads_the_years_schedule(Database database)
    {
        await using var room = await Room.Of(database);
        using var visitor = room.Host.NewVisitor();
        var page = await visitor.Get("/meetings");
        page.Heading.ShouldBe("Meetings in 2016/17");
        page.All("table caption").ShouldBe(["Autumn term 2016, first half", "Autumn term 2016, second half", "Spring term 2017, first half", "Spring term 2017, second half", "Summer term 2017, second half"]);
        page.Rows("#half-2016171 tbody tr").ShouldContain("Dunstable Wed 12 Oct 2016 13:30 to 16:00 Cluster meeting Grove Theatre, Dunstable Held");
        (await visitor.Get("/meetings?year=201516")).Text.ShouldContain("Heads and governors: the refreshed vision");
        var sandy = await visitor.Get("/meetings?cluster=sandy-and-biggleswade&year=201617");
        sandy.All("tbody tr").Count.ShouldBe(2);
        (await visitor.Get("/meetings?year=203031")).Text.ShouldContain("No meeting is scheduled in 2030/31 yet.");
    }

    [Fact]
    public async Task Strangers_see_when_and_where_members_see_who_came()
    {
        await using var room = await Room.Of();
        var id = room.Meeting("Dunstable");
        room.Change(db => db.Meetings.Single(meeting => meeting.Id == id).JoiningLink = "https://meet.example.org/dunstable");
        using var stranger = room.Host.NewVisitor();
        var seen = await stranger.Get($"/meetings/{id}");
        seen.Text.ShouldContain("Wednesday 12 October 2016, 13:30 to 16:00");
        seen.Text.ShouldNotContain("meet.example.org");
        seen.Text.ShouldNotContain("Stephen Garrick");
        seen.Text.ShouldNotContain("Decided:", Case.Sensitive, "the minutes are not published");
        using var head = room.Host.NewVisitor(RoleKind.Viewer);
        var page = await head.Get($"/meetings/{id}");
        page.Text.ShouldContain("meet.example.org");
        page.Text.ShouldContain("16 of 21 member schools were represented (76%); 2 came that are not full members.");
        page.Text.ShouldContain("1 school sent apologies");
        page.All("#came tbody tr").Count.ShouldBe(23);
        page.Text.ShouldContain("It resonated.");
        (await head.Get("/meetings/99999999")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Published_minutes_leave_out_what_is_confidential()
    {
        await using var room = await Room.Of();
        var id = room.Read(db => db.Meetings.First(meeting => meeting.Day == new DateOnly(2016, 7, 4)).Id);
        room.Change(db => db.Add(new AgendaItem { MeetingId = id, Position = 2, Title = "One school’s staffing", Purpose = Purpose.ToDiscuss, Minutes = 5, Confidential = true, Discussion = "What is said here stays here." }));
        using var stranger = room.Host.NewVisitor();
        var page = await stranger.Get($"/meetings/{id}");
        page.Text.ShouldContain("Decided: What services schools can draw on");
        page.Text.ShouldContain("1 item is confidential and left out.");
        page.Html.ShouldNotContain("stays here");
        page.Html.ShouldNotContain("staffing");
        using var board = room.Host.NewVisitor(RoleKind.BoardMember, PlaceKey.Board);
        (await board.Get($"/meetings/{id}")).Text.ShouldContain("What is said here stays here.");
        using var governor = room.Host.NewVisitor(RoleKind.Governor, PlaceKey.School(new SchoolUrn(900104)));
        (await governor.Get($"/meetings/{id}")).Html.ShouldNotContain("stays here");
        (await governor.Get($"/meetings/{id}/wall?item=2")).Html.ShouldNotContain("staffing");
        var item = room.Read(db => db.Set<AgendaItem>().Single(item => item.Confidential).Id);
        (await governor.Get($"/decisions/{item}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await board.Get($"/decisions/{item}")).Text.ShouldContain("What is said here stays here.");
    }

    [SkippableTheory, Databases]
    public async Task A_meeting_is_scheduled_with_the_boards_agenda_moved_and_cancelled(Database database)
    {
        await using var room = await Room.Of(database);
        using var officer = room.Host.NewVisitor(RoleKind.Officer);
        var form = await officer.Get("/meetings/new");
        (await officer.Submit(form, [("Starts", "half past"), ("Ends", "")], "#meeting")).Errors.ShouldBe(["Select the cluster whose meeting it is", "Enter the meeting’s name", "Enter the day", "Enter when it starts, like 13:30", "Enter when it ends, like 16:00"], ignoreOrder: true);
        var done = await officer.Submit(form, [("Of", "sandy"), ("Of", "biggleswade"), ("Day.day", "9"), ("Day.month", "5"), ("Day.year", "2017"), ("Starts", "1.30pm"), ("Ends", "16:00"), ("Venue", "Sandy Village Hall")], "#meeting");
        var page = await officer.Follow(done);
        page.Heading.ShouldBe("Cluster meetingSandy and Biggleswade, 9 May 2017");
        page.Text.ShouldContain("A joint meeting of");
        page.All("#agenda tbody tr").Count.ShouldBe(8);
        var id = int.Parse(page.Address.Segments[^1], System.Globalization.CultureInfo.InvariantCulture);

        var (edit, older) = (await officer.Get($"/meetings/{id}/edit"), await officer.Get($"/meetings/{id}/edit"));
        (await officer.Submit(edit, [("JoiningLink", "javascript:alert(1)")])).Errors.ShouldBe(["The joining link must be an address that begins with https://"]);
        (await officer.Submit(edit, [("Day.day", "16")])).Status.ShouldBe(HttpStatusCode.Redirect);
        room.Read(db => db.Meetings.Single(meeting => meeting.Id == id).Sequence).ShouldBe(1);
        (await officer.Submit(older, [("Day.day", "17")])).Heading.ShouldBe("Somebody else changed this while you were writing");

        var cancel = await officer.Get($"/meetings/{id}/cancel");
        (await officer.Submit(cancel, [("Because", "")])).Errors.ShouldBe(["Say why it is cancelled"]);
        (await officer.Follow(await officer.Submit(cancel, [("Because", "The hall is flooded")]))).Text.ShouldContain("This meeting is cancelled: The hall is flooded");
        using var lead = room.Host.NewVisitor(RoleKind.ClusterLead, PlaceKey.Cluster(room.Read(db => db.FindCluster("dunstable")!.Id)));
        (await lead.Get("/meetings/new")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [SkippableTheory, Databases]
    public async Task From_the_door_to_the_letters(Database database)
    {
        await using var room = await Room.Of(database);
        room.Today(new DateOnly(2017, 1, 31));
        var id = room.Meeting("Houghton Regis", MeetingState.Scheduled);
        var cluster = room.Read(db => db.FindCluster("houghton-regis")!);
        var members = room.Read(db => db.MemberSchoolsOn(new DateOnly(2017, 1, 31), cluster)).Where(member => member.IsFull).ToList();
        using var lead = room.Host.NewVisitor(RoleKind.ClusterLead, cluster.Place);
        var door = await lead.Get($"/meetings/{id}/attendance");
        door.All(".w-door__school").Count.ShouldBe(members.Count + 1, "an associate stands in the list, too");
        (await lead.Get($"/meetings/{id}/door")).Text.ShouldContain("Open the doors first");
        door = await lead.Follow(await lead.Submit(door, [], "#open"));
        foreach (var member in members.Skip(3))
        {
            door = await lead.Follow(await lead.Submit(door, [("name", $"Head of {member.School.Urn}"), ("role", "Headteacher")], $"#sign-{member.School.Urn}"));
            door.Status.ShouldBe(HttpStatusCode.OK);
        }
        door.All("#counts").ShouldBe([$"{members.Count - 3} of {members.Count} members are here; 0 sent apologies."]);
        var tooLong = await lead.Submit(door, [("name", new string('x', 101))], $"#sign-{members[0].School.Urn}");
        tooLong.Errors.ShouldBe(["Names must be 100 characters or fewer"]);
        tooLong.Document.QuerySelector($"#sign-{members[0].School.Urn} [name=name]")!.GetAttribute("value").ShouldBe(new string('x', 101), "what was typed stays");

        // One comes by the code on the wall, from a phone that nobody is signed in on.
        var poster = await lead.Get($"/meetings/{id}/door");
        poster.Document.QuerySelectorAll(".w-poster svg path").Length.ShouldBe(1);
        using var phone = room.Host.NewVisitor();
        var code = new Uri(poster.All(".govuk-body-l a").Single()).AbsolutePath;
        var sign = await phone.Get(code);
        (await phone.Submit(sign, [("Name", "")], "#sign")).Errors.ShouldBe(["Select your school, or enter your organisation", "Enter your name"]);
        (await phone.Follow(await phone.Submit(sign, [("Urn", members[2].School.Urn.ToString()), ("Name", "Dee Holt"), ("StandsInFor", "Kay Low")], "#sign"))).Text.ShouldContain("You are in the list: Dee Holt, for Kay Low");

        var letters = await lead.Follow(await lead.Submit(await lead.Get($"/meetings/{id}/close"), []));
        letters.Heading.ShouldEndWith("Letters to schools that were missed");
        (await phone.Get(code)).Status.ShouldBe(HttpStatusCode.NotFound, "the code works during the meeting only");
        letters.All("#due tbody tr").Count.ShouldBe(2);
        letters.Text.ShouldContain("Still to meet in this half term: ");
        letters = await lead.Follow(await lead.Submit(letters, [], "#issue"));
        letters.All("#written tbody tr").Count.ShouldBe(2);
        letters.All("#issue").ShouldBeEmpty("a school gets one letter");

        var answer = await lead.Get(letters.Link(members[0].School.Name));
        (await lead.Submit(answer, [])).Errors.ShouldBe(["Select the reason"]);
        letters = await lead.Follow(await lead.Submit(answer, [("Reason", nameof(AbsenceReason.NoCover))]));
        letters.Rows("#written tbody tr")[0].ShouldEndWith("No cover at school 31 January 2017");

        var word = await lead.Get($"/meetings/{id}/letters?handler=docx");
        using var zip = new ZipArchive(new MemoryStream(word.Content));
        using var text = new StreamReader(zip.GetEntry("word/document.xml")!.Open());
        var document = text.ReadToEnd();
        document.ShouldContain(members[0].School.Name);
        document.ShouldContain(members[1].School.Name);
        (await lead.Get($"/meetings/{id}/letters?handler=docx")).Content.ShouldBe(word.Content, "the same letters are the same file");
        using var other = room.Host.NewVisitor(RoleKind.ClusterLead, PlaceKey.Cluster(room.Read(db => db.FindCluster("sandy")!.Id)));
        (await other.Get($"/meetings/{id}/attendance")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [SkippableTheory, Databases]
    [Trait("attack", "H08")]
    public async Task Many_sign_in_at_once_and_each_is_there_once(Database database)
    {
        await using var room = await Room.Of(database);
        room.Today(new DateOnly(2017, 2, 7));
        var id = room.Meeting("Dunstable", MeetingState.Scheduled);
        var urn = room.Read(db => db.MemberSchoolsOn(new DateOnly(2017, 2, 7), db.FindCluster("dunstable")!)[0].School.Urn);
        using var officer = room.Host.NewVisitor(RoleKind.Officer);
        await officer.Submit(await officer.Get($"/meetings/{id}/attendance"), [], "#open");
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(async i =>
        {
            using var at = room.Host.NewVisitor(RoleKind.Officer, person: i + 1);
            return await at.Submit(await at.Get($"/meetings/{id}/attendance"), [("name", i % 2 == 0 ? "Ann Lee" : "Bo Hart")], $"#sign-{urn}");
        }));
        answers.ShouldAllBe(answer => answer.Status == HttpStatusCode.Redirect);
        room.Read(db => db.Set<Representative>().Where(who => who.MeetingId == id).Select(who => who.Name).OrderBy(name => name).ToList()).ShouldBe(["Ann Lee", "Bo Hart"]);
    }

    [Fact]
    public async Task A_school_that_goes_to_another_clusters_meeting_gets_no_letter_from_its_own()
    {
        await using var room = await Room.Of();
        room.Today(new DateOnly(2017, 2, 7));
        var (home, away) = (room.Meeting("Houghton Regis", MeetingState.Scheduled), room.Meeting("Dunstable", MeetingState.Scheduled));
        var absent = room.Read(db => db.MemberSchoolsOn(new DateOnly(2017, 2, 7), db.FindCluster("houghton-regis")!).First(member => member.IsFull && db.MembershipsOf(member.School.Urn).Count == 1).School);
        room.Change(db => db.Meetings.Single(meeting => meeting.Id == home).Close(new DateOnly(2017, 2, 7)));
        using var officer = room.Host.NewVisitor(RoleKind.Officer);
        (await officer.Get($"/meetings/{home}/letters")).Text.ShouldContain(absent.Name);
        var door = await officer.Get($"/meetings/{away}/attendance?q={Uri.EscapeDataString(absent.Name)}");
        await officer.Submit(door, [("name", "Ann Lee")], $"#sign-{absent.Urn}");
        await officer.Submit(await officer.Get($"/meetings/{away}/close"), []);
        (await officer.Get($"/meetings/{home}/letters")).All("#due tbody th").ShouldNotContain(absent.Name);
        (await officer.Get($"/meetings/{home}")).Text.ShouldContain("1 more went to another cluster’s meeting");
        (await officer.Get($"/schools/{absent.Urn}")).Text.ShouldContain("went elsewhere instead of 1");
    }

    [SkippableTheory, Databases]
    public async Task Minutes_are_kept_item_by_item_and_become_public_in_steps(Database database)
    {
        await using var room = await Room.Of(database);
        var id = room.Read(db => db.Meetings.First(meeting => meeting.Kind == MeetingKind.Cluster && meeting.Title == "Sandy and Biggleswade" && meeting.State == MeetingState.Closed).Id);
        var item = room.Read(db => db.Set<AgendaItem>().First(item => item.MeetingId == id && item.Position == 3));
        using var officer = room.Host.NewVisitor(RoleKind.Officer);
        using var lead = room.Host.NewVisitor(RoleKind.Officer, person: 2);
        var (page, seenBefore) = (await officer.Get($"/meetings/{id}/minutes"), await lead.Get($"/meetings/{id}/minutes"));
        (await officer.Submit(page, [("discussion", "Much was said"), ("what", "Look at the pack"), ("owner", "")], $"#minute-{item.Id}")).Errors.ShouldBe(["Enter who does it, in 100 characters or fewer"]);
        var saved = await officer.Submit(page, [("discussion", "The gap at key stage 2 stands out"), ("decision", "Look at reading first"), ("what", "Ask for the question-level data"), ("owner", "Helen Ashworth-Reid"), ("due", "2016-11-30")], $"#minute-{item.Id}");
        saved.Status.ShouldBe(HttpStatusCode.Redirect);
        room.Read(db => db.Meetings.Single(meeting => meeting.Id == id).Minutes).ShouldBe(MinutesState.Corrected);
        var late = await lead.Submit(seenBefore, [("discussion", "Mine")], $"#minute-{item.Id}");
        late.Errors.Single().ShouldStartWith("Somebody else saved this item meanwhile: The gap at key stage 2 stands out");
        late.Document.QuerySelector($"#discussion-{item.Id}")!.TextContent.ShouldBe("Mine");

        (await officer.Submit(await officer.Get($"/meetings/{id}/minutes"), [], "#agree")).Errors.ShouldBe(["Select the meeting that agreed them"]);
        var next = room.Meeting("Sandy and Biggleswade", MeetingState.Scheduled);
        room.Change(db => db.Meetings.Single(meeting => meeting.Id == next).Close(new DateOnly(2017, 3, 14)));
        await officer.Submit(await officer.Get($"/meetings/{id}/minutes"), [("at", $"{next}")], "#agree");
        await officer.Submit(await officer.Get($"/meetings/{id}/minutes"), [], "#publish");
        using var stranger = room.Host.NewVisitor();
        (await stranger.Get($"/meetings/{id}")).Text.ShouldContain("Decided: Look at reading first");
        (await officer.Get($"/meetings/{next}")).Text.ShouldContain("Ask for the question-level data");
        (await officer.Get($"/meetings/{id}/wall?item=3")).Text.ShouldContain("Decided: Look at reading first");
    }

    [Fact, Trait("attack", "E03")]
    public async Task Minutes_that_seem_to_hold_something_private_need_a_second_person()
    {
        await using var room = await Room.Of();
        var id = room.Read(db => db.Meetings.First(meeting => meeting.Kind == MeetingKind.Board && meeting.Minutes == MinutesState.Circulated).Id);
        room.Change(db =>
        {
            var meeting = db.MeetingsWithAgenda.Single(meeting => meeting.Id == id);
            meeting.Items[0].Discussion = "The child with A823432112003 and AB 12 34 56 C";
            var later = db.Meetings.First(other => other.Kind == MeetingKind.Board && other.Day > meeting.Day);
            later.State = MeetingState.Closed;
            meeting.MinutesBecome(MinutesState.Agreed, later);
        });
        using var first = room.Host.NewVisitor(RoleKind.Officer, person: 1);
        using var second = room.Host.NewVisitor(RoleKind.Officer, person: 2);
        var page = await first.Get($"/meetings/{id}/minutes");
        page.Text.ShouldContain("item 1 seems to hold a unique pupil number; item 1 seems to hold a national insurance number");
        await first.Submit(page, [], "#publish");
        await first.Submit(await first.Get($"/meetings/{id}/minutes"), [], "#publish");
        room.Read(db => db.Meetings.Single(meeting => meeting.Id == id).Minutes).ShouldBe(MinutesState.Agreed, "one person is not enough, however often");
        await second.Submit(await second.Get($"/meetings/{id}/minutes"), [], "#publish");
        room.Read(db => db.Meetings.Single(meeting => meeting.Id == id).Minutes).ShouldBe(MinutesState.Published);
    }

    [Fact]
    public async Task An_agenda_is_changed_and_a_paper_is_kept_as_it_was()
    {
        await using var room = await Room.Of();
        var id = room.Meeting("Dunstable", MeetingState.Scheduled);
        using var officer = room.Host.NewVisitor(RoleKind.Officer);
        var item = await officer.Get($"/meetings/{id}/agenda/new");
        (await officer.Submit(item, [], "#item")).Errors.ShouldBe(["Enter what the item is about", "Select what it is for", "Enter how many minutes it takes, from 1 to 480"]);
        var agenda = await officer.Follow(await officer.Submit(item, [("Title", "Key stage 2 conference"), ("Purpose", "ToKnow"), ("Minutes", "10")], "#item"));
        agenda.Text.ShouldContain("The meeting is 150 minutes long; the items take 160. That is 10 too many.");
        agenda.Text.ShouldContain("9. Key stage 2 conference");
        (await officer.Submit(agenda, [("PaperTitle", "The pack")], [("Document", "pack.pdf", "MZ not a pdf"u8.ToArray())], "#paper")).Errors.ShouldBe(["The file must be a PDF, Word, Excel or PowerPoint file"]);
        agenda = await officer.Follow(await officer.Submit(agenda, [("PaperTitle", "The pack")], [("Document", "pack.pdf", "%PDF-1.7 the pack of October"u8.ToArray())], "#paper"));
        var paper = await officer.Get(agenda.Link("The pack"));
        paper.Content.ShouldBe("%PDF-1.7 the pack of October"u8.ToArray());
        paper.ContentHeaders.ContentDisposition!.DispositionType.ShouldBe("attachment");
    }

    [SkippableTheory, Databases]
    public async Task The_board_reads_attendance_in_numbers_with_its_base(Database database)
    {
        await using var room = await Room.Of(database);
        using var board = room.Host.NewVisitor(RoleKind.BoardMember, PlaceKey.Board);
        var page = await board.Get("/attendance");
        page.Text.ShouldContain("7 meetings; 101 of 130 different schools were represented (78%), by ");
        page.Text.ShouldContain("29 letters were written.");
        page.Rows("#by_cluster tbody tr").ShouldContain(row => row.StartsWith("Houghton Regis 3 October 2016 14 10 71% 2 0 0 ", StringComparison.Ordinal));
        page.Rows("#by_cluster tbody tr")[^1].ShouldStartWith("Different schools 130 101 78%");
        page.Rows("#by_phase tbody tr").ShouldContain("special 4 4 100%");
        var schools = await board.Get("/attendance/schools");
        schools.All("#patterns tbody tr").Count.ShouldBe(130);
        (await board.Get("/clusters/dunstable")).Text.ShouldContain("Next: Tuesday 7 February 2017");
    }
}
