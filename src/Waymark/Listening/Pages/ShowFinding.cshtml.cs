using System.Globalization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Clusters;
using Waymark.Data;
using Waymark.Evidence;
using Waymark.Field;
using Waymark.Shared.Access;
using Waymark.Shared.Documents;

namespace Waymark.Listening.Pages;

/// <summary>A finding, what it rests on, what each cluster says to it, and what came of it.</summary>
public sealed class ShowFindingModel(WaymarkDb db, LocalClock clock) : PageModel
{
    public Finding Finding { get; private set; } = null!;
    public Table Evidence { get; private set; } = null!;
    public Table Clusters { get; private set; } = null!;
    public Table? Resting { get; private set; }

    public void OnGet()
    {
        Finding = HttpContext.Record<Finding>();
        var key = Finding.Id.ToString(CultureInfo.InvariantCulture);
        Evidence = db.EvidenceTable(CitableResults.FindingKind, key);
        Resting = db.RestingTable(CitableResults.FindingKind, key);
        var said = db.Set<FindingAnswer>().AsNoTracking().Where(answer => answer.FindingId == Finding.Id).ToDictionary(answer => answer.ClusterId);
        Clusters = new Table("clusters", "What clusters say", [new("cluster", "Cluster", ColumnRole.Label), new("says", "Says"), new("said_on", "On"), new("note", "Note")],
            [.. db.OuterClusters(clock.Today).Select(cluster =>
            {
                var answer = said.GetValueOrDefault(cluster.Id);
                var may = HttpContext.May(Room.Respond, cluster.Place);
                return new Row([new Cell(cluster.Name), new Cell(answer is null ? may ? "Say whether it resonates" : "Nothing yet" : ResonanceWords.Of(answer.Resonance), Href: may ? $"/surveys/findings/{Finding.Id}/clusters/{cluster.Slug}" : null), new Cell(ResultsReport.Day(answer?.SaidOn)), new Cell(answer?.Note ?? "")]);
            })]);
    }
}

internal static class ResonanceWords
{
    public static string Of(Resonance resonance) => resonance switch { Resonance.Resonates => "It resonates", Resonance.Partly => "Partly", _ => "It does not" };
}
