using System.Globalization;

namespace Waymark.Benchmarks;

/// <summary>Pages of a running server, one request after the other: with all England's figures, with one authority's, and their ratio.</summary>
internal static class PagesBench
{
    private const int Warm = 60;

    /// <summary>Each page with the addresses it is asked for at, in turns.</summary>
    public static (string Page, string[] Addresses)[] Pages(Nation nation) =>
    [
        ("Cluster pack", [.. nation.Clusters.Select(cluster => $"/clusters/{cluster}/pack?year={Nation.Year}")]),
        ("School report", Of(nation, urn => $"/schools/{urn}/report?year={Nation.Year}")),
        ("School, with its figures", Of(nation, urn => $"/schools/{urn}")),
        ("Figure of a cluster", [.. Enumerable.Range(1, nation.Clusters.Length).Select(number => $"/figures/ks2.rwm.exp/{Nation.Year}/cluster/{number}/all")]),
        ("Figure of a school", Of(nation, urn => $"/figures/pupils.headcount/201819/school/{urn}/all")),
        ("Similar schools", Of(nation, urn => $"/schools/{urn}/similar?year={Nation.Year}")),
        ("School search, the authority", [.. Words.Select(word => $"/schools?q={word}")]),
        ("School search, England", [.. Words.Select(word => $"/schools?q={word}&area=all")]),
        ("School search as one types", [.. Words.Select(word => $"/schools/suggest?q={word}")]),
        ("Cluster", [.. nation.Clusters.Select(cluster => $"/clusters/{cluster}")]),
        ("Start page", ["/"]),
        ("Data calendar", ["/data-calendar"]),
        ("Files", ["/imports"]),
    ];

    private static readonly string[] Words = ["oak", "st%20mary", "church", "lower", "academy", "dunstable"];

    private static string[] Of(Nation nation, Func<int, string> address, int step = 7) => [.. nation.Schools.Where((_, at) => at % step == 0).Select(address)];

    public static async Task<int> Run(int requests)
    {
        using Folder all = new(), one = new();
        var (england, authority) = (Nation.Import(all.Path, whole: true), Nation.Import(one.Path, whole: false));
        using Server large = Server.Start(england.Directory), small = Server.Start(authority.Directory);
        var rows = new List<string[]>();
        foreach (var ((page, addresses), others) in Pages(england).Zip(Pages(authority).Select(of => of.Addresses)))
        {
            Bench.Say(page);
            for (var i = 0; i < Warm; i++)
            {
                await large.Get(addresses[i % addresses.Length]);
                await small.Get(others[i % others.Length]);
            }
            var (times, alone) = (new List<double>(), new List<double>());
            for (var i = 0; i < requests; i++)
            {
                times.Add(await large.Get(addresses[i % addresses.Length]));
                alone.Add(await small.Get(others[i % others.Length]));
            }
            rows.Add(
            [
                page, .. new[] { 0.5, 0.95, 0.99, 1 }.Select(share => Bench.Milliseconds(Bench.Quantile(times, share))),
                Bench.Milliseconds(Bench.Median(alone)), string.Create(CultureInfo.InvariantCulture, $"{Bench.Median(times) / Bench.Median(alone):0.00}"),
            ]);
        }
        Bench.Print("pages", $"{requests} requests to each page over loopback, one after the other, in turns with a second server, after {Warm} unmeasured. All England: {england.Size}. One authority: {authority.Size}.",
            ["page", "median", "95th percentile", "99th percentile", "slowest", "median with one authority's figures", "ratio"], rows);
        return 0;
    }
}
