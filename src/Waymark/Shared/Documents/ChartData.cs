using System.Globalization;
using Waymark.Field;

namespace Waymark.Shared.Documents;

/// <summary>
/// A table arranged for drawing: categories (years or names), one list of numbers for each series, in the table's own order and with its own numbers.
/// Null where there is no number, which a chart draws as a gap.
/// </summary>
internal sealed record ChartData(
    Table Table, Chart Chart, IReadOnlyList<string> Categories, IReadOnlyList<ChartSeries> Series, ValueAxis Axis, Column Value, Column? Base)
{
    /// <summary>What stands on a trend's axis between two years that cannot be compared; its gap cuts the line.</summary>
    public const string BreakMark = "break";

    /// <summary>More rows than this are drawn on a further chart, with the same axis.</summary>
    private const int RowsOfOneChart = 16, BarsOfOneChart = 8;

    /// <summary>The charts of a table: none where it has no number to draw, several where an interval chart has many rows.</summary>
    public static IReadOnlyList<ChartData> From(Table table)
    {
        var values = Bands(table);
        if (!values.Any(band => table.Rows.Any(row => row.NumberAt(band.Value) is not null)))
            return [];
        return [.. table.Charts.SelectMany(chart =>
        {
            var axis = ValueAxis.Of(table, chart, values);
            if (chart.Kind is not (ChartKind.Interval or ChartKind.Stacked or ChartKind.Diverging))
                return [Of(table, chart, table.Rows, axis, values)];
            var most = chart.Kind == ChartKind.Interval ? RowsOfOneChart : BarsOfOneChart;
            var charts = (table.Rows.Count + most - 1) / most;
            return table.Rows.Chunk((table.Rows.Count + charts - 1) / charts).Select(rows => Of(table, chart, rows, axis, values));
        })];
    }

    /// <summary>Each column of values with its own interval and base: those that stand before the next such column.</summary>
    internal static IReadOnlyList<Band> Bands(Table table)
    {
        var values = table.Columns.Select((column, i) => (column, i)).Where(c => c.column.Role == ColumnRole.Value).Select(c => c.i).ToList();
        int Own(ColumnRole role, int at) => values.Count == 1 ? table.IndexOf(role)
            : table.Columns.Select((column, i) => (column, i)).Where(c => c.column.Role == role && c.i > at && !values.Any(v => v > at && v <= c.i)).Select(c => c.i).DefaultIfEmpty(-1).First();
        return [.. values.Select(at => new Band(at, Own(ColumnRole.Lower, at), Own(ColumnRole.Upper, at), Own(ColumnRole.Base, at)))];
    }

    private static ChartData Of(Table table, Chart chart, IReadOnlyList<Row> rows, ValueAxis axis, IReadOnlyList<Band> bands)
    {
        int label = table.IndexOf(ColumnRole.Label), series = table.IndexOf(ColumnRole.Series), period = table.IndexOf(ColumnRole.Period);
        var first = bands[0];
        string Name(Row row, params int[] columns) =>
            string.Join(", ", columns.Select(c => row.CellAt(c).Text).Where(t => t.Length > 0).DefaultIfEmpty(""));
        ChartPoint? Point(Row? row, Band band) => row?.NumberAt(band.Value) is { } number
            ? new(number, row.NumberAt(band.Lower), row.NumberAt(band.Upper), row.NumberAt(band.Base), Name(row, label >= 0 ? label : series)) : null;

        List<(string Category, Func<Row, bool> Holds)> categories = chart.Kind == ChartKind.Trend
            ? [.. Years(rows, period, chart).Select(y => (y?.ToString() ?? BreakMark, (Func<Row, bool>)(row => y is not null && row.CellAt(period).Year() == y)))]
            : chart.Kind == ChartKind.Bars && series >= 0
                ? [.. rows.Select(r => Name(r, label, period)).Distinct().Select(n => (n, (Func<Row, bool>)(row => Name(row, label, period) == n)))]
                : [.. rows.Select(r => (Name(r, label, period), (Func<Row, bool>)(row => ReferenceEquals(row, r))))];
        var nameOfSeries = chart.Kind is ChartKind.Trend ? (series >= 0 ? series : label) : chart.Kind is ChartKind.Funnel ? -1 : series;
        var lines = chart.Kind is ChartKind.Trend or ChartKind.Stacked or ChartKind.Diverging && bands.Count > 1
            ? bands.Select(band => new ChartSeries(table.Columns[band.Value].Heading, [.. categories.Select(c => Point(rows.FirstOrDefault(c.Holds), band))]))
            : rows.GroupBy(r => nameOfSeries < 0 ? "" : r.CellAt(nameOfSeries).Text).Select(group => new ChartSeries(
                group.Key.Length > 0 ? group.Key : table.Columns[first.Value].HeadingWithUnit(),
                [.. categories.Select(c => Point(group.FirstOrDefault(c.Holds), first))]));
        // Several columns of values share one axis, which bears their unit.
        var value = table.Columns[first.Value];
        return new(table, chart, [.. categories.Select(c => c.Category)], [.. lines], axis,
            bands.Count > 1 ? value with { Heading = value.Unit } : value, first.Base < 0 ? null : table.Columns[first.Base]);
    }

    /// <summary>Every year from the first to the last, with none left out, and a null before a year that starts anew.</summary>
    private static IEnumerable<AcademicYear?> Years(IReadOnlyList<Row> rows, int period, Chart chart)
    {
        var known = rows.Select(r => r.CellAt(period).Year()).OfType<AcademicYear>().Order().ToList();
        if (known.Count == 0) yield break;
        for (var year = known[0]; year <= known[^1]; year = year.Next)
        {
            if (year > known[0] && (chart.Breaks ?? []).Any(b => b.Year == year.EndYear)) yield return null;
            yield return year;
        }
    }

    /// <summary>The lines of words under a chart: how to read it, and what cannot be compared.</summary>
    public IEnumerable<string> Notes()
    {
        var interval = Series.Any(s => s.Points.Any(p => p?.Lower is not null));
        yield return Chart.Kind switch
        {
            ChartKind.Interval => "",
            ChartKind.Funnel => "Each dot is a school. Between the dashed lines lie 95% of the results that chance alone would give, between the dotted lines 99.8%. Schools outside the dashed lines are named.",
            _ when interval => "The thin upright lines are 95% intervals.",
            _ => "",
        };
        if (Chart.Kind == ChartKind.Trend)
            foreach (var b in Chart.Breaks ?? [])
                if (Categories.Contains(AcademicYear.Ending(b.Year).ToString())) yield return Wording.BreakSentence(b);
    }
}

/// <summary>The columns of one figure, its interval and its base; below zero where there is none.</summary>
internal sealed record Band(int Value, int Lower, int Upper, int Base);

internal sealed record ChartSeries(string Name, IReadOnlyList<ChartPoint?> Points);

internal sealed record ChartPoint(double Value, double? Lower, double? Upper, double? Base, string Name);

/// <summary>The value axis: the chart's own ends, or round ones that hold every number with its interval.</summary>
internal sealed record ValueAxis(double From, double To, double Step)
{
    public static ValueAxis Of(Table table, Chart chart, IReadOnlyList<Band> bands)
    {
        var columns = bands.SelectMany(band => new[] { band.Value, band.Lower, band.Upper }).ToList();
        var numbers = table.Rows.SelectMany(r => columns.Select(c => r.NumberAt(c))).OfType<double>()
            .Concat((chart.References ?? []).Select(r => r.Value)).ToList();
        double low = chart.From ?? numbers.Min(), high = chart.To ?? numbers.Max();
        if (chart.Kind == ChartKind.Bars) (low, high) = (Math.Min(0, low), Math.Max(0, high));
        var round = Round(low, high);
        return round with { From = chart.From is { } from && from <= low ? from : round.From, To = chart.To is { } to && to >= high ? to : round.To };
    }

    /// <summary>Round ends around two numbers, and steps of 1, 2 or 5.</summary>
    public static ValueAxis Round(double low, double high)
    {
        if (high <= low) high = low + 1;
        var rough = (high - low) / 6;
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = power * new[] { 1.0, 2, 5, 10 }.First(s => s * power >= rough * 0.999);
        return new(Math.Floor(low / step) * step, Math.Ceiling(high / step) * step, step);
    }

    public string Format => Step >= 1 ? "0" : "0." + new string('0', (int)Math.Ceiling(-Math.Log10(Step)));
}

/// <summary>The plain sheet that stands behind a chart, so that it can be edited in its program: a header and columns of text or numbers.</summary>
internal sealed class ChartSheet
{
    public const string Name = "Data";

    public List<(string Header, IReadOnlyList<object?> Values)> Columns { get; } = [];

    /// <summary>Adds a column and gives back its letter.</summary>
    public string Add(string header, IEnumerable<object?> values)
    {
        Columns.Add((Inert.Write(header), [.. values.Select(v => v is string text ? Inert.Write(text) : v)]));
        return Letter(Columns.Count - 1);
    }

    public static string Letter(int index) =>
        (index >= 26 ? Letter(index / 26 - 1) : "") + ((char)('A' + index % 26)).ToString(CultureInfo.InvariantCulture);
}
