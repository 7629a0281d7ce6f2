using System.Diagnostics;
using System.Globalization;

namespace Waymark.Benchmarks;

/// <summary>A later start of ./waymark: from the command to the first page answered, whole process.</summary>
internal static class StartBench
{
    public static async Task<int> Run(int rounds)
    {
        using var store = new Folder();
        var script = Path.Combine(Bench.Root, "waymark");
        string[] serve = ["serve", "--data", store.Path, "--urls", "http://127.0.0.1:0"];
        Bench.Say("The first start builds the program and fills the example.");
        var first = await Measure(script, serve);
        var rows = new List<string[]>();
        foreach (var (way, program, arguments) in new[] { ("./waymark", script, serve), ("dotnet waymark.dll", "dotnet", [Bench.Program, .. serve]) })
        {
            var times = new List<(double Address, double Page, double Second)>();
            for (var i = 0; i < rounds; i++) times.Add(await Measure(program, arguments));
            rows.Add([way, Seconds(times.Select(time => time.Address)), Seconds(times.Select(time => time.Page)), Seconds([times.Max(time => time.Page)]), Seconds(times.Select(time => time.Second))]);
        }
        Bench.Print("start", $"The example, {rounds} starts each; every start is a new process, with the files in the system's cache. The first start of all, which filled the example: {first.Page.ToString("0.0", CultureInfo.InvariantCulture)} s.",
            ["started by", "address printed (median)", "first page answered (median)", "slowest", "first pack answered, too (median)"], rows);
        return 0;

        static string Seconds(IEnumerable<double> times) => string.Create(CultureInfo.InvariantCulture, $"{Bench.Median([.. times]):0.00} s");
    }

    private static async Task<(double Address, double Page, double Second)> Measure(string program, string[] arguments)
    {
        var watch = Stopwatch.StartNew();
        using var server = Server.Start(program, arguments);
        var address = watch.Elapsed.TotalSeconds;
        await server.Get("/");
        var page = watch.Elapsed.TotalSeconds;
        await server.Get("/clusters/houghton-regis/pack");
        return (address, page, watch.Elapsed.TotalSeconds);
    }
}
