using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared.Ledger;
using Waymark.Shared.Web;

namespace Waymark.Clusters.Pages;

/// <summary>A cluster is made by hand: of a locality, or of clusters that also meet together.</summary>
public sealed class NewModel(WaymarkDb db, LocalClock clock) : PageModel
{
    [BindProperty, Display(Name = "Name of the cluster")] public string? Name { get; set; }
    [BindProperty, Display(Name = "What belongs to it")] public ClusterKind? Kind { get; set; }
    [BindProperty, Display(Name = "Which clusters")] public List<string> Members { get; set; } = [];
    [BindProperty, Display(Name = "They meet jointly from")] public DateOnly? From { get; set; }

    public IReadOnlyList<SelectListItem> Localities { get; private set; } = [];

    public void OnGet() => Load();

    public IActionResult OnPost()
    {
        Load();
        var clusters = db.Clusters.ToList();
        if (Cluster.CheckName(Name, clusters.Select(cluster => cluster.Name).Concat(clusters.Select(cluster => cluster.Slug))) is { } wrong) ModelState.AddModelError(nameof(Name), wrong.TrimEnd('.'));
        if (Kind is null) ModelState.AddModelError(nameof(Kind), "Select what belongs to it");
        var members = clusters.Where(cluster => cluster.Kind == ClusterKind.Locality && Members.Contains(cluster.Slug)).ToList();
        if (Kind == ClusterKind.Joint && members.Count < 2) ModelState.AddModelError(nameof(Members), "Select two clusters or more");
        if (Kind == ClusterKind.Joint && From is null) ModelState.Say(nameof(From), "Enter the day from which they meet jointly");
        if (!ModelState.IsValid) return Page();

        var cluster = new Cluster { Slug = Cluster.SlugOf(Name!), Name = Name!.Trim(), Kind = Kind!.Value, Position = clusters.Select(other => other.Position).DefaultIfEmpty().Max() + 1 };
        db.Add(cluster);
        db.SaveChanges();
        if (Kind == ClusterKind.Joint)
            db.Record(members.Select(member => (new Belonging(member.Place, cluster.Place), (IReadOnlyList<Span>)[new Span(From!.Value, null)])), $"{string.Join(" and ", members.Select(member => member.Name))}: meet jointly from {Lists.Day(From)}", clock.UtcNow);
        TempData.Done($"{cluster.Name} was made");
        return Redirect(cluster.Kind == ClusterKind.Joint ? $"/clusters/{cluster.Slug}" : $"/clusters/{cluster.Slug}/members");
    }

    private void Load() => Localities = [.. db.Clusters.Where(cluster => cluster.Kind == ClusterKind.Locality).AsEnumerable().Select(cluster => new SelectListItem(cluster.Name, cluster.Slug))];
}
