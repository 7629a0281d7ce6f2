using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Waymark.Field;
using Waymark.Shared.Access;

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
    /// <param name="configure">What this test sets otherwise: an address, a mail server.</param>
    public static async Task<WaymarkHost> Serving(TestStore store, FakeTime? time = null, string environment = "Production", Action<WebApplicationBuilder>? configure = null)
    {
        time ??= new FakeTime();
        var app = ServeCommand.Build(["--environment", environment], store.Store, time, builder =>
        {
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Services.AddSingleton<IStartupFilter, TestCallers>();
            builder.Services.PostConfigure<PasswordHasherOptions>(options => options.IterationCount = TestPeople.Iterations);
            configure?.Invoke(builder);
        });
        await app.StartAsync();
        return new WaymarkHost(app, time);
    }

    /// <summary>Somebody at a browser of their own: keeps cookies, does not follow redirects by itself.</summary>
    public Visitor NewVisitor() => new(Address);

    /// <summary>The same, signed in as somebody who holds a role: for the whole partnership, or for a place.</summary>
    public Visitor NewVisitor(RoleKind role, PlaceKey? place = null, int person = 1)
    {
        var visitor = new Visitor(Address);
        visitor.Client.DefaultRequestHeaders.Add(TestCallers.Header, TestCallers.Text(person, new HeldRole(role, place ?? PlaceKey.Partnership)));
        return visitor;
    }

    /// <summary>Somebody who is signed in and holds no role today.</summary>
    public Visitor NewVisitorWithoutRole()
    {
        var visitor = new Visitor(Address);
        visitor.Client.DefaultRequestHeaders.Add(TestCallers.Header, TestCallers.Text(2));
        return visitor;
    }

    /// <summary>Stops as the program stops when it is told to: what runs in the background ends first.</summary>
    public Task Stop() => app.StopAsync();

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
