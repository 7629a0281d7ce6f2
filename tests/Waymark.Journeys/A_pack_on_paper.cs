using Microsoft.Playwright;

namespace Waymark.Journeys;

/// <summary>The pack as somebody prints it for a meeting.</summary>
public sealed class A_pack_on_paper(Journey journey) : IClassFixture<Journey>
{
    /// <summary>A4 without the margins that the style sheet asks for, in CSS pixels (96 to an inch).</summary>
    private const int Width = 680, Height = 993;

    [SkippableFact]
    public Task The_first_side_stands_alone_and_every_section_starts_one() => journey.On("/clusters/dunstable/pack", new Reader(Width, Height), async page =>
    {
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        await page.Settled();
        foreach (var hidden in new[] { "header", "footer", "nav", "form", ".w-downloads", "button", ".govuk-skip-link" })
            (await page.Locator(hidden).EvaluateAllAsync<int>("all => all.filter(one => one.checkVisibility()).length")).ShouldBe(0, hidden);

        (await Bottom(page, "#summary")).ShouldBeLessThanOrEqualTo(Height, "heading, notices and summary stand on one side");
        (await page.Locator("#summary").GetByRole(AriaRole.Heading, new() { Level = 3 }).AllInnerTextsAsync()).ShouldBe(["What stands out", "Questions to discuss", "What is not known"]);
        (await page.EvaluateAsync<string[]>("[...document.querySelectorAll('.w-section')].slice(1).map(one => getComputedStyle(one).breakBefore)")).ShouldAllBe(value => value == "page");
        // What the page says of itself is said on paper, too.
        (await page.GetByText("This is an example").First.IsVisibleAsync()).ShouldBeTrue();
    });

    [SkippableFact]
    public Task A_table_and_its_head_and_a_chart_are_not_torn_apart() => journey.On("/clusters/dunstable/pack", new Reader(Width, Height), async page =>
    {
        await page.EmulateMediaAsync(new() { Media = Media.Print });
        (await page.EvaluateAsync<string[]>("[...document.querySelectorAll('.w-chart:not([hidden]), tr')].map(one => getComputedStyle(one).breakInside)")).ShouldAllBe(value => value == "avoid");
        (await page.EvaluateAsync<string[]>("[...document.querySelectorAll('thead')].map(one => getComputedStyle(one).display)")).ShouldAllBe(value => value == "table-header-group");
        (await page.SidewaysScroll()).ShouldBeLessThanOrEqualTo(1, "but for a fraction of a pixel");
    });

    private static Task<double> Bottom(IPage page, string selector) => page.Locator(selector).EvaluateAsync<double>("one => one.getBoundingClientRect().bottom + scrollY");
}
