using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Waymark.Journeys;

/// <summary>On a phone: a priority, an action for it, its first report; and the pages around them.</summary>
public sealed class From_priority_to_progress(Journey journey) : IClassFixture<Journey>
{
    [SkippableTheory, Readers]
    public Task A_priority_gets_an_action_and_its_first_report(Reader reader) => journey.On("/priorities", reader, async page =>
    {
        var title = $"Open the library each morning ({(reader.JavaScript ? "script" : "plain")}, {reader.Width}, {(reader.Pointer ? "pointer" : "keys")})";
        await reader.Follows(page.GetByRole(AriaRole.Link, new() { Name = "Children are more resilient" }));
        await reader.Follows(page.GetByRole(AriaRole.Link, new() { Name = "Add an action of Houghton Regis" }));
        await reader.Types(page.GetByLabel("What is to be done"), title);
        await reader.Types(page.GetByLabel("Owner", new() { Exact = true }), "Maria Ford, Headteacher");
        var due = page.GetByRole(AriaRole.Group, new() { Name = "Due" });
        await reader.Types(due.GetByLabel("Day"), "31");
        await reader.Types(due.GetByLabel("Month"), "3");
        await reader.Types(due.GetByLabel("Year"), "2017");
        await reader.Follows(page.GetByRole(AriaRole.Button, new() { Name = "Add" }));
        (await page.Locator("h1").InnerTextAsync()).ShouldContain(title);
        await reader.Follows(page.GetByRole(AriaRole.Button, new() { Name = "Report progress" }));
        if (reader.JavaScript) await page.ShouldBeAccessible();
        await reader.Follows(page.GetByRole(AriaRole.Button, new() { Name = "Send" }));
        (await page.Locator(".govuk-error-summary__list li").AllInnerTextsAsync()).ShouldBe(["Select how it is going", "Enter what was done"]);
        await page.GetByLabel("How is it going?").SelectOptionAsync("Well");
        await reader.Types(page.GetByLabel("What was done?"), "The shelves came.");
        await reader.Follows(page.GetByRole(AriaRole.Button, new() { Name = "Send" }));
        (await page.Locator("main").InnerTextAsync()).ShouldContain("Going well");
        (await page.Locator("main").InnerTextAsync()).ShouldContain("The shelves came.");
    });

    [SkippableFact]
    public Task The_three_questions_stand_on_one_screen_of_a_phone() => journey.On("/actions/2/progress", Reader.Phone, async page =>
        (await page.Locator("#Next").BoundingBoxAsync())!.ShouldSatisfyAllConditions(box => (box.Y + box.Height).ShouldBeLessThanOrEqualTo(812), box => box.X.ShouldBeGreaterThanOrEqualTo(0)));

    [SkippableTheory]
    [InlineData("/priorities"), InlineData("/priorities/1"), InlineData("/priorities/3/drivers"), InlineData("/priorities/3/edit"), InlineData("/priorities/new"), InlineData("/priorities/same"), InlineData("/priorities/1/measures/new"),
     InlineData("/clusters/dunstable/priorities"), InlineData("/measures/1"), InlineData("/measures/4"), InlineData("/measures/4/edit"), InlineData("/actions"), InlineData("/actions?plan=dunstable&look=late"), InlineData("/actions/1"), InlineData("/actions/1/edit"),
     InlineData("/actions/new/dunstable"), InlineData("/citations"), InlineData("/citations/1"), InlineData("/citations/new?for=priority/1"), InlineData("/home"),
     InlineData("/documents"), InlineData("/documents/new"), InlineData("/documents/vision/1"), InlineData("/documents/vision/2"), InlineData("/documents/vision/2/compare/1"), InlineData("/documents/vision/2/consultation"),
     InlineData("/documents/vision/2/consult"), InlineData("/documents/vision/1/pledge"), InlineData("/documents/secondary-readiness/1/parts/new"), InlineData("/documents/secondary-readiness/1/introduction")]
    public Task Each_page_is_accessible_and_fits_320_pixels(string address) => journey.On(address, Reader.Narrow, async page =>
    {
        await page.ShouldBeAccessible();
        (await page.SidewaysScroll()).ShouldBe(0, address);
        (await page.Locator("h1").CountAsync()).ShouldBe(1);
        if (address is "/measures/4") await page.Locator("figure.w-chart svg").First.WaitForAsync();
        if (address is "/measures/4") Regex.Count(await page.Locator("figure.w-chart").First.InnerHTMLAsync(), "<path").ShouldBeGreaterThan(3);
        await page.Resize(Reader.Desktop);
        await page.ShouldBeAccessible();
    });
}
