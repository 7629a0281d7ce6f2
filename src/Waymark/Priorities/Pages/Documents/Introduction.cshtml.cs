using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared.Web;

namespace Waymark.Priorities.Pages.Documents;

/// <summary>A draft's title and introduction.</summary>
public sealed class IntroductionModel(WaymarkDb db, LocalClock clock) : DocumentPage(db, clock)
{
    [BindProperty, Display(Name = "Title")] public string? Title { get; set; }
    [BindProperty, Display(Name = "Introduction"), StringLength(5_000)] public string? Introduction { get; set; }

    public void OnGet() => (Title, Introduction) = (Of.Document.Title, Of.Version.Introduction);

    public IActionResult OnPost()
    {
        Say(nameof(Title), JointDocument.CheckTitle(Title, []));
        Say(nameof(Introduction), Of.Version.State == VersionState.Approved ? "This version is approved and stays as it is. Begin the next one" : null);
        if (!ModelState.IsValid) return Page();
        (Of.Document.Title, Of.Version.Introduction) = (Title!.Trim(), Introduction?.Trim() ?? "");
        Db.SaveChanges();
        TempData.Done("The introduction was saved");
        return Redirect(Of.Address);
    }
}
