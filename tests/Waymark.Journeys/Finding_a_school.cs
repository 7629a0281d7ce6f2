using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Waymark.Journeys;

/// <summary>A headteacher finds the own school and what there is to say about it.</summary>
public sealed partial class Finding_a_school(Journey journey) : IClassFixture<Journey>
{
    [GeneratedRegex(@"/Type\s*/Page\b")]
    private static partial Regex PageOfPdf();

    [SkippableTheory, Readers]
    public Task By_a_part_of_its_name_and_its_town(Reader reader) => journey.On("/schools", reader, async page =>
    {
        await reader.Types(page.GetByRole(reader.JavaScript ? AriaRole.Combobox : AriaRole.Searchbox, new() { NameRegex = new("^Name, town") }), "barley dunst");
        if (reader is { JavaScript: true, Pointer: false })
        {
            await page.GetByRole(AriaRole.Option, new() { NameRegex = new("Barleydown") }).WaitForAsync();
            await page.Keyboard.PressAsync("ArrowDown");
            (await page.Locator("li[role=option][aria-selected=true]").InnerTextAsync()).ShouldContain("Barleydown");
            await page.Keyboard.PressAsync("Enter");
        }
        else if (reader.JavaScript)
        {
            await reader.Follows(page.GetByRole(AriaRole.Option, new() { NameRegex = new("Barleydown") }));
        }
        else
        {
            await reader.Follows(page.GetByRole(AriaRole.Button, new() { Name = "Search" }));
            await reader.Follows(page.GetByRole(AriaRole.Link, new() { NameRegex = new("Barleydown") }));
        }
        await page.GetByRole(AriaRole.Heading, new() { Level = 1, NameRegex = new("Barleydown Church of England Primary School") }).WaitForAsync();
    });

    [SkippableFact]
    public Task Suggestions_say_to_a_screen_reader_how_many_they_are_and_go_with_Escape() => journey.On("/schools", Reader.Desktop, async page =>
    {
        var box = page.GetByRole(AriaRole.Combobox);
        await box.PressSequentiallyAsync("dunstable");
        var suggestions = page.GetByRole(AriaRole.Listbox, new() { Name = "Suggestions" });
        await suggestions.WaitForAsync();
        (await box.GetAttributeAsync("aria-expanded")).ShouldBe("true");
        (await page.GetByRole(AriaRole.Status).InnerTextAsync()).ShouldBe("8 suggestions");
        await page.ShouldBeAccessible();
        await page.Keyboard.PressAsync("Escape");
        (await suggestions.IsVisibleAsync()).ShouldBeFalse();
        (await box.InputValueAsync()).ShouldBe("dunstable");
    });

    [SkippableTheory, Readers]
    public Task And_takes_its_report_and_one_side_to_the_governors(Reader reader) => journey.On("/schools/900205", reader, async page =>
    {
        await reader.Follows(page.GetByRole(AriaRole.Button, new() { Name = "School report" }));
        (await page.Locator("h1").InnerTextAsync()).ShouldContain("Barleydown Church of England Primary School");
        await page.GetByRole(AriaRole.Heading, new() { NameRegex = new("^Key stage 2") }).First.WaitForAsync();
        if (reader.JavaScript) await page.Locator("figure.w-chart svg").First.WaitForAsync();
        else (await page.Locator("table.w-table").First.IsVisibleAsync()).ShouldBeTrue();

        await reader.Follows(page.GetByRole(AriaRole.Link, new() { Name = "One side for governors" }));
        (await page.GetByRole(AriaRole.Heading, new() { Name = "Questions for the headteacher" }).Locator("+ ol > li").CountAsync()).ShouldBe(3);
        (await page.GetByRole(AriaRole.Heading, new() { Name = "What is not known" }).Locator("+ ul > li").CountAsync()).ShouldBeGreaterThan(0);
        (await page.Locator("#summary .w-finding").CountAsync()).ShouldBeLessThanOrEqualTo(9);
        PageOfPdf().Count(System.Text.Encoding.Latin1.GetString(await page.PdfAsync(new() { PreferCSSPageSize = true }))).ShouldBe(1, "one side of A4");
    });

    [SkippableTheory, Readers]
    public Task And_sees_who_is_similar_by_own_weights(Reader reader) => journey.On("/schools/900205", reader, async page =>
    {
        await reader.Follows(page.GetByRole(AriaRole.Button, new() { Name = "Similar schools" }));
        var before = await Nearest(page);
        before.Count.ShouldBe(15);
        before.ShouldBeUnique();

        // Only the size counts: then the nearest are those nearest in size, and the page shows it side by side.
        await reader.Presses(page.Locator("summary").Filter(new() { HasText = "Choose the weights yourself" }));
        var boxes = page.Locator("#weights input[type=text]");
        for (var i = 0; i < await boxes.CountAsync(); i++)
            await reader.Types(boxes.Nth(i), await boxes.Nth(i).GetAttributeAsync("name") == "w.pupils" ? "10" : "0");
        await reader.Follows(page.GetByRole(AriaRole.Button, new() { Name = "Use these weights" }));

        (await Nearest(page)).ShouldNotBe(before);
        var pupils = (await page.Locator("#similar tbody tr > :nth-child(3)").AllInnerTextsAsync()).Select(text => int.Parse(text, System.Globalization.NumberStyles.AllowThousands, System.Globalization.CultureInfo.InvariantCulture)).ToList();
        var apart = pupils.Skip(1).Select(number => Math.Abs(number - pupils[0])).ToList();
        apart.ShouldBe(apart.Order().ToList(), "from the nearest in size to the farthest");
        (await page.Locator("#why tbody tr > :nth-child(4)").First.InnerTextAsync()).ShouldContain("number of pupils");
    });

    private static async Task<IReadOnlyList<string>> Nearest(IPage page) => await page.Locator("#why tbody th").AllInnerTextsAsync();
}
