using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Shared.Documents;

namespace Waymark.Listening.Pages;

/// <summary>All findings, with how many clusters they resonate with.</summary>
public sealed class FindingsModel(WaymarkDb db) : PageModel
{
    public Table Table { get; private set; } = null!;

    public void OnGet()
    {
        var said = db.Set<FindingAnswer>().AsNoTracking().AsEnumerable().ToLookup(answer => answer.FindingId);
        Table = new Table("findings", "Findings", [new("finding", "Finding", ColumnRole.Label), new("resonates", "Resonates", ColumnRole.Count), new("partly", "Partly", ColumnRole.Number), new("does_not", "Does not", ColumnRole.Number)],
            [.. db.Findings.AsNoTracking().Where(finding => finding.WithdrawnOn == null).OrderByDescending(finding => finding.Id).AsEnumerable().Select(finding => new Row([new Cell(finding.Sentence, Href: $"/surveys/findings/{finding.Id}"),
                .. Enum.GetValues<Resonance>().Select(resonance => ResultsReport.Number(said[finding.Id].Count(answer => answer.Resonance == resonance)))]))]);
    }
}
