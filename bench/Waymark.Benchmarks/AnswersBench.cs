using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Waymark.Data;
using Waymark.Field;
using Waymark.Listening;

namespace Waymark.Benchmarks;

/// <summary>
/// Parents answer: 600 at once; 2,000 within some minutes while results are read; the server is killed in the middle; and answers per second beside a bare endpoint that writes one
/// row. Load and server share the machine; the server is a process of its own, as people run it.
/// </summary>
internal static partial class AnswersBench
{
    private const int Statements = 8;
    private const int Warm = 2;

    public static async Task<int> Run(string[] args)
    {
        var seconds = args is [var given and not "ratio", ..] ? int.Parse(given, CultureInfo.InvariantCulture) : 600;
        Console.WriteLine($"machine    {Environment.ProcessorCount} cores, load {(File.Exists("/proc/loadavg") ? (await File.ReadAllTextAsync("/proc/loadavg")).Split(' ')[0] : "unknown")} at the start");
        if (args is not ["ratio"])
        {
            await AtOnce(600);
            await WhileRead(2_000, seconds);
            await Killed(600);
        }
        await Ratio(2_000, rounds: 5);
        return 0;
    }

    private static async Task AtOnce(int parents)
    {
        await using var server = await Server.Start();
        await Answer(server, "warm");
        var times = (await Task.WhenAll(Enumerable.Range(0, parents).Select(i => Task.Run(() => Answer(server, $"{i}"))))).SelectMany(of => of.Times).Order().ToList();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"at once    {parents:N0} parents, {times.Count:N0} requests: median {times[times.Count / 2]:0} ms, 95th percentile {times[(int)(times.Count * 0.95)]:0} ms, longest {times[^1]:0} ms; {server.Received() - 1:N0} of {parents:N0} received"));
    }

    private static async Task WhileRead(int parents, int seconds)
    {
        await using var server = await Server.Start();
        await Answer(server, "warm");
        using var stop = new CancellationTokenSource();
        var reads = new List<double>();
        using var reader = new HttpClient { BaseAddress = server.Address };
        var reading = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                var watch = Stopwatch.StartNew();
                using var page = await reader.GetAsync(new Uri($"/answer/{Server.Code}/results", UriKind.Relative));
                reads.Add(watch.Elapsed.TotalMilliseconds);
                await Task.Delay(200);
            }
        });
        var answering = new List<Task<Outcome>>();
        for (var i = 0; i < parents; i++)
        {
            var name = $"{i}";
            answering.Add(Task.Run(() => Answer(server, name)));
            await Task.Delay(TimeSpan.FromSeconds((double)seconds / parents));
        }
        var times = (await Task.WhenAll(answering)).SelectMany(of => of.Times).Order().ToList();
        await stop.CancelAsync();
        await reading;
        reads.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"while read {parents:N0} parents in {seconds:N0} s: 95th percentile {times[(int)(times.Count * 0.95)]:0} ms; {reads.Count:N0} readings of results, 95th percentile {reads[(int)(reads.Count * 0.95)]:0} ms; {server.Received() - 1:N0} of {parents:N0} received"));
    }

    private static async Task Killed(int parents)
    {
        var server = await Server.Start();
        await Answer(server, "warm");
        var answering = Enumerable.Range(0, parents).Select(i => Task.Run(async () =>
        {
            try
            {
                return await Answer(server, $"{i}");
            }
            catch (HttpRequestException)
            {
                return new Outcome([], false);
            }
        })).ToList();
        while (server.Received() < parents / 3) await Task.Delay(20);
        server.Kill();
        var acknowledged = (await Task.WhenAll(answering)).Count(of => of.IsThanked) + 1;
        var kept = server.Received();
        var twice = server.Twice();
        Console.WriteLine($"kill -9    {acknowledged:N0} acknowledged, {kept:N0} in the store ({kept - acknowledged:N0} were written and not yet told), {twice:N0} twice; {(kept >= acknowledged && twice == 0 ? "nothing lost" : "ANSWERS LOST")}");
        await server.DisposeAsync();
    }

    private static async Task Ratio(int answers, int rounds)
    {
        await using var server = await Server.Start();
        // What is measured is the sending: cookies and form are ready, as on a phone whose owner presses the button.
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, MaxConnectionsPerServer = 64 }) { BaseAddress = server.Address };
        using var first = await client.GetAsync(new Uri($"/answer/{Server.Code}", UriKind.Relative));
        var antiforgery = first.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0]).First(cookie => cookie.Contains("waymark-form", StringComparison.Ordinal));
        var token = Token().Match(await first.Content.ReadAsStringAsync()).Groups[1].Value;
        var key = server.Keys.Of(server.SurveyId);
        var cookies = Enumerable.Range(0, (Warm + rounds) * answers).Select(_ => $"{antiforgery}; answer-{server.SurveyId}-0={Draft.New(server.SurveyId, PlaceKey.Partnership).Write(key)}").ToList();
        async Task<double> Send(IEnumerable<string> ready, int count)
        {
            var watch = Stopwatch.StartNew();
            await Parallel.ForEachAsync(ready, new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (cookie, stop) =>
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, $"/answer/{Server.Code}") { Content = new FormUrlEncodedContent(Fields(token)) };
                request.Headers.Add("Cookie", cookie);
                using var answer = await client.SendAsync(request, stop);
                if (answer.StatusCode != HttpStatusCode.Redirect) throw new InvalidOperationException($"{answer.StatusCode}");
            });
            return count / watch.Elapsed.TotalSeconds;
        }

        var folder = Directory.CreateTempSubdirectory("waymark-bench-").FullName;
        var bareStore = Store.InDirectory(folder);
        using (var connection = (SqliteConnection)bareStore.Connect())
        using (var make = new SqliteCommand("create table answer (id integer primary key, body text not null)", connection)) make.ExecuteNonQuery();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        await using var bare = builder.Build();
        bare.MapPost("/", async (HttpRequest request) =>
        {
            var form = await request.ReadFormAsync();
            using var connection = (SqliteConnection)bareStore.Connect();
            using var insert = new SqliteCommand("insert into answer (body) values ($body)", connection);
            insert.Parameters.AddWithValue("$body", string.Join('&', form.Select(field => $"{field.Key}={field.Value}")));
            insert.ExecuteNonQuery();
            return Results.Redirect("/");
        }).DisableAntiforgery();
        await bare.StartAsync();
        using var bareClient = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, MaxConnectionsPerServer = 64 }) { BaseAddress = new Uri(bare.Urls.First()) };
        async Task<double> SendBare(int count)
        {
            var watch = Stopwatch.StartNew();
            await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (_, stop) =>
            {
                using var content = new FormUrlEncodedContent(Fields(token));
                using var answer = await bareClient.PostAsync(new Uri("/", UriKind.Relative), content, stop);
            });
            return count / watch.Elapsed.TotalSeconds;
        }
        // In turns, so that whatever else the machine does slows both; the first rounds only compile.
        var (ours, theirs) = (new List<double>(), new List<double>());
        for (var round = 0; round < Warm + rounds; round++)
        {
            ours.Add(await Send(cookies.Skip(round * answers).Take(answers), answers));
            theirs.Add(await SendBare(answers));
        }
        var (median, bareMedian) = (Bench.Median([.. ours.Skip(Warm)]), Bench.Median([.. theirs.Skip(Warm)]));
        await bare.StopAsync();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ratio      median of {rounds} rounds of {answers:N0}: {median:0} answers a second, {bareMedian:0} at a bare endpoint that writes one row: {median / bareMedian:0.00}"));
        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    private static IEnumerable<KeyValuePair<string, string>> Fields(string token) =>
        [new("__RequestVerificationToken", token), new("at", "1"), new("lang", "en"), new("go", "next"), .. Enumerable.Range(1, Statements).Select(i => KeyValuePair.Create($"q-s{i}", "agree"))];

    private sealed record Outcome(IReadOnlyList<double> Times, bool IsThanked);

    /// <summary>One parent: the first page, the questions, sending, thanks.</summary>
    private static async Task<Outcome> Answer(Server server, string name)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = server.Address, Timeout = TimeSpan.FromSeconds(60) };
        // A browser sends secure cookies to this machine without https; a cookie container does not.
        var (cookies, secure) = (new CookieContainer(), new UriBuilder(server.Address) { Scheme = "https", Path = $"/answer/{Server.Code}" }.Uri);
        var times = new List<double>();
        var path = $"/answer/{Server.Code}";
        async Task<(HttpStatusCode Status, string Text)> Ask(HttpMethod method, string address, IEnumerable<KeyValuePair<string, string>>? fields = null)
        {
            var watch = Stopwatch.StartNew();
            using var request = new HttpRequestMessage(method, address);
            if (fields is not null) request.Content = new FormUrlEncodedContent(fields);
            request.Headers.TryAddWithoutValidation("Cookie", cookies.GetCookieHeader(secure));
            using var answer = await client.SendAsync(request);
            if (answer.Headers.TryGetValues("Set-Cookie", out var set))
                foreach (var cookie in set) cookies.SetCookies(secure, cookie);
            var text = await answer.Content.ReadAsStringAsync();
            times.Add(watch.Elapsed.TotalMilliseconds);
            return (answer.StatusCode, text);
        }
        var start = await Ask(HttpMethod.Get, path);
        await Ask(HttpMethod.Post, path, [new("__RequestVerificationToken", Token().Match(start.Text).Groups[1].Value), new("at", "0"), new("lang", "en"), new("go", "start")]);
        var page = await Ask(HttpMethod.Get, path + "?at=1");
        var sent = await Ask(HttpMethod.Post, path, Fields(Token().Match(page.Text).Groups[1].Value));
        if (sent.Status != HttpStatusCode.Redirect) throw new InvalidOperationException($"Parent {name} got {sent.Status}");
        return new Outcome(times, true);
    }

    [GeneratedRegex("""name="__RequestVerificationToken" type="hidden" value="([^"]+)""")]
    private static partial Regex Token();

    /// <summary>waymark serve over a new store with an open survey, in a process of its own.</summary>
    private sealed class Server : IAsyncDisposable
    {
        public const string Code = "parents-bench";
        private readonly Process process;
        private readonly Store store;

        private Server(Process process, Store store, Uri address, int surveyId) => (this.process, this.store, Address, SurveyId, Keys) = (process, store, address, surveyId, new SurveyKeys(new SealKeys(store)));

        public Uri Address { get; }
        public int SurveyId { get; }
        public SurveyKeys Keys { get; }

        public static async Task<Server> Start()
        {
            var store = Store.InDirectory(Directory.CreateTempSubdirectory("waymark-bench-").FullName);
            ServeCommand.PrepareStore(store, noExample: true);
            int id;
            using (var db = store.Open())
            {
                var survey = new Survey { Code = Code, Title = "Schools working together", Audience = Audience.Parents, Anonymity = Anonymity.Anonymous };
                survey.SetText("en", new SurveyText(survey.Title));
                db.Add(survey);
                db.SaveChanges();
                for (var i = 1; i <= Statements; i++)
                {
                    var statement = new Statement { Code = $"s{i}", Kind = QuestionKind.Agree, WordingJson = Wordings.Of("en", new Wording($"Schools should work together, part {i}.")) };
                    db.Add(statement);
                    db.SaveChanges();
                    db.Add(new SurveyQuestion { SurveyId = survey.Id, Position = i, Code = $"s{i}", Kind = QuestionKind.Agree, StatementId = statement.Id, WordingJson = statement.WordingJson });
                }
                survey.Open(DateOnly.FromDateTime(DateTime.UtcNow), Statements);
                db.SaveChanges();
                id = survey.Id;
            }
            using var free = new TcpListener(IPAddress.Loopback, 0);
            free.Start();
            var address = new Uri($"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}");
            free.Stop();
            var process = Process.Start(new ProcessStartInfo("dotnet", [typeof(ServeCommand).Assembly.Location, "serve", "--data", store.Directory!, "--urls", address.ToString(), "--no-example"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            process.OutputDataReceived += (_, _) => { };
            process.BeginOutputReadLine();
            process.ErrorDataReceived += (_, line) => { if (line.Data is not null) Console.Error.WriteLine(line.Data); };
            process.BeginErrorReadLine();
            using var client = new HttpClient();
            for (var tries = 0; ; tries++)
            {
                try
                {
                    using var answer = await client.GetAsync(new Uri(address, $"/answer/{Code}"));
                    answer.EnsureSuccessStatusCode();
                    break;
                }
                catch (HttpRequestException) when (tries < 300)
                {
                    await Task.Delay(200);
                }
            }
            return new Server(process, store, address, id);
        }

        /// <summary>Sheets, still under seal or moved on.</summary>
        public long Received() => Count("select (select count(*) from sealed_sheet) + (select count(*) from sheet)");

        /// <summary>More sheets than ballots, or more than one answer to a question from a sheet.</summary>
        public long Twice() => Math.Max(0, Received() - Count("select count(*) from ballot"));

        private long Count(string sql)
        {
            using var connection = (SqliteConnection)store.Connect();
            using var command = new SqliteCommand(sql, connection);
            return (long)command.ExecuteScalar()!;
        }

        public void Kill()
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }

        public ValueTask DisposeAsync()
        {
            if (!process.HasExited) Kill();
            process.Dispose();
            SqliteConnection.ClearAllPools();
            Directory.Delete(store.Directory!, recursive: true);
            return ValueTask.CompletedTask;
        }
    }
}
