using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Waymark.Data;
using Waymark.Field;
using Waymark.People.Invitations;
using Waymark.Shared;
using Waymark.Shared.Access;
using Waymark.Shared.Web;

namespace Waymark.People.Pages;

/// <summary>Who holds a role at a school, a cluster or an organisation. A school's head, chair and clerk invite its governors here, and who stands in for a day, and nobody else.</summary>
public sealed class PlaceModel(WaymarkDb db, LocalClock clock, InvitationDesk letters) : PageModel
{
    [BindProperty, Display(Name = "Name")] public string? Name { get; set; }
    [BindProperty, Display(Name = "E-mail address")] public string? Email { get; set; }
    [BindProperty, Display(Name = "Role")] public string? Role { get; set; }
    [BindProperty, Display(Name = "First day")] public DateOnly? From { get; set; }

    public NamedPlace Place => HttpContext.Record<NamedPlace>();
    public DateOnly Today => clock.Today;
    public IReadOnlyList<(Person Person, RoleHeld Role)> Held { get; private set; } = [];
    public IReadOnlyList<SelectListItem> Choices { get; private set; } = [];

    public static string Address(NamedPlace place) => $"/people/places/{place.Key.KindCode}/{Uri.EscapeDataString(place.Code)}";

    public bool MayChange(RoleHeld role) => HttpContext.May(Room.Manage) || RoleHeld.OfSchools.Contains(role.Role);

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        Held = [.. db.RolesHeld.Where(role => role.Place == Place.Key).Join(db.People, role => role.PersonId, person => person.Id, (role, person) => new { person, role }).AsEnumerable()
            .Where(of => !of.role.HasEndedBy(Today)).OrderBy(of => of.role.Role).ThenBy(of => of.person.Name, StringComparer.CurrentCulture).Select(of => (of.person, of.role))];
        Choices = [.. (HttpContext.May(Room.Manage) ? Roles.All : RoleHeld.OfSchools).Where(role => role.HeldFor().Contains(Place.Key.Kind)).Select(role => new SelectListItem(role.InWords(), role.Code()))];
    }

    public void OnGet() => From = Today;

    public IActionResult OnPost()
    {
        ModelState.Say(nameof(Name), Person.CheckName(Name));
        ModelState.Say(nameof(Email), Person.CheckEmail(Email));
        if (Choices.All(choice => choice.Value != Role)) ModelState.Say(nameof(Role), "Select the role");
        if (From is null) ModelState.Say(nameof(From), "Enter the first day");
        if (!ModelState.IsValid) return Page();
        var invited = letters.Invite(Name!, Email!, Roles.Find(Role)!.Value, Place.Key, From!.Value, null, HttpContext.Caller.PersonId);
        ModelState.Say(nameof(From), invited.Rule);
        if (!ModelState.IsValid) return Page();
        TempData.Done(invited.Link is null ? $"{invited.Person!.Name} has this role as well" : $"{invited.Person!.Name} is invited");
        return Redirect(Address(Place));
    }

    public IActionResult OnPostAgain(int role)
    {
        if (Held.FirstOrDefault(of => of.Role.Id == role && of.Person.JoinedAt is null && MayChange(of.Role)) is not { Person: { } person }) return NotFound();
        letters.SendInvitation(person, HttpContext.Caller.PersonId);
        TempData.Done($"The invitation is on its way to {person.Email} again");
        return Redirect(Address(Place));
    }
}
