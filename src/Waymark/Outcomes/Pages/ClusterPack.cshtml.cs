using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Waymark.Clusters;
using Waymark.Data;
using Waymark.Field;
using Waymark.Outcomes.Packs;
using Waymark.Shared.Documents;

namespace Waymark.Outcomes.Pages;

/// <summary>What stands above a pack: which years there are, and in which formats it can be taken along.</summary>
public sealed record Downloads(string Address, AcademicYear Year, IReadOnlyList<AcademicYear> Years)
{
    public IEnumerable<(string Format, string Words)> Formats => PackFormats.All.Select(format => (format.Extension, format.Words));
}

public sealed class ClusterPackModel(WaymarkDb db, LocalClock clock) : PageModel
{
    public Cluster Cluster { get; private set; } = null!;
    public AcademicYear Year { get; private set; }
    public Report Report { get; private set; } = null!;
    public Downloads Downloads { get; private set; } = null!;

    public IActionResult OnGet(string slug, string? year)
    {
        if (db.FindCluster(slug) is not { } cluster) return NotFound();
        var years = PackYears.Of(db, clock.Today);
        var chosen = PackYears.Latest(db, years, clock.Today);
        if (year is not null && !AcademicYear.TryParse(year, null, out chosen)) return NotFound();
        Cluster = cluster;
        Year = chosen;
        Report = new Pack(PackData.OfCluster(db, cluster, Year, clock.Today)).Compose();
        Downloads = new Downloads($"/clusters/{cluster.Slug}/pack", Year, [.. years.Append(Year).Distinct().OrderDescending()]);
        return Page();
    }
}
