using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Waymark.Data;

namespace Waymark.Benchmarks;

/// <summary>What every benchmark needs: the development data, the repository, the machine's name, medians and a table to print.</summary>
internal static class Bench
{
    /// <summary>The folder of the development data, or the way out of the program: nothing can be measured without it.</summary>
    public static string Data
    {
        get
        {
            if (Environment.GetEnvironmentVariable("WAYMARK_SHARED") is { Length: > 0 } named && Directory.Exists(Path.Combine(named, "data"))) return Path.Combine(named, "data");
            return Above(folder => Directory.Exists(Path.Combine(folder, "shared", "data"))) is { } found ? Path.Combine(found, "shared", "data")
                : throw new BenchException("The development data is not there. Name the folder that holds data/ in WAYMARK_SHARED.");
        }
    }

    public static string Root { get; } = Above(folder => File.Exists(Path.Combine(folder, "Waymark.slnx"))) ?? throw new BenchException("The repository is not there.");

    /// <summary>The program built in Release, not compiled ahead.</summary>
    public static string Program { get; } = Path.Combine(Root, "src", "Waymark", "bin", "Release", "net10.0", "waymark.dll");

    public static string Machine
    {
        get
        {
            var model = File.Exists("/proc/cpuinfo") ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() : null;
            return $"{model ?? RuntimeInformation.ProcessArchitecture.ToString()}, {Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}, .NET {Environment.Version}";
        }
    }

    /// <summary>Whether other work was running: the system's load average of the last minutes.</summary>
    private static string Busy => File.Exists("/proc/loadavg") ? $", load average {string.Join(", ", File.ReadAllText("/proc/loadavg").Split(' ').Take(3))} at the end" : "";

    public static double Quantile(IReadOnlyCollection<double> values, double share) => values.Order().ElementAt(Math.Min(values.Count - 1, (int)(share * values.Count)));

    public static double Median(IReadOnlyCollection<double> values) => Quantile(values, 0.5);

    /// <summary>Says what was measured where and with what, then prints a table as it stands in docs/benchmarks.md.</summary>
    public static void Print(string command, string data, string[] head, IEnumerable<string[]> rows)
    {
        Console.WriteLine($"\n`dotnet run -c Release --project bench/Waymark.Benchmarks -- {command}`, {DateTime.UtcNow.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)}  \n{Machine}{Busy}  \n{data}\n");
        Console.WriteLine($"| {string.Join(" | ", head)} |\n|{string.Concat(head.Select(_ => " --- |"))}");
        foreach (var row in rows) Console.WriteLine($"| {string.Join(" | ", row)} |");
    }

    /// <summary>Tells how far it is, beside the result.</summary>
    public static void Say(string sentence) => Console.Error.WriteLine($"{DateTime.UtcNow:HH:mm:ss} {sentence}");

    public static long Count(Store store, string table)
    {
        using var connection = store.Connect();
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // A table that a benchmark names.
        command.CommandText = $"select count(*) from {table}";
#pragma warning restore CA2100
        return (long)command.ExecuteScalar()!;
    }

    public static string Milliseconds(double value) => string.Create(CultureInfo.InvariantCulture, $"{value:0.0} ms");

    /// <summary>Runs a program to its end and gives back the seconds it took, whole process.</summary>
    public static double Run(string program, params string[] arguments)
    {
        var watch = Stopwatch.StartNew();
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? watch.Elapsed.TotalSeconds : throw new BenchException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {output}");
    }

    private static string? Above(Func<string, bool> holds)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (holds(folder.FullName)) return folder.FullName;
        return null;
    }
}

/// <summary>Why nothing was measured, in a sentence.</summary>
internal sealed class BenchException(string sentence) : Exception(sentence);

/// <summary>A folder that goes when it is no longer needed.</summary>
internal sealed class Folder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("waymark-bench-").FullName;

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(Path, recursive: true);
    }
}
