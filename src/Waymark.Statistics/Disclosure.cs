namespace Waymark.Statistics;

/// <summary>One count of a table that is to be released.</summary>
/// <param name="Key">Names the cell; unique among the cells handed in.</param>
/// <param name="Count">Not negative.</param>
/// <param name="Published">
/// False for a count which nobody prints but everybody could subtract, as those of a base who are not in the numerator. It is protected when small.
/// </param>
/// <param name="Protection">
/// Makes the cell sensitive whatever its count, with this width of protection; null lets the floor decide.
/// </param>
public sealed record CountCell(string Key, long Count, bool Published = true, long? Protection = null);

/// <summary>A sum that everybody knows: the total is the sum of its parts. A cell may stand in any number of sums.</summary>
public sealed record CountRelation(string Total, IReadOnlyList<string> Parts);

/// <param name="Primary">Published cells held back because they are small.</param>
/// <param name="Secondary">Published cells held back so that the small ones cannot be worked out.</param>
/// <param name="Unprotected">
/// Small cells, printed or not, that somebody can work out more closely than wanted, whatever is held back now: because of what was released before,
/// or because no table but this one fits. A release with one of them must not go out.
/// </param>
public sealed record DisclosureResult(IReadOnlyList<string> Primary, IReadOnlyList<string> Secondary, IReadOnlyList<string> Unprotected)
{
    /// <summary>Every cell of the release that stays back.</summary>
    public IReadOnlySet<string> Suppressed { get; } = Primary.Concat(Secondary).ToHashSet();
}

/// <summary>
/// Cell suppression: small counts are held back, and as many others as it takes that nobody can work them out by adding and subtracting.
/// The imagined attacker knows all released counts, all sums, that counts are whole and not negative, and that a held-back
/// count is not zero (where zeros are shown). For each sensitive cell the result rests on one or two other tables
/// which fit everything released and differ there by the width asked for, so its protection is exact, not estimated.
/// Sources: A. Hundepool et al., "Statistical disclosure control" (2012), chapter 4; M. Fischetti and J. J. Salazar,
/// "Solving the cell suppression problem on tabular data with linear constraints", Management Science 47 (2001) 1008-1027.
/// </summary>
public static class Disclosure
{
    /// <summary>Says which cells to hold back.</summary>
    /// <param name="floor">Counts from 1 to the floor are sensitive.</param>
    /// <param name="alreadyReleased">Keys of cells which are known outside: they cannot be held back any more.</param>
    /// <param name="width">How far apart the smallest and largest possible value of a sensitive cell are at least; the floor unless said.</param>
    /// <param name="zerosAreSensitive">Whether a count of zero tells about children too, as "none of them passed". Otherwise zeros are always shown.</param>
    /// <exception cref="ArgumentException">A key that is twice or unknown, a negative count, a sum that does not add up.</exception>
    public static DisclosureResult Protect(
        IReadOnlyList<CountCell> cells,
        IReadOnlyList<CountRelation> relations,
        long floor,
        IReadOnlySet<string>? alreadyReleased = null,
        long? width = null,
        bool zerosAreSensitive = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(floor);
        if (width is { } asked)
            ArgumentOutOfRangeException.ThrowIfLessThan(asked, 1, nameof(width));
        var table = new CountTable(cells, relations, zerosAreSensitive);
        var released = cells.Select(c => c.Published && alreadyReleased?.Contains(c.Key) == true).ToArray();
        var sensitive = Enumerable.Range(0, cells.Count)
            .Where(i => cells[i].Protection is not null || (cells[i].Count <= floor && (cells[i].Count > 0 || zerosAreSensitive)))
            .ToArray();
        long Width(int cell) => cells[cell].Protection ?? width ?? Math.Max(1, floor);

        var hidden = cells.Select(c => !c.Published).ToArray();
        foreach (var cell in sensitive.Where(i => !released[i]))
            hidden[cell] = true;
        var moves = new Dictionary<int, Dictionary<int, long>[]>();
        var unprotected = new List<int>();
        foreach (var cell in sensitive)
        {
            // First with what is hidden anyway; only then by holding back more.
            var found = released[cell] ? null
                : table.Vary(cell, Width(cell), i => hidden[i], _ => 0)
                ?? table.Vary(cell, Width(cell), i => hidden[i] || (!released[i] && (cells[i].Count > 0 || zerosAreSensitive)), i => hidden[i] ? 0 : Loss(cells[i]));
            if (found is null)
                unprotected.Add(cell);
            else
                foreach (var other in (moves[cell] = found).SelectMany(m => m.Keys))
                    hidden[other] = true;
        }

        // What turned out superfluous is shown after all, the largest loss first.
        var secondary = Enumerable.Range(0, cells.Count).Where(i => hidden[i] && cells[i].Published).Except(sensitive).OrderByDescending(i => cells[i].Count).ToList();
        foreach (var cell in secondary.ToList())
        {
            hidden[cell] = false;
            var instead = new Dictionary<int, Dictionary<int, long>[]>();
            var superfluous = moves.Where(m => m.Value.Any(v => v.ContainsKey(cell))).All(m =>
                table.Vary(m.Key, Width(m.Key), i => hidden[i], _ => 0) is { } found && instead.TryAdd(m.Key, found));
            hidden[cell] = !superfluous;
            if (!superfluous)
                continue;
            secondary.Remove(cell);
            foreach (var (key, found) in instead)
                moves[key] = found;
        }

        string[] Keys(IEnumerable<int> indices) => [.. indices.Order().Select(i => cells[i].Key)];
        return new(Keys(sensitive.Where(i => cells[i].Published && !released[i])), Keys(secondary), Keys(unprotected));
    }

    /// <summary>What is lost when a cell is held back: mostly that it is one cell more, and a little that it is a large one.</summary>
    private static double Loss(CountCell cell) => 1 + Math.Log2(1 + cell.Count) / 4;
}
