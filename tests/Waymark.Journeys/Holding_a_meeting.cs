using Microsoft.Playwright;
using Waymark.Data;
using Waymark.Tests.Shared;

namespace Waymark.Journeys;

/// <summary>From the schedule to the door, on a phone; the meeting is closed, and the schools that were missed get their letters.</summary>
public sealed class Holding_a_meeting(JourneyInFebruary2017 journey) : IClassFixture<JourneyInFebruary2017>
{
    [SkippableTheory, Readers]
    public async Task From_the_schedule_to_the_letters(Reader reader)
    {
        // Each reader holds a meeting of their own.
        var cluster = (reader.JavaScript, reader.Pointer, reader.Width) switch { (false, _, _) => "Houghton Regis", (_, false, _) => "Cranfield and Marston", (_, _, 375) => "Sandy", _ => "Biggleswade" };
        await journey.On("/meetings", reader, async page =>
        {
            await reader.Follows(page.Locator("#half-2016173").GetByRole(AriaRole.Link, new() { Name = cluster, Exact = true }));
            if (reader.JavaScript) await page.ShouldBeAccessible();
            await reader.Follows(page.GetByRole(AriaRole.Link, new() { Name = "Who is here: sign people in" }));
            await reader.Follows(page.GetByRole(AriaRole.Button, new() { Name = "Open the doors" }));
            if (reader.JavaScript) await page.ShouldBeAccessible();

            var school = page.Locator(".w-door__school").First;
            var name = await school.Locator(".govuk-details__summary-text").InnerTextAsync();
            await reader.Presses(school.Locator("summary"));
            await reader.Types(school.GetByLabel("Name", new() { Exact = true }), "Ann Lee");
            await reader.Follows(school.GetByRole(AriaRole.Button, new() { NameRegex = new("^Sign in") }));
            await page.GetByText($"Ann Lee is here for {name}").WaitForAsync();
            (await page.Locator("#counts").InnerTextAsync()).ShouldStartWith("1 of ");

            await reader.Follows(page.GetByRole(AriaRole.Link, new() { Name = "Code for the wall" }));
            await page.GetByRole(AriaRole.Img, new() { Name = "QR code: sign in to the meeting" }).WaitForAsync();
            var code = await page.Locator(".govuk-body-l a").GetAttributeAsync("href");
            if (reader.JavaScript) await page.ShouldBeAccessible();
            await page.GotoAsync(code!);
            await page.GetByLabel("Your school").SelectOptionAsync(new SelectOptionValue { Index = 2 });
            await reader.Types(page.GetByLabel("Your name"), "Bo Hart");
            await reader.Follows(page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }));
            await page.GetByText("You are in the list: Bo Hart").WaitForAsync();

            await page.GotoAsync("/meetings");
            await reader.Follows(page.Locator("#half-2016173").GetByRole(AriaRole.Link, new() { Name = cluster, Exact = true }));
            await reader.Follows(page.GetByRole(AriaRole.Link, new() { Name = "Close the meeting" }));
            await reader.Follows(page.GetByRole(AriaRole.Button, new() { Name = "Close the meeting" }));
            await page.GetByText("The meeting is closed").WaitForAsync();
            if (reader.JavaScript) await page.ShouldBeAccessible();
            var due = await page.Locator("#due tbody tr").CountAsync();
            due.ShouldBeGreaterThan(0);
            await reader.Follows(page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Write the") }));
            (await page.Locator("#written tbody tr").CountAsync()).ShouldBe(due);
            await reader.Follows(page.Locator("#written tbody a").First);
            await reader.Presses(page.GetByLabel("No cover at school"));
            await reader.Follows(page.GetByRole(AriaRole.Button, new() { Name = "Save the reason" }));
            (await page.Locator("#written tbody tr").First.InnerTextAsync()).ShouldContain("No cover at school");
        });
    }

    [SkippableFact]
    public Task What_was_typed_into_the_minutes_outlives_a_closed_page() => journey.On("/meetings?year=201617", Reader.Desktop, async page =>
    {
        await page.Locator("#half-2016171").GetByRole(AriaRole.Link, new() { Name = "Dunstable", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Minutes", Exact = true }).ClickAsync();
        var minutes = page.Url;
        var box = page.GetByLabel("Discussion").Nth(2);
        await box.FillAsync("The gap at key stage 2 stands out");
        await page.GotoAsync("/meetings");
        await page.GotoAsync(minutes);
        (await box.InputValueAsync()).ShouldBe("The gap at key stage 2 stands out");
        await page.GetByText("What you typed here before is not saved yet.").WaitForAsync();
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Save What the figures say") }).ClickAsync();
        await page.GetByText("was saved").First.WaitForAsync();
        (await page.EvaluateAsync<int>("Object.keys(localStorage).filter((key) => key.startsWith('draft:')).length")).ShouldBe(0, "the server has it");
        await page.GotoAsync(minutes.Replace("/minutes", "/wall?item=4", StringComparison.Ordinal));
        await page.ShouldBeAccessible();
    });
}

/// <summary>Journeys through the example on a day after the meetings of a half-term.</summary>
public sealed class JourneyInFebruary2017() : Journey(() =>
{
    var store = TestStore.WithExample(Database.Sqlite);
    using var db = store.Open();
    db.Write(Setting.Today, "2017-02-07");
    db.SaveChanges();
    return store;
});
