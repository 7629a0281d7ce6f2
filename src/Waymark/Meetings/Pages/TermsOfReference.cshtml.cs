using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Waymark.Clusters;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared.Access;
using Waymark.Shared.Web;

namespace Waymark.Meetings.Pages;

/// <summary>How a cluster works together, in versions: agreed ones for everybody, drafts for members.</summary>
public sealed class TermsOfReferenceModel(WaymarkDb db, LocalClock clock) : PageModel
{
    [BindProperty, Display(Name = "The terms")] public string? Text { get; set; }

    public Cluster Cluster => HttpContext.Record<Cluster>();
    public IReadOnlyList<TermsOfReference> Shown { get; private set; } = [];
    public IReadOnlyList<SelectListItem> Meetings { get; private set; } = [];

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        var id = Cluster.Id;
        Shown = [.. db.Set<TermsOfReference>().Where(terms => terms.ClusterId == id).OrderByDescending(terms => terms.Number).AsEnumerable().Where(terms => terms.AgreedOn is not null || HttpContext.Caller.IsMember)];
        Meetings = [new("Choose the meeting", ""), .. db.Meetings.AsNoTracking().Where(meeting => meeting.State == MeetingState.Closed && meeting.Clusters.Any(of => of.ClusterId == id)).OrderByDescending(meeting => meeting.Day).AsEnumerable()
            .Select(meeting => new SelectListItem(MeetingWords.Day(meeting.Day), meeting.Id.ToString(CultureInfo.InvariantCulture)))];
    }

    public void OnGet() => Text = Shown.Count > 0 ? Shown[0].Text : null;

    public IActionResult OnPost()
    {
        if (TermsOfReference.CheckText(Text) is { } rule)
        {
            ModelState.AddModelError(nameof(Text), rule.TrimEnd('.'));
            return Page();
        }
        var number = Shown.Select(terms => terms.Number).DefaultIfEmpty(0).Max() + 1;
        db.Add(new TermsOfReference { ClusterId = Cluster.Id, Number = number, Text = Text!.Trim(), DraftedOn = clock.Today });
        return Done($"Version {number} is drafted");
    }

    public IActionResult OnPostAgree(int terms, int? at)
    {
        if (Shown.FirstOrDefault(each => each.Id == terms) is not { } found) return NotFound();
        if (found.Agree(at is null ? null : db.Meetings.Include(meeting => meeting.Clusters).FirstOrDefault(meeting => meeting.Id == at)) is { } rule)
        {
            ModelState.AddModelError("", rule.TrimEnd('.'));
            return Page();
        }
        return Done($"Version {found.Number} is agreed");
    }

    private RedirectResult Done(string sentence)
    {
        TempData.Done(sentence);
        return Redirect($"/clusters/{Cluster.Slug}/terms-of-reference");
    }
}
