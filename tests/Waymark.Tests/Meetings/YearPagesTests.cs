using System.Net;
using Microsoft.EntityFrameworkCore;
using Waymark.Clusters;
using Waymark.Data;
using Waymark.Field;
using Waymark.Meetings;
using Waymark.Tests.Shared;

namespace Waymark.Tests.Meetings;

/// <summary>Planning the year, the agenda that meetings start from, and terms of reference, over HTTP.</summary>
public sealed class YearPagesTests
{
    [SkippableTheory, Databases]
    public async Task Dates_are_proposed_and_a_person_decides(Database database)
    {
        using var store = TestStore.WithExample(database);
        await using var host = await WaymarkHost.Serving(store);
        using var officer = host.NewVisitor(RoleKind.Officer);
        var page = await officer.Get("/meetings/plan?year=201617&of=dunstable&of=sandy-and-biggleswade&of=board&days=Tuesday&days=Wednesday&starts=13:30&ends=16:00");
        page.All("legend").ShouldContain("summer term 2017, first half");
        page.Text.ShouldContain(" meetings have a date; ");
        var proposed = page.Document.QuerySelectorAll("#schedule [name=subject]").Length;
        proposed.ShouldBe(11, "of the five half terms left the board has none yet in 3 and Dunstable in 4; Sandy and Biggleswade meet jointly in 2 more, and in 1 more each by themselves");
        var done = await officer.Submit(page, [.. Enumerable.Range(0, proposed).Select(i => ("take", (string?)(i == 0 ? "no" : "yes")))], "#schedule");
        (await officer.Follow(done)).Text.ShouldContain($"{proposed - 1} meetings are scheduled");
        using var db = store.Open();
        var closed = db.Set<ClosedDays>().ToList();
        db.Meetings.Where(meeting => meeting.Day > new DateOnly(2017, 4, 1) && meeting.Kind == MeetingKind.Cluster).ToList().ShouldAllBe(meeting => !closed.Exists(days => days.Holds(meeting.Day)));
        db.Meetings.Where(meeting => meeting.Uid.StartsWith("example") == false).ToList().ShouldAllBe(meeting => meeting.Day > new DateOnly(2016, 12, 16));
        page = await officer.Get("/meetings/plan?year=201617&of=stotfold-shefford-and-arlesey");
        (await officer.Submit(page, [("starts", "late")], "#schedule")).Errors.ShouldNotBeEmpty();
    }

    [SkippableTheory, Databases]
    public async Task A_new_agenda_is_drafted_line_by_line_and_used_once_the_board_approved_it(Database database)
    {
        using var store = TestStore.WithExample(database);
        await using var host = await WaymarkHost.Serving(store);
        using var officer = host.NewVisitor(RoleKind.Officer);
        var page = await officer.Get("/agenda-template");
        page.Text.ShouldContain("Approved by the board on 19 September 2016");
        (await officer.Submit(page, [("Items", "soon; to know; Welcome\n10; to ponder; Figures")], "#draft")).Errors.ShouldBe(["Line 1: the minutes must be a number from 1 to 480", "Line 2: the purpose must be to know, to discuss or to decide"]);
        page = await officer.Follow(await officer.Submit(page, [("Items", "5; to know; Welcome; Cluster lead\n40; to decide; Priorities")], "#draft"));
        (await officer.Submit(page, [], "#approve")).Errors.ShouldBe(["Select the board’s meeting that approved it"]);
        int board;
        using (var db = store.Open()) board = db.Meetings.Single(meeting => meeting.Day == new DateOnly(2016, 11, 14)).Id;
        (await officer.Follow(await officer.Submit(page, [("at", $"{board}")], "#approve"))).Text.ShouldContain("Version 2 is approved");
        using (var db = store.Open()) db.ApprovedTemplate(MeetingKind.Cluster)!.Items.Count.ShouldBe(2);
    }

    [SkippableTheory, Databases]
    public async Task Terms_of_reference_are_drafted_by_the_lead_and_agreed_at_a_meeting(Database database)
    {
        using var store = TestStore.WithExample(database);
        await using var host = await WaymarkHost.Serving(store);
        PlaceKey place;
        int meeting, other;
        using (var db = store.Open())
        {
            place = db.FindCluster("dunstable")!.Place;
            meeting = db.Meetings.Single(each => each.Title == "Dunstable" && each.State == MeetingState.Closed).Id;
            other = db.Meetings.Single(each => each.Title == "Houghton Regis" && each.State == MeetingState.Closed).Id;
        }
        using var lead = host.NewVisitor(RoleKind.ClusterLead, place);
        var page = await lead.Get("/clusters/dunstable/terms-of-reference");
        page.Text.ShouldContain("The cluster has agreed no terms of reference yet.");
        (await lead.Submit(page, [("Text", " ")], "#draft")).Errors.ShouldBe(["Enter the terms of reference"]);
        page = await lead.Follow(await lead.Submit(page, [("Text", "We meet each half term.")], "#draft"));
        (await lead.Submit(page, [("at", $"{other}")], "#agree")).Errors.ShouldBe(["Select the cluster’s meeting that agreed them"]);
        (await lead.Follow(await lead.Submit(page, [("at", $"{meeting}")], "#agree"))).Text.ShouldContain("Version 1, agreed on 12 October 2016");
        using var viewer = host.NewVisitor(RoleKind.Viewer);
        (await viewer.Get("/clusters/dunstable/terms-of-reference")).Document.QuerySelector("#draft").ShouldBeNull();
        (await viewer.Get("/clusters/nowhere/terms-of-reference")).Status.ShouldBe(HttpStatusCode.NotFound);
    }
}
