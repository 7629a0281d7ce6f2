using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared;
using Waymark.Shared.Access;
using Waymark.Shared.CommandLine;
using Waymark.Shared.Imports;
using Waymark.Shared.Jobs;
using Waymark.Shared.Mail;
using Waymark.Shared.Web;

namespace Waymark;

/// <summary>waymark serve: the pages, the jobs and the letters.</summary>
public static class ServeCommand
{
    public static Command Create()
    {
        var data = StoreOption.Create();
        var urls = new Option<string>("--urls") { Description = "Where to listen. Beyond this machine only with WAYMARK_ADDRESS, the https address under which people reach it.", DefaultValueFactory = _ => "http://localhost:5100" };
        var noExample = new Option<bool>("--no-example") { Description = "A new store starts empty, for real data, instead of with the example." };
        var partnerships = new Option<string?>("--partnerships") { Description = "A file that lists several partnerships, each with its address and its data directory; they are served behind one port.", HelpName = "FILE" };
        var command = new Command("serve", "Serves the pages in a browser. A new data directory is filled with the example unless --no-example.") { data, urls, noExample, partnerships };
        command.SetAction(async (parsed, stop) =>
        {
            var address = parsed.GetValue(urls)!;
            if (parsed.GetValue(partnerships) is { } list) return await ServeAll(list, address, stop);
            if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(PublicAddress.Variable)) && !address.Split(';').All(url => Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.IsLoopback))
            {
                Console.Error.WriteLine($"--urls {address}: to be reached from other machines, set {PublicAddress.Variable} to the https address under which people reach it. Without it use http://localhost:5100 or http://127.0.0.1:PORT.");
                return Output.Refused;
            }
            var store = StoreOption.Locate(parsed, data);
            if (!Take(store, out var held)) return Output.Refused;
            using var until = held;
            PrepareStore(store, parsed.GetValue(noExample));
            await using var app = Build([], store, TimeProvider.System, builder =>
            {
                builder.WebHost.UseUrls(address);
                RunJobs(builder);
            });
            await app.StartAsync(stop);
            foreach (var url in app.Urls) Console.WriteLine(url);
            await app.WaitForShutdownAsync(stop);
            return Output.Done;
        });
        return command;
    }

    private static async Task<int> ServeAll(string list, string address, CancellationToken stop)
    {
        IReadOnlyList<PartnershipAt> all;
        try
        {
            all = PartnershipAt.Read(list);
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            Console.Error.WriteLine(exception.Message);
            return Output.Refused;
        }
        var stores = all.Select(one => (one.Address, one.Store)).ToList();
        var held = new List<IDisposable?>();
        foreach (var (_, store) in stores)
        {
            if (!Take(store, out var one)) return Output.Refused;
            held.Add(one);
        }
        foreach (var (_, store) in stores) PrepareStore(store, noExample: true);
        await using var served = await Partnerships.Start(stores, address, TimeProvider.System, RunJobs, stop);
        foreach (var one in all) Console.WriteLine(one.Address);
        try
        {
            await Task.Delay(Timeout.Infinite, stop);
        }
        catch (OperationCanceledException)
        {
            // Somebody ended it.
        }
        GC.KeepAlive(held); // let go with the process
        return Output.Done;
    }

    /// <summary>Takes a store to serve it, or says why not. A database that could forget what it acknowledged is served, with a warning.</summary>
    private static bool Take(Store store, out IDisposable? held)
    {
        if (!store.TryServe(out held))
        {
            Console.Error.WriteLine($"{store.Directory} is served already. Stop that server first, or name another directory with --data.");
            return false;
        }
        foreach (var setting in store.Forgetful()) Console.Error.WriteLine($"Warning: the database has {setting}: what it acknowledged may be lost when the power fails. Turn it on in postgresql.conf.");
        return true;
    }

    private static void RunJobs(WebApplicationBuilder builder) => builder.Services.AddHostedService(services => services.GetRequiredService<JobRunner>());

    /// <summary>Brings the schema up to date; a new store becomes the example or an empty real one, for life.</summary>
    public static void PrepareStore(Store store, bool noExample)
    {
        store.BringUpToDate();
        using var db = store.Open();
        if (!db.Become(noExample ? StoreKind.Real : StoreKind.Example) || noExample) return;
        foreach (var room in Room.All) room.FillExample(store);
    }

    /// <summary>The whole web application over one store; tests build the same.</summary>
    public static WebApplication Build(string[] args, Store store, TimeProvider time, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ApplicationName = typeof(ServeCommand).Assembly.GetName().Name, ContentRootPath = AppContext.BaseDirectory });
        // To standard output, which whoever runs the server collects, and nowhere else.
        builder.Logging.ClearProviders().AddConsole().SetMinimumLevel(LogLevel.Warning);
        // The keys lie where only the account of the server reads them, and in backups; the framework would rather have them encrypted with a further key beside them.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection.KeyManagement.XmlKeyManager", LogLevel.Error);
        configure?.Invoke(builder);
        builder.Services.AddSingleton(store);
        builder.Services.AddSingleton<SealKeys>();
        builder.Services.AddPooledDbContextFactory<WaymarkDb>(store.Configure, poolSize: 16);
        builder.Services.AddScoped(services => services.GetRequiredService<IDbContextFactory<WaymarkDb>>().CreateDbContext().Fresh());
        builder.Services.AddSingleton(time);
        // Read once, at the first page: a store is an example or real for life, and an example lives on one day.
        var kind = new Lazy<(bool IsExample, string? Today)>(() => { using var db = store.Open(); return (db.Read(Setting.Kind) == nameof(StoreKind.Example), db.Read(Setting.Today)); }, LazyThreadSafetyMode.PublicationOnly);
        builder.Services.AddScoped(services => LocalClock.ForStore(kind.Value.Today, services.GetRequiredService<TimeProvider>()));
        builder.Services.AddScoped(services => new ImportDesk(store, Room.All.SelectMany(room => room.Importers), services.GetRequiredService<LocalClock>(), services.GetRequiredService<WaymarkDb>()));
        builder.Services.AddScoped(_ => new PageFrame { IsExample = kind.Value.IsExample });
        builder.Services.AddWaymarkWeb();
        builder.Services.AddSingleton<JobRunner>();
        MailSender.Add(builder.Services, builder.Configuration);
        foreach (var room in Room.All) room.AddServices(builder.Services, builder.Configuration);
        var app = builder.Build();
        app.UseWaymarkWeb();
        foreach (var room in Room.All) room.Use(app);
        app.UseRouting();
        app.Use(Gate.Enter);
        app.UseRateLimiter();
        app.MapRazorPages();
        Gate.RefuseWithoutDoors(((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints));
        return app;
    }
}
