using Waymark.Field;

namespace Waymark.Listening;

/// <summary>
/// Which places may show the answers to one question. Of a place with too few answers nothing is shown; and where what is shown of larger and smaller places would, by taking
/// one from the other, leave the answers of too few, the smallest of them is held back as well. Places lie in one another and never across, so that the remainders are all that can be worked out.
/// </summary>
public static class Protection
{
    /// <param name="answers">How many answered the question, by the place that their answers carry.</param>
    /// <param name="floor">The fewest answers that are shown.</param>
    public static IReadOnlySet<PlaceKey> Shown(IReadOnlyDictionary<PlaceKey, long> answers, PlaceTree tree, int floor)
    {
        var totals = new Dictionary<PlaceKey, long>();
        foreach (var (place, count) in answers)
            foreach (var around in tree.Upwards(place)) totals[around] = totals.GetValueOrDefault(around) + count;
        var shown = totals.Where(of => of.Value >= floor).Select(of => of.Key).ToHashSet();
        foreach (var place in shown.OrderByDescending(Depth).ThenBy(place => place).ToList())
        {
            while (Remainder(place) is > 0 and var rest && rest < floor)
                shown.Remove(Largest(place).OrderBy(inside => totals[inside]).ThenBy(inside => inside).First());
        }
        return shown;

        // The largest shown places that lie within a place.
        IEnumerable<PlaceKey> Largest(PlaceKey place) => shown.Where(inside => tree.Upwards(inside).Skip(1).Where(shown.Contains).Select(around => (PlaceKey?)around).FirstOrDefault() == place).ToList();

        long Remainder(PlaceKey place) => totals[place] - Largest(place).Sum(inside => totals[inside]);

        int Depth(PlaceKey place) => tree.Upwards(place).Count();
    }
}
