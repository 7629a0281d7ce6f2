using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared.Access;
using Waymark.Shared.Documents;

namespace Waymark.Listening.Pages;

/// <summary>The results for everybody, where the owner says so, at the address at which people answered; and what came of them.</summary>
public sealed class PublicResultsModel(WaymarkDb db, LocalClock clock) : PageModel
{
    public Survey Survey { get; private set; } = null!;
    public Report? Report { get; private set; }

    public IActionResult OnGet()
    {
        Survey = HttpContext.Record<Survey>();
        if (Survey is { IsPublic: true, State: SurveyState.Closed } && SurveyResults.Of(db, Survey, clock.Today, isNamedOfficer: false) is { IsOut: true } results)
            Report = ResultsReport.Of(db, results, PlaceKey.Partnership, clock.Today, forPublic: true);
        return Page();
    }
}
