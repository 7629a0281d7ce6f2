using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using Waymark.Schools;
using Waymark.Shared.Documents;
using Break = DocumentFormat.OpenXml.Wordprocessing.Break;
using Paragraph = DocumentFormat.OpenXml.Wordprocessing.Paragraph;

namespace Waymark.Meetings.Documents;

/// <summary>The letters after a meeting as one Word file, a page each: the same letters give the same bytes.</summary>
internal static class LetterDocx
{
    public static void Write(Meeting meeting, IReadOnlyList<(Letter Letter, School School)> letters, string authority, IReadOnlyList<string> clusters, Stream output)
    {
        using var package = new MemoryStream();
        using (var document = WordprocessingDocument.Create(package, WordprocessingDocumentType.Document))
        {
            var title = $"Letters after the meeting of {MeetingWords.Day(meeting.Day)}";
            Reproducible.WriteCoreProperties(document.AddCoreFilePropertiesPart().GetStream(), new Report("letters", title, "", letters[0].Letter.IssuedOn, [], []));
            var main = document.AddMainDocumentPart();
            main.AddNewPart<StyleDefinitionsPart>("styles").Styles = Styles();
            var body = new Body();
            foreach (var (of, i) in letters.Select((of, i) => (of, i)))
            {
                if (i > 0) body.Append(new Paragraph(new Run(new Break { Type = BreakValues.Page })));
                foreach (var line in Lines(meeting, of.Letter, of.School, authority, clusters)) body.Append(line);
            }
            body.Append(new SectionProperties(new PageSize { Width = 11906, Height = 16838 }, new PageMargin { Top = 1440, Bottom = 1440, Left = 1440, Right = 1440, Header = 720, Footer = 720, Gutter = 0 }));
            main.Document = new Document(body);
        }
        Reproducible.Zip(package, output);
    }

    private static IEnumerable<Paragraph> Lines(Meeting meeting, Letter letter, School school, string authority, IReadOnlyList<string> clusters)
    {
        foreach (var line in new[] { school.Name, school.Street, school.Town, school.Postcode }.Where(line => !string.IsNullOrWhiteSpace(line))) yield return Text(line!, "Address");
        yield return Text(MeetingWords.Day(letter.IssuedOn), "Date");
        yield return Text(LetterText.Subject(meeting, clusters), "Heading1");
        foreach (var paragraph in LetterText.Paragraphs(meeting, clusters, authority)) yield return Text(paragraph);
    }

    private static Paragraph Text(string text, string style = "Normal") =>
        new(new ParagraphProperties(new ParagraphStyleId { Val = style }), new Run(new Text(Wording.Clean(text)) { Space = SpaceProcessingModeValues.Preserve }));

    private static Styles Styles() => new(
        new DocDefaults(new RunPropertiesDefault(new RunPropertiesBaseStyle(new RunFonts { Ascii = "Arial", HighAnsi = "Arial", ComplexScript = "Arial" }, new FontSize { Val = "24" }, new Languages { Val = "en-GB" }))),
        Style("Normal", 200, "24", false), Style("Address", 0, "24", false), Style("Date", 480, "24", false, 480), Style("Heading1", 240, "28", true));

    private static Style Style(string id, int after, string size, bool bold, int before = 0)
    {
        var run = new StyleRunProperties();
        if (bold) run.Append(new Bold());
        run.Append(new FontSize { Val = size });
        return new Style(new StyleName { Val = id == "Heading1" ? "heading 1" : id }, new StyleParagraphProperties(new SpacingBetweenLines { Before = before.ToString(System.Globalization.CultureInfo.InvariantCulture), After = after.ToString(System.Globalization.CultureInfo.InvariantCulture), Line = "276", LineRule = LineSpacingRuleValues.Auto }), run)
        { Type = StyleValues.Paragraph, StyleId = id, Default = id == "Normal" };
    }
}
