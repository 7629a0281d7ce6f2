using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Waymark.Data;
using Waymark.Field;
using Waymark.Outcomes.Packs;
using Waymark.Schools;
using Waymark.Shared.Documents;

namespace Waymark.Outcomes.Pages;

/// <summary>One school against its authority, similar schools and the nation.</summary>
public class SchoolReportModel(WaymarkDb db, LocalClock clock) : PageModel
{
    public SchoolUrn Urn { get; private set; }
    public Report Report { get; private set; } = null!;
    public Downloads Downloads { get; private set; } = null!;

    public IActionResult OnGet(string urn, string? year)
    {
        if (!SchoolUrn.TryParse(urn, null, out var key) || db.Schools.Find(key) is null || PackYears.Choose(db, clock.Today, year) is not { } years) return NotFound();
        Urn = key;
        Report = Sides.Of(Compose(new Pack(PackData.OfSchool(db, key, years.Chosen, clock.Today))));
        Downloads = new Downloads($"/schools/{key}/report", years.Chosen, years.All);
        return Page();
    }

    private protected virtual Report Compose(Pack pack) => pack.Compose();
}

/// <summary>The same on one A4 side, for governors.</summary>
public sealed class GovernorsModel(WaymarkDb db, LocalClock clock) : SchoolReportModel(db, clock)
{
    private protected override Report Compose(Pack pack) => pack.ForGovernors();
}
