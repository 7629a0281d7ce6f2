using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Waymark.Data;
using Waymark.Field;
using Waymark.Schools;
using Waymark.Shared.Access;
using Waymark.Shared.Web;

namespace Waymark.Meetings.Pages;

/// <summary>Why a school was not there, once it has answered its letter.</summary>
public sealed class LetterModel(WaymarkDb db, LocalClock clock) : PageModel
{
    [BindProperty, Display(Name = "Why nobody came")] public AbsenceReason? Reason { get; set; }
    [BindProperty, Display(Name = "What was said")] public string? Note { get; set; }
    [BindProperty, Display(Name = "When it answered")] public DateOnly? On { get; set; }

    public Letter Letter => HttpContext.Record<Letter>();
    public School School { get; private set; } = null!;

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context) => School = db.Schools.Find(Letter.Urn)!;

    public void OnGet() => (Reason, Note, On) = (Letter.AnsweredOn is null ? null : Letter.Reason, Letter.Note, Letter.AnsweredOn ?? clock.Today);

    public IActionResult OnPost()
    {
        if (ModelState.IsValid && Letter.Answer(Reason ?? AbsenceReason.NotAnswered, Note, On) is { } rule)
            ModelState.AddModelError(rule.Contains("reason", StringComparison.Ordinal) && Reason != AbsenceReason.Other ? nameof(Reason) : rule.Contains("answered", StringComparison.Ordinal) ? nameof(On) : nameof(Note), rule.TrimEnd('.'));
        if (!ModelState.IsValid) return Page();
        TempData.Done($"The reason of {School.Name} was saved");
        return Redirect($"/meetings/{Letter.MeetingId}/letters");
    }
}
