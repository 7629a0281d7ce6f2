using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared.Access;
using Waymark.Shared.Web;

namespace Waymark.Priorities.Pages;

/// <summary>An action is added to the plan of a cluster, a school or the partnership.</summary>
public sealed class NewActionModel(WaymarkDb db, LocalClock clock) : ActionForm(db, clock)
{
    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        Place = HttpContext.Found!.Place;
        Load(null);
    }

    public void OnGet([FromQuery] int? priority) => (Starts, PriorityId) = (Today, priority);

    public IActionResult OnPost()
    {
        Check();
        if (!ModelState.IsValid) return Page();
        var action = new PlannedAction { Place = Place, Title = Title!, Owner = Owner!, OwnerPlace = Place, Starts = Starts!.Value, Due = Due!.Value };
        Take(action);
        TempData.Done("The action was added");
        return Redirect($"/actions/{action.Id}");
    }
}
