using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared.Mail;
using Waymark.Shared.Web;

namespace Waymark.People.Pages;

/// <summary>What lies in the outbox. Without a mail server an officer sends it by hand.</summary>
public sealed class LettersModel(WaymarkDb db, LocalClock clock, IConfiguration configuration) : PageModel
{
    public bool HasServer => MailSender.IsConfigured(configuration);

    /// <summary>A letter holds links that are for its recipient alone: it is shown only where nothing else sends it.</summary>
    public bool IsForHand(OutboxMail letter) => !HasServer || letter.NextTryAt is null;

    public IReadOnlyList<OutboxMail> Waiting { get; private set; } = [];

    public void OnGet() => Waiting = [.. db.Outbox.Where(letter => letter.SentAt == null).OrderBy(letter => letter.Id).Take(200)];

    public IActionResult OnPostSent(int id)
    {
        if (db.Outbox.FirstOrDefault(letter => letter.Id == id && letter.SentAt == null) is not { } letter || !IsForHand(letter)) return NotFound();
        letter.Sent(clock.UtcNow);
        db.SaveChanges();
        TempData.Done($"The letter to {letter.Recipient} was sent");
        return Redirect("/people/letters");
    }
}
