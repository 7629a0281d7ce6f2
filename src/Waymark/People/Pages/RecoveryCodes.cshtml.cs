using Microsoft.AspNetCore.Mvc;
using Waymark.Data;
using Waymark.Field;
using Waymark.People.Invitations;
using Waymark.People.SignIn;

namespace Waymark.People.Pages;

public sealed class RecoveryCodesModel(WaymarkDb db, SignInDesk desk, LocalClock clock, InvitationDesk letters) : AccountPage(db, desk, clock)
{
    public IReadOnlyList<string>? Codes { get; private set; }

    public IActionResult OnGet() => Person.HasSecondFactor ? Page() : Redirect("/account");

    public IActionResult OnPost()
    {
        if (!Person.HasSecondFactor) return Redirect("/account");
        Codes = Desk.NewRecoveryCodes(Person);
        letters.Tell(Person, "New recovery codes", "New recovery codes were made for your Waymark account. If it was not you, tell the partnership’s officer at once.");
        Desk.KeepAnswer(HttpContext);
        return Page();
    }
}
