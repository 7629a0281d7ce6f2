namespace Waymark.Statistics;

/// <summary>A table of counts with its sums, and the search for other tables that fit the same sums.</summary>
internal sealed class CountTable
{
    private readonly CountCell[] cells;
    private readonly (int Cell, int Sign)[][] sums;
    private readonly List<int>[] sumsOf;
    private readonly long[] least;

    public CountTable(IReadOnlyList<CountCell> cells, IReadOnlyList<CountRelation> relations, bool zerosHidden)
    {
        this.cells = [.. cells];
        if (cells.FirstOrDefault(c => c.Count < 0) is { } negative)
            throw new ArgumentException($"The count of '{negative.Key}' is negative.", nameof(cells));
        var index = new Dictionary<string, int>();
        for (var i = 0; i < cells.Count; i++)
            if (!index.TryAdd(cells[i].Key, i))
                throw new ArgumentException($"The cell '{cells[i].Key}' is there twice.", nameof(cells));
        int Find(string key) => index.TryGetValue(key, out var i) ? i : throw new ArgumentException($"A sum names '{key}', which is not among the cells.", nameof(relations));
        sums = [.. relations.Select(r => r.Parts.Distinct().Select(p => (Find(p), 1)).Prepend((Find(r.Total), -1)).ToArray())];
        for (var s = 0; s < sums.Length; s++)
            if (relations[s].Parts.Contains(relations[s].Total) || sums[s].Length != relations[s].Parts.Count + 1 || sums[s].Sum(t => t.Sign * cells[t.Cell].Count) != 0)
                throw new ArgumentException($"'{relations[s].Total}' is not the sum of its parts.", nameof(relations));
        sumsOf = [.. cells.Select(_ => new List<int>())];
        for (var s = 0; s < sums.Length; s++)
            foreach (var (cell, _) in sums[s])
                sumsOf[cell].Add(s);
        // Where zeros are shown, a printed table's gap is known not to be zero.
        least = [.. cells.Select(c => zerosHidden || !c.Published ? 0L : Math.Min(1, c.Count))];
    }

    /// <summary>
    /// One or two changes of the table which keep every sum and between whose results the cell differs by the width; null if there are none.
    /// Only movable cells change; the dearer ones as little as can be.
    /// </summary>
    public Dictionary<int, long>[]? Vary(int cell, long width, Func<int, bool> movable, Func<int, double> cost)
    {
        foreach (var hops in (int[])[2, int.MaxValue])
        {
            var up = Move(cell, 1, width, movable, cost, hops);
            var risen = up.GetValueOrDefault(cell);
            if (risen == width)
                return [up];
            var down = Move(cell, -1, width - risen, movable, i => up.ContainsKey(i) ? 0 : cost(i), hops);
            if (risen - down.GetValueOrDefault(cell) == width)
                return [up, down];
        }
        return null;
    }

    /// <summary>The change that moves the cell as far as wanted or possible, cheapest first; empty where it cannot move.</summary>
    private Dictionary<int, long> Move(int cell, int direction, long amount, Func<int, bool> movable, Func<int, double> cost, int hops)
    {
        var (columns, rows) = Neighbourhood(cell, movable, hops);
        var place = columns.Select((c, j) => (c, j)).ToDictionary(p => p.c, p => p.j);
        if (!place.TryGetValue(cell, out var target))
            return [];
        var upper = columns.Select(_ => double.PositiveInfinity).ToArray();
        var lower = columns.Select(c => (double)(cells[c].Count - least[c])).ToArray();
        var costs = columns.Select(c => cost(c) + 0.001).ToArray();
        (upper[target], lower[target]) = direction > 0 ? (amount, 0d) : (0d, Math.Min(lower[target], amount));
        var matrix = rows.Select(s =>
        {
            var row = new double[columns.Count];
            foreach (var (c, sign) in sums[s])
                if (place.TryGetValue(c, out var j))
                    row[j] = sign;
            return row;
        }).ToArray();

        // Halves can come out where sums overlap; they are cut off towards no change, which always fits.
        for (var attempt = 0; attempt < 40; attempt++)
        {
            var change = Simplex.Solve([.. matrix.Select(r => (double[])r.Clone())], lower, upper, costs, target, direction);
            var broken = Array.FindIndex(change, d => Math.Abs(d - Math.Round(d)) > 1e-6);
            if (broken < 0)
            {
                var move = columns.Select((c, j) => (c, (long)Math.Round(change[j]))).Where(m => m.Item2 != 0).ToDictionary(m => m.c, m => m.Item2);
                return Fits(move) ? move : [];
            }
            if (change[broken] > 0) upper[broken] = Math.Floor(change[broken]);
            else lower[broken] = Math.Floor(-change[broken]);
        }
        return [];
    }

    private bool Fits(Dictionary<int, long> move) =>
        move.All(m => cells[m.Key].Count + m.Value >= least[m.Key])
        && move.Keys.SelectMany(c => sumsOf[c]).Distinct().All(s => sums[s].Sum(t => t.Sign * move.GetValueOrDefault(t.Cell)) == 0);

    /// <summary>The movable cells within so many sums of the cell, and all their sums; without those that a sum holds fast.</summary>
    private (List<int> Columns, List<int> Rows) Neighbourhood(int cell, Func<int, bool> movable, int hops)
    {
        var inside = new HashSet<int> { cell };
        var used = new HashSet<int>();
        List<int> frontier = [cell];
        for (var hop = 0; hop < hops && frontier.Count > 0; hop++)
            frontier = [.. frontier.SelectMany(c => sumsOf[c]).Where(used.Add).SelectMany(s => sums[s]).Select(t => t.Cell).Where(c => movable(c) && inside.Add(c))];

        var rows = inside.SelectMany(c => sumsOf[c]).Distinct().ToDictionary(s => s, s => sums[s].Count(t => inside.Contains(t.Cell)));
        var fast = new Queue<int>(rows.Where(r => r.Value == 1).Select(r => r.Key));
        while (fast.TryDequeue(out var s))
        {
            var alone = sums[s].Where(t => inside.Contains(t.Cell)).Select(t => t.Cell).DefaultIfEmpty(-1).First();
            if (!inside.Remove(alone))
                continue;
            foreach (var other in sumsOf[alone])
                if (--rows[other] == 1)
                    fast.Enqueue(other);
        }
        return ([.. inside.Order()], [.. rows.Where(r => r.Value > 0).Select(r => r.Key).Order()]);
    }
}
