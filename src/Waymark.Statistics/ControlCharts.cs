namespace Waymark.Statistics;

/// <summary>What is unusual at a point of a chart.</summary>
[Flags]
public enum Signals
{
    None = 0,
    /// <summary>The point lies outside the limits.</summary>
    OutsideLimits = 1,
    /// <summary>One of seven or more points in a row on the same side of the mean.</summary>
    Shift = 2,
    /// <summary>One of seven or more points in a row, each higher (or each lower) than the one before.</summary>
    Trend = 4,
    /// <summary>One of two out of three points in a row in the same outer third, near a limit.</summary>
    NearLimit = 8,
    /// <summary>The step from the point before is larger than the limit of the moving range.</summary>
    LargeStep = 16,
}

/// <param name="MovingRange">The distance from the point before; null at the start of a phase.</param>
public sealed record ControlPoint(double Value, double Mean, double Lower, double Upper, double? MovingRange, double MovingRangeLimit, Signals Signals);

/// <summary>
/// XmR charts (individuals and moving range): which changes of a series are more than its usual variation.
/// Sources: D. J. Wheeler, "Understanding variation" (1993), for the constants 2.66 and 3.267;
/// NHS England, "Making data count", for the rules of interpretation.
/// </summary>
public static class ControlCharts
{
    private const int Run = 7;

    /// <summary>
    /// The chart of a series, one point per value, in time order. Limits are mean ± 2.66 times the mean moving range.
    /// </summary>
    /// <param name="recalculateFrom">
    /// Where the mean and limits start anew, because something was changed on purpose and that is stated; null for one mean throughout.
    /// Runs do not reach across.
    /// </param>
    public static IReadOnlyList<ControlPoint> Xmr(IReadOnlyList<double> values, int? recalculateFrom = null)
    {
        if (recalculateFrom is { } from && (from < 1 || from >= values.Count))
            throw new ArgumentOutOfRangeException(nameof(recalculateFrom), from, "Limits are recalculated from the second to the last point.");
        if (values.Any(v => !double.IsFinite(v)))
            throw new ArgumentException("A chart has a number at every point.", nameof(values));
        return recalculateFrom is { } index
            ? [.. Phase([.. values.Take(index)]), .. Phase([.. values.Skip(index)])]
            : [.. Phase([.. values])];
    }

    private static IEnumerable<ControlPoint> Phase(double[] values)
    {
        if (values.Length == 0)
            return [];
        var ranges = values.Zip(values.Skip(1), (before, after) => Math.Abs(after - before)).ToArray();
        double mean = values.Average(), range = ranges.Length == 0 ? 0 : ranges.Average();
        double reach = 2.66 * range, rangeLimit = 3.267 * range;
        var signals = new Signals[values.Length];

        int side = 0, direction = 0, shift = 0, trend = 1;
        for (var i = 0; i < values.Length; i++)
        {
            var distance = values[i] - mean;
            if (Math.Abs(distance) > reach)
                signals[i] |= Signals.OutsideLimits;

            shift = Math.Sign(distance) == side && side != 0 ? shift + 1 : 1;
            side = Math.Sign(distance);
            if (side != 0)
                Mark(signals, i, shift, Signals.Shift);

            if (i > 0)
            {
                var step = Math.Sign(values[i] - values[i - 1]);
                trend = step == direction && step != 0 ? trend + 1 : step == 0 ? 1 : 2;
                direction = step;
                Mark(signals, i, trend, Signals.Trend);
                if (ranges[i - 1] > rangeLimit)
                    signals[i] |= Signals.LargeStep;
            }

            // Two of the three points ending here beyond two thirds of the way from the mean to the same limit.
            foreach (var sign in (int[])[1, -1])
            {
                var near = Enumerable.Range(Math.Max(0, i - 2), Math.Min(3, i + 1)).Where(k => sign * (values[k] - mean) > reach * 2 / 3).ToList();
                if (near.Count >= 2)
                    near.ForEach(k => signals[k] |= Signals.NearLimit);
            }
        }
        return values.Select((value, i) => new ControlPoint(
            value, mean, mean - reach, mean + reach, i == 0 ? null : ranges[i - 1], rangeLimit, signals[i]));
    }

    private static void Mark(Signals[] signals, int last, int length, Signals signal)
    {
        if (length < Run)
            return;
        for (var i = last - length + 1; i <= last; i++)
            signals[i] |= signal;
    }
}
