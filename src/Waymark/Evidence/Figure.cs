using Waymark.Field;
using Waymark.Statistics;

namespace Waymark.Evidence;

/// <summary>Where a figure was read: the import, its file and the line in it.</summary>
public sealed record FigureSource(int Import, int Line);

/// <summary>How a place's figure came about.</summary>
public enum Provenance
{
    /// <summary>Read from one line of a file.</summary>
    Read,
    /// <summary>Numerators and denominators of its schools, added.</summary>
    SumOfCounts,
    /// <summary>Published averages of its schools, weighted by their pupils.</summary>
    WeightedAverages,
    /// <summary>Published averages of authorities, each counting the same, because they come without their children.</summary>
    PublishedAverages,
}

/// <summary>
/// A value with its base: what every page, pack and report shows. Percentages are 0 to 100.
/// </summary>
/// <param name="Value">Null where a symbol stands.</param>
/// <param name="Numerator">How many of the children; null where rounding leaves it open, or for an average without its total.</param>
/// <param name="Denominator">How many children it rests on; null where no file says.</param>
/// <param name="Interval">The 95% interval: Wilson's for a proportion, the published one for a progress score or the same by its formula; null without a base.</param>
/// <param name="Parts">What it was summed from.</param>
/// <param name="PartsNotShown">How many schools are left out of the sum because their figure is held back, unknown or missing.</param>
public sealed record Figure(
    Measure Measure, AcademicYear Year, PlaceKey Place, PupilGroup Group,
    double? Value, double? Numerator, long? Denominator, Interval? Interval, Symbol Symbol, FigureStatus Status,
    Provenance Provenance, FigureSource? Source, IReadOnlyList<Figure> Parts, int PartsNotShown)
{
    private const double Z = 1.959963984540054;

    internal static Figure FromRow(FigureRow row, PlaceKey place)
    {
        var measure = Catalogue.Measure(row.Measure);
        return new Figure(measure, row.Year, place, Catalogue.Group(row.PupilGroup), row.Value, row.Numerator, row.Denominator,
            IntervalOf(measure, row.Value, row.Numerator, row.Denominator, row.Lower, row.Upper) ?? IntervalOfScore(measure, row), row.Symbol, row.Status, Provenance.Read, new FigureSource(row.ImportId, row.Line), [], 0);
    }

    /// <summary>The band of a progress score by its year's rules; null where there is none, or no interval to tell it by.</summary>
    public ProgressBand? Band => Value is { } score && Interval is { } interval && Place.Kind == PlaceKind.School && Measure.RuleOf(Year)?.Bands is { } rule ? ProgressBands.Of(score, interval, rule) : null;

    /// <summary>
    /// A place's figure from its schools': counts are added where counts exist, averages weighted where only averages are published.
    /// Only shown figures are added, so the sum reveals none that is held back.
    /// </summary>
    public static Figure Sum(Measure measure, AcademicYear year, PlaceKey place, PupilGroup group, IReadOnlyList<Figure> parts, int schools)
    {
        var shown = parts.Where(part => part.Value is not null && (measure.Kind == MeasureKind.Count || part.Denominator is > 0)).ToList();
        var counted = shown;
        var status = counted.Count == 0 ? FigureStatus.Published : counted.Min(part => part.Status);
        if (counted.Count == 0 || measure.Kind == MeasureKind.Grade)
        {
            var symbol = parts.Any(part => part.Symbol == Symbol.Confidential) ? Symbol.Confidential : Symbol.NotAvailable;
            return new Figure(measure, year, place, group, null, null, null, null, symbol, status, Provenance.SumOfCounts, null, parts, schools);
        }
        if (measure.Kind == MeasureKind.Count)
            return new Figure(measure, year, place, group, counted.Sum(part => part.Value), counted.Sum(part => part.Numerator), null, null, Symbol.None, status, Provenance.SumOfCounts, null, counted, schools - counted.Count);
        var @base = counted.Sum(part => part.Denominator!.Value);
        if (measure.Kind == MeasureKind.Proportion) return SumOfShares(measure, year, place, group, counted, @base, status, schools);
        var value = counted.Sum(part => part.Value!.Value * part.Denominator!.Value) / @base;
        return new Figure(measure, year, place, group, value, null, @base, Pooled(counted, value, @base), Symbol.None, status, Provenance.WeightedAverages, null, counted, schools - counted.Count);
    }

    /// <summary>
    /// Several authorities taken together: their counts, added, where all of them have counts; else the plain average of what they publish, each authority counting the
    /// same, which is how the Department's own tool shows statistical neighbours. An average of averages has neither base nor interval.
    /// </summary>
    public static Figure OfAuthorities(Measure measure, AcademicYear year, PlaceKey place, PupilGroup group, IReadOnlyList<Figure> parts, int authorities)
    {
        var shown = parts.Where(part => part.Value is not null).ToList();
        return shown.Count == 0 || measure.Kind is MeasureKind.Grade or MeasureKind.Count || shown.All(part => part.Denominator is > 0)
            ? Sum(measure, year, place, group, parts, authorities)
            : new Figure(measure, year, place, group, shown.Average(part => part.Value), null, null, null, Symbol.None, shown.Min(part => part.Status), Provenance.PublishedAverages, null, shown, authorities - shown.Count);
    }

    /// <summary>
    /// Where every school's count is known, counts are added. Where rounding leaves some open (large cohorts, published whole percentages), leaving those schools out
    /// would leave only the smallest: their published share of their children is taken instead, it is said, and the interval grows by what rounding may hide.
    /// </summary>
    private static Figure SumOfShares(Measure measure, AcademicYear year, PlaceKey place, PupilGroup group, List<Figure> counted, long @base, FigureStatus status, int schools)
    {
        var count = counted.Sum(part => part.CountOrNearest!.Value);
        var value = 100 * count / @base;
        if (counted.All(part => part.Numerator is not null))
            return new Figure(measure, year, place, group, value, count, @base, IntervalOf(measure, value, count, @base, null, null), Symbol.None, status, Provenance.SumOfCounts, null, counted, schools - counted.Count);
        var open = counted.Where(part => part.Numerator is null).Sum(part => 0.5 * Math.Pow(10, -DecimalsOf(part.Value!.Value)) * part.Denominator!.Value) / @base;
        var interval = Wilson(value, @base);
        return new Figure(measure, year, place, group, value, null, @base, new Interval(Math.Max(0, interval.Lower - open), Math.Min(100, interval.Upper + open)),
            Symbol.None, status, Provenance.WeightedAverages, null, counted, schools - counted.Count);
    }

    /// <summary>The count, or where rounding leaves it open the share of the children that was published; null without a base.</summary>
    public double? CountOrNearest => Numerator ?? (Value is { } share && Denominator is { } all ? share * all / 100 : null);

    /// <summary>The same figure with a number of pupils it is weighted by, for files that publish a share without its base.</summary>
    public Figure WithWeight(long pupils) => this with
    {
        Denominator = pupils,
        Interval = Interval ?? IntervalOf(Measure, Value, Numerator, pupils, null, null),
    };

    /// <summary>Wilson's interval of a proportion, as percentages; where rounding leaves the count open, the interval covers every count that fits.</summary>
    private static Interval? IntervalOf(Measure measure, double? value, double? numerator, long? @base, double? lower, double? upper)
    {
        if (value is null) return null;
        if (lower is { } low && upper is { } high && low <= high) return new Interval(low, high);
        if (measure.Kind != MeasureKind.Proportion || @base is not > 0) return null;
        if (numerator is { } count && count >= 0 && count <= @base)
        {
            var exact = Intervals.Wilson((long)count, @base.Value);
            return new Interval(100 * exact.Lower, 100 * exact.Upper);
        }
        // Rounding leaves several counts open: the interval reaches from the lowest of the smallest to the highest of the largest.
        var rounding = 0.5 * Math.Pow(10, -DecimalsOf(value.Value));
        return new Interval(Wilson(value.Value - rounding, @base.Value).Lower, Wilson(value.Value + rounding, @base.Value).Upper);
    }

    /// <summary>
    /// Where a file gives a progress score without its interval: score ± 1.96 · national deviation / √pupils, as it is published. A nation is no sample.
    /// </summary>
    private static Interval? IntervalOfScore(Measure measure, FigureRow row) =>
        row is { Value: { } score, Denominator: { } pupils and > 0 } && row.Place.Kind != PlaceKind.National && measure.RuleOf(row.Year)?.StandardDeviation is { } deviation
            ? Intervals.Mean(score, deviation, pupils) : null;

    private static Interval Wilson(double percentage, long @base)
    {
        var (p, n) = (Math.Clamp(percentage / 100, 0, 1), (double)@base);
        var centre = (p + Z * Z / (2 * n)) / (1 + Z * Z / n);
        var half = Z / (1 + Z * Z / n) * Math.Sqrt(p * (1 - p) / n + Z * Z / (4 * n * n));
        return new Interval(100 * Math.Max(0, centre - half), 100 * Math.Min(1, centre + half));
    }

    private static int DecimalsOf(double value)
    {
        var decimals = 0;
        while (decimals < 6 && Math.Abs(Math.Round(value, decimals) - value) > 1e-9) decimals++;
        return decimals;
    }

    /// <summary>The interval of a weighted mean of scores whose own intervals are published: half-widths come from one national deviation.</summary>
    private static Interval? Pooled(List<Figure> parts, double value, long @base)
    {
        double variance = 0;
        foreach (var part in parts)
        {
            if (part.Interval is not { } interval) return null;
            var half = (interval.Upper - interval.Lower) / 2;
            variance += Math.Pow(half * part.Denominator!.Value / @base, 2);
        }
        return new Interval(value - Math.Sqrt(variance), value + Math.Sqrt(variance));
    }
}
