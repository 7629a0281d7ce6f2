using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Presentation;
using DocumentFormat.OpenXml.Validation;
using Waymark.Shared.Documents;
using A = DocumentFormat.OpenXml.Drawing;

namespace Waymark.Tests.Shared.Documents;

/// <summary>What the tests of decks and workbooks share.</summary>
internal static class OfficeFiles
{
    public static MemoryStream Written(Action<Report, Stream> write, Report report)
    {
        var file = new MemoryStream();
        write(report, file);
        file.Position = 0;
        return file;
    }

    public static List<string> Faults(OpenXmlPackage document) =>
        [.. new OpenXmlValidator(FileFormatVersions.Office2019).Validate(document).Select(e => $"{e.Part?.Uri} {e.Path?.XPath}: {e.Description}")];

    /// <summary>The texts of a workbook's cells, sheet by sheet.</summary>
    public static Dictionary<string, List<string>> CellTexts(SpreadsheetDocument workbook) => workbook.WorkbookPart!.Workbook.Sheets!.Elements<DocumentFormat.OpenXml.Spreadsheet.Sheet>()
        .ToDictionary(s => s.Name!.Value!, s => ((WorksheetPart)workbook.WorkbookPart.GetPartById(s.Id!)).Worksheet.Descendants<DocumentFormat.OpenXml.Spreadsheet.Cell>()
            .Where(c => c.InlineString is not null).Select(c => c.InlineString!.InnerText).ToList());

    public static List<SlidePart> Slides(PresentationDocument deck) =>
        [.. deck.PresentationPart!.Presentation.SlideIdList!.Elements<DocumentFormat.OpenXml.Presentation.SlideId>().Select(id => (SlidePart)deck.PresentationPart.GetPartById(id.RelationshipId!))];

    public static string Text(OpenXmlElement element) => string.Join('\n', element.Descendants<A.Paragraph>().Select(p => p.InnerText));

    /// <summary>Texts that a spreadsheet would run, and how they have to look instead; the last ones are harmless as they are.</summary>
    public static readonly (string Text, string Inert)[] Formulas =
    [
        ("=1+1", "'=1+1"), ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"), ("-2+3", "'-2+3"), ("@SUM(1)", "'@SUM(1)"), ("\t=1", "'\t=1"), ("\r=1", "'\r=1"),
        ("\ufeff=1", "'\ufeff=1"), ("＝1+1", "'＝1+1"), ("  =1", "'  =1"), ("+44 1525 000 000", "'+44 1525 000 000"), ("-2.5", "-2.5"), ("+3", "+3"), ("St Osyth's", "St Osyth's"),
    ];

    /// <summary>An estimate apart from the writer's own: half an em for each character, the frame's height from the slide or its layout.</summary>
    public static void NothingOverflows(PresentationDocument deck)
    {
        foreach (var slide in Slides(deck))
        {
            foreach (var shape in slide.Slide.Descendants<Shape>())
            {
                var (extents, size) = Frame(slide, shape);
                var height = shape.Descendants<A.Paragraph>().Sum(p =>
                {
                    var points = (p.Descendants<A.RunProperties>().FirstOrDefault()?.FontSize?.Value ?? size) / 100.0;
                    return Math.Ceiling(Math.Max(1, p.InnerText.Length * points * 0.5 * 12700 / extents.Cx!.Value)) * points * 1.17;
                });
                (height * 12700).ShouldBeLessThanOrEqualTo(extents.Cy!.Value * 1.02, shape.InnerText[..Math.Min(80, shape.InnerText.Length)]);
            }
            foreach (var frame in slide.Slide.Descendants<GraphicFrame>())
            {
                var (at, extents) = (frame.Transform!.Offset!, frame.Transform.Extents!);
                (at.X!.Value + extents.Cx!.Value).ShouldBeLessThanOrEqualTo(912 * 12700 + 20);
                (at.Y!.Value + extents.Cy!.Value).ShouldBeLessThanOrEqualTo(490 * 12700);
                foreach (var row in frame.Descendants<A.TableRow>())
                    foreach (var (cell, width) in row.Elements<A.TableCell>().Zip(frame.Descendants<A.GridColumn>()))
                    {
                        var points = cell.Descendants<A.RunProperties>().FirstOrDefault()?.FontSize?.Value / 100.0 ?? 12;
                        (Math.Ceiling(cell.InnerText.Length * points * 0.5 * 12700 / width.Width!.Value) * points * 1.17 * 12700).ShouldBeLessThanOrEqualTo(row.Height!.Value, cell.InnerText);
                    }
            }
        }
    }

    private static (A.Extents Extents, int Size) Frame(SlidePart slide, Shape shape)
    {
        if (shape.ShapeProperties?.Transform2D?.Extents is { } own) return (own, 1400);
        var placeholder = shape.Descendants<PlaceholderShape>().Single();
        var origin = slide.SlideLayoutPart!.SlideLayout.Descendants<Shape>().Single(s => s.Descendants<PlaceholderShape>().Single() is var p && p.Type!.Value == placeholder.Type!.Value && p.Index?.Value == placeholder.Index?.Value);
        return (origin.ShapeProperties!.Transform2D!.Extents!, origin.Descendants<A.DefaultRunProperties>().First().FontSize!.Value);
    }
}
