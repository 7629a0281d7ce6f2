using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Waymark.Clusters;
using Waymark.Data;
using Waymark.Shared.Web;

namespace Waymark.Priorities.Pages.Documents;

/// <summary>A joint document begins with an empty draft.</summary>
public sealed class NewModel(WaymarkDb db) : FormPage
{
    [BindProperty, Display(Name = "Title")] public string? Title { get; set; }
    [BindProperty, Display(Name = "What it is")] public DocumentKind? Kind { get; set; }

    public void OnGet() { }

    public IActionResult OnPost()
    {
        Say(nameof(Title), JointDocument.CheckTitle(Title, db.JointDocuments.Select(document => document.Slug).ToList()));
        Say(nameof(Kind), Kind is null || !Enum.IsDefined(Kind.Value) ? "Select what it is" : null);
        if (!ModelState.IsValid) return Page();
        var document = new JointDocument { Slug = Cluster.SlugOf(Title!), Title = Title!.Trim(), Kind = Kind!.Value };
        db.Add(document);
        db.SaveChanges();
        var version = DocumentSets.NextVersion(db, document);
        TempData.Done($"{document.Title} was begun");
        return Redirect($"/documents/{document.Slug}/{version.Number}");
    }
}
