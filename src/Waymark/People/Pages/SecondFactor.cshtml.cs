using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc;
using Waymark.Data;
using Waymark.Field;
using Waymark.People.Invitations;
using Waymark.People.SignIn;
using Waymark.Shared.Web;

namespace Waymark.People.Pages;

/// <summary>The app is set up when it has shown a right code; with the first second factor come recovery codes.</summary>
public sealed class SecondFactorModel(WaymarkDb db, SignInDesk desk, LocalClock clock, InvitationDesk letters, IDataProtectionProvider protection, TimeProvider time) : AccountPage(db, desk, clock)
{
    private sealed record Offer(int PersonId, string Secret);

    private readonly SealedCookie<Offer> seal = new(protection, time, "waymark-app", TimeSpan.FromHours(1));

    [BindProperty, Display(Name = "Code")] public string? Code { get; set; }
    [BindProperty] public string? Sealed { get; set; }
    [BindProperty(SupportsGet = true)] public string? ReturnUrl { get; set; }

    public bool IsCompulsory => HttpContext.Features.Get<SignedIn>()?.MustEnrol == true;
    public AppState App => Desk.StateOf(Person);
    public IHtmlContent Picture { get; private set; } = HtmlString.Empty;
    public string Spaced { get; private set; } = "";
    public IReadOnlyList<string>? Codes { get; private set; }

    public void OnGet() => Show(OneTimeCode.NewSecret());

    public IActionResult OnPost()
    {
        if (seal.Open(Sealed) is not var (offer, _) || offer.PersonId != Person.Id) return Redirect(ReturnTo.Via(Recognition.SecondFactorPage, ReturnUrl));
        if (string.IsNullOrWhiteSpace(Code)) Say(nameof(Code), "Enter the code that the app shows");
        else if (OneTimeCode.StepOf(offer.Secret, Code, Clock.UtcNow, 0) is not { } step) Say(nameof(Code), "This code is not right. Enter the code that the app shows now");
        else
        {
            var isFirst = !Person.HasSecondFactor;
            Desk.SetApp(Person, offer.Secret, step);
            Desk.EndAll(Person.Id);
            Desk.Begin(HttpContext, Person, secondFactor: true);
            letters.Tell(Person, "An authenticator app was set up", "An authenticator app was set up for your Waymark account. If it was not you, tell the partnership’s officer at once.");
            if (!isFirst)
            {
                Db.SaveChanges();
                TempData.Done("The authenticator app was set up");
                return Redirect("/account");
            }
            Codes = Desk.NewRecoveryCodes(Person);
            Desk.KeepAnswer(HttpContext);
            return Page();
        }
        Show(offer.Secret);
        return Page();
    }

    public IActionResult OnPostRemove()
    {
        if (Desk.RefuseRemoval(Person, app: true) is { } rule)
        {
            ModelState.AddModelError("", rule);
            OnGet();
            return Page();
        }
        (Person.SealedCodeSecret, Person.LastCodeStep) = (null, 0);
        Desk.AfterRemoval(Person);
        letters.Tell(Person, "Your authenticator app was taken off", "Your Waymark account is opened without an authenticator app from now on. If it was not you, tell the partnership’s officer at once.");
        Db.SaveChanges();
        TempData.Done("The authenticator app was taken off");
        return Redirect("/account");
    }

    private void Show(string secret)
    {
        Sealed = seal.Seal(new Offer(Person.Id, secret));
        ModelState.Remove(nameof(Sealed));
        Spaced = string.Join(' ', secret.Chunk(4).Select(part => new string(part)));
        Picture = QrPicture.Of(OneTimeCode.Address(secret, Person.Email, "Waymark"), "Picture for the authenticator app");
    }
}
