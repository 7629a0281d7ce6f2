using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.People.SignIn;

namespace Waymark.People.Pages;

/// <summary>The second step of signing in.</summary>
public sealed class CodeModel(WaymarkDb db, SignInDesk desk, PasskeyDesk passkeys) : PageModel
{
    private const int LongestCode = 50;

    [BindProperty, Display(Name = "Code")] public string? Code { get; set; }
    [BindProperty] public string? Question { get; set; }
    [BindProperty] public string? Credential { get; set; }
    [BindProperty(SupportsGet = true)] public string? ReturnUrl { get; set; }

    public AppState App => desk.StateOf(person);
    public string PasskeyOptions { get; private set; } = "";

    private Person person = null!;

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        if (desk.InSecondStep(HttpContext) is { } found) person = found;
        else context.Result = Redirect(ReturnTo.Via("/sign-in", ReturnUrl));
    }

    public Task<IActionResult> OnGet() => Show();

    public async Task<IActionResult> OnPost()
    {
        if (string.IsNullOrWhiteSpace(Code)) ModelState.AddModelError(nameof(Code), "Enter the code");
        else if (Code.Length > LongestCode)
        {
            Response.StatusCode = StatusCodes.Status400BadRequest;
            ModelState.AddModelError(nameof(Code), "A code is shorter than that");
        }
        else if (desk.IsThrottled(HttpContext, person.Email))
        {
            Response.StatusCode = StatusCodes.Status429TooManyRequests;
            ModelState.AddModelError(nameof(Code), SignInModel.Throttled);
        }
        else if (desk.TakeCode(person, Code)) return Redirect(desk.Enter(HttpContext, person, secondFactor: true, ReturnUrl));
        else
        {
            desk.CountGuess(HttpContext, person.Email);
            ModelState.AddModelError(nameof(Code), App == AppState.Set ? "This code is not right, or was used already. Enter the code that the app shows now" : "This code is not right, or was used already. Enter another of your recovery codes");
        }
        return await Show();
    }

    public async Task<IActionResult> OnPostPasskey()
    {
        if (await passkeys.Person(HttpContext, Question, Credential) == person) return Redirect(desk.Enter(HttpContext, person, secondFactor: true, ReturnUrl));
        ModelState.AddModelError("", "This passkey does not open your account. Enter a code");
        return await Show();
    }

    private async Task<IActionResult> Show()
    {
        if (await db.Passkeys.AnyAsync(passkey => passkey.PersonId == person.Id)) (PasskeyOptions, Question) = await passkeys.AskFor(HttpContext, person);
        return Page();
    }
}
