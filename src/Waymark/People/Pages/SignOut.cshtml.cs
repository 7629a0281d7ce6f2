using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Waymark.People.SignIn;
using Waymark.Shared.Access;
using Waymark.Shared.Web;

namespace Waymark.People.Pages;

public sealed class SignOutModel(SignInDesk desk) : PageModel
{
    public IActionResult OnGet() => HttpContext.Caller.IsSignedIn ? Page() : Redirect("/");

    public IActionResult OnPost()
    {
        desk.End(HttpContext);
        TempData.Done("You are signed out");
        return Redirect("/");
    }
}
