using Microsoft.Playwright;
using Waymark.Example;

namespace Waymark.Journeys;

/// <summary>An authority starts with an empty system and follows its checklist to the first pack.</summary>
public sealed class From_nothing_to_the_first_pack
{
    [SkippableTheory, Readers]
    public async Task By_the_checklist(Reader reader)
    {
        await using var journey = new JourneyThroughAnEmptyStore();
        await journey.On("/", reader, async page =>
        {
            (await page.Locator("h1").InnerTextAsync()).ShouldBe("Set up your partnership");
            (await Done(page)).ShouldBe(0);

            await reader.Follows(page.GetByRole(AriaRole.Link, new() { Name = "Choose your local authority" }));
            await reader.Types(page.GetByLabel("Authority"), "Central Bedfordshire");
            await reader.Follows(page.GetByRole(AriaRole.Button, new() { Name = "Save" }));
            (await Done(page)).ShouldBe(1);

            await reader.Follows(page.GetByRole(AriaRole.Link, new() { Name = "Load the register of schools" }));
            await Load(page, reader, name => name.StartsWith("edubasealldata2016", StringComparison.Ordinal));
            (await Done(page)).ShouldBe(2);

            await reader.Follows(page.GetByRole(AriaRole.Link, new() { Name = "Load the clusters" }));
            await Load(page, reader, name => name == "clusters.csv");
            // With clusters the start page shows them, and says that something is left to do.
            await reader.Follows(page.GetByRole(AriaRole.Link, new() { Name = "see what is left to do" }));
            (await Done(page)).ShouldBe(3);

            await reader.Follows(page.GetByRole(AriaRole.Link, new() { Name = "Load last year’s results" }));
            await Load(page, reader, name => name == "england_ks2final_2015-2016.csv");
            await page.GotoAsync("/checklist");
            (await Done(page)).ShouldBe(4);

            await reader.FollowsMenu(page, "Clusters");
            await reader.Follows(page.GetByRole(AriaRole.Link, new() { Name = "Open the pack of Dunstable" }));
            (await page.Locator("#summary").InnerTextAsync()).ShouldContain("21 schools are full members");
            (await page.Locator("#ks2").InnerTextAsync()).ShouldContain("44%");
            (await page.Locator("main").InnerTextAsync()).ShouldNotContain("fictional", Case.Insensitive, "a real store is no example");
        });
    }

    private static async Task<int> Done(IPage page) => (await page.Locator(".w-steps .govuk-tag").AllInnerTextsAsync()).Count(text => text == "Done");

    /// <summary>Loads a file of the example, whose register stands in for the national one, looks at it, confirms it and goes back to the start.</summary>
    private static async Task Load(IPage page, Reader reader, Func<string, bool> which)
    {
        var file = ExampleFiles.All().Single(one => which(one.Name));
        await page.GetByLabel("Files").SetInputFilesAsync(new FilePayload { Name = file.Name, MimeType = "text/csv", Buffer = file.Content });
        await reader.Follows(page.GetByRole(AriaRole.Button, new() { Name = "Read the files" }));
        await page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "Look at the file, then confirm it" }).WaitForAsync();
        await reader.Follows(page.GetByRole(AriaRole.Button, new() { Name = "Confirm", Exact = true }));
        await page.GetByText("is in use").First.WaitForAsync();
        await page.GotoAsync("/");
    }
}
