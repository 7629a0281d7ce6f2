using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Waymark.Data;
using Waymark.Field;
using Waymark.People.Invitations;
using Waymark.People.SignIn;
using Waymark.Shared;
using Waymark.Shared.Access;
using Waymark.Shared.Web;

namespace Waymark.People.Pages;

/// <summary>By the link of an invitation, once: a name, a password, and in.</summary>
public sealed class WelcomeModel(WaymarkDb db, LocalClock clock, SignInDesk desk, InvitationDesk letters) : PageModel
{
    [BindProperty, Display(Name = "Your name")] public string? Name { get; set; }
    [BindProperty, Display(Name = "Password")] public string? Password { get; set; }

    public Person Person { get; private set; } = null!;
    public IReadOnlyList<(string Role, string Place)> Roles { get; private set; } = [];
    public string Partnership => letters.Partnership;
    public string? Refusal { get; private set; }

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        var link = HttpContext.Record<SecretLink>();
        Person = db.People.Find(link.PersonId)!;
        Refusal = link.Refusal(clock.UtcNow) ?? (Person.ClosedAt is null && Person.JoinedAt is null ? null : "This invitation is no longer valid.");
        if (Refusal is not null) context.Result = this.Gone();
        var roles = db.RolesHeld.Where(role => role.PersonId == Person.Id).AsEnumerable().Where(role => !role.HasEndedBy(clock.Today)).ToList();
        var names = db.NamePlaces(roles.Select(role => role.Place));
        Roles = [.. roles.Select(role => (role.Role.InWords(), names[role.Place].Name))];
    }

    public void OnGet() => Name = Person.Name;

    public IActionResult OnPost()
    {
        ModelState.Say(nameof(Name), Person.CheckName(Name) is null ? null : "Enter your name");
        ModelState.Say(nameof(Password), PasswordRule.Check(Password, [Name ?? "", Person.Email, letters.Partnership]));
        if (!ModelState.IsValid) return Page();
        HttpContext.Record<SecretLink>().Use(clock.UtcNow);
        (Person.Name, Person.JoinedAt) = (Name!.Trim(), clock.UtcNow);
        desk.SetPassword(Person, Password!);
        desk.Begin(HttpContext, Person, secondFactor: false);
        return Redirect("/");
    }
}
