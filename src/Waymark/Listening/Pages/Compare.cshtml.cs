using Microsoft.AspNetCore.Mvc.RazorPages;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared.Documents;

namespace Waymark.Listening.Pages;

/// <summary>Statements that were put to several groups of people, and where their answers differ.</summary>
public sealed class CompareModel(WaymarkDb db, LocalClock clock) : PageModel
{
    public Report Report { get; private set; } = null!;

    public void OnGet() => Report = AudienceComparison.Of(db, clock.Today);
}
