using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared.Documents;

namespace Waymark.Clusters.Pages;

/// <summary>The open state-funded schools of the authority that no cluster has as a member today.</summary>
public sealed class WithoutModel(WaymarkDb db, LocalClock clock) : PageModel
{
    public string? AuthorityName { get; private set; }
    public Table Schools { get; private set; } = null!;

    public void OnGet()
    {
        AuthorityName = db.Read(Setting.AuthorityName);
        var schools = db.SchoolsWithoutCluster(clock.Today);
        Schools = new Table("without", $"{schools.Count} {(schools.Count == 1 ? "school" : "schools")} in no cluster on {Lists.Day(clock.Today)}",
            [new("school", "School", ColumnRole.Label), new("urn", "URN"), new("phase", "Phase"), new("town", "Town"), new("pupils", "Pupils", ColumnRole.Number, "pupils")],
            [.. schools.Select(school => new Row([new(school.Name, Href: $"/schools/{school.Urn}"), new(school.Urn.ToString()), new(Lists.Sentence(school.Phase.InWords())), new(school.Town ?? ""), Lists.Number(school.Pupils)]))]);
    }

    public IActionResult OnGetCsv()
    {
        OnGet();
        return Lists.Csv(Schools, "schools-without-cluster.csv");
    }
}
