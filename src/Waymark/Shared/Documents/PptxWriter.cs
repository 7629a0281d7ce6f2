using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Presentation;
using A = DocumentFormat.OpenXml.Drawing;
using C = DocumentFormat.OpenXml.Drawing.Charts;

namespace Waymark.Shared.Documents;

/// <summary>
/// Writes a report as a 16:9 deck: a title slide, then each section's words, charts and tables. A chart is a native one with
/// the workbook of its numbers inside, and its table follows it. The notices and the page number stand on every slide.
/// </summary>
public static class PptxWriter
{
    private const string WorkbookType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    private const string TableUri = "http://schemas.openxmlformats.org/drawingml/2006/table", ChartUri = "http://schemas.openxmlformats.org/drawingml/2006/chart";

    public static void Write(Report report, Stream output)
    {
        using var package = new MemoryStream();
        using (var document = PresentationDocument.Create(package, PresentationDocumentType.Presentation))
        {
            Reproducible.WriteCoreProperties(document.AddCoreFilePropertiesPart().GetStream(), report);
            var presentation = document.AddPresentationPart();
            var layouts = SlideMaster.Add(presentation);
            var ids = new SlideIdList();
            presentation.Presentation = new(
                new SlideMasterIdList(new SlideMasterId { Id = 2147483648, RelationshipId = "master" }), ids,
                new SlideSize { Cx = (int)SlideMaster.Emu(960), Cy = (int)SlideMaster.Emu(540) }, new NotesSize { Cx = 6858000, Cy = 9144000 },
                new DefaultTextStyle(new A.DefaultParagraphProperties(new A.DefaultRunProperties { Language = "en-GB" })));
            var number = 0;
            SlidePart NewSlide(SlideLayoutPart layout)
            {
                var id = $"slide{++number}";
                var part = presentation.AddNewPart<SlidePart>(id);
                part.AddPart(layout, "layout");
                ids.Append(new SlideId { Id = 255 + (uint)number, RelationshipId = id });
                return part;
            }

            TitleSlide(NewSlide(layouts.Title), report);
            foreach (var slide in Slide.Of(report))
                Draw(NewSlide(slide.Chart is null && slide.Table is null ? layouts.Words : layouts.Heading), report, slide, number);
        }
        Reproducible.Zip(package, output);
    }

    private static void TitleSlide(SlidePart part, Report report)
    {
        var title = TextWidth.Cut(report.Title, 40, Slide.Width, 3, bold: true, out _);
        part.Slide = Page(
            Placeholder(2, "Title", PlaceholderValues.CenteredTitle, null, [Words(title)]),
            Placeholder(3, "Subtitle", PlaceholderValues.SubTitle, 1,
            [
                Words(TextWidth.Cut(report.Subtitle, 20, Slide.Width, 3, bold: false, out _)),
                Words($"As of {report.AsOf.ToString("d MMMM yyyy", Wording.English)}"),
            ]),
            Placeholder(4, "Notices", PlaceholderValues.Body, 13, [.. report.Notices.Take(5).Select(n => Words(TextWidth.Cut(n, 15, Slide.Width - 40, report.Notices.Count <= 3 ? 2 : 1, bold: true, out _), 15))]));
    }

    private static void Draw(SlidePart part, Report report, Slide slide, int number)
    {
        var small = TextWidth.Lines(slide.Title, SlideMaster.TitleSize, Slide.Width, bold: true) > 2;
        var size = small ? SlideMaster.SmallTitleSize : SlideMaster.TitleSize;
        var title = TextWidth.Cut(slide.Title, size, Slide.Width, small ? 3 : 2, bold: true, out _);
        var shapes = new List<OpenXmlElement>
        {
            Placeholder(2, "Title", PlaceholderValues.Title, null, [Words(title, small ? size : null)]),
            Placeholder(3, "Section", PlaceholderValues.Body, 13, [Words(TextWidth.Cut(slide.Section, 14, Slide.Width, 1, bold: false, out _))]),
        };
        if (slide.Lines.Count > 0)
            shapes.Add(Placeholder(4, "Words", PlaceholderValues.Body, 1, [.. slide.Lines.Select((line, i) => Words(part, line, i))]));
        if (slide.Intro.Count > 0)
            shapes.Add(TextBox(part, 4, "Introduction", Slide.BodyTop, slide.IntroHeight, A.TextAnchoringTypeValues.Top, slide.Intro));
        if (slide.Chart is { } chart)
            shapes.Add(ChartFrame(part, chart, Slide.BodyTop + slide.IntroHeight, slide.ChartHeight));
        if (slide.Table is { } table)
            shapes.Add(TableFrame(table, Slide.BodyTop + slide.IntroHeight + (slide.Chart is null ? 0 : slide.ChartHeight + Slide.Gap)));
        if (slide.Notes.Count > 0)
            shapes.Add(TextBox(part, 6, "Notes", Slide.BodyTop + Slide.BodyHeight - slide.NotesHeight, slide.NotesHeight, A.TextAnchoringTypeValues.Bottom, slide.Notes));
        if (report.Notices.Count > 0)
            shapes.Add(Placeholder(7, "Notices", PlaceholderValues.Footer, 11, [Words(TextWidth.Cut(string.Join(" · ", report.Notices), 12, SlideMaster.FooterWidth, 2, bold: false, out _))]));
        shapes.Add(Placeholder(8, "Page", PlaceholderValues.SlideNumber, 12,
            [new A.Paragraph(new A.Field(new A.RunProperties { Language = "en-GB" }, new A.Text($"{number}")) { Id = "{5A3E7B41-6C0D-4D6B-9F0C-0C7B5B0E1A01}", Type = "slidenum" })]));
        part.Slide = Page([.. shapes]);
    }

    private static DocumentFormat.OpenXml.Presentation.Slide Page(params OpenXmlElement[] shapes) =>
        new(new CommonSlideData(SlideMaster.Tree(shapes)), new ColorMapOverride(new A.MasterColorMapping()));

    private static Shape Placeholder(uint id, string name, PlaceholderValues type, uint? index, IReadOnlyList<A.Paragraph> paragraphs)
    {
        var placeholder = new PlaceholderShape { Type = type };
        if (index is { } i) placeholder.Index = i;
        return new(
            new NonVisualShapeProperties(new NonVisualDrawingProperties { Id = id, Name = name }, new NonVisualShapeDrawingProperties(new A.ShapeLocks { NoGrouping = true }),
                new ApplicationNonVisualDrawingProperties(placeholder)),
            new ShapeProperties(), new TextBody([new A.BodyProperties(), new A.ListStyle(), .. paragraphs.DefaultIfEmpty(new A.Paragraph())]));
    }

    private static A.Paragraph Words(string text, double? size = null)
    {
        var run = new A.RunProperties { Language = "en-GB" };
        if (size is { } points) run.FontSize = (int)(points * 100);
        return new(new A.Run(run, new A.Text(Wording.Clean(text))));
    }

    private static A.Paragraph Words(SlidePart part, SlideLine line, int index)
    {
        var properties = new A.ParagraphProperties { LeftMargin = (int)SlideMaster.Emu(line.Indent), Indent = -(int)SlideMaster.Emu(line.Indent) };
        properties.Append(new A.SpaceAfter(new A.SpacingPoints { Val = (int)(line.After * 100) }));
        if (line.Bullet.Trim().Length == 0) properties.Append(new A.NoBullet());
        else if (line.Bullet == "•") properties.Append(new A.CharacterBullet { Char = "•" });
        else properties.Append(new A.AutoNumberedBullet { Type = A.TextAutoNumberSchemeValues.ArabicPeriod, StartAt = int.Parse(line.Bullet.TrimEnd('.'), System.Globalization.CultureInfo.InvariantCulture) });
        var run = new A.RunProperties(SlideMaster.Fill(line.Quiet ? OfficeChart.Grey : OfficeChart.Ink)) { Language = "en-GB", FontSize = (int)(line.Size * 100), Bold = line.Bold };
        // Only a whole address leads anywhere from a file.
        if (Uri.TryCreate(line.Href, UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
        {
            part.AddHyperlinkRelationship(address, isExternal: true, $"link{index}");
            run.Append(new A.HyperlinkOnClick { Id = $"link{index}" });
        }
        return new(properties, new A.Run(run, new A.Text(Wording.Clean(line.Text))));
    }

    private static Shape TextBox(SlidePart part, uint id, string name, double top, double height, A.TextAnchoringTypeValues anchor, IEnumerable<SlideLine> lines) => new(
        new NonVisualShapeProperties(new NonVisualDrawingProperties { Id = id, Name = name }, new NonVisualShapeDrawingProperties { TextBox = true }, new ApplicationNonVisualDrawingProperties()),
        new ShapeProperties(SlideMaster.Box(Slide.Left, top, Slide.Width, height), SlideMaster.Rectangle(), new A.NoFill()),
        new TextBody([SlideMaster.Frame(anchor), new A.ListStyle(), .. lines.Select((line, i) => Words(part, line, (int)id * 100 + i))]));

    private static GraphicFrame ChartFrame(SlidePart part, ChartData data, double top, double height)
    {
        var chart = part.AddNewPart<ChartPart>("chart");
        var drawn = OfficeChart.Draw(data, "workbook");
        chart.ChartSpace = drawn.Space;
        var workbook = chart.AddNewPart<EmbeddedPackagePart>(WorkbookType, "workbook");
        using (var bytes = new MemoryStream(Workbook.Behind(drawn.Sheet))) workbook.FeedData(bytes);
        return Frame(5, "Chart", data.Chart.Description, Slide.Left, top, Slide.Width, height, ChartUri, new C.ChartReference { Id = "chart" });
    }

    private static GraphicFrame TableFrame(SlideTable part, double top)
    {
        var grid = new A.TableGrid(part.Columns.Select(c => new A.GridColumn { Width = SlideMaster.Emu(c.Width) }));
        var table = new A.Table(new A.TableProperties { FirstRow = true }, grid);
        A.TableRow Row(double height, Func<int, Cell> cell, bool header) => new(part.Columns.Select(c => TableCell(part, c.Column, c.Width, cell(c.Column), header))) { Height = SlideMaster.Emu(height) };
        table.Append(Row(part.HeaderHeight, c => new Cell(part.Table.Columns[c].HeadingWithUnit()), header: true));
        foreach (var (row, height) in part.Rows) table.Append(Row(height, c => row.CellAt(c), header: false));
        return Frame(9, "Table", part.Table.Caption, Slide.Left, top, part.Columns.Sum(c => c.Width), part.Height, TableUri, table);
    }

    private static A.TableCell TableCell(SlideTable part, int column, double width, Cell cell, bool header)
    {
        var quiet = !header && cell.Symbol.Length > 0;
        var run = new A.RunProperties(SlideMaster.Fill(quiet ? OfficeChart.Grey : OfficeChart.Ink)) { Language = "en-GB", FontSize = (int)(part.Size * 100), Bold = header };
        var paragraph = new A.Paragraph(new A.ParagraphProperties { Alignment = part.Table.Columns[column].IsNumeric ? A.TextAlignmentTypeValues.Right : A.TextAlignmentTypeValues.Left });
        var text = Wording.Clean(TableLayout.Shown(cell.Text, part.Size, width, header));
        paragraph.Append(text.Length > 0 ? new A.Run(run, new A.Text(text)) : new A.EndParagraphRunProperties { Language = "en-GB", FontSize = (int)(part.Size * 100) });
        return new(
            new A.TextBody(new A.BodyProperties(), new A.ListStyle(), paragraph),
            new A.TableCellProperties(
                new A.LeftBorderLineProperties(new A.NoFill()), new A.RightBorderLineProperties(new A.NoFill()), new A.TopBorderLineProperties(new A.NoFill()),
                new A.BottomBorderLineProperties(SlideMaster.Fill(header ? OfficeChart.Ink : OfficeChart.Rule)) { Width = header ? 19050 : 9525 }, new A.NoFill())
            {
                LeftMargin = (int)SlideMaster.Emu(6),
                RightMargin = (int)SlideMaster.Emu(6),
                TopMargin = (int)SlideMaster.Emu(3),
                BottomMargin = (int)SlideMaster.Emu(3),
                Anchor = header ? A.TextAnchoringTypeValues.Bottom : A.TextAnchoringTypeValues.Center,
            });
    }

    private static GraphicFrame Frame(uint id, string name, string description, double left, double top, double width, double height, string uri, OpenXmlElement content) => new(
        new NonVisualGraphicFrameProperties(new NonVisualDrawingProperties { Id = id, Name = name, Description = Wording.Clean(description) },
            new NonVisualGraphicFrameDrawingProperties(new A.GraphicFrameLocks { NoGrouping = true }), new ApplicationNonVisualDrawingProperties()),
        new Transform(new A.Offset { X = SlideMaster.Emu(left), Y = SlideMaster.Emu(top) }, new A.Extents { Cx = SlideMaster.Emu(width), Cy = SlideMaster.Emu(height) }),
        new A.Graphic(new A.GraphicData(content) { Uri = uri }));
}
