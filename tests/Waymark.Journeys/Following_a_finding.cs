using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Waymark.Example;

namespace Waymark.Journeys;

/// <summary>From the start page to the row of the file that a finding was counted from.</summary>
public sealed partial class Following_a_finding(Journey journey) : IClassFixture<Journey>
{
    [GeneratedRegex(@"\((?<count>[\d,]+) of (?<all>[\d,]+);")]
    private static partial Regex CountAndBase();

    [GeneratedRegex(@"line (?<line>\d+) of (?<file>\S+?)\.$", RegexOptions.Multiline)]
    private static partial Regex LineAndFile();

    [SkippableTheory, Readers]
    public Task From_a_cluster_to_the_line_of_a_file(Reader reader) => journey.On("/", reader, async page =>
    {
        await reader.Follows(page.GetByRole(AriaRole.Link, new() { Name = "Dunstable", Exact = true }));
        await reader.Follows(page.GetByRole(AriaRole.Button, new() { Name = "Open the pack" }));

        var finding = page.Locator("#summary .w-finding").Filter(new() { HasTextRegex = CountAndBase() }).First;
        var sentence = await finding.InnerTextAsync();
        await reader.Follows(finding.GetByRole(AriaRole.Link, new() { NameRegex = new("See the figure") }));

        // The same figure, with the same base, and the schools it was added up from.
        var lead = (await page.Locator(".govuk-body-l").InnerTextAsync()).TrimEnd('.');
        // "27% (117 of 436; …)": the value begins what is told, and the base ends it.
        sentence.ShouldContain(lead[..lead.IndexOf(' ', StringComparison.Ordinal)]);
        sentence.ShouldContain(lead[lead.IndexOf('(', StringComparison.Ordinal)..]);
        var total = CountAndBase().Match(lead);
        (await Column(page, "#parts", 3)).Sum().ShouldBe(Number(total.Groups["count"].Value));
        (await Column(page, "#parts", 4)).Sum().ShouldBe(Number(total.Groups["all"].Value));

        // One school of them, and the line its number was read from.
        var school = page.Locator("#parts tbody tr").Nth(1);
        var (count, all) = (await school.Locator("td").Nth(1).InnerTextAsync(), await school.Locator("td").Nth(2).InnerTextAsync());
        await reader.Follows(school.GetByRole(AriaRole.Link));
        (await page.Locator(".govuk-body-l").InnerTextAsync()).ShouldContain($"({count} of {all};");
        var urn = page.Url.Split('/')[^2];
        var read = LineAndFile().Match(await page.Locator("main").InnerTextAsync());
        read.Success.ShouldBeTrue("the figure names its line and file");
        LinesOf(read.Groups["file"].Value)[int.Parse(read.Groups["line"].Value, CultureInfo.InvariantCulture) - 1].ShouldContain(urn);

        await reader.Follows(page.Locator("main").GetByRole(AriaRole.Link, new() { Name = read.Groups["file"].Value, Exact = true }));
        await page.GetByText("In use").First.WaitForAsync();
        (await page.Locator("main").InnerTextAsync()).ShouldContain(read.Groups["file"].Value);
    });

    private static string[] LinesOf(string file) => Encoding.Latin1.GetString(ExampleFiles.All().Single(one => one.Name == file).Content).Split('\n');

    private static async Task<IEnumerable<long>> Column(IPage page, string table, int number) =>
        (await page.Locator($"{table} tbody tr > :nth-child({number})").AllInnerTextsAsync()).Where(text => text.Trim().Length > 0).Select(Number);

    private static long Number(string text) => long.Parse(text, NumberStyles.Number, CultureInfo.GetCultureInfo("en-GB"));
}
