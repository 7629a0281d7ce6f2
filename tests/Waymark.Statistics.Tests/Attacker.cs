namespace Waymark.Statistics.Tests;

/// <summary>
/// Works out held-back counts by exhaustive search over whole numbers: no linear programming, nothing shared with the library.
/// Knows every released count, every sum, and that what is held back is at least 1 (or, of what perhaps nobody is in, 0).
/// </summary>
internal sealed class Attacker
{
    private readonly Dictionary<string, int> unknown = [];
    private readonly List<(int[] Cells, int[] Signs, long Sum)> sums = [];
    private readonly long[] truth, least;

    public Attacker(IEnumerable<CountCell> cells, IEnumerable<CountRelation> relations, IReadOnlySet<string> suppressed, IReadOnlySet<string>? perhapsNobody = null)
    {
        var counts = cells.ToDictionary(c => c.Key, c => c.Count);
        foreach (var key in suppressed)
            unknown[key] = unknown.Count;
        truth = [.. unknown.OrderBy(u => u.Value).Select(u => counts[u.Key])];
        least = [.. unknown.OrderBy(u => u.Value).Select(u => perhapsNobody?.Contains(u.Key) == true ? 0L : 1)];
        foreach (var relation in relations)
        {
            var terms = relation.Parts.Select(p => (Key: p, Sign: 1)).Append((Key: relation.Total, Sign: -1)).ToList();
            var open = terms.Where(t => unknown.ContainsKey(t.Key)).ToList();
            if (open.Count > 0)
                sums.Add(([.. open.Select(t => unknown[t.Key])], [.. open.Select(t => t.Sign)],
                    -terms.Where(t => !unknown.ContainsKey(t.Key)).Sum(t => t.Sign * counts[t.Key])));
        }
    }

    /// <summary>
    /// Whether the attacker is left with values of the cell that are this far apart. Looks near the truth first, where other tables
    /// are found quickly; only where there are none it searches everything.
    /// </summary>
    public bool LeavesOpen(string key, long width) =>
        unknown.TryGetValue(key, out var cell) && (LeavesOpen(cell, width, 6) || LeavesOpen(cell, width, 1000));

    /// <summary>How far apart the limits of the cell are that adding and subtracting alone gives, without any search.</summary>
    public long WidthBySums(string key)
    {
        long[] lower = [.. least], upper = [.. truth.Select(_ => long.MaxValue / 10_000)];
        Narrow(lower, upper).ShouldBeTrue();
        return unknown.TryGetValue(key, out var cell) ? upper[cell] - lower[cell] : 0;
    }

    private bool LeavesOpen(int cell, long width, long radius)
    {
        long[] lower = [.. truth.Select((t, i) => Math.Max(least[i], t - radius))], upper = [.. truth.Select(t => t + radius)];
        Narrow(lower, upper).ShouldBeTrue();
        long low = truth[cell], high = truth[cell];
        for (var step = 1; step <= width && high - low < width; step++)
        {
            if (truth[cell] + step <= upper[cell] && Possible(lower, upper, cell, truth[cell] + step)) high = truth[cell] + step;
            if (high - low < width && truth[cell] - step >= lower[cell] && Possible(lower, upper, cell, truth[cell] - step)) low = truth[cell] - step;
        }
        return high - low >= width;
    }

    private bool Possible(long[] lower, long[] upper, int cell, long value)
    {
        var (low, high) = ((long[])lower.Clone(), (long[])upper.Clone());
        low[cell] = high[cell] = value;
        return Search(low, high);
    }

    private bool Search(long[] lower, long[] upper)
    {
        if (!Narrow(lower, upper))
            return false;
        var open = -1;
        for (var i = 0; i < lower.Length; i++)
            if (lower[i] < upper[i] && (open < 0 || upper[i] - lower[i] < upper[open] - lower[open]))
                open = i;
        if (open < 0)
            return true;
        for (var value = lower[open]; value <= upper[open]; value++)
            if (Possible(lower, upper, open, value))
                return true;
        return false;
    }

    /// <summary>Interval arithmetic on every sum until nothing narrows; false where no table fits.</summary>
    private bool Narrow(long[] lower, long[] upper)
    {
        for (var changed = true; changed;)
        {
            changed = false;
            foreach (var (cells, signs, sum) in sums)
            {
                long least = 0, most = 0;
                for (var i = 0; i < cells.Length; i++)
                {
                    least += signs[i] > 0 ? lower[cells[i]] : -upper[cells[i]];
                    most += signs[i] > 0 ? upper[cells[i]] : -lower[cells[i]];
                }
                if (least > sum || most < sum)
                    return false;
                for (var i = 0; i < cells.Length; i++)
                {
                    var c = cells[i];
                    var (own, ownMost) = signs[i] > 0 ? (lower[c], upper[c]) : (-upper[c], -lower[c]);
                    long low = Math.Max(own, sum - (most - ownMost)), high = Math.Min(ownMost, sum - (least - own));
                    if (low > high)
                        return false;
                    var (newLower, newUpper) = signs[i] > 0 ? (low, high) : (-high, -low);
                    if (newLower <= lower[c] && newUpper >= upper[c])
                        continue;
                    // The sums above were of the old limits: begin this sum again.
                    (lower[c], upper[c], changed) = (newLower, newUpper, true);
                    least += signs[i] > 0 ? lower[c] - own : -upper[c] - own;
                    most += signs[i] > 0 ? upper[c] - ownMost : -lower[c] - ownMost;
                }
            }
        }
        return true;
    }
}
