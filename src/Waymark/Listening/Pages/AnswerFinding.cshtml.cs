using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Waymark.Clusters;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared.Access;
using Waymark.Shared.Web;

namespace Waymark.Listening.Pages;

/// <summary>A cluster says whether a finding resonates; it can say something else later.</summary>
public sealed class AnswerFindingModel(WaymarkDb db, LocalClock clock) : PageModel
{
    [BindProperty, Display(Name = "What does the cluster say to it?")] public Resonance? Resonance { get; set; }
    [BindProperty, Display(Name = "Note"), StringLength(1_000)] public string? Note { get; set; }

    public Finding Finding { get; private set; } = null!;
    public Cluster Cluster { get; private set; } = null!;
    private FindingAnswer? existing;

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        var id = int.Parse((string)context.RouteData.Values["id"]!, System.Globalization.CultureInfo.InvariantCulture);
        Finding = db.Findings.First(finding => finding.Id == id);
        Cluster = db.FindCluster((string)context.RouteData.Values["slug"]!)!;
        existing = db.Set<FindingAnswer>().FirstOrDefault(answer => answer.FindingId == id && answer.ClusterId == Cluster.Id);
    }

    public void OnGet() => (Resonance, Note) = (existing?.Resonance, existing?.Note);

    public IActionResult OnPost()
    {
        ModelState.Say(nameof(Resonance), Resonance is null || !Enum.IsDefined(Resonance.Value) ? "Select what the cluster says to it" : null);
        if (!ModelState.IsValid) return Page();
        if (existing is null) db.Add(existing = new FindingAnswer { FindingId = Finding.Id, ClusterId = Cluster.Id, Resonance = Resonance!.Value, SaidOn = clock.Today });
        (existing.Resonance, existing.SaidOn, existing.Note) = (Resonance!.Value, clock.Today, Note?.Trim() ?? "");
        db.SaveChanges();
        TempData.Done($"What {Cluster.Name} says was saved");
        return Redirect($"/surveys/findings/{Finding.Id}");
    }
}
