using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Waymark.Data;
using Waymark.People.SignIn;
using Waymark.Shared.Access;

namespace Waymark.People.Pages;

/// <summary>E-mail and password, or a passkey. What is wrong is not said: neither whether there is such an account, nor which of the two was wrong.</summary>
public sealed class SignInModel(WaymarkDb db, SignInDesk desk, PasskeyDesk passkeys, IReadOnlyList<OpenIdService> services) : PageModel
{
    public const string Wrong = "The e-mail address or the password is not right";
    public const string Throttled = "There were too many attempts. Wait 5 minutes, then try again";

    [BindProperty, Display(Name = "E-mail address")] public string? Email { get; set; }
    [BindProperty, Display(Name = "Password")] public string? Password { get; set; }
    [BindProperty] public string? Question { get; set; }
    [BindProperty] public string? Credential { get; set; }
    [BindProperty(SupportsGet = true)] public string? ReturnUrl { get; set; }
    /// <summary>Somebody who is signed in shows once more that it is them.</summary>
    [BindProperty(SupportsGet = true)] public bool Again { get; set; }

    /// <summary>Why another sign-in service did not lead in: failed or unknown.</summary>
    [BindProperty(SupportsGet = true)] public string? Refused { get; set; }

    public IReadOnlyList<OpenIdService> Services => services;
    public bool IsAgain => HttpContext.Caller.IsSignedIn;
    public string PasskeyOptions { get; private set; } = "";

    public async Task<IActionResult> OnGet()
    {
        if (IsAgain && !Again) return Redirect(ReturnTo.Local(ReturnUrl));
        if (Refused == "failed") ModelState.AddModelError("", "Signing in with the other service did not work. Try again, or sign in with your password");
        if (Refused == "unknown") ModelState.AddModelError("", "Nobody in this partnership is known by that account. Sign in with your password, or ask the partnership’s officer for an invitation");
        if (IsAgain) Email = db.People.Find(HttpContext.Caller.PersonId)?.Email;
        return await Show();
    }

    public async Task<IActionResult> OnPost()
    {
        if (Email?.Length > Person.LongestEmail || Password?.Length > PasswordRule.Longest)
        {
            Response.StatusCode = StatusCodes.Status400BadRequest;
            ModelState.AddModelError(nameof(Email), Wrong);
            return await Show();
        }
        if (string.IsNullOrWhiteSpace(Email)) ModelState.AddModelError(nameof(Email), "Enter your e-mail address");
        if (string.IsNullOrEmpty(Password)) ModelState.AddModelError(nameof(Password), "Enter your password");
        if (!ModelState.IsValid) return await Show();
        if (desk.IsThrottled(HttpContext, Email!)) return await Refuse(Throttled, StatusCodes.Status429TooManyRequests);
        if (desk.CheckPassword(HttpContext, Email!, Password!) is not { } person)
        {
            desk.CountGuess(HttpContext, Email!);
            return await Refuse(Wrong, StatusCodes.Status200OK);
        }
        if (!person.HasSecondFactor) return Redirect(desk.Enter(HttpContext, person, secondFactor: false, ReturnUrl));
        desk.BeginSecondStep(HttpContext, person);
        return Redirect(ReturnTo.Via("/sign-in/code", ReturnUrl));
    }

    public async Task<IActionResult> OnPostPasskey()
    {
        if (await passkeys.Person(HttpContext, Question, Credential) is { } person) return Redirect(desk.Enter(HttpContext, person, secondFactor: true, ReturnUrl));
        ModelState.AddModelError("", "This passkey does not open an account here. Sign in with your password");
        return await Show();
    }

    private async Task<IActionResult> Refuse(string sentence, int status)
    {
        Response.StatusCode = status;
        ModelState.AddModelError(nameof(Email), sentence);
        return await Show();
    }

    private async Task<IActionResult> Show()
    {
        (PasskeyOptions, Question) = await passkeys.AskFor(HttpContext, null);
        return Page();
    }
}
