using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;

namespace Waymark.Benchmarks;

/// <summary>
/// Many people at once, and the memory that the server needs for them. Requests of readers come at their time, whether or not the ones before are answered, and are
/// counted from when they were due.
/// </summary>
internal static class LoadBench
{
    private const int LimitMegabytes = 250;
    private static readonly string[] Formats = ["pptx", "xlsx", "html", "csv"];

    private static IEnumerable<string> Packs(Nation nation, string format) => nation.Clusters.Select(cluster => $"/clusters/{cluster}/pack/{Nation.Year}.{format}");

    public static async Task<int> Run(int minutes)
    {
        using var folder = new Folder();
        var nation = Nation.Import(folder.Path, whole: true);
        using var server = Server.Start(nation.Directory);
        string[] pages = [.. PagesBench.Pages(nation).SelectMany(page => page.Addresses.Take(7))];
        string[] files = [.. Formats.SelectMany(format => Packs(nation, format))];
        var rows = new List<string[]>();
        var duration = TimeSpan.FromMinutes(minutes);

        await server.Get("/");
        rows.Add(Row("Started, start page shown", new()));
        foreach (var page in pages) await server.Get(page);
        rows.Add(Row("Every page once", new()));
        foreach (var file in files) await server.Get(file);
        rows.Add(Row("Every pack in four formats, one after the other", new()));
        foreach (var perSecond in new[] { 10, 40 })
        {
            Bench.Say($"{perSecond} requests a second.");
            rows.Add(Row($"{perSecond} pages a second for {minutes} min", await Readers(server, pages, perSecond, duration)));
        }
        Bench.Say("20 users.");
        rows.Add(Row($"20 users, each asking for page after page, {minutes} min", await Users(server, 20, pages, duration)));
        foreach (var (what, wanted) in new[] { ("packs in four formats", files), ("packs as PDF", [.. Packs(nation, "pdf")]) })
        {
            Bench.Say($"20 users ask for {what}.");
            var documents = Users(server, 20, wanted, duration);
            var readers = await Readers(server, pages, 10, duration);
            rows.Add(Row($"10 pages a second, while 20 users ask for {what}, {minutes} min: pages", readers));
            rows.Add(Row("… and the packs", await documents));
        }
        await Task.Delay(TimeSpan.FromSeconds(20));
        rows.Add(Row("20 s of rest later", new()));
        Bench.Print("load", $"All England: {nation.Size}. Memory is resident, after each step, with the most so far; it is to stay under {LimitMegabytes} MB. The requests come from the same machine and share its processors.",
            ["step", "answered", "per second", "median", "95th percentile", "99th percentile", "503, come again", "other faults", "memory", "most memory"], rows);
        return 0;

        string[] Row(string step, Answers answers)
        {
            var (now, most) = server.Memory;
            string Of(double share) => answers.Times.IsEmpty ? "" : Bench.Milliseconds(Bench.Quantile(answers.Times, share));
            return answers.Seconds == 0 ? [step, "", "", "", "", "", "", "", $"{now} MB", $"{most} MB"]
                : [step, $"{answers.Times.Count:N0}", (answers.Times.Count / answers.Seconds).ToString("0.0", CultureInfo.InvariantCulture), Of(0.5), Of(0.95), Of(0.99), $"{answers.Busy:N0}", $"{answers.Faults:N0}", $"{now} MB", $"{most} MB"];
        }
    }

    private sealed class Answers
    {
        public ConcurrentBag<double> Times { get; } = [];
        public double Seconds;
        public int Busy, Faults;

        /// <summary>Asks, counts the answer, and gives back how long to wait before asking again.</summary>
        public async Task<TimeSpan> Ask(Server server, string address, long due)
        {
            try
            {
                using var answer = await server.Client.GetAsync(address);
                await answer.Content.ReadAsByteArrayAsync();
                if (answer.StatusCode == HttpStatusCode.OK) Times.Add(Stopwatch.GetElapsedTime(due).TotalMilliseconds);
                else if (answer.StatusCode == HttpStatusCode.ServiceUnavailable) Interlocked.Increment(ref Busy);
                else Interlocked.Increment(ref Faults);
                return answer.Headers.RetryAfter?.Delta ?? TimeSpan.Zero;
            }
            catch (HttpRequestException)
            {
                Interlocked.Increment(ref Faults);
                return TimeSpan.Zero;
            }
        }
    }

    /// <summary>So many requests a second, each at its time.</summary>
    private static async Task<Answers> Readers(Server server, string[] addresses, int perSecond, TimeSpan duration)
    {
        var answers = new Answers();
        var started = Stopwatch.GetTimestamp();
        var asked = new List<Task>();
        for (var i = 0; i < duration.TotalSeconds * perSecond; i++)
        {
            var due = started + i * Stopwatch.Frequency / perSecond;
            if (Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due) is var wait && wait > TimeSpan.Zero) await Task.Delay(wait);
            asked.Add(answers.Ask(server, addresses[i % addresses.Length], due));
        }
        await Task.WhenAll(asked);
        answers.Seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        return answers;
    }

    /// <summary>So many users, each asking for the next thing as soon as the last is there; who is told to come again waits as long as told.</summary>
    private static async Task<Answers> Users(Server server, int count, string[] addresses, TimeSpan duration)
    {
        var answers = new Answers();
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, count).Select(async user =>
        {
            for (var i = user; Stopwatch.GetElapsedTime(started) < duration; i++)
                await Task.Delay(await answers.Ask(server, addresses[i % addresses.Length], Stopwatch.GetTimestamp()));
        }));
        answers.Seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        return answers;
    }
}
