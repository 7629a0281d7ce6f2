using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Waymark.Clusters;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared.Access;
using Waymark.Shared.Web;

namespace Waymark.Priorities.Pages;

/// <summary>A cluster, or the partnership, proposes a priority. What a cluster proposes is its own at once.</summary>
public sealed class NewModel(WaymarkDb db, LocalClock clock) : FormPage
{
    [BindProperty, Display(Name = "Priority")] public string? Title { get; set; }
    [BindProperty, Display(Name = "Horizon")] public Horizon? Horizon { get; set; }
    [BindProperty, Display(Name = "More about it"), StringLength(Priority.LongestText)] public string? Detail { get; set; }

    public Cluster? Cluster => HttpContext.Found!.Record as Cluster;

    public void OnGet() { }

    public IActionResult OnPost()
    {
        var place = HttpContext.Found!.Place;
        Say(nameof(Title), Priority.CheckTitle(Title, db.AllPriorities.AsNoTracking().AsEnumerable().Where(other => other.IsOpen && other.Place == place).Select(other => other.Title)));
        Say(nameof(Horizon), Horizon is null || !Enum.IsDefined(Horizon.Value) ? "Select the horizon" : null);
        if (!ModelState.IsValid) return Page();
        var priority = new Priority { Place = place, Title = Title!.Trim(), Horizon = Horizon!.Value, Detail = Detail?.Trim() ?? "", ProposedOn = clock.Today };
        db.Add(priority);
        db.SaveChanges();
        if (Cluster is { } cluster) db.Add(new Adoption { PriorityId = priority.Id, ClusterId = cluster.Id, Since = clock.Today });
        db.SaveChanges();
        TempData.Done("The priority was proposed");
        return Redirect($"/priorities/{priority.Id}");
    }
}
