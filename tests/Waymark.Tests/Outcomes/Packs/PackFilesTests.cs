using System.Diagnostics;
using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using DocumentFormat.OpenXml.Packaging;
using Waymark.Clusters;
using Waymark.Field;
using Waymark.Schools;
using Waymark.Shared.Documents;
using Waymark.Tests.Shared;
using Waymark.Tests.Shared.Documents;

namespace Waymark.Tests.Outcomes.Packs;

/// <summary>What people carry to the meeting: packs and reports of the example as paper, slides, workbooks and figures.</summary>
public sealed partial class PackFilesTests : IAsyncLifetime
{
    private const string NoLibreOffice = "LibreOffice is not installed: apt-get install libreoffice-impress.";

    private readonly TestStore store = TestStore.WithExample(Database.Sqlite);
    private WaymarkHost host = null!;
    private Visitor visitor = null!;

    public async Task InitializeAsync()
    {
        host = await WaymarkHost.Serving(store);
        visitor = host.NewVisitor(RoleKind.Officer);
    }

    public async Task DisposeAsync()
    {
        visitor.Dispose();
        await host.DisposeAsync();
        store.Dispose();
    }

    [SkippableFact]
    public async Task Every_section_of_a_cluster_pack_is_one_A4_side()
    {
        Skip.If(Chromium.Find() is null, Chromium.HowToInstall);
        var clusters = Clusters();
        clusters.Count.ShouldBe(7);
        foreach (var slug in clusters)
            await OneSideEach($"/clusters/{slug}/pack");
    }

    [SkippableFact]
    public async Task Every_section_of_a_school_report_is_one_A4_side_and_governors_get_exactly_one()
    {
        Skip.If(Chromium.Find() is null, Chromium.HowToInstall);
        foreach (var urn in SchoolsOfEveryPhase(1))
        {
            await OneSideEach($"/schools/{urn}/report");
            var governors = (await visitor.Get($"/schools/{urn}/report/201516.pdf?side=governors")).Content;
            SidesOf(governors).ShouldBe(1, $"governors of {urn}");
        }
    }

    private async Task OneSideEach(string address)
    {
        var page = await visitor.Get($"{address}?year=201516");
        var file = await visitor.Get($"{address}/201516.pdf");
        file.Status.ShouldBe(HttpStatusCode.OK, address);
        SidesOf(file.Content).ShouldBe(page.Document.QuerySelectorAll(".w-section").Length, $"{address}: {string.Join("; ", page.All(".w-section > h2"))}");
    }

    private static int SidesOf(byte[] pdf) => Side().Count(Encoding.Latin1.GetString(pdf));

    [GeneratedRegex(@"/Type\s*/Page\b(?!s)")]
    private static partial Regex Side();

    [Fact]
    public async Task No_slide_overflows_and_every_deck_and_workbook_is_valid()
    {
        foreach (var address in Clusters().Select(slug => $"/clusters/{slug}/pack").Concat(SchoolsOfEveryPhase(1).Select(urn => $"/schools/{urn}/report")))
        {
            using (var deck = PresentationDocument.Open(new MemoryStream((await visitor.Get($"{address}/201516.pptx")).Content), false))
            {
                OfficeFiles.Faults(deck).ShouldBeEmpty(address);
                OfficeFiles.NothingOverflows(deck);
                foreach (var chart in OfficeFiles.Slides(deck).SelectMany(slide => slide.ChartParts))
                {
                    using var behind = SpreadsheetDocument.Open(chart.EmbeddedPackagePart!.GetStream(), false);
                    OfficeFiles.Faults(behind).ShouldBeEmpty(address);
                }
            }
            using var workbook = SpreadsheetDocument.Open(new MemoryStream((await visitor.Get($"{address}/201516.xlsx")).Content), false);
            OfficeFiles.Faults(workbook).ShouldBeEmpty(address);
        }
    }

    [SkippableFact]
    public async Task LibreOffice_opens_a_deck_with_all_its_slides()
    {
        Skip.If(Which("soffice") is null, NoLibreOffice);
        var folder = Directory.CreateTempSubdirectory("waymark-deck-");
        try
        {
            var deck = Path.Combine(folder.FullName, "deck.pptx");
            await File.WriteAllBytesAsync(deck, (await visitor.Get("/clusters/dunstable/pack/201516.pptx")).Content);
            using (var document = PresentationDocument.Open(deck, false))
            {
                await Run("soffice", folder.FullName, "--headless", $"-env:UserInstallation=file://{folder.FullName}/profile", "--convert-to", "pdf", "--outdir", folder.FullName, deck);
                SidesOf(await File.ReadAllBytesAsync(Path.ChangeExtension(deck, "pdf"))).ShouldBe(OfficeFiles.Slides(document).Count);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [SkippableFact]
    public async Task Two_processes_write_the_same_bytes_in_every_format()
    {
        var formats = Chromium.Find() is null ? "html,pptx,xlsx,csv" : "html,pptx,xlsx,csv,pdf";
        var folders = new[] { Directory.CreateTempSubdirectory("waymark-pack-"), Directory.CreateTempSubdirectory("waymark-pack-") };
        try
        {
            foreach (var folder in folders)
            {
                var answer = await WaymarkProcess.Run(store, "pack", "--cluster", "Houghton Regis", "--year", "201516", "--out", folder.FullName, "--format", formats);
                answer.ExitCode.ShouldBe(0, answer.Errors);
            }
            var names = folders[0].GetFiles().Select(file => file.Name).Order().ToList();
            names.Count.ShouldBe(formats.Split(',').Length + 1, "the CSV comes with its description");
            foreach (var name in names)
                File.ReadAllBytes(Path.Combine(folders[1].FullName, name)).SequenceEqual(File.ReadAllBytes(Path.Combine(folders[0].FullName, name))).ShouldBeTrue(name);
            foreach (var format in (string[])["pptx", "xlsx", "csv", "meta.csv", "html"])
                (await visitor.Get($"/clusters/houghton-regis/pack/201516.{format}")).Content.SequenceEqual(File.ReadAllBytes(Path.Combine(folders[0].FullName, $"pack-houghton-regis-201516.{format}"))).ShouldBeTrue($"the page gives the same {format} as the command");
        }
        finally
        {
            foreach (var folder in folders) folder.Delete(recursive: true);
        }
    }

    /// <summary>A deck and a workbook taken apart: nothing is in them but what the pack shows.</summary>
    [Fact, Trait("attack", "E02")]
    public async Task Office_files_hold_nothing_that_was_not_asked_for()
    {
        foreach (var address in (string[])["/clusters/dunstable/pack", $"/schools/{SchoolsOfEveryPhase(1)[0]}/report"])
        {
            var deck = (await visitor.Get($"{address}/201516.pptx")).Content;
            Parts(deck).ShouldAllBe(name => PartsOfADeck().IsMatch(name));
            using (var document = PresentationDocument.Open(new MemoryStream(deck), false))
                OfficeFiles.Slides(document).ShouldAllBe(slide => slide.NotesSlidePart == null && slide.SlideCommentsPart == null && !(slide.Slide.Show is object));

            var book = (await visitor.Get($"{address}/201516.xlsx")).Content;
            Parts(book).ShouldAllBe(name => PartsOfAWorkbook().IsMatch(name));
            using var workbook = SpreadsheetDocument.Open(new MemoryStream(book), false);
            var sheets = workbook.WorkbookPart!.Workbook.Sheets!.Elements<DocumentFormat.OpenXml.Spreadsheet.Sheet>().ToList();
            sheets.ShouldAllBe(sheet => sheet.State == null);
            workbook.WorkbookPart.Workbook.DefinedNames!.Elements<DocumentFormat.OpenXml.Spreadsheet.DefinedName>().ShouldAllBe(name => name.Name == "_xlnm.Print_Titles");
            workbook.WorkbookPart.WorksheetParts.SelectMany(sheet => sheet.Worksheet.Descendants<DocumentFormat.OpenXml.Spreadsheet.Row>()).ShouldAllBe(row => !(row.Hidden is object));
            workbook.WorkbookPart.WorksheetParts.SelectMany(sheet => sheet.Worksheet.Descendants<DocumentFormat.OpenXml.Spreadsheet.Column>()).ShouldAllBe(column => !(column.Hidden is object));
            workbook.WorkbookPart.WorksheetParts.SelectMany(sheet => sheet.Worksheet.Descendants<DocumentFormat.OpenXml.Spreadsheet.CellFormula>()).ShouldBeEmpty();
        }
    }

    private static IEnumerable<string> Parts(byte[] file)
    {
        using var zip = new ZipArchive(new MemoryStream(file));
        return [.. zip.Entries.Select(entry => entry.FullName)];
    }

    [GeneratedRegex(@"\A(\[Content_Types\]\.xml|_rels/\.rels|(package/services/metadata/)?(docProps|core-properties)/.*|ppt/presentation\.xml|ppt/_rels/presentation\.xml\.rels|ppt/theme/[^/]+|ppt/slideMasters/.*|ppt/slideLayouts/.*|ppt/slides/(_rels/)?slide\d+\.xml(\.rels)?|ppt/(slides/)?charts/.*|ppt/(slides/)?(charts/)?embeddings/.*)\z")]
    private static partial Regex PartsOfADeck();

    [GeneratedRegex(@"\A(\[Content_Types\]\.xml|_rels/\.rels|(package/services/metadata/)?(docProps|core-properties)/.*|xl/workbook\.xml|xl/_rels/workbook\.xml\.rels|xl/styles\.xml|xl/worksheets/sheet\d+\.xml)\z")]
    private static partial Regex PartsOfAWorkbook();

    private List<string> Clusters()
    {
        using var db = store.Open();
        return [.. db.OuterClusters(new DateOnly(2016, 8, 31)).Select(cluster => cluster.Slug)];
    }

    /// <summary>So many open schools of each phase that the example has, spread over its list.</summary>
    private List<SchoolUrn> SchoolsOfEveryPhase(int each)
    {
        using var db = store.Open();
        return [.. db.Schools.Where(school => school.Status == SchoolStatus.Open).OrderBy(school => school.Urn).AsEnumerable().GroupBy(school => school.Phase).OrderBy(phase => phase.Key)
            .SelectMany(phase => phase.Where((_, i) => i % Math.Max(1, phase.Count() / each) == 0).Take(each)).Select(school => school.Urn)];
    }

    private static string? Which(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    private static async Task<string> Run(string program, string folder, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0, await errors);
        return await output;
    }
}
