using Microsoft.Playwright;

namespace Waymark.Journeys;

/// <summary>A check that finds nothing on a bad page proves nothing on a good one.</summary>
public sealed class The_checks_find_what_is_wrong(JourneyThroughAnEmptyStore journey) : IClassFixture<JourneyThroughAnEmptyStore>
{
    [SkippableFact]
    public Task A_picture_without_words_and_pale_text() => Bad(Reader.Phone, """<img src="data:,"><p style="color:#ccc">pale</p>""", async page =>
    {
        var findings = await page.AxeFindings();
        findings.ShouldContain(finding => finding.StartsWith("image-alt", StringComparison.Ordinal));
        findings.ShouldContain(finding => finding.StartsWith("color-contrast", StringComparison.Ordinal));
    });

    [SkippableFact]
    public Task Text_that_keeps_its_pale_colour_where_colours_are_forced() => Bad(Reader.Desktop, """<p style="forced-color-adjust:none;background:#fff;color:#ccc">pale</p>""", async page =>
    {
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ForcedColors = ForcedColors.Active });
        (await page.AxeFindings(coloursOnly: true)).ShouldContain(finding => finding.StartsWith("color-contrast", StringComparison.Ordinal));
    });

    [SkippableFact]
    public Task A_page_that_is_too_wide() => Bad(Reader.Narrow, """<div style="width:400px">wide</div>""", async page =>
        (await page.SidewaysScroll()).ShouldBeGreaterThan(0));

    [SkippableFact]
    public Task A_focus_that_does_not_show() => Bad(Reader.Desktop, """<a href="/a">one</a> <a href="/b" style="outline:none">two</a>""", async page =>
    {
        await page.TabTo(page.GetByText("one"));
        (await Assert.ThrowsAsync<ShouldAssertException>(() => page.TabTo(page.GetByText("two")))).Message.ShouldContain("the focus does not show");
    });

    [SkippableFact]
    public Task Something_that_the_keyboard_does_not_reach() => Bad(Reader.Desktop, """<button>one</button><div onclick="">two</div>""", page =>
        Should.ThrowAsync<InvalidOperationException>(() => page.TabTo(page.GetByText("two"))));

    [SkippableTheory]
    [InlineData("console.error('the chart failed')", "the chart failed")]
    [InlineData("setTimeout(() => { throw new Error('broken') })", "broken")]
    [InlineData("document.head.append(Object.assign(document.createElement('style'), { textContent: 'p { color: red }' }))", "Content Security Policy")]
    [InlineData("document.body.append(Object.assign(document.createElement('img'), { src: 'http://tracker.invalid/a.png' }))", "tracker.invalid")]
    public async Task What_goes_wrong_unseen(string script, string trouble)
    {
        var walk = () => journey.On("/no-such-page", Reader.Desktop, async page =>
        {
            await page.EvaluateAsync(script);
            await page.WaitForTimeoutAsync(200);
        });
        (await Assert.ThrowsAsync<ShouldAssertException>(walk)).Message.ShouldContain(trouble);
    }

    [SkippableFact]
    public async Task HTML_that_is_not_valid()
    {
        var faults = await HtmlValidate.Faults([
            ("good", "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head><title>Good</title></head>\n<body><p>Good</p></body>\n</html>\n"),
            ("bad", "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head><title>Bad</title></head>\n<body><p id=\"a\">Bad</p><ul id=\"a\"><div></div></ul></body>\n</html>\n"),
        ]);
        faults.ShouldNotBeEmpty();
        faults.ShouldAllBe(fault => fault.StartsWith("bad:", StringComparison.Ordinal));
    }

    private Task Bad(Reader reader, string body, Func<IPage, Task> check) => journey.On("/no-such-page", reader, async page =>
    {
        await page.GotoAsync("about:blank");
        await page.SetContentAsync($"<!DOCTYPE html><html lang=\"en-GB\"><head><title>Bad</title><meta name=\"viewport\" content=\"width=device-width\"></head><body><main>{body}</main></body></html>");
        await check(page);
    });
}
