using System.Text;
using Microsoft.Playwright;

namespace Waymark.Journeys;

/// <summary>An officer loads a school's new results, sees first what they would change, and takes them back.</summary>
public sealed class Loading_results(Journey journey) : IClassFixture<Journey>
{
    [SkippableTheory, Readers]
    public Task Preview_then_confirm_then_take_back(Reader reader) => journey.On("/schools/900205", reader, async page =>
    {
        var before = await GoodLevel(page);
        await reader.FollowsMenu(page, "Data");
        await reader.Follows(page.GetByRole(AriaRole.Button, new() { Name = "Load files" }));
        // Each reader's file differs by its name, which a comment in an own column carries.
        await page.GetByLabel("Files").SetInputFilesAsync(FileOf($"""
            urn,year,measure,group,numerator,denominator,status,remark
            900205,201516,eyfs.gld,all,44,45,final,{reader}

            """));
        await reader.Follows(page.GetByRole(AriaRole.Button, new() { Name = "Read the files" }));

        await page.GetByRole(AriaRole.Heading, new() { Level = 1, Name = "Look at the file, then confirm it" }).WaitForAsync();
        var preview = await page.Locator("main").InnerTextAsync();
        preview.ShouldContain("1 row read: 1 kept, 0 listed with the reason.");
        preview.ShouldContain("0 new figures, 1 changed, 0 the same.");
        (await page.Locator("#changed tbody tr").InnerTextAsync()).ShouldContain("97.7778%");
        (await page.GetByRole(AriaRole.Heading, new() { Name = "Columns that are not used" }).Locator("+ details").TextContentAsync()).ShouldNotBeNull().ShouldContain("remark");
        (await GoodLevelOnItsPage(page)).ShouldBe(before, "nothing counts before it is confirmed");

        await reader.Follows(page.GetByRole(AriaRole.Button, new() { Name = "Confirm", Exact = true }));
        await page.GetByText("results.csv is in use").WaitForAsync();
        (await GoodLevelOnItsPage(page)).ShouldBe("98%");

        await reader.Follows(page.GetByRole(AriaRole.Button, new() { Name = "Take back" }));
        (await page.Locator("main li").First.InnerTextAsync()).ShouldStartWith("One figure will show what local_");
        await reader.Follows(page.GetByRole(AriaRole.Button, new() { Name = "Take back" }));
        await page.GetByText("results.csv was taken back").WaitForAsync();
        (await GoodLevelOnItsPage(page)).ShouldBe(before);
    });

    [SkippableTheory, Readers]
    public Task A_file_that_cannot_be_right_is_refused_where_it_is_wrong_and_nothing_is_kept(Reader reader) => journey.On("/imports/new", reader, async page =>
    {
        await page.GetByLabel("Files").SetInputFilesAsync(FileOf("""
            urn,year,measure,group,numerator,denominator,status
            900205,201516,eyfs.gld,all,44,45,final
            900104,201516,eyfs.gld,all,46,45,final

            """));
        await reader.Follows(page.GetByRole(AriaRole.Button, new() { Name = "Read the files" }));

        (await page.TitleAsync()).ShouldStartWith("Error: ");
        (await page.Locator(".govuk-error-summary li").CountAsync()).ShouldBe(1);
        var fault = await page.Locator("table tbody tr").InnerTextAsync();
        fault.ShouldContain("3");
        fault.ShouldContain("46");
        if (reader.JavaScript) await page.ShouldBeAccessible();
        await page.GotoAsync("/schools/900104");
        (await GoodLevel(page)).ShouldBe("64%");
    });

    private static FilePayload FileOf(string text) => new() { Name = "results.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(text) };

    private static async Task<string> GoodLevel(IPage page) =>
        (await page.Locator("#headlines tbody tr").Filter(new() { HasText = "good level of development" }).Locator("td").First.InnerTextAsync()).Trim();

    /// <summary>As somebody else sees it in a window beside.</summary>
    private static async Task<string> GoodLevelOnItsPage(IPage page)
    {
        var beside = await page.Context.NewPageAsync();
        await beside.GotoAsync("/schools/900205");
        var level = await GoodLevel(beside);
        await beside.CloseAsync();
        return level;
    }
}
