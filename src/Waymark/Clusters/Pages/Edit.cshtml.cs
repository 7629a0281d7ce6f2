using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared.Web;

namespace Waymark.Clusters.Pages;

/// <summary>A cluster's name, its place on pages, its people and partners, and the clusters of a joint one.</summary>
public sealed class EditModel(WaymarkDb db) : PageModel
{
    [BindProperty, Display(Name = "Name of the cluster")] public string? Name { get; set; }
    [BindProperty, Display(Name = "Place in the list of clusters"), Range(0, 999)] public int Position { get; set; }
    [BindProperty, Display(Name = "Cluster")] public string? Joins { get; set; }
    [BindProperty, Display(Name = "Meets jointly from")] public DateOnly? JoinsFrom { get; set; }

    public Cluster Cluster { get; private set; } = null!;
    public IReadOnlyList<ClusterContact> Contacts { get; private set; } = [];
    public IReadOnlyList<(Containment Member, string Name)> Joint { get; private set; } = [];
    public IReadOnlyList<SelectListItem> Others { get; private set; } = [];
    public int? EndingJoint { get; private set; }
    public string? EndingError { get; private set; }

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        if (db.FindCluster((string)context.RouteData.Values["slug"]!) is not { } cluster)
        {
            context.Result = NotFound();
            return;
        }
        Cluster = cluster;
        Contacts = [.. db.ClusterContacts.AsNoTracking().Where(contact => contact.ClusterId == cluster.Id).OrderBy(contact => contact.Capacity).ThenBy(contact => contact.Id)];
        if (cluster.Kind != ClusterKind.Joint) return;
        var names = db.Clusters.AsNoTracking().ToDictionary(each => each.Place);
        Joint = [.. db.ClustersOfJoint(cluster).Where(member => names.ContainsKey(member.Child)).Select(member => (member, names[member.Child].Name))];
        var present = Joint.Where(member => member.Member.LastDay is null).Select(member => member.Member.Child).ToHashSet();
        Others = [new("Choose a cluster", ""), .. names.Values.Where(other => other.Kind == ClusterKind.Locality && !present.Contains(other.Place)).Select(other => new SelectListItem(other.Name, other.Slug))];
        if (Others.Count == 1) Others = [];
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

    public IActionResult OnPostJoin()
    {
        Forget();
        var member = db.Clusters.FirstOrDefault(other => other.Slug == Joins && other.Kind == ClusterKind.Locality);
        if (member is null || Cluster.Kind != ClusterKind.Joint) ModelState.AddModelError(nameof(Joins), "Select a cluster");
        if (JoinsFrom is null && ModelState.IsFree(nameof(JoinsFrom))) ModelState.AddModelError(nameof(JoinsFrom), "Enter the day from which it meets jointly");
        if (ModelState.IsValid && Joint.FirstOrDefault(earlier => earlier.Member.Child == member!.Place && (earlier.Member.LastDay is null || earlier.Member.LastDay >= JoinsFrom)) is { Member: not null } already)
            ModelState.AddModelError(nameof(JoinsFrom), already.Member.LastDay is null ? $"{already.Name} meets jointly already" : $"The day must be after {Lists.Day(already.Member.LastDay)}, when the earlier time ended");
        if (!ModelState.IsValid) return Page();
        db.Add(new Containment { Child = member!.Place, Parent = Cluster.Place, Kind = ContainmentKind.Full, FirstDay = JoinsFrom!.Value });
        db.SaveChanges();
        TempData.Done($"{member.Name} meets jointly from {Lists.Day(JoinsFrom)}");
        return Redirect($"/clusters/{Cluster.Slug}/edit");
    }

    public IActionResult OnPostEndJoint(int id, [Display(Name = "Last day")] DateOnly? lastDay)
    {
        Forget();
        if (Joint.All(member => member.Member.Id != id)) return NotFound();
        var member = db.Containments.Single(containment => containment.Id == id);
        var rule = lastDay is null ? ModelState.IsFree("lastDay") ? "Enter the last day" : ModelState["lastDay"]!.Errors[0].ErrorMessage : member.End(lastDay.Value)?.TrimEnd('.');
        if (rule is not null)
        {
            ModelState.Clear();
            ModelState.AddModelError($"LastDay-{id}", rule);
            (EndingJoint, EndingError) = (id, rule);
            return Page();
        }
        db.SaveChanges();
        TempData.Done($"It no longer meets jointly after {Lists.Day(lastDay)}");
        return Redirect($"/clusters/{Cluster.Slug}/edit");
    }

    /// <summary>Another form of the page was sent: the first keeps what stands in the store.</summary>
    private void Forget()
    {
        foreach (var field in new[] { nameof(Name), nameof(Position) }) ModelState.Remove(field);
        OnGet();
    }
}
