using System.Globalization;
using Waymark.Evidence;
using Waymark.Field;
using Waymark.Tests.Schools;
using Waymark.Tests.Shared;

namespace Waymark.Tests.Evidence;

public sealed class ReleaseTests
{
    private static readonly (string Total, string[] Parts)[] Sums =
    [
        ("all", ["girls", "boys"]), ("all", ["disadvantaged", "other"]), ("all", ["prior-low", "prior-middle", "prior-high"]),
        ("all", ["sen", "no-sen"]), ("all", ["sen-support", "ehcp", "no-sen"]), ("sen", ["sen-support", "ehcp"]), ("all", ["autumn-born", "spring-born", "summer-born"]),
    ];

    [SkippableTheory, Databases]
    public void Five_children_are_held_back_and_with_them_those_who_give_them_away(Database database)
    {
        using var store = TestStore.On(database);
        var kept = Load(store, "all 30", "girls 25", "boys 5", "disadvantaged 6", "other 24");
        kept.ShouldBe(["all 30", "girls c", "boys c", "disadvantaged 6", "other 24"]);
    }

    [Fact]
    public void A_rest_that_the_file_does_not_name_is_not_given_away()
    {
        using var store = TestStore.On(Database.Sqlite);
        Load(store, "all 30", "girls 26").ShouldBe(["all 30", "girls c"]);
        Load(store, "all 30", "girls 24").ShouldBe(["all 30", "girls 24"]);
    }

    [Fact]
    public void Of_a_very_small_school_nothing_is_shown()
    {
        using var store = TestStore.On(Database.Sqlite);
        Load(store, "all 5", "boys 5").ShouldBe(["all c", "boys c"]);
    }

    [Fact]
    public void Of_three_groups_two_are_held_back()
    {
        using var store = TestStore.On(Database.Sqlite);
        Load(store, "all 30", "prior-low 3", "prior-middle 15", "prior-high 12").ShouldBe(["all 30", "prior-low c", "prior-middle 15", "prior-high c"]);
        Load(store, "all 30", "sen-support 8", "ehcp 2", "sen 10", "no-sen 20").ShouldBe(["all 30", "sen-support c", "ehcp c", "no-sen 20", "sen 10"]);
    }

    [SkippableTheory, Databases]
    public void A_second_file_does_not_give_away_what_the_first_held_back(Database database)
    {
        using var store = TestStore.On(database);
        store.Load("all.csv", CubeTests.Local("109501,201516,ks2.rwm.exp,all,10,30,final"));
        store.Load("girls.csv", CubeTests.Local("109501,201516,ks2.rwm.exp,girls,9,27,final"));
        Shown(store, 109501).ShouldBe(["all 30", "girls c"]);

        store.Load("parts.csv", CubeTests.Local("109502,201516,ks2.rwm.exp,girls,9,20,final", "109502,201516,ks2.rwm.exp,boys,2,5,final"));
        Shown(store, 109502).ShouldBe(["girls 20", "boys c"]);
        store.Load("total.csv", CubeTests.Local("109502,201516,ks2.rwm.exp,all,11,25,final"));
        Shown(store, 109502).ShouldBe(["all c", "girls 20", "boys c"]);
    }

    [Fact]
    public void A_file_says_how_many_figures_are_held_back()
    {
        using var store = TestStore.On(Database.Sqlite);
        store.Load("local.csv", CubeTests.Local("109501,201516,ks2.rwm.exp,girls,2,4,final")).Notes.ShouldContain(note => note.Sentence.StartsWith("1 figure is held back", StringComparison.Ordinal));
    }

    [Fact]
    public void Whoever_adds_and_subtracts_all_that_is_shown_finds_no_number_that_is_held_back()
    {
        var random = new Random(20161020);
        using var store = TestStore.On(Database.Sqlite);
        var rows = new List<string>();
        for (var urn = 110_000; urn < 110_400; urn++)
            foreach (var (group, children) in School(random).Where(group => group.Children > 0))
                rows.Add(string.Create(CultureInfo.InvariantCulture, $"{urn},201516,ks2.rwm.exp,{group},{children / 2},{children},final"));
        store.Load("local.csv", CubeTests.Local([.. rows]));

        var (hidden, shown) = (0, 0);
        for (var urn = 110_000; urn < 110_400; urn++)
        {
            var cells = Read(store, urn).ToDictionary(figure => figure.Group.Code);
            shown += cells.Values.Count(figure => figure.Value is not null);
            foreach (var figure in cells.Values) (figure.Value is null).ShouldBe(figure.Symbol == Symbol.Confidential && figure.Denominator is null && figure.Numerator is null);
            var known = cells.Where(cell => cell.Value.Denominator is not null).ToDictionary(cell => cell.Key, cell => cell.Value.Denominator!.Value);
            hidden += cells.Count - known.Count;
            known.Values.ShouldAllBe(children => children > 5);
            // Who is not named is nobody.
            foreach (var group in Sums.SelectMany(sum => sum.Parts).Where(group => !cells.ContainsKey(group))) known[group] = 0;
            var guessed = Solve(known);
            cells.Keys.Where(code => !known.ContainsKey(code) && guessed.ContainsKey(code)).ShouldBeEmpty($"school {urn}: {string.Join(", ", cells.Values.Select(figure => $"{figure.Group.Code} {figure.Denominator}"))}");
        }
        hidden.ShouldBeGreaterThan(1000);
        shown.ShouldBeGreaterThan(1000, "holding everything back would be easy");
    }

    /// <summary>Adds and subtracts until nothing new comes out.</summary>
    private static Dictionary<string, long> Solve(Dictionary<string, long> shown)
    {
        var known = new Dictionary<string, long>(shown);
        for (var before = -1; before != known.Count;)
        {
            before = known.Count;
            foreach (var (total, parts) in Sums)
            {
                string[] all = [total, .. parts];
                var unknown = all.Where(group => !known.ContainsKey(group)).ToList();
                if (unknown.Count != 1) continue;
                known[unknown[0]] = unknown[0] == total ? parts.Sum(part => known[part]) : known[total] - parts.Where(part => part != unknown[0]).Sum(part => known[part]);
            }
        }
        return known;
    }

    private static IEnumerable<(string Group, int Children)> School(Random random)
    {
        var all = random.Next(4, 45);
        int Part(int of) => random.Next(0, of + 1);
        var (girls, poor, sen) = (Part(all), Part(all), Part(all));
        var (ehcp, low, autumn) = (Part(sen), Part(all), Part(all));
        var (middle, spring) = (Part(all - low), Part(all - autumn));
        return
        [
            ("all", all), ("girls", girls), ("boys", all - girls), ("disadvantaged", poor), ("other", all - poor), ("sen", sen), ("no-sen", all - sen), ("ehcp", ehcp), ("sen-support", sen - ehcp),
            ("prior-low", low), ("prior-middle", middle), ("prior-high", all - low - middle), ("autumn-born", autumn), ("spring-born", spring), ("summer-born", all - autumn - spring),
        ];
    }

    private static int files;

    private static List<string> Load(TestStore store, params string[] groups)
    {
        var urn = 109_600 + Interlocked.Increment(ref files);
        store.Load($"local_{urn}.csv", CubeTests.Local([.. groups.Select(group => group.Split(' ')).Select(words => $"{urn},201516,ks2.rwm.exp,{words[0]},0,{words[1]},final")]));
        return Shown(store, urn);
    }

    private static List<string> Shown(TestStore store, int urn) =>
        [.. Read(store, urn).OrderBy(figure => figure.Group.Number).Select(figure => $"{figure.Group.Code} {figure.Denominator?.ToString(CultureInfo.InvariantCulture) ?? figure.Symbol.Code()}")];

    private static IReadOnlyList<Figure> Read(TestStore store, int urn)
    {
        using var db = store.Open();
        return new Cube(db).Read([Catalogue.Measure("ks2.rwm.exp")], [AcademicYear.FromCode(201516)], [PlaceKey.School(new(urn))]);
    }
}
