using System.Net;
using Waymark.Clusters;
using Waymark.Data;
using Waymark.Evidence;
using Waymark.Field;
using Waymark.Priorities;
using Waymark.Tests.Clusters;
using Waymark.Tests.Evidence;
using Waymark.Tests.Schools;
using Waymark.Tests.Shared;

namespace Waymark.Tests.Priorities;

public sealed class PriorityPagesTests
{
    private const string Figure = "/figures/ks2.rwm.exp/201516/school/109501/all";

    [SkippableTheory, Databases]
    public async Task A_cluster_s_lead_proposes_a_priority_and_rests_it_on_evidence(Database database)
    {
        await using var partnership = await Partnership.Of(database);
        using var lead = partnership.Lead("dunstable");
        var form = await lead.Get("/priorities/new/dunstable");
        (await lead.Submit(form, [])).Errors.ShouldBe(["Enter the priority", "Select the horizon"]);
        var shown = await lead.Follow(await lead.Submit(form, [("Title", "Children read more"), ("Horizon", "Short"), ("Detail", "They read less than last year.")]));

        shown.Heading.ShouldBe("Short to medium term (6 to 12 months)Children read more");
        shown.Text.ShouldContain("1 of 2 clusters has adopted it.");
        (await lead.Submit(form, [("Title", "Children read more"), ("Horizon", "Short")])).Heading.ShouldBe("You sent this form before");
        (await lead.Submit(await lead.Get("/priorities/new/dunstable"), [("Title", "children READ more"), ("Horizon", "Short")])).Errors.ShouldBe(["There is such a priority already. Adopt that one instead"]);
        (await lead.Get("/priorities/new/houghton-regis")).Status.ShouldBe(HttpStatusCode.NotFound, "another cluster is none of their business");
        (await lead.Get("/priorities/new")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await lead.Get("/priorities/99")).Status.ShouldBe(HttpStatusCode.NotFound);

        var cite = await lead.Get(shown.Link("Add evidence"));
        var rested = await lead.Follow(await lead.Submit(cite, [("Address", Figure)]));
        rested.Heading.ShouldEndWith("Children read more");
        rested.All("#evidence tbody tr").Single().ShouldContain("50% (10 of 20; 95% interval 30% to 70%)");
        (await lead.Get(Figure)).All("#resting tbody tr").Single().ShouldContain("Children read more");
        var citation = await lead.Get(rested.Link(rested.All("#evidence tbody th")[0]));
        citation.All("main ul li").ShouldContain(item => item.StartsWith("Children read more (priority)"));
        (await lead.Follow(await lead.Submit(citation, [], "form[id^=remove-]"))).Text.ShouldContain("No evidence is cited yet.");
        (await lead.Submit(await lead.Get("/citations/new?for=priority/99"), [("Address", Figure)])).Errors.ShouldBe(["Select what rests on it from the list"]);
    }

    [SkippableTheory, Databases]
    public async Task What_no_cluster_has_adopted_is_seen_by_members_only(Database database)
    {
        await using var partnership = await Partnership.Of(database);
        using var officer = partnership.Officer();
        var address = (await officer.Submit(await officer.Get("/priorities/new"), [("Title", "Children write more"), ("Horizon", "Long")])).Location!.AbsolutePath;
        using var anybody = partnership.Anybody();
        (await anybody.Get(address)).Status.ShouldBe(HttpStatusCode.NotFound);
        (await anybody.Get("/priorities")).Text.ShouldContain("There are no priorities yet");
        using var lead = partnership.Lead("dunstable");
        var adopt = await lead.Get("/clusters/dunstable/priorities");
        (await lead.Submit(adopt, [("Adopted", Partnership.Id(address))])).Location!.AbsolutePath.ShouldBe("/clusters/dunstable/priorities");
        (await anybody.Get(address)).Text.ShouldContain("1 of 2 clusters has adopted it.");
        (await anybody.Get(address)).Text.ShouldNotContain("What is done for it");
        (await lead.Submit(adopt, [("Adopted", null)])).Heading.ShouldBe("Somebody else changed this while you were writing", "the other text is not lost");
        await lead.Submit(await lead.Get("/clusters/dunstable/priorities"), [("Adopted", null)]);
        (await anybody.Get(address)).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [SkippableTheory, Databases]
    public async Task Priorities_that_sound_alike_are_joined_by_people_and_parted_again(Database database)
    {
        await using var partnership = await Partnership.Of(database);
        using var officer = partnership.Officer();
        var first = (await officer.Submit(await officer.Get("/priorities/new/dunstable"), [("Title", "Share best practice"), ("Horizon", "Short")])).Location!.AbsolutePath;
        var second = (await officer.Submit(await officer.Get("/priorities/new/houghton-regis"), [("Title", "Best practice is shared more"), ("Horizon", "Short")])).Location!.AbsolutePath;
        var pairs = await officer.Get((await officer.Get("/priorities")).Link("1 pair sounds alike"));
        pairs.Text.ShouldContain("The first is shared by: Dunstable. The second by: Houghton Regis.");

        await officer.Submit(pairs, [], "form[id^=pair-]", "Keep the first’s words: Share best practice");

        var joined = await officer.Get(first);
        joined.Text.ShouldContain("All 2 clusters have adopted it.");
        (await officer.Get(second)).Text.ShouldContain("People decided that this is the same as Share best practice");
        (await officer.Get("/priorities")).All("#short-to-medium tbody tr").Count.ShouldBe(1);
        await officer.Submit(joined, [], "form[id^=part-]");
        (await officer.Get(first)).Text.ShouldContain("1 of 2 clusters has adopted it.");
        pairs = await officer.Get("/priorities/same");
        await officer.Submit(pairs, [], "form[id^=pair-]", "They are not the same: Share best practice and Best practice is shared more");
        (await officer.Get("/priorities/same")).Text.ShouldContain("No two sound alike that were not looked at.");
        (await officer.Submit(await officer.Get("/priorities/same"), [], "#join")).Errors.ShouldBe(["Select a priority", "Select the priority that it is the same as"]);
        (await officer.Submit(await officer.Get("/priorities/same"), [("Joined", Partnership.Id(first)), ("Into", Partnership.Id(first))], "#join")).Errors.ShouldBe(["A priority cannot be joined to itself"]);
    }

    [SkippableTheory, Databases, Trait("attack", "H01")]
    public async Task A_priority_is_changed_ended_and_opened_again(Database database)
    {
        await using var partnership = await Partnership.Of(database);
        using var lead = partnership.Lead("dunstable");
        var address = (await lead.Submit(await lead.Get("/priorities/new/dunstable"), [("Title", "Children read more"), ("Horizon", "Short")])).Location!.AbsolutePath;
        var (form, old) = (await lead.Get(address + "/edit"), await lead.Get(address + "/edit"));
        (await lead.Submit(form, [("Title", "")], "#priority")).Errors.ShouldBe(["Enter the priority"]);
        (await lead.Submit(form, [("Title", "All children read more")], "#priority")).Location!.AbsolutePath.ShouldBe(address);
        var stale = await lead.Submit(await lead.Get(address + "/edit"), [("Outcome", "")], "#end");
        stale.Errors.ShouldBe(["Enter what came of it"]);
        (await lead.Submit(old, [("Title", "Boys read more")], "#priority")).Heading.ShouldBe("Somebody else changed this while you were writing");
        await lead.Submit(await lead.Get(address + "/edit"), [("Outcome", "Twice as many books are lent.")], "#end");
        (await lead.Get(address)).Text.ShouldContain("Twice as many books are lent.");
        (await lead.Get("/priorities")).All("#short-to-medium tbody tr").ShouldBeEmpty();
        await lead.Submit(await lead.Get(address + "/edit"), [], "#reopen");
        (await lead.Get("/priorities")).All("#short-to-medium tbody tr").Single().ShouldStartWith("All children read more");
        using var head = partnership.Head(109501);
        (await head.Get(address + "/edit")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [SkippableTheory, Databases]
    public async Task A_driver_diagram_is_made_by_plain_forms(Database database)
    {
        await using var partnership = await Partnership.Of(database);
        using var lead = partnership.Lead("dunstable");
        var address = (await lead.Submit(await lead.Get("/priorities/new/dunstable"), [("Title", "Children read more"), ("Horizon", "Short")])).Location!.AbsolutePath + "/drivers";
        (await lead.Submit(await lead.Get(address), [("Text", " ")], "#add")).Errors.ShouldBe(["Enter what has to change"]);
        await lead.Submit(await lead.Get(address), [("Text", "Books are at hand")], "#add");
        await lead.Submit(await lead.Get(address), [("Text", "Families read together")], "#add");
        var page = await lead.Get(address);
        await lead.Submit(page, [("Text", "The library comes to school"), ("Through", page.Document.QuerySelectorAll("#Through option")[1].GetAttribute("value"))], "#add");
        page = await lead.Get(address);
        page.All("svg text").ShouldBe(["The library comes to", "school", "Books are at hand", "Families read together", "Children read more"]);
        page.All("main > ul.govuk-list--bullet > li").ShouldBe(["Books are at hand The library comes to school", "Families read together"]);
        await lead.Submit(page, [], "#" + page.Document.QuerySelectorAll("form[id^=driver-]")[1].Id, "Up: Families read together");
        page = await lead.Get(address);
        page.All("main > ul.govuk-list--bullet > li")[0].ShouldBe("Families read together");
        await lead.Submit(page, [], "#" + page.Document.QuerySelectorAll("form[id^=driver-]").First(form => form.TextContent.Contains("Books are at hand")).Id, "Remove: Books are at hand");
        (await lead.Get(address)).All("main > ul.govuk-list--bullet > li").ShouldBe(["Families read together", "The library comes to school"], "what worked through it works on the aim now");
        using var anybody = partnership.Anybody();
        (await anybody.Get(address)).All("form[method=post]").ShouldBeEmpty();
    }

    [SkippableTheory, Databases]
    public async Task An_action_is_planned_reported_on_and_seen_to_be_late(Database database)
    {
        await using var partnership = await Partnership.Of(database);
        using var lead = partnership.Lead("dunstable");
        var priority = (await lead.Submit(await lead.Get("/priorities/new/dunstable"), [("Title", "Children read more"), ("Horizon", "Short")])).Location!.AbsolutePath;
        var form = await lead.Get($"/actions/new/dunstable?priority={Partnership.Id(priority)}");
        (await lead.Submit(form, [("Starts.day", ""), ("Starts.month", ""), ("Starts.year", ""), ("Expected", "4"), ("Money", "-5")])).Errors.ShouldBe(
            ["Enter what is to be done", "Enter who answers for it", "Enter the day on which it starts", "Enter the day by which it is done", "The money must lie between £0 and £10,000,000", "Select the measure first that it should move"]);
        var action = await lead.Follow(await lead.Submit(form, [("Title", "Open the library each morning"), ("Owner", "Maria Ford, Headteacher"), ("OwnerPlace", $"{PlaceKey.School(new(109501)).Value}"), ("Schools", "109501"), ("Partners", "Library service\n\n"), .. Day("Starts", 3, 10, 2016), .. Day("Due", 10, 10, 2016)]));
        action.Heading.ShouldBe("Action of DunstableOpen the library each morning");
        action.Text.ShouldContain("Look at: late, no measure, no report this half term.");

        using var head = partnership.Head(109501);
        (await head.Get("/home")).All("main li").Single().ShouldStartWith("Report progress on Open the library each morning");
        var report = await head.Get(action.Address.AbsolutePath + "/progress");
        report.Document.QuerySelectorAll("#progress select, #progress textarea, #progress input[type=radio]").Length.ShouldBe(3, "three fields");
        (await head.Submit(report, [])).Errors.ShouldBe(["Select how it is going", "Enter what was done"]);
        var stuck = await head.Submit(report, [("Going", "Stuck"), ("DoneSoFar", "Shelves came")]);
        stuck.Errors.ShouldBe(["Enter what would help"]);
        stuck.Document.QuerySelector("#DoneSoFar")!.TextContent.ShouldBe("Shelves came");
        var done = await head.Follow(await head.Submit(report, [("Going", "Stuck"), ("DoneSoFar", "Shelves came"), ("Next", "A lorry")]));
        done.Text.ShouldContain("Shelves came Next: A lorry");
        done.Text.ShouldContain("Look at: late, stuck, no measure.");
        (await head.Get("/home")).Text.ShouldContain("Nothing needs you this half term.");
        (await lead.Get("/home")).All("main li").Single().ShouldStartWith("Decide about Open the library each morning");
        (await lead.Get("/actions?plan=dunstable&look=stuck")).All("#actions tbody tr").Single().ShouldContain("late, stuck, no measure");
        (await lead.Get("/actions?plan=dunstable&look=no%20report%20this%20half%20term")).Text.ShouldContain("There is no such action.");
        (await lead.Get("/actions?plan=dunstable")).Text.ShouldContain("1 action, 1 of them open, 1 late, 1 stuck, 1 without a measure.");
        (await lead.Get("/actions?plan=nowhere")).Status.ShouldBe(HttpStatusCode.NotFound);
        using var other = partnership.Head(109502);
        (await other.Get(action.Address.AbsolutePath + "/progress")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await other.Get(action.Address.AbsolutePath)).Status.ShouldBe(HttpStatusCode.OK, "members read every plan");

        var (edit, old) = (await lead.Get(action.Address.AbsolutePath + "/edit"), await lead.Get(action.Address.AbsolutePath + "/edit"));
        (await lead.Submit(edit, Day("Due", 1, 1, 2016))).Errors.Single().ShouldStartWith("It must be due on the day it starts");
        (await lead.Follow(await lead.Submit(edit, Day("Due", 31, 3, 2017)))).Text.ShouldContain("Look at: stuck, no measure.");
        (await lead.Submit(old, [("Title", "Open it")])).Heading.ShouldBe("Somebody else changed this while you were writing");
    }

    [SkippableTheory, Databases]
    public async Task A_school_s_action_is_part_of_its_cluster_s(Database database)
    {
        await using var partnership = await Partnership.Of(database);
        using var lead = partnership.Lead("dunstable");
        var whole = (await lead.Submit(await lead.Get("/actions/new/dunstable"), [("Title", "Read in pairs"), ("Owner", "Maria Ford"), .. Day("Starts", 3, 10, 2016), .. Day("Due", 31, 3, 2017)])).Location!.AbsolutePath;
        using var head = partnership.Head(109501);
        (await head.Get("/actions/new/dunstable")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await head.Get("/actions/new/109502")).Status.ShouldBe(HttpStatusCode.NotFound);
        var form = await head.Get("/actions/new/109501");
        await head.Submit(form, [("Title", "Read in pairs on Mondays"), ("Owner", "Sam Reed"), ("ParentId", Partnership.Id(whole)), .. Day("Starts", 3, 10, 2016), .. Day("Due", 31, 3, 2017)]);
        (await head.Get(whole)).All("#parts tbody tr").Single().ShouldStartWith("Read in pairs on Mondays");
        (await head.Get("/actions?plan=dunstable")).All("#actions tbody tr").Count.ShouldBe(2);
        (await head.Get("/actions?plan=109501")).All("#actions tbody tr").Single().ShouldStartWith("Read in pairs on Mondays");
    }

    [SkippableTheory, Databases]
    public async Task A_measure_s_baseline_is_frozen_and_its_movement_told_beside_others(Database database)
    {
        await using var partnership = await Partnership.Of(database);
        using var lead = partnership.Lead("dunstable");
        var priority = (await lead.Submit(await lead.Get("/priorities/new/dunstable"), [("Title", "Children read more"), ("Horizon", "Short")])).Location!.AbsolutePath;
        var form = await lead.Get(priority + "/measures/new");
        (await lead.Submit(form, [("Indicator", ""), ("Year", "x"), ("Target", "70")])).Errors.ShouldBe(["Select the measure", "Enter the academic year, for example 2015/16", "Enter the day by which the target is to be reached"]);
        (await lead.Submit(form, [("Indicator", "ks2.rwm.exp"), ("Group", "all"), ("Year", "2010/11")])).Errors.ShouldBe(["There is no figure of this measure for 2010/11 here. Choose a year that has one"]);
        var measure = await lead.Follow(await lead.Submit(form, [("Indicator", "ks2.rwm.exp"), ("Group", "all"), ("Year", "2015/16"), ("Target", "70"), .. Day("TargetOn", 31, 8, 2018)]));
        measure.Text.ShouldContain("There is no figure after 2015/16 yet.");
        measure.Text.ShouldContain("50% (10 of 20; 95% interval 30% to 70%)");
        partnership.Store.Publish(31, CubeTests.Row(31, PlaceKey.School(new(109501)), FigureStatus.Published, 5, 65, 13, 20, Catalogue.Measure("ks2.rwm.exp"), year: 201617), CubeTests.Row(31, PlaceKey.England, FigureStatus.Published, 5, 61, null, null, Catalogue.Measure("ks2.rwm.exp"), year: 201617), CubeTests.Row(31, PlaceKey.England, FigureStatus.Published, 5, 53, null, null, Catalogue.Measure("ks2.rwm.exp"), year: 201516));

        measure = await lead.Get(measure.Address.AbsolutePath);

        measure.Text.ShouldContain("Higher than before: 50% (10 of 20; 95% interval 30% to 70%) in 2015/16, 65% (13 of 20; 95% interval 43% to 82%) in 2016/17. +15 percentage points (95% interval −14.6 to +41.2).");
        measure.Text.ShouldContain("Chance alone moves so few children this much in one year out of three.");
        measure.All("#beside tbody tr").ShouldContain(row => row.Contains("England") && row.Contains("+8 percentage points") && row.Contains("That is within what chance gives."));
        var edit = await lead.Get(measure.Address.AbsolutePath + "/edit");
        (await lead.Submit(edit, [("Target", "x")])).Errors.ShouldBe(["Target must be a number"]);
        (await lead.Follow(await lead.Submit(edit, [("Target", "75")]))).Text.ShouldContain("75% by 31 August 2018");
        (await lead.Get("/measures/99")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [SkippableTheory, Databases]
    public async Task Own_counts_get_a_process_chart_from_ten_on(Database database)
    {
        await using var partnership = await Partnership.Of(database);
        using var lead = partnership.Lead("dunstable");
        var priority = (await lead.Submit(await lead.Get("/priorities/new/dunstable"), [("Title", "Children read more"), ("Horizon", "Short")])).Location!.AbsolutePath;
        var address = (await lead.Submit(await lead.Get(priority + "/measures/new"), [("Source", "Share"), ("ShareTitle", "Children who lent a book")])).Location!.AbsolutePath;
        (await lead.Submit(await lead.Get(address), [("Count", "4"), .. Day("On", 5, 9, 2016)], "#count")).Errors.ShouldBe(["Enter of how many"]);
        (await lead.Submit(await lead.Get(address), [("Count", "4"), ("Base", "5"), .. Day("On", 5, 9, 2016)], "#count")).Errors.Single().ShouldStartWith("A share of fewer than 6 says something of single children");
        (await lead.Submit(await lead.Get(address), [("Count", "4"), ("Base", "50"), .. Day("On", 5, 9, 2030)], "#count")).Errors.ShouldBe(["The day must not lie ahead"]);
        int[] counts = [20, 22, 21, 19, 20, 22, 21, 20, 19, 34];
        for (var i = 0; i < 9; i++) await lead.Submit(await lead.Get(address), [("Count", $"{counts[i]}"), ("Base", "50"), .. Day("On", 1 + i, 9, 2016)], "#count");
        (await lead.Get(address)).Text.ShouldContain("9 counts: too few to tell usual variation from a change.");
        var page = await lead.Follow(await lead.Submit(await lead.Get(address), [("Count", "34"), ("Base", "50"), .. Day("On", 10, 9, 2016)], "#count"));
        page.Text.ShouldContain("The latest count is more than usual variation (outside the limits), for the better. The counts do not say why.");
        page.All("#counts tbody tr").Count.ShouldBe(10);
        page.All("#counts tbody tr")[9].ShouldContain("68% (34 of 50)");
        await lead.Submit(await lead.Get(address), [("Count", "21"), ("Base", "50"), .. Day("On", 10, 9, 2016)], "#count");
        (await lead.Get(address)).Text.ShouldContain("The latest count lies within usual variation");
        var edit = await lead.Get(address + "/edit");
        (await lead.Submit(edit, Day("RecalculateOn", 5, 9, 2016))).Errors.ShouldBe(["Enter what was changed on that day"]);
        (await lead.Follow(await lead.Submit(edit, [("RecalculateWhy", "The library opened"), .. Day("RecalculateOn", 5, 9, 2016)]))).Text.ShouldContain("From 5 September 2016 mean and limits start anew: The library opened.");
    }

    internal static (string, string?)[] Day(string field, int day, int month, int year) => [($"{field}.day", $"{day}"), ($"{field}.month", $"{month}"), ($"{field}.year", $"{year}")];
}

/// <summary>Two clusters of three schools with one year's results, in October 2016.</summary>
internal sealed class Partnership : IAsyncDisposable
{
    private readonly WaymarkHost host;

    private Partnership(TestStore store, WaymarkHost host) => (Store, this.host) = (store, host);

    public TestStore Store { get; }

    public static async Task<Partnership> Of(Database database)
    {
        var store = TestStore.On(database);
        using (var db = store.Open())
        {
            db.AddRange(TestSchools.School(109501, "Ashton Lower School"), TestSchools.School(109502, "Brook Middle School", Phase.Middle), TestSchools.School(109503, "Chalk Upper School", Phase.Upper));
            db.Write(Setting.Authority, "823");
            db.Write(Setting.Today, "2016-10-20");
            db.SaveChanges();
        }
        store.Load("clusters.csv", "cluster,urn,from,membership,until\r\nDunstable,109501,2015-09-01,full,\r\nDunstable,109503,2016-09-01,associate,\r\nHoughton Regis,109502,2015-09-01,full,\r\n");
        store.Publish(21, FigureStatus.Published, 5, (PlaceKey.School(new(109501)), 50, 10, 20));
        return new(store, await WaymarkHost.Serving(store));
    }

    public Visitor Officer() => host.NewVisitor(RoleKind.Officer);
    public Visitor Lead(string cluster) => host.NewVisitor(RoleKind.ClusterLead, Read(db => db.FindCluster(cluster)!.Place), person: 5);
    public Visitor Head(int urn) => host.NewVisitor(RoleKind.Headteacher, PlaceKey.School(new(urn)), person: urn);
    public Visitor Anybody() => host.NewVisitor();

    /// <summary>Somebody who has joined; their address.</summary>
    public string Joined(string name, RoleKind role, string cluster) => host.Joined(name, role, Read(db => db.FindCluster(cluster)!.Place)).Email;

    public string Joined(string name, RoleKind role, int urn) => host.Joined(name, role, PlaceKey.School(new(urn))).Email;

    /// <summary>The number at the end of an address.</summary>
    public static string Id(string address) => address.Split('/')[^1];

    public T Read<T>(Func<WaymarkDb, T> read)
    {
        using var db = Store.Open();
        return read(db);
    }

    public async ValueTask DisposeAsync()
    {
        await host.DisposeAsync();
        Store.Dispose();
    }
}
