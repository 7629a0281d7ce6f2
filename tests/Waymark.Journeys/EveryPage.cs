using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Waymark.Tests.Shared;

namespace Waymark.Journeys;

public sealed class Every_page_of_the_example(WalkedExample walked) : EveryPage(walked), IClassFixture<WalkedExample>;

public sealed class Every_page_of_an_empty_store(WalkedEmptyStore walked) : EveryPage(walked), IClassFixture<WalkedEmptyStore>;

/// <summary>What holds for every page that links lead to, whatever it shows.</summary>
public abstract partial class EveryPage(Walked walked)
{
    [GeneratedRegex(@"^\S.* - Waymark$|^Waymark$")]
    private static partial Regex Title();

    [SkippableFact]
    public async Task Answers_and_says_what_it_is()
    {
        var pages = await walked.Pages();
        pages.ShouldNotBeEmpty("the walk reaches the front door");
        pages.Where(page => !Title().IsMatch(page.Document.Title ?? "")).Select(page => $"{page.Address.PathAndQuery}: title '{page.Document.Title}'").ShouldBeEmpty();
        pages.Where(page => page.All("h1").Count != 1).Select(page => $"{page.Address.PathAndQuery}: {page.All("h1").Count} h1").ShouldBeEmpty();
        pages.Where(page => page.Document.DocumentElement.GetAttribute("lang") != "en-GB").Select(page => page.Address.PathAndQuery).ShouldBeEmpty();
        pages.GroupBy(page => page.Document.Title).Where(same => same.Select(page => page.Address.AbsolutePath).Distinct().Count() > 1)
            .Select(same => $"'{same.Key}' is the title of {string.Join(" and ", same.Select(page => page.Address.PathAndQuery))}").ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task Is_valid_HTML() =>
        (await HtmlValidate.Faults([.. (await walked.Pages()).Select(page => (page.Address.PathAndQuery, page.Html))])).ShouldBeEmpty();

    [SkippableFact]
    public Task Has_no_accessibility_fault_on_a_phone() => Each(Reader.Phone, page => page.AxeFindings());

    [SkippableFact]
    public Task Has_no_accessibility_fault_on_a_wide_screen() => Each(Reader.Desktop, page => page.AxeFindings());

    [SkippableFact]
    public Task Fits_320_pixels_without_scrolling_sideways() => Each(Reader.Narrow, SidewaysScroll);

    [SkippableFact]
    public Task Fits_320_pixels_without_JavaScript() => Each(Reader.Narrow.WithoutJavaScript, SidewaysScroll);

    private static async Task<IReadOnlyList<string>> SidewaysScroll(IPage page) => await page.SidewaysScroll() is > 0 and var pixels ? [$"is {pixels} pixels too wide"] : [];

    private async Task Each(Reader reader, Func<IPage, Task<IReadOnlyList<string>>> check)
    {
        var faults = new List<string>();
        await walked.On("/", reader, async page =>
        {
            foreach (var path in (await walked.Pages()).Select(answer => answer.Address.PathAndQuery))
            {
                await page.GotoAsync(path, new PageGotoOptions { WaitUntil = WaitUntilState.NetworkIdle });
                faults.AddRange((await check(page)).Select(fault => $"{path}: {fault}"));
            }
        });
        faults.ShouldBeEmpty();
    }
}

/// <summary>A store, the application over it and the walk through all its kinds of pages, done once for all that is checked.</summary>
public abstract class Walked : Journey
{
    private readonly Lazy<Task<SiteWalk>> walk;

    protected Walked(Func<TestStore> makeStore) : base(makeStore) => walk = new(async () => await SiteWalk.From(await Host));

    public async Task<IReadOnlyList<PageAnswer>> Pages() => [.. (await walk.Value).Pages];
}

public sealed class WalkedExample() : Walked(() => TestStore.WithExample(Database.Sqlite));

public sealed class WalkedEmptyStore() : Walked(() => TestStore.On(Database.Sqlite));
