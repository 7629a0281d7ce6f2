using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Waymark.Journeys;

/// <summary>
/// The README's pictures, made from the example: <c>docs/make-pictures</c> keeps them, a run of the tests makes them and throws them away,
/// so that a picture of a page which is no longer there is noticed.
/// </summary>
public sealed partial class Pictures_of_the_readme(Journey journey) : IClassFixture<Journey>
{
    private const int Largest = 200 * 1024;

    /// <summary>The file, the page, how wide and high, what the picture starts with, and what has to be on it.</summary>
    public static TheoryData<string, string, int, int, string, string> All => new()
    {
        { "start.png", "/", 1280, 960, "h1", "Houghton Regis" },
        { "cluster.png", "/clusters/dunstable", 1280, 900, "#map", "primary or junior" },
        { "pack.png", "/clusters/dunstable/pack", 1280, 960, "#summary", "What stands out" },
        { "chart.png", "/clusters/dunstable/pack", 1280, 760, "#ks2", "Our cluster" },
        { "phone.png", "/clusters/dunstable/pack", 375, 812, "#summary", "What stands out" },
        { "similar.png", "/schools/900205/similar", 1280, 900, "h1", "Why they are similar" },
    };

    [GeneratedRegex("""<img src="docs/pictures/(?<file>[^"]+)" alt="(?<alt>[^"]*)" width""")]
    private static partial Regex Picture();

    [SkippableTheory, MemberData(nameof(All))]
    public Task Can_be_made(string file, string path, int width, int height, string from, string shows) => journey.On(path, new Reader(width, height), async page =>
    {
        await page.Settled();
        var top = page.Locator(from).First;
        // The heading with a little room above it; the first part of a page from its very top.
        await top.EvaluateAsync("(one, above) => scrollTo(0, one.getBoundingClientRect().top + scrollY - above)", from == "h1" ? 10_000 : 24);
        (await page.GetByText(shows).First.IsVisibleAsync()).ShouldBeTrue();
        var picture = await page.ScreenshotAsync(new PageScreenshotOptions { Animations = ScreenshotAnimations.Disabled });
        picture.Length.ShouldBeLessThan(Largest);
        if (Environment.GetEnvironmentVariable("WAYMARK_PICTURES") is { Length: > 0 } folder)
            await File.WriteAllBytesAsync(Path.Combine(Directory.CreateDirectory(folder).FullName, file), picture);
    });

    [Fact]
    public void Stand_in_the_README_with_words_for_who_does_not_see_them_and_lie_beside_it()
    {
        var repository = RepositoryFolder();
        var shown = Picture().Matches(File.ReadAllText(Path.Combine(repository, "README.md"))).Select(match => (File: match.Groups["file"].Value, Alt: match.Groups["alt"].Value)).ToList();
        shown.Select(picture => picture.File).Order(StringComparer.Ordinal).ShouldBe(All.Select(row => (string)row[0]).Order(StringComparer.Ordinal));
        shown.ShouldAllBe(picture => picture.Alt.Length > 20);
        Directory.GetFiles(Path.Combine(repository, "docs/pictures")).Select(Path.GetFileName).Order(StringComparer.Ordinal).ShouldBe(shown.Select(picture => picture.File).Order(StringComparer.Ordinal));
        Directory.GetFiles(Path.Combine(repository, "docs/pictures")).ShouldAllBe(file => new FileInfo(file).Length < Largest);
    }

    private static string RepositoryFolder([CallerFilePath] string path = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "../.."));
}
