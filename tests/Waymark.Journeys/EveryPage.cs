using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Waymark.Tests.Shared;

namespace Waymark.Journeys;

public sealed class Every_page_of_the_example(WalkedExample walked) : EveryPage(walked), IClassFixture<WalkedExample>;

public sealed class Every_page_of_an_empty_store(WalkedEmptyStore walked) : EveryPage(walked), IClassFixture<WalkedEmptyStore>;

public sealed class Every_component(WalkedGallery walked) : EveryPage(walked), IClassFixture<WalkedGallery>;

/// <summary>What holds for every page that links lead to, whatever it shows.</summary>
public abstract partial class EveryPage(Walked walked)
{
    [GeneratedRegex(@"^\S.* - Waymark$|^Waymark$")]
    private static partial Regex Title();

    [SkippableFact]
    public async Task Answers_and_says_what_it_is()
    {
        (await walked.BrokenLinks()).ShouldBeEmpty();
        var pages = await walked.Pages();
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

    /// <summary>Every form, sent as it stands: where it asks for more, it says so accessibly.</summary>
    [SkippableFact]
    public Task Asks_accessibly_for_what_a_form_lacks() => Each(Reader.Phone, async page =>
    {
        var faults = new List<string>();
        var address = page.Url;
        var forms = await page.Locator("main form[method=post]").CountAsync();
        for (var i = 0; i < forms; i++)
        {
            await page.GotoAsync(address);
            await page.Locator("main form[method=post]").Nth(i).Locator("button:not([type=button])").First.ClickAsync();
            await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
            if (await page.Locator(".govuk-error-summary").CountAsync() == 0) continue;
            faults.AddRange((await page.AxeFindings()).Select(fault => $"form {i + 1}: {fault}"));
            if (!(await page.TitleAsync()).StartsWith("Error: ", StringComparison.Ordinal)) faults.Add($"form {i + 1}: the title does not start with 'Error: '");
            if (!await page.EvaluateAsync<bool>("document.querySelector('.govuk-error-summary').contains(document.activeElement)")) faults.Add($"form {i + 1}: the focus is not on the summary of errors");
        }
        return faults;
    });

    private static async Task<IReadOnlyList<string>> SidewaysScroll(IPage page) => await page.SidewaysScroll() is > 0 and var pixels ? [$"is {pixels} pixels too wide"] : [];

    private async Task Each(Reader reader, Func<IPage, Task<IReadOnlyList<string>>> check)
    {
        var faults = new List<string>();
        await walked.On(walked.Start, reader, async page =>
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

    protected Walked(Func<TestStore> makeStore, string start = "/", bool onward = true, string environment = "Production") : base(makeStore, environment)
    {
        Start = start;
        walk = new(async () => await SiteWalk.From(await Host, start, onward));
    }

    public string Start { get; }

    public async Task<IEnumerable<string>> BrokenLinks() => (await walk.Value).Broken;

    /// <summary>At least the first page: a check of no pages proves nothing.</summary>
    public async Task<IReadOnlyList<PageAnswer>> Pages()
    {
        var pages = (await walk.Value).Pages.ToList();
        pages.ShouldNotBeEmpty((await walk.Value).Broken.FirstOrDefault() ?? Start);
        return pages;
    }
}

public sealed class WalkedExample() : Walked(() => TestStore.WithExample(Database.Sqlite));

public sealed class WalkedEmptyStore() : Walked(() => TestStore.On(Database.Sqlite));

/// <summary>The page with every component on it, which only Development has.</summary>
public sealed class WalkedGallery() : Walked(() => TestStore.On(Database.Sqlite), "/gallery", onward: false, "Development");
