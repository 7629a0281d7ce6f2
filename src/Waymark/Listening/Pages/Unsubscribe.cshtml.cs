using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Shared.Access;

namespace Waymark.Listening.Pages;

/// <summary>
/// No more reminders, by one press in a letter or by a mail program's own button (RFC 8058), which sends no cookie and no token: the secret in the address is the proof.
/// </summary>
[IgnoreAntiforgeryToken]
public sealed class UnsubscribeModel(WaymarkDb db, SurveyKeys keys, GuessLimit limit, IAntiforgery antiforgery) : PageModel
{
    public Survey Survey { get; private set; } = null!;
    public bool IsDone { get; private set; }

    public IActionResult OnGet(string secret) => Find(secret) is { } invitation ? Show(invitation.IsUnsubscribed) : (IActionResult)Refuse();

    public IActionResult OnPost(string secret)
    {
        return Request.Form["List-Unsubscribe"] == "One-Click" ? Stop(secret) : BadRequest();
    }

    /// <summary>The button on the page itself.</summary>
    public async Task<IActionResult> OnPostPressAsync(string secret) => await antiforgery.IsRequestValidAsync(HttpContext) ? Stop(secret) : BadRequest();

    private IActionResult Stop(string secret)
    {
        if (Find(secret) is not { } invitation) return Refuse();
        db.Invitations.Where(one => one.Id == invitation.Id).ExecuteUpdate(set => set.SetProperty(one => one.IsUnsubscribed, true));
        return Show(true);
    }

    private PageResult Show(bool isDone)
    {
        IsDone = isDone;
        return Page();
    }

    private NotFoundResult Refuse()
    {
        limit.Wrong(Address);
        return NotFound();
    }

    private string Address => HttpContext.Connection.RemoteIpAddress?.ToString() ?? "";

    private Invitation? Find(string secret)
    {
        Survey = HttpContext.Record<Survey>();
        if (Survey.State != SurveyState.Open || limit.IsOver(Address)) return null;
        var key = keys.Of(Survey.Id);
        return db.Invitations.AsNoTracking().Where(invitation => invitation.SurveyId == Survey.Id).AsEnumerable()
            .FirstOrDefault(invitation => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(key.Secret(SurveyLinks.NoReminders(invitation))), Encoding.ASCII.GetBytes(secret)));
    }
}
