using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Shared.Web;

namespace Waymark.Clusters.Pages;

/// <summary>A cluster's name, its place on pages, its people and partners.</summary>
public sealed class EditModel(WaymarkDb db) : PageModel
{
    [BindProperty, Display(Name = "Name of the cluster")] public string? Name { get; set; }
    [BindProperty, Display(Name = "Place in the list of clusters"), Range(0, 999)] public int Position { get; set; }

    public Cluster Cluster { get; private set; } = null!;
    public IReadOnlyList<ClusterContact> Contacts { get; private set; } = [];

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        if (db.FindCluster((string)context.RouteData.Values["slug"]!) is not { } cluster)
        {
            context.Result = NotFound();
            return;
        }
        Cluster = cluster;
        Contacts = [.. db.ClusterContacts.AsNoTracking().Where(contact => contact.ClusterId == cluster.Id).OrderBy(contact => contact.Capacity).ThenBy(contact => contact.Id)];
    }

    public void OnGet() => (Name, Position) = (Cluster.Name, Cluster.Position);

    public IActionResult OnPost()
    {
        if (Cluster.CheckName(Name, db.Clusters.Where(other => other.Id != Cluster.Id).AsEnumerable().SelectMany(other => new[] { other.Name, other.Slug })) is { } wrong)
            ModelState.AddModelError(nameof(Name), wrong.TrimEnd('.'));
        if (!ModelState.IsValid) return Page();
        (Cluster.Name, Cluster.Position, Cluster.ImportId) = (Name!.Trim(), Position, null);
        db.SaveChanges();
        TempData.Done($"{Cluster.Name} was saved");
        return Redirect($"/clusters/{Cluster.Slug}");
    }
}
