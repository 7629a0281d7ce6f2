using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Waymark.People.Invitations;
using Waymark.Shared.Web;

namespace Waymark.People.Pages;

/// <summary>The answer is the same for every address, so that nobody learns who takes part.</summary>
public sealed class ForgottenModel(InvitationDesk letters) : PageModel
{
    [BindProperty, Display(Name = "E-mail address")] public string? Email { get; set; }
    [BindProperty(SupportsGet = true)] public bool Asked { get; set; }

    public void OnGet() { }

    public IActionResult OnPost()
    {
        if (Email?.Length > Person.LongestEmail) Response.StatusCode = StatusCodes.Status400BadRequest;
        ModelState.Say(nameof(Email), Person.CheckEmail(Email));
        if (!ModelState.IsValid) return Page();
        letters.SendNewPassword(Email!);
        return Redirect("/sign-in/forgotten?asked=true");
    }
}
