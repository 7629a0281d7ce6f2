using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Waymark.Data;
using Waymark.Evidence;
using Waymark.Field;
using Waymark.Shared.Access;
using Waymark.Shared.Documents;

namespace Waymark.Listening.Pages;

/// <summary>The results of a survey, of all places or of one.</summary>
public sealed class ResultsModel(WaymarkDb db, LocalClock clock) : PageModel
{
    public Survey Survey { get; private set; } = null!;
    public PlaceKey Place { get; private set; } = PlaceKey.Partnership;
    public IReadOnlyList<SelectListItem> Places { get; private set; } = [];
    public Report Report { get; private set; } = null!;
    public bool IsOut { get; private set; }
    public bool IsSmaller { get; private set; }
    public string Asked { get; private set; } = "";
    public string Shown { get; private set; } = "";

    public IActionResult OnGet(int? place)
    {
        Survey = HttpContext.Record<Survey>();
        if (Survey.State == SurveyState.Draft) return NotFound();
        var results = SurveyResults.Of(db, Survey, clock.Today, HttpContext.May(Room.Run));
        IsOut = results.IsOut;
        var clusters = results.Tree.Known.Where(one => one.Kind == PlaceKind.Cluster).Concat(results.Places).Distinct().Where(one => one != PlaceKey.Partnership).ToList();
        var names = db.NamesOf(clusters);
        if (place is { } number)
        {
            var asked = new PlaceKey(number);
            if (asked != PlaceKey.Partnership && !names.ContainsKey(asked)) return NotFound();
            Place = results.Tree.Upwards(asked).FirstOrDefault(around => results.Places.Contains(around), PlaceKey.Partnership);
            (IsSmaller, Asked, Shown) = (IsOut && Place != asked, asked == PlaceKey.Partnership ? "All places" : names[asked].Name, Place == PlaceKey.Partnership ? "All places together" : names[Place].Name);
        }
        Places = [new("All places", PlaceKey.Partnership.Value.ToString(CultureInfo.InvariantCulture)), .. names.OrderBy(of => of.Key.Kind != PlaceKind.Cluster).ThenBy(of => of.Value.Name, StringComparer.OrdinalIgnoreCase)
            .Select(of => new SelectListItem(of.Value.Name, of.Key.Value.ToString(CultureInfo.InvariantCulture), of.Key == Place))];
        if (!IsOut) Places = [];
        Report = ResultsReport.Of(db, results, Place, clock.Today);
        return Page();
    }
}
