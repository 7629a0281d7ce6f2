using System.Globalization;
using System.Net;
using System.Text.Json;
using Waymark.Clusters;
using Waymark.Field;
using Waymark.Schools;
using Waymark.Tests.Shared;

namespace Waymark.Tests.Outcomes.Packs;

public sealed class ExamplePackTests
{
    [SkippableTheory, Databases]
    public async Task The_first_side_stands_alone_and_every_finding_leads_to_its_figure(Database database)
    {
        using var store = TestStore.WithExample(database);
        await using var host = await WaymarkHost.Serving(store);
        using var visitor = host.NewVisitor(RoleKind.Officer);
        foreach (var cluster in Clusters(store))
        {
            var page = await visitor.Get($"/clusters/{cluster}/pack");
            page.Status.ShouldBe(HttpStatusCode.OK);
            page.Text.ShouldContain("Example: fictional schools");
            var findings = page.Document.QuerySelectorAll("#summary .w-finding a").Select(link => (Text: PageAnswer.Words(link.ParentElement!.TextContent), Href: link.GetAttribute("href")!)).ToList();
            findings.Count.ShouldBeInRange(0, 5);
            page.All("#summary ol li").Count.ShouldBe(3);
            if (findings.Count == 0) page.Text.ShouldContain("nothing stands out");
            foreach (var (text, href) in findings)
            {
                text.ShouldMatch(@"\(\d[\d,]* of \d|\d (pupils|students)[;)]|% of \d[\d,]* disadvantaged children ");
                (await visitor.Get(href)).Status.ShouldBe(HttpStatusCode.OK, href);
            }
        }
    }

    [SkippableTheory, Databases]
    public async Task No_part_about_the_youngest_is_empty_in_any_cluster(Database database)
    {
        using var store = TestStore.WithExample(database);
        await using var host = await WaymarkHost.Serving(store);
        using var visitor = host.NewVisitor(RoleKind.Officer);
        foreach (var cluster in Clusters(store))
        {
            var page = await visitor.Get($"/clusters/{cluster}/pack");
            foreach (var part in (string[])["#results-early", "#trend-early", "#schools-early", "#beside", "#standings", "#characteristics", "#gap-table", "#similar-schools"])
                page.Rows($"{part} tbody tr").Count(row => row.Any(char.IsDigit)).ShouldBeGreaterThan(1, $"{cluster} {part}");
            page.All("#results-early tbody td").Count(cell => cell.Contains('%', StringComparison.Ordinal)).ShouldBeGreaterThan(12, cluster);
            NothingEmpty(page);
        }
    }

    [SkippableTheory, Databases]
    public async Task Every_kind_of_school_has_a_report_and_governors_get_one_side(Database database)
    {
        using var store = TestStore.WithExample(database);
        await using var host = await WaymarkHost.Serving(store);
        using var visitor = host.NewVisitor(RoleKind.Officer);
        List<(SchoolUrn Urn, Phase Phase)> schools;
        using (var db = store.Open())
            schools = [.. db.Schools.Where(school => school.Status == SchoolStatus.Open).OrderBy(school => school.Urn).AsEnumerable().GroupBy(school => school.Phase)
                .SelectMany(phase => phase.Where((_, i) => i % Math.Max(1, phase.Count() / 4) == 0).Take(4)).Select(school => (school.Urn, school.Phase))];
        schools.Select(school => school.Phase).Distinct().Count().ShouldBeGreaterThanOrEqualTo(6);
        foreach (var (urn, phase) in schools)
        {
            var report = await visitor.Get($"/schools/{urn}/report");
            report.Status.ShouldBe(HttpStatusCode.OK);
            NothingEmpty(report);
            if (phase is Phase.Lower or Phase.Primary) report.All("#results-early tbody td").Count(cell => cell.Contains('%', StringComparison.Ordinal)).ShouldBeGreaterThan(8, report.Heading);
            if (phase is Phase.Middle or Phase.Primary) report.All("#results-ks2 tbody td").Count(cell => cell.Contains('%', StringComparison.Ordinal)).ShouldBeGreaterThan(8, report.Heading);
            if (phase is Phase.Upper) report.All("#results-ks4 tbody td").Count(cell => cell.Contains('%', StringComparison.Ordinal)).ShouldBeGreaterThan(4, report.Heading);
            var side = await visitor.Get($"/schools/{urn}/governors");
            side.Status.ShouldBe(HttpStatusCode.OK);
            side.All("main h2").Count(heading => heading != "Take it with you").ShouldBe(1);
            side.Document.QuerySelectorAll("#summary .w-finding a").Length.ShouldBeLessThanOrEqualTo(3);
            side.All("#summary ol li").Count.ShouldBe(3);
            side.Text.ShouldContain("What is not known");
        }
    }

    /// <summary>Every section says something, and no table stands without a number or without a row.</summary>
    private static void NothingEmpty(PageAnswer page)
    {
        foreach (var section in page.Document.QuerySelectorAll(".w-section"))
        {
            section.QuerySelectorAll("p, li, td").ShouldNotBeEmpty($"{page.Heading}: {section.Id}");
            foreach (var table in section.QuerySelectorAll("table"))
            {
                table.QuerySelectorAll("tbody tr").ShouldNotBeEmpty($"{page.Heading}: {table.Id}");
                table.QuerySelectorAll("tbody td").ShouldContain(cell => cell.TextContent.Any(char.IsDigit), $"{page.Heading}: {table.Id}");
            }
        }
    }

    private static List<string> Clusters(TestStore store)
    {
        using var db = store.Open();
        List<string> all = [.. db.OuterClusters(new DateOnly(2016, 8, 31)).Select(cluster => cluster.Slug)];
        all.Count.ShouldBe(7);
        return all;
    }

    [Fact]
    public async Task Every_format_comes_under_its_own_name()
    {
        using var store = TestStore.WithExample(Database.Sqlite);
        await using var host = await WaymarkHost.Serving(store);
        using var visitor = host.NewVisitor(RoleKind.Officer);
        foreach (var (format, type) in ((string, string)[])[("pptx", "presentation"), ("xlsx", "sheet"), ("csv", "text/csv"), ("meta.csv", "text/csv"), ("html", "text/html")])
        {
            var file = await visitor.Get($"/clusters/dunstable/pack/201516.{format}");
            file.Status.ShouldBe(HttpStatusCode.OK, format);
            file.ContentHeaders.ContentType!.ToString().ShouldContain(type);
            file.ContentHeaders.ContentDisposition!.ToString().ShouldContain($"pack-dunstable-201516.{format}");
        }
    }

    [Theory]
    [InlineData("/clusters/atlantis/pack")]
    [InlineData("/clusters/dunstable/pack?year=2016")]
    [InlineData("/clusters/dunstable/pack/201516.docx")]
    [InlineData("/clusters/dunstable/pack/2016.csv")]
    [InlineData("/clusters/dunstable/pack/csv")]
    [InlineData("/clusters/atlantis/pack/201516.csv")]
    [InlineData("/schools/999999/report")]
    [InlineData("/schools/nonsense/report")]
    [InlineData("/schools/999999/governors")]
    [InlineData("/schools/999999/report/201516.csv")]
    [InlineData("/figures/ks2.nonsense/201516/authority/823/all")]
    [InlineData("/figures/ks2.rwm.exp/201517/authority/823/all")]
    [InlineData("/figures/ks2.rwm.exp/201516/planet/823/all")]
    [InlineData("/figures/ks2.rwm.exp/201516/authority/823/giants")]
    [InlineData("/figures/ks2.rwm.exp/201516/cluster/9999/all")]
    [InlineData("/figures/ks2.rwm.exp/201516/school/99999999/all")]
    public async Task What_is_not_there_is_not_found(string address)
    {
        using var store = TestStore.WithExample(Database.Sqlite);
        await using var host = await WaymarkHost.Serving(store);
        using var visitor = host.NewVisitor(RoleKind.Officer);
        (await visitor.Get(address)).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Every_number_of_the_csv_is_the_one_that_the_command_line_gives()
    {
        using var store = TestStore.WithExample(Database.Sqlite);
        var answer = await WaymarkProcess.Run(store, "figures", "--cluster", "Dunstable", "--year", "201516", "--json");
        answer.ExitCode.ShouldBe(0, answer.Errors);
        using var json = JsonDocument.Parse(answer.Output);
        var figures = json.RootElement.EnumerateArray().ToDictionary(figure => (figure.GetProperty("measure").GetString()!, figure.GetProperty("group").GetString()!));

        await using var host = await WaymarkHost.Serving(store);
        using var visitor = host.NewVisitor(RoleKind.Officer);
        var rows = (await visitor.Get("/clusters/dunstable/pack/201516.csv")).Html.Split("\r\n").Select(Cells).ToList();
        var header = rows[0];
        int Column(string name) => Array.IndexOf(header, name);
        var compared = 0;
        foreach (var row in rows.Skip(1).Where(row => row.Length == header.Length && row[Column("time_period")] == "201516" && row[Column("geographic_level")] == "Cluster"))
        {
            var measure = row[Column("measure")];
            // In a pack, absence is weighted by the pupils on roll, which no file of absence has.
            if (measure.StartsWith("absence.", StringComparison.Ordinal)) continue;
            var figure = figures[(measure, row[Column("group")])];
            foreach (var name in (string[])["value", "numerator", "denominator", "lower", "upper"])
            {
                var text = row[Column(name)];
                var element = figure.GetProperty(name);
                if (element.ValueKind == JsonValueKind.Null)
                {
                    double.TryParse(text, CultureInfo.InvariantCulture, out _).ShouldBeFalse($"{measure} {name} {text}");
                    continue;
                }
                var decimals = text.Contains('.', StringComparison.Ordinal) ? text.Length - text.IndexOf('.', StringComparison.Ordinal) - 1 : 0;
                double.Parse(text, CultureInfo.InvariantCulture).ShouldBe(element.GetDouble(), 0.5 * Math.Pow(10, -decimals) + 1e-9, $"{measure} {name}");
                compared++;
            }
        }
        compared.ShouldBeGreaterThan(50);
    }

    private static string[] Cells(string line)
    {
        var cells = new List<string>();
        var (cell, quoted) = (new System.Text.StringBuilder(), false);
        foreach (var letter in line)
        {
            if (letter == '"') quoted = !quoted;
            else if (letter == ',' && !quoted) { cells.Add(cell.ToString()); cell.Clear(); }
            else cell.Append(letter);
        }
        cells.Add(cell.ToString());
        return [.. cells];
    }
}
