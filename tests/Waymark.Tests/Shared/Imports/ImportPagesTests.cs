using System.Net;
using System.Text;
using Waymark.Field;
using Waymark.Shared.Access;
using Waymark.Shared.Imports;
using Waymark.Tests.Outcomes.Imports;
using Waymark.Tests.Schools;

namespace Waymark.Tests.Shared.Imports;

public sealed class ImportPagesTests
{
    /// <summary>The rows that a selector finds, their cells with a bar between.</summary>
    internal static IReadOnlyList<string> Rows(PageAnswer page, string selector) =>
        [.. page.Document.QuerySelectorAll(selector).Select(row => string.Join(" | ", row.Children.Select(cell => string.Join(' ', cell.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))))];

    private static (string, string, byte[]) FileOf(string name, string text) => ("Files", name, Encoding.UTF8.GetBytes(text));

    [SkippableTheory, Databases]
    public async Task A_file_is_looked_at_confirmed_taken_back_and_used_again(Database database)
    {
        using var store = TestStore.On(database);
        store.Load("july.csv", ResultFiles.Local("900101,201516,phonics.y1,all,20,30,,provisional", "900102,201516,phonics.y1,all,15,30,,provisional"));
        await using var host = await WaymarkHost.Serving(store);
        using var visitor = host.NewVisitor(RoleKind.Officer);
        var form = await visitor.Get("/imports/new");
        var preview = await visitor.Follow(await visitor.Submit(form, [], [FileOf("october.csv", ResultFiles.Local("900101,201516,phonics.y1,all,24,30,,final", "900103,201516,phonics.y1,girls,9,12,,final"))]));

        preview.Heading.ShouldBe("Look at the file, then confirm it");
        preview.Text.ShouldContain("2015/16");
        preview.Text.ShouldContain("2 rows read: 2 kept, 0 listed with the reason.");
        preview.Text.ShouldContain("1 new figure, 1 changed, 0 the same.");
        Rows(preview, "#measures tbody tr").ShouldBe(["Pupils meeting the phonics standard in year 1 | 2015/16 | 2 | 2"]);
        Rows(preview, "#changed tbody tr").ShouldBe(["Phonics in year 1 | 2015/16 | School 900101 | All pupils | 66.6667% | 80% | 2"]);
        (await visitor.Get("/imports")).All("tbody td:nth-child(4)").ShouldBe(["Not confirmed", "In use"]);

        var confirmed = await visitor.Follow(await visitor.Submit(preview, [], form: "form[action*=confirm]"));
        confirmed.Text.ShouldContain("october.csv is in use");
        (await visitor.Get("/imports")).All("tbody td:nth-child(4)").ShouldBe(["In use", "In use"]);

        var sure = await visitor.Get(confirmed.Link("Take back"));
        sure.All("main li").ShouldBe(["One figure will show what july.csv says.", "One figure will not be shown any more, because no other file in use has it."]);
        var back = await visitor.Follow(await visitor.Submit(sure, []));
        back.Text.ShouldContain("october.csv was taken back");
        (await visitor.Get("/imports")).All("tbody td:nth-child(4)").ShouldBe(["Taken back", "In use"]);

        (await visitor.Follow(await visitor.Submit(back, [], form: "form[action*=confirm]"))).Text.ShouldContain("october.csv is in use");
    }

    [SkippableTheory, Databases]
    public async Task A_file_thrown_away_is_gone(Database database)
    {
        using var store = TestStore.On(database);
        await using var host = await WaymarkHost.Serving(store);
        using var visitor = host.NewVisitor(RoleKind.Officer);
        var preview = await visitor.Follow(await visitor.Submit(await visitor.Get("/imports/new"), [], [FileOf("july.csv", ResultFiles.LocalOf(3))]));
        (await visitor.Follow(await visitor.Submit(preview, [], form: "form[action*=discard]"))).Text.ShouldContain("july.csv was thrown away");
        (await visitor.Get(preview.Address.PathAndQuery)).Status.ShouldBe(HttpStatusCode.NotFound);
        using var db = store.Open();
        db.Imports.Count().ShouldBe(0);
    }

    [SkippableTheory, Databases]
    public async Task A_refused_file_shows_every_fault_and_nothing_is_kept(Database database)
    {
        using var store = TestStore.On(database);
        await using var host = await WaymarkHost.Serving(store);
        using var visitor = host.NewVisitor(RoleKind.Officer);
        var answer = await visitor.Submit(await visitor.Get("/imports/new"), [], [FileOf("july.csv", ResultFiles.Local("90010,201516,phonics.y1,all,20,30,,final", "900102,201516,phonics.y1,all,31,30,,final"))]);
        answer.Status.ShouldBe(HttpStatusCode.OK);
        answer.Errors.ShouldBe(["july.csv has 2 faults, listed below. Correct them in the file and load it again."]);
        Rows(answer, "table tbody tr").ShouldBe([
            "2 | urn | 90010 | This is not a URN; a URN has six digits.",
            "3 | numerator | 31 | 31 of 30 cannot be right: the numerator is larger than the denominator."]);
        answer.All("title").ShouldBe(["Error: Load files - Waymark"]);
        using var db = store.Open();
        db.Imports.Count().ShouldBe(0);
    }

    [Fact]
    public async Task Several_files_give_several_answers()
    {
        using var store = TestStore.On(Database.Sqlite);
        var same = store.Load("same.csv", ResultFiles.LocalOf(2, reached: 7));
        await using var host = await WaymarkHost.Serving(store);
        using var visitor = host.NewVisitor(RoleKind.Officer);
        var form = await visitor.Get("/imports/new");
        var mixed = await visitor.Submit(form, [], [FileOf("good.csv", ResultFiles.LocalOf(3)), FileOf("empty.csv", ""), FileOf("again.csv", ResultFiles.LocalOf(2, reached: 7))]);
        mixed.Errors.ShouldBe(["empty.csv is empty. Download it again and check that it has a header row."]);
        mixed.All(".govuk-summary-card__title").ShouldBe(["good.csv", "empty.csv", "again.csv"]);
        mixed.Link("in use already").ShouldBe($"/imports/{same.Import.Id}");

        var good = await visitor.Follow(await visitor.Submit(form, [], [FileOf("b.csv", ResultFiles.LocalOf(4)), FileOf("c.csv", ResultFiles.LocalOf(5))]));
        good.Text.ShouldContain("2 files were read. Look at each and confirm it");
        good.All("#waiting tbody tr").Count.ShouldBe(3);
    }

    [Theory]
    [InlineData(null, "", "Select a file")]
    [InlineData("soon", "a.csv", "Enter an academic year, like 2015/16")]
    public async Task What_is_missing_is_said_at_its_field(string? year, string file, string error)
    {
        using var store = TestStore.On(Database.Sqlite);
        await using var host = await WaymarkHost.Serving(store);
        using var visitor = host.NewVisitor(RoleKind.Officer);
        var answer = await visitor.Submit(await visitor.Get("/imports/new"), [("Year", year)], file.Length == 0 ? [] : [FileOf(file, "urn\n1\n")]);
        answer.Errors.ShouldBe([error]);
        answer.All(".govuk-error-message").Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_stated_year_counts_for_a_file_that_does_not_tell_its_own()
    {
        using var store = TestStore.On(Database.Sqlite);
        await using var host = await WaymarkHost.Serving(store);
        using var visitor = host.NewVisitor(RoleKind.Officer);
        var form = await visitor.Get("/imports/new");
        const string inspections = "URN,Inspection date,Overall effectiveness\n900101,2016-01-01,2\n";
        (await visitor.Submit(form, [], [FileOf("inspections.csv", inspections)])).Errors.Single().ShouldContain("The file does not tell its academic year.");
        (await visitor.Follow(await visitor.Submit(form, [("Year", "2015/16")], [FileOf("inspections.csv", inspections)]))).Text.ShouldContain("2015/16");
    }

    [Fact]
    public async Task What_is_not_kept_can_be_read_and_downloaded()
    {
        using var store = TestStore.On(Database.Sqlite);
        await using var host = await WaymarkHost.Serving(store);
        using var visitor = host.NewVisitor(RoleKind.Officer);
        var preview = await visitor.Follow(await visitor.Submit(await visitor.Get("/imports/new"), [], [FileOf("inspections_2016.csv", "URN,Inspection date,Overall effectiveness,=cmd()\n900101,2016-01-01,2,x\n90,2016-01-01,2,x\n")]));
        preview.All("details summary").ShouldBe(["This is not a URN; a URN has six digits (1)", "Facts about the inspection (1)", "No measure of the catalogue uses it (1)"], ignoreOrder: true);
        var csv = Encoding.UTF8.GetString((await visitor.Get(preview.Link("Download all of this as CSV"))).Content);
        csv.ShouldContain("row not kept,3,URN,90,this is not a URN; a URN has six digits");
        csv.ShouldContain("'=cmd()", Case.Sensitive, "a spreadsheet runs nothing of it");
    }

    [Fact, Trait("attack", "D21")]
    public async Task Markup_in_names_headers_and_cells_is_shown_as_text()
    {
        using var store = TestStore.On(Database.Sqlite);
        await using var host = await WaymarkHost.Serving(store);
        using var visitor = host.NewVisitor(RoleKind.Officer);
        const string evil = "<img src=x onerror=alert(1)>";
        var form = await visitor.Get("/imports/new");
        PageAnswer[] pages =
        [
            await visitor.Submit(form, [], [FileOf($"{evil}.csv", "nothing,known\n1,2\n")]),
            await visitor.Submit(form, [], [FileOf($"{evil}.csv", ResultFiles.Local($"{evil},201516,phonics.y1,all,20,30,,final", $"900101,201516,{{{{7*7}}}},all,20,30,,final"))]),
            await visitor.Follow(await visitor.Submit(form, [], [FileOf($"{evil} 2016.csv", $"URN,Inspection date,Overall effectiveness,{evil}\n900101,2016-01-01,2,{evil}\n{evil},2016-01-01,2,\n")])),
            await visitor.Get("/imports"),
        ];
        foreach (var page in pages)
        {
            page.Status.ShouldBe(HttpStatusCode.OK);
            page.Document.QuerySelectorAll("img, [onerror]").ShouldBeEmpty(page.Address.ToString());
            page.Text.ShouldContain("<img src=x onerror=alert(1)>", Case.Sensitive, page.Address.ToString());
        }
    }

    [Fact]
    public async Task Every_template_is_there_with_an_example_that_its_importer_knows()
    {
        using var store = TestStore.On(Database.Sqlite);
        await using var host = await WaymarkHost.Serving(store);
        using var visitor = host.NewVisitor(RoleKind.Officer);
        var page = await visitor.Get("/imports/templates");
        foreach (var template in FileTemplate.All)
        {
            var csv = (await visitor.Get(page.Link($"Download {template.FileName}"))).Content;
            var file = TabularFile.Open(template.FileName, csv);
            var reader = Waymark.Shared.Room.All.SelectMany(room => room.Importers).Where(importer => importer.Recognise(file) is not null).ToList();
            if (template.FileName != "pyramids.csv") reader.Count.ShouldBe(1, template.FileName);
        }
        store.Load("edubasealldata20160905.csv", ResultFiles.Register(109428, 109657));
        store.Load("local-results.csv", FileTemplate.All[0].Csv).Import.RowsKept.ShouldBe(1);
        store.Load("clusters.csv", FileTemplate.All[1].Csv).Import.RowsKept.ShouldBe(1);
    }

    [Theory]
    [InlineData("/imports/99")]
    [InlineData("/imports/99/take-back")]
    [InlineData("/imports/templates?handler=file&name=../secret")]
    [InlineData("/imports/map/0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("/imports/99/local-results.csv")]
    public async Task What_is_not_there_is_not_found(string path)
    {
        using var store = TestStore.On(Database.Sqlite);
        await using var host = await WaymarkHost.Serving(store);
        using var visitor = host.NewVisitor(RoleKind.Officer);
        (await visitor.Get(path)).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_body_beyond_the_limit_is_refused_before_it_is_read()
    {
        using var store = TestStore.On(Database.Sqlite);
        await using var host = await WaymarkHost.Serving(store);
        using var visitor = host.NewVisitor(RoleKind.Officer);
        using var socket = new System.Net.Sockets.TcpClient(host.Address.Host, host.Address.Port);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST /imports/new HTTP/1.1\r\nHost: {host.Address.Authority}\r\n{TestCallers.Header}: {TestCallers.Text(1, new HeldRole(RoleKind.Officer, PlaceKey.Partnership))}\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: {600L * 1024 * 1024}\r\n\r\n"));
        using var reader = new StreamReader(stream);
        (await reader.ReadLineAsync()).ShouldBe("HTTP/1.1 413 Payload Too Large");
        (await visitor.Get("/imports")).Status.ShouldBe(HttpStatusCode.OK);
    }
}
