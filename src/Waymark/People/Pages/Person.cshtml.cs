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

/// <summary>One person's roles and account, for an officer.</summary>
public sealed class PersonModel(WaymarkDb db, LocalClock clock, SignInDesk desk, InvitationDesk letters) : PageModel
{
    [BindProperty, Display(Name = "Name")] public string? Name { get; set; }
    [BindProperty, Display(Name = "E-mail address")] public string? Email { get; set; }

    public Person Person => HttpContext.Record<Person>();
    public DateOnly Today => clock.Today;
    public IReadOnlyList<(RoleHeld Role, string Place)> Held { get; private set; } = [];

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        var held = db.RolesHeld.Where(role => role.PersonId == Person.Id).OrderByDescending(role => role.From).ToList();
        var names = db.NamePlaces(held.Select(role => role.Place));
        Held = [.. held.OrderBy(role => role.HasEndedBy(Today)).Select(role => (role, names[role.Place].Name))];
    }

    public void OnGet() => (Name, Email) = (Person.Name, Person.Email);

    public IActionResult OnPostSave()
    {
        ModelState.Say(nameof(Name), Person.CheckName(Name));
        ModelState.Say(nameof(Email), Person.CheckEmail(Email));
        if (Email is not null && db.FindPerson(Email) is { } other && other.Id != Person.Id) ModelState.Say(nameof(Email), $"{other.Name} has this address already");
        if (!ModelState.IsValid) return Page();
        Person.Name = Name!.Trim();
        if (Person.Email != Email!.Trim())
        {
            var text = $"The e-mail address of your Waymark account was changed from {Person.Email} to {Email.Trim()} by {HttpContext.Caller.Name}.";
            letters.Tell(Person, "Your e-mail address was changed", text);
            (Person.Email, Person.EmailKey) = (Email.Trim(), Person.KeyOf(Email));
            letters.Tell(Person, "Your e-mail address was changed", text);
        }
        return Done($"{Person.Name} was saved");
    }

    /// <summary>All that is kept about them, for who asks.</summary>
    public IActionResult OnPostCopy()
    {
        var copy = Privacy.PersonsCopy.Of(db, Person);
        HttpContext.Keep();
        return File(copy, "application/json", string.Create(System.Globalization.CultureInfo.InvariantCulture, $"person-{Person.Id}.json"));
    }

    public IActionResult OnPostAgain()
    {
        if (Person.ClosedAt is not null || Person.JoinedAt is not null) return Redirect($"/people/{Person.Id}");
        letters.SendInvitation(Person, HttpContext.Caller.PersonId);
        return Done($"The invitation is on its way to {Person.Email} again. The link in the earlier one no longer works");
    }

    public IActionResult OnPostAnew()
    {
        if (!Person.CanSignIn) return Redirect($"/people/{Person.Id}");
        letters.SetUpAnew(Person, HttpContext.Caller.PersonId);
        return Done($"A new invitation is on its way to {Person.Email}");
    }

    public IActionResult OnPostClose()
    {
        if (Person.Id == HttpContext.Caller.PersonId) ModelState.AddModelError("", "You cannot close your own account. Ask another officer");
        else if (db.RefuseWithoutOfficer([Person.Id], Today) is { } rule) ModelState.AddModelError("", rule);
        if (!ModelState.IsValid)
        {
            OnGet();
            return Page();
        }
        Person.ClosedAt ??= clock.UtcNow;
        desk.EndAll(Person.Id);
        foreach (var (role, _) in Held) role.EndNow(Today);
        return Done($"The account of {Person.Name} is closed");
    }

    private RedirectResult Done(string sentence)
    {
        db.SaveChanges();
        TempData.Done(sentence);
        return Redirect($"/people/{Person.Id}");
    }
}
