using System.Globalization;
using CsvHelper;
using Waymark.Example;
using Waymark.Tests.Outcomes.Imports;
using Waymark.Tests.Shared;

namespace Waymark.Tests.Example;

/// <summary>
/// The example's schools against those of the real Central Bedfordshire, whose ranges stand with their source in real-ranges.csv (groups of ten schools and more).
/// </summary>
public sealed class ExampleRangesTests
{
    public sealed record Range(string Measured, string Of, string ExampleFile, string ExampleColumn, string RealFiles, string RealColumn, double Low, double High, double Mean, double Sd, int Schools);

    private static readonly Dictionary<string, ExampleFile> Files = ExampleFiles.All().ToDictionary(file => file.Name);

    private static readonly IReadOnlyList<Range> Ranges = [.. Rows(Embedded("real-ranges.csv")).Select(row => new Range(row["measured"], row["of"], row["example_file"], row["example_column"], row["real_files"], row["real_column"],
        Number(row["low"])!.Value, Number(row["high"])!.Value, Number(row["mean"])!.Value, Number(row["sd"])!.Value, (int)Number(row["schools"])!.Value))];

    public static TheoryData<string> Names => [.. Ranges.Select(range => $"{range.Measured}, {range.Of}")];

    /// <summary>Within half a standard deviation of the real lowest and highest, the mean within one, and at least a third of the spread between schools and no more than half as much again.</summary>
    [Theory, MemberData(nameof(Names))]
    public void The_examples_schools_spread_as_the_real_ones_do(string name)
    {
        var real = Ranges.Single(range => $"{range.Measured}, {range.Of}" == name);
        var tiers = ExampleSchools.All.ToDictionary(school => school.Urn.ToString(CultureInfo.InvariantCulture), school => school.Tier);
        var rows = Rows(Files[real.ExampleFile].Content);
        var values = (real.Of == "mainstream" ? rows.Where(row => row["RECTYPE"] == "1") : rows.Where(row => tiers.GetValueOrDefault(row["URN"]) == real.Of))
            .Select(row => Number(row[real.ExampleColumn])).OfType<double>().ToList();

        values.Count.ShouldBeGreaterThan(9);
        values.Min().ShouldBeGreaterThanOrEqualTo(real.Low - real.Sd / 2);
        values.Max().ShouldBeLessThanOrEqualTo(real.High + real.Sd / 2);
        Math.Abs(values.Average() - real.Mean).ShouldBeLessThan(real.Sd);
        (Deviation(values) / real.Sd).ShouldBeInRange(0.33, 1.5);
    }

    /// <summary>The ranges are what the files say, read another way than the product reads them.</summary>
    [SkippableTheory, MemberData(nameof(Names))]
    public void The_ranges_are_those_of_the_real_files(string name)
    {
        var real = Ranges.Single(range => $"{range.Measured}, {range.Of}" == name);
        var register = ResultFiles.Plainly(SharedData.File("register_823_merged/register_823.csv"));
        var (urn, before, after) = (register[0].IndexOf("urn"), register[0].IndexOf("tier_2018"), register[0].IndexOf("tier_2022"));
        var tiers = register.Skip(1).ToDictionary(row => row[urn], row => row[before].Length > 0 ? row[before] : row[after]);
        var values = new List<double>();
        foreach (var file in real.RealFiles.Split('|'))
        {
            var lines = ResultFiles.Plainly(SharedData.File(file));
            var (school, column) = (Array.FindIndex(lines[0], cell => cell.TrimStart('\uFEFF') == "URN"), lines[0].IndexOf(real.RealColumn));
            values.AddRange(lines.Skip(1).Where(row => tiers.TryGetValue(row[school], out var tier) && (real.Of == "mainstream" ? tier != "special school" : tier == real.Of)).Select(row => Number(row[column])).OfType<double>());
        }

        values.Count.ShouldBe(real.Schools);
        (values.Min(), values.Max()).ShouldBe((real.Low, real.High));
        values.Average().ShouldBe(real.Mean, 0.006);
        Deviation(values).ShouldBe(real.Sd, 0.006);
    }

    /// <summary>Authority 850 and 936 in 2017 and 2018: other children 24 to 29 points before disadvantaged ones, girls 6 to 8 before boys (ks2_raw_format, rows of the authority).</summary>
    [Fact]
    public void Disadvantaged_children_and_boys_are_behind_by_as_much_as_in_the_real_tables()
    {
        var authority = Rows(Files["england_ks2final_2015-2016.csv"].Content).Single(row => row["RECTYPE"] == "3");
        (Number(authority["PTRWM_EXP_NotFSM6CLA1A"])!.Value - Number(authority["PTRWM_EXP_FSM6CLA1A"])!.Value).ShouldBeInRange(22, 30);
        (Number(authority["PTRWM_EXP_G"])!.Value - Number(authority["PTRWM_EXP_B"])!.Value).ShouldBeInRange(4, 10);
    }

    /// <summary>From 2009/10 to 2016/17 the real headcount grew by 0.3 to 3.3 percent a year (school_headcount_2009_2017).</summary>
    [Fact]
    public void The_number_of_pupils_grows_as_the_real_one_did()
    {
        var totals = Rows(Files["schpupnum_823.csv"].Content).Where(row => row["school_type"] == "Total").OrderBy(row => row["year"], StringComparer.Ordinal).Select(row => Number(row["headcount"])!.Value).ToList();
        totals.Count.ShouldBe(5);
        totals.Zip(totals.Skip(1), (before, after) => 100 * (after / before - 1)).ShouldAllBe(growth => growth > 0.3 && growth < 3.3);
    }

    private static double Deviation(List<double> values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
    }

    private static double? Number(string cell) => double.TryParse(cell.TrimEnd('%'), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static byte[] Embedded(string name)
    {
        using var stream = typeof(ExampleRangesTests).Assembly.GetManifestResourceStream($"Waymark.Tests.Example.{name}")!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static List<Dictionary<string, string>> Rows(byte[] utf8)
    {
        using var csv = CsvReader.Create(utf8, new CsvReaderOptions { HasHeader = false });
        csv.Read();
        var header = Enumerable.Range(0, csv.FieldCount).Select(i => csv.GetString(i).TrimStart('\uFEFF')).ToList();
        var rows = new List<Dictionary<string, string>>();
        while (csv.Read()) rows.Add(header.Select((column, i) => (column, i)).ToDictionary(of => of.column, of => csv.GetString(of.i)));
        return rows;
    }
}
