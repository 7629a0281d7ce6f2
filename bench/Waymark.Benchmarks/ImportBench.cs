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

    public static int Run(int rounds)
    {
        var data = Bench.Data;
        if (Files.FirstOrDefault(file => !File.Exists(Path.Combine(data, file))) is { } missing) throw new BenchException($"{missing} is not there.");
        var ways = new (string Way, string Words)[]
        {
            ("waymark", "Waymark: read, checked, compared with what is there, staged, previewed, the file kept with its hash, confirmed"),
            ("bare", "bare loop: CsvHelper, one prepared statement, one transaction, the same rows"),
            ("lean", "lean loop: the same, bound through SQLite's own library as Waymark binds"),
        };
        var seconds = ways.ToDictionary(way => way.Way, _ => new List<double>());
        var counts = ways.ToDictionary(way => way.Way, way => Measure(way.Way, data));
        for (var i = 0; i < rounds; i++)
            foreach (var (way, _) in ways)
            {
                Bench.Say($"{way}, {i + 1} of {rounds}");
                seconds[way].Add(Measure(way, data).Seconds);
            }
        Bench.Print("import", $"{Files.Length} files: the national register, key stage 2 of three years (all England) and raw of two authorities in two years; {rounds} rounds after one unmeasured.",
            ["way", "median", "range", "Waymark's ratio to it", "figures", "schools", "peak memory"],
            ways.Select(way => new[]
            {
                way.Words, Seconds(Bench.Median(seconds[way.Way])), $"{Seconds(seconds[way.Way].Min())} to {Seconds(seconds[way.Way].Max())}",
                (Bench.Median(seconds["waymark"]) / Bench.Median(seconds[way.Way])).ToString("0.00", CultureInfo.InvariantCulture),
                counts[way.Way].Figures.ToString("N0", CultureInfo.InvariantCulture), counts[way.Way].Schools.ToString("N0", CultureInfo.InvariantCulture), $"{Peak(way.Way, data)} MB",
            }));
        return 0;

        static string Seconds(double value) => string.Create(CultureInfo.InvariantCulture, $"{value:0.00} s");
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
        using var folder = new Folder();
        var store = Store.InDirectory(folder.Path);
        store.BringUpToDate();
        using (var db = store.Open()) db.Become(StoreKind.Real);
        GC.Collect();
        var watch = Stopwatch.StartNew();
        if (which == "waymark") Waymark(store, data);
        else BareLoop.Import(store, Files.Select(file => Path.Combine(data, file)), lean: which == "lean");
        var seconds = watch.Elapsed.TotalSeconds;
        return (seconds, Bench.Count(store, "figure"), Bench.Count(store, "school_record"));
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
}
