using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
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
}
