using Waymark.Field;
using Waymark.Listening;

namespace Waymark.Tests.Listening;

public sealed class MixTests
{
    private static readonly PlaceKey Cluster = PlaceKey.Cluster(1), Small = PlaceKey.Of(PlaceKind.School, 900101), Tiny = PlaceKey.Of(PlaceKind.School, 900102), Large = PlaceKey.Of(PlaceKind.School, 900103);
    private static readonly PlaceTree Tree = new(new Dictionary<PlaceKey, PlaceKey> { [Small] = Cluster, [Tiny] = Cluster });

    private static List<Placed<int>> Waiting(params (PlaceKey Place, int Sheets)[] places) => [.. places.SelectMany((of, p) => Enumerable.Range(0, of.Sheets).Select(i => new Placed<int>(of.Place, p * 1_000 + i)))];

    private static IReadOnlyList<Placed<int>> Choose(IEnumerable<Placed<int>> waiting, bool isClosing) => Mix.Choose(waiting, Tree.ParentOf, isClosing, new Random(7).Next);

    [Theory, InlineData(19, 0), InlineData(20, 10), InlineData(57, 47)]
    public void Ten_or_more_move_on_and_ten_stay_behind(int waiting, int moving) => Choose(Waiting((Large, waiting)), isClosing: false).Count.ShouldBe(moving);

    [Fact]
    public void Sheets_of_one_place_do_not_hide_among_those_of_another() => Choose(Waiting((Large, 15), (Small, 15)), isClosing: false).ShouldBeEmpty();

    [Fact]
    public void At_closing_the_few_of_a_place_are_counted_for_the_next_larger_one()
    {
        var moving = Choose(Waiting((Large, 12), (Small, 8), (Tiny, 3)), isClosing: true);
        moving.Count.ShouldBe(23);
        moving.GroupBy(sheet => sheet.Place).ToDictionary(of => of.Key, of => of.Count()).ShouldBe(new Dictionary<PlaceKey, int> { [Large] = 12, [Cluster] = 11 }, ignoreOrder: true);
    }

    [Fact]
    public void The_last_few_of_all_are_given_company()
    {
        var moving = Choose(Waiting((Large, 12), (Small, 4)), isClosing: true);
        moving.ShouldAllBe(sheet => sheet.Place == PlaceKey.Partnership);
    }

    [Fact]
    public void Whatever_the_places_nobody_moves_on_among_fewer_than_ten()
    {
        var chance = new Random(2016);
        for (var round = 0; round < 2_000; round++)
        {
            var schools = Enumerable.Range(0, chance.Next(1, 9)).Select(i => PlaceKey.Of(PlaceKind.School, 900101 + i)).ToList();
            var clusters = schools.ToDictionary(school => school, _ => PlaceKey.Cluster(chance.Next(1, 4)));
            clusters.Remove(schools[0]);
            if (chance.Next(2) == 0) clusters[PlaceKey.Cluster(1)] = PlaceKey.Cluster(9);
            var tree = new PlaceTree(clusters);
            var waiting = schools.SelectMany(school => Enumerable.Range(0, chance.Next(0, 26)).Select(i => new Placed<(PlaceKey, int)>(school, (school, i)))).ToList();
            foreach (var isClosing in new[] { false, true })
            {
                var moving = Mix.Choose(waiting, tree.ParentOf, isClosing, chance.Next);
                if (isClosing) moving.Select(sheet => sheet.Sheet).Order().ShouldBe(waiting.Select(sheet => sheet.Sheet).Order());
                foreach (var place in moving.GroupBy(sheet => sheet.Place))
                    place.Count().ShouldBeGreaterThanOrEqualTo(Math.Min(Mix.Least, waiting.Count), place.Key.ToString());
                moving.ShouldAllBe(sheet => tree.Upwards(sheet.Sheet.Item1).Contains(sheet.Place));
                if (!isClosing)
                {
                    foreach (var left in waiting.Select(sheet => sheet.Sheet).Except(moving.Select(sheet => sheet.Sheet)).GroupBy(sheet => sheet.Item1).Where(left => moving.Any(sheet => sheet.Place == left.Key)))
                        left.Count().ShouldBeGreaterThanOrEqualTo(Mix.Least);
                }
            }
        }
    }

    [Fact]
    public void The_order_in_which_sheets_came_is_lost()
    {
        var chance = new Random(1);
        var places = Enumerable.Range(0, 400).Select(_ => Mix.Choose(Waiting((Large, 20)), Tree.ParentOf, isClosing: true, chance.Next).ToList().FindIndex(sheet => sheet.Sheet == 0)).ToList();
        places.Distinct().Count().ShouldBe(20);
        places.Count(place => place == 0).ShouldBeLessThan(45);
    }
}
