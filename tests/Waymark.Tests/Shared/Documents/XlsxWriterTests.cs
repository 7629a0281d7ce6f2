using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Waymark.Shared.Documents;
using Cell = DocumentFormat.OpenXml.Spreadsheet.Cell;
using Row = Waymark.Shared.Documents.Row;
using Table = Waymark.Shared.Documents.Table;

namespace Waymark.Tests.Shared.Documents;

public sealed class XlsxWriterTests : IDisposable
{
    private readonly MemoryStream file = OfficeFiles.Written(XlsxWriter.Write, SampleReport.Pack);
    private readonly SpreadsheetDocument workbook;

    public XlsxWriterTests() => workbook = SpreadsheetDocument.Open(file, false);

    public void Dispose()
    {
        workbook.Dispose();
        file.Dispose();
    }

    [Fact]
    public void The_workbook_is_valid() => OfficeFiles.Faults(workbook).ShouldBeEmpty();

    [Fact]
    public void The_same_report_gives_the_same_bytes() =>
        OfficeFiles.Written(XlsxWriter.Write, SampleReport.Pack).ToArray().ShouldBe(file.ToArray());

    [Fact]
    public void It_begins_with_a_sheet_about_itself()
    {
        var about = OfficeFiles.CellTexts(workbook).First();
        about.Key.ShouldBe("About");
        about.Value.ShouldContain("As of 3 October 2016");
        about.Value.ShouldContain("Example data about fictional schools");
        about.Value.ShouldContain("held back to protect children's privacy");
        foreach (var sheet in OfficeFiles.CellTexts(workbook).Keys.Skip(1)) about.Value.ShouldContain(sheet);
    }

    [Fact]
    public void Every_table_is_a_sheet_with_numbers_as_numbers_and_symbols_as_text()
    {
        var cells = Sheet("5 Reading, writing and maths at").Descendants<Cell>().ToDictionary(c => c.CellReference!.Value!);
        cells["B3"].InnerText.ShouldBe("Reaching the expected standard (%)");
        for (var r = 0; r < SampleReport.Schools.Rows.Count; r++)
        {
            var row = SampleReport.Schools.Rows[r];
            cells[$"A{r + 4}"].InnerText.ShouldBe(row.Cells[0].Text);
            var value = cells[$"B{r + 4}"];
            if (row.Cells[1].Number is { } number)
                double.Parse(value.CellValue!.Text, System.Globalization.CultureInfo.InvariantCulture).ShouldBe(number);
            else
                value.InnerText.ShouldBe("c");
        }
        var styles = workbook.WorkbookPart!.WorkbookStylesPart!.Stylesheet;
        var format = (CellFormat)styles.CellFormats!.ElementAt((int)cells["B4"].StyleIndex!.Value);
        styles.NumberingFormats!.Elements<NumberingFormat>().Single(f => f.NumberFormatId! == format.NumberFormatId!).FormatCode!.Value.ShouldBe("0.0");
        styles.NumberingFormats.Elements<NumberingFormat>().ShouldAllBe(f => !f.FormatCode!.Value!.Contains('%'));
    }

    [Fact]
    public void A_table_stays_readable_when_scrolled_filtered_and_printed()
    {
        var sheet = Sheet("7 Who to ask");
        sheet.Descendants<Pane>().Single().State!.Value.ShouldBe(PaneStateValues.Frozen);
        sheet.Descendants<AutoFilter>().Single().Reference!.Value.ShouldBe("A3:C5");
        Sheet("5 Reading, writing and maths at").Descendants<DocumentFormat.OpenXml.Spreadsheet.Row>().Single(r => r.RowIndex! == 3).Height!.Value.ShouldBeGreaterThanOrEqualTo(30);
        sheet.Descendants<PageSetup>().Single().Orientation!.Value.ShouldBe(OrientationValues.Landscape);
        workbook.WorkbookPart!.Workbook.DefinedNames!.Elements<DefinedName>().Select(n => n.Text).ShouldContain("'7 Who to ask'!$3:$3");
    }

    [Fact]
    public void Sheets_have_names_that_Excel_takes()
    {
        var captions = new[] { "=1+1", "History", "a/b:c*[d]?", "'quoted'", new string('x', 60), new string('x', 61), "", "@", "About" };
        using var written = OfficeFiles.Written(XlsxWriter.Write, SampleReport.With([.. captions.Select((c, i) => SampleReport.People with { Id = $"t{i}", Caption = c })]));
        using var odd = SpreadsheetDocument.Open(written, false);
        OfficeFiles.Faults(odd).ShouldBeEmpty();
        var names = OfficeFiles.CellTexts(odd).Keys.ToList();
        names.Count.ShouldBe(captions.Length + 1);
        names.Distinct(StringComparer.OrdinalIgnoreCase).Count().ShouldBe(names.Count);
        names.ShouldAllBe(n => n.Length > 0 && n.Length <= 31 && !n.Any(c => @":\/?*[]".Contains(c)) && !"=+-@'".Contains(n[0]) && !n.EndsWith('\'') && n != "History");
    }

    [Fact]
    public void No_cell_runs_as_a_formula()
    {
        var texts = OfficeFiles.Formulas.Select(f => f.Text).ToList();
        var table = new Table("t", "=caption", [new("a", "=heading", ColumnRole.Label), new("b", "Number", ColumnRole.Value, "=unit")], [.. texts.Select(t => new Row([new(t), new(t, null, "=symbol")]))], Note: "=note");
        var report = new Report("x", "=title", "+subtitle", new(2016, 10, 3), ["@notice"], [new("s", "=section", [new Paragraph("=words"), new Sentences("-list", [new("=sentence")]), table])]);
        using var written = OfficeFiles.Written(XlsxWriter.Write, report);
        using var hostile = SpreadsheetDocument.Open(written, false);
        OfficeFiles.Faults(hostile).ShouldBeEmpty();
        var cells = OfficeFiles.CellTexts(hostile).SelectMany(s => s.Value).ToList();
        foreach (var cell in cells.Where(c => c is not ("" or "-2.5" or "+3")))
            "=+-@＝＋－＠\t\r\n".ShouldNotContain(cell.Trim('\ufeff', ' ')[..1]);
        foreach (var kept in new[] { "-2.5", "'=title", "'+subtitle", "'@notice", "'=sentence", "'+44 1525 000 000" }) cells.ShouldContain(kept);
    }

    private Worksheet Sheet(string name)
    {
        var id = workbook.WorkbookPart!.Workbook.Sheets!.Elements<Sheet>().Single(s => s.Name! == name).Id!;
        return ((WorksheetPart)workbook.WorkbookPart.GetPartById(id!)).Worksheet;
    }
}
