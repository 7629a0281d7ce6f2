using System.Diagnostics;
using System.Globalization;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared;
using Waymark.Shared.Imports;

namespace Waymark.Benchmarks;

/// <summary>Waymark's import (checks, preview, audit and the kept copy of the file included) against a bare loop over the same files, in turns.</summary>
internal static class ImportBench
{
    private static readonly string[] Files =
    [
        "gias_register_2022/gias_open_schools_england_2022.csv.gz",
        "ks2_school/ks2_perf_2016.csv.gz", "ks2_school/ks2_perf_2017.csv.gz", "ks2_school/ks2_perf_2018.csv.gz",
        "ks2_raw_format/2016-2017_850_ks2final.csv", "ks2_raw_format/2016-2017_936_ks2final.csv", "ks2_raw_format/2017-2018_850_ks2final.csv", "ks2_raw_format/2017-2018_936_ks2final.csv",
    ];

    public static int Run(string[] args)
    {
        if ((args is [var given, ..] ? given : FindData()) is not { } data || !Files.All(file => File.Exists(Path.Combine(data, file))))
        {
            Console.Error.WriteLine($"The development data is not there. These files are needed: {string.Join(", ", Files)}");
            return 2;
        }
        var rounds = args is [_, var number, ..] ? int.Parse(number, CultureInfo.InvariantCulture) : 7;
        string[] ways = ["waymark", "bare", "lean"];
        var seconds = ways.ToDictionary(way => way, _ => new List<double>());
        var counts = ways.ToDictionary(way => way, way => Measure(way, data));
        for (var i = 0; i < rounds; i++)
            foreach (var way in ways) seconds[way].Add(Measure(way, data).Seconds);
        Console.WriteLine($"machine    {Machine()}");
        Console.WriteLine($"files      {Files.Length}: the national register, key stage 2 of three years (all England) and raw of two authorities in two years");
        foreach (var (way, words) in ways.Zip(["waymark  ", "bare loop", "lean loop"]))
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{words}  median {Median(seconds[way]):0.00} s of {rounds} ({seconds[way].Min():0.00} to {seconds[way].Max():0.00}); {counts[way].Figures:N0} figures, {counts[way].Schools:N0} schools; peak memory {Peak(way, data):N0} MB"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ratio      {Median(seconds["waymark"]) / Median(seconds["bare"]):0.00} to the bare loop, {Median(seconds["waymark"]) / Median(seconds["lean"]):0.00} to the lean one"));
        return 0;
    }

    /// <summary>One run in a process of its own, for its memory.</summary>
    public static int Once(string which, string data)
    {
        Measure(which, data);
        Console.WriteLine(Process.GetCurrentProcess().PeakWorkingSet64 / 1024 / 1024);
        return 0;
    }

    private static (double Seconds, long Figures, long Schools) Measure(string which, string data)
    {
        var folder = Directory.CreateTempSubdirectory("waymark-bench-").FullName;
        try
        {
            var store = Store.InDirectory(folder);
            store.BringUpToDate();
            using (var db = store.Open()) db.Become(StoreKind.Real);
            GC.Collect();
            var watch = Stopwatch.StartNew();
            if (which == "waymark") Waymark(store, data);
            else BareLoop.Import(store, Files.Select(file => Path.Combine(data, file)), lean: which == "lean");
            var seconds = watch.Elapsed.TotalSeconds;
            using var connection = store.Connect();
            var counts = (Count("figure"), Count("school_record"));
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            return (seconds, counts.Item1, counts.Item2);

            long Count(string table)
            {
                using var command = connection.CreateCommand();
#pragma warning disable CA2100 // One of two tables named above.
                command.CommandText = $"select count(*) from {table}";
#pragma warning restore CA2100
                return (long)command.ExecuteScalar()!;
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>As the pages do it: read, checked and staged; the preview made; then confirmed.</summary>
    private static void Waymark(Store store, string data)
    {
        foreach (var file in Files)
        {
            var path = Path.Combine(data, file);
            var desk = new ImportDesk(store, Room.All.SelectMany(room => room.Importers), new LocalClock(TimeProvider.System));
            var outcome = desk.Stage(path, File.ReadAllBytes(path));
            if (outcome.Refused) throw new InvalidOperationException(outcome.Notes[0].ToString());
            using (var db = store.Open()) _ = Room.All.SelectMany(room => room.Preview(db, outcome.Import)).ToList();
            if (desk.Publish(outcome.Import.Id) is { } rule) throw new InvalidOperationException(rule);
        }
    }

    private static long Peak(string which, string data)
    {
        using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [typeof(ImportBench).Assembly.Location, "import-once", which, data]) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return long.Parse(output, CultureInfo.InvariantCulture);
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static string Machine()
    {
        var model = File.Exists("/proc/cpuinfo") ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() : null;
        return $"{model ?? System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture.ToString()}, {Environment.ProcessorCount} cores, {System.Runtime.InteropServices.RuntimeInformation.OSDescription}, .NET {Environment.Version}";
    }

    private static string? FindData()
    {
        if (Environment.GetEnvironmentVariable("WAYMARK_SHARED") is { Length: > 0 } named) return Path.Combine(named, "data");
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (Directory.Exists(Path.Combine(folder.FullName, "shared", "data"))) return Path.Combine(folder.FullName, "shared", "data");
        return null;
    }
}
