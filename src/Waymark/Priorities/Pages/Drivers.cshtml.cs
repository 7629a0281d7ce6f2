using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Shared.Access;
using Waymark.Shared.Web;

namespace Waymark.Priorities.Pages;

/// <summary>A priority's driver diagram: drawn from its records, read as a list, changed by plain forms.</summary>
public sealed class DriversModel(WaymarkDb db) : FormPage
{
    [BindProperty, Display(Name = "What has to change")] public string? Text { get; set; }
    [BindProperty, Display(Name = "It works through")] public int? Through { get; set; }

    public Priority Priority { get; private set; } = null!;
    public bool MayDecide { get; private set; }
    public IReadOnlyList<Driver> Drivers { get; private set; } = [];
    public IReadOnlyList<DiagramNode> Tree { get; private set; } = [];
    public IReadOnlyList<string> MeasureTitles { get; private set; } = [];
    public DriverDiagram Diagram { get; private set; } = null!;
    public IReadOnlyList<SelectListItem> Choices { get; private set; } = [];

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        Priority = HttpContext.Record<Priority>();
        MayDecide = HttpContext.May(Room.Decide, Priority.Place);
        Drivers = [.. db.Drivers.Where(driver => driver.PriorityId == Priority.Id).OrderBy(driver => driver.Position).ThenBy(driver => driver.Id)];
        // What is planned is the members' own.
        List<PlannedAction> actions = HttpContext.Caller.IsMember ? [.. db.PlannedActions.AsNoTracking().Where(action => action.PriorityId == Priority.Id && action.State != ActionState.Stopped).OrderBy(action => action.Due)] : [];
        Tree = Under(null, actions);
        MeasureTitles = [.. db.SuccessMeasures.AsNoTracking().Where(measure => measure.PriorityId == Priority.Id).OrderBy(measure => measure.Id).Select(measure => measure.Title)];
        Diagram = new(new(DiagramPart.Aim, Priority.Title, Tree), MeasureTitles);
        Choices = [new("The aim itself", ""), .. Drivers.Select(driver => new SelectListItem(driver.Text, PrioritySets.KeyOf(driver.Id)))];
    }

    public void OnGet() { }

    public IActionResult OnPost()
    {
        Say(nameof(Text), Driver.CheckText(Text));
        Say(nameof(Through), Through is { } id && Drivers.All(driver => driver.Id != id) ? "Select a driver from the list" : null);
        if (!ModelState.IsValid) return Page();
        db.Add(new Driver { PriorityId = Priority.Id, ParentId = Through, Text = Text!.Trim(), Position = Drivers.Select(driver => driver.Position).DefaultIfEmpty().Max() + 1 });
        return Saved("The driver was added");
    }

    public IActionResult OnPostChange(int driver, string? how)
    {
        if (Drivers.FirstOrDefault(one => one.Id == driver) is not { } found) return NotFound();
        var beside = Drivers.Where(one => one.ParentId == found.ParentId).ToList();
        var at = beside.IndexOf(found);
        switch (how)
        {
            case "up" when at > 0:
                (found.Position, beside[at - 1].Position) = (beside[at - 1].Position, found.Position);
                return Saved($"{found.Text} stands higher");
            case "down" when at < beside.Count - 1:
                (found.Position, beside[at + 1].Position) = (beside[at + 1].Position, found.Position);
                return Saved($"{found.Text} stands lower");
            case "remove":
                // What worked through it works on what it worked on.
                foreach (var inner in Drivers.Where(one => one.ParentId == found.Id)) inner.ParentId = found.ParentId;
                foreach (var action in db.PlannedActions.Where(action => action.DriverId == found.Id)) action.DriverId = found.ParentId;
                db.SaveChanges();
                db.Remove(found);
                return Saved($"{found.Text} was removed");
            default:
                return Redirect($"/priorities/{Priority.Id}/drivers");
        }
    }

    private IReadOnlyList<DiagramNode> Under(int? parent, List<PlannedAction> actions) =>
    [
        .. Drivers.Where(driver => driver.ParentId == parent).Select(driver => new DiagramNode(DiagramPart.Driver, driver.Text, Under(driver.Id, actions), driver.Id)),
        .. actions.Where(action => action.DriverId == parent).Select(action => new DiagramNode(DiagramPart.Action, action.Title, [], action.Id)),
    ];

    private RedirectResult Saved(string sentence)
    {
        db.SaveChanges();
        TempData.Done(sentence);
        return Redirect($"/priorities/{Priority.Id}/drivers");
    }
}
