using System.Net;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Waymark.Data;
using Waymark.Field;
using Waymark.People;
using Waymark.Shared.Mail;
using Waymark.Tests.Shared;

namespace Waymark.Tests.People;

public sealed class RoleTests
{
    private static readonly DateOnly September = new(2016, 9, 1);
    private static readonly PlaceKey School = PlaceKey.School(new SchoolUrn(109_501));

    [Fact]
    public void A_role_is_held_from_its_first_day_to_its_last()
    {
        var role = RoleHeld.Given(1, RoleKind.Headteacher, School, September);
        role.HoldsOn(September.AddDays(-1)).ShouldBeFalse();
        role.HoldsOn(September).ShouldBeTrue();
        role.End(September.AddDays(-2)).ShouldBe("The last day must be 1 September 2016 or later, because the role began on that day.");
        role.End(new DateOnly(2017, 8, 31)).ShouldBeNull();
        role.HoldsOn(new DateOnly(2017, 8, 31)).ShouldBeTrue();
        role.HoldsOn(new DateOnly(2017, 9, 1)).ShouldBeFalse();
        role.End(new DateOnly(2017, 12, 31)).ShouldBe("This role already ends on 31 August 2017.");
        role.End(new DateOnly(2017, 3, 31)).ShouldBeNull("an earlier last day is no longer tenure");
    }

    [Fact]
    public void A_role_that_ends_now_is_not_held_today_and_one_given_by_mistake_was_never_held()
    {
        var today = new DateOnly(2016, 11, 14);
        var role = RoleHeld.Given(1, RoleKind.Governor, School, September);
        role.EndNow(today).ShouldBeNull();
        role.HoldsOn(today).ShouldBeFalse();
        role.HoldsOn(today.AddDays(-1)).ShouldBeTrue();
        foreach (var from in new[] { today, today.AddDays(30) })
        {
            var mistake = RoleHeld.Given(1, RoleKind.Governor, School, from);
            mistake.EndNow(today).ShouldBeNull();
            mistake.HoldsOn(from).ShouldBeFalse();
            mistake.EndNow(today).ShouldBe("This role was taken back already.");
        }
    }

    [Fact]
    public void A_role_fits_its_kind_of_place_and_is_not_held_twice_at_once()
    {
        RoleHeld.Check(RoleKind.Headteacher, PlaceKey.Partnership, September, null, []).ShouldBe("Headteacher is not a role for this kind of place.");
        RoleHeld.Check(RoleKind.Officer, School, September, null, []).ShouldNotBeNull();
        var held = RoleHeld.Given(1, RoleKind.Headteacher, School, September);
        RoleHeld.Check(RoleKind.Headteacher, School, September.AddYears(1), null, [held]).ShouldBe("This role is held already from 1 September 2016.");
        RoleHeld.Check(RoleKind.Governor, School, September, null, [held]).ShouldBeNull();
        held.End(new DateOnly(2017, 8, 31));
        RoleHeld.Check(RoleKind.Headteacher, School, September.AddYears(1), null, [held]).ShouldBeNull();
        RoleHeld.Check(RoleKind.Headteacher, School, September, September.AddDays(-1), []).ShouldBe("The last day must be 1 September 2016 or later.");
    }

    [SkippableTheory, Databases]
    public async Task A_headship_is_handed_over_without_a_gap_in_one_form(Database database)
    {
        using var store = TestStore.WithExample(database);
        await using var host = await WaymarkHost.Serving(store);
        using var officer = host.SignedIn(RoleKind.Officer, name: "Olive Ford");
        RoleHeld headship;
        using (var db = store.Open()) headship = db.RolesHeld.AsNoTracking().First(role => role.Role == RoleKind.Headteacher);
        var form = await officer.Get($"/people/roles/{headship.Id}/hand-over");
        (await officer.Submit(form, [])).Errors.ShouldBe(["Enter the last day", "Enter the name", "Enter an e-mail address in the right form, like name@example.org"]);
        var done = await officer.Follow(await officer.Submit(form, [("LastDay.day", "31"), ("LastDay.month", "8"), ("LastDay.year", "2017"), ("Name", "Nora Next"), ("Email", "nora@example.org")]));

        done.Heading.ShouldBe("nora@example.orgNora Next");
        using (var db = store.Open())
        {
            var both = db.RolesHeld.AsNoTracking().Where(role => role.Place == headship.Place && role.Role == RoleKind.Headteacher).OrderBy(role => role.From).ToList();
            both.Select(role => (role.From, role.Until)).ShouldBe([(headship.From, new DateOnly(2017, 8, 31)), (new DateOnly(2017, 9, 1), null)]);
            for (var day = new DateOnly(2017, 8, 25); day < new DateOnly(2017, 9, 10); day = day.AddDays(1)) both.Count(role => role.HoldsOn(day)).ShouldBe(1);
        }
        host.LettersTo("nora@example.org").Single().Body.ShouldContain("- Headteacher, ");
    }

    [SkippableTheory, Databases]
    public async Task A_role_ends_now_or_with_a_day(Database database)
    {
        using var store = TestStore.On(database);
        await using var host = await WaymarkHost.Serving(store);
        var jane = host.Joined("Jane Harris", RoleKind.BoardMember);
        using var officer = host.SignedIn(RoleKind.Officer, name: "Olive Ford");
        using var member = host.SignedIn(jane);
        var person = await officer.Get($"/people/{jane.Id}");
        var form = await officer.Get(person.Document.QuerySelector("a[href$='/end']")!.GetAttribute("href")!);
        (await officer.Submit(form, [])).Errors.ShouldBe(["Select when it ends"]);
        (await officer.Submit(form, [("When", "day"), ("LastDay.day", "1"), ("LastDay.month", "1"), ("LastDay.year", "2015")])).Errors.Single().ShouldStartWith("The last day must be 1 September 2016 or later");
        (await officer.Follow(await officer.Submit(form, [("When", "day"), ("LastDay.day", "14"), ("LastDay.month", "11"), ("LastDay.year", "2016")]))).Text.ShouldContain("ends on 14 November 2016");
        (await member.Get("/account")).All("dd")[0].ShouldBe("the board, since 1 September 2016 until 14 November 2016");
        (await officer.Submit(await officer.Get(form.Address.AbsolutePath), [("When", "now")])).Status.ShouldBe(HttpStatusCode.Redirect);
        (await member.Get("/account")).Text.ShouldContain("You hold no role now");
    }

    [SkippableTheory, Databases, Trait("attack", "A24")]
    public async Task Access_not_used_for_ninety_days_lapses_and_stands_on_the_list_and_an_old_name_gives_nothing_back(Database database)
    {
        using var store = TestStore.On(database);
        await using var host = await WaymarkHost.Serving(store);
        int organisation;
        using (var db = store.Open())
        {
            var added = new Organisation { Name = "Early Help" };
            db.Add(added);
            db.SaveChanges();
            organisation = added.Id;
        }
        var (away, gone, busy) = (host.Joined("Ann Away", RoleKind.Partner, PlaceKey.Of(PlaceKind.Organisation, organisation)), host.Joined("Gus Gone", RoleKind.BoardMember), host.Joined("Bo Busy", RoleKind.BoardMember));
        host.Time.Advance(TimeSpan.FromDays(60));
        using (var b = host.NewVisitor()) await b.SignIn(busy.Email);
        host.Time.Advance(TimeSpan.FromDays(31));
        using var officer = host.SignedIn(RoleKind.Officer, name: "Olive Ford");
        var page = await officer.Get("/people/review");
        page.All(".govuk-checkboxes__label").ShouldBe(["Ann Away: Partner, Early Help; not used since 14 November 2016", "Gus Gone: Board member, the board; not used since 14 November 2016"]);
        using var visitor = host.NewVisitor();
        (await visitor.SignIn(away.Email)).Headers.Location!.OriginalString.ShouldBe("/sign-in/resting");
        (await visitor.Get("/account")).Location!.AbsolutePath.ShouldBe("/sign-in");

        var boxes = page.Document.QuerySelectorAll("[name=Chosen]").Select(box => box.GetAttribute("value")).ToList();
        (await officer.Follow(await Press("keep", boxes[0]))).Text.ShouldContain("Ann Away: the access goes on");
        (await officer.Follow(await Press("end", boxes[1]))).Text.ShouldContain("Everybody who has access has used it");
        (await visitor.SignIn(away.Email)).Headers.Location!.OriginalString.ShouldBe("/");
        using (var db = store.Open()) db.RolesHeld.Single(role => role.PersonId == gone.Id).HoldsOn(DateOnly.FromDateTime(host.Time.Now.UtcDateTime)).ShouldBeFalse();

        // An organisation that takes the name of one that is gone is another place.
        using (var db = store.Open())
        {
            db.Organisations.Single().Name = "Early Help (closed)";
            db.SaveChanges();
            db.Add(new Organisation { Name = "Early Help" });
            db.SaveChanges();
            db.Organisations.Single(of => of.Name == "Early Help").Place.ShouldNotBe(db.RolesHeld.Single(role => role.PersonId == away.Id).Place);
        }

        Task<PageAnswer> Press(string handler, string? person) => officer.Send(new HttpRequestMessage(HttpMethod.Post, $"/people/review?handler={handler}")
        {
            Content = new FormUrlEncodedContent([new("Chosen", person!), new("_key", Guid.NewGuid().ToString("N")), new("__RequestVerificationToken", page.Document.QuerySelector("main [name=__RequestVerificationToken]")!.GetAttribute("value")!)]),
        });
    }

    [SkippableTheory, Databases]
    public async Task An_officer_corrects_closes_and_sets_up_anew(Database database)
    {
        using var store = TestStore.On(database);
        await using var host = await WaymarkHost.Serving(store);
        var jane = host.Joined("Jane Harris", RoleKind.BoardMember);
        using var officer = host.SignedIn(RoleKind.Officer, name: "Olive Ford");
        using var session = host.SignedIn(jane);
        var page = await officer.Get($"/people/{jane.Id}");
        (await officer.Submit(page, [("Email", "olive.ford@example.org")], "#details")).Errors.ShouldBe(["Olive Ford has this address already"]);
        await officer.Submit(await officer.Get($"/people/{jane.Id}"), [("Name", "Jane Hart"), ("Email", "jane.hart@example.org")], "#details");
        host.LettersTo("jane.harris@example.org").Single().Subject.ShouldBe("Your e-mail address was changed");
        host.LettersTo("jane.hart@example.org").Single().Body.ShouldContain("by Olive Ford");
        (await session.Get("/account")).Text.ShouldContain("jane.hart@example.org");

        (await officer.Follow(await officer.Submit(await officer.Get($"/people/{jane.Id}"), [], "#anew"))).Text.ShouldContain("A new invitation is on its way");
        (await session.Get("/account")).Location!.AbsolutePath.ShouldBe("/sign-in");
        using var visitor = host.NewVisitor();
        (await visitor.SignIn("jane.hart@example.org")).Errors.Count.ShouldBe(1);
        await visitor.Submit(await visitor.Get(host.LinkTo("jane.hart@example.org")), [("Password", TestPeople.Password)]);
        (await visitor.Get("/account")).Status.ShouldBe(HttpStatusCode.OK);

        (await officer.Follow(await officer.Submit(await officer.Get($"/people/{jane.Id}"), [], "#close"))).Text.ShouldContain("The account of Jane Hart is closed");
        (await visitor.Get("/account")).Location!.AbsolutePath.ShouldBe("/sign-in");
        (await visitor.SignIn("jane.hart@example.org")).Errors.Count.ShouldBe(1);
        using var db = store.Open();
        var me = db.People.Single(person => person.Name == "Olive Ford").Id;
        (await officer.Submit(await officer.Get($"/people/{me}"), [], "#close")).Errors.ShouldBe(["You cannot close your own account. Ask another officer"]);
    }

    [SkippableTheory, Databases]
    public async Task The_example_is_entered_as_any_of_its_people_with_one_click(Database database)
    {
        using var store = TestStore.WithExample(database);
        await using var host = await WaymarkHost.Serving(store);
        using var visitor = host.NewVisitor();
        var page = await visitor.Get("/enter");
        page.All(".w-card h2").ShouldBe(["Officer", "Cluster lead", "Headteacher", "New headteacher", "Governor or trustee", "Board member", "Partner", "Councillor", "Parent or member of the public"]);
        foreach (var (i, role) in page.All(".w-card h2").Select((role, i) => (i, role)).SkipLast(1))
        {
            (await visitor.Submit(page, [], $".w-card:nth-child({i + 1}) form")).Headers.Location!.OriginalString.ShouldBe("/");
            (await visitor.Get("/account")).Status.ShouldBe(HttpStatusCode.OK, role);
            page = await visitor.Get("/enter");
        }
        await visitor.Submit(page, [], ".w-card:last-child form");
        (await visitor.Get("/account")).Location!.AbsolutePath.ShouldBe("/sign-in");
        (await visitor.Get("/")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [SkippableTheory, Databases, Trait("attack", "K06")]
    public async Task A_real_store_has_nobody_in_it_and_no_page_to_enter_by_a_click(Database database)
    {
        using var store = TestStore.On(database);
        await using var host = await WaymarkHost.Serving(store);
        using var visitor = host.NewVisitor();
        (await visitor.Get("/enter")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await visitor.Client.PostAsync("/enter", new FormUrlEncodedContent([new("Id", "1")]))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        host.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().ShouldNotContain(endpoint => endpoint.RoutePattern.RawText == "enter");
        using var db = store.Open();
        db.People.ShouldBeEmpty();
        db.RolesHeld.ShouldBeEmpty();
        db.Sessions.ShouldBeEmpty();
        db.Outbox.ShouldBeEmpty();
    }

    [SkippableTheory, Databases, Trait("attack", "H09")]
    public async Task Of_two_last_officers_who_both_leave_at_once_one_stays(Database database)
    {
        using var store = TestStore.On(database);
        await using var host = await WaymarkHost.Serving(store);
        var (olive, tom) = (host.Joined("Olive Ford", RoleKind.Officer), host.Joined("Tom Baker", RoleKind.Officer));
        using var hers = host.SignedIn(olive);
        using var his = host.SignedIn(tom);
        int RoleOf(Person person)
        {
            using var db = store.Open();
            return db.RolesHeld.Single(role => role.PersonId == person.Id).Id;
        }
        var (one, other) = (await hers.Get($"/people/roles/{RoleOf(olive)}/end"), await his.Get($"/people/roles/{RoleOf(tom)}/end"));

        var answers = await Task.WhenAll(hers.Submit(one, [("When", "now")]), his.Submit(other, [("When", "now")]));

        answers.Count(answer => answer.Location is not null).ShouldBe(1);
        answers.Single(answer => answer.Location is null).Errors.ShouldBe(["Nobody else is an officer who has joined. Invite another officer first"]);
        using var db = store.Open();
        db.RolesHeld.Count(role => role.Until == null).ShouldBe(1);
    }
}
