using Waymark.People;

namespace Waymark.Tests.Shared;

/// <summary>An authenticator app of a test person.</summary>
public static class TestApp
{
    /// <summary>Sets up an app on the page as it stands, and returns what it answers.</summary>
    public static Task<PageAnswer> SetUp(WaymarkHost host, Visitor visitor, PageAnswer page) =>
        visitor.Submit(page, [("Code", OneTimeCode.At(SecretOn(page), host.Time.Now.UtcDateTime))], "main form:not([action])");

    public static string SecretOn(PageAnswer page) => page.All(".w-code").Single().Replace(" ", "", StringComparison.Ordinal);

    /// <summary>Sets up an app for a person and returns its secret; half a minute passes, so that the next code is a new one.</summary>
    public static async Task<string> WithApp(WaymarkHost host, Person person)
    {
        using var visitor = host.SignedIn(person, secondFactor: false);
        var page = await visitor.Get("/account/second-factor");
        (await SetUp(host, visitor, page)).Heading.ShouldBe("Keep your recovery codes");
        host.Time.Advance(TimeSpan.FromSeconds(60));
        return SecretOn(page);
    }
}
