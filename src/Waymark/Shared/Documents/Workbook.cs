using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;

namespace Waymark.Shared.Documents;

/// <summary>What workbooks share: their styles, their cells, and the order in which their parts get their ids.</summary>
internal static class Workbook
{
    public const uint Plain = 0, Title = 1, Header = 2, Text = 3, Note = 4, NumberHeader = 5, SymbolText = 6, Link = 7;
    private const uint FirstNumber = 8;
    private const int MostDecimals = 6;

    /// <summary>The style of a number with so many decimals.</summary>
    public static uint Number(int decimals) => FirstNumber + (uint)Math.Clamp(decimals, 0, MostDecimals);

    /// <summary>The workbook that a chart in a slide is edited in: one sheet, as plain as can be, the same bytes for the same numbers.</summary>
    public static byte[] Behind(ChartSheet sheet)
    {
        using var package = new MemoryStream();
        using (var document = Create(package, out var workbook))
        {
            var rows = sheet.Columns.Max(c => c.Values.Count);
            var data = new SheetData();
            for (var r = 0; r <= rows; r++)
            {
                var row = new DocumentFormat.OpenXml.Spreadsheet.Row { RowIndex = (uint)r + 1 };
                for (var c = 0; c < sheet.Columns.Count; c++)
                {
                    var value = r == 0 ? sheet.Columns[c].Header : r <= sheet.Columns[c].Values.Count ? sheet.Columns[c].Values[r - 1] : null;
                    var at = $"{ChartSheet.Letter(c)}{r + 1}";
                    if (value is double number) row.Append(NumberCell(at, number, Plain));
                    else if (value is string { Length: > 0 } text) row.Append(TextCell(at, text, Plain));
                }
                data.Append(row);
            }
            AddSheet(workbook, ChartSheet.Name, new Worksheet(data));
        }
        using var output = new MemoryStream();
        Reproducible.Zip(package, output);
        return output.ToArray();
    }

    public static SpreadsheetDocument Create(Stream package, out WorkbookPart workbook)
    {
        var document = SpreadsheetDocument.Create(package, SpreadsheetDocumentType.Workbook);
        workbook = document.AddWorkbookPart();
        workbook.Workbook = new(new Sheets());
        workbook.AddNewPart<WorkbookStylesPart>("styles").Stylesheet = Styles();
        return document;
    }

    public static WorksheetPart AddSheet(WorkbookPart workbook, string name, Worksheet worksheet)
    {
        var sheets = workbook.Workbook.Sheets!;
        var number = (uint)sheets.ChildElements.Count + 1;
        var part = workbook.AddNewPart<WorksheetPart>($"sheet{number}");
        part.Worksheet = worksheet;
        sheets.Append(new Sheet { Name = name, SheetId = number, Id = $"sheet{number}" });
        return part;
    }

    public static DocumentFormat.OpenXml.Spreadsheet.Cell TextCell(string at, string text, uint style) => new()
    {
        CellReference = at,
        StyleIndex = style,
        DataType = CellValues.InlineString,
        InlineString = new(new Text(Wording.Clean(text)) { Space = SpaceProcessingModeValues.Preserve }),
    };

    public static DocumentFormat.OpenXml.Spreadsheet.Cell NumberCell(string at, double number, uint style) => new()
    {
        CellReference = at,
        StyleIndex = style,
        CellValue = new(number.ToString("R", CultureInfo.InvariantCulture)),
    };

    private static Stylesheet Styles()
    {
        static Font Font(double size, bool bold = false, string colour = OfficeChart.Ink, bool underlined = false)
        {
            var font = new Font();
            if (bold) font.Append(new Bold());
            if (underlined) font.Append(new Underline());
            font.Append(new FontSize { Val = size }, new Color { Rgb = "FF" + colour }, new FontName { Val = "Arial" });
            return font;
        }

        static CellFormat Format(uint font, uint border = 0, bool wrap = false, HorizontalAlignmentValues? align = null, uint number = 0)
        {
            var alignment = new Alignment { Vertical = border > 0 ? VerticalAlignmentValues.Bottom : VerticalAlignmentValues.Top, WrapText = wrap };
            if (align is { } horizontal) alignment.Horizontal = horizontal;
            return new(alignment) { FontId = font, BorderId = border, FillId = 0, FormatId = 0, NumberFormatId = number, ApplyFont = true, ApplyAlignment = true, ApplyNumberFormat = number > 0, ApplyBorder = border > 0 };
        }

        // Numbers of formats below 164 belong to the program.
        var numbers = Enumerable.Range(0, MostDecimals + 1).Select(d => new NumberingFormat { NumberFormatId = 164 + (uint)d, FormatCode = Wording.NumberFormat(d) }).ToList();
        var formats = new List<CellFormat>
        {
            Format(0), Format(1), Format(2, border: 1, wrap: true), Format(0, wrap: true), Format(3, wrap: true),
            Format(2, border: 1, wrap: true, HorizontalAlignmentValues.Right), Format(3, align: HorizontalAlignmentValues.Right), Format(4),
        };
        formats.AddRange(numbers.Select(n => Format(0, number: n.NumberFormatId!)));
        return new(
            new NumberingFormats(numbers) { Count = (uint)numbers.Count },
            new Fonts(Font(11), Font(16, bold: true), Font(11, bold: true), Font(11, colour: OfficeChart.Grey), Font(11, colour: OfficeChart.Blue, underlined: true)) { Count = 5 },
            new Fills(new Fill(new PatternFill { PatternType = PatternValues.None }), new Fill(new PatternFill { PatternType = PatternValues.Gray125 })) { Count = 2 },
            new Borders(
                new Border(new LeftBorder(), new RightBorder(), new TopBorder(), new BottomBorder(), new DiagonalBorder()),
                new Border(new LeftBorder(), new RightBorder(), new TopBorder(), new BottomBorder(new Color { Rgb = "FF" + OfficeChart.Ink }) { Style = BorderStyleValues.Medium }, new DiagonalBorder()))
            { Count = 2 },
            new CellStyleFormats(new CellFormat { FontId = 0, FillId = 0, BorderId = 0, NumberFormatId = 0 }) { Count = 1 },
            new CellFormats(formats) { Count = (uint)formats.Count },
            new CellStyles(new CellStyle { Name = "Normal", FormatId = 0, BuiltinId = 0 }) { Count = 1 });
    }
}
