using Waymark.Evidence;
using Waymark.Shared.Documents;
using static Waymark.Outcomes.Packs.PackCells;

namespace Waymark.Outcomes.Packs;

/// <summary>Disadvantaged children beside others.</summary>
internal sealed class GapSection(PackData data)
{
    /// <summary>Disadvantaged children and others: shares in one table, average scores in another.</summary>
    public Section? Compose()
    {
        var measures = data.Chapters.Select(chapter => chapter.GapMeasure).OfType<Measure>().ToList();
        Table[] tables = [.. new[] { measures.Where(measure => measure.IsPercentage), measures.Where(measure => !measure.IsPercentage) }.Select(of => GapTable([.. of])).OfType<Table>()];
        if (tables.Length > 0) return new Section("gap", "The gap for disadvantaged children", tables);
        return measures.Any(measure => data.Own(measure, data.Year, Catalogue.Group("disadvantaged")) is not null)
            ? new Section("gap", "The gap for disadvantaged children", [new Paragraph($"The results of disadvantaged children and of others in {data.Year} are about so few children that they are held back. Look at several years together, and ask what each child needs.")])
            : null;
    }

    private Table? GapTable(IReadOnlyList<Measure> measures)
    {
        var rows = new List<Row>();
        PupilGroup[] groups = [Catalogue.Group("disadvantaged"), Catalogue.Group("other")];
        foreach (var measure in measures.Where(measure => groups.Any(group => data.Own(measure, data.Year, group)?.Value is not null)))
            foreach (var group in groups)
                if (data.Own(measure, data.Year, group) is { } own)
                    rows.Add(new Row(
                    [
                        new Cell(measure.Short), new Cell(group.Label), CellOf(own, measure), Bound(measure, own.Interval?.Lower), Bound(measure, own.Interval?.Upper), Children(own),
                        CellOf(data.England(measure, data.Year, group), measure),
                    ]));
        if (rows.Count == 0) return null;
        var (unit, decimals) = (measures[0].IsPercentage ? "%" : measures[0].Unit, FigureText.Decimals(measures[0]));
        return new Table(measures[0].IsPercentage ? "gap-table" : "gap-scores", $"Disadvantaged children and other children, {data.Year}{(measures[0].IsPercentage ? "" : $": {string.Join(", ", measures.Select(measure => FigureText.InSentence(measure.Label)))}")}",
            [
                new("measure", "", ColumnRole.Label), new("group", "Children", ColumnRole.Series), new("value", data.Short, ColumnRole.Value, unit, decimals), new("lower", "From", ColumnRole.Lower, unit, decimals), new("upper", "To", ColumnRole.Upper, unit, decimals),
                new("base", "Number", ColumnRole.Base), new("england", "England", ColumnRole.Number, unit, decimals),
            ], rows,
            measures[0].IsPercentage
                ? new Chart(ChartKind.Bars, "Shares of disadvantaged children and of other children who reached each standard, with 95% intervals.", 0, 100)
                : new Chart(ChartKind.Bars, "Average scores of disadvantaged children and of other children.", 0),
            "Disadvantaged: eligible for free school meals in the last six years, looked after, or adopted from care.");
    }
}
