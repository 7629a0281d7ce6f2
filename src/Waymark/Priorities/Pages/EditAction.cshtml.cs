using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared.Access;
using Waymark.Shared.Web;

namespace Waymark.Priorities.Pages;

/// <summary>An action is changed. What was reported of it stays.</summary>
public sealed class EditActionModel(WaymarkDb db, LocalClock clock) : ActionForm(db, clock)
{
    public PlannedAction Action { get; private set; } = null!;

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        Action = HttpContext.Record<PlannedAction>();
        Place = Action.Place;
        if (HttpMethods.IsGet(Request.Method)) PriorityId = Action.PriorityId;
        Load(Action.Id);
    }

    public void OnGet() => Show(Action);

    public IActionResult OnPost()
    {
        Check();
        if (!ModelState.IsValid) return Page();
        Take(Action);
        TempData.Done("The action was saved");
        return Redirect($"/actions/{Action.Id}");
    }
}
