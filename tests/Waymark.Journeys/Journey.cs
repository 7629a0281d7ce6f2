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
public class Journey : IAsyncLifetime, IAsyncDisposable
{
    private readonly Lazy<Task<WaymarkHost>> host;
    private TestStore? store;

    public Journey() : this(() => TestStore.WithExample(Database.Sqlite)) { }

    internal Journey(Func<TestStore> makeStore, string environment = "Production") =>
        host = new(() => WaymarkHost.Serving(store = makeStore(), environment: environment));

    public Task<WaymarkHost> Host => host.Value;

    /// <summary>
    /// Opens a path and walks from there. At the end nothing may have gone wrong in the browser: no error on its console, nothing that the content
    /// security policy forbade, nothing asked of another server. A failing journey says where it stood.
    /// </summary>
    /// <param name="onAnyNameOfThisMachine">The journey goes by the name localhost, as passkeys need a name.</param>
    public Task On(string path, Reader reader, Func<IPage, Task> walk, bool onAnyNameOfThisMachine = false) =>
        Open(path, reader, walk, troubles => troubles.Where(trouble => !onAnyNameOfThisMachine || !trouble.StartsWith("another server was asked: http://localhost:", StringComparison.Ordinal)).ShouldBeEmpty());

    /// <param name="judge">Says what to do about what went wrong in the browser; nothing, where that is not the question.</param>
    internal async Task Open(string path, Reader reader, Func<IPage, Task> walk, Action<IEnumerable<string>>? judge = null)
    {
        var browser = await Chromium.Get();
        var address = (await Host).Address;
        await using var context = await browser.NewContextAsync(reader.Options(address));
        // Long enough for a busy machine; who waits this long waits for what does not come.
        context.SetDefaultTimeout(60_000);
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
        judge?.Invoke(troubles.All);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (host.IsValueCreated && store is not null) await (await Host).DisposeAsync();
        store?.Dispose();
    }

    ValueTask IAsyncDisposable.DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return new(DisposeAsync());
    }
}

/// <summary>Journeys through a store for real data that nothing was put into yet.</summary>
public sealed class JourneyThroughAnEmptyStore() : Journey(() => TestStore.On(Database.Sqlite));
