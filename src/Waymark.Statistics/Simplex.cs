namespace Waymark.Statistics;

/// <summary>
/// The bounded simplex method (G. B. Dantzig, "Linear programming and extensions" (1963), chapter 18) for one kind of problem: changes of variables,
/// starting from no change, that leave every row's sum as it is and move one variable as far as possible at the least cost of all changes.
/// </summary>
internal static class Simplex
{
    private const double Tolerance = 1e-9;
    private const double Reward = 1e6;
    private const int MostSteps = 20_000;

    /// <param name="rows">Coefficients, one row per equation with the right side 0; overwritten.</param>
    /// <param name="lower">How far each variable may fall.</param>
    /// <param name="upper">How far each may rise.</param>
    /// <param name="costs">Per unit of change, up or down.</param>
    /// <param name="target">The variable to move.</param>
    /// <param name="direction">1 up, -1 down.</param>
    /// <returns>The change of each variable; it always fits, even where the search is given up.</returns>
    public static double[] Solve(double[][] rows, double[] lower, double[] upper, double[] costs, int target, int direction)
    {
        // Variable 2j is the rise of j, 2j+1 its fall: the same column with the other sign. Each row starts with an artificial variable held at 0 (-1).
        int n = costs.Length, m = rows.Length;
        var basis = Enumerable.Repeat(-1, m).ToArray();
        var value = new double[m];
        var place = Enumerable.Repeat(-1, 2 * n).ToArray();
        var atBound = new bool[2 * n];
        var price = new double[n];
        double Bound(int v) => v < 0 ? 0 : v % 2 == 0 ? upper[v / 2] : lower[v / 2];
        double Sign(int v) => v % 2 == 0 ? 1 : -1;
        double Gain(int v) => (v / 2 == target && Sign(v) == direction ? Reward : 0) - costs[v / 2] - Sign(v) * price[v / 2];

        for (int step = 0, standstill = 0; step < MostSteps; step++)
        {
            // The largest gain enters; after a long standstill the first one, which cannot go round in circles (Bland's rule).
            var enter = -1;
            var best = Tolerance;
            for (var v = 0; v < 2 * n; v++)
                if (place[v] < 0 && Bound(v) > 0 && (atBound[v] ? -Gain(v) : Gain(v)) is var gain && gain > best)
                {
                    (enter, best) = (v, gain);
                    if (standstill > 4 * (m + 10))
                        break;
                }
            if (enter < 0)
                break;

            var (column, turn) = (enter / 2, Sign(enter) * (atBound[enter] ? -1 : 1));
            var leave = -1;
            var reach = Bound(enter);
            for (var r = 0; r < m; r++)
            {
                var fall = turn * rows[r][column];
                if (Math.Abs(fall) < Tolerance)
                    continue;
                var limit = Math.Max(0, (fall > 0 ? value[r] : Bound(basis[r]) - value[r]) / Math.Abs(fall));
                if (limit < reach - Tolerance || (limit <= reach && leave >= 0 && basis[r] < basis[leave]))
                    (leave, reach) = (r, Math.Min(reach, limit));
            }
            standstill = reach > Tolerance ? 0 : standstill + 1;
            for (var r = 0; r < m; r++)
                value[r] -= reach * turn * rows[r][column];
            if (leave < 0)
            {
                atBound[enter] = !atBound[enter];
                continue;
            }

            if (basis[leave] is >= 0 and var left)
            {
                place[left] = -1;
                atBound[left] = turn * rows[leave][column] < 0;
            }
            var entered = atBound[enter] ? Bound(enter) - reach : reach;
            var gained = Gain(enter);
            (basis[leave], value[leave], place[enter], atBound[enter]) = (enter, entered, leave, false);
            Pivot(rows, leave, column, Sign(enter));
            for (var j = 0; j < n; j++)
                price[j] += gained * rows[leave][j];
        }

        double Value(int v) => place[v] >= 0 ? value[place[v]] : atBound[v] ? Bound(v) : 0;
        return [.. Enumerable.Range(0, n).Select(j => Value(2 * j) - Value(2 * j + 1))];
    }

    private static void Pivot(double[][] rows, int pivot, int column, double sign)
    {
        var row = rows[pivot];
        var scale = sign * row[column];
        for (var j = 0; j < row.Length; j++)
            row[j] /= scale;
        for (var r = 0; r < rows.Length; r++)
        {
            var other = rows[r];
            var factor = sign * other[column];
            if (r == pivot || Math.Abs(factor) < 1e-12)
                continue;
            for (var j = 0; j < row.Length; j++)
                other[j] -= factor * row[j];
        }
    }
}
