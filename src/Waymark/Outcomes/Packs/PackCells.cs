using System.Globalization;
using Waymark.Evidence;
using Waymark.Field;
using Waymark.Shared.Documents;

namespace Waymark.Outcomes.Packs;

/// <summary>Figures as the cells and axes of a pack.</summary>
internal static class PackCells
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    public static Cell CellOf(Figure? figure, Measure measure) => figure switch
    {
        null => new Cell("x", null, "x"),
        { Value: null } => new Cell(figure.Symbol.Code(), null, figure.Symbol.Code(), figure.Address()),
        { Value: { } value } => new Cell(figure.Show() + (figure.Status == FigureStatus.Provisional ? " (p)" : ""), FigureText.Round(measure, value), "", figure.Address()),
    };

    public static Cell Children(Figure? figure) => figure?.Denominator is { } all ? new Cell(all.ToString("N0", English), all) : new Cell("");

    /// <summary>A figure and in the same breath how many children it rests on, where that is known.</summary>
    public static Cell WithBase(Figure? figure, Measure measure) => CellOf(figure, measure) is { Number: not null } cell && figure?.Denominator is { } all ? cell with { Text = $"{cell.Text} of {all.ToString("N0", English)}" } : CellOf(figure, measure);

    public static Cell Bound(Measure measure, double? bound) => bound is { } value ? new Cell(FigureText.Show(measure, value), FigureText.Round(measure, value)) : new Cell("", null);

    /// <summary>Shares that should be high are drawn from 0 to 100; others over the range that all intervals fill, from zero where they have one, so that nothing is cut off.</summary>
    public static (double From, double To) Axis(Measure measure, IEnumerable<Figure?> shown)
    {
        if (measure is { IsPercentage: true, Kind: MeasureKind.Proportion, Polarity: Polarity.Higher }) return (0, 100);
        var numbers = shown.OfType<Figure>().Where(figure => figure.Value is not null)
            .SelectMany(figure => new[] { figure.Value!.Value, figure.Interval?.Lower ?? figure.Value.Value, figure.Interval?.Upper ?? figure.Value.Value }).ToList();
        if (numbers.Count == 0) return (0, 1);
        if (measure.Kind is MeasureKind.Progress or MeasureKind.Mean)
        {
            var axis = ValueAxis.Round(measure.Kind == MeasureKind.Progress ? Math.Min(numbers.Min(), -1) : numbers.Min(), measure.Kind == MeasureKind.Progress ? Math.Max(numbers.Max(), 1) : numbers.Max());
            return (axis.From, axis.To);
        }
        var step = numbers.Max() > 20 ? 10 : 5;
        return (0, Math.Ceiling(numbers.Max() / step) * step);
    }

    public static Column Column(Benchmark benchmark) => new(benchmark.Heading.ToLowerInvariant(), benchmark.Heading, ColumnRole.Number);
}
