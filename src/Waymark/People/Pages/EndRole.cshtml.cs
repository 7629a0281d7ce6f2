using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Waymark.Data;
using Waymark.Field;
using Waymark.People.Invitations;
using Waymark.Shared;
using Waymark.Shared.Access;
using Waymark.Shared.Web;

namespace Waymark.People.Pages;

public sealed class EndRoleModel(WaymarkDb db, LocalClock clock, InvitationDesk letters) : PageModel
{
    [BindProperty, Display(Name = "When does it end?")] public string? When { get; set; }
    [BindProperty, Display(Name = "Last day")] public DateOnly? LastDay { get; set; }

    public Person Person { get; private set; } = null!;
    public string InWords { get; private set; } = "";
    public string Back => HttpContext.May(Room.Manage) ? $"/people/{Person.Id}" : PlaceModel.Address(db.NamePlace(Role.Place));

    private RoleHeld Role => HttpContext.Record<RoleHeld>();

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        Person = db.People.Find(Role.PersonId)!;
        InWords = letters.InWords(Role.Role, Role.Place, Role.From, Role.Until);
    }

    public void OnGet() { }

    public IActionResult OnPost()
    {
        if (When is not ("now" or "day")) ModelState.Say(nameof(When), "Select when it ends");
        if (When == "day" && LastDay is null) ModelState.Say(nameof(LastDay), "Enter the last day");
        if (Role.Role == RoleKind.Officer) ModelState.Say(nameof(When), db.RefuseWithoutOfficer([Role.PersonId], clock.Today));
        if (!ModelState.IsValid) return Page();
        ModelState.Say(When == "now" ? nameof(When) : nameof(LastDay), When == "now" ? Role.EndNow(clock.Today) : Role.End(LastDay!.Value));
        if (!ModelState.IsValid) return Page();
        db.SaveChanges();
        TempData.Done($"The role of {Person.Name} {(When == "now" ? "has ended" : $"ends on {LastDay:d MMMM yyyy}")}");
        return Redirect(Back);
    }
}
