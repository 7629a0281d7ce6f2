using System.Collections.Concurrent;
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

    [SkippableTheory]
    [InlineData(Look.Phone)]
    [InlineData(Look.WideScreen)]
    [InlineData(Look.ForcedColours)]
    public async Task Has_no_accessibility_fault(Look look) => (await walked.Faults(look)).ShouldBeEmpty();

    [SkippableTheory]
    [InlineData(Look.Narrow)]
    [InlineData(Look.WithoutJavaScript)]
    public async Task Fits_320_pixels_without_scrolling_sideways(Look look) => (await walked.Faults(look)).ShouldBeEmpty();

    /// <summary>Nothing on the console, nothing that the content security policy forbade, nothing asked of another server.</summary>
    [SkippableFact]
    public async Task Keeps_to_itself() => (await walked.Faults(Look.BehindTheScenes)).ShouldBeEmpty();

    /// <summary>Every form, sent as it stands: where it asks for more, it says so accessibly.</summary>
    [SkippableFact]
    public async Task Asks_accessibly_for_what_a_form_lacks()
    {
        var paths = (await walked.Pages()).Where(page => page.Document.QuerySelector("main form[method=post]") is not null).Select(page => page.Address.PathAndQuery).ToList();
        var faults = new List<string>();
        // A form sent as it stands may be complete and change what the next page shows, so this is done to a store of its own.
        await using var own = walked.Again();
        await own.Open(walked.Start, Reader.Phone, async page =>
        {
            foreach (var path in paths) faults.AddRange((await FaultsOfForms(page, path)).Select(fault => $"{path}: {fault}"));
        });
        faults.ShouldBeEmpty();
    }

    private static async Task<List<string>> FaultsOfForms(IPage page, string path)
    {
        var faults = new List<string>();
        await page.GotoAsync(path);
        // A passkey is asked of the device, not typed; Signing_in does that.
        const string Forms = "main form[method=post]:not([data-passkey])", Unfolded = "document.querySelectorAll('details').forEach(part => part.open = true)";
        var forms = await page.Locator(Forms).CountAsync();
        for (var i = 0; i < forms; i++)
        {
            if (i > 0) await page.GotoAsync(path);
            var form = page.Locator(Forms).Nth(i);
            if (await form.CountAsync() == 0) continue; // another form of the page did what this one is for
            await page.EvaluateAsync(Unfolded);
            var answer = await page.RunAndWaitForResponseAsync(() => form.Locator("button:not([type=button])").First.ClickAsync(), response => response.Request.Method == "POST");
            await page.WaitForLoadStateAsync();
            if (answer.Status >= 400) faults.Add($"form {i + 1} answers {answer.Status}");
            if (await page.Locator(".govuk-error-summary").CountAsync() == 0) continue;
            faults.AddRange((await page.AxeFindings()).Select(fault => $"form {i + 1}: {fault}"));
            if (!(await page.TitleAsync()).StartsWith("Error: ", StringComparison.Ordinal)) faults.Add($"form {i + 1}: the title does not start with 'Error: '");
            if (!await page.EvaluateAsync<bool>("document.querySelector('.govuk-error-summary').contains(document.activeElement)")) faults.Add($"form {i + 1}: the focus is not on the summary of errors");
        }
        return faults;
    }
}

/// <summary>The ways in which every page is looked at.</summary>
public enum Look
{
    Narrow,
    WithoutJavaScript,
    Phone,
    WideScreen,
    ForcedColours,
    BehindTheScenes,
}

/// <summary>A store, the application over it and the walk through all its kinds of pages, done once for all that is checked.</summary>
public abstract class Walked : Journey
{
    private readonly Func<Journey> again;
    private readonly Lazy<Task<SiteWalk>> walk;
    private readonly Lazy<Task<ConcurrentQueue<(Look Look, string Fault)>>> faults;

    protected Walked(Func<TestStore> makeStore, string start = "/", bool onward = true, string environment = "Production") : base(makeStore, environment)
    {
        Start = start;
        again = () => new Journey(makeStore, environment);
        walk = new(async () => await SiteWalk.From(await Host, start, onward));
        faults = new(LookAtAll);
    }

    public string Start { get; }

    /// <summary>The same once more, for what changes it.</summary>
    public Journey Again() => again();

    public async Task<IEnumerable<string>> BrokenLinks() => (await walk.Value).Broken;

    /// <summary>At least the first page: a check of no pages proves nothing.</summary>
    public async Task<IReadOnlyList<PageAnswer>> Pages()
    {
        var pages = (await walk.Value).Pages.ToList();
        pages.ShouldNotBeEmpty((await walk.Value).Broken.FirstOrDefault() ?? Start);
        return pages;
    }

    public async Task<IEnumerable<string>> Faults(Look look) => (await faults.Value).Where(found => found.Look == look).Select(found => found.Fault).Distinct();

    /// <summary>
    /// Each page is opened once with JavaScript and once without, and then looked at in every way: opening takes longer than looking. The second page of a kind, which
    /// has other data in the same parts, is looked at on a phone only.
    /// </summary>
    private async Task<ConcurrentQueue<(Look, string)>> LookAtAll()
    {
        var found = new ConcurrentQueue<(Look, string)>();
        var paths = (await Pages()).Select(page => page.Address.PathAndQuery).ToList();
        var walked = await walk.Value;
        void Add(Look look, string path, IEnumerable<string> of)
        {
            foreach (var fault in of) found.Enqueue((look, $"{path}: {fault}"));
        }
        await Task.WhenAll(
            Open(Start, Reader.Narrow, async page =>
            {
                foreach (var path in paths)
                {
                    await page.GotoAsync(path);
                    await page.Settled();
                    Add(Look.Narrow, path, await TooWide(page));
                    await page.Resize(Reader.Phone);
                    Add(Look.Phone, path, await page.AxeFindings());
                    if (walked.IsFirstOfItsKind(path))
                    {
                        await page.Resize(Reader.Desktop);
                        Add(Look.WideScreen, path, await page.AxeFindings());
                        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ForcedColors = ForcedColors.Active });
                        Add(Look.ForcedColours, path, await page.AxeFindings(coloursOnly: true));
                        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ForcedColors = ForcedColors.None });
                    }
                    await page.Resize(Reader.Narrow);
                }
            }, troubles => Add(Look.BehindTheScenes, "", troubles)),
            Open(Start, Reader.Narrow.WithoutJavaScript, async page =>
            {
                foreach (var path in paths)
                {
                    await page.GotoAsync(path);
                    Add(Look.WithoutJavaScript, path, await TooWide(page));
                }
            }, troubles => Add(Look.BehindTheScenes, "", troubles)));
        return found;
    }

    private static async Task<IEnumerable<string>> TooWide(IPage page) => await page.SidewaysScroll() is > 0 and var pixels ? [$"is {pixels} pixels too wide"] : [];
}

public sealed class WalkedExample() : Walked(() => TestStore.WithExample(Database.Sqlite));

public sealed class WalkedEmptyStore() : Walked(() => TestStore.On(Database.Sqlite));

/// <summary>The page with every component on it, which only Development has.</summary>
public sealed class WalkedGallery() : Walked(() => TestStore.On(Database.Sqlite), "/gallery", onward: false, "Development");
