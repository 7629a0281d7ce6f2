using System.Globalization;

namespace Waymark.Statistics.Tests;

public class DisclosureTests
{
    [Fact]
    public void A_small_count_takes_a_second_one_with_it()
    {
        var result = Disclosure.Protect(
            [new("girls", 3), new("boys", 27), new("all", 30)], [new("all", ["girls", "boys"])], floor: 5);
        result.Primary.ShouldBe(["girls"]);
        result.Secondary.ShouldBe(["boys"]);
        result.Unprotected.ShouldBeEmpty();
    }

    [Fact]
    public void Two_small_counts_that_protect_each_other_take_no_third()
    {
        var result = Disclosure.Protect(
            [new("a", 4), new("b", 5), new("c", 40), new("all", 49)], [new("all", ["a", "b", "c"])], floor: 5);
        result.Suppressed.ShouldBe(["a", "b"], ignoreOrder: true);
    }

    [Fact]
    public void Two_small_counts_whose_sum_gives_them_away_take_a_third()
    {
        // One and one make two: held-back counts are not zero, so both would be known.
        var result = Disclosure.Protect(
            [new("a", 1), new("b", 1), new("c", 40), new("d", 70), new("all", 112)], [new("all", ["a", "b", "c", "d"])], floor: 5);
        result.Secondary.ShouldBe(["c"]);
    }

    [Fact]
    public void Those_who_did_not_reach_it_are_protected_though_nobody_prints_them()
    {
        // 28 of 30 reached the standard: two did not.
        CountCell[] cells = [new("reached", 28), new("others", 2, Published: false), new("all", 30)];
        var result = Disclosure.Protect(cells, [new("all", ["reached", "others"])], floor: 5);
        result.Primary.ShouldBeEmpty();
        result.Secondary.ShouldBe(["reached"]);
    }

    [Fact]
    public void What_was_released_before_cannot_be_held_back_and_is_said_so()
    {
        CountCell[] cells = [new("girls", 3), new("boys", 27), new("all", 30)];
        CountRelation[] relations = [new("all", ["girls", "boys"])];
        Disclosure.Protect(cells, relations, 5, new HashSet<string> { "all" }).Secondary.ShouldBe(["boys"]);
        Disclosure.Protect(cells, relations, 5, new HashSet<string> { "boys" }).Secondary.ShouldBe(["all"]);
        Disclosure.Protect(cells, relations, 5, new HashSet<string> { "boys", "all" }).Unprotected.ShouldBe(["girls"]);
        Disclosure.Protect(cells, relations, 5, new HashSet<string> { "girls" }).Unprotected.ShouldBe(["girls"]);
    }

    [Fact]
    public void Zeros_stay_unless_they_tell_about_children_too()
    {
        CountCell[] cells = [new("passed", 0), new("failed", 30), new("all", 30)];
        CountRelation[] relations = [new("all", ["passed", "failed"])];
        Disclosure.Protect(cells, relations, 5).Suppressed.ShouldBeEmpty();
        Disclosure.Protect(cells, relations, 5, zerosAreSensitive: true).Suppressed.ShouldBe(["passed", "failed"], ignoreOrder: true);
    }

    [Fact]
    public void A_sum_that_does_not_add_up_is_refused() =>
        Should.Throw<ArgumentException>(() => Disclosure.Protect([new("a", 1), new("all", 3)], [new("all", ["a"])], 5)).Message.ShouldContain("'all'");

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_thousand_tables_withstand_an_independent_attacker(int quarter)
    {
        int sensitive = 0, narrow = 0, shown = 0, secondary = 0;
        for (var seed = quarter * 250; seed < quarter * 250 + 250; seed++)
        {
            var (cells, relations) = RandomTable(new Random(seed));
            const int floor = 3;
            var result = Disclosure.Protect(cells, relations, floor);
            result.Unprotected.ShouldBeEmpty($"table {seed}");
            var attacker = new Attacker(cells, relations, result.Suppressed);
            foreach (var cell in cells.Where(c => c.Count is >= 1 and <= floor))
            {
                sensitive++;
                if (!attacker.LeavesOpen(cell.Key, floor))
                    narrow++;
            }
            foreach (var key in result.Secondary)
                attacker.LeavesOpen(key, 1).ShouldBeTrue($"table {seed}: {key} is held back in vain");
            shown += cells.Count - result.Suppressed.Count;
            secondary += result.Secondary.Count;
        }
        narrow.ShouldBe(0);
        sensitive.ShouldBeGreaterThan(500);
        shown.ShouldBeGreaterThan(secondary); // holding everything back would be safe too
    }

    [Fact]
    public void The_attacker_finds_what_primary_suppression_alone_leaves_open()
    {
        var exposed = 0;
        for (var seed = 0; seed < 50; seed++)
        {
            var (cells, relations) = RandomTable(new Random(seed));
            var small = cells.Where(c => c.Count is >= 1 and <= 3).Select(c => c.Key).ToHashSet();
            var attacker = new Attacker(cells, relations, small);
            exposed += small.Count(k => !attacker.LeavesOpen(k, 3));
        }
        exposed.ShouldBeGreaterThan(50);
    }

    [SkippableTheory]
    [InlineData("z1.csv")]
    [InlineData("z2.csv")]
    public void The_benefit_tables_of_ssb_are_protected(string file)
    {
        // Regions by kind of benefit; in the second file regions also lie in counties and in groups of municipalities, which cut across each other.
        var cells = new Dictionary<string, long>();
        var parts = new Dictionary<string, HashSet<string>>();
        foreach (var row in SharedData.Rows("disclosure", file).Select(r => r.ToDictionary(c => c.Key.Trim('"'), c => c.Value)))
        {
            string region = "region " + row["region"], kind = row["hovedint"];
            string[] above = file == "z1.csv" ? ["all"] : ["county " + row["fylke"], "group " + row["kostragr"], "all"];
            foreach (var place in above.Prepend(region))
                foreach (var column in new[] { kind, "all kinds" })
                {
                    var key = $"{place}, {column}";
                    cells[key] = cells.GetValueOrDefault(key) + long.Parse(row["ant"], CultureInfo.InvariantCulture);
                    if (place != region)
                        (parts.TryGetValue(key, out var of) ? of : parts[key] = []).Add($"{region}, {column}");
                    if (column != kind)
                        (parts.TryGetValue(key + "@", out var of) ? of : parts[key + "@"] = []).Add($"{place}, {kind}");
                }
        }
        CountCell[] table = [.. cells.Select(c => new CountCell(c.Key, c.Value))];
        CountRelation[] sums = [.. parts.Select(r => new CountRelation(r.Key.TrimEnd('@'), [.. r.Value]))];

        var result = Disclosure.Protect(table, sums, floor: 3);
        result.Unprotected.ShouldBeEmpty();
        var attacker = new Attacker(table, sums, result.Suppressed);
        foreach (var cell in table.Where(c => c.Count is >= 1 and <= 3))
            attacker.LeavesOpen(cell.Key, 3).ShouldBeTrue(cell.Key);
    }

    [SkippableFact]
    public void The_example_of_tau_Argus_is_protected_with_fewer_cells()
    {
        // Turnover by activity and product in hundredths; its 283 unsafe cells are given, each protected by a tenth of its value.
        var published = File.ReadLines(SharedData.Path("disclosure", "test_1.txt")).Select(l => l.Replace("\"", "", StringComparison.Ordinal).Split(','))
            .ToDictionary(c => (Activity: c[0], Product: c[1]), c => (Value: (long)((c[2] == "-" ? 0 : decimal.Parse(c[2], CultureInfo.InvariantCulture)) * 100), Status: c[3]));
        var divisions = new Dictionary<string, List<string>> { ["Total"] = ["00"] };
        foreach (var code in File.ReadLines(SharedData.Path("disclosure", "TEST", "nace_divisions.hrc")).Select(l => l.Trim()).Where(l => l.Length > 0))
            if (code[0] == '@')
                divisions[divisions["Total"][^1]].Add(code[1..]);
            else
            {
                divisions["Total"].Add(code);
                divisions[code] = [];
            }
        string[] products = [.. published.Keys.Select(k => k.Product).Distinct().Where(p => p != "Total")];

        // The file rounds every cell; the sums are made again from the smallest cells.
        long Value(string activity, string product) => divisions.TryGetValue(activity, out var below) ? below.Sum(d => Value(d, product))
            : product == "Total" ? products.Sum(p => Value(activity, p)) : published[(activity, product)].Value;
        static string Key(string activity, string product) => activity + "/" + product;
        CountCell[] cells = [.. published.Select(c => (Cell: c, Value: Value(c.Key.Activity, c.Key.Product)))
            .Select(c => new CountCell(Key(c.Cell.Key.Activity, c.Cell.Key.Product), c.Value, Protection: c.Cell.Value.Status == "3" ? Math.Max(1, c.Value / 10) : null))];
        CountRelation[] relations = [
            .. published.Keys.Select(k => k.Activity).Distinct().Select(a => new CountRelation(Key(a, "Total"), [.. products.Select(p => Key(a, p))])),
            .. divisions.SelectMany(d => products.Append("Total").Select(p => new CountRelation(Key(d.Key, p), [.. d.Value.Select(b => Key(b, p))])))];

        var result = Disclosure.Protect(cells, relations, floor: 0);

        result.Primary.Count.ShouldBe(283);
        result.Unprotected.ShouldBeEmpty();
        result.Secondary.Count.ShouldBe(53); // tau-Argus itself: 133
        var attacker = new Attacker(cells, relations, result.Suppressed);
        foreach (var cell in cells.Where(c => c.Protection is not null))
            attacker.WidthBySums(cell.Key).ShouldBeGreaterThanOrEqualTo(cell.Protection!.Value, cell.Key);
    }

    private static (List<CountCell> Cells, List<CountRelation> Relations) RandomTable(Random random)
    {
        // Groups by schools; schools in one or two clusters (which may overlap), clusters in the authority: sums in both directions and at each level.
        int groups = random.Next(2, 5), schools = random.Next(2, 6);
        var counts = new Dictionary<string, long>();
        var relations = new List<CountRelation>();
        for (var s = 0; s < schools; s++)
            for (var g = 0; g < groups; g++)
                counts[$"s{s}g{g}"] = random.Next(4) == 0 ? 0 : random.Next(1, random.Next(2) == 0 ? 5 : 25);
        void Add(string place, string[] parts)
        {
            for (var g = 0; g < groups; g++)
            {
                counts[$"{place}g{g}"] = parts.Sum(p => counts[$"{p}g{g}"]);
                relations.Add(new($"{place}g{g}", [.. parts.Select(p => $"{p}g{g}")]));
            }
        }
        string[] all = [.. Enumerable.Range(0, schools).Select(s => $"s{s}")];
        List<string> places = [.. all];
        var cut = random.Next(1, schools);
        if (random.Next(2) == 0)
        {
            Add("c0", all[..cut]);
            Add("c1", all[cut..]);
            Add("LA", ["c0", "c1"]);
            places.AddRange(["c0", "c1"]);
        }
        else
            Add("LA", all);
        places.Add("LA");
        if (random.Next(3) == 0)
        {
            Add("pyramid", all[(cut - 1)..]); // overlaps with a cluster
            places.Add("pyramid");
        }
        foreach (var place in places)
        {
            counts[place + "all"] = Enumerable.Range(0, groups).Sum(g => counts[$"{place}g{g}"]);
            relations.Add(new(place + "all", [.. Enumerable.Range(0, groups).Select(g => $"{place}g{g}")]));
        }
        return ([.. counts.Select(c => new CountCell(c.Key, c.Value))], relations);
    }
}
