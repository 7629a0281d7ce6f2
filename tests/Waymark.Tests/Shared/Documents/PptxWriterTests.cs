using System.Globalization;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Presentation;
using Waymark.Shared.Documents;
using A = DocumentFormat.OpenXml.Drawing;
using C = DocumentFormat.OpenXml.Drawing.Charts;

namespace Waymark.Tests.Shared.Documents;

public sealed class PptxWriterTests : IDisposable
{
    private readonly MemoryStream file = OfficeFiles.Written(PptxWriter.Write, SampleReport.Pack);
    private readonly PresentationDocument deck;

    public PptxWriterTests() => deck = PresentationDocument.Open(file, false);

    public void Dispose()
    {
        deck.Dispose();
        file.Dispose();
    }

    [Fact]
    public void The_deck_and_the_workbooks_in_it_are_valid()
    {
        OfficeFiles.Faults(deck).ShouldBeEmpty();
        foreach (var chart in Charts(deck))
        {
            using var stream = chart.EmbeddedPackagePart!.GetStream();
            using var workbook = SpreadsheetDocument.Open(stream, false);
            OfficeFiles.Faults(workbook).ShouldBeEmpty();
        }
    }

    [Fact]
    public void The_same_report_gives_the_same_bytes() =>
        OfficeFiles.Written(PptxWriter.Write, SampleReport.Pack).ToArray().ShouldBe(file.ToArray());

    [Fact]
    public void Every_slide_carries_the_notices_and_a_title_of_its_own()
    {
        var slides = OfficeFiles.Slides(deck);
        foreach (var slide in slides)
            foreach (var notice in SampleReport.Pack.Notices)
                OfficeFiles.Text(slide.Slide).ShouldContain(notice);
        var titles = slides.Select(s => OfficeFiles.Text(Placeholder(s, PlaceholderValues.Title) ?? Placeholder(s, PlaceholderValues.CenteredTitle)!)).ToList();
        titles.ShouldBeUnique();
        titles.ShouldAllBe(t => t.Length > 0);
    }

    [Fact]
    public void Pages_are_numbered_after_the_title_slide() =>
        OfficeFiles.Slides(deck).Skip(1).Select(s => OfficeFiles.Text(Placeholder(s, PlaceholderValues.SlideNumber)!))
            .ShouldBe(Enumerable.Range(2, OfficeFiles.Slides(deck).Count - 1).Select(n => n.ToString(CultureInfo.InvariantCulture)));

    [Fact]
    public void Every_row_of_every_table_is_in_the_deck_under_a_header()
    {
        var tables = OfficeFiles.Slides(deck).SelectMany(s => s.Slide.Descendants<A.Table>()).ToList();
        tables.ShouldAllBe(t => t.TableProperties!.FirstRow! == true);
        var rows = tables.SelectMany(t => t.Elements<A.TableRow>().Skip(1)).Select(Words).ToList();
        var wanted = SampleReport.Pack.Sections.SelectMany(s => s.Blocks).OfType<Table>().SelectMany(t => t.Rows).Select(r => string.Join('|', r.Cells.Select(c => c.Text))).ToList();
        rows.ShouldBe(wanted);
        var headers = tables.Select(t => Words(t.Elements<A.TableRow>().First())).ToList();
        headers.Count(h => h.StartsWith("School|Reaching the expected standard (%)|95%", StringComparison.Ordinal)).ShouldBeGreaterThan(1);
        static string Words(A.TableRow row) => string.Join('|', row.Elements<A.TableCell>().Select(c => c.InnerText));
    }

    [Fact]
    public void A_table_of_too_many_columns_goes_on_with_its_names_repeated()
    {
        var columns = Enumerable.Range(1, 16).Select(i => new Column($"m{i}", $"Attainment measure {i}", ColumnRole.Number)).Prepend(SampleReport.School).ToList();
        var wide = new Table("wide", "Many measures", columns, [new([new("Brookfold Lower School"), .. Enumerable.Range(1, 16).Select(i => new Cell($"{i * 1001}", i * 1001))])]);
        using var written = OfficeFiles.Written(PptxWriter.Write, SampleReport.With(wide));
        using var wideDeck = PresentationDocument.Open(written, false);
        var tables = OfficeFiles.Slides(wideDeck).SelectMany(s => s.Slide.Descendants<A.Table>()).ToList();
        tables.Count.ShouldBeGreaterThan(1);
        tables.ShouldAllBe(t => t.InnerText.Contains("Brookfold Lower School", StringComparison.Ordinal));
        for (var i = 1; i <= 16; i++) tables.Count(t => t.InnerText.Contains($"Attainment measure {i}", StringComparison.Ordinal)).ShouldBeGreaterThan(0);
        OfficeFiles.NothingOverflows(wideDeck);
    }

    [Fact]
    public void The_numbers_of_a_chart_are_those_of_its_table()
    {
        var charts = Charts(deck);
        NumbersOf(charts[0]).ShouldBe(SampleReport.Trend.Rows.Select(r => r.Cells[2].Number!.Value), ignoreOrder: true);
        NumbersOf(charts[1]).ShouldBe(SampleReport.Gap.Rows.Select(r => r.Cells[2].Number).OfType<double>(), ignoreOrder: true);
        // The dots of the two interval charts, and the ends of their lines.
        var scatters = charts.Skip(2).Take(2).SelectMany(c => c.ChartSpace.Descendants<C.ScatterChartSeries>()).ToList();
        XOf(scatters, "Reaching the expected standard (%)").ShouldBe(SampleReport.Schools.Rows.Select(r => r.Cells[1].Number).OfType<double>());
        XOf(scatters, "95% interval").Distinct().ShouldBe(SampleReport.Schools.Rows.SelectMany(r => new[] { r.Cells[2].Number, r.Cells[3].Number }).OfType<double>().Distinct(), ignoreOrder: true);
        var funnel = charts[4].ChartSpace.Descendants<C.ScatterChartSeries>().First();
        Cached(funnel.GetFirstChild<C.YValues>()!.NumberReference!).ShouldBe(SampleReport.Funnel.Rows.Select(r => r.Cells[1].Number!.Value));
        Cached(funnel.GetFirstChild<C.XValues>()!.NumberReference!).ShouldBe(SampleReport.Funnel.Rows.Select(r => r.Cells[2].Number!.Value));

        static IEnumerable<double> NumbersOf(ChartPart chart) => chart.ChartSpace.Descendants<C.Values>().Where(v => v.Parent!.InnerText.Contains("$B$", StringComparison.Ordinal) || !v.Parent.InnerText.Contains("England", StringComparison.Ordinal)).SelectMany(v => Cached(v.NumberReference!));
        static IEnumerable<double> XOf(IEnumerable<C.ScatterChartSeries> series, string name) => series.Where(s => s.SeriesText!.InnerText.EndsWith(name, StringComparison.Ordinal)).SelectMany(s => Cached(s.GetFirstChild<C.XValues>()!.NumberReference!));
    }

    [Fact]
    public void What_a_chart_remembers_is_what_its_workbook_holds()
    {
        foreach (var chart in Charts(deck))
        {
            using var stream = chart.EmbeddedPackagePart!.GetStream();
            using var workbook = SpreadsheetDocument.Open(stream, false);
            var cells = workbook.WorkbookPart!.WorksheetParts.Single().Worksheet.Descendants<DocumentFormat.OpenXml.Spreadsheet.Cell>().ToDictionary(c => c.CellReference!.Value!, c => c.CellValue?.Text ?? c.InnerText);
            foreach (var reference in chart.ChartSpace.Descendants<C.NumberReference>())
            {
                var column = reference.Formula!.Text.Split('$')[1];
                foreach (var point in reference.NumberingCache!.Elements<C.NumericPoint>())
                    cells[$"{column}{point.Index!.Value + 2}"].ShouldBe(point.NumericValue!.Text);
            }
        }
    }

    [Fact]
    public void A_break_cuts_the_line_and_a_missing_year_is_a_gap()
    {
        var trend = Charts(deck)[0].ChartSpace;
        trend.Descendants<C.CategoryAxisData>().First().Descendants<C.NumericValue>().Select(v => v.Text).ShouldBe(["2012/13", "2013/14", "2014/15", "break", "2015/16"]);
        trend.GetFirstChild<C.Chart>()!.DisplayBlanksAs!.Val!.Value.ShouldBe(C.DisplayBlanksAsValues.Gap);
        var lines = trend.Descendants<C.LineChartSeries>().ToList();
        lines.Select(l => string.Join(' ', l.GetFirstChild<C.Values>()!.Descendants<C.NumericPoint>().Select(p => p.Index!.Value))).ShouldBe(["0 1 2 4", "0 2 4", "0 1 2 3 4"]);
        lines.Select(l => l.GetFirstChild<C.Marker>()!.Symbol!.Val!.Value).ShouldBeUnique();
        OfficeFiles.Text(OfficeFiles.Slides(deck)[2].Slide).ShouldContain("2015/16 cannot be compared with earlier years: new tests and a new standard.");
    }

    [Fact]
    public void A_chart_tells_in_words_what_it_shows()
    {
        var frames = OfficeFiles.Slides(deck).SelectMany(s => s.Slide.Descendants<GraphicFrame>()).Where(f => f.Descendants<C.ChartReference>().Any()).ToList();
        frames.Select(f => f.NonVisualGraphicFrameProperties!.NonVisualDrawingProperties!.Description!.Value)
            .ShouldBe([SampleReport.Trend.Chart!.Description, SampleReport.Gap.Chart!.Description, SampleReport.Schools.Chart!.Description, SampleReport.Schools.Chart.Description, SampleReport.Funnel.Chart!.Description]);
    }

    [Fact]
    public void A_funnel_names_the_schools_outside_its_limits() =>
        Charts(deck)[4].ChartSpace.Descendants<C.DataLabel>().Select(l => l.GetFirstChild<C.ChartText>()!.InnerText).ShouldBe(["Thornway Lower School", "St Osyth's Catholic Primary School"], ignoreOrder: true);

    [Fact]
    public void Nothing_says_who_or_what_made_the_file_or_when()
    {
        using var reader = new StreamReader(deck.CoreFilePropertiesPart!.GetStream());
        var core = reader.ReadToEnd();
        core.ShouldContain("Houghton Regis cluster: data pack");
        core.ShouldContain("2016-10-03");
        core.ShouldNotContain("creator");
        core.ShouldNotContain("lastModifiedBy");
        deck.ExtendedFilePropertiesPart.ShouldBeNull();
    }

    [Fact]
    public void No_words_leave_their_frame() => OfficeFiles.NothingOverflows(deck);

    [Fact]
    public void Long_words_go_on_to_further_slides()
    {
        var sentence = "Every school told what it had tried, and what came of it. ";
        var report = SampleReport.Pack with
        {
            Title = string.Concat(Enumerable.Repeat("A long title ", 40)),
            Sections = [new("long", string.Concat(Enumerable.Repeat("heading ", 60)), [new Paragraph(string.Concat(Enumerable.Repeat(sentence, 90))), new Paragraph(new string('w', 4000)), new Sentences("Questions", [.. Enumerable.Range(1, 40).Select(i => new Sentence($"Question {i}: {sentence}"))], true)])],
        };
        using var written = OfficeFiles.Written(PptxWriter.Write, report);
        using var longDeck = PresentationDocument.Open(written, false);
        OfficeFiles.NothingOverflows(longDeck);
        OfficeFiles.Faults(longDeck).ShouldBeEmpty();
        var words = string.Join(' ', OfficeFiles.Slides(longDeck).Select(s => OfficeFiles.Text(s.Slide)));
        words.Split("tried,").Length.ShouldBe(90 + 40 + 1);
        words.Count(c => c == 'w').ShouldBeGreaterThanOrEqualTo(4000);
    }

    [Theory, InlineData(0), InlineData(1)]
    public void A_table_without_rows_or_numbers_is_still_shown(int rows)
    {
        var table = SampleReport.Schools with { Rows = [.. Enumerable.Range(0, rows).Select(_ => SampleReport.Figure([new Cell("Gable End Primary Academy")], null, 7))] };
        using var written = OfficeFiles.Written(PptxWriter.Write, SampleReport.With(table));
        using var small = PresentationDocument.Open(written, false);
        OfficeFiles.Faults(small).ShouldBeEmpty();
        Charts(small).ShouldBeEmpty();
        OfficeFiles.Slides(small).SelectMany(s => s.Slide.Descendants<A.Table>()).Single().Elements<A.TableRow>().Count().ShouldBe(rows + 1);
    }

    [Fact]
    public void No_cell_behind_a_chart_runs_as_a_formula()
    {
        var rows = OfficeFiles.Formulas.Select(f => new Row([new(f.Text), SampleReport.Percent(50), SampleReport.Percent(40), SampleReport.Percent(60), SampleReport.Count(20)]));
        using var written = OfficeFiles.Written(PptxWriter.Write, SampleReport.With(SampleReport.Schools with { Rows = [.. rows] }));
        using var hostile = PresentationDocument.Open(written, false);
        OfficeFiles.Faults(hostile).ShouldBeEmpty();
        using var stream = Charts(hostile)[0].EmbeddedPackagePart!.GetStream();
        using var workbook = SpreadsheetDocument.Open(stream, false);
        var texts = OfficeFiles.CellTexts(workbook).Single().Value;
        foreach (var (_, inert) in OfficeFiles.Formulas) texts.ShouldContain(inert.Replace("\r", "\n", StringComparison.Ordinal));
    }

    private static List<ChartPart> Charts(PresentationDocument deck) => [.. OfficeFiles.Slides(deck).SelectMany(s => s.ChartParts)];

    private static IEnumerable<double> Cached(C.NumberReference reference) =>
        reference.NumberingCache!.Elements<C.NumericPoint>().Select(p => double.Parse(p.NumericValue!.Text, CultureInfo.InvariantCulture));

    private static Shape? Placeholder(SlidePart slide, PlaceholderValues type) =>
        slide.Slide.Descendants<Shape>().FirstOrDefault(s => s.Descendants<PlaceholderShape>().Any(p => p.Type!.Value == type));
}
