using Waymark.Field;
using Waymark.Listening;

namespace Waymark.Tests.Listening;

/// <summary>
/// A solver that knows every result that is shown, whose members are in which place, and linear algebra; it shares nothing with the product. Whatever it asks, it never gets
/// the answers of one to nine people.
/// </summary>
public sealed class ProtectionAttackTests
{
    private const int Floor = 10;
    private const long Prime = 2_147_483_647;

    [Fact, Trait("attack", "C06")]
    public void A_solver_finds_nothing_in_a_thousand_random_series_of_queries()
    {
        var chance = new Random(20161114);
        var (shownInAll, hiddenInAll) = (0, 0);
        for (var round = 0; round < 1_000; round++)
        {
            var (tree, answers) = RandomPlaces(chance);
            // A series of queries: several questions of one survey, whose blanks differ, each asked of places in any order.
            for (var question = 0; question < 3; question++)
            {
                var asked = answers.ToDictionary(of => of.Key, of => Enumerable.Range(0, (int)of.Value).LongCount(_ => chance.Next(100) < 90));
                var shown = Protection.Shown(asked, tree, Floor);
                var queried = asked.Keys.SelectMany(tree.Upwards).Distinct().OrderBy(_ => chance.Next()).Take(chance.Next(2, 30)).Where(shown.Contains).ToList();
                (shownInAll, hiddenInAll) = (shownInAll + queried.Count, hiddenInAll + asked.Keys.SelectMany(tree.Upwards).Distinct().Count() - shown.Count);
                Solve(asked, tree, queried).ShouldBeNull($"round {round}");
            }
        }
        // It is no protection to show nothing.
        shownInAll.ShouldBeGreaterThan(3_000);
        hiddenInAll.ShouldBeGreaterThan(3_000);
    }

    [Fact]
    public void The_solver_finds_what_is_not_protected()
    {
        var (a, b, cluster) = (PlaceKey.Of(PlaceKind.School, 900101), PlaceKey.Of(PlaceKind.School, 900102), PlaceKey.Cluster(1));
        var tree = new PlaceTree(new Dictionary<PlaceKey, PlaceKey> { [a] = cluster, [b] = cluster });
        var answers = new Dictionary<PlaceKey, long> { [a] = 12, [b] = 3 };
        Solve(answers, tree, [cluster, a]).ShouldNotBeNull("a cluster of fifteen less its school of twelve leaves three");
        Protection.Shown(answers, tree, Floor).ShouldBe([cluster, PlaceKey.Partnership], ignoreOrder: true);
    }

    [Fact]
    public void Places_with_enough_answers_are_shown_with_all_around_them()
    {
        var (a, b, cluster) = (PlaceKey.Of(PlaceKind.School, 900101), PlaceKey.Of(PlaceKind.School, 900102), PlaceKey.Cluster(1));
        var tree = new PlaceTree(new Dictionary<PlaceKey, PlaceKey> { [a] = cluster, [b] = cluster });
        Protection.Shown(new Dictionary<PlaceKey, long> { [a] = 12, [b] = 10 }, tree, Floor).ShouldBe([a, b, cluster, PlaceKey.Partnership], ignoreOrder: true);
    }

    private static (PlaceTree Tree, Dictionary<PlaceKey, long> Answers) RandomPlaces(Random chance)
    {
        var parents = new Dictionary<PlaceKey, PlaceKey>();
        var answers = new Dictionary<PlaceKey, long>();
        for (var i = 0; i < chance.Next(3, 9); i++)
        {
            var school = PlaceKey.Of(PlaceKind.School, 900101 + i);
            if (chance.Next(8) > 0) parents[school] = PlaceKey.Cluster(chance.Next(1, 4));
            answers[school] = chance.Next(3) == 0 ? chance.Next(0, 10) : chance.Next(5, 40);
        }
        if (chance.Next(2) == 0) (parents[PlaceKey.Cluster(1)], parents[PlaceKey.Cluster(2)]) = (PlaceKey.Cluster(9), PlaceKey.Cluster(9));
        // Answers that were counted for a larger place from the start.
        if (chance.Next(3) == 0) answers[PlaceKey.Cluster(1)] = chance.Next(0, 20);
        if (chance.Next(3) == 0) answers[PlaceKey.Partnership] = chance.Next(0, 20);
        return (new PlaceTree(parents), answers);
    }

    /// <summary>A group of places with one to nine answers whose own answers follow from what is shown; null where there is none.</summary>
    private static string? Solve(Dictionary<PlaceKey, long> answers, PlaceTree tree, IReadOnlyList<PlaceKey> shown)
    {
        // Each place that answers carry is an unknown distribution; each shown place is the sum of some of them.
        var atoms = answers.Keys.Order().ToList();
        var rows = Reduce([.. shown.Select(place => atoms.Select(atom => tree.Upwards(atom).Contains(place) ? 1L : 0).ToArray())]);
        for (var group = 1; group < 1 << atoms.Count; group++)
        {
            var people = atoms.Where((_, i) => (group >> i & 1) == 1).Sum(atom => answers[atom]);
            if (people is 0 or >= Floor) continue;
            // Places without an answer change nothing, so they may be in or out.
            var wanted = atoms.Select((atom, i) => (group >> i & 1) == 1 ? 1L : 0).ToArray();
            if (Follows([.. wanted], rows)) return string.Join(", ", atoms.Where((_, i) => (group >> i & 1) == 1).Select(atom => $"{atom.Kind} {atom.Number}"));
        }
        return null;
    }

    private static List<(int Pivot, long[] Row)> Reduce(List<long[]> rows)
    {
        var reduced = new List<(int, long[])>();
        foreach (var row in rows)
        {
            Subtract(row, reduced);
            var pivot = Array.FindIndex(row, value => value != 0);
            if (pivot < 0) continue;
            var inverse = Power(row[pivot], Prime - 2);
            for (var i = 0; i < row.Length; i++) row[i] = row[i] * inverse % Prime;
            reduced.Add((pivot, row));
        }
        return reduced;
    }

    private static bool Follows(long[] wanted, List<(int Pivot, long[] Row)> rows)
    {
        Subtract(wanted, rows);
        return wanted.All(value => value == 0);
    }

    private static void Subtract(long[] from, List<(int Pivot, long[] Row)> rows)
    {
        foreach (var (pivot, row) in rows)
        {
            var factor = from[pivot];
            if (factor == 0) continue;
            for (var i = 0; i < from.Length; i++) from[i] = (from[i] + (Prime - factor) * row[i]) % Prime;
        }
    }

    private static long Power(long value, long exponent)
    {
        var result = 1L;
        for (; exponent > 0; exponent >>= 1, value = value * value % Prime)
            if ((exponent & 1) == 1) result = result * value % Prime;
        return result;
    }
}
