using System.Net;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Field;
using Waymark.People;
using Waymark.Tests.Shared;

namespace Waymark.Tests.People;

public sealed class SessionTests
{
    [SkippableTheory, Databases, Trait("attack", "B14")]
    public async Task Who_signed_out_is_out_also_with_the_cookie_of_before_and_no_page_stays_in_the_browser(Database database)
    {
        using var store = TestStore.On(database);
        await using var host = await WaymarkHost.Serving(store);
        using var jane = host.SignedIn(RoleKind.BoardMember);
        using var copy = CopyOf(host, jane);
        foreach (var path in new[] { "/", "/account", "/schools", "/no-such-page" })
            (await jane.Get(path)).Headers.CacheControl!.NoStore.ShouldBeTrue(path);
        (await copy.Get("/account")).Status.ShouldBe(HttpStatusCode.OK);

        await jane.Submit(await jane.Get("/sign-out"), []);

        (await jane.Get("/account")).Location!.AbsolutePath.ShouldBe("/sign-in");
        (await copy.Get("/account")).Location!.AbsolutePath.ShouldBe("/sign-in");
    }

    [SkippableTheory, Databases, Trait("attack", "B14")]
    public async Task A_closed_account_s_sessions_are_over_wherever_they_are(Database database)
    {
        using var store = TestStore.On(database);
        await using var host = await WaymarkHost.Serving(store);
        var person = host.Joined("Jane Harris", RoleKind.BoardMember);
        Visitor[] devices = [host.SignedIn(person), host.SignedIn(person), host.SignedIn(person)];
        foreach (var device in devices) (await device.Get("/account")).Status.ShouldBe(HttpStatusCode.OK);
        using (var db = store.Open())
        {
            db.People.Single().ClosedAt = host.Time.Now.UtcDateTime;
            db.SaveChanges();
        }
        foreach (var device in devices)
        {
            (await device.Get("/account")).Location!.AbsolutePath.ShouldBe("/sign-in");
            device.Dispose();
        }
    }

    [SkippableTheory, Databases, Trait("attack", "B05"), Trait("attack", "B16")]
    public async Task Sessions_and_open_forms_survive_a_restart_and_what_was_ended_stays_ended(Database database)
    {
        using var store = TestStore.On(database);
        var time = new FakeTime();
        Visitor jane, revoked;
        PageAnswer form;
        int port;
        Cookie[] ended;
        await using (var host = await WaymarkHost.Serving(store, time))
        {
            var person = host.Joined("Jane Harris", RoleKind.BoardMember);
            (jane, revoked, port) = (host.SignedIn(person), host.SignedIn(person), host.Address.Port);
            form = await jane.Get("/account/password");
            ended = [.. revoked.Cookies.GetAllCookies().Cast<Cookie>()];
            await revoked.Submit(await revoked.Get("/sign-out"), []);
        }
        await using var again = await WaymarkHost.Serving(store, time, configure: builder => builder.WebHost.UseSetting("urls", $"http://127.0.0.1:{port}"));
        using (jane)
        using (revoked)
        {
            (await jane.Get("/account")).Status.ShouldBe(HttpStatusCode.OK);
            var saved = await jane.Submit(form, [("Current", TestPeople.Password), ("New", "walnut-harbour-seven")]);
            (await jane.Follow(saved)).Text.ShouldContain("Your password was changed");
            foreach (var cookie in ended) revoked.Cookies.Add(new Cookie(cookie.Name, cookie.Value, "/", "127.0.0.1") { Secure = true });
            (await revoked.Get("/account")).Location!.AbsolutePath.ShouldBe("/sign-in");
        }
    }

    [Fact]
    public async Task The_keys_are_their_owner_s_alone()
    {
        using var store = TestStore.On(Database.Sqlite);
        await using var host = await WaymarkHost.Serving(store);
        using var visitor = host.NewVisitor();
        await visitor.Get("/sign-in");
        var keys = new DirectoryInfo(Path.Combine(store.Folder!, "keys"));
        keys.GetFiles("*.xml").ShouldNotBeEmpty();
        if (!OperatingSystem.IsWindows()) File.GetUnixFileMode(keys.FullName).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [SkippableTheory, Databases, Trait("attack", "G07")]
    public async Task What_nobody_should_find_is_not_there(Database database)
    {
        using var store = TestStore.On(database);
        await using var host = await WaymarkHost.Serving(store);
        using var visitor = host.NewVisitor();
        foreach (var path in new[] { "/.git/config", "/.env", "/appsettings.json", "/waymark.db", "/keys/", "/swagger", "/swagger/v1/swagger.json", "/openapi/v1.json", "/health/details", "/metrics", "/trace.axd", "/gallery", "/built/", "/wwwroot/", "/Program.cs", "/web.config" })
            (await visitor.Get(path)).Status.ShouldBe(HttpStatusCode.NotFound, path);
        foreach (var method in new[] { "TRACE", "TRACK", "PUT", "DELETE", "PATCH", "OPTIONS", "CONNECTED" })
        {
            var answer = await visitor.Send(new HttpRequestMessage(new HttpMethod(method), new Uri("/clusters/new", UriKind.Relative)));
            answer.Status.ShouldBeOneOf([HttpStatusCode.MethodNotAllowed, HttpStatusCode.NotFound, HttpStatusCode.BadRequest], method);
            answer.Headers.Contains("Server").ShouldBeFalse();
        }
    }

    [SkippableTheory, Databases, Trait("attack", "G05")]
    public async Task An_address_written_otherwise_asks_for_the_same_permission(Database database)
    {
        using var store = TestStore.WithExample(database);
        await using var host = await WaymarkHost.Serving(store);
        using var stranger = host.NewVisitor();
        foreach (var path in new[] { "/PEOPLE", "/people/", "/people//", "/people/.", "/people/x/..", "/people%2f", "/%70eople", "/people;a.js", "/people/1.css", "/people/%2e%2e/people", "/people?_method=GET&handler=x", "/people%00", "//people", "/people%252f1" })
        {
            var answer = await stranger.Get(new Uri(host.Address + path.TrimStart('/'), new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }).ToString());
            (answer.Location?.AbsolutePath == "/sign-in" || (int)answer.Status is 404 or 400).ShouldBeTrue($"{path}: {(int)answer.Status} {answer.Location}");
        }
    }

    [SkippableTheory, Databases, Trait("attack", "A22")]
    public async Task A_role_that_ends_while_the_session_lives_ends_with_the_next_request(Database database)
    {
        using var store = TestStore.WithExample(database);
        await using var host = await WaymarkHost.Serving(store);
        PlaceKey dunstable;
        using (var db = store.Open()) dunstable = db.Set<Waymark.Clusters.Cluster>().Single(cluster => cluster.Slug == "dunstable").Place;
        using var lead = host.SignedIn(RoleKind.ClusterLead, dunstable);
        (await lead.Get("/clusters/dunstable/contacts/new")).Status.ShouldBe(HttpStatusCode.OK);
        using (var db = store.Open())
        {
            db.RolesHeld.OrderBy(role => role.Id).Last().EndNow(new DateOnly(2016, 12, 16)).ShouldBeNull();
            db.SaveChanges();
        }
        (await lead.Get("/clusters/dunstable/contacts/new")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [SkippableTheory, Databases, Trait("attack", "A22")]
    public async Task What_a_school_s_people_may_do_in_a_cluster_ends_with_the_school_s_membership(Database database)
    {
        using var store = TestStore.WithExample(database);
        await using var host = await WaymarkHost.Serving(store);
        Containment membership;
        using (var db = store.Open()) membership = db.Containments.AsNoTracking().AsEnumerable().First(of => of.Parent.Kind == PlaceKind.Cluster && of.Child.Kind == PlaceKind.School && of.LastDay is null);
        using var head = host.SignedIn(RoleKind.Headteacher, membership.Child);
        string slug;
        using (var db = store.Open()) slug = db.Set<Waymark.Clusters.Cluster>().AsEnumerable().Single(cluster => cluster.Place == membership.Parent).Slug;
        // Forbidden to who belongs to it; not there for who does not.
        (await head.Get($"/clusters/{slug}/contacts/new")).Status.ShouldBe(HttpStatusCode.Forbidden);
        using (var db = store.Open())
        {
            // The example's today is in November 2016; the membership ended in the summer before.
            db.Containments.Where(of => of.Child == membership.Child && of.Parent == membership.Parent).ExecuteUpdate(set => set.SetProperty(of => of.LastDay, new DateOnly(2016, 8, 31)));
        }
        (await head.Get($"/clusters/{slug}/contacts/new")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [SkippableTheory, Databases, Trait("attack", "A07")]
    public async Task A_cookie_of_one_partnership_opens_nothing_in_another(Database database)
    {
        using var mine = TestStore.Untouched(database);
        using var other = TestStore.Untouched(database);
        foreach (var store in new[] { mine, other }) ServeCommand.PrepareStore(store.Store, noExample: true);
        await using var here = await WaymarkHost.Serving(mine);
        await using var there = await WaymarkHost.Serving(other);
        var (jane, namesake) = (here.Joined("Jane Harris", RoleKind.BoardMember), there.Joined("Jane Harris", RoleKind.BoardMember));
        namesake.Id.ShouldBe(jane.Id);
        using var visitor = here.SignedIn(jane);
        using var twin = there.SignedIn(namesake);
        (await visitor.Get("/account")).Status.ShouldBe(HttpStatusCode.OK);

        using var replay = CopyOf(there, visitor);
        (await replay.Get("/account")).Location!.AbsolutePath.ShouldBe("/sign-in");
        // Neither does a form's token.
        var form = await visitor.Get("/sign-out");
        using var tokens = CopyOf(there, twin);
        var token = form.Document.QuerySelector("[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        (await tokens.Client.PostAsync("/sign-out", new FormUrlEncodedContent([new("__RequestVerificationToken", token)]))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [SkippableTheory, Databases, Trait("attack", "B15")]
    public async Task A_form_without_its_token_or_with_somebody_else_s_is_refused(Database database)
    {
        using var store = TestStore.On(database);
        await using var host = await WaymarkHost.Serving(store);
        using var jane = host.SignedIn(host.Joined("Jane Harris"));
        using var tom = host.SignedIn(host.Joined("Tom Baker"));
        foreach (var path in new[] { "/account/password", "/account/sessions", "/account/second-factor", "/account/recovery-codes", "/account/passkeys", "/sign-out" })
        {
            var (hers, his) = ((await jane.Get(path)).Document, (await tom.Get(path)).Document);
            foreach (var form in hers.QuerySelectorAll("main form[method=post]"))
            {
                form.QuerySelector("[name=__RequestVerificationToken]").ShouldNotBeNull(path);
                var target = form.GetAttribute("action") is { Length: > 0 } action ? action.StartsWith('?') ? path + action : action : path;
                (await Post(jane, target, null)).ShouldBe(HttpStatusCode.BadRequest, target);
                (await Post(jane, target, his.QuerySelector("[name=__RequestVerificationToken]")!.GetAttribute("value"))).ShouldBe(HttpStatusCode.BadRequest, target);
            }
        }
        (await jane.Get("/account")).Status.ShouldBe(HttpStatusCode.OK);

        static async Task<HttpStatusCode> Post(Visitor visitor, string path, string? token) =>
            (await visitor.Client.PostAsync(path, new FormUrlEncodedContent(token is null ? [new("a", "b")] : [new KeyValuePair<string, string>("__RequestVerificationToken", token)]))).StatusCode;
    }

    [SkippableTheory, Databases]
    public async Task A_session_ends_after_two_hours_without_use_and_after_twelve_in_any_case(Database database)
    {
        using var store = TestStore.On(database);
        await using var host = await WaymarkHost.Serving(store);
        var person = host.Joined("Jane Harris");
        using var idle = host.SignedIn(person);
        using var busy = host.SignedIn(person);
        for (var hours = 1; hours < 12; hours++)
        {
            host.Time.Advance(TimeSpan.FromHours(1));
            (await busy.Get("/account")).Status.ShouldBe(HttpStatusCode.OK, $"after {hours} hours");
        }
        (await idle.Get("/account")).Location!.AbsolutePath.ShouldBe("/sign-in");
        host.Time.Advance(TimeSpan.FromHours(1));
        (await busy.Get("/account")).Location!.AbsolutePath.ShouldBe("/sign-in");
    }

    [SkippableTheory, Databases]
    public async Task Somebody_sees_where_they_are_signed_in_and_signs_out_there(Database database)
    {
        using var store = TestStore.On(database);
        await using var host = await WaymarkHost.Serving(store);
        var person = host.Joined("Jane Harris");
        using var here = host.SignedIn(person);
        using var there = host.SignedIn(person);
        var page = await here.Get("/account/sessions");
        page.All("dt").ShouldBe(["Firefox on Windows", "Firefox on Windows"]);
        page.Text.ShouldContain("(this device)");
        (await here.Follow(await here.Submit(page, [], "dd form"))).Text.ShouldContain("You are signed out on Firefox on Windows");
        (await there.Get("/account")).Location!.AbsolutePath.ShouldBe("/sign-in");

        await here.Submit(await here.Get("/account/sessions"), [], "main > form");
        (await here.Get("/account")).Location!.AbsolutePath.ShouldBe("/sign-in");
        using var stranger = host.SignedIn(host.Joined("Tom Baker"));
        using var again = host.SignedIn(person);
        var mine = (await again.Get("/account/sessions")).Document;
        int session;
        using (var db = store.Open()) session = db.Sessions.Single(of => of.PersonId == person.Id).Id;
        var form = await stranger.Get("/sign-out");
        (await stranger.Client.PostAsync($"/account/sessions?handler=end&id={session}", new FormUrlEncodedContent([new("__RequestVerificationToken", form.Document.QuerySelector("main [name=__RequestVerificationToken]")!.GetAttribute("value")!)])))
            .StatusCode.ShouldBe(HttpStatusCode.NotFound, "nobody ends another's session");
        (await again.Get("/account")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [SkippableTheory, Databases]
    public async Task A_new_password_signs_out_every_other_device(Database database)
    {
        using var store = TestStore.On(database);
        await using var host = await WaymarkHost.Serving(store);
        var person = host.Joined("Jane Harris");
        using var here = host.SignedIn(person);
        using var there = host.SignedIn(person);
        var form = await here.Get("/account/password");
        (await here.Submit(form, [("Current", "not the password"), ("New", "walnut-harbour-seven")])).Errors.ShouldBe(["This is not your present password"]);
        (await here.Submit(form, [("Current", TestPeople.Password), ("New", "password1234")])).Errors.Single().ShouldStartWith("This password is too easy to guess");
        (await here.Submit(form, [("Current", TestPeople.Password), ("New", "jane harris 1")])).Errors.Single().ShouldStartWith("This password is too easy to guess");
        (await here.Submit(form, [("Current", TestPeople.Password), ("New", "short")])).Errors.Single().ShouldStartWith("The password must have 12 characters or more");

        (await here.Follow(await here.Submit(form, [("Current", TestPeople.Password), ("New", "walnut-harbour-seven")]))).Text.ShouldContain("Your password was changed");

        (await here.Get("/account")).Status.ShouldBe(HttpStatusCode.OK);
        (await there.Get("/account")).Location!.AbsolutePath.ShouldBe("/sign-in");
        host.LettersTo(person.Email).Single().Subject.ShouldBe("Your password was changed");
        using var visitor = host.NewVisitor();
        (await visitor.SignIn(person.Email)).Errors.Count.ShouldBe(1);
        (await visitor.SignIn(person.Email, "walnut-harbour-seven")).Status.ShouldBe(HttpStatusCode.Redirect);
    }

    [SkippableTheory, Databases]
    public async Task Cookies_are_bound_to_this_host_and_to_https(Database database)
    {
        using var store = TestStore.On(database);
        await using var host = await WaymarkHost.Serving(store);
        var jane = host.Joined("Jane Harris");
        using var visitor = host.NewVisitor();
        var page = await visitor.Get("/sign-in");
        var signedIn = await visitor.Submit(page, [("Email", jane.Email), ("Password", TestPeople.Password)], TestPeople.PasswordForm);
        var out_ = await visitor.Submit(await visitor.Get("/sign-out"), []);
        foreach (var cookie in new[] { page, signedIn, out_ }.SelectMany(answer => answer.Headers.TryGetValues("Set-Cookie", out var set) ? set : []))
        {
            cookie.ShouldStartWith("__Host-");
            foreach (var needed in new[] { "; path=/", "; secure", "; httponly", "; samesite=" }) cookie.ShouldContain(needed, Case.Insensitive);
            cookie.ShouldNotContain("domain=", Case.Insensitive);
        }
    }

    [SkippableTheory, Databases, Trait("attack", "B11")]
    public async Task What_a_request_says_of_its_host_and_its_way_is_not_believed(Database database)
    {
        using var store = TestStore.On(database);
        await using var host = await WaymarkHost.Serving(store, configure: builder => builder.Configuration["WAYMARK_ADDRESS"] = "https://waymark.example.org");
        var jane = host.Joined("Jane Harris");
        async Task<HttpStatusCode> Ask(string path, params (string, string)[] headers)
        {
            using var visitor = host.NewVisitor();
            var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Host = "waymark.example.org";
            foreach (var (name, value) in headers) if (name == "Host") request.Headers.Host = value; else request.Headers.Add(name, value);
            return (await visitor.Send(request)).Status;
        }
        (await Ask("/sign-in")).ShouldBe(HttpStatusCode.OK);
        (await Ask("/sign-in", ("Host", "evil.example"))).ShouldBe(HttpStatusCode.MisdirectedRequest);
        (await Ask("/sign-in", ("Host", "127.0.0.1"))).ShouldBe(HttpStatusCode.MisdirectedRequest);
        (await Ask("/sign-in", ("X-Forwarded-Host", "evil.example"), ("X-Forwarded-For", "203.0.113.9"), ("X-Forwarded-Proto", "http"))).ShouldBe(HttpStatusCode.OK, "nobody named a proxy, so nobody's word is taken");

        using var forged = host.NewVisitor();
        forged.Client.DefaultRequestHeaders.Host = "waymark.example.org";
        forged.Client.DefaultRequestHeaders.Add("X-Forwarded-Host", "evil.example");
        await forged.Submit(await forged.Get("/sign-in/forgotten"), [("Email", jane.Email)]);
        host.LettersTo(jane.Email).Single().Body.ShouldContain("https://waymark.example.org/sign-in/new-password/");
    }

    [SkippableTheory, Databases, Trait("attack", "B11")]
    public async Task Behind_a_proxy_its_word_counts_and_plain_http_is_refused(Database database)
    {
        using var store = TestStore.On(database);
        await using var host = await WaymarkHost.Serving(store, configure: builder => builder.Configuration["WAYMARK_PROXY"] = "127.0.0.1");
        async Task<PageAnswer> Ask(string scheme)
        {
            using var visitor = host.NewVisitor();
            visitor.Client.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.9");
            visitor.Client.DefaultRequestHeaders.Add("X-Forwarded-Proto", scheme);
            return await visitor.Get("/sign-in");
        }
        (await Ask("https")).Status.ShouldBe(HttpStatusCode.OK);
        var refused = await Ask("http");
        refused.Status.ShouldBe(HttpStatusCode.Forbidden);
        refused.Html.ShouldBe("Waymark answers over https only.\n");
        refused.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("default-src 'none'");
    }

    private static Visitor CopyOf(WaymarkHost host, Visitor visitor)
    {
        var copy = host.NewVisitor();
        foreach (Cookie cookie in visitor.Cookies.GetAllCookies()) copy.Cookies.Add(new Cookie(cookie.Name, cookie.Value, "/", host.Address.Host) { Secure = true });
        return copy;
    }
}
