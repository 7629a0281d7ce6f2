using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared.Web;

namespace Waymark.Tests.Shared.Web;

/// <summary>The frame of the pages over HTTP: headers, assets, error pages, components bound to a form, the report.</summary>
public sealed class WebTests : IAsyncLifetime, IDisposable
{
    private WebApplication app = null!;
    private Visitor visitor = null!;
    private TestStore store = null!;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = "waymark", EnvironmentName = "Development", ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton((store = TestStore.On(Database.Sqlite)).Store);
        builder.Services.AddSingleton(new LocalClock(TimeProvider.System));
        builder.Services.AddDbContext<WaymarkDb>(store.Store.Configure);
        builder.Services.AddWaymarkWeb();
        builder.Services.AddScoped(_ => new PageFrame { IsExample = true, Partnership = "Central Bedfordshire" });
        app = builder.Build();
        app.UseWaymarkWeb();
        app.MapRazorPages();
        app.MapGet("/broken", string () => throw new InvalidOperationException("broken on purpose"));
        app.MapPost("/broken", string () => throw new InvalidOperationException("broken on purpose"));
        app.MapGet("/forbidden", () => Results.StatusCode(403));
        await app.StartAsync();
        visitor = new Visitor(new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()));
    }

    public async Task DisposeAsync() => await app.DisposeAsync();

    public void Dispose()
    {
        visitor.Dispose();
        store.Dispose();
    }

    public static TheoryData<string, HttpStatusCode> Addresses => new()
    {
        { "/gallery", HttpStatusCode.OK },
        { "/gallery/report", HttpStatusCode.OK },
        { "/nothing-here", HttpStatusCode.NotFound },
        { "/problem/500", HttpStatusCode.NotFound },
        { "/forbidden", HttpStatusCode.Forbidden },
        { "/broken", HttpStatusCode.InternalServerError },
        { BuiltAssets.Url("site.css"), HttpStatusCode.OK },
        { "/built/site.000000000000.css", HttpStatusCode.NotFound },
    };

    [Theory, MemberData(nameof(Addresses))]
    public async Task Every_answer_carries_the_security_headers(string address, HttpStatusCode status)
    {
        var answer = await visitor.Get(address);

        answer.Status.ShouldBe(status);
        string Header(string name) => string.Join(", ", answer.Headers.TryGetValues(name, out var values) ? values : []);
        Header("Content-Security-Policy").ShouldStartWith("default-src 'none'; script-src 'self'; style-src 'self' 'sha256-");
        Header("Content-Security-Policy").ShouldEndWith("; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'");
        Header("Content-Security-Policy").ShouldNotContain("unsafe");
        Header("X-Content-Type-Options").ShouldBe("nosniff");
        Header("X-Frame-Options").ShouldBe("DENY");
        Header("Referrer-Policy").ShouldBe("same-origin");
        Header("Cross-Origin-Opener-Policy").ShouldBe("same-origin");
        Header("Permissions-Policy").ShouldContain("camera=()");
        Header("Strict-Transport-Security").ShouldBe("max-age=31536000; includeSubDomains");
        Header("Server").ShouldBeEmpty();
        Header("Cache-Control").ShouldNotBeEmpty();
    }

    [Theory, MemberData(nameof(Addresses))]
    public async Task No_page_holds_a_script_or_a_style_of_its_own(string address, HttpStatusCode status)
    {
        var page = await visitor.Get(address);

        page.Status.ShouldBe(status);
        if (page.ContentHeaders.ContentType?.MediaType != "text/html") return;
        page.Document.QuerySelectorAll("style, [style], script:not([src])").ShouldBeEmpty();
        page.Document.All.SelectMany(e => e.Attributes).Where(a => a.Name.StartsWith("on", StringComparison.Ordinal) || a.Value.StartsWith("javascript:", StringComparison.OrdinalIgnoreCase)).ShouldBeEmpty();
        page.Document.QuerySelectorAll("[src], link[href]").Select(e => e.GetAttribute("src") ?? e.GetAttribute("href")).ShouldAllBe(url => url!.StartsWith("/built/"));
        page.Document.QuerySelectorAll("[id]").Select(e => e.Id).ShouldBeUnique();
        page.Document.DocumentElement.GetAttribute("lang").ShouldBe("en-GB");
        page.Text.ShouldNotBeEmpty();
        page.All(".w-example").ShouldHaveSingleItem().ShouldBe("This is an example: fictional schools, invented results. Enter as somebody of it");
    }

    [Fact]
    public async Task A_style_or_script_is_kept_for_ever_and_named_by_its_content()
    {
        foreach (var name in new[] { "site.css", "site.js", "charts.js", "favicon.svg" })
        {
            var plain = await visitor.Get(BuiltAssets.Url(name));
            plain.Headers.CacheControl!.ToString().ShouldBe("public, max-age=31536000, immutable");
            BuiltAssets.Url(name).ShouldContain(Convert.ToHexStringLower(SHA256.HashData(plain.Content))[..12]);

            var request = new HttpRequestMessage(HttpMethod.Get, BuiltAssets.Url(name));
            request.Headers.AcceptEncoding.ParseAdd("gzip, br");
            var compressed = await visitor.Send(request);
            compressed.ContentHeaders.ContentEncoding.ShouldBe(["br"]);
            compressed.Headers.Vary.ShouldContain("Accept-Encoding");
            using var unpacked = new MemoryStream();
            using (var brotli = new System.IO.Compression.BrotliStream(new MemoryStream(compressed.Content), System.IO.Compression.CompressionMode.Decompress)) await brotli.CopyToAsync(unpacked);
            unpacked.ToArray().ShouldBe(plain.Content);
        }
    }

    [Fact]
    public async Task The_stylesheet_holds_neither_the_typeface_nor_the_crest_of_GOV_UK()
    {
        var sheet = (await visitor.Get(BuiltAssets.Url("site.css"))).Html;
        sheet.ShouldNotContain("GDS Transport");
        sheet.ShouldNotContain("url(/");
        sheet.ShouldNotContain("crest");
    }

    [Fact]
    public void The_styles_that_the_policy_allows_are_those_of_the_installed_Plot()
    {
        var source = Path.Combine(InstalledPackages.Folder, "@observablehq/plot/src");
        var className = Regex.Match(File.ReadAllText(Path.Combine(source, "style.js")), "return \"(plot-[0-9a-f]+)\"").Groups[1].Value;
        string[] hashes = [.. new[] { "plot.js", "legends/ramp.js" }.Select(file =>
        {
            var style = Regex.Match(File.ReadAllText(Path.Combine(source, file)), @"append\(""style""\)\.text\(\s*`([^`]*)`").Groups[1].Value.Replace("${className}", className, StringComparison.Ordinal);
            return "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)));
        })];

        SecurityHeaders.PlotStyles.ShouldBe(hashes);
    }

    [Fact]
    public async Task A_missing_page_and_a_fault_are_told_in_plain_words()
    {
        (await visitor.Get("/nothing-here")).Heading.ShouldBe("Page not found");
        (await visitor.Get("/forbidden")).Heading.ShouldBe("You do not have permission to see this page");
        var fault = await visitor.Get("/broken");
        fault.Heading.ShouldBe("Sorry, there is a problem with the service");
        fault.Html.ShouldNotContain("broken on purpose");
        fault.Document.Title.ShouldBe("Sorry, there is a problem with the service - Waymark");
    }

    [Fact]
    public async Task A_fault_in_what_was_sent_shows_the_same_page_as_a_fault_in_what_was_asked()
    {
        var answer = await visitor.Send(new HttpRequestMessage(HttpMethod.Post, "/broken"));

        answer.Status.ShouldBe(HttpStatusCode.InternalServerError);
        answer.Heading.ShouldBe("Sorry, there is a problem with the service");
    }

    [Fact]
    public async Task A_form_with_errors_keeps_what_was_typed_and_links_each_error_to_its_question()
    {
        var page = await visitor.Get("/gallery");
        var again = await visitor.Submit(page, [("SchoolName", "Dovecote <Lower>"), ("Pupils", "many"), ("From.day", "31"), ("From.month", "2"), ("From.year", "2016"), ("Membership", "associate")], form: "form[method=post]");

        again.Status.ShouldBe(HttpStatusCode.OK);
        again.Document.Title.ShouldBe("Error: Gallery - Waymark");
        again.Errors.ShouldBe(["Number of pupils must be a whole number", "Select a cluster", "Member from must be a real date"], "in the order of the questions");
        foreach (var link in again.Document.QuerySelectorAll(".govuk-error-summary__list a"))
            again.Document.QuerySelector(link.GetAttribute("href")!).ShouldNotBeNull().LocalName.ShouldBeOneOf("input", "select");
        again.Document.QuerySelector("#SchoolName")!.GetAttribute("value").ShouldBe("Dovecote <Lower>");
        again.Document.QuerySelector("#Pupils")!.GetAttribute("value").ShouldBe("many");
        again.Document.QuerySelector("#Pupils")!.GetAttribute("aria-describedby").ShouldBe("Pupils-error");
        again.All("#Pupils-error").ShouldBe(["Error: Number of pupils must be a whole number"]);
        again.Document.QuerySelector("#From-day")!.GetAttribute("value").ShouldBe("31");
        again.Document.QuerySelector("#From-day")!.ClassList.ShouldContain("govuk-input--error");
        again.Document.QuerySelector("#Membership-2")!.HasAttribute("checked").ShouldBeTrue();
    }

    [Theory]
    [InlineData("", "", "", "Enter member from")]
    [InlineData("1", "", "2016", "Member from must include a month")]
    [InlineData("1", "", "", "Member from must include a month and a year")]
    [InlineData("29", "2", "2017", "Member from must be a real date")]
    [InlineData("1", "Smarch", "2016", "Member from must be a real date")]
    [InlineData("1", "9", "16", "Member from must be a real date")]
    public async Task A_day_that_is_none_is_told_at_its_question(string day, string month, string year, string error)
    {
        var page = await visitor.Get("/gallery");
        var again = await visitor.Submit(page, [("From.day", day), ("From.month", month), ("From.year", year)], form: "form[method=post]");

        again.All("#From-error").ShouldBe(["Error: " + error]);
    }

    [Theory]
    [InlineData("9")]
    [InlineData("September")]
    [InlineData("sept")]
    public async Task A_form_without_errors_is_kept_and_the_next_page_says_so_once(string month)
    {
        var page = await visitor.Get("/gallery");
        var answer = await visitor.Submit(page,
            [("SchoolName", "Dovecote Lower School"), ("Pupils", "120"), ("Cluster", "dunstable"), ("Membership", "full"), ("From.day", "1"), ("From.month", month), ("From.year", "2016")], form: "form[method=post]");

        answer.Status.ShouldBe(HttpStatusCode.Redirect);
        var next = await visitor.Follow(answer);
        next.All(".govuk-notification-banner--success .govuk-notification-banner__heading").ShouldBe(["Dovecote Lower School is a member from 1 September 2016"]);
        (await visitor.Get("/gallery")).All(".govuk-notification-banner--success").ShouldBeEmpty();
    }

    [Fact]
    public async Task A_visitor_who_did_nothing_gets_no_cookie_but_the_forms_own()
    {
        (await visitor.Get("/gallery/report")).Headers.Contains("Set-Cookie").ShouldBeFalse();
    }

    [Fact]
    public async Task A_report_stands_on_the_page_with_its_tables_as_the_charts_will_read_them()
    {
        var page = await visitor.Get("/gallery/report");

        page.All(".w-section > h2").ShouldBe(["In short", "Results at key stage 2", "Schools side by side", "The gap for disadvantaged children"]);
        page.Document.QuerySelectorAll("figure[data-of]").Select(f => f.GetAttribute("data-chart")).ShouldBe(["trend", "interval", "funnel", "bars"]);
        page.Document.QuerySelectorAll("figure[data-of]").Select(f => (f.GetAttribute("data-of"), f.HasAttribute("hidden"))).ShouldBe([("trend", true), ("schools", true), ("funnel", true), ("gap", true)]);
        page.Document.QuerySelectorAll("script").Select(s => s.GetAttribute("src")).ShouldContain(BuiltAssets.Url("charts.js"));

        var schools = page.Document.QuerySelector("#schools")!;
        schools.QuerySelector("caption")!.TextContent.ShouldBe("The cluster’s schools in 2018/19");
        schools.QuerySelectorAll("thead th").Select(th => (th.GetAttribute("scope"), th.GetAttribute("data-role"))).ShouldBe([("col", "label"), ("col", "value"), ("col", "lower"), ("col", "upper"), ("col", "base")]);
        schools.QuerySelectorAll("tbody th").ShouldAllBe(th => th.GetAttribute("scope") == "row");
        var first = schools.QuerySelector("tbody tr")!;
        first.QuerySelector("a")!.GetAttribute("href").ShouldBe("/gallery");
        first.Children[1].TextContent.ShouldBe("44%");
        first.Children[1].GetAttribute("data-value").ShouldBe("44");
        first.Children[1].ClassList.ShouldContain("govuk-table__cell--numeric");

        var heldBack = schools.QuerySelectorAll("tbody tr")[3].Children[1];
        heldBack.HasAttribute("data-value").ShouldBeFalse("a symbol is no number");
        heldBack.QuerySelector(".govuk-visually-hidden")!.TextContent.ShouldBe("held back to protect children's privacy");
        page.Text.ShouldContain("c = held back to protect children's privacy.");

        page.Document.QuerySelector("#trend tbody tr [data-value]")!.GetAttribute("data-value").ShouldBe("2015", "a year is the one it ends in");
        page.Document.QuerySelector("#trend-chart")!.GetAttribute("data-chart-options")!.ShouldContain("\"breaks\":[{\"year\":2016,");
    }

    [Fact]
    public async Task A_page_without_charts_does_not_send_their_script()
    {
        (await visitor.Get("/gallery")).Html.ShouldNotContain(BuiltAssets.Url("charts.js"));
    }
}
