using System.ComponentModel.DataAnnotations;
using System.Globalization;
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

/// <summary>An officer gives somebody a role; who is new gets an invitation.</summary>
public sealed class InviteModel(WaymarkDb db, LocalClock clock, InvitationDesk letters) : PageModel
{
    [BindProperty(SupportsGet = true)] public string? Role { get; set; }
    [BindProperty(SupportsGet = true), Display(Name = "Name")] public string? Name { get; set; }
    [BindProperty(SupportsGet = true), Display(Name = "E-mail address")] public string? Email { get; set; }
    [BindProperty(SupportsGet = true), Display(Name = "Where")] public int? Place { get; set; }
    [BindProperty, Display(Name = "Organisation")] public string? Organisation { get; set; }
    [BindProperty, Display(Name = "First day")] public DateOnly? From { get; set; }
    [BindProperty, Display(Name = "Last day")] public DateOnly? Until { get; set; }

    public RoleKind? Kind { get; private set; }
    public IReadOnlyList<SelectListItem> Places { get; private set; } = [];

    /// <summary>Roles for which there is a place.</summary>
    public IEnumerable<RoleKind> Choices => Roles.All.Where(role => role == RoleKind.Partner || role.HeldFor().Any(kind => db.PlacesOffered(kind).Count > 0));

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        Kind = Roles.Find(Role);
        if (Kind is { } role)
            Places = [.. role.HeldFor().SelectMany(kind => db.PlacesOffered(kind)).Select(place => new SelectListItem(place.Name, place.Key.Value.ToString(CultureInfo.InvariantCulture)))];
    }

    public void OnGet()
    {
        From ??= clock.Today;
        ModelState.Clear();
    }

    public IActionResult OnPost()
    {
        if (Kind is not { } role) return Redirect("/people/invite");
        ModelState.Say(nameof(Name), Person.CheckName(Name));
        ModelState.Say(nameof(Email), Person.CheckEmail(Email));
        if (role == RoleKind.Partner) ModelState.Say(nameof(Organisation), Waymark.People.Organisation.CheckName(Organisation));
        else if (Places.Count == 1) Place = int.Parse(Places[0].Value, CultureInfo.InvariantCulture);
        else if (Places.All(place => place.Value != Place?.ToString(CultureInfo.InvariantCulture))) ModelState.Say(nameof(Place), "Select where the role is held");
        if (From is null) ModelState.Say(nameof(From), "Enter the first day");
        if (!ModelState.IsValid) return Page();

        var invited = letters.Invite(Name!, Email!, role, role == RoleKind.Partner ? letters.OrganisationCalled(Organisation!).Place : new PlaceKey(Place!.Value), From!.Value, Until, HttpContext.Caller.PersonId);
        ModelState.Say(nameof(From), invited.Rule);
        if (!ModelState.IsValid) return Page();
        TempData.Done(invited.Link is null ? $"{invited.Person!.Name} has this role as well" : $"{invited.Person!.Name} is invited");
        return Redirect($"/people/{invited.Person.Id}");
    }
}
