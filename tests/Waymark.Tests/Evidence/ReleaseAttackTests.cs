using System.Globalization;
using Waymark.Clusters;
using Waymark.Evidence;
using Waymark.Field;
using Waymark.Shared.Imports;
using Waymark.Statistics;
using Waymark.Statistics.Tests;
using Waymark.Tests.Outcomes.Imports;
using Waymark.Tests.Schools;
using Waymark.Tests.Shared;

namespace Waymark.Tests.Evidence;

/// <summary>
/// Somebody who has seen everything that any file ever showed (confirmed, waiting or taken back), knows how the groups add up and the authority's totals, and has
/// an exhaustive solver that shares nothing with the product.
/// </summary>
public sealed class ReleaseAttackTests
{
    private const string Rwm = "ks2.rwm.exp", Plans = "pupils.ehcp";

    /// <summary>The last group of the last two has no name in any file: who had free school meals once and has them no more.</summary>
    private static readonly (string Total, string[] Parts)[] Sums =
    [
        ("all", ["girls", "boys"]), ("all", ["disadvantaged", "other"]), ("all", ["fsm", "not-fsm"]), ("all", ["sen", "no-sen"]), ("all", ["sen-support", "ehcp", "no-sen"]),
        ("sen", ["sen-support", "ehcp"]), ("all", ["prior-low", "prior-middle", "prior-high"]), ("disadvantaged", ["fsm", "once"]), ("not-fsm", ["other", "once"]),
    ];

    private static readonly string[] Groups = [.. Sums.SelectMany(sum => sum.Parts.Prepend(sum.Total)).Distinct()];
    private static readonly string[] Named = [.. Groups.Where(group => group != "once")];

    private sealed record Child(bool Girl, int Meals, int Need, int Prior, bool Reached)
    {
        public bool IsIn(string group) => group switch
        {
            "girls" => Girl,
            "boys" => !Girl,
            "fsm" => Meals == 2,
            "not-fsm" => Meals < 2,
            "disadvantaged" => Meals > 0,
            "other" => Meals == 0,
            "once" => Meals == 1,
            "ehcp" => Need == 2,
            "sen-support" => Need == 1,
            "sen" => Need > 0,
            "no-sen" => Need == 0,
            "prior-low" => Prior == 0,
            "prior-middle" => Prior == 1,
            "prior-high" => Prior == 2,
            _ => true,
        };

        public static Child Random(Random random) => new(random.Next(2) == 0, random.Next(5) is var meals and < 3 ? meals : 0, random.Next(6) is var need and < 3 ? need : 0, random.Next(3), random.Next(10) < 7);
    }

    [Theory, Trait("attack", "E08")]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Nobody_works_out_one_to_five_children_from_all_that_was_ever_shown(int quarter)
    {
        int small = 0, hidden = 0, shown = 0;
        for (var seed = quarter * 12; seed < quarter * 12 + 12; seed++)
        {
            var random = new Random(seed);
            using var store = TestStore.On(Database.Sqlite);
            int[] urns = [.. Enumerable.Range(900_101, seed % 3 == 0 ? random.Next(10, 14) : random.Next(1, 4))];
            store.Load("edubasealldata20160905.csv", ResultFiles.Register(urns));
            var truth = urns.ToDictionary(urn => urn, _ => Enumerable.Range(0, random.Next(2, 38)).Select(_ => Child.Random(random)).ToArray());
            for (var file = random.Next(1, 6); file > 0; file--)
            {
                string[] groups = random.Next(4) switch
                {
                    0 => Named,
                    1 => ["all", .. Sums[random.Next(7)].Parts],
                    2 => [Named[random.Next(Named.Length)]],
                    _ => [.. Named.Where(_ => random.Next(2) == 0)],
                };
                var some = random.Next(3) == 0 ? urns.Where(_ => random.Next(2) == 0).ToArray() : urns;
                Release(store, random, $"file{file}.csv", Rows(truth, some, groups, Rwm, child => child.Reached));
            }

            var (cells, seen) = Attack(store, truth, Rwm, group => children => children.Count(child => child.IsIn(group)), row => row.Denominator);
            small += cells.Count;
            // What the few of a hidden group reached is no more to be found out than how many they are.
            var (results, _) = Attack(store, truth, Rwm, group => children => children.Count(child => child.IsIn(group) && child.Reached), row => (long?)row.Numerator,
                perhapsNobody: true, only: (children, group) => children.Count(child => child.IsIn(group)) is >= 1 and <= 5);
            hidden += results.Count;
            cells.Concat(results).Where(cell => !cell.IsOpen).Select(cell => $"seed {seed}: {cell.Key} is {cell.Count}").ShouldBeEmpty();
            shown += seen;
        }
        small.ShouldBeGreaterThan(200);
        hidden.ShouldBeGreaterThan(100);
        shown.ShouldBeGreaterThan(small / 2, "holding everything back would be safe too");
    }

    [Fact, Trait("attack", "E08")]
    public void Where_a_measure_counts_who_is_what_those_few_are_not_worked_out_either()
    {
        var (small, shown) = (0, 0);
        for (var seed = 100; seed < 125; seed++)
        {
            var random = new Random(seed);
            using var store = TestStore.On(Database.Sqlite);
            int[] urns = [.. Enumerable.Range(900_101, random.Next(1, 4))];
            var truth = urns.ToDictionary(urn => urn, _ => Enumerable.Range(0, random.Next(20, 120)).Select(_ => Child.Random(random)).ToArray());
            foreach (var groups in new string[][] { ["all"], ["girls", "boys"], ["all", "disadvantaged", "other"] }.OrderBy(_ => random.Next()))
                Release(store, random, "plans.csv", Rows(truth, urns, groups, Plans, child => child.Need == 2));

            var (those, seen) = Attack(store, truth, Plans, group => children => children.Count(child => child.IsIn(group) && child.Need == 2), row => (long?)row.Numerator, perhapsNobody: true);
            var (others, _) = Attack(store, truth, Plans, group => children => children.Count(child => child.IsIn(group) && child.Need != 2), row => row.Denominator - (long?)row.Numerator, perhapsNobody: true);
            those.Concat(others).Where(cell => !cell.IsOpen).Select(cell => $"seed {seed}: {cell.Key} is {cell.Count}").ShouldBeEmpty();
            (small, shown) = (small + those.Count, shown + seen);
        }
        small.ShouldBeGreaterThan(30);
        shown.ShouldBeGreaterThan(20);
    }

    [SkippableTheory, Databases, Trait("attack", "E08")]
    public void Two_files_that_wait_side_by_side_do_not_give_each_other_away(Database database)
    {
        using var store = TestStore.On(database);
        var all = store.Stage("all.csv", CubeTests.Local("900101,201516,ks2.rwm.exp,all,20,30,final"));
        var girls = store.Stage("girls.csv", CubeTests.Local("900101,201516,ks2.rwm.exp,girls,18,27,final"));
        store.Publish(girls);
        store.Publish(all);
        Shown(store).ShouldBe(["all 30"]);

        store.Desk().Withdraw(all.Import.Id).ShouldBeNull();
        store.Load("other.csv", CubeTests.Local("900101,201516,ks2.rwm.exp,other,18,26,final"));
        store.Desk().Publish(all.Import.Id).ShouldBeNull();
        Shown(store).ShouldBe(["all 30"], "what was taken back was seen, and can be used again");
    }

    [Fact, Trait("attack", "E08")]
    public void A_revised_file_does_not_give_away_what_the_first_held_back()
    {
        using var store = TestStore.On(Database.Sqlite);
        store.Load("july.csv", CubeTests.Local("900101,201516,ks2.rwm.exp,all,20,30,provisional", "900101,201516,ks2.rwm.exp,girls,3,5,provisional", "900101,201516,ks2.rwm.exp,boys,17,25,provisional"));
        Shown(store).ShouldBe(["all 30"]);
        // A sixth girl came; the boys are as they were.
        store.Load("october.csv", CubeTests.Local("900101,201516,ks2.rwm.exp,all,20,31,final", "900101,201516,ks2.rwm.exp,girls,3,6,final", "900101,201516,ks2.rwm.exp,boys,17,25,final"));
        Shown(store).ShouldBe(["all 31"]);
    }

    [Fact, Trait("attack", "E08")]
    public void Whoever_knows_the_authoritys_total_does_not_work_out_its_one_small_school()
    {
        using var store = TestStore.On(Database.Sqlite);
        int[] urns = [.. Enumerable.Range(900_101, 12)];
        store.Load("edubasealldata20160905.csv", ResultFiles.Register(urns));
        store.Load("local.csv", CubeTests.Local([.. urns.Select((urn, i) => $"{urn},201516,ks2.rwm.exp,all,{(i == 4 ? 2 : 20)},{(i == 4 ? 3 : 30 + i)},final")]));
        Shown(store).Count.ShouldBe(10, "of twelve schools one is too small, and the next smallest keeps it from being the difference");
    }

    [Fact, Trait("attack", "E08")]
    public void A_clusters_sum_less_its_shown_schools_is_nobody()
    {
        using var store = TestStore.WithExample(Database.Sqlite);
        using var db = store.Open();
        Measure[] measures = [.. Catalogue.Measures.Where(measure => measure.Kind == MeasureKind.Proportion && measure.Stage is "Early years" or "Phonics" or "Key stage 1")];
        var (sums, heldBack) = (0, 0);
        foreach (var cluster in db.Clusters.ToList())
            foreach (var year in new Cube(db).Years(measures, [.. MembersOf(db, cluster, 201516)]))
                foreach (var cell in new Cube(db).Read(measures, [year], [.. MembersOf(db, cluster, year.Code)]).Where(figure => figure.Status < FigureStatus.Published).GroupBy(figure => (figure.Measure, figure.Group)))
                {
                    var sum = Figure.Sum(cell.Key.Measure, year, cluster.Place, cell.Key.Group, [.. cell], cell.Count());
                    if (sum.Value is null) continue;
                    sums++;
                    heldBack += sum.PartsNotShown;
                    cell.Where(figure => figure.Value is not null).Sum(figure => figure.Denominator!.Value).ShouldBe(sum.Denominator!.Value);
                    cell.Where(figure => figure.Value is not null).Sum(figure => figure.Numerator!.Value).ShouldBe(sum.Numerator!.Value);
                    cell.Where(figure => figure.Value is not null).ShouldAllBe(figure => figure.Denominator > 5);
                }
        sums.ShouldBeGreaterThan(100);
        heldBack.ShouldBeGreaterThan(100);

        static IEnumerable<PlaceKey> MembersOf(Waymark.Data.WaymarkDb db, Cluster cluster, int year) => db.FullMembersFor(cluster, AcademicYear.FromCode(year)).Select(PlaceKey.School);
    }

    /// <summary>Confirmed, left waiting, or taken back: whatever becomes of a file, somebody has seen it.</summary>
    private static void Release(TestStore store, Random random, string name, string[] rows)
    {
        if (rows.Length == 0) return;
        var outcome = store.Stage(name, CubeTests.Local(rows));
        if (outcome.AlreadyHere || random.Next(4) == 0) return;
        if (store.Desk().Publish(outcome.Import.Id) is null && random.Next(3) == 0) store.Desk().Withdraw(outcome.Import.Id).ShouldBeNull();
    }

    private static string[] Rows(Dictionary<int, Child[]> truth, int[] urns, string[] groups, string measure, Predicate<Child> counts) =>
    [
        .. urns.SelectMany(urn => groups.Distinct().Select(group => (urn, group, Children: truth[urn].Where(child => child.IsIn(group)).ToList())).Where(cell => cell.Children.Count > 0))
            .Select(cell => string.Create(CultureInfo.InvariantCulture, $"{cell.urn},201516,{measure},{cell.group},{cell.Children.Count(child => counts(child))},{cell.Children.Count},final")),
    ];

    private sealed record Target(string Key, long Count, bool IsOpen);

    /// <summary>All counts of one to five, each with whether the attacker is left in doubt; and how many counts were shown.</summary>
    private static (List<Target> Small, int Shown) Attack(
        TestStore store, Dictionary<int, Child[]> truth, string measure, Func<string, Func<Child[], int>> count, Func<FigureRow, long?> read, bool perhapsNobody = false, Func<Child[], string, bool>? only = null)
    {
        using var db = store.Open();
        var number = Catalogue.Measure(measure).Number;
        var rows = db.Figures.Where(figure => figure.Measure == number).AsEnumerable().ToList();
        string Key(FigureRow row) => $"{row.Place.Number} {Catalogue.Group(row.PupilGroup).Code}";
        var seen = rows.Where(row => read(row) is not null).Select(Key).ToHashSet();
        var told = rows.Select(Key).ToHashSet();
        List<CountCell> cells = [.. truth.SelectMany(school => Groups.Select(group => new CountCell($"{school.Key} {group}", count(group)(school.Value))))];
        List<CountRelation> relations = [.. truth.Keys.SelectMany(urn => Sums.Select(sum => new CountRelation($"{urn} {sum.Total}", [.. sum.Parts.Select(part => $"{urn} {part}")])))];
        foreach (var group in Named)
        {
            var keys = truth.Keys.Select(urn => $"{urn} {group}").ToList();
            // The authority's total helps only where no school is missing.
            if (keys.Count(told.Contains) < 10 || cells.Where(cell => keys.Contains(cell.Key)).Any(cell => cell.Count > 0 && !told.Contains(cell.Key))) continue;
            cells.Add(new CountCell(group, cells.Where(cell => keys.Contains(cell.Key)).Sum(cell => cell.Count)));
            relations.Add(new CountRelation(group, keys));
            seen.Add(group);
        }
        var unknown = cells.Select(cell => cell.Key).Where(key => !seen.Contains(key)).ToHashSet();
        var attacker = new Attacker(cells, relations, unknown, perhapsNobody ? unknown : unknown.Where(key => !told.Contains(key)).ToHashSet());
        return (
            [
                .. cells.Where(cell => cell.Key.Contains(' ', StringComparison.Ordinal) && cell.Count is >= 1 and <= 5)
                    .Where(cell => only is null || only(truth[int.Parse(cell.Key.Split(' ')[0], CultureInfo.InvariantCulture)], cell.Key.Split(' ')[1]))
                    .Select(cell => new Target(cell.Key, cell.Count, attacker.LeavesOpen(cell.Key, 1))),
            ], seen.Count);
    }

    private static List<string> Shown(TestStore store)
    {
        using var db = store.Open();
        return [.. new Cube(db).ReadEverywhere(Catalogue.Measure(Rwm), AcademicYear.FromCode(201516)).Where(figure => figure.Denominator is not null).Select(figure => $"{figure.Group.Code} {figure.Denominator}")];
    }
}
