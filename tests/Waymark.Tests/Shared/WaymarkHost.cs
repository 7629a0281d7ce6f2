using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace Waymark.Tests.Shared;

/// <summary>The whole web application over a test's store, on a free port of this machine, with time that the test sets.</summary>
public sealed class WaymarkHost : IAsyncDisposable
{
    private readonly WebApplication app;

    private WaymarkHost(WebApplication app, FakeTime time)
    {
        this.app = app;
        Time = time;
        Address = new Uri(app.Urls.First());
    }

    public FakeTime Time { get; }

    public Uri Address { get; }

    /// <summary>The services of the running application.</summary>
    public IServiceProvider Services => app.Services;

    /// <param name="environment">Production, as people have it; Development has pages for whoever builds pages.</param>
    public static async Task<WaymarkHost> Serving(TestStore store, FakeTime? time = null, string environment = "Production")
    {
        time ??= new FakeTime();
        var app = ServeCommand.Build(["--environment", environment], store.Store, time, builder => builder.WebHost.UseUrls("http://127.0.0.1:0"));
        await app.StartAsync();
        return new WaymarkHost(app, time);
    }

    /// <summary>Somebody at a browser of their own: keeps cookies, does not follow redirects by itself.</summary>
    public Visitor NewVisitor() => new(Address);

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    /// <summary>The same language as the program sets for itself.</summary>
    [ModuleInitializer]
    internal static void SpeakBritishEnglish() =>
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo("en-GB");
}
