using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Waymark.Clusters;
using Waymark.Evidence;
using Waymark.Field;
using Waymark.Meetings;
using Waymark.People;
using Waymark.Shared.Access;
using Waymark.Shared.Documents;
using Waymark.Shared.Mail;
using Waymark.Tests.Shared;

namespace Waymark.Tests.Meetings;

/// <summary>Invitations by mail, decisions as records that are cited, and what waits for a person.</summary>
public sealed class InvitationTests
{
    private static Task<WaymarkHost> Serving(TestStore store) =>
        WaymarkHost.Serving(store, configure: builder => builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { [Invitations.FromVariable] = "waymark@example.org" }));

    [SkippableTheory, Databases]
    public async Task Who_is_invited_hears_of_it_once_and_of_each_change(Database database)
    {
        using var store = TestStore.WithExample(database);
        await using var host = await Serving(store);
        using var officer = host.NewVisitor(RoleKind.Officer);
        int id;
        using (var db = store.Open()) id = db.Meetings.Single(meeting => meeting.Title == "Dunstable" && meeting.State == MeetingState.Scheduled).Id;
        var page = await officer.Get($"/meetings/{id}/invitations");
        (await officer.Submit(page, [("Email", "nobody")], "#add")).Errors.ShouldBe(["Enter an email address in the correct format, like name@example.com"]);
        page = await officer.Follow(await officer.Submit(page, [("Name", "Ann Lee"), ("Email", "ann.lee@example.org")], "#add"));
        page = await officer.Follow(await officer.Submit(page, [("Name", "Ann Lee"), ("Email", "ANN.LEE@example.org")], "#add"));
        page.All("#invited tbody tr").Count.ShouldBe(1, "the same address twice is one");
        page = await officer.Follow(await officer.Submit(page, [], "#people"));
        page.All("#invited tbody tr").Count.ShouldBeGreaterThan(3, "the cluster's lead, officer and partners");
        var invited = page.All("#invited tbody tr").Count;
        page = await officer.Follow(await officer.Submit(page, [], "#send"));
        page.Document.QuerySelector("#send").ShouldBeNull("everybody is told");
        Outbox(store).Count.ShouldBe(invited);
        var letter = Outbox(store).Single(mail => mail.Recipient == "ann.lee@example.org");
        letter.Subject.ShouldBe("Invitation: Dunstable, 7 February 2017");
        var (method, invitation) = (Calendar(letter).Text("METHOD"), Calendar(letter).All("VEVENT").Single());
        (method, invitation.Text("SEQUENCE"), invitation.Line("DTSTART")!.Parameters["TZID"]).ShouldBe(("REQUEST", "0", "Europe/London"));
        invitation.Line("ORGANIZER")!.Value.ShouldBe($"mailto:{letter.ReplyTo}");
        letter.ReplyTo!.ShouldMatch(@"^waymark\+[0-9a-f]{32}@example\.org$");

        await officer.Submit(await officer.Get($"/meetings/{id}/edit"), [("Day.day", "9")], "#meeting");
        var moved = Outbox(store).Last(mail => mail.Recipient == "ann.lee@example.org");
        (moved.Subject, Calendar(moved).All("VEVENT").Single().Text("UID"), Calendar(moved).All("VEVENT").Single().Text("SEQUENCE")).ShouldBe(("Changed: Dunstable, 9 February 2017", invitation.Text("UID"), "1"));
        await officer.Submit(await officer.Get($"/meetings/{id}/cancel"), [("Because", "Snow")], "#cancel");
        var cancelled = Calendar(Outbox(store).Last(mail => mail.Recipient == "ann.lee@example.org"));
        (cancelled.Text("METHOD"), cancelled.All("VEVENT").Single().Text("STATUS"), cancelled.All("VEVENT").Single().Text("SEQUENCE")).ShouldBe(("CANCEL", "CANCELLED", "2"));
        Outbox(store).Count.ShouldBe(3 * invited);
    }

    [Fact]
    public async Task Without_a_mail_server_nobody_is_written_to_and_the_page_says_so()
    {
        using var store = TestStore.WithExample(Database.Sqlite);
        await using var host = await WaymarkHost.Serving(store);
        using var officer = host.NewVisitor(RoleKind.Officer);
        int id;
        using (var db = store.Open()) id = db.Meetings.First(meeting => meeting.State == MeetingState.Scheduled).Id;
        var page = await officer.Get($"/meetings/{id}/invitations");
        page.Text.ShouldContain("Mail is not set up on this server");
        await officer.Submit(page, [("Email", "ann.lee@example.org")], "#add");
        await officer.Submit(await officer.Get($"/meetings/{id}/edit"), [("Venue", "Elsewhere")], "#meeting");
        Outbox(store).ShouldBeEmpty();
    }

    [SkippableTheory, Databases]
    public async Task A_decision_is_cited_and_an_item_rests_on_evidence(Database database)
    {
        using var store = TestStore.WithExample(database);
        await using var host = await WaymarkHost.Serving(store);
        using var officer = host.NewVisitor(RoleKind.Officer);
        int published, draft;
        using (var db = store.Open())
        {
            published = db.MeetingsWithAgenda.First(meeting => meeting.Minutes == MinutesState.Published).Items[0].Id;
            draft = db.MeetingsWithAgenda.First(meeting => meeting.Title == "Dunstable" && meeting.State == MeetingState.Scheduled).Items[2].Id;
            var citation = db.Cite("decision", $"{published}", new(2016, 12, 16))!;
            citation.IsPublic.ShouldBeTrue();
            db.Rest("decision", $"{draft}", citation);
        }
        var item = await officer.Get($"/decisions/{draft}");
        item.All("#evidence tbody tr").Count.ShouldBe(1);
        (await officer.Get($"/decisions/{published}")).Text.ShouldContain("What rests on this");
        using var stranger = host.NewVisitor();
        (await stranger.Get($"/decisions/{published}")).Status.ShouldBe(HttpStatusCode.OK);
        (await stranger.Get($"/decisions/{draft}")).Status.ShouldBe(HttpStatusCode.NotFound, "it is not published");
    }

    [Fact]
    public void The_next_meeting_and_the_letters_that_are_due_wait_for_a_person()
    {
        using var store = TestStore.WithExample(Database.Sqlite);
        using var db = store.Open();
        var cluster = db.FindCluster("dunstable")!.Place;
        var lead = new Caller(5, "Ann Lee", [new(RoleKind.ClusterLead, cluster)], false);
        var (today, until) = (new DateOnly(2017, 1, 16), new DateOnly(2017, 2, 10));
        IEnumerable<(string, string)> Needs() => Waymark.Shared.Room.All.Single(room => room.Name == "Meetings").Needs(db, lead, today, until).Select(need => (need.Text, need.Href));
        var meeting = db.Meetings.Single(meeting => meeting.Title == "Dunstable" && meeting.State == MeetingState.Scheduled);
        Needs().ShouldBe([("Come to the meeting on Tuesday 7 February 2017 at 13:30", $"/meetings/{meeting.Id}")]);
        today = new(2017, 2, 8);
        Needs().ShouldBe([("Close the meeting, or cancel it", $"/meetings/{meeting.Id}/close")]);
        meeting.Close(today).ShouldBeNull();
        db.SaveChanges();
        Needs().ShouldBe([("Circulate the minutes", $"/meetings/{meeting.Id}/minutes"), ("Write the letters to the 21 schools that were missed", $"/meetings/{meeting.Id}/letters")]);
    }

    [Fact]
    public async Task A_letter_to_a_school_whose_head_is_known_goes_by_mail()
    {
        using var store = TestStore.WithExample(Database.Sqlite);
        await using var host = await Serving(store);
        int id;
        using (var db = store.Open())
        {
            var meeting = db.Meetings.Single(meeting => meeting.Title == "Biggleswade");
            meeting.State = MeetingState.Closed;
            id = meeting.Id;
            var school = db.MemberSchoolsOn(meeting.Day, db.FindCluster("biggleswade")!).First(member => member.IsFull && db.MembershipsOf(member.School.Urn).Count == 1).School;
            var head = new Person { Name = "Kay Low", Email = "kay.low@example.org", EmailKey = "kay.low@example.org", InvitedAt = DateTime.UtcNow };
            db.Add(head);
            db.SaveChanges();
            db.RolesHeld.Where(role => role.Place == school.Place && role.Role == RoleKind.Headteacher).ExecuteDelete();
            db.Add(RoleHeld.Given(head.Id, RoleKind.Headteacher, school.Place, new(2016, 9, 1)));
            db.SaveChanges();
        }
        using var officer = host.NewVisitor(RoleKind.Officer);
        var page = await officer.Get($"/meetings/{id}/letters");
        var due = page.All("#due tbody tr").Count;
        (await officer.Follow(await officer.Submit(page, [], "#issue"))).Text.ShouldContain($"{due} letters are written, ");
        var mail = Outbox(store).Single(mail => mail.Recipient == "kay.low@example.org");
        mail.Subject.ShouldBe("The Biggleswade cluster meeting of 24 January 2017");
        mail.Body.ShouldContain("A line in reply is enough.");
    }

    private static List<OutboxMail> Outbox(TestStore store)
    {
        using var db = store.Open();
        return [.. db.Outbox.AsNoTracking().OrderBy(mail => mail.Id)];
    }

    private static CalendarPart Calendar(OutboxMail mail) => ICalendarReader.Read(mail.Calendar!)!;
}
