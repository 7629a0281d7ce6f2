using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using Waymark.Clusters;
using Waymark.Data;
using Waymark.Field;
using Waymark.Outcomes.Packs;
using Waymark.Shared.CommandLine;
using Waymark.Shared.Web;

namespace Waymark.Outcomes.Commands;

/// <summary>waymark pack: a cluster's pack as files.</summary>
internal static class PackCommand
{
    public static Command Create()
    {
        var data = StoreOption.Create();
        var cluster = new Option<string[]>("--cluster") { Description = "A cluster's name; 'all' for every cluster. May be repeated.", HelpName = "NAME", Required = true };
        var year = new Option<string>("--year") { Description = "The academic year of the results as six digits: 201516.", HelpName = "YEAR", Required = true };
        var directory = new Option<string>("--out") { Description = "The directory the files are written into.", HelpName = "DIR", Required = true };
        var formats = new Option<string>("--format") { Description = "html, pptx, xlsx, csv, pdf, separated by commas.", HelpName = "FORMATS", DefaultValueFactory = _ => "html,pptx,xlsx,csv" };
        var command = new Command("pack", "Writes a cluster's pack: the same data give the same bytes.") { data, cluster, year, directory, formats };
        command.SetAction(async (parsed, stop) =>
        {
            if (StoreOption.OpenExisting(parsed, data) is not { } store) return Output.Refused;
            if (!AcademicYear.TryParseCode(parsed.GetValue(year), out var results)) return Output.RefuseYear(parsed.GetValue(year)!);
            var wanted = parsed.GetValue(formats)!.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            if (wanted.FirstOrDefault(format => PackFormats.Find(format) is null) is { } unknown)
                return Refuse($"--format {unknown}: there is no such format. Known are html, pptx, xlsx, csv, pdf.");
            using var db = store.Open();
            List<Cluster> clusters = [];
            foreach (var name in parsed.GetValue(cluster)!)
            {
                if (name.Equals("all", StringComparison.OrdinalIgnoreCase)) clusters.AddRange(db.OuterClusters(results.LastDay));
                else if (db.FindCluster(name) is { } found) clusters.Add(found);
                else return Refuse($"--cluster {name}: there is no such cluster. Known are {string.Join("; ", db.Clusters.AsNoTracking().AsEnumerable().Select(one => one.Name))}.");
            }
            var services = new ServiceCollection().AddLogging().AddSingleton(store).AddReportViews().BuildServiceProvider();
            await using (services)
                return await WriteAsync(db, clusters, results, wanted, Directory.CreateDirectory(parsed.GetValue(directory)!), services, stop);
        });
        return command;
    }

    private static async Task<int> WriteAsync(WaymarkDb db, IReadOnlyList<Cluster> clusters, AcademicYear year, string[] formats, DirectoryInfo directory, IServiceProvider services, CancellationToken stop)
    {
        var today = LocalClock.ForStore(db.Read(Setting.Today), TimeProvider.System).Today;
        var result = Output.Done;
        foreach (var cluster in clusters)
        {
            var data = PackData.OfCluster(db, cluster, year, today);
            var report = new Pack(data).Compose();
            // The CSV comes with the file that describes its columns.
            foreach (var format in formats.SelectMany(format => format == "csv" ? Csv : [format]))
            {
                var (file, sentence) = await PackFormats.WriteAsync(format, data, report, services, stop);
                if (file is null)
                {
                    Console.Error.WriteLine(sentence);
                    result = Output.Refused;
                    continue;
                }
                var path = Path.Combine(directory.FullName, file.Name);
                await File.WriteAllBytesAsync(path, file.Content, stop);
                Console.WriteLine(path);
            }
        }
        return result;
    }

    private static readonly string[] Csv = ["csv", "meta.csv"];

    private static int Refuse(string sentence)
    {
        Console.Error.WriteLine(sentence);
        return Output.Refused;
    }
}
