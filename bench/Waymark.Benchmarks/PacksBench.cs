using System.Globalization;

namespace Waymark.Benchmarks;

/// <summary>All packs of the example by the command line, as a whole process: seven clusters, each format alone, the four together, and PDF.</summary>
internal static class PacksBench
{
    public static int Run(int rounds)
    {
        using Folder store = new(), output = new();
        using (var server = Server.Start(store.Path)) Bench.Say("The example is filled.");
        var rows = new List<string[]>();
        foreach (var formats in new[] { "html,pptx,xlsx,csv", "html", "pptx", "xlsx", "csv", "pdf" })
        {
            Bench.Say(formats);
            var times = Enumerable.Range(0, rounds).Select(_ => Bench.Run("dotnet", Bench.Program, "pack", "--data", store.Path, "--cluster", "all", "--year", "201516", "--out", output.Path, "--format", formats)).ToList();
            rows.Add([formats, .. new[] { Bench.Median(times), times.Min(), times.Max() }.Select(seconds => string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0} s"))]);
        }
        var files = Directory.GetFiles(output.Path);
        Bench.Print("packs", $"`waymark pack --cluster all --year 201516 --format ...`, the whole process, {rounds} times each. The example: seven clusters; {files.Length} files, {files.Sum(file => new FileInfo(file).Length) / 1_000_000.0:0.0} MB.",
            ["formats", "median", "fastest", "slowest"], rows);
        return 0;
    }
}
