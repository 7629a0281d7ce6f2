using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Waymark.Clusters;
using Waymark.Data;
using Waymark.Field;
using Waymark.Outcomes.Packs;
using Waymark.Schools;
using Waymark.Shared.Web;

namespace Waymark.Outcomes.Pages;

/// <summary>A cluster pack as a file: 201516.pptx.</summary>
[EnableRateLimiting(DocumentQueue.Name)]
public sealed class PackFileModel(WaymarkDb db, LocalClock clock, IServiceProvider services) : PageModel
{
    public async Task<IActionResult> OnGetAsync(string slug, string file, CancellationToken stop)
    {
        if (db.FindCluster(slug) is not { } cluster || FileName.Read(file) is not { } name) return NotFound();
        var data = PackData.OfCluster(db, cluster, name.Year, clock.Today);
        return await FileName.AnswerAsync(name.Format, data, new Pack(data).Compose(), services, stop);
    }
}

/// <summary>A school report as a file.</summary>
[EnableRateLimiting(DocumentQueue.Name)]
public sealed class ReportFileModel(WaymarkDb db, LocalClock clock, IServiceProvider services) : PageModel
{
    public async Task<IActionResult> OnGetAsync(string urn, string file, string? side, CancellationToken stop)
    {
        if (!SchoolUrn.TryParse(urn, null, out var key) || db.Schools.Find(key) is null || FileName.Read(file) is not { } name) return NotFound();
        var data = PackData.OfSchool(db, key, name.Year, clock.Today);
        var pack = new Pack(data);
        return await FileName.AnswerAsync(name.Format, data, side == "governors" ? pack.ForGovernors() : pack.Compose(), services, stop);
    }
}

internal static class FileName
{
    public static (AcademicYear Year, string Format)? Read(string file)
    {
        var dot = file.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && AcademicYear.TryParseCode(file[..dot], out var year) && PackFormats.Find(file[(dot + 1)..]) is { } format ? (year, format.Extension) : null;
    }

    public static async Task<IActionResult> AnswerAsync(string format, PackData data, Shared.Documents.Report report, IServiceProvider services, CancellationToken stop)
    {
        var (file, sentence) = await PackFormats.WriteAsync(format, data, report, services, stop);
        return file is null
            ? new ContentResult { StatusCode = StatusCodes.Status501NotImplemented, Content = sentence, ContentType = "text/plain; charset=utf-8" }
            : new FileContentResult(file.Content, file.ContentType) { FileDownloadName = file.Name };
    }
}
