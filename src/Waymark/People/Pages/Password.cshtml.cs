using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Waymark.Data;
using Waymark.Field;
using Waymark.People.Invitations;
using Waymark.People.SignIn;
using Waymark.Shared.Web;

namespace Waymark.People.Pages;

/// <summary>The present password is asked for, so that a device left alone does not give the account away; guesses at it are counted like those of signing in.</summary>
public sealed class PasswordModel(WaymarkDb db, SignInDesk desk, LocalClock clock, InvitationDesk letters) : AccountPage(db, desk, clock)
{
    [BindProperty, Display(Name = "Present password")] public string? Current { get; set; }
    [BindProperty, Display(Name = "New password")] public string? New { get; set; }

    // Who has no password to ask for shows by signing in again that it is them.
    protected override bool MustBeFresh => HttpContext.Request.Method == HttpMethods.Post && !Request.Form.ContainsKey(nameof(Current));

    public void OnGet() { }

    public IActionResult OnPost()
    {
        Say(nameof(New), PasswordRule.Check(New, [Person.Name, Person.Email, letters.Partnership]));
        if (Person.PasswordHash is not null)
        {
            if (string.IsNullOrEmpty(Current)) Say(nameof(Current), "Enter your present password");
            else if (Desk.IsThrottled(HttpContext, Person.Email)) Say(nameof(Current), SignInModel.Throttled);
            else if (Current.Length > PasswordRule.Longest || Desk.CheckPassword(HttpContext, Person.Email, Current) is null)
            {
                Desk.CountGuess(HttpContext, Person.Email);
                Say(nameof(Current), "This is not your present password");
            }
        }
        if (!ModelState.IsValid) return Page();
        Desk.SetPassword(Person, New!);
        Desk.EndAll(Person.Id, HttpContext.Features.Get<SignedIn>()?.SessionId);
        letters.Tell(Person, "Your password was changed", "The password of your Waymark account was changed. If it was not you, tell the partnership’s officer at once.");
        Db.SaveChanges();
        TempData.Done("Your password was changed");
        return Redirect("/account");
    }
}
