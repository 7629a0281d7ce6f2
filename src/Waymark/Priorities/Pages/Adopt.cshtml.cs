using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.Rendering;
using Waymark.Clusters;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared.Access;
using Waymark.Shared.Documents;
using Waymark.Shared.Web;

namespace Waymark.Priorities.Pages;

/// <summary>A cluster's priorities; its lead says which of all that are proposed it adopts.</summary>
public sealed class AdoptModel(WaymarkDb db, LocalClock clock) : FormPage
{
    [BindProperty, Display(Name = "Priorities of this cluster")] public List<int> Adopted { get; set; } = [];

    public Cluster Cluster { get; private set; } = null!;
    public bool MayDecide { get; private set; }
    public IReadOnlyList<Table> Tables { get; private set; } = [];
    public IReadOnlyList<SelectListItem> Choices { get; private set; } = [];

    private List<SharedPriority> open = [], own = [];

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        Cluster = HttpContext.Record<Cluster>();
        MayDecide = HttpContext.May(Room.Decide, Cluster.Place);
        var adopted = db.Adoptions.Where(adoption => adoption.ClusterId == Cluster.Id).Select(adoption => adoption.PriorityId).ToHashSet();
        open = [.. db.SharedPriorities(clock.Today).Where(shared => shared.Priority.IsOpen)];
        own = [.. open.Where(shared => IdsOf(shared).Any(adopted.Contains))];
        Tables = [.. Enum.GetValues<Horizon>().Select(horizon => Lists.Shared(horizon.Code(), horizon.InWords(), [.. own.Where(shared => shared.Priority.Horizon == horizon)]))];
        Choices = [.. open.Select(shared => new SelectListItem($"{shared.Priority.Title} ({(shared.Priority.Horizon == Horizon.Long ? "long term" : "short to medium term")}; {shared.SharedInWords.ToLowerInvariant()})", PrioritySets.KeyOf(shared.Priority.Id)))];
    }

    public void OnGet() => Adopted = [.. own.Select(shared => shared.Priority.Id)];

    public IActionResult OnPost()
    {
        if (Adopted.Any(id => open.All(shared => shared.Priority.Id != id))) ModelState.AddModelError(nameof(Adopted), "Select priorities from the list");
        if (!ModelState.IsValid) return Page();
        foreach (var dropped in own.Where(shared => !Adopted.Contains(shared.Priority.Id)).Select(IdsOf))
            db.RemoveRange(db.Adoptions.Where(adoption => adoption.ClusterId == Cluster.Id && dropped.Contains(adoption.PriorityId)));
        db.AddRange(Adopted.Distinct().Except(own.Select(shared => shared.Priority.Id)).Select(id => new Adoption { PriorityId = id, ClusterId = Cluster.Id, Since = clock.Today }));
        db.SaveChanges();
        TempData.Done($"{Cluster.Name} has {Adopted.Count} {(Adopted.Count == 1 ? "priority" : "priorities")}");
        return Redirect($"/clusters/{Cluster.Slug}/priorities");
    }

    /// <summary>Its own number and those of what was joined into it: the cluster may have adopted any of them.</summary>
    private static List<int> IdsOf(SharedPriority shared) => [.. shared.Joined.Append(shared.Priority).Select(part => part.Id)];
}
