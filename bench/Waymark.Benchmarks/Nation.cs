using System.Globalization;
using System.IO.Compression;
using System.Text;
using CsvHelper;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared;
using Waymark.Shared.Imports;

namespace Waymark.Benchmarks;

/// <summary>
/// A real partnership's store: the schools of one authority in seven clusters that are made up from where the schools lie, with the figures of all England
/// or of this authority's schools alone (and of authorities, regions and the nation in both).
/// </summary>
internal sealed class Nation
{
    /// <summary>The year whose packs are asked for: the one with most figures.</summary>
    public const string Year = "201718";

    private const string Authority = "823";
    private const string Register = "gias_register_2022/gias_open_schools_england_2022.csv.gz";

    private static readonly string[] Files =
    [
        "dfe_spine_2018/england_spine_2018.csv.gz", Register, "gias_links_2025/links_edubasealldata20250422.csv.gz",
        "ks2_school/ks2_perf_2016.csv.gz", "ks2_school/ks2_perf_2017.csv.gz", "ks2_school/ks2_perf_2018.csv.gz",
        "ks2_raw_format/2016-2017_850_ks2final.csv", "ks2_raw_format/2016-2017_936_ks2final.csv",
        "ks2_raw_format/2017-2018_850_ks2final.csv", "ks2_raw_format/2017-2018_936_ks2final.csv",
        "ks4_school/ks4_perf_2016.csv.gz", "ks4_school/ks4_perf_2017.csv.gz", "ks4_school/ks4_perf_2018.csv.gz",
        "ks4_school/2016-2017_936_ks4final.csv", "ks4_school/2017-2018_936_ks4final.csv", "ks4_school/ks4_pupdest_2019.csv.gz",
        "ks5_school_2016_2017/ks5final_2016_subset.csv", "ks5_school_2016_2017/ks5final_2017_subset.csv",
        "census_absence_school_2019/england_census_2019.csv.gz", "census_absence_school_2019/england_abs_2019.csv.gz",
        "ofsted_2018/ofsted_schools_2018-07-31.csv.gz", "lait_la_benchmarks/lait_education_subset.csv.gz",
        "school_headcount_2009_2017/schpupnum_823.csv",
    ];

    private Nation(string directory, string[] clusters, int[] schools, long figures, long count)
    {
        (Directory, Clusters, Schools) = (directory, clusters, schools);
        Size = string.Create(CultureInfo.InvariantCulture, $"{count:N0} schools, {figures:N0} figures");
    }

    public string Directory { get; }
    /// <summary>How clusters are named in addresses.</summary>
    public string[] Clusters { get; }
    /// <summary>The URNs of their members.</summary>
    public int[] Schools { get; }
    public string Size { get; }

    /// <param name="whole">All England's figures, or only those of the authority's schools.</param>
    public static Nation Import(string directory, bool whole)
    {
        Bench.Say(whole ? "Importing all of England." : "Importing one authority.");
        var store = Store.InDirectory(directory);
        store.BringUpToDate();
        using (var db = store.Open())
        {
            db.Become(StoreKind.Real);
            db.Write(Setting.Authority, Authority);
            db.Write(Setting.AuthorityName, "Central Bedfordshire");
            db.SaveChanges();
        }
        var registers = Read(Register);
        var own = Rows(registers).Where(row => row["la_code"] == Authority && !row["funding_type"].Contains("ndependent", StringComparison.Ordinal))
            .OrderBy(row => row["easting"], StringComparer.Ordinal).Select(row => row["urn"]).ToList();
        var all = Files.Select(file => (File: file, Content: Read(file))).ToList();
        var kept = Rows(Read(Files[0])).Where(row => row["LA"] == Authority).Select(row => row["URN"]).Concat(own).ToHashSet();
        var clusters = new StringBuilder("cluster,urn,from,membership\r\n");
        foreach (var (urn, at) in own.Select((urn, at) => (urn, at))) clusters.Append(CultureInfo.InvariantCulture, $"Cluster {1 + at * 7 / own.Count},{urn},2010-09-01,full\r\n");
        all.Add(("clusters.csv", Encoding.UTF8.GetBytes(clusters.ToString())));
        foreach (var (file, content) in all)
        {
            var desk = new ImportDesk(store, Room.All.SelectMany(room => room.Importers), new LocalClock(TimeProvider.System));
            var name = Path.GetFileName(file).Replace(".gz", "", StringComparison.Ordinal);
            var outcome = desk.Load(name, whole ? content : Only(kept, content));
            if (outcome.Refused) throw new BenchException($"{file}: {outcome.Notes[0]}");
        }
        return new Nation(directory, [.. Enumerable.Range(1, 7).Select(number => $"cluster-{number}")], [.. own.Select(urn => int.Parse(urn, CultureInfo.InvariantCulture))], Bench.Count(store, "figure"), Bench.Count(store, "school"));
    }

    private static byte[] Read(string file)
    {
        var bytes = File.ReadAllBytes(Path.Combine(Bench.Data, file));
        if (!file.EndsWith(".gz", StringComparison.Ordinal)) return bytes;
        using var gzip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        gzip.CopyTo(plain);
        return plain.ToArray();
    }

    private static IEnumerable<Dictionary<string, string>> Rows(byte[] content)
    {
        using var reader = Reader(content);
        reader.Read();
        var header = Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetString(i).Trim()).ToArray();
        while (reader.Read()) yield return header.Select((column, i) => (column, i)).ToDictionary(at => at.column, at => Encoding.Latin1.GetString(reader.GetSpan(at.i)));
    }

    /// <summary>The file without other schools' rows; rows of authorities and the nation, which have no URN, stay.</summary>
    private static byte[] Only(HashSet<string> urns, byte[] content)
    {
        using var reader = Reader(content);
        using var output = new MemoryStream();
        var column = -1;
        while (reader.Read())
        {
            var fields = Enumerable.Range(0, reader.FieldCount).Select(i => Encoding.Latin1.GetString(reader.GetSpan(i))).ToArray();
            if (output.Length == 0) column = Array.FindIndex(fields, name => name.Trim('\u00ef', '\u00bb', '\u00bf', ' ').Equals("URN", StringComparison.OrdinalIgnoreCase));
            else if (column >= 0 && column < fields.Length && int.TryParse(fields[column], out _) && !urns.Contains(fields[column])) continue;
            output.Write(Encoding.Latin1.GetBytes(string.Join(',', fields.Select(field => $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")) + "\r\n"));
        }
        return output.ToArray();
    }

    private static CsvReader Reader(byte[] content) => CsvReader.Create(content.AsMemory(content.AsSpan().StartsWith("\ufeff"u8) ? 3 : 0), new CsvReaderOptions { HasHeader = false, FieldCountMismatch = CsvFieldCountHandling.Allow });
}
