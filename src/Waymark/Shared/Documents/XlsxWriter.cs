using DocumentFormat.OpenXml.Spreadsheet;
using Waymark.Field;
using SheetRow = DocumentFormat.OpenXml.Spreadsheet.Row;

namespace Waymark.Shared.Documents;

/// <summary>
/// Writes a report as a workbook: a sheet about it, a sheet of words for each section that has some, a sheet for each table.
/// Numbers are numbers (a percentage is 62.0 under a header that says %), symbols are text, and no text can run as a formula.
/// </summary>
public static class XlsxWriter
{
    private const int LongestSheetName = 31;

    public static void Write(Report report, Stream output)
    {
        using var package = new MemoryStream();
        using (var document = Workbook.Create(package, out var workbook))
        {
            Reproducible.WriteCoreProperties(document.AddCoreFilePropertiesPart().GetStream(), report);
            var sheets = new List<(string Name, string What, Func<Worksheet> Make, Table? Table)>();
            foreach (var section in report.Sections)
            {
                if (section.Blocks.Any(b => b is not Table))
                    sheets.Add((SheetName(sheets.Count + 1, $"Summary, {section.Heading}"), $"{section.Heading}: in words", () => Words(report, section), null));
                foreach (var table in section.Blocks.OfType<Table>())
                    sheets.Add((SheetName(sheets.Count + 1, table.Caption), table.Caption, () => Figures(report, table), table));
            }
            Workbook.AddSheet(workbook, "About", About(report, [.. sheets.Select(s => (s.Name, s.What))]));
            var repeated = new DefinedNames();
            foreach (var (sheet, i) in sheets.Select((s, i) => (s, i)))
            {
                Workbook.AddSheet(workbook, sheet.Name, sheet.Make());
                if (sheet.Table is not null)
                    repeated.Append(new DefinedName($"'{sheet.Name.Replace("'", "''", StringComparison.Ordinal)}'!${HeaderRow}:${HeaderRow}") { Name = "_xlnm.Print_Titles", LocalSheetId = (uint)i + 1 });
            }
            if (repeated.HasChildren) workbook.Workbook.Append(repeated);
        }
        Reproducible.Zip(package, output);
    }

    private const int HeaderRow = 3;

    private static Worksheet About(Report report, IReadOnlyList<(string Name, string What)> sheets)
    {
        var lines = new Lines();
        lines.Add(Workbook.Title, report.Title);
        lines.Add(Workbook.Text, report.Subtitle);
        lines.Add(Workbook.Text, $"As of {report.AsOf.ToString("d MMMM yyyy", Wording.English)}");
        foreach (var notice in report.Notices) lines.Add(Workbook.Text, notice);
        lines.Add(Workbook.Plain);
        lines.Add(Workbook.Header, "Sheet", "What it holds");
        var links = new Hyperlinks();
        foreach (var (name, what) in sheets)
        {
            var row = lines.Add(Workbook.Link, name, what);
            links.Append(new Hyperlink { Reference = $"A{row}", Location = $"'{name.Replace("'", "''", StringComparison.Ordinal)}'!A1", Display = Wording.Clean(name) });
        }
        lines.Add(Workbook.Plain);
        lines.Add(Workbook.Header, "Symbol", "What it means where a number would stand");
        foreach (var symbol in Enum.GetValues<Symbol>().Where(s => s != Symbol.None)) lines.Add(Workbook.Text, symbol.Code(), symbol.InWords());
        return Sheet(report, [34, 90], lines.Data, null, links.HasChildren ? links : null);
    }

    private static Worksheet Words(Report report, Section section)
    {
        var lines = new Lines();
        lines.Add(Workbook.Title, section.Heading);
        foreach (var notice in report.Notices) lines.Add(Workbook.Note, notice);
        foreach (var block in section.Blocks)
            switch (block)
            {
                case Paragraph paragraph:
                    lines.Add(paragraph.IsNote ? Workbook.Note : Workbook.Text, paragraph.Text);
                    break;
                case Sentences list:
                    lines.Add(Workbook.Plain);
                    lines.Add(Workbook.Header, list.Heading);
                    foreach (var (item, i) in list.Items.Select((item, i) => (item, i)))
                        lines.Add(Workbook.Text, list.Numbered ? $"{i + 1}. {item.Text}" : item.Text);
                    break;
            }
        return Sheet(report, [110], lines.Data);
    }

    private static Worksheet Figures(Report report, Table table)
    {
        var lines = new Lines();
        lines.Add(Workbook.Title, table.Caption);
        lines.Add(Workbook.Plain, string.Join(" · ", report.Notices));
        var header = new SheetRow { RowIndex = HeaderRow };
        for (var c = 0; c < table.Columns.Count; c++)
            header.Append(Text($"{ChartSheet.Letter(c)}{HeaderRow}", table.Columns[c].HeadingWithUnit(), table.Columns[c].IsNumeric ? Workbook.NumberHeader : Workbook.Header));
        lines.Data.Append(header);
        var widths = table.Columns.Select(c => Math.Min(24, c.HeadingWithUnit().Split(' ').Max(w => w.Length) + 4.0)).ToArray();
        for (var r = 0; r < table.Rows.Count; r++)
        {
            var at = HeaderRow + 1 + r;
            var row = new SheetRow { RowIndex = (uint)at };
            for (var c = 0; c < table.Columns.Count; c++)
            {
                var column = table.Columns[c];
                var cell = table.Rows[r].CellAt(c);
                if (column.IsNumeric && table.Rows[r].NumberAt(c) is { } number)
                {
                    row.Append(Workbook.NumberCell($"{ChartSheet.Letter(c)}{at}", number, Workbook.Number(column.Decimals)));
                    continue;
                }
                var text = column.IsNumeric && cell.Symbol.Length > 0 ? cell.Symbol : cell.Text;
                row.Append(Text($"{ChartSheet.Letter(c)}{at}", text, column.IsNumeric ? Workbook.SymbolText : Workbook.Text));
                widths[c] = Math.Max(widths[c], Math.Min(60, text.Length + 3.0));
            }
            lines.Data.Append(row);
        }
        var last = HeaderRow + table.Rows.Count;
        // A blank row keeps the notes out of the filter.
        lines.Add(Workbook.Plain);
        foreach (var note in Notes(table)) lines.Add(Workbook.Plain, note);
        var filter = table.Columns.Count == 0 ? null : new AutoFilter { Reference = $"A{HeaderRow}:{ChartSheet.Letter(table.Columns.Count - 1)}{last}" };
        return Sheet(report, widths, lines.Data, filter, frozen: true);
    }

    private static IEnumerable<string> Notes(Table table) =>
        new[] { table.Note ?? "" }.Concat(table.Charts.SelectMany(chart => chart.Breaks ?? []).Select(Wording.BreakSentence)).Where(n => n.Length > 0);

    private static Worksheet Sheet(Report report, double[] widths, SheetData data, AutoFilter? filter = null, Hyperlinks? links = null, bool frozen = false)
    {
        var view = new SheetView { WorkbookViewId = 0, ShowGridLines = false };
        if (frozen)
            view.Append(new Pane { VerticalSplit = HeaderRow, TopLeftCell = $"A{HeaderRow + 1}", ActivePane = PaneValues.BottomLeft, State = PaneStateValues.Frozen },
                new Selection { Pane = PaneValues.BottomLeft, ActiveCell = $"A{HeaderRow + 1}", SequenceOfReferences = new() { InnerText = $"A{HeaderRow + 1}" } });
        var sheet = new Worksheet(new SheetProperties(new PageSetupProperties { FitToPage = true }), new SheetViews(view));
        if (widths.Length > 0)
            sheet.Append(new Columns(widths.Select((w, i) => new DocumentFormat.OpenXml.Spreadsheet.Column { Min = (uint)i + 1, Max = (uint)i + 1, Width = w, CustomWidth = true })));
        foreach (var row in data.Elements<SheetRow>()) SetHeight(row, widths);
        sheet.Append(data);
        if (filter is not null) sheet.Append(filter);
        if (links is not null) sheet.Append(links);
        // An ampersand begins a code in a footer; two are one.
        var notices = Wording.Clean(string.Join(" · ", report.Notices)).Replace("&", "&&", StringComparison.Ordinal);
        sheet.Append(new PageMargins { Left = 0.5, Right = 0.5, Top = 0.6, Bottom = 0.7, Header = 0.3, Footer = 0.3 },
            new PageSetup { PaperSize = 9, Orientation = OrientationValues.Landscape, FitToWidth = 1, FitToHeight = 0 },
            new HeaderFooter(new OddFooter($"&L{notices[..Math.Min(notices.Length, 200)]}&RPage &P of &N")));
        return sheet;
    }

    /// <summary>A row as high as its words: programs measure wrapped text only when it is typed.</summary>
    private static void SetHeight(SheetRow row, double[] widths)
    {
        const double LineOfText = 15, TitleHeight = 26, PointsOfWidth = 6.6;
        var cells = row.Elements<DocumentFormat.OpenXml.Spreadsheet.Cell>().ToList();
        row.CustomHeight = true;
        row.Height = cells.Any(c => c.StyleIndex! == Workbook.Title) ? TitleHeight : LineOfText * Math.Min(25, cells
            .Select((cell, i) => cell.StyleIndex!.Value is Workbook.Header or Workbook.NumberHeader or Workbook.Text or Workbook.Note
                ? TextWidth.Lines(cell.InnerText, 11, widths[i] * PointsOfWidth, bold: cell.StyleIndex.Value is Workbook.Header or Workbook.NumberHeader) : 1)
            .DefaultIfEmpty(1).Max());
    }

    private static DocumentFormat.OpenXml.Spreadsheet.Cell Text(string at, string text, uint style) => Workbook.TextCell(at, Inert.Write(text), style);

    /// <summary>A name that Excel takes: at most 31 characters, none of : \ / ? * [ ], no apostrophe at an end; its number keeps it from being given twice.</summary>
    private static string SheetName(int number, string wanted)
    {
        var words = new string([.. Wording.Clean(wanted).Select(c => ":\\/?*[]".Contains(c, StringComparison.Ordinal) || char.IsControl(c) ? ' ' : c)]).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var name = $"{number} {string.Join(' ', words)}";
        if (name.Length > LongestSheetName)
            name = name.LastIndexOf(' ', LongestSheetName) is var space && space > LongestSheetName / 2 ? name[..space] : name[..LongestSheetName];
        return (char.IsHighSurrogate(name[^1]) ? name[..^1] : name).TrimEnd('\'', ' ', ',');
    }

    /// <summary>Rows of words, one under the other.</summary>
    private sealed class Lines
    {
        public SheetData Data { get; } = new();

        /// <summary>Adds a row with the first cell in a style and the rest in plain text (headers are headers throughout), and gives back its number.</summary>
        public int Add(uint style, params string[] cells)
        {
            var at = Data.ChildElements.Count + 1;
            Data.Append(new SheetRow(cells.Select((text, i) =>
                Text($"{ChartSheet.Letter(i)}{at}", text, i == 0 || style == Workbook.Header ? style : Workbook.Text)))
            { RowIndex = (uint)at });
            return at;
        }
    }
}
