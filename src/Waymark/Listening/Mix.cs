using Waymark.Field;

namespace Waymark.Listening;

/// <summary>A sheet that waits, or that moves on, with the place it is counted for.</summary>
public readonly record struct Placed<T>(PlaceKey Place, T Sheet);

/// <summary>
/// Which of the waiting sheets move on together. Whoever watches the store knows at most who is among them; so there are always ten or more of one place, and ten
/// or more of it stay behind for the next time. At the end the few of a small place are counted for the next larger one instead.
/// </summary>
public static class Mix
{
    public const int Least = 10;

    /// <param name="parentOf">The next larger place; null for the whole partnership.</param>
    /// <param name="isClosing">The last time: nothing stays behind.</param>
    /// <param name="below">Chance: a whole number from 0 up to, but not including, its argument.</param>
    public static IReadOnlyList<Placed<T>> Choose<T>(IEnumerable<Placed<T>> waiting, Func<PlaceKey, PlaceKey?> parentOf, bool isClosing, Func<int, int> below)
    {
        var places = waiting.GroupBy(one => one.Place).ToDictionary(of => of.Key, of => of.Select(one => one.Sheet).ToList());
        var moving = new List<Placed<T>>();
        if (!isClosing)
        {
            foreach (var (place, sheets) in places.OrderBy(of => of.Key))
            {
                if (sheets.Count < 2 * Least) continue;
                Shuffle(sheets, below);
                moving.AddRange(sheets.Skip(Least).Select(sheet => new Placed<T>(place, sheet)));
            }
        }
        else
        {
            Raise(places, parentOf);
            moving.AddRange(places.SelectMany(of => of.Value.Select(sheet => new Placed<T>(of.Key, sheet))));
        }
        Shuffle(moving, below);
        return moving;
    }

    private static void Raise<T>(Dictionary<PlaceKey, List<T>> places, Func<PlaceKey, PlaceKey?> parentOf)
    {
        while (places.Where(of => of.Value.Count < Least && parentOf(of.Key) is not null).OrderByDescending(of => Depth(of.Key)).ThenBy(of => of.Key).Select(of => (PlaceKey?)of.Key).FirstOrDefault() is { } small)
            MoveTo(parentOf(small)!.Value, small);
        // A few are left over for the whole: another place's sheets keep them company.
        while (places.FirstOrDefault(of => of.Value.Count < Least) is { Value: not null } few && places.Count > 1)
            MoveTo(few.Key, places.Where(of => of.Key != few.Key).OrderBy(of => of.Value.Count).ThenBy(of => of.Key).First().Key);

        void MoveTo(PlaceKey to, PlaceKey from)
        {
            if (!places.TryGetValue(to, out var there)) places[to] = there = [];
            there.AddRange(places[from]);
            places.Remove(from);
        }

        int Depth(PlaceKey place) => parentOf(place) is { } parent ? 1 + Depth(parent) : 0;
    }

    private static void Shuffle<T>(List<T> list, Func<int, int> below)
    {
        for (var i = list.Count - 1; i > 0; i--)
        {
            var j = below(i + 1);
            (list[i], list[j]) = (list[j], list[i]);
        }
    }
}
