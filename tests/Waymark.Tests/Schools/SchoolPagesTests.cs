using System.Net;
using System.Text.Json;
using Waymark.Data;
using Waymark.Field;
using Waymark.Schools;
using Waymark.Tests.Shared;

namespace Waymark.Tests.Schools;

public sealed class SchoolPagesTests
{
    private static TestStore Bedfordshire(Database database)
    {
        var store = TestStore.On(database);
        store.Load("edubasealldata20160905.csv", SchoolFiles.Register(
            "900101,823,2101,O'Neill Lower School,Community school,Local authority maintained schools,Open,01-09-1970,,Primary,5,9,Sandy,SG19 1AA,516000,249000,,",
            "900102,823,2102,École Élan Primary School,Community school,Local authority maintained schools,Open,,,Primary,4,11,Biggleswade,SG18 8AA,519000,244000,,",
            "900201,823,2001,Ashdown Academy,Academy converter,Academies,Open,01-09-2014,,Primary,5,9,Sandy,SG19 1AB,516100,249100,,",
            "900301,823,4001,Sandy Middle School,Community school,Local authority maintained schools,Open,,,Middle deemed secondary,9,13,Sandy,SG19 1AC,516200,249200,,",
            "900401,823,4002,Sandy Upper School,Community school,Local authority maintained schools,Open,,,Secondary,13,18,Sandy,SG19 1AD,516300,249300,,",
            "900501,823,2103,Oldham Lower School,Community school,Local authority maintained schools,Closed,,31-08-2012,Primary,5,9,Sandy,SG19 1AE,516000,249000,,",
            "900601,936,2001,O'Neill Infant School,Community school,Local authority maintained schools,Open,,,Primary,5,7,Ash,GU12 6LX,489790,150760,,"));
        store.Load("links.csv", SchoolFiles.Links + "900110,900201,Ashdown Academy,Successor,31-08-2014\r\n900201,900110,Ashdown Lower School,Predecessor,\r\n900201,900112,Firs Lower School,Predecessor - merged,31-08-2015\r\n");
        using var db = store.Open();
        db.Write(Setting.Authority, "823");
        db.Write(Setting.AuthorityName, "Central Bedfordshire");
        db.SaveChanges();
        return store;
    }

    [SkippableTheory, Databases]
    public async Task Schools_are_found_by_name_place_and_number_whatever_the_accents(Database database)
    {
        using var store = Bedfordshire(database);
        await using var host = await WaymarkHost.Serving(store);
        using var visitor = host.NewVisitor(RoleKind.Officer);
        async Task<IReadOnlyList<string>> Found(string query) => (await visitor.Get("/schools?" + query)).All("tbody th");
        (await Found("")).ShouldBe(["Ashdown Academy", "École Élan Primary School", "O'Neill Lower School", "Sandy Middle School", "Sandy Upper School"]);
        (await Found("q=oneill")).ShouldBe(["O'Neill Lower School"]);
        (await Found("q=O%E2%80%99NEILL+lower")).ShouldBe(["O'Neill Lower School"]);
        (await Found("q=ecole+elan")).ShouldBe(["École Élan Primary School"]);
        (await Found("q=900101")).ShouldBe(["O'Neill Lower School"]);
        (await Found("q=823/2101")).ShouldBe(["O'Neill Lower School"]);
        (await Found("q=sg191aa")).ShouldBe(["O'Neill Lower School"]);
        (await Found("q=oldham")).ShouldBe(["Oldham Lower School"], "a closed school is found by its name");
        (await Found("q=oneill&area=all")).ShouldBe(["O'Neill Infant School", "O'Neill Lower School"]);
        (await Found("phase=middle")).ShouldBe(["Sandy Middle School"]);
        (await Found("status=all&phase=lower")).ShouldBe(["Ashdown Academy", "Oldham Lower School", "O'Neill Lower School"]);
        store.Load("spine_2014.csv", "URN,LAESTAB,LA,SCHNAME,ICLOSE,NFTYPE,MINORGROUP,AGEL,AGEH,TOWN,POSTCODE\n900110,8232001,823,Ashdown Lower School,1,Community school,Maintained School,5,9,Sandy,SG19 1AB\n");
        (await Found("")).ShouldNotContain("Ashdown Lower School", "it goes on as the academy, although the newer register does not say that it closed");
        (await Found("q=ashdown")).ShouldBe(["Ashdown Academy"]);
        (await Found("q=ashdown&status=all")).ShouldBe(["Ashdown Academy", "Ashdown Lower School"]);
        (await Found("q=900110")).ShouldBe(["Ashdown Lower School"], "by its own number it is found");
        (await visitor.Get("/schools/900110")).Text.ShouldContain("This is an earlier number of a school that goes on as 900201");
        (await visitor.Get("/schools?q=%25")).Status.ShouldBe(HttpStatusCode.OK);
        (await visitor.Get("/schools?q=zzz")).Text.ShouldContain("0 schools");
        (await visitor.Get("/schools?p=-4&q=%3Cscript%3E")).Html.ShouldNotContain("<script>”");
    }

    [SkippableTheory, Databases]
    public async Task An_earlier_number_leads_to_the_school_that_goes_on_whichever_page_was_asked_for(Database database)
    {
        using var store = Bedfordshire(database);
        await using var host = await WaymarkHost.Serving(store);
        using var visitor = host.NewVisitor();
        foreach (var page in new[] { "", "/similar?year=201516", "/report", "/governors" })
        {
            var answer = await visitor.Get($"/schools/900110{page}");
            answer.Status.ShouldBe(HttpStatusCode.MovedPermanently);
            answer.Headers.Location!.OriginalString.ShouldBe($"/schools/900201{page}");
        }
        (await visitor.Get("/schools/900112/similar")).Status.ShouldBe(HttpStatusCode.NotFound, "a school that was merged into another is not the same school");
        (await visitor.Get("/schools/900999/report")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [SkippableTheory, Databases]
    public async Task Only_schools_in_no_cluster_can_be_shown(Database database)
    {
        using var store = Bedfordshire(database);
        using (var db = store.Open())
        {
            db.Add(new Containment { Child = PlaceKey.School(new(900101)), Parent = PlaceKey.Cluster(1), Kind = ContainmentKind.Full, FirstDay = new(2015, 9, 1) });
            db.SaveChanges();
        }
        await using var host = await WaymarkHost.Serving(store);
        using var visitor = host.NewVisitor(RoleKind.Officer);
        (await visitor.Get("/schools?cluster=without&phase=lower")).All("tbody th").ShouldBe(["Ashdown Academy"]);
    }

    [Fact]
    public async Task A_search_box_is_answered_as_one_types()
    {
        using var store = Bedfordshire(Database.Sqlite);
        await using var host = await WaymarkHost.Serving(store);
        using var visitor = host.NewVisitor(RoleKind.Officer);
        var answer = JsonDocument.Parse((await visitor.Get("/schools/suggest?q=sandy+mid")).Html).RootElement;
        answer.GetArrayLength().ShouldBe(1);
        (answer[0].GetProperty("text").GetString(), answer[0].GetProperty("hint").GetString(), answer[0].GetProperty("href").GetString())
            .ShouldBe(("Sandy Middle School", "Middle, Sandy, 900301", "/schools/900301"));
        (await visitor.Get("/schools/suggest?q=+")).Html.ShouldBe("[]");
    }

    [Fact]
    public async Task The_list_comes_as_a_file_whole()
    {
        using var store = Bedfordshire(Database.Sqlite);
        await using var host = await WaymarkHost.Serving(store);
        using var visitor = host.NewVisitor(RoleKind.Officer);
        var page = await visitor.Get("/schools?phase=lower");
        var file = await visitor.Get(page.Link("These schools as a CSV file"));
        file.Html.Split("\r\n").ShouldBe(["school,urn,laestab,phase,ages,town,postcode,status", "Ashdown Academy,900201,8232001,Lower,5 to 9,Sandy,SG19 1AB,Open", "O'Neill Lower School,900101,8232101,Lower,5 to 9,Sandy,SG19 1AA,Open", ""]);
    }

    [SkippableTheory, Databases]
    public async Task A_school_page_tells_who_it_is_and_who_it_was(Database database)
    {
        using var store = Bedfordshire(database);
        store.Load("edubasealldata20180905.csv", SchoolFiles.Register("900201,823,2001,Ashdown Academy,Academy converter,Academies,Open,01-09-2014,,Primary,5,11,Sandy,SG19 1AB,516100,249100,,"));
        await using var host = await WaymarkHost.Serving(store);
        using var visitor = host.NewVisitor(RoleKind.Officer);
        var page = await visitor.Get("/schools/900201");
        page.Heading.ShouldBe("Ashdown Academy");
        page.Text.ShouldContain("Primary, ages 5 to 11");
        page.All(".w-timeline li").ShouldBe(["31 August 2014: Ashdown Lower School (900110) went on as Ashdown Academy (900201)", "1 September 2014: Opened under this number", "31 August 2015: Took in Firs Lower School (900112)"]);
        page.Text.ShouldContain("From 5 September 2016 in the register: lower, ages 5 to 9 From 5 September 2018 in the register: primary, ages 5 to 11");
        page.Text.ShouldContain("No pyramid is recorded.");
        (await visitor.Get("/schools/900110")).Location!.AbsolutePath.ShouldBe("/schools/900201", "an old number leads to the school that goes on");
        (await visitor.Get("/schools/900999")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await visitor.Get("/schools/7")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await visitor.Get("/schools/abc")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [SkippableTheory, Databases]
    public async Task A_pyramid_is_proposed_confirmed_shown_and_ended(Database database)
    {
        using var store = Bedfordshire(database);
        await using var host = await WaymarkHost.Serving(store);
        using var visitor = host.NewVisitor(RoleKind.Officer);
        var proposal = await visitor.Get("/pyramids/propose");
        proposal.All("label.govuk-checkboxes__label").ShouldBe(["O'Neill Lower School (ages 5 to 9) to Sandy Middle School (ages 9 to 13), 0.3 km", "Ashdown Academy (ages 5 to 9) to Sandy Middle School (ages 9 to 13), 0.1 km", "Sandy Middle School (ages 9 to 13) to Sandy Upper School (ages 13 to 18), 0.1 km"], ignoreOrder: true);
        var none = await visitor.Submit(proposal, [("Right", null)]);
        none.Errors.ShouldBe(["Select at least one that is right"]);
        var kept = await visitor.Submit(proposal, [("Right", "900101-900301"), ("Right", "900301-900401"), .. Day(proposal, "From", new(2015, 9, 1))]);
        var list = await visitor.Follow(kept);
        list.Text.ShouldContain("2 parts of pyramids confirmed from 1 September 2015");
        list.All("tbody th").ShouldBe(["O'Neill Lower School", "Sandy Middle School"]);
        using (var db = store.Open()) db.FullMembersOn(PlaceKey.Pyramid(db.Pyramids.Single().Id), new(2016, 8, 31)).Count().ShouldBe(3);
        (await visitor.Get("/schools/900101")).Text.ShouldContain("Its pupils go on to Sandy Middle School");
        (await visitor.Get("/pyramids/propose")).All("label.govuk-checkboxes__label").Count.ShouldBe(1, "what is confirmed is not asked again");

        var change = await visitor.Get(list.Link("Change O'Neill Lower School to Sandy Middle School"));
        change.Heading.ShouldBe("Change O'Neill Lower School to Sandy Middle School");
        var wrong = await visitor.Submit(change, [.. Day(change, "Until", new(2014, 8, 31))], "#enter");
        wrong.Errors.ShouldBe(["The last day must be the same as or after the first day, 1 September 2015"]);
        wrong.Document.QuerySelector("#Until-year")!.GetAttribute("value").ShouldBe("2014", "what was typed stays");
        (await visitor.Submit(change, [], "#enter")).Errors.ShouldBe(["Nothing is different. Change what was wrong, or go back"]);
        var ended = await visitor.Follow(await visitor.Submit(change, [.. Day(change, "Until", new(2017, 8, 31))], "#enter"));
        ended.Text.ShouldContain("Changed: O'Neill Lower School feeds Sandy Middle School from 1 September 2015 to 31 August 2017");
        Members(store, new(2017, 9, 1)).ShouldBe(2);
        var file = (await visitor.Get("/pyramids?handler=csv")).Html;
        file.ShouldContain("Sandy Upper School,900101,O'Neill Lower School,900301,Sandy Middle School,2015-09-01,2017-08-31");
        store.Stage("pyramids.csv", file).Import.RowsKept.ShouldBe(0, "what was given out changes nothing when it comes back");

        (await visitor.Submit(change, [], "#take-out")).Heading.ShouldBe("Somebody else changed this while you were writing", "the form is old by now");
        var taken = await visitor.Follow(await visitor.Submit(await visitor.Get(ended.Link("Change O'Neill Lower School to Sandy Middle School from 1 September 2015 to 31 August 2017")), [], "#take-out"));
        Members(store, new(2016, 9, 1)).ShouldBe(2, "it was never so");
        taken.All("#changes + p + ul li p")[0].ShouldStartWith("Taken out: O'Neill Lower School to Sandy Middle School, from 1 September 2015 to 31 August 2017");

        async Task<PageAnswer> Undo(PageAnswer page) => await visitor.Follow(await visitor.Submit(page, [], "#" + page.Document.QuerySelector("form[id^=undo-]")!.Id));
        var undone = await Undo(taken);
        Members(store, new(2016, 9, 1)).ShouldBe(3);
        undone = await Undo(undone);
        Members(store, new(2017, 9, 1)).ShouldBe(3);
        (await visitor.Submit(ended, [], "#" + ended.Document.QuerySelector("form[id^=undo-]")!.Id)).Errors.ShouldBe(["This change was undone already"]);
        (await Undo(undone)).Text.ShouldContain("No pyramid is recorded now.");
        Members(store, new(2017, 9, 1)).ShouldBe(0, "all that was confirmed in one go is undone in one go");
        (await visitor.Get("/pyramids/enter/1-900101-900301-20150901")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    private static int Members(TestStore store, DateOnly day)
    {
        using var db = store.Open();
        return db.FullMembersOn(PlaceKey.Pyramid(db.Pyramids.Single().Id), day).Count();
    }

    [Fact]
    public async Task Entering_a_pyramid_says_what_is_wrong_at_its_field()
    {
        using var store = Bedfordshire(Database.Sqlite);
        await using var host = await WaymarkHost.Serving(store);
        using var visitor = host.NewVisitor(RoleKind.Officer);
        var form = await visitor.Get("/pyramids/enter?feeder=900101");
        form.Errors.ShouldBeEmpty();
        (await visitor.Submit(form, [("Receiver", "12")])).Errors.ShouldBe(
            ["Enter the name of the pyramid", "Enter the first day", "No school here is called ‘12’. Check the spelling, or enter its URN"], ignoreOrder: true);
        (string, string?)[] day = [("Pyramid", "Sandy"), .. Day(form, "From", new(2015, 9, 1))];
        (await visitor.Submit(form, [.. day, ("Receiver", "900998")])).Errors.ShouldBe(["No school here has the URN 900998. Search for the school to find its URN"]);
        (await visitor.Submit(form, [.. day, ("Receiver", "900201")])).Errors.Single().ShouldContain("takes no pupils older than");
        (await visitor.Submit(form, [.. day, ("Receiver", "sandy")])).Errors.ShouldBe(["Several schools fit ‘sandy’. Enter the URN of one: Sandy Middle School (900301), Sandy Upper School (900401)"]);
        (await visitor.Submit(form, [.. day, ("Receiver", "sandy MIDDLE school")])).Location!.AbsolutePath.ShouldBe("/pyramids");
        form = await visitor.Get("/pyramids/enter?feeder=900101");
        (await visitor.Submit(form, [.. day, ("Pyramid", "sandy"), ("Receiver", "900301")])).Errors.Single().ShouldBe("O'Neill Lower School feeds Sandy Middle School already, from 1 September 2015");
        (await visitor.Client.PostAsync(new Uri("/pyramids/enter", UriKind.Relative), new FormUrlEncodedContent([]))).StatusCode.ShouldBe(HttpStatusCode.BadRequest, "without its token a form is refused");
    }

    /// <summary>A day typed into the three boxes of a question.</summary>
    private static (string, string?)[] Day(PageAnswer page, string question, DateOnly day) =>
    [
        .. new[] { ("day", day.Day), ("month", day.Month), ("year", day.Year) }
            .Select(box => (page.Document.QuerySelector($"#{question}-{box.Item1}")!.GetAttribute("name")!, (string?)box.Item2.ToString(System.Globalization.CultureInfo.InvariantCulture))),
    ];
}
