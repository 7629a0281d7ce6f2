using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;
using Waymark.Data;
using Waymark.Field;
using Waymark.People;
using Waymark.People.Invitations;
using Waymark.Tests.Shared;

namespace Waymark.Tests.People;

public sealed class OpenIdTests
{
    [SkippableTheory, Databases]
    public async Task Somebody_signs_in_with_the_account_of_another_service_and_is_known_by_its_lasting_name(Database database)
    {
        await using var provider = await OpenIdProvider.Start();
        using var store = TestStore.On(database);
        await using var host = await Serving(store, provider);
        var jane = host.Joined("Jane Harris", RoleKind.BoardMember);
        provider.Claims = Account("4711", jane.Email);
        using var visitor = host.NewVisitor();
        var page = await visitor.Get("/sign-in?returnUrl=%2Faccount");

        var account = await visitor.Follow(await visitor.Get(page.Link("Sign in with School account")));

        account.Address.AbsolutePath.ShouldBe("/account");
        account.Text.ShouldContain(jane.Email);
        provider.Asked!["response_type"].ToString().ShouldBe("code");
        provider.Asked["code_challenge_method"].ToString().ShouldBe("S256");
        provider.Asked["nonce"].ToString().Length.ShouldBeGreaterThan(20);
        provider.Asked["redirect_uri"].ToString().ShouldBe($"{host.Address.ToString().TrimEnd('/')}/sign-in/answer/school");

        // With another address, the account is still the same; another account with her address is not hers any more.
        provider.Claims = Account("4711", "jane.hart@example.org");
        using var again = host.NewVisitor();
        (await again.Follow(await again.Get("/sign-in/with/school?returnUrl=%2Faccount"))).Text.ShouldContain(jane.Email);
        using var db = store.Open();
        db.ExternalLogins.Select(login => login.Subject).ToList().ShouldBe(["4711"]);
        db.AuditEvents.Count(audit => audit.PersonId == jane.Id).ShouldBe(2);
    }

    [SkippableTheory, Databases]
    public async Task Who_is_neither_here_nor_invited_does_not_get_in_and_no_account_is_made(Database database)
    {
        await using var provider = await OpenIdProvider.Start();
        using var store = TestStore.On(database);
        await using var host = await Serving(store, provider);
        var closed = host.Joined("Clive Closed");
        host.Joined("Una Verified");
        using (var db = store.Open())
        {
            db.People.Single(person => person.Id == closed.Id).ClosedAt = host.Time.Now.UtcDateTime;
            db.SaveChanges();
        }
        Invite(host, "late@example.org");
        host.Time.Advance(TimeSpan.FromDays(15));
        foreach (var claims in new[] { Account("1", "stranger@example.org"), Account("2", closed.Email), Account("3", "late@example.org"), Account("4", "una.verified@example.org", verified: false), new() { ["sub"] = "5" }, new() { ["sub"] = "6", ["email"] = "una.verified@example.org" } })
        {
            provider.Claims = claims;
            using var visitor = host.NewVisitor();
            var answer = await visitor.Follow(await visitor.Get("/sign-in/with/school"));
            answer.Errors.Single().ShouldStartWith("Nobody in this partnership is known by that account");
            (await visitor.Get("/account")).Location!.AbsolutePath.ShouldBe("/sign-in");
        }
        using (var db = store.Open())
        {
            db.People.Count().ShouldBe(3);
            db.ExternalLogins.ShouldBeEmpty();
        }

        Invite(host, "soon@example.org");
        provider.Claims = Account("7", "SOON@example.org");
        using var invited = host.NewVisitor();
        (await invited.Follow(await invited.Get("/sign-in/with/school?returnUrl=%2Faccount"))).Text.ShouldContain("soon@example.org");
        (await invited.Get(host.LinkTo("soon@example.org"))).Status.ShouldBe(HttpStatusCode.Gone, "the invitation is taken up");
    }

    public static TheoryData<string> Spoils => [.. Spoiled.Keys];

    private static readonly Dictionary<string, Action<SecurityTokenDescriptor>> Spoiled = new()
    {
        ["another issuer"] = token => token.Issuer = "https://evil.example",
        ["another audience"] = token => token.Audience = "another-client",
        ["expired"] = token => (token.IssuedAt, token.NotBefore, token.Expires) = (DateTime.UtcNow.AddHours(-2), DateTime.UtcNow.AddHours(-2), DateTime.UtcNow.AddMinutes(-2)),
        ["not valid yet"] = token => (token.NotBefore, token.Expires) = (DateTime.UtcNow.AddMinutes(10), DateTime.UtcNow.AddMinutes(20)),
        ["without an end"] = token => token.Expires = null,
        ["another nonce"] = token => token.Claims["nonce"] = "another",
        ["no nonce"] = token => token.Claims.Remove("nonce"),
        ["an unknown key"] = token => token.SigningCredentials = new SigningCredentials(OpenIdProvider.NewKey(), SecurityAlgorithms.RsaSha256),
        ["no signature"] = token => token.SigningCredentials = null,
        ["signed with the client's secret"] = token => token.SigningCredentials = new SigningCredentials(new SymmetricSecurityKey(Encoding.UTF8.GetBytes(OpenIdProvider.ClientSecret.PadRight(32, ' '))), SecurityAlgorithms.HmacSha256),
    };

    [Theory, MemberData(nameof(Spoils))]
    public async Task A_token_that_is_not_right_in_every_part_opens_nothing(string spoil)
    {
        await using var provider = await OpenIdProvider.Start();
        using var store = TestStore.On(Database.Sqlite);
        await using var host = await Serving(store, provider);
        var jane = host.Joined("Jane Harris");
        provider.Claims = Account("4711", jane.Email);
        provider.Spoil = Spoiled[spoil];
        using var visitor = host.NewVisitor();

        var answer = await visitor.Follow(await visitor.Get("/sign-in/with/school"));

        provider.TokensGiven.ShouldBe(1);
        answer.Errors.ShouldBe(["Signing in with the other service did not work. Try again, or sign in with your password"]);
        (await visitor.Get("/account")).Location!.AbsolutePath.ShouldBe("/sign-in");
        provider.Spoil = null;
        (await visitor.Follow(await visitor.Get("/sign-in/with/school?returnUrl=%2Faccount"))).Text.ShouldContain(jane.Email);
    }

    [Fact]
    public async Task An_answer_is_taken_only_in_the_browser_that_asked_and_once()
    {
        await using var provider = await OpenIdProvider.Start();
        using var store = TestStore.On(Database.Sqlite);
        await using var host = await Serving(store, provider);
        var mallory = host.Joined("Mallory Grey");
        provider.Claims = Account("666", mallory.Email);
        using var attacker = host.NewVisitor();
        var answer = (await attacker.Get((await attacker.Get("/sign-in/with/school")).Location!.ToString())).Location!;

        // Somebody lures Jane to an answer of their own: she would be signed in as Mallory.
        using var victim = host.NewVisitor();
        (await victim.Get(answer.ToString())).Headers.Location!.OriginalString.ShouldBe("/sign-in?refused=failed");
        (await victim.Get("/sign-in/with/school")).Location.ShouldNotBeNull();
        (await victim.Get(answer.ToString())).Headers.Location!.OriginalString.ShouldBe("/sign-in?refused=failed", "nor with a question of her own open");
        (await victim.Get("/account")).Location!.AbsolutePath.ShouldBe("/sign-in");

        (await attacker.Get(answer.ToString().Replace("state=", "state=x", StringComparison.Ordinal))).Headers.Location!.OriginalString.ShouldBe("/sign-in?refused=failed");
        (await attacker.Get(answer.ToString())).Headers.Location!.OriginalString.ShouldBe("/");
        (await attacker.Get(answer.ToString())).Headers.Location!.OriginalString.ShouldBe("/sign-in?refused=failed", "an answer is taken once");
        (await attacker.Get("/sign-in/answer/school")).Headers.Location!.OriginalString.ShouldBe("/sign-in?refused=failed");
        (await attacker.Get("/sign-in/answer/no-such-service")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await attacker.Get("/sign-in/with/no-such-service")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task The_answer_of_one_service_is_not_taken_for_another_s()
    {
        await using var honest = await OpenIdProvider.Start();
        await using var evil = await OpenIdProvider.Start();
        using var store = TestStore.On(Database.Sqlite);
        await using var host = await WaymarkHost.Serving(store, new FakeTime(DateTimeOffset.UtcNow), configure: builder =>
        {
            Configure(builder, "school", honest);
            Configure(builder, "other", evil);
        });
        var jane = host.Joined("Jane Harris");
        honest.Claims = Account("4711", jane.Email);
        using var visitor = host.NewVisitor();
        // Jane chose the other service, which hands her on to the honest one, to be given the honest one's code.
        var asked = (await visitor.Get("/sign-in/with/other")).Location!.ToString().Replace(evil.Issuer, honest.Issuer, StringComparison.Ordinal);
        var answer = (await visitor.Get(asked)).Location!;
        answer.AbsolutePath.ShouldBe("/sign-in/answer/other");

        (await visitor.Get(answer.ToString())).Headers.Location!.OriginalString.ShouldBe("/sign-in?refused=failed");
        (await visitor.Get(answer.ToString().Replace("/other", "/school", StringComparison.Ordinal))).Headers.Location!.OriginalString.ShouldBe("/sign-in?refused=failed");

        honest.SaysItIs = "https://evil.example";
        (await visitor.Follow(await visitor.Get("/sign-in/with/school"))).Address.PathAndQuery.ShouldBe("/sign-in?refused=failed");
        honest.TokensGiven.ShouldBe(0, "its code is not handed in anywhere");
        honest.SaysItIs = honest.Issuer;
        (await visitor.Follow(await visitor.Get("/sign-in/with/school?returnUrl=%2Faccount"))).Text.ShouldContain(jane.Email);
    }

    [Fact]
    public async Task New_keys_of_the_service_are_fetched_when_they_are_met()
    {
        await using var provider = await OpenIdProvider.Start();
        using var store = TestStore.On(Database.Sqlite);
        await using var host = await Serving(store, provider);
        var jane = host.Joined("Jane Harris");
        provider.Claims = Account("4711", jane.Email);
        using var visitor = host.NewVisitor();
        (await visitor.Follow(await visitor.Get("/sign-in/with/school?returnUrl=%2Faccount"))).Text.ShouldContain(jane.Email);
        provider.RotateKeys();
        using var next = host.NewVisitor();
        (await next.Follow(await next.Get("/sign-in/with/school?returnUrl=%2Faccount"))).Text.ShouldContain(jane.Email);
    }

    [SkippableTheory, Databases]
    public async Task The_second_step_is_asked_for_here_unless_the_service_asked_for_one(Database database)
    {
        await using var provider = await OpenIdProvider.Start();
        using var store = TestStore.On(database);
        await using var host = await Serving(store, provider);
        var olive = host.Joined("Olive Ford", RoleKind.Officer);
        provider.Claims = Account("4711", olive.Email);
        using var plain = host.NewVisitor();
        (await plain.Follow(await plain.Get("/sign-in/with/school"))).Heading.ShouldBe("Set up an authenticator app");

        provider.Claims = new(Account("4711", olive.Email)) { ["amr"] = new[] { "pwd", "mfa" } };
        using var strong = host.NewVisitor();
        (await strong.Follow(await strong.Get("/sign-in/with/school?returnUrl=%2Fpeople"))).Heading.ShouldBe("People");

        using (var db = store.Open())
        {
            var person = db.People.Single();
            (person.SealedCodeSecret, person.HasSecondFactor) = (OneTimeCode.NewSecret(), true);
            db.SaveChanges();
        }
        provider.Claims = Account("4711", olive.Email);
        using var again = host.NewVisitor();
        (await again.Follow(await again.Get("/sign-in/with/school"))).Heading.ShouldBe("Show that it is you");
    }

    // A token's times are those of the world, and so are this host's.
    private static Task<WaymarkHost> Serving(TestStore store, OpenIdProvider provider) =>
        WaymarkHost.Serving(store, new FakeTime(DateTimeOffset.UtcNow), configure: builder => Configure(builder, "school", provider));

    private static void Configure(WebApplicationBuilder builder, string name, OpenIdProvider provider)
    {
        foreach (var (key, value) in new[] { ("Authority", provider.Issuer), ("ClientId", OpenIdProvider.ClientId), ("ClientSecret", OpenIdProvider.ClientSecret), ("Title", "School account") })
            builder.Configuration[$"OpenId:{name}:{key}"] = value;
    }

    private static Dictionary<string, object> Account(string subject, string email, bool verified = true) => new() { ["sub"] = subject, ["email"] = email, ["email_verified"] = verified };

    private static void Invite(WaymarkHost host, string email)
    {
        using var scope = host.Services.CreateScope();
        scope.ServiceProvider.GetRequiredService<InvitationDesk>().Invite("Somebody New", email, RoleKind.BoardMember, PlaceKey.Board, new DateOnly(2016, 9, 1), null, null);
    }
}
