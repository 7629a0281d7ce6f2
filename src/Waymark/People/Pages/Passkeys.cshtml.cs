using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Field;
using Waymark.People.Invitations;
using Waymark.People.SignIn;
using Waymark.Shared.Web;

namespace Waymark.People.Pages;

public sealed class PasskeysModel(WaymarkDb db, SignInDesk desk, LocalClock clock, PasskeyDesk passkeys, InvitationDesk letters) : AccountPage(db, desk, clock)
{
    [BindProperty, Display(Name = "What to call this passkey")] public string? Name { get; set; }
    [BindProperty] public string? Question { get; set; }
    [BindProperty] public string? Credential { get; set; }
    [BindProperty(SupportsGet = true)] public string? ReturnUrl { get; set; }

    public IReadOnlyList<Passkey> Passkeys { get; private set; } = [];
    public string Options { get; private set; } = "";
    public IReadOnlyList<string>? Codes { get; private set; }

    public Task<IActionResult> OnGet()
    {
        Name = Session.DeviceOf(Request.Headers.UserAgent.ToString());
        return Show();
    }

    public async Task<IActionResult> OnPostAdd()
    {
        var name = string.IsNullOrWhiteSpace(Name) ? "Passkey" : Name.Trim();
        if (name.Length > Passkey.LongestName) Say(nameof(Name), $"The name must be {Passkey.LongestName} characters or fewer");
        if (string.IsNullOrEmpty(Credential)) ModelState.AddModelError("", "Adding a passkey needs JavaScript and a browser that knows passkeys. You can set up an authenticator app instead");
        if (!ModelState.IsValid) return await Show();
        var isFirst = !Person.HasSecondFactor;
        if (!await passkeys.Add(HttpContext, Person, name, Question, Credential))
        {
            ModelState.AddModelError("", "The passkey was not added. Try again");
            return await Show();
        }
        letters.Tell(Person, "A passkey was added", $"A passkey was added to your Waymark account. If it was not you, tell the partnership’s officer at once.");
        if (!isFirst)
        {
            Db.SaveChanges();
            TempData.Done("The passkey was added");
            return Redirect("/account/passkeys");
        }
        Desk.EndAll(Person.Id);
        Desk.Begin(HttpContext, Person, secondFactor: true);
        Codes = Desk.NewRecoveryCodes(Person);
        Desk.KeepAnswer(HttpContext);
        return Page();
    }

    public async Task<IActionResult> OnPostRemove(int id)
    {
        if (await Db.Passkeys.FirstOrDefaultAsync(passkey => passkey.Id == id && passkey.PersonId == Person.Id) is not { } passkey) return NotFound();
        if (Desk.RefuseRemoval(Person, app: false) is { } rule)
        {
            ModelState.AddModelError("", rule);
            return await Show();
        }
        Db.Remove(passkey);
        await Db.SaveChangesAsync();
        Desk.AfterRemoval(Person);
        letters.Tell(Person, "A passkey was removed", "A passkey was removed from your Waymark account. If it was not you, tell the partnership’s officer at once.");
        await Db.SaveChangesAsync();
        TempData.Done($"{passkey.Name} was removed");
        return Redirect("/account/passkeys");
    }

    private async Task<IActionResult> Show()
    {
        Passkeys = await Db.Passkeys.Where(passkey => passkey.PersonId == Person.Id).OrderBy(passkey => passkey.AddedAt).ToListAsync();
        (Options, Question) = await passkeys.AskForNew(HttpContext, Person);
        return Page();
    }
}
