using System.Diagnostics;
using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Waymark.Data;
using Waymark.Field;
using Waymark.People;
using Waymark.People.SignIn;

namespace Waymark.Benchmarks;

/// <summary>The delivered program serving a store, as somebody starts it, in a process of its own.</summary>
internal sealed class Server : IDisposable
{
    private readonly Process process;

    private Server(Process process, string address)
    {
        this.process = process;
        Client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 200, AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(address), Timeout = TimeSpan.FromMinutes(5) };
    }

    public HttpClient Client { get; }

    /// <summary>Whoever asks is an officer, signed in: most pages are for people of the partnership.</summary>
    public static Server Start(string directory)
    {
        var server = Start("dotnet", [Bench.Program, "serve", "--data", directory, "--urls", "http://127.0.0.1:0"]);
        server.Client.DefaultRequestHeaders.Add("Cookie", Officer(Store.InDirectory(directory)));
        return server;
    }

    private static string Officer(Store store)
    {
        using var app = (IDisposable)ServeCommand.Build([], store, TimeProvider.System);
        using var scope = ((WebApplication)app).Services.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<WaymarkDb>();
        var now = DateTime.UtcNow;
        var person = new Person { Name = "Olive Ford", Email = "officer@example.org", EmailKey = "officer@example.org", InvitedAt = now, JoinedAt = now };
        db.Add(person);
        db.SaveChanges();
        db.Add(RoleHeld.Given(person.Id, RoleKind.Officer, PlaceKey.Partnership, new DateOnly(2016, 9, 1), null));
        var (session, token) = Session.New(person.Id, secondFactor: true, "benchmark", now);
        db.Add(session);
        db.SaveChanges();
        var (cookie, value) = scope.ServiceProvider.GetRequiredService<SignInDesk>().CookieFor(token);
        return $"{cookie}={value}";
    }

    public static Server Start(string program, string[] arguments)
    {
        var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        while (process.StandardOutput.ReadLine() is { } line)
            if (line.StartsWith("http", StringComparison.Ordinal)) return new Server(process, line);
        throw new BenchException("The server did not start; it says why above.");
    }

    /// <summary>Fetches a page whole and gives back the milliseconds; a page that is not there ends the benchmark.</summary>
    public async Task<double> Get(string path)
    {
        var started = Stopwatch.GetTimestamp();
        using var answer = await Client.GetAsync(path);
        await answer.Content.ReadAsByteArrayAsync();
        return answer.StatusCode == HttpStatusCode.OK ? Stopwatch.GetElapsedTime(started).TotalMilliseconds : throw new BenchException($"{path} answers {(int)answer.StatusCode}.");
    }

    /// <summary>What the process holds in memory now, and what it held at most: megabytes.</summary>
    public (int Now, int Most) Memory
    {
        get
        {
            if (!File.Exists($"/proc/{process.Id}/status"))
            {
                process.Refresh();
                return ((int)(process.WorkingSet64 >> 20), (int)(process.PeakWorkingSet64 >> 20));
            }
            var status = File.ReadLines($"/proc/{process.Id}/status").Select(line => line.Split(':')).ToDictionary(part => part[0], part => part[1]);
            int Of(string name) => int.Parse(status[name].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) / 1024;
            return (Of("VmRSS"), Of("VmHWM"));
        }
    }

    public void Dispose()
    {
        Client.Dispose();
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
    }
}
