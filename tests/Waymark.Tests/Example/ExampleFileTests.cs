using System.Globalization;
using System.IO.Compression;
using System.Text;
using CsvHelper;
using Waymark.Example;
using Waymark.Tests.Shared;

namespace Waymark.Tests.Example;

public sealed class ExampleFileTests
{
    private static readonly Dictionary<string, ExampleFile> Files = ExampleFiles.All().ToDictionary(f => f.Name);
    private static readonly DateOnly LastMeeting = new(2016, 10, 20);

    [Fact]
    public void On_the_last_meetings_day_130_schools_are_open_and_hold_134_full_memberships()
    {
        var open = ExampleSchools.OpenOn(LastMeeting).Select(s => s.Urn.ToString(CultureInfo.InvariantCulture)).ToHashSet();
        open.Count.ShouldBe(130);
        var full = Rows("clusters.csv").Where(r => r["membership"] == "full" && string.CompareOrdinal(r["from"], "2016-10-20") <= 0).ToList();
        full.Count.ShouldBe(134);
        full.ShouldAllBe(r => open.Contains(r["urn"]));
        full.Select(r => r["urn"]).Distinct().Count().ShouldBe(130);
        full.GroupBy(r => r["urn"]).Where(g => g.Count() == 2).Select(g => ExampleSchools.ByUrn(int.Parse(g.Key, CultureInfo.InvariantCulture)).Tier)
            .ShouldBe(["special", "special", "special", "special"]);
    }

    [Theory]
    [InlineData("Harlington Area Schools Trust", 11)]
    [InlineData("Leighton Buzzard, Linslade and Woburn Sands", 28)]
    [InlineData("Houghton Regis", 14)]
    [InlineData("Sandy and Biggleswade", 24)]
    [InlineData("Stotfold, Shefford and Arlesey", 22)]
    [InlineData("Dunstable", 21)]
    [InlineData("Ampthill, Flitwick and Cranfield", 14)]
    public void A_cluster_has_its_real_size(string cluster, int members)
    {
        string[] parts = ExampleSchools.Joint.FirstOrDefault(joint => joint.Name == cluster).Of ?? [cluster];
        var full = Rows("clusters.csv").Where(r => parts.Contains(r["cluster"]) && r["membership"] == "full").Select(r => r["urn"]).ToList();
        full.Count.ShouldBe(members);
        full.ShouldBeUnique("no school is in both clusters that meet jointly");
    }

    [Fact]
    public void The_register_shows_the_same_schools_and_about_43500_pupils()
    {
        var open = Rows("edubasealldata20160905.csv").Where(r => r["EstablishmentStatus (name)"] == "Open").ToList();
        open.Count.ShouldBe(130);
        open.Sum(r => Number(r, "NumberOfPupils")).ShouldBeInRange(43_000, 44_000);
        var headcounts = Rows("schpupnum_823.csv").Where(r => r["year"] == "201516").ToList();
        var total = headcounts.Single(r => r["school_type"] == "Total");
        Number(total, "headcount").ShouldBe(open.Sum(r => Number(r, "NumberOfPupils")));
        headcounts.Where(r => r["level"] == "School").Sum(r => Number(r, "headcount")).ShouldBe(Number(total, "headcount"));
    }

    [Fact]
    public void Two_extracts_show_a_lower_school_that_becomes_a_primary_a_closure_and_an_amalgamation()
    {
        var (before, now) = (Rows("edubasealldata20140901.csv").ToDictionary(r => r["URN"]), Rows("edubasealldata20160905.csv").ToDictionary(r => r["URN"]));
        var grown = ExampleSchools.All.Single(s => s.HighFrom is not null).Urn.ToString(CultureInfo.InvariantCulture);
        (before[grown]["StatutoryHighAge"], now[grown]["StatutoryHighAge"]).ShouldBe(("9", "11"));
        before.Values.Where(r => r["EstablishmentStatus (name)"] == "Open" && now[r["URN"]]["ReasonEstablishmentClosed (name)"] == "Closure").ShouldHaveSingleItem();
        now.Values.Count(r => r["ReasonEstablishmentClosed (name)"] == "Result of Amalgamation/Merger").ShouldBe(2);
        now.Keys.Except(before.Keys).ShouldNotBeEmpty("academies opened after September 2014");
    }

    [Fact]
    public void Every_conversion_keeps_its_establishment_number_and_is_linked_both_ways()
    {
        var numbers = ExampleSchools.All.ToDictionary(s => s.Urn.ToString(CultureInfo.InvariantCulture), s => s);
        var links = Rows("links_edubasealldata20160905.csv");
        foreach (var link in links.Where(l => l["LinkType"] == "Successor"))
        {
            numbers[link["URN"]].Estab.ShouldBe(numbers[link["LinkURN"]].Estab);
            numbers[link["URN"]].Closed!.Value.AddDays(1).ShouldBe(numbers[link["LinkURN"]].Opened!.Value);
        }
        links.Select(l => (l["URN"], l["LinkURN"])).Order().ShouldBe(links.Select(l => (l["LinkURN"], l["URN"])).Order());
    }

    [Fact]
    public void A_pyramid_hands_children_on_at_the_age_at_which_they_leave()
    {
        var schools = ExampleSchools.All.ToDictionary(s => s.Urn.ToString(CultureInfo.InvariantCulture), s => s);
        var edges = Rows("pyramids.csv");
        foreach (var edge in edges)
        {
            var (feeder, receiver) = (schools[edge["feeder_urn"]], schools[edge["receiver_urn"]]);
            receiver.Low.ShouldBeLessThanOrEqualTo(feeder.High, $"{feeder.Name} to {receiver.Name}");
            receiver.High.ShouldBeGreaterThan(feeder.High);
        }
        var fed = edges.Select(e => e["feeder_urn"]).ToHashSet();
        schools.Values.Where(s => s.IsOpenOn(ExampleCalendar.Today) && s.Tier is "lower" or "middle" or "primary" && s.Closed is null)
            .ShouldAllBe(s => fed.Contains(s.Urn.ToString(CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void Lower_schools_live_from_local_results_and_are_not_in_the_tables()
    {
        var published = Rows("england_ks2final_2015-2016.csv").Select(r => r["URN"]).ToHashSet();
        var local = new[] { "eyfs", "phonics", "ks1" }.Select(stage => Rows($"local_{stage}_201516.csv").Select(r => r["urn"]).ToHashSet()).ToList();
        foreach (var lower in ExampleSchools.OpenOn(ExampleCalendar.Tests(2016)).Where(s => s.Tier == "lower").Select(s => s.Urn.ToString(CultureInfo.InvariantCulture)))
        {
            published.ShouldNotContain(lower);
            local.ShouldAllBe(urns => urns.Contains(lower));
        }
    }

    [Fact]
    public void Julys_provisional_results_are_near_the_published_ones_but_not_the_same()
    {
        var july = Rows("local_ks2_201516.csv").Where(r => r["measure"] == "ks2.rwm.exp" && r["group"] == "all").ToDictionary(r => r["urn"]);
        july.Values.ShouldAllBe(r => r["status"] == "provisional");
        var differences = Rows("england_ks2final_2015-2016.csv").Where(r => r["RECTYPE"] == "1")
            .Select(r => (Points: Percent(r["PTRWM_EXP"]) - 100 * Number(july[r["URN"]], "numerator") / Number(july[r["URN"]], "denominator"), Children: Number(july[r["URN"]], "denominator"))).ToList();
        differences.ShouldContain(d => Math.Abs(d.Points) > 1);
        // In a small cohort two children are many points.
        differences.ShouldAllBe(d => Math.Abs(d.Points) < 12 || Math.Abs(d.Points) * d.Children / 100 < 2.5);
        Math.Abs(differences.Average(d => d.Points)).ShouldBeLessThan(3);
    }

    [Fact]
    public void The_bytes_are_the_same_every_time()
    {
        var again = ExampleFiles.All().ToList();
        again.Count.ShouldBe(Files.Count);
        foreach (var file in again) file.Content.AsSpan().SequenceEqual(Files[file.Name].Content).ShouldBeTrue(file.Name);
    }

    [Fact]
    public void Chance_is_pinned_so_that_another_runtime_draws_the_same()
    {
        var chance = ExampleRandom.For("2801 phonics 2014");
        (chance.Uniform(), chance.Below(1000), chance.Normal()).ShouldBe((PinnedUniform, PinnedBelow, PinnedNormal));
    }

    [Fact]
    public void Every_file_parses_and_every_row_has_the_headers_columns()
    {
        foreach (var file in Files.Values)
        {
            using var csv = CsvReader.Create(Utf8(file), new CsvReaderOptions { HasHeader = false });
            var widths = new HashSet<int>();
            while (csv.Read()) widths.Add(csv.FieldCount);
            widths.Count.ShouldBe(1, file.Name);
        }
    }

    [Fact]
    public void The_register_is_in_its_own_encoding_and_no_address_is_a_real_one()
    {
        var bytes = Files["edubasealldata20160905.csv"].Content;
        ((IEnumerable<byte>)bytes).ShouldContain((byte)0xEB, "the \u00EB of St Zo\u00EB's in Windows-1252");
        bytes.AsSpan(^2..).SequenceEqual("\r\n"u8).ShouldBeTrue();
        foreach (var row in Rows("edubasealldata20160905.csv"))
        {
            row["Postcode"][^2..].ShouldAllBe(c => "CIKMOV".Contains(c), "no real postcode ends in these letters");
            Number(row, "Easting").ShouldBeInRange(489_000, 528_000);
            Number(row, "Northing").ShouldBeInRange(215_000, 253_000);
        }
    }

    [Theory]
    [InlineData("phonics", "phonics.y1")]
    [InlineData("ks1", "ks1.maths.exp")]
    [InlineData("ks2", "ks2.rwm.exp")]
    public void A_school_resembles_itself_from_one_year_to_the_next(string stage, string measure)
    {
        Dictionary<int, double> Shares(string year) => Rows($"local_{stage}_{year}.csv").Where(r => r["measure"] == measure && r["group"] == "all" && Number(r, "denominator") > 10)
            .Select(r => (School: ExampleSchools.ByUrn(Number(r, "urn")), Share: 1.0 * Number(r, "numerator") / Number(r, "denominator")))
            .Where(s => !s.School.IsSpecial).ToDictionary(s => s.School.Estab, s => s.Share);
        var (before, after) = (Shares("201314"), Shares("201415"));
        var both = before.Keys.Intersect(after.Keys).ToList();
        var correlation = Correlation([.. both.Select(e => before[e])], [.. both.Select(e => after[e])]);
        correlation.ShouldBeInRange(0.35, 0.85);
    }

    /// <summary>Whoever knows the whole and one half of a pair knows the other half: neither may stand there when one of them is five or fewer.</summary>
    [Theory]
    [InlineData("england_ks2final_2015-2016.csv", "TELIG", "GELIG", "PTRWM_EXP_G", "PTRWM_EXP_B")]
    [InlineData("england_ks2final_2015-2016.csv", "TELIG", "TFSM6CLA1A", "PTRWM_EXP_FSM6CLA1A", "PTRWM_EXP_NotFSM6CLA1A")]
    [InlineData("england_ks2final_2015-2016.csv", "TELIG", "TFSM6CLA1A", "READPROG_FSM6CLA1A", "READPROG_NotFSM6CLA1A")]
    [InlineData("england_ks4final_2015-2016.csv", "TPUP", "GPUP", "PGL2BASICS_LL_PTQ_EE", "PBL2BASICS_LL_PTQ_EE")]
    [InlineData("england_ks4final_2015-2016.csv", "TPUP", "TFSM6CLA1A", "ATT8SCR_FSM6CLA1A", "ATT8SCR_NFSM6CLA1A")]
    public void Suppression_leaves_no_small_half_of_a_pair_to_subtraction(string file, string whole, string part, string result, string complement)
    {
        var small = 0;
        foreach (var row in Rows(file).Where(r => r["RECTYPE"] is "1" or "2"))
        {
            var all = Number(row, whole);
            var known = row[part] == "SUPP" ? 1 : Number(row, part);
            if (all > 5 && known is 0 or > 5 && (all - known is 0 or > 5)) continue;
            small++;
            row[result].ShouldBeOneOf("SUPP", "LOWCOV", "NE", "");
            row[complement].ShouldBeOneOf("SUPP", "LOWCOV", "NE", "");
        }
        small.ShouldBeGreaterThan(0, "the example must show what a small group looks like");
    }

    [Fact]
    public void A_published_interval_is_the_score_and_196_standard_errors()
    {
        foreach (var row in Rows("england_ks2final_2015-2016.csv").Where(r => Decimal(r["READPROG"]) is not null && r["READCOV"].Length > 0))
        {
            var half = 1.96 * 6.23 / Math.Sqrt(Math.Round(Number(row, "TELIG") * Percent(row["READCOV"]) / 100.0));
            (Decimal(row["READPROG_UPPER"])!.Value - Decimal(row["READPROG"])!.Value).ShouldBe(half, 0.11);
        }
        foreach (var code in new[] { "SUPP", "LOWCOV" })
            Rows("england_ks2final_2015-2016.csv").ShouldContain(r => r.Values.Contains(code));
        Rows("england_ks4final_2015-2016.csv").ShouldContain(r => r.Values.Contains("NE"));
        Rows("england_ks4final_2014-2015.csv").ShouldContain(r => r["P8MEA"] == "NA");
    }

    [Fact]
    public void The_authoritys_benchmarks_agree_with_its_own_tables()
    {
        var benchmark = Rows("lait_823.csv").Single(r => r["measure_short"] == "KS2RWM_Expected_STD" && r["period"] == "2016" && r["la_code"] == "823");
        benchmark["value"].ShouldBe(Rows("england_ks2final_2015-2016.csv").Single(r => r["RECTYPE"] == "3")["PTRWM_EXP"].TrimEnd('%'));
    }

    [SkippableFact]
    public void No_number_or_name_belongs_to_a_real_school()
    {
        var spine = Compressed("dfe_spine_2018/england_spine_2018.csv.gz", Encoding.UTF8);
        var register = Compressed("gias_register_2022/gias_open_schools_england_2022.csv.gz", Encoding.UTF8);
        var links = Compressed("gias_links_2025/links_edubasealldata20250422.csv.gz", CodePagesEncodingProvider.Instance.GetEncoding(1252)!);
        var urns = spine.Select(r => r["URN"]).Concat(register.Select(r => r["urn"])).Concat(links.SelectMany(r => new[] { r["URN"], r["LinkURN"] })).ToHashSet();
        var laestabs = spine.Select(r => r["LAESTAB"]).Concat(register.Select(r => r["laestab"])).ToHashSet();
        var names = spine.Select(r => r["SCHNAME"]).Concat(register.Select(r => r["school_name"])).Concat(links.Select(r => r["LinkName"])).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var school in ExampleSchools.All)
        {
            urns.ShouldNotContain(school.Urn.ToString(CultureInfo.InvariantCulture));
            laestabs.ShouldNotContain($"823{school.Estab}");
            names.ShouldNotContain(school.Name);
        }
    }

    [SkippableFact]
    public void The_register_has_the_real_downloads_columns()
    {
        using var real = CsvReader.Create(File.ReadAllBytes(SharedData.File("gias_raw_format_936_2021/edubasealldata_936_sample.csv")), new CsvReaderOptions { HasHeader = false });
        using var own = CsvReader.Create(Utf8(Files["edubasealldata20160905.csv"]), new CsvReaderOptions { HasHeader = false });
        real.Read();
        own.Read();
        Enumerable.Range(0, own.FieldCount).Select(own.GetString).ShouldBe(Enumerable.Range(0, real.FieldCount).Select(real.GetString));
    }

    // Drawn once with another program that follows the same published algorithm.
    private const double PinnedUniform = 0.4979015020336861, PinnedNormal = -1.71185302734375;
    private const int PinnedBelow = 498;

    private static double Correlation(double[] x, double[] y)
    {
        var (mx, my) = (x.Average(), y.Average());
        return x.Zip(y, (a, b) => (a - mx) * (b - my)).Sum() / Math.Sqrt(x.Sum(a => (a - mx) * (a - mx)) * y.Sum(b => (b - my) * (b - my)));
    }

    private static int Percent(string cell) => int.Parse(cell.TrimEnd('%'), CultureInfo.InvariantCulture);
    private static double? Decimal(string cell) => double.TryParse(cell.TrimEnd('%'), CultureInfo.InvariantCulture, out var value) ? value : null;
    private static int Number(Dictionary<string, string> row, string column) => int.Parse(row[column], CultureInfo.InvariantCulture);

    private static List<Dictionary<string, string>> Rows(string name) => Rows(Utf8(Files[name]));

    private static byte[] Utf8(ExampleFile file) => file.Name.Contains("edubase", StringComparison.Ordinal)
        ? Encoding.Convert(CodePagesEncodingProvider.Instance.GetEncoding(1252)!, Encoding.UTF8, file.Content)
        : file.Content;

    private static List<Dictionary<string, string>> Compressed(string name, Encoding encoding)
    {
        using var gzip = new GZipStream(File.OpenRead(SharedData.File(name)), CompressionMode.Decompress);
        using var bytes = new MemoryStream();
        gzip.CopyTo(bytes);
        return Rows(Encoding.Convert(encoding, Encoding.UTF8, bytes.ToArray()));
    }

    private static List<Dictionary<string, string>> Rows(byte[] utf8)
    {
        using var csv = CsvReader.Create(utf8, new CsvReaderOptions { HasHeader = false });
        csv.Read();
        var header = Enumerable.Range(0, csv.FieldCount).Select(i => csv.GetString(i).TrimStart('\uFEFF')).ToList();
        var rows = new List<Dictionary<string, string>>();
        while (csv.Read()) rows.Add(header.Select((column, i) => (column, i)).ToDictionary(c => c.column, c => csv.GetString(c.i)));
        return rows;
    }
}
