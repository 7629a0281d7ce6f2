namespace Waymark.Shared.Documents;

/// <summary>
/// Fits a section on A4 sides before any browser has drawn it: an estimate of what the print style (Assets/site.scss) and the charts' script
/// (Assets/charts.js, "paper") make of it, a little on the safe side. What does not fit goes on to a side of its own, a long table between two rows.
/// </summary>
public static class Sides
{
    // In points: A4 between its margins; the print style's letters and spaces; the charts' heights at the width of the side.
    private const double Width = 510, Height = 740, Heading = 26, Letter = 9.5, LineHeight = 1.3, Space = 6, CellLetter = 8.5, CellLine = 10.2, RowPadding = 5.2, CellPadding = 7, BesideTable = 130;
    private const double Trend = 160, Funnel = 198, BarsOfGroup = 26, Bar = 23, BarsAround = 32, AroundTable = 17, Axis = 22;
    // Widths are estimated for machines without Arial; paper is printed where Arial or a font of its measures is, so less is enough.
    private const double Narrow = 0.87;
    private const int FewestRows = 4;

    /// <summary>The report on paper and on pages; decks and workbooks have their own measure.</summary>
    public static Report Of(Report report) => report with { Sections = [.. report.Sections.SelectMany(Of)] };

    private static IEnumerable<Section> Of(Section section)
    {
        var sides = new List<List<Block>> { new() };
        var room = Height - Heading;
        foreach (var block in section.Blocks.SelectMany(Short))
        {
            var height = HeightOf(block);
            if (height > room && sides[^1].Count > 0)
            {
                sides.Add([]);
                room = Height - Heading;
            }
            sides[^1].Add(block);
            room -= height;
        }
        return sides.Count == 1 ? [section] : sides.Select((blocks, i) => new Section(i == 0 ? section.Id : $"{section.Id}-{i + 1}", $"{section.Heading} ({i + 1} of {sides.Count})", blocks));
    }

    /// <summary>A table longer than a side in tables that are not; each has as many rows, give or take one.</summary>
    private static IEnumerable<Block> Short(Block block)
    {
        if (block is not Table { Rows.Count: > FewestRows } table || HeightOf(table) <= Height - Heading) return [block];
        for (var parts = 2; ; parts++)
        {
            var chunks = table.Rows.Chunk((table.Rows.Count + parts - 1) / parts).ToList();
            Table[] pieces = [.. chunks.Select((rows, i) => table with
            {
                Id = i == 0 ? table.Id : $"{table.Id}-{i + 1}",
                Caption = $"{table.Caption} ({i + 1} of {chunks.Count})",
                Rows = rows,
                Note = i == chunks.Count - 1 ? table.Note : null,
            })];
            if (pieces.All(piece => piece.Rows.Count <= FewestRows || HeightOf(piece) <= Height - Heading)) return pieces;
        }
    }

    private static double HeightOf(Block block) => block switch
    {
        Paragraph paragraph => Words(paragraph.Text) + Space,
        Sentences sentences => (sentences.Heading.Length > 0 ? 17 : 0) + sentences.Items.Sum(item => Words(item.Text, indent: 15) + 2) + Space,
        Table table => HeightOf(table),
        _ => Height,
    };

    private static double HeightOf(Table table)
    {
        var drawn = ChartData.From(table).Count > 0;
        var inRows = drawn && table.Chart?.Kind == ChartKind.Interval;
        var (header, rows) = TableLayout.Lines(table, CellLetter * Narrow, Width - (inRows ? BesideTable : 0), CellPadding);
        return Words(table.Caption) + Space + header * CellLine + RowPadding + rows.Sum(lines => lines * CellLine + RowPadding) + AroundTable
            + (table.Note is null ? 0 : Words(table.Note) + Space) + (table.Rows.Any(row => row.Cells.Any(cell => cell.Symbol.Length > 0)) ? Letter * LineHeight + Space : 0)
            + (drawn ? table.Charts.Sum(chart => HeightOf(chart, table)) : 0);
    }

    private static double HeightOf(Chart chart, Table table) => Words(chart.Description) + Space + chart.Kind switch
    {
        ChartKind.Trend => Trend + Space,
        ChartKind.Interval => Axis,
        ChartKind.Stacked or ChartKind.Diverging => Axis + Space + 3.2 * Letter * LineHeight * table.Rows.Count,
        ChartKind.Funnel => Funnel + 2 * Letter * LineHeight + Space,
        _ => BarsAround + table.Rows.Count * Bar + table.Rows.GroupBy(row => row.CellAt(table.IndexOf(ColumnRole.Label)).Text).Count() * BarsOfGroup + Letter * LineHeight + Space,
    };

    private static double Words(string text, double indent = 0) => TextWidth.Lines(text, Letter * Narrow, Width - indent) * Letter * LineHeight;
}
