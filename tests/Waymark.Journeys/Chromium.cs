using Microsoft.Playwright;

namespace Waymark.Journeys;

/// <summary>
/// One headless Chromium for all journeys: the one that is installed, nothing is downloaded. It ends with the process that started it.
/// </summary>
internal static class Chromium
{
    /// <summary>It opens nothing but our own pages, so it does without its sandbox, which containers and root refuse it; and it keeps to itself.</summary>
    private static readonly string[] Flags = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run", "--disable-dev-shm-usage", "--disable-gpu"];

    private static readonly string? Program = Find();
    private static readonly Lazy<Task<IBrowser>> Browser = new(Start);

    /// <summary>The browser; skips the test, with the reason, where none is installed.</summary>
    public static Task<IBrowser> Get()
    {
        Skip.If(Program is null, "Chromium is not installed (apt-get install chromium), nor does WAYMARK_CHROMIUM name one.");
        return Browser.Value;
    }

    private static string? Find() => Environment.GetEnvironmentVariable("WAYMARK_CHROMIUM") is { Length: > 0 } named
        ? named
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .SelectMany(folder => new[] { "chromium", "chromium-browser", "google-chrome" }.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);

    private static async Task<IBrowser> Start()
    {
        var playwright = await Playwright.CreateAsync();
        return await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Program, Headless = true, Args = Flags });
    }
}
