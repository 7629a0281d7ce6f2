using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Net.Mail;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Evidence;
using Waymark.Field;
using Waymark.Schools;
using Waymark.Shared.Access;
using Waymark.Shared.Documents;
using Waymark.Shared.Mail;
using Waymark.Shared.Web;

namespace Waymark.Listening.Pages;

/// <summary>Letters with a link of one's own, and reminders to those who have not answered.</summary>
public sealed class LettersModel(WaymarkDb db, SurveyKeys keys, LocalClock clock) : PageModel
{
    private const int MostAtOnce = 2_000;
    private const int DaysBetween = 3;

    [BindProperty, Display(Name = "Who is invited")] public string? People { get; set; }

    private List<Invitation> invitations = [];

    public Survey Survey { get; private set; } = null!;
    public int All => invitations.Count;
    public int Answered => invitations.Count(invitation => invitation.IsAnswered);
    public int ToRemind => invitations.Count(MayRemind);
    public bool IsOpen => Survey.TakesAnswersOn(clock.Today);
    public Table Table { get; private set; } = null!;

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        Survey = HttpContext.Record<Survey>();
        invitations = [.. db.Invitations.Where(invitation => invitation.SurveyId == Survey.Id).OrderBy(invitation => invitation.Email)];
        var places = db.NamesOf([.. invitations.Select(invitation => invitation.Place).Where(place => place.Kind == PlaceKind.School).Distinct()]);
        Table = new Table("letters", "Letters", [new("to", "To", ColumnRole.Label), new("school", "School"), new("sent", "Sent"), new("reminded", "Reminded"), new("state", "State")],
            [.. invitations.Select(invitation => new Row([new Cell(invitation.Email), new Cell(places.GetValueOrDefault(invitation.Place)?.Name ?? ""), new Cell(ResultsReport.Day(invitation.SentOn)), new Cell(ResultsReport.Day(invitation.RemindedOn)),
                new Cell(invitation.IsAnswered ? "has answered" : invitation.IsUnsubscribed ? "wants no reminder" : "has not answered")]))]);
        if (HttpMethods.IsPost(Request.Method) && !IsOpen)
        {
            ModelState.AddModelError("", "The survey takes no answers, so no letters are sent");
            context.Result = Page();
        }
    }

    public void OnGet() { }

    public IActionResult OnPostInvite()
    {
        var key = keys.Of(Survey.Id);
        var schools = db.Set<School>().AsNoTracking().Select(school => school.Urn).ToHashSet();
        var known = invitations.Select(invitation => (invitation.Email.ToUpperInvariant(), invitation.Place)).ToHashSet();
        var added = new List<Invitation>();
        foreach (var (line, i) in (People ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select((line, i) => (line, i + 1)))
        {
            var parts = line.Split([',', ';', '\t'], StringSplitOptions.TrimEntries);
            var place = PlaceKey.Partnership;
            if (!MailAddress.TryCreate(parts[0], out var address) || address.Address != parts[0]) ModelState.Say(nameof(People), $"Line {i}: ‘{parts[0]}’ is no e-mail address, like name@example.org");
            else if (parts.Length > 2 && parts[2].Length > 0 && (!SchoolUrn.TryParse(parts[2], null, out var urn) || !schools.Contains(urn))) ModelState.Say(nameof(People), $"Line {i}: no school here has the URN {parts[2]}");
            else
            {
                if (parts.Length > 2 && parts[2].Length > 0) place = PlaceKey.School(SchoolUrn.Parse(parts[2], CultureInfo.InvariantCulture));
                if (known.Add((parts[0].ToUpperInvariant(), place))) added.Add(SurveyLinks.Invite(Survey, key, parts[0], parts.Length > 1 ? parts[1] : "", place));
            }
        }
        ModelState.Say(nameof(People), added.Count > MostAtOnce ? $"Send {MostAtOnce:N0} letters or fewer at once" : added.Count == 0 ? "Enter somebody who is not invited yet" : null);
        if (!ModelState.IsValid) return Page();
        foreach (var invitation in added)
        {
            invitation.SentOn = clock.Today;
            db.Add(SurveyLetters.Write(Survey, key, invitation, AddressOfPages, isReminder: false, clock.UtcNow));
        }
        // In the order of their secrets: who stands first in the list is not who stands first in the store.
        db.AddRange(added.OrderBy(invitation => Convert.ToHexString(invitation.TokenHash), StringComparer.Ordinal));
        db.SaveChanges();
        TempData.Done($"{added.Count:N0} letters are on their way");
        return Redirect($"/surveys/{Survey.Code}/letters");
    }

    public IActionResult OnPostRemind()
    {
        var key = keys.Of(Survey.Id);
        var late = invitations.Where(MayRemind).ToList();
        foreach (var invitation in late)
        {
            invitation.RemindedOn = clock.Today;
            db.Add(SurveyLetters.Write(Survey, key, invitation, AddressOfPages, isReminder: true, clock.UtcNow));
        }
        db.SaveChanges();
        TempData.Done($"{late.Count:N0} reminders are on their way");
        return Redirect($"/surveys/{Survey.Code}/letters");
    }

    private bool MayRemind(Invitation invitation) => !invitation.IsAnswered && !invitation.IsUnsubscribed && (invitation.RemindedOn ?? invitation.SentOn) is { } last && last.AddDays(DaysBetween) <= clock.Today;

    private string AddressOfPages => $"{Request.Scheme}://{Request.Host}";
}
