using Microsoft.Playwright;

namespace Waymark.Journeys;

/// <summary>
/// The README's pictures, made from the example: <c>docs/make-pictures</c> keeps them, a run of the tests makes them and throws them away,
/// so that a picture of a page which is no longer there is noticed.
/// </summary>
public sealed class Pictures_of_the_readme(Journey journey) : IClassFixture<Journey>
{
    [SkippableTheory]
    [InlineData("start.png", "/", 1280)]
    [InlineData("start-phone.png", "/", 375)]
    public Task Can_be_made(string file, string path, int width) => journey.On(path, new Reader(width, width > 700 ? 900 : 812), async page =>
    {
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        (await page.Locator("h1").InnerTextAsync()).ShouldNotBe("Page not found");
        var picture = await page.ScreenshotAsync(new PageScreenshotOptions { Animations = ScreenshotAnimations.Disabled });
        if (Environment.GetEnvironmentVariable("WAYMARK_PICTURES") is { Length: > 0 } folder)
            await File.WriteAllBytesAsync(Path.Combine(Directory.CreateDirectory(folder).FullName, file), picture);
    });
}
