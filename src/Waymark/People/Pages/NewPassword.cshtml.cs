using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Waymark.Data;
using Waymark.Field;
using Waymark.People.Invitations;
using Waymark.People.SignIn;
using Waymark.Shared.Access;
using Waymark.Shared.Web;

namespace Waymark.People.Pages;

/// <summary>By the link in a letter. It sets the password and nothing else: the second step stays as it is.</summary>
public sealed class NewPasswordModel(WaymarkDb db, LocalClock clock, SignInDesk desk, InvitationDesk letters) : PageModel
{
    [BindProperty, Display(Name = "New password")] public string? Password { get; set; }

    public Person Person { get; private set; } = null!;
    public string? Refusal { get; private set; }

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        var link = HttpContext.Record<SecretLink>();
        Person = db.People.Find(link.PersonId)!;
        Refusal = Person.CanSignIn ? link.Refusal(clock.UtcNow) : "This link is no longer valid.";
        if (Refusal is not null) context.Result = this.Gone();
    }

    public void OnGet() { }

    public IActionResult OnPost()
    {
        ModelState.Say(nameof(Password), PasswordRule.Check(Password, [Person.Name, Person.Email, letters.Partnership]));
        if (!ModelState.IsValid) return Page();
        HttpContext.Record<SecretLink>().Use(clock.UtcNow);
        desk.SetPassword(Person, Password!);
        desk.EndAll(Person.Id);
        letters.Tell(Person, "Your password was changed", "The password of your Waymark account was changed by a link sent to this address. If it was not you, tell the partnership’s officer at once.");
        db.SaveChanges();
        TempData.Done("Your new password is saved. Sign in with it");
        return Redirect("/sign-in");
    }
}
