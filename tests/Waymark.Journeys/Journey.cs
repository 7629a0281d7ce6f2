using Microsoft.Playwright;
using Waymark.Tests.Shared;

namespace Waymark.Journeys;

/// <summary>
/// What the journeys of one class share: the application over a copy of the example (or over an empty store), made when the first asks for it.
/// <code>
/// public sealed class Search_journeys(Journey journey) : IClassFixture&lt;Journey&gt;
/// {
///     [SkippableFact]
///     public Task A_school_is_found_by_keyboard() => journey.On("/schools", Reader.Phone, async page => { ... });
/// }
/// </code>
/// </summary>
public class Journey : IAsyncLifetime
{
    private readonly Lazy<Task<WaymarkHost>> host;
    private TestStore? store;

    public Journey() : this(() => TestStore.WithExample(Database.Sqlite)) { }

    protected Journey(Func<TestStore> makeStore, string environment = "Production") =>
        host = new(() => WaymarkHost.Serving(store = makeStore(), environment: environment));

    public Task<WaymarkHost> Host => host.Value;

    /// <summary>
    /// Opens a path and walks from there. At the end nothing may have gone wrong in the browser: no error on its console, nothing that the content
    /// security policy forbade, nothing asked of another server. A failing journey says where it stood.
    /// </summary>
    public async Task On(string path, Reader reader, Func<IPage, Task> walk)
    {
        var browser = await Chromium.Get();
        var address = (await Host).Address;
        await using var context = await browser.NewContextAsync(reader.Options(address));
        context.SetDefaultTimeout(15_000);
        var page = await context.NewPageAsync();
        var troubles = new Troubles(page, address);
        try
        {
            await page.GotoAsync(path);
            await walk(page);
        }
        catch (Exception exception) when (exception is not SkipException)
        {
            throw new InvalidOperationException($"At {page.Url} ({await page.TitleAsync()}): {exception.Message}{string.Concat(troubles.All.Select(trouble => $"\n- {trouble}"))}", exception);
        }
        troubles.All.ShouldBeEmpty();
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (host.IsValueCreated && store is not null) await (await Host).DisposeAsync();
        store?.Dispose();
    }
}

/// <summary>Journeys through a store for real data that nothing was put into yet.</summary>
public sealed class JourneyThroughAnEmptyStore() : Journey(() => TestStore.On(Database.Sqlite));

/// <summary>How somebody reads: how wide, with or without JavaScript, in print, with less motion.</summary>
public sealed record Reader(int Width, int Height, bool JavaScript = true)
{
    public static readonly Reader Phone = new(375, 812);
    public static readonly Reader Tablet = new(768, 1024);
    public static readonly Reader Desktop = new(1280, 900);

    /// <summary>The narrowest that a page must fit without scrolling sideways (WCAG 1.4.10).</summary>
    public static readonly Reader Narrow = new(320, 640);

    public Reader WithoutJavaScript => this with { JavaScript = false };

    internal BrowserNewContextOptions Options(Uri address) => new()
    {
        BaseURL = address.ToString(),
        ViewportSize = new ViewportSize { Width = Width, Height = Height },
        JavaScriptEnabled = JavaScript,
        Locale = "en-GB",
        TimezoneId = "Europe/London",
        ReducedMotion = ReducedMotion.Reduce,
    };
}
