using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Waymark.People.SignIn;

namespace Waymark.People.Pages;

/// <summary>Leads to another sign-in service.</summary>
public sealed class WithModel(IReadOnlyList<OpenIdService> services) : PageModel
{
    public IActionResult OnGet(string name, string? returnUrl) => services.Any(service => service.Name == name)
        ? Challenge(new AuthenticationProperties { RedirectUri = ReturnTo.Local(returnUrl) }, name) : NotFound();
}
