using System.Net;
using Waymark.Data;
using Waymark.Field;
using Waymark.People;
using Waymark.Tests.Shared;
using static Waymark.Tests.Shared.TestApp;

namespace Waymark.Tests.People;

public sealed class SecondFactorTests
{
    private const string WrongCode = "This code is not right, or was used already. Enter the code that the app shows now";

    [SkippableTheory, Databases, Trait("attack", "B08")]
    public async Task An_officer_sees_nothing_before_a_second_step_is_set_up(Database database)
    {
        using var store = TestStore.WithExample(database);
        await using var host = await WaymarkHost.Serving(store);
        var officer = host.Joined("Olive Ford", RoleKind.Officer);
        using var visitor = host.NewVisitor();

        var asked = await visitor.Follow(await visitor.SignIn(officer.Email, returnUrl: "/imports"));

        asked.Heading.ShouldBe("Set up an authenticator app");
        asked.Address.PathAndQuery.ShouldBe("/account/second-factor?returnUrl=%2Fimports");
        foreach (var path in new[] { "/", "/schools", "/imports/new", "/clusters/new", "/schools/suggest?q=ash", "/clusters/dunstable/pack/201516.csv" })
            (await visitor.Get(path)).Location!.AbsolutePath.ShouldBe("/account/second-factor", path);
        var token = asked.Document.QuerySelector("main [name=__RequestVerificationToken]")!.GetAttribute("value")!;
        (await visitor.Client.PostAsync("/clusters/new", new FormUrlEncodedContent([new("__RequestVerificationToken", token), new("_key", new string('a', 32)), new("Name", "Dunstable")]))).StatusCode.ShouldBe(HttpStatusCode.Forbidden);

        var codes = await SetUp(host, visitor, asked);
        codes.All("#recovery-codes li").Count.ShouldBe(8);
        (await visitor.Get(codes.Link("I have kept them"))).Heading.ShouldNotBeEmpty();
        (await visitor.Get("/imports/new")).Status.ShouldBe(HttpStatusCode.OK);
        host.LettersTo(officer.Email).Single().Subject.ShouldBe("An authenticator app was set up");
    }

    [SkippableTheory, Databases, Trait("attack", "B09")]
    public async Task A_code_is_taken_once(Database database)
    {
        using var store = TestStore.On(database);
        await using var host = await WaymarkHost.Serving(store);
        var jane = host.Joined("Jane Harris");
        var secret = await WithApp(host, jane);
        using var first = host.NewVisitor();
        using var second = host.NewVisitor();
        var (one, two) = (await first.Follow(await first.SignIn(jane.Email)), await second.Follow(await second.SignIn(jane.Email)));
        one.Heading.ShouldBe("Show that it is you");
        var code = OneTimeCode.At(secret, host.Time.Now.UtcDateTime);

        (await first.Submit(one, [("Code", code[..3] + " " + code[3..])])).Headers.Location!.OriginalString.ShouldBe("/");
        (await second.Submit(two, [("Code", code)])).Errors.ShouldBe([WrongCode]);
        (await second.Submit(two, [("Code", OneTimeCode.At(secret, host.Time.Now.UtcDateTime.AddSeconds(-30)))])).Errors.ShouldBe([WrongCode], "nor is one from before it");
        (await second.Get("/account")).Location!.AbsolutePath.ShouldBe("/sign-in");

        host.Time.Advance(TimeSpan.FromSeconds(30));
        (await second.Submit(two, [("Code", OneTimeCode.At(secret, host.Time.Now.UtcDateTime))])).Status.ShouldBe(HttpStatusCode.Redirect);
        (await second.Get("/account")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [SkippableTheory, Databases, Trait("attack", "B09")]
    public async Task Who_knows_the_password_guesses_ten_codes_at_most_also_all_at_once(Database database)
    {
        using var store = TestStore.On(database);
        await using var host = await WaymarkHost.Serving(store);
        var jane = host.Joined("Jane Harris");
        var secret = await WithApp(host, jane);
        host.Time.Advance(TimeSpan.FromMinutes(6));
        using var visitor = host.NewVisitor();
        var page = await visitor.Follow(await visitor.SignIn(jane.Email));
        var right = OneTimeCode.At(secret, host.Time.Now.UtcDateTime);
        var answers = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => visitor.Submit(page, [("Code", i == 59 ? right : $"{(int.Parse(right, System.Globalization.CultureInfo.InvariantCulture) + 1 + i) % 1_000_000:000000}")])));

        answers.Count(answer => answer.Errors is [WrongCode]).ShouldBeLessThanOrEqualTo(10);
        answers.Count(answer => answer.Status == HttpStatusCode.TooManyRequests).ShouldBeGreaterThanOrEqualTo(49);
        // Signing in anew gives no new tries.
        using var again = host.NewVisitor();
        (await again.SignIn(jane.Email)).Status.ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [SkippableTheory, Databases]
    public async Task A_recovery_code_opens_the_account_once(Database database)
    {
        using var store = TestStore.On(database);
        await using var host = await WaymarkHost.Serving(store);
        var jane = host.Joined("Jane Harris");
        using var setUp = host.SignedIn(jane, secondFactor: false);
        var codes = (await SetUp(host, setUp, await setUp.Get("/account/second-factor"))).All("#recovery-codes li");
        using (var db = store.Open()) db.RecoveryCodes.AsEnumerable().ShouldAllBe(code => code.Hash.Length == 32);

        using var visitor = host.NewVisitor();
        var page = await visitor.Follow(await visitor.SignIn(jane.Email));
        (await visitor.Submit(page, [("Code", $" {codes[3].ToUpperInvariant()} ")])).Headers.Location!.OriginalString.ShouldBe("/");
        using var again = host.NewVisitor();
        (await again.Submit(await again.Follow(await again.SignIn(jane.Email)), [("Code", codes[3])])).Errors.ShouldBe([WrongCode]);

        var fresh = await visitor.Submit(await visitor.Get("/account/recovery-codes"), []);
        fresh.All("#recovery-codes li").Intersect(codes).ShouldBeEmpty();
        (await again.Submit(await again.Follow(await again.SignIn(jane.Email)), [("Code", codes[4])])).Errors.ShouldBe([WrongCode], "new codes take the place of the old");
    }

    [SkippableTheory, Databases]
    public async Task The_password_alone_opens_nothing_once_there_is_a_second_step(Database database)
    {
        using var store = TestStore.On(database);
        await using var host = await WaymarkHost.Serving(store);
        var jane = host.Joined("Jane Harris");
        await WithApp(host, jane);
        using var visitor = host.NewVisitor();
        await visitor.SignIn(jane.Email);
        (await visitor.Get("/account")).Location!.AbsolutePath.ShouldBe("/sign-in");
        (await visitor.Get("/account/second-factor")).Location!.AbsolutePath.ShouldBe("/sign-in");

        // A step that was begun with a password that is no longer the password leads nowhere.
        using (var db = store.Open())
        {
            db.People.Single().PasswordHash = "another";
            db.SaveChanges();
        }
        (await visitor.Get("/sign-in/code")).Location!.AbsolutePath.ShouldBe("/sign-in");
        host.Time.Advance(TimeSpan.FromMinutes(11));
        (await visitor.Get("/sign-in/code")).Location!.AbsolutePath.ShouldBe("/sign-in");
    }

    [SkippableTheory, Databases, Trait("attack", "B07")]
    public async Task What_changes_how_somebody_signs_in_asks_them_to_sign_in_again(Database database)
    {
        using var store = TestStore.On(database);
        await using var host = await WaymarkHost.Serving(store);
        var jane = host.Joined("Jane Harris");
        var secret = await WithApp(host, jane);
        using var visitor = host.SignedIn(jane);
        var (app, codes, keys) = (await visitor.Get("/account/second-factor"), await visitor.Get("/account/recovery-codes"), await visitor.Get("/account/passkeys"));
        app.Status.ShouldBe(HttpStatusCode.OK);
        host.Time.Advance(TimeSpan.FromMinutes(16));

        foreach (var path in new[] { "/account/second-factor", "/account/recovery-codes", "/account/passkeys" })
            (await visitor.Get(path)).Location!.PathAndQuery.ShouldBe($"/sign-in?again=true&returnUrl={Uri.EscapeDataString(path)}");
        foreach (var page in new[] { codes, keys }) (await visitor.Submit(page, page == keys ? [("Name", "Mine")] : [])).Location!.AbsolutePath.ShouldBe("/sign-in");
        using (var db = store.Open()) db.RecoveryCodes.Count().ShouldBe(8);

        var again = await visitor.Get("/sign-in?again=true&returnUrl=%2Faccount%2Frecovery-codes");
        again.Document.QuerySelector("[name=Email]")!.GetAttribute("value").ShouldBe(jane.Email);
        var step = await visitor.Follow(await visitor.Submit(again, [("Password", TestPeople.Password)], TestPeople.PasswordForm));
        var back = await visitor.Submit(step, [("Code", OneTimeCode.At(secret, host.Time.Now.UtcDateTime))]);
        back.Headers.Location!.OriginalString.ShouldBe("/account/recovery-codes");
        (await visitor.Follow(back)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [SkippableTheory, Databases]
    public async Task An_officer_cannot_take_off_the_last_second_step_and_a_governor_can(Database database)
    {
        using var store = TestStore.On(database);
        await using var host = await WaymarkHost.Serving(store);
        var (officer, viewer) = (host.Joined("Olive Ford", RoleKind.Officer), host.Joined("Vera Hill", RoleKind.Viewer));
        foreach (var person in new[] { officer, viewer }) await WithApp(host, person);
        using var hers = host.SignedIn(officer);
        using var his = host.SignedIn(viewer);
        const string Remove = "form[action='?handler=remove']";
        (await hers.Submit(await hers.Get("/account/second-factor"), [], Remove)).Errors.ShouldBe(["Your role needs a second step. Set up another one before you take this one off"]);
        (await his.Follow(await his.Submit(await his.Get("/account/second-factor"), [], Remove))).Text.ShouldContain("The authenticator app was taken off");
        using var db = store.Open();
        db.People.OrderBy(person => person.Id).Select(person => person.HasSecondFactor).ToList().ShouldBe([true, false]);
        db.RecoveryCodes.Count().ShouldBe(8, "the codes of an account without a second step go with it");
    }

    [Fact]
    public void Codes_are_those_of_the_standard()
    {
        // RFC 6238, appendix B, the last six of its eight digits; its key is "12345678901234567890".
        const string Secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";
        foreach (var (seconds, code) in new[] { (59L, "287082"), (1_111_111_109L, "081804"), (1_111_111_111L, "050471"), (1_234_567_890L, "005924"), (2_000_000_000L, "279037"), (20_000_000_000L, "353130") })
            OneTimeCode.At(Secret, DateTimeOffset.FromUnixTimeSeconds(seconds).UtcDateTime).ShouldBe(code);
        var now = DateTimeOffset.FromUnixTimeSeconds(1_111_111_111).UtcDateTime;
        OneTimeCode.StepOf(Secret, "081804", now, 0).ShouldBe(37_037_036, "a clock may be half a minute late");
        OneTimeCode.StepOf(Secret, "081804", now.AddSeconds(60), 0).ShouldBeNull();
        OneTimeCode.StepOf(Secret, "81804", now, 0).ShouldBeNull();
        OneTimeCode.NewSecret().ShouldMatch("^[A-Z2-7]{32}$");
    }
}
