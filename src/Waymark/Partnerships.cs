using System.Text.Json;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Waymark.Data;
using Waymark.Shared.Web;

namespace Waymark;

/// <summary>One partnership of several that a server holds: the https address under which its people reach it, and where its records are.</summary>
/// <param name="Address">"https://beds.example.org".</param>
/// <param name="Data">Its data directory, or null where <paramref name="Database"/> is a PostgreSQL connection string.</param>
public sealed record PartnershipAt(string Address, string? Data, string? Database)
{
    public string Host => new Uri(Address).Host;

    public Store Store => Database is { } connection ? Store.OnPostgres(connection) : Store.InDirectory(Data!);

    /// <summary>The list in a file: [{"address": "https://beds.example.org", "data": "beds"}, …]; directories are beside the file.</summary>
    /// <exception cref="InvalidDataException">The file is no such list; the message says what is wrong.</exception>
    public static IReadOnlyList<PartnershipAt> Read(string file)
    {
        List<PartnershipAt> all;
        try
        {
            all = JsonSerializer.Deserialize<List<PartnershipAt>>(File.ReadAllText(file), JsonSerializerOptions.Web) ?? [];
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"{file}: {exception.Message}");
        }
        if (all.Count == 0) throw new InvalidDataException($"{file} names no partnership.");
        foreach (var one in all)
        {
            if (!Uri.TryCreate(one.Address, UriKind.Absolute, out var address) || address.Scheme != Uri.UriSchemeHttps) throw new InvalidDataException($"{file}: \"{one.Address}\" is no https address.");
            if (one.Data is null == one.Database is null) throw new InvalidDataException($"{file}: {one.Address} needs either data, a directory, or database, a connection string.");
        }
        if (all.GroupBy(one => one.Host, StringComparer.OrdinalIgnoreCase).FirstOrDefault(same => same.Count() > 1) is { } twice) throw new InvalidDataException($"{file}: {twice.Key} stands there twice.");
        var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        return [.. all.Select(one => one.Data is null ? one : one with { Data = Path.Combine(folder, one.Data) })];
    }
}

/// <summary>
/// Several partnerships behind one port. Each is the whole application over its own store, with its own keys, jobs and letters; nothing is shared but the port. The host
/// name of a request decides whose it is before anything else looks at it, and a name that is nobody's is answered by nobody.
/// </summary>
public sealed class Partnerships : IAsyncDisposable
{
    private readonly WebApplication port;
    private readonly Dictionary<string, (WebApplication App, Behind Server)> behind = new(StringComparer.OrdinalIgnoreCase);

    private Partnerships(WebApplication port) => this.port = port;

    /// <summary>Where it listens.</summary>
    public IEnumerable<string> Urls => Server.Features.Get<IServerAddressesFeature>()!.Addresses;

    /// <summary>The application of the partnership at a host name.</summary>
    public WebApplication this[string host] => behind[host].App;

    private IServer Server => port.Services.GetRequiredService<IServer>();

    public static async Task<Partnerships> Start(IEnumerable<(string Address, Store Store)> all, string urls, TimeProvider time, Action<WebApplicationBuilder>? configure = null, CancellationToken stop = default)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.Configure<KestrelServerOptions>(options => options.AddServerHeader = false);
        var partnerships = new Partnerships(builder.Build());
        foreach (var (address, store) in all)
        {
            var server = new Behind();
            var app = ServeCommand.Build([], store, time, inner =>
            {
                inner.Configuration[PublicAddress.Variable] = address;
                configure?.Invoke(inner);
                inner.Services.AddSingleton<IServer>(server);
            });
            await app.StartAsync(stop);
            partnerships.behind.Add(new Uri(address).Host, (app, server));
        }
        var addresses = partnerships.Server.Features.Get<IServerAddressesFeature>()!.Addresses;
        foreach (var url in urls.Split(';')) addresses.Add(url);
        await partnerships.Server.StartAsync(new Router(partnerships.behind), stop);
        return partnerships;
    }

    public async ValueTask DisposeAsync()
    {
        await Server.StopAsync(CancellationToken.None);
        foreach (var (app, _) in behind.Values) await app.DisposeAsync();
        await port.DisposeAsync();
    }

    /// <summary>Takes the place of a port of its own for one application.</summary>
    private sealed class Behind : IServer
    {
        public IFeatureCollection Features { get; } = new FeatureCollection();

        /// <summary>Begins a request: what answers it, and what is left to do once the answer has gone.</summary>
        public Func<IFeatureCollection, (Func<Task> Process, Action<Exception?> End)> Begin { get; private set; } = _ => (() => Task.CompletedTask, _ => { });

        public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken) where TContext : notnull
        {
            Begin = request =>
            {
                var context = application.CreateContext(request);
                return (() => application.ProcessRequestAsync(context), fault => application.DisposeContext(context, fault));
            };
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public void Dispose() { }
    }

    private sealed class Router(Dictionary<string, (WebApplication App, Behind Server)> behind) : IHttpApplication<(Func<Task> Process, Action<Exception?> End)>
    {
        public (Func<Task> Process, Action<Exception?> End) CreateContext(IFeatureCollection contextFeatures) =>
            behind.TryGetValue(new HostString(contextFeatures.Get<IHttpRequestFeature>()!.Headers.Host.ToString()).Host, out var partnership) ? partnership.Server.Begin(contextFeatures) : (() => Refuse(contextFeatures), _ => { }
        );

        public Task ProcessRequestAsync((Func<Task> Process, Action<Exception?> End) context) => context.Process();

        public void DisposeContext((Func<Task> Process, Action<Exception?> End) context, Exception? exception) => context.End(exception);

        private static Task Refuse(IFeatureCollection request)
        {
            request.Get<IHttpResponseFeature>()!.StatusCode = StatusCodes.Status421MisdirectedRequest;
            return Task.CompletedTask;
        }
    }
}
