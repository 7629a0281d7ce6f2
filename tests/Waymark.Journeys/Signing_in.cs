using Microsoft.Playwright;
using Waymark.Field;
using Waymark.People;
using Waymark.People.Invitations;
using Waymark.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;

namespace Waymark.Journeys;

/// <summary>People join, sign in with a code or a passkey, and out again: in a real browser.</summary>
public sealed class Signing_in(JourneyThroughAnEmptyStore journey) : IClassFixture<JourneyThroughAnEmptyStore>
{
    private static int next;

    [SkippableTheory, Readers]
    public async Task By_invitation_with_an_authenticator_app(Reader reader)
    {
        var host = await journey.Host;
        var email = $"officer{Interlocked.Increment(ref next)}@example.org";
        await journey.On(Invite(host, email, RoleKind.Officer), reader.NotSignedIn, async page =>
        {
            if (reader.JavaScript) await page.ShouldBeAccessible();
            await page.GetByLabel("Your name").FillAsync("Olive Ford");
            await page.GetByLabel("Password").FillAsync("walnut-harbour-seven");
            await reader.Follows(page.GetByRole(AriaRole.Button, new() { Name = "Join" }));

            await page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "Set up an authenticator app" }).WaitForAsync();
            (await page.Locator(".w-qr svg").BoundingBoxAsync()).ShouldNotBeNull().Width.ShouldBeGreaterThan(200);
            if (reader.JavaScript) await page.ShouldBeAccessible();
            var secret = ((await page.Locator(".w-code").TextContentAsync()) ?? "").Replace(" ", "", StringComparison.Ordinal);
            await page.GetByLabel("Code").FillAsync(OneTimeCode.At(secret, host.Time.Now.UtcDateTime));
            await reader.Follows(page.GetByRole(AriaRole.Button, new() { Name = "Continue" }));
            (await page.Locator("#recovery-codes li").CountAsync()).ShouldBe(8);
            if (reader.JavaScript) await page.ShouldBeAccessible();
            await reader.Follows(page.GetByRole(AriaRole.Button, new() { Name = "I have kept them" }));
            await page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "Set up your partnership" }).WaitForAsync();

            await page.GotoAsync("/sign-out");
            await reader.Follows(page.Locator("main").GetByRole(AriaRole.Button, new() { Name = "Sign out" }));
            await page.GotoAsync("/people");
            await page.GetByLabel("E-mail address").FillAsync(email);
            await page.GetByLabel("Password").FillAsync("walnut-harbour-seven");
            await reader.Follows(page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }));
            host.Time.Advance(TimeSpan.FromSeconds(30));
            await page.GetByLabel("Code").FillAsync(OneTimeCode.At(secret, host.Time.Now.UtcDateTime));
            await reader.Follows(page.GetByRole(AriaRole.Button, new() { Name = "Continue" }));
            await page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "People" }).WaitForAsync();
        });
    }

    [SkippableFact]
    public async Task With_a_passkey_and_no_password()
    {
        var host = await journey.Host;
        var email = $"keyholder{Interlocked.Increment(ref next)}@example.org";
        await journey.On(new UriBuilder(host.Address) { Host = "localhost", Path = Invite(host, email, RoleKind.Officer) }.Uri.ToString(), Reader.Phone.NotSignedIn, async page =>
        {
            var browser = await page.Context.NewCDPSessionAsync(page);
            await browser.SendAsync("WebAuthn.enable");
            await browser.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>
            {
                ["options"] = new Dictionary<string, object> { ["protocol"] = "ctap2", ["transport"] = "internal", ["hasResidentKey"] = true, ["hasUserVerification"] = true, ["isUserVerified"] = true, ["automaticPresenceSimulation"] = true },
            });
            await page.GetByLabel("Password").FillAsync("walnut-harbour-seven");
            await page.GetByRole(AriaRole.Button, new() { Name = "Join" }).ClickAsync();
            await page.GetByRole(AriaRole.Link, new() { Name = "a passkey" }).ClickAsync();

            await page.GetByLabel("What to call this passkey").FillAsync("My phone");
            await page.ShouldBeAccessible();
            await page.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" }).ClickAsync();
            await page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "Keep your recovery codes" }).WaitForAsync();
            (await page.Locator("#recovery-codes li").CountAsync()).ShouldBe(8);
            await page.GetByRole(AriaRole.Button, new() { Name = "I have kept them" }).ClickAsync();
            await page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "Set up your partnership" }).WaitForAsync();

            var root = new Uri(page.Url).GetLeftPart(UriPartial.Authority);
            await SignOut(page, root);
            await page.GotoAsync($"{root}/people");
            await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
            await page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "People" }).WaitForAsync();

            // The password alone leads to the second step, which takes the passkey.
            await SignOut(page, root);
            await page.GotoAsync($"{root}/sign-in");
            await page.GetByLabel("E-mail address").FillAsync(email);
            await page.GetByLabel("Password").FillAsync("walnut-harbour-seven");
            await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
            await page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "Show that it is you" }).WaitForAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Use a passkey instead" }).ClickAsync();
            await page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "Set up your partnership" }).WaitForAsync();
        }, onAnyNameOfThisMachine: true);
    }

    [SkippableFact]
    public async Task A_passkey_that_is_taken_off_opens_nothing_any_more()
    {
        var host = await journey.Host;
        var email = $"twokeys{Interlocked.Increment(ref next)}@example.org";
        await journey.On(new UriBuilder(host.Address) { Host = "localhost", Path = Invite(host, email, RoleKind.BoardMember) }.Uri.ToString(), Reader.Desktop.NotSignedIn, async page =>
        {
            var browser = await page.Context.NewCDPSessionAsync(page);
            await browser.SendAsync("WebAuthn.enable");
            await browser.SendAsync("WebAuthn.addVirtualAuthenticator", new Dictionary<string, object>
            {
                ["options"] = new Dictionary<string, object> { ["protocol"] = "ctap2", ["transport"] = "internal", ["hasResidentKey"] = true, ["hasUserVerification"] = true, ["isUserVerified"] = true, ["automaticPresenceSimulation"] = true },
            });
            await page.GetByLabel("Password").FillAsync("walnut-harbour-seven");
            await page.GetByRole(AriaRole.Button, new() { Name = "Join" }).ClickAsync();
            await page.GetByRole(AriaRole.Heading, new() { Level = 1 }).WaitForAsync();
            var root = new Uri(page.Url).GetLeftPart(UriPartial.Authority);
            await page.GotoAsync($"{root}/account/passkeys");
            await page.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" }).ClickAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "I have kept them" }).ClickAsync();
            await page.GotoAsync($"{root}/account/passkeys");
            await page.GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
            await page.GetByText("was removed").WaitForAsync();
            await SignOut(page, root);
            await page.GotoAsync($"{root}/sign-in");
            await page.GetByRole(AriaRole.Button, new() { Name = "Sign in with a passkey" }).ClickAsync();
            await page.GetByText("This passkey does not open an account here").First.WaitForAsync();
        }, onAnyNameOfThisMachine: true);
    }

    private static async Task SignOut(IPage page, string root)
    {
        await page.GotoAsync($"{root}/sign-out");
        await page.Locator("main").GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.GetByText("You are signed out").WaitForAsync();
    }

    private static string Invite(WaymarkHost host, string email, RoleKind role)
    {
        using var scope = host.Services.CreateScope();
        return new Uri(scope.ServiceProvider.GetRequiredService<InvitationDesk>().Invite("Olive Ford", email, role, role == RoleKind.BoardMember ? PlaceKey.Board : PlaceKey.Partnership, new DateOnly(2016, 9, 1), null, null).Link!).PathAndQuery;
    }
}

/// <summary>The example is entered with one click, as anybody of it.</summary>
public sealed class Entering_the_example(Journey journey) : IClassFixture<Journey>
{
    [SkippableTheory, Readers]
    public Task As_the_officer_and_as_a_parent(Reader reader) => journey.On("/", reader.NotSignedIn, async page =>
    {
        await reader.Follows(page.GetByRole(AriaRole.Link, new() { Name = "Enter as somebody of it" }));
        if (reader.JavaScript) await page.ShouldBeAccessible();
        await reader.Follows(page.GetByRole(AriaRole.Button, new() { Name = "Enter as Officer" }));
        await page.GotoAsync("/people");
        (await page.Locator("#people tbody tr").CountAsync()).ShouldBe(8);
        await page.GotoAsync("/enter");
        await reader.Follows(page.GetByRole(AriaRole.Button, new() { Name = "Enter without an account" }));
        await page.GotoAsync("/people");
        await page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "Sign in" }).WaitForAsync();
    });
}
