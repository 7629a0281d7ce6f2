using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Field;
using Waymark.People;
using Waymark.Shared.Mail;
using Waymark.Shared.Access;
using Waymark.Tests.Shared;

namespace Waymark.Tests.People;

public sealed class InvitationTests
{
    private const string NewPassword = "walnut-harbour-seven";

    [SkippableTheory, Databases]
    public async Task An_officer_invites_somebody_who_joins_and_sees_what_the_role_sees(Database database)
    {
        using var store = TestStore.WithExample(database);
        await using var host = await WaymarkHost.Serving(store);
        using var officer = host.SignedIn(RoleKind.Officer, name: "Olive Ford");
        var form = await officer.Submit(await officer.Get("/people/invite"), [("role", "cluster-lead")]);
        form.Heading.ShouldBe("Invite: Cluster lead");
        (await officer.Submit(form, [])).Errors.ShouldBe(["Enter the name", "Enter an e-mail address in the right form, like name@example.org", "Select where the role is held"]);
        var dunstable = form.Document.QuerySelectorAll("option").Single(option => option.TextContent == "Dunstable").GetAttribute("value");
        var done = await officer.Follow(await officer.Submit(form, [("Name", "Jane Harris"), ("Email", "jane@school.example.org"), ("Place", dunstable)]));
        done.Text.ShouldContain("Jane Harris is invited");
        done.All("dd")[0].ShouldStartWith("Dunstable, since 16 December 2016");

        var letter = host.LettersTo("jane@school.example.org").Single();
        letter.Subject.ShouldBe("Join the Central Bedfordshire partnership on Waymark");
        letter.Body.ShouldContain("Olive Ford has invited you to Waymark");
        letter.Body.ShouldContain("- Cluster lead, Dunstable");
        using var jane = host.NewVisitor();
        var welcome = await jane.Get(host.LinkTo("jane@school.example.org"));
        welcome.Headers.CacheControl!.ToString().ShouldContain("no");
        welcome.All("dd").ShouldBe(["Dunstable"]);
        (await jane.Submit(welcome, [("Name", ""), ("Password", "password1234")])).Errors.Count.ShouldBe(2);
        (await jane.Submit(welcome, [("Password", NewPassword)])).Headers.Location!.OriginalString.ShouldBe("/");

        (await jane.Get("/clusters/dunstable/contacts/new")).Status.ShouldBe(HttpStatusCode.OK);
        using var visitor = host.NewVisitor();
        (await visitor.SignIn("jane@school.example.org", NewPassword)).Status.ShouldBe(HttpStatusCode.Redirect);
    }

    [SkippableTheory, Databases, Trait("attack", "B03"), Trait("attack", "B04")]
    public async Task An_invitation_opens_once_until_its_day_and_not_by_a_new_password_either(Database database)
    {
        using var store = TestStore.On(database);
        var time = new FakeTime();
        string used, late, replaced;
        await using (var host = await WaymarkHost.Serving(store, time))
        {
            (used, late, replaced) = (Invite(host, "used"), Invite(host, "late"), Invite(host, "replaced"));
            using var officer = host.SignedIn(RoleKind.Officer);
            await officer.Submit(await officer.Get($"/people/{PersonId(store, "replaced")}"), [], "#again");
            using var visitor = host.NewVisitor();
            var page = await visitor.Get(used);
            (await visitor.Submit(page, [("Password", NewPassword)])).Status.ShouldBe(HttpStatusCode.Redirect);
            using var again = host.NewVisitor();
            (await again.Submit(page, [("Password", "another-harbour-eight")])).Status.ShouldBeOneOf(HttpStatusCode.Gone, HttpStatusCode.BadRequest);
        }
        // After a restart, and after other links have been deleted.
        using (var db = store.Open())
        {
            var hash = Secret.HashOf(late.Split('/')[^1])!;
            db.SecretLinks.Where(link => link.UsedAt == null && link.WithdrawnAt == null && link.Hash != hash).ExecuteDelete();
        }
        time.Advance(TimeSpan.FromDays(14));
        await using var after = await WaymarkHost.Serving(store, time);
        using var anybody = after.NewVisitor();
        (await Said(anybody, used)).ShouldContain("This link has been used already");
        (await Said(anybody, late)).ShouldContain("This link has expired");
        (await Said(anybody, replaced)).ShouldContain("A newer one may have been sent to you");
        (await anybody.Get("/welcome/AAAAAAAAAAAAAAAAAAAAAA")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await anybody.Get("/sign-in/new-password/" + used.Split('/')[^1])).Status.ShouldBe(HttpStatusCode.NotFound, "a link opens its own purpose only");

        // Whoever has not joined gets no new password: that would be a way round the invitation's day.
        var asked = await anybody.Follow(await anybody.Submit(await anybody.Get("/sign-in/forgotten"), [("Email", "late@example.org")]));
        asked.Heading.ShouldBe("Look into your e-mail");
        after.LettersTo("late@example.org").Select(letter => letter.Subject).ShouldAllBe(subject => subject.StartsWith("Join"));
        (await anybody.SignIn("used@example.org", NewPassword)).Status.ShouldBe(HttpStatusCode.Redirect);
    }

    [SkippableTheory, Databases, Trait("attack", "B04")]
    public async Task A_forgotten_password_is_set_anew_by_a_link_that_works_once_and_leaves_the_second_step(Database database)
    {
        using var store = TestStore.On(database);
        await using var host = await WaymarkHost.Serving(store);
        var jane = host.Joined("Jane Harris");
        using (var db = store.Open())
        {
            var person = db.People.Single();
            (person.SealedCodeSecret, person.HasSecondFactor) = (OneTimeCode.NewSecret(), true);
            db.SaveChanges();
        }
        using var session = host.SignedIn(jane);
        using var visitor = host.NewVisitor();
        var form = await visitor.Get("/sign-in/forgotten");
        var (known, unknown) = (await visitor.Follow(await visitor.Submit(form, [("Email", jane.Email)])), await visitor.Follow(await visitor.Submit(form, [("Email", "nobody@example.org")])));
        known.Text.ShouldBe(unknown.Text);
        host.LettersTo("nobody@example.org").ShouldBeEmpty();
        var first = host.LinkTo(jane.Email);
        await visitor.Submit(form, [("Email", jane.Email)]);
        var second = host.LinkTo(jane.Email);
        (await Said(visitor, first)).ShouldContain("no longer valid");

        var page = await visitor.Get(second);
        var done = await visitor.Follow(await visitor.Submit(page, [("Password", NewPassword)]));

        done.Text.ShouldContain("Your new password is saved");
        (await session.Get("/account")).Location!.AbsolutePath.ShouldBe("/sign-in", "every session of before is over");
        (await visitor.SignIn(jane.Email, NewPassword)).Headers.Location!.OriginalString.ShouldBe("/sign-in/code");
        (await Said(visitor, second)).ShouldContain("used already");
        (await visitor.Submit(page, [("Password", "another-harbour-eight")])).Status.ShouldBe(HttpStatusCode.Gone);
        for (var i = 0; i < 5; i++) await visitor.Submit(form, [("Email", jane.Email)]);
        host.LettersTo(jane.Email).Count(letter => letter.Subject == "Choose a new password").ShouldBe(3, "nobody's letter box is filled by a stranger");
        host.Time.Advance(TimeSpan.FromHours(2));
        await visitor.Submit(form, [("Email", jane.Email)]);
        var expired = host.LinkTo(jane.Email);
        host.Time.Advance(TimeSpan.FromHours(1));
        (await Said(visitor, expired)).ShouldContain("expired");
    }

    [SkippableTheory, Databases]
    public async Task The_command_line_invites_the_first_officer_and_lets_an_officer_in_again(Database database)
    {
        using var store = TestStore.On(database);
        var run = await WaymarkProcess.Run(store, "invite", "olive@example.org", "--role", "officer", "--name", "Olive Ford");
        run.ExitCode.ShouldBe(0, run.Errors);
        run.Output.ShouldStartWith("olive@example.org: Officer, the whole partnership. The link works once, for 14 days:\nhttp://localhost:5100/welcome/");
        var time = new FakeTime(DateTimeOffset.UtcNow);
        await using var host = await WaymarkHost.Serving(store, time);
        using var olive = host.NewVisitor();
        var joined = await olive.Follow(await olive.Submit(await olive.Get(new Uri(run.Output.Trim().Split('\n')[^1]).PathAndQuery), [("Password", NewPassword)]));
        joined.Heading.ShouldBe("Set up an authenticator app");

        var again = await WaymarkProcess.Run(store, "invite", "OLIVE@example.org", "--role", "officer");
        again.ExitCode.ShouldBe(0, again.Errors);
        (await olive.Get("/account")).Location!.AbsolutePath.ShouldBe("/sign-in", "the way in anew ends every way in of before");
        (await olive.Get(new Uri(again.Output.Trim().Split('\n')[^1]).PathAndQuery)).Heading.ShouldBe("Join the partnership");
        using (var db = store.Open())
        {
            db.RolesHeld.Count().ShouldBe(1);
            db.AuditEvents.Count(audit => audit.Action == "waymark invite").ShouldBe(2);
        }
        foreach (var (arguments, says) in new (string[], string)[]
        {
            (["x@example.org", "--role", "king"], "--role king: there is no such role. Choose one of officer,"),
            (["x@example.org", "--role", "headteacher"], "--place is needed: Headteacher is a role of one school."),
            (["x@example.org", "--role", "headteacher", "--place", "999999"], "--place 999999: no school is known by this."),
            (["not an address", "--role", "officer"], "Enter an e-mail address in the right form, like name@example.org."),
        })
        {
            var refused = await WaymarkProcess.Run(store, ["invite", .. arguments]);
            refused.ExitCode.ShouldBe(2);
            refused.Errors.ShouldStartWith(says);
        }
        using (var db = store.Open()) db.People.Count().ShouldBe(1);
    }

    [SkippableTheory, Databases]
    public async Task A_file_of_people_is_shown_with_its_faults_and_invites_all_of_them_at_once(Database database)
    {
        using var store = TestStore.WithExample(database);
        await using var host = await WaymarkHost.Serving(store);
        using var officer = host.SignedIn(RoleKind.Officer, name: "Olive Ford");
        string[] urns;
        using (var db = store.Open()) urns = [.. db.Set<Waymark.Schools.School>().Where(school => school.InRegister && school.Status == Waymark.Schools.SchoolStatus.Open).OrderBy(school => school.Urn).Take(100).Select(school => school.Urn).AsEnumerable().Select(urn => urn.ToString())];
        var form = await officer.Get("/people/import");
        (await officer.Submit(form, [])).Errors.ShouldBe(["Select a file"]);
        Encoding.UTF8.GetString((await officer.Get(form.Link("Download people.csv"))).Content).ShouldBe("name,email,role,place,from\r\n");
        (await Read("urn,name\r\n1,2\r\n")).Errors.Single().ShouldStartWith("people.csv has no column email and no column role");

        var faulty = await Read($"name,email,role,place,from\r\n,jane@example.org,headteacher,{urns[0]},2016-09-01\r\nTom Baker,tom at example,headmaster,{urns[0]},soon\r\nAnn Lee,ann@example.org,headteacher,Dunstable,2016-09-01\r\nAnn Lee,ann@example.org,governor,{urns[0]},2016-09-01\r\nAnn Lee,ANN@example.org,governor,{urns[0]},2016-09-02\r\n");
        faulty.Errors.ShouldBe(["people.csv has 6 faults, listed below"]);
        faulty.Rows("tbody tr").ShouldBe(
        [
            "2 name Enter the name.",
            "3 email tom at example Enter an e-mail address in the right form, like name@example.org.",
            "3 role headmaster There is no such role. Write one of officer, data-officer, cluster-lead, headteacher, governor, chair, board-member, working-group-lead, partner, viewer, clerk, stand-in.",
            "3 from soon This is not a date. Write it as 2016-09-01 or 01/09/2016.",
            "4 place Dunstable No place of a headteacher is known by this. Write a school’s URN, a cluster’s name, or leave it empty for a role in the whole partnership.",
            "6 email ANN@example.org This person has this role on line 5 already.",
        ]);

        var file = new StringBuilder("Name,E-mail,Role,Place,From\r\n");
        for (var i = 0; i < 300; i++) file.Append(System.Globalization.CultureInfo.InvariantCulture, $"\"Governor, No. {i}\",governor{i}@example.org,governor,{urns[i % urns.Length]},01/09/2016\r\n");
        file.Append("Olive Ford,olive.ford@example.org,board-member,,2016-09-01\r\nPia Lind,pia@example.org,partner,Library Service,2016-09-01\r\nCara Moss,cara@example.org,cluster-lead,houghton-regis,2016-09-01\r\n");
        var preview = await Read(file.ToString());
        preview.Heading.ShouldBe("Check who is invited");
        preview.Text.ShouldContain("302 new people get an invitation by e-mail. 1 person is here already and gets another role.");
        using (var db = store.Open()) db.People.Count(person => person.JoinedAt == null).ShouldBe(0, "nobody is invited before it is confirmed");

        var done = await officer.Follow(await officer.Submit(preview, []));

        done.Text.ShouldContain("302 people are invited; 1 have another role");
        using (var db = store.Open())
        {
            db.People.Count(person => person.JoinedAt == null).ShouldBe(302);
            db.Outbox.Count().ShouldBe(303);
            db.Organisations.OrderBy(organisation => organisation.Id).Select(organisation => organisation.Name).Last().ShouldBe("Library Service");
            db.People.Single(person => person.Email == "governor7@example.org").Name.ShouldBe("Governor, No. 7");
        }
        (await Read(file.ToString())).All("tbody tr").Count.ShouldBe(303, "who holds the role already is not given it twice");

        Task<PageAnswer> Read(string text) => officer.Submit(form, [], [("Upload", "people.csv", Encoding.UTF8.GetBytes(text))]);
    }

    [SkippableTheory, Databases, Trait("attack", "A23")]
    public async Task A_head_invites_the_own_school_s_governors_and_nobody_else(Database database)
    {
        using var store = TestStore.WithExample(database);
        await using var host = await WaymarkHost.Serving(store);
        PlaceKey own, other;
        using (var db = store.Open())
        {
            var schools = db.Set<Waymark.Schools.School>().Where(school => school.InRegister && school.Status == Waymark.Schools.SchoolStatus.Open).OrderBy(school => school.Urn).Take(2).ToList();
            (own, other) = (schools[0].Place, schools[1].Place);
        }
        using var head = host.SignedIn(RoleKind.Headteacher, own);
        var page = await head.Get($"/people/places/school/{own.Number}");
        page.All("#invite label").ShouldContain("Governor or trustee");
        page.All("#invite .govuk-radios__label").ShouldBe(["Governor or trustee", "Chair of governors", "Clerk to the governors", "Stand-in for the head"]);

        var done = await head.Follow(await head.Submit(page, [("Name", "Gwen Pettit"), ("Email", "gwen@example.org"), ("Role", "governor")], "#invite"));
        done.Text.ShouldContain("Gwen Pettit is invited");
        done.All("dt").ShouldContain("Gwen Pettit");
        (await head.Follow(await head.Submit(done, [], "dd form"))).Text.ShouldContain("on its way to gwen@example.org again");

        // Roles that the page does not offer, other schools, other people's pages, files of people.
        foreach (var role in new[] { "headteacher", "officer", "data-officer", "cluster-lead", "viewer" })
            (await head.Client.PostAsync($"/people/places/school/{own.Number}", Form(page, ("Name", "Mallory Grey"), ("Email", "mallory@example.org"), ("Role", role), ("From.day", "1"), ("From.month", "9"), ("From.year", "2016"))))
                .StatusCode.ShouldBe(HttpStatusCode.OK, "the page is shown again");
        (await head.Get($"/people/places/school/{other.Number}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await head.Client.PostAsync($"/people/places/school/{other.Number}", Form(page, ("Name", "Mallory Grey"), ("Email", "mallory@example.org"), ("Role", "governor")))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        foreach (var path in new[] { "/people", "/people/invite?role=officer", "/people/import", "/people/invitations", "/people/review", "/people/letters", $"/people/{PersonId(store, "gwen")}" })
            (await head.Get(path)).Status.ShouldBe(HttpStatusCode.Forbidden, path);
        using (var db = store.Open())
        {
            db.People.ShouldNotContain(person => person.Email == "mallory@example.org");
            var roles = db.RolesHeld.AsNoTracking().ToList();
            var (governor, headship, elsewhere) = (roles.Last(), roles.Single(role => role.Place == own && role.Role == RoleKind.Headteacher && role.From == new DateOnly(2016, 9, 1)), roles.First(role => role.Role == RoleKind.Governor && role.Place != own));
            (await head.Get($"/people/roles/{headship.Id}/end")).Status.ShouldBe(HttpStatusCode.Forbidden, "a head does not end a headship");
            (await head.Get($"/people/roles/{elsewhere.Id}/end")).Status.ShouldBe(HttpStatusCode.NotFound);
            (await head.Get($"/people/roles/{governor.Id}/hand-over")).Status.ShouldBe(HttpStatusCode.Forbidden);
            (await head.Follow(await head.Submit(await head.Get($"/people/roles/{governor.Id}/end"), [("When", "now")]))).Text.ShouldContain("The role of Gwen Pettit has ended");
        }
    }

    [Fact]
    public async Task A_letter_that_a_mail_server_is_to_send_shows_its_links_to_nobody_else()
    {
        using var smtp = new SmtpServer();
        using var store = TestStore.On(Database.Sqlite);
        await using var host = await WaymarkHost.Serving(store, configure: builder => (builder.Configuration["WAYMARK_SMTP"], builder.Configuration["WAYMARK_SMTP_FROM"]) = (smtp.Address, "waymark@example.org"));
        using var officer = host.SignedIn(RoleKind.Officer, name: "Olive Ford");
        using (var db = store.Open())
        {
            var letter = OutboxMail.To("jane@example.org", "Welcome", "the secret link", host.Time.GetUtcNow().UtcDateTime);
            letter.NextTryAt = host.Time.GetUtcNow().UtcDateTime.AddHours(1);
            db.Add(letter);
            db.SaveChanges();
        }
        var page = await officer.Get("/people/letters");
        page.Text.ShouldContain("jane@example.org");
        page.Text.ShouldNotContain("the secret link");
        using (var db = store.Open())
        {
            db.Outbox.Single(letter => letter.Recipient == "jane@example.org").NextTryAt = null; // given up
            db.SaveChanges();
        }
        (await officer.Get("/people/letters")).Text.ShouldContain("the secret link");
    }

    [SkippableTheory, Databases, Trait("attack", "F11")]
    public async Task No_name_or_address_adds_a_recipient_or_a_line_to_a_letter(Database database)
    {
        using var smtp = new SmtpServer();
        using var store = TestStore.On(database);
        await using var host = await WaymarkHost.Serving(store, configure: builder => (builder.Configuration["WAYMARK_SMTP"], builder.Configuration["WAYMARK_SMTP_FROM"]) = (smtp.Address, "waymark@example.org"));
        using var officer = host.SignedIn(RoleKind.Officer, name: "Olive Ford");
        var form = await officer.Get("/people/invite?role=board-member");
        foreach (var (name, email) in new[]
        {
            ("Jane\r\nBcc: evil@example.org", "jane@example.org"), ("Jane\nSubject: Win", "jane@example.org"), ("Jane\u2028Harris\u0085", "jane@example.org"),
            ("Jane", "jane@example.org\r\nBcc: evil@example.org"), ("Jane", "jane@example.org,evil@example.org"), ("Jane", "jane@example.org;evil@example.org"), ("Jane", "jane@example.org evil@example.org"),
            ("Jane", "\"evil@example.org\" <jane@example.org>"), ("Jane", "jane@example.org%0aBcc:evil@example.org"), ("Jane", "<jane@example.org>"),
        })
            await officer.Submit(form, [("Name", name), ("Email", email)]);
        foreach (var (name, email) in new[] { ("Zoë O’Neill, \"Bcc: x\"", "zoe@example.org"), ("Jane: Harris <b>", "jane@example.org") })
            (await officer.Submit(await officer.Get("/people/invite?role=board-member"), [("Name", name), ("Email", email)])).Status.ShouldBe(HttpStatusCode.Redirect);

        int written;
        using (var db = store.Open()) written = db.Outbox.Count();
        await smtp.Wait(written);
        foreach (var (to, data) in smtp.Letters)
        {
            to.Count.ShouldBe(1);
            to[0].ShouldBeOneOf("zoe@example.org", "jane@example.org", "jane@example.org%0aBcc:evil@example.org");
            var head = data[..data.IndexOf("\n\n", StringComparison.Ordinal)];
            head.Split('\n').Count(line => line.StartsWith("Subject:", StringComparison.OrdinalIgnoreCase)).ShouldBe(1);
            head.Split('\n').Count(line => line.StartsWith("To:", StringComparison.OrdinalIgnoreCase)).ShouldBe(1);
            head.ShouldNotContain("Bcc:", Case.Insensitive, string.Join(", ", to));
        }
        // Who stops the server waits for what it has just sent to be noted.
        await host.Stop();
        using (var db = store.Open()) db.Outbox.AsEnumerable().ShouldAllBe(letter => letter.SentAt != null && letter.Body == "", "a letter that was sent leaves no secret behind");
        Should.Throw<ArgumentException>(() => OutboxMail.To("jane@example.org\r\nBcc: evil@example.org", "Hello", "", default));
        Should.Throw<ArgumentException>(() => OutboxMail.To("jane@example.org, evil@example.org", "Hello", "", default));
        Should.Throw<ArgumentException>(() => OutboxMail.To("jane@example.org", "Hello\r\nBcc: evil@example.org", "", default));
    }

    [SkippableTheory, Databases]
    public async Task Without_a_mail_server_the_officer_sends_the_letters_by_hand(Database database)
    {
        using var store = TestStore.On(database);
        await using var host = await WaymarkHost.Serving(store);
        using var officer = host.SignedIn(RoleKind.Officer, name: "Olive Ford");
        (await officer.Get("/people/letters")).Text.ShouldContain("No letter is waiting");
        await officer.Submit(await officer.Get("/people/invite?role=viewer"), [("Name", "Vera Hill"), ("Email", "vera@example.org")]);
        var page = await officer.Get("/people/letters");
        page.Text.ShouldContain("no mail server is set up");
        page.All("h2.govuk-heading-s").ShouldBe(["vera@example.org: Join the education partnership on Waymark"]);
        page.All("pre")[0].ShouldContain("http://127.0.0.1:");
        (await officer.Follow(await officer.Submit(page, []))).Text.ShouldContain("No letter is waiting");
        using var db = store.Open();
        db.Outbox.Single().Body.ShouldBeEmpty();
    }

    [SkippableTheory, Databases]
    public async Task Invitations_not_taken_up_are_seen_and_sent_again(Database database)
    {
        using var store = TestStore.On(database);
        await using var host = await WaymarkHost.Serving(store);
        using var officer = host.SignedIn(RoleKind.Officer, name: "Olive Ford");
        (await officer.Get("/people/invitations")).Text.ShouldContain("Everybody who was invited has joined");
        foreach (var name in new[] { "Ann Lee", "Tom Baker" })
            await officer.Submit(await officer.Get("/people/invite?role=viewer"), [("Name", name), ("Email", $"{name[..3].ToLowerInvariant()}@example.org")]);
        host.Time.Advance(TimeSpan.FromDays(15));
        using var later = host.SignedIn(RoleKind.Officer, name: "Otto Fink");
        var page = await later.Get("/people/invitations");
        page.All(".govuk-checkboxes__label").ShouldBe(["Ann Lee, ann@example.org: invited on 14 November 2016, no longer open", "Tom Baker, tom@example.org: invited on 14 November 2016, no longer open"]);
        (await later.Submit(page, [])).Errors.ShouldBe(["Select whom to write to"]);
        var tom = page.Document.QuerySelectorAll("[name=Chosen]")[1].GetAttribute("value");
        (await later.Follow(await later.Submit(page, [("Chosen", tom)]))).All(".govuk-checkboxes__label")[1].ShouldBe("Tom Baker, tom@example.org: invited on 29 November 2016, open until 13 December");
        using var visitor = host.NewVisitor();
        (await visitor.Get(host.LinkTo("tom@example.org"))).Status.ShouldBe(HttpStatusCode.OK);
    }

    private static string Invite(WaymarkHost host, string name)
    {
        using var scope = Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.CreateScope(host.Services);
        var letters = Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetRequiredService<Waymark.People.Invitations.InvitationDesk>(scope.ServiceProvider);
        return new Uri(letters.Invite(name, $"{name}@example.org", RoleKind.BoardMember, PlaceKey.Board, new DateOnly(2016, 9, 1), null, null).Link!).PathAndQuery;
    }

    private static int PersonId(TestStore store, string name)
    {
        using var db = store.Open();
        return db.People.Single(person => person.EmailKey == $"{name}@example.org").Id;
    }

    private static async Task<string> Said(Visitor visitor, string path)
    {
        var page = await visitor.Get(path);
        page.Status.ShouldBe(HttpStatusCode.Gone);
        page.All("main form").ShouldBeEmpty();
        return page.Text;
    }

    private static FormUrlEncodedContent Form(PageAnswer page, params (string Name, string Value)[] fields) =>
        new([.. fields.Select(field => KeyValuePair.Create(field.Name, field.Value)),
            new("__RequestVerificationToken", page.Document.QuerySelector("main [name=__RequestVerificationToken]")!.GetAttribute("value")!), new("_key", Guid.NewGuid().ToString("N"))]);
}
