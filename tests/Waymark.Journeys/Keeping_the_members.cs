using Microsoft.Playwright;

namespace Waymark.Journeys;

/// <summary>A school leaves a cluster, the change is undone; an associate joins, the change is undone. History is kept.</summary>
public sealed class Keeping_the_members(Journey journey) : IClassFixture<Journey>
{
    [SkippableTheory, Readers]
    public Task A_school_leaves_and_the_change_is_undone(Reader reader) => journey.On("/clusters/dunstable", reader, async page =>
    {
        (await IsMember(page, new(2016, 12, 1))).ShouldBeTrue();
        await reader.Follows(page.GetByRole(AriaRole.Link, new() { Name = "Change members" }));
        await reader.Follows(page.GetByRole(AriaRole.Link, new() { Name = "Kestrelwell Academy" }));
        await reader.TypesDay(page.Locator("#end"), new(2016, 8, 31));
        await reader.Follows(page.GetByRole(AriaRole.Button, new() { Name = "End the membership" }));
        await page.GetByRole(AriaRole.Alert).WaitForAsync();
        (await IsMember(page, new(2016, 8, 31))).ShouldBeTrue("a pack of 2016 shows the members of 2016");
        (await IsMember(page, new(2016, 9, 1))).ShouldBeFalse();

        await page.GotoAsync("/clusters/dunstable/members");
        await reader.Follows(page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Undo Kestrelwell Academy") }));
        await page.GetByText("The change was undone").WaitForAsync();
        (await IsMember(page, new(2016, 9, 1))).ShouldBeTrue();
    });

    [SkippableTheory, Readers]
    public Task An_associate_joins_and_the_change_is_undone(Reader reader) => journey.On("/clusters/dunstable/members", reader, async page =>
    {
        await reader.Types(page.GetByRole(AriaRole.Searchbox), "hazelgarth");
        await reader.Follows(page.GetByRole(AriaRole.Button, new() { Name = "Search" }));
        await reader.Follows(page.GetByRole(AriaRole.Button, new() { Name = "Add to the cluster" }));
        (await page.Locator(".govuk-error-summary li").AllInnerTextsAsync()).ShouldBe(["Select a school", "Select full or associate", "Enter the day from which it is a member"]);
        if (reader.JavaScript) await page.ShouldBeAccessible();

        await reader.Presses(page.GetByLabel("Hazelgarth Lower School"));
        await reader.Presses(page.GetByLabel("Associate member"));
        await reader.TypesDay(page.GetByRole(AriaRole.Group, new() { Name = "Member from" }), new(2016, 9, 1));
        await reader.Follows(page.GetByRole(AriaRole.Button, new() { Name = "Add to the cluster" }));
        await page.GetByText("Hazelgarth Lower School is an associate member from 1 September 2016").WaitForAsync();
        (await page.Locator("#now tbody tr").Filter(new() { HasText = "Hazelgarth Lower School" }).InnerTextAsync()).ShouldContain("Associate");

        await reader.Follows(page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Undo Hazelgarth Lower School") }));
        await page.GetByText("The change was undone").WaitForAsync();
        (await page.Locator("#now").InnerTextAsync()).ShouldNotContain("Hazelgarth");
    });

    private static async Task<bool> IsMember(IPage page, DateOnly day)
    {
        await page.GotoAsync($"/clusters/dunstable?on={day:yyyy-MM-dd}");
        return await page.Locator("#members").GetByText("Kestrelwell Academy").CountAsync() > 0;
    }
}
