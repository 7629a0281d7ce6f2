using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Waymark.Data;
using Waymark.People.Invitations;
using Waymark.Shared;
using Waymark.Shared.Access;
using Waymark.Shared.Web;

namespace Waymark.People.Pages;

/// <summary>One person's role ends and the successor's begins, in one step and without a gap.</summary>
public sealed class HandOverModel(WaymarkDb db, InvitationDesk letters) : PageModel
{
    [BindProperty, Display(Name = "Last day")] public DateOnly? LastDay { get; set; }
    [BindProperty, Display(Name = "Name")] public string? Name { get; set; }
    [BindProperty, Display(Name = "E-mail address")] public string? Email { get; set; }

    public Person Person { get; private set; } = null!;
    public string Place { get; private set; } = "";
    public RoleHeld Role => HttpContext.Record<RoleHeld>();

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context) => (Person, Place) = (db.People.Find(Role.PersonId)!, db.NamePlace(Role.Place).Name);

    public void OnGet() { }

    public IActionResult OnPost()
    {
        if (LastDay is null) ModelState.Say(nameof(LastDay), "Enter the last day");
        ModelState.Say(nameof(Name), Person.CheckName(Name));
        ModelState.Say(nameof(Email), Person.CheckEmail(Email));
        if (Email is not null && Person.KeyOf(Email) == Person.EmailKey) ModelState.Say(nameof(Email), "Enter the address of the successor, not of who hands over");
        if (!ModelState.IsValid) return Page();
        ModelState.Say(nameof(LastDay), Role.End(LastDay!.Value));
        if (!ModelState.IsValid) return Page();
        var invited = letters.Invite(Name!, Email!, Role.Role, Role.Place, LastDay.Value.AddDays(1), null, HttpContext.Caller.PersonId);
        ModelState.Say(nameof(Email), invited.Rule);
        if (!ModelState.IsValid) return Page();
        TempData.Done($"{Person.Name} hands over to {invited.Person!.Name} on {LastDay.Value.AddDays(1):d MMMM yyyy}");
        return Redirect($"/people/{invited.Person.Id}");
    }
}
