using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Waymark.Clusters;
using Waymark.Data;
using Waymark.Field;
using Waymark.Outcomes.Packs;
using Waymark.Shared.Documents;

namespace Waymark.Outcomes.Pages;

/// <summary>The cluster pack that a meeting starts from.</summary>
public sealed class ClusterPackModel(WaymarkDb db, LocalClock clock) : PageModel
{
    public Cluster Cluster { get; private set; } = null!;
    public Report Report { get; private set; } = null!;
    public Downloads Downloads { get; private set; } = null!;

    public IActionResult OnGet(string slug, string? year)
    {
        if (db.FindCluster(slug) is not { } cluster || PackYears.Choose(db, clock.Today, year) is not { } years) return NotFound();
        Cluster = cluster;
        Report = Sides.Of(new Pack(PackData.OfCluster(db, cluster, years.Chosen, clock.Today)).Compose());
        Downloads = new Downloads($"/clusters/{cluster.Slug}/pack", years.Chosen, years.All);
        return Page();
    }
}
