using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Waymark.People.SignIn;
using Waymark.Shared.Access;
using Waymark.Shared.Web;

namespace Waymark.People.Pages;

/// <summary>Somebody who was away shows that the letter still reaches them. It opens nothing: they sign in afterwards.</summary>
public sealed class KeepModel(SignInDesk desk) : PageModel
{
    public void OnGet() { }

    public IActionResult OnPost()
    {
        HttpContext.Record<Person>().KeptOn = desk.RealToday;
        TempData.Done("Your access goes on. Sign in");
        return Redirect("/sign-in");
    }
}
