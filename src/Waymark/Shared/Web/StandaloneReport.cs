using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Mvc.Razor;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.AspNetCore.Mvc.ViewFeatures;
using Waymark.Shared.Documents;

namespace Waymark.Shared.Web;

/// <summary>A report as one HTML file that needs no server: its style and its chart script are inside, and its policy allows nothing else.</summary>
public sealed partial class StandaloneReport
{
    private const string View = "/Shared/Web/_StandaloneReport.cshtml";

    public required Report Report { get; init; }
    public string Style { get; } = BuiltAssets.Text("site.css");
    public string Script { get; } = BuiltAssets.Text("charts.js").Replace("</script", "<\\/script", StringComparison.OrdinalIgnoreCase);

    public string Policy => "default-src 'none'; base-uri 'none'; form-action 'none'; img-src data:; " +
        $"style-src {string.Join(' ', SecurityHeaders.PlotStyles.Append(Hash(Style)).Select(hash => $"'{hash}'"))}; script-src '{Hash(Script)}'";

    /// <summary>The file's text. Links into the partnership's own pages are taken out: they lead nowhere from a file.</summary>
    public static async Task<string> WriteAsync(IServiceProvider services, Report report)
    {
        await using var scope = services.CreateAsyncScope();
        var http = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        var view = scope.ServiceProvider.GetRequiredService<IRazorViewEngine>().GetView(null, View, isMainPage: true).View
            ?? throw new InvalidOperationException($"The view {View} is missing.");
        var action = new ActionContext(http, new RouteData(), new ActionDescriptor());
        await using var writer = new StringWriter();
        var data = new ViewDataDictionary<StandaloneReport>(new EmptyModelMetadataProvider(), new ModelStateDictionary()) { Model = new StandaloneReport { Report = WithoutLocalLinks(report) } };
        var context = new ViewContext(action, view, data, new TempDataDictionary(http, scope.ServiceProvider.GetRequiredService<ITempDataProvider>()), writer, new HtmlHelperOptions());
        await view.RenderAsync(context);
        return LineEnds.Replace(writer.ToString(), "\n");
    }

    private static Report WithoutLocalLinks(Report report) => report with
    {
        Sections = [.. report.Sections.Select(section => section with
        {
            Blocks = [.. section.Blocks.Select(block => block switch
            {
                Sentences sentences => sentences with { Items = [.. sentences.Items.Select(item => item with { Href = Outside(item.Href) })] },
                Table table => table with { Rows = [.. table.Rows.Select(row => new Row([.. row.Cells.Select(cell => cell with { Href = Outside(cell.Href) })]))] },
                _ => block,
            })],
        })],
    };

    private static string? Outside(string? href) => href is not null && href.StartsWith('/') ? null : href;

    private static string Hash(string text) => "sha256-" + Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    [GeneratedRegex(@"\r\n?")]
    private static partial Regex LineEnds { get; }
}

public static class ReportViews
{
    /// <summary>What rendering a report needs where no server runs: on the command line.</summary>
    public static IServiceCollection AddReportViews(this IServiceCollection services)
    {
        // As an instance: the compiled views are found through the name of the application that stands here.
        var environment = new NoServer();
        services.AddSingleton<IWebHostEnvironment>(environment).AddSingleton<Microsoft.Extensions.Hosting.IHostEnvironment>(environment);
        var diagnostics = new System.Diagnostics.DiagnosticListener("Waymark");
        services.AddSingleton(diagnostics).AddSingleton<System.Diagnostics.DiagnosticSource>(diagnostics);
        return services.AddWaymarkWeb();
    }

    private sealed class NoServer : IWebHostEnvironment
    {
        public string ApplicationName { get; set; } = typeof(ReportViews).Assembly.GetName().Name!;
        public string EnvironmentName { get; set; } = "Production";
        public string ContentRootPath { get; set; } = AppContext.BaseDirectory;
        public string WebRootPath { get; set; } = AppContext.BaseDirectory;
        public Microsoft.Extensions.FileProviders.IFileProvider ContentRootFileProvider { get; set; } = new Microsoft.Extensions.FileProviders.NullFileProvider();
        public Microsoft.Extensions.FileProviders.IFileProvider WebRootFileProvider { get; set; } = new Microsoft.Extensions.FileProviders.NullFileProvider();
    }
}
