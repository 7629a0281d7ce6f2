using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Waymark.Journeys;

/// <summary>What is checked on a page in any state.</summary>
public static class Checks
{
    private static readonly AxeRunOptions Wcag22Aa = new()
    {
        // What passes is not written out: on a long page that takes longer than looking.
        ResultTypes = [ResultType.Violations],
        RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] },
    };

    /// <summary>The rules of WCAG 2.2 AA that other colours on the same page can break.</summary>
    private static readonly AxeRunOptions Colours = new()
    {
        ResultTypes = [ResultType.Violations],
        RunOnly = new RunOnlyOptions { Type = "rule", Values = ["color-contrast", "link-in-text-block"] },
    };

    extension(IPage page)
    {
        /// <summary>What axe finds against WCAG 2.2 AA: one line for each element, with the words of its rule.</summary>
        /// <param name="coloursOnly">For a page that was looked at whole before and has changed its colours alone.</param>
        public async Task<IReadOnlyList<string>> AxeFindings(bool coloursOnly = false) =>
        [
            .. (await page.RunAxe(coloursOnly ? Colours : Wcag22Aa)).Violations.SelectMany(violation => violation.Nodes.Select(node => $"{violation.Id}: {violation.Help}: {node.Html}")),
        ];

        /// <summary>The page, as it stands now, has no fault that axe knows of.</summary>
        public async Task ShouldBeAccessible() => (await page.AxeFindings()).ShouldBeEmpty(page.Url);

        /// <summary>Waits until what the page's scripts draw stands.</summary>
        public Task Settled() => page.EvaluateAsync("new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");

        /// <summary>Turns the same page into one that somebody else looks at.</summary>
        public async Task Resize(Reader reader)
        {
            await page.SetViewportSizeAsync(reader.Width, reader.Height);
            await page.Settled();
        }

        /// <summary>By how many pixels the page is wider than its window.</summary>
        public Task<int> SidewaysScroll() => page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth");

        /// <summary>Presses Tab until the focus is on what is looked for, and sees that the focus shows. Then press what follows: <c>page.Keyboard.PressAsync("Enter")</c>.</summary>
        /// <param name="anyOf">Whether any element that fits will do, or only the first.</param>
        public async Task TabTo(ILocator target, bool anyOf = false)
        {
            await target.First.WaitForAsync();
            var focused = anyOf ? target.And(page.Locator(":focus")) : target.First.And(page.Locator(":focus"));
            for (var presses = 0; presses < 300; presses++)
            {
                await page.Keyboard.PressAsync("Tab");
                if (await focused.CountAsync() == 0) continue;
                await page.FocusShouldShow();
                return;
            }
            throw new InvalidOperationException($"300 presses of Tab on {page.Url} do not reach {target}");
        }

        /// <summary>Whoever looks at the page sees where the focus is: the element with and without it are different pictures.</summary>
        public async Task FocusShouldShow()
        {
            var focused = page.Locator(":focus");
            var box = await focused.BoundingBoxAsync();
            box.ShouldNotBeNull("what has the focus cannot be seen");
            // GOV.UK's check boxes and radios are drawn beside their control, so a margin is looked at, too.
            var around = new PageScreenshotOptions { Clip = new Clip { X = Math.Max(0, box.X - 8), Y = Math.Max(0, box.Y - 8), Width = box.Width + 16, Height = box.Height + 16 } };
            var what = await focused.EvaluateAsync<string>("element => element.outerHTML.slice(0, 200)");
            var with = await page.ScreenshotAsync(around);
            var element = await focused.ElementHandleAsync();
            await element.EvaluateAsync("element => element.blur()");
            var without = await page.ScreenshotAsync(around);
            await element.FocusAsync();
            with.AsSpan().SequenceEqual(without).ShouldBeFalse($"the focus does not show on {what}");
        }
    }
}
