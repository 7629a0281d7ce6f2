using System.Globalization;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using QRCoder;
using Waymark.Clusters;
using Waymark.Data;
using Waymark.Field;
using Waymark.Schools;
using Waymark.Shared.Access;
using Waymark.Shared.Documents;

namespace Waymark.Listening.Pages;

/// <summary>One link for all, and one for each school, as text and as a QR code.</summary>
public sealed class LinksModel(WaymarkDb db, SurveyKeys keys, LocalClock clock) : PageModel
{
    public Survey Survey { get; private set; } = null!;
    public School? School { get; private set; }
    public string Of => School?.Name ?? "One link for all";
    public string Link { get; private set; } = "";
    public Table Schools { get; private set; } = null!;

    public IActionResult OnGet(int? school)
    {
        Survey = HttpContext.Record<Survey>();
        if (Survey.State == SurveyState.Closed) return Redirect($"/surveys/{Survey.Code}");
        var key = keys.Of(Survey.Id);
        var schools = db.MemberSchoolsOn(clock.Today).Select(member => member.School).DistinctBy(one => one.Urn).OrderBy(one => one.Name, StringComparer.OrdinalIgnoreCase).ToList();
        School = schools.Find(one => one.Urn.Value == school);
        Link = Absolute(School is null ? SurveyLinks.ForAll(Survey) : SurveyLinks.ForSchool(Survey, key, PlaceKey.School(School.Urn)));
        Schools = new Table("schools", "Schools", [new("school", "School", ColumnRole.Label), new("link", "Link"), new("code", "QR code")],
            [.. schools.Select(one => new Row([new Cell(one.Name), new Cell(Absolute(SurveyLinks.ForSchool(Survey, key, PlaceKey.School(one.Urn)))), new Cell("Show", Href: string.Create(CultureInfo.InvariantCulture, $"/surveys/{Survey.Code}/links?school={one.Urn.Value}"))]))]);
        return Page();
    }

    /// <summary>The code as a drawing: one path of squares, with the white edge that readers need.</summary>
    public IHtmlContent Code(string link)
    {
        using var data = QRCodeGenerator.GenerateQrCode(link, QRCodeGenerator.ECCLevel.M);
        var size = data.ModuleMatrix.Count;
        var path = new System.Text.StringBuilder();
        for (var y = 0; y < size; y++)
            for (var x = 0; x < size; x++)
                if (data.ModuleMatrix[y][x]) path.Append(CultureInfo.InvariantCulture, $"M{x} {y}h1v1h-1z");
        return new HtmlString(string.Create(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {size} {size}\" width=\"240\" height=\"240\" role=\"img\" aria-label=\"QR code of the link\"><rect width=\"{size}\" height=\"{size}\" fill=\"#fff\"/><path d=\"{path}\" fill=\"#000\" shape-rendering=\"crispEdges\"/></svg>"));
    }

    private string Absolute(string path) => $"{Request.Scheme}://{Request.Host}{path}";
}
