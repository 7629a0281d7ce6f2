using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared.Access;

namespace Waymark.Listening.Pages;

/// <summary>The way in by a letter of one's own: the secret goes into the reader's own cookie and out of the address.</summary>
public sealed class ArriveModel(WaymarkDb db, SurveyKeys keys, GuessLimit limit, LocalClock clock) : PageModel
{
    public Survey Survey { get; private set; } = null!;
    public AnswerWords Words { get; private set; } = null!;

    public IActionResult OnGet(string secret)
    {
        Survey = HttpContext.Record<Survey>();
        Words = AnswerWords.In(Survey.LanguageList[0]);
        var address = HttpContext.Connection.RemoteIpAddress?.ToString() ?? "";
        if (limit.IsOver(address)) return StatusCode(StatusCodes.Status429TooManyRequests);
        var hash = SHA256.HashData(Encoding.ASCII.GetBytes(secret));
        if (db.Invitations.AsNoTracking().FirstOrDefault(one => one.TokenHash == hash && one.SurveyId == Survey.Id) is not { } invitation)
        {
            limit.Wrong(address);
            return NotFound();
        }
        if (!Survey.TakesAnswersOn(clock.Today)) return Redirect($"/answer/{Survey.Code}");
        var key = keys.Of(Survey.Id);
        var draft = Draft.Read(DraftCookie.Read(HttpContext, Survey), key, Survey.Id);
        if (draft?.InvitationId == invitation.Id) return Redirect($"/answer/{Survey.Code}");
        if (invitation.IsAnswered) return Page();
        var begun = Draft.New(Survey.Id, invitation.Place, invitation.Id);
        begun.Name = invitation.Name.Length > 0 ? invitation.Name : null;
        DraftCookie.Write(HttpContext, Survey, begun.Write(key));
        return Redirect($"/answer/{Survey.Code}");
    }
}

/// <summary>The way in by a school's link: the school is known, the person is not.</summary>
public sealed class ArriveFromSchoolModel(SurveyKeys keys, GuessLimit limit, LocalClock clock) : PageModel
{
    public IActionResult OnGet(int urn, string secret)
    {
        var survey = HttpContext.Record<Survey>();
        var address = HttpContext.Connection.RemoteIpAddress?.ToString() ?? "";
        if (limit.IsOver(address)) return StatusCode(StatusCodes.Status429TooManyRequests);
        if (!survey.TakesAnswersOn(clock.Today)) return Redirect($"/answer/{survey.Code}");
        var key = keys.Of(survey.Id);
        var school = PlaceKey.Of(PlaceKind.School, urn);
        if (urn is < 100_000 or > 999_999 || !CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(key.Secret(SurveyLinks.Of(school))), Encoding.ASCII.GetBytes(secret)))
        {
            limit.Wrong(address);
            return NotFound();
        }
        // Who has begun goes on, whichever way they came in.
        if (Draft.Read(DraftCookie.Read(HttpContext, survey), key, survey.Id) is null)
            DraftCookie.Write(HttpContext, survey, Draft.New(survey.Id, school).Write(key));
        return Redirect($"/answer/{survey.Code}");
    }
}
