using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Waymark.Data;
using Waymark.Shared.Web;

namespace Waymark.Clusters.Pages;

/// <summary>Which local authority the partnership belongs to.</summary>
public sealed class AuthorityModel(WaymarkDb db) : PageModel
{
    [BindProperty, Display(Name = "Local authority")] public string? Authority { get; set; }

    public void OnGet() => Authority = Authorities.Find(db.Read(Setting.Authority) ?? "")?.Label;

    public IActionResult OnPost()
    {
        var found = Authorities.Find(Authority ?? "");
        if (string.IsNullOrWhiteSpace(Authority)) ModelState.AddModelError(nameof(Authority), "Enter the name or the code of your local authority");
        else if (db.Read(Setting.Kind) == nameof(StoreKind.Example)) ModelState.AddModelError(nameof(Authority), "This is an example and keeps its authority. Start a system of your own with --no-example");
        else if (found is null) ModelState.AddModelError(nameof(Authority), $"No local authority of England is called ‘{Authority.Trim()}’, or more than one is. Choose one from the list below");
        if (!ModelState.IsValid || found is null) return Page();
        db.Write(Setting.Authority, found.Code.ToString());
        db.Write(Setting.AuthorityName, found.Name);
        db.SaveChanges();
        TempData.Done($"Your local authority is {found.Name}");
        return Redirect("/");
    }
}
