using Microsoft.AspNetCore.Mvc.RazorPages;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared.Access;

namespace Waymark.Shared.Web.Pages;

/// <summary>A person's own home: what waits for them in any room this half term, the most pressing first, and nothing else.</summary>
public sealed class HomeModel(WaymarkDb db, LocalClock clock) : PageModel
{
    public IReadOnlyList<Need> Needs { get; private set; } = [];
    public DateOnly Today => clock.Today;
    public string HalfTermInWords { get; private set; } = "";

    public void OnGet()
    {
        var half = HalfTerm.Of(clock.Today);
        var words = half.ToString();
        HalfTermInWords = char.ToUpperInvariant(words[0]) + words[1..];
        Needs = [.. Waymark.Shared.Room.All.SelectMany(room => room.Needs(db, HttpContext.Caller, clock.Today, half.LastDay)).OrderBy(need => need.Due is null).ThenBy(need => need.Due).ThenBy(need => need.Text, StringComparer.OrdinalIgnoreCase)];
    }
}
