using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Waymark.Data;
using Waymark.Evidence;
using Waymark.Shared.Access;
using Waymark.Shared.Web;

namespace Waymark.Priorities.Pages;

/// <summary>A measure's target and direction, and the day from which its chart starts anew. Its baseline is frozen.</summary>
public sealed class EditMeasureModel(WaymarkDb db) : FormPage
{
    [BindProperty, Display(Name = "Direction")] public string? Better { get; set; }
    [BindProperty, Display(Name = "Target")] public double? Target { get; set; }
    [BindProperty, Display(Name = "Day of the target")] public DateOnly? TargetOn { get; set; }
    [BindProperty, Display(Name = "Start mean and limits anew from")] public DateOnly? RecalculateOn { get; set; }
    [BindProperty, Display(Name = "Why"), StringLength(200)] public string? RecalculateWhy { get; set; }

    public SuccessMeasure Measure { get; private set; } = null!;
    public string Where => db.NameOf(Measure.Place).Name;

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context) => Measure = HttpContext.Record<SuccessMeasure>();

    public void OnGet() => (Better, Target, TargetOn, RecalculateOn, RecalculateWhy) = (Measure.HigherIsBetter ? "higher" : "lower", Measure.Target, Measure.TargetOn, Measure.RecalculateOn, Measure.RecalculateWhy);

    public IActionResult OnPost()
    {
        Say(nameof(Better), Better is not ("higher" or "lower") ? "Select the direction" : null);
        Say(nameof(Target), Target is { } number && !double.IsFinite(number) ? "Target must be a number" : null);
        Say(nameof(TargetOn), Target is not null && TargetOn is null ? "Enter the day by which the target is to be reached" : null);
        Say(nameof(RecalculateWhy), RecalculateOn is not null && string.IsNullOrWhiteSpace(RecalculateWhy) ? "Enter what was changed on that day" : null);
        if (!ModelState.IsValid) return Page();
        (Measure.HigherIsBetter, Measure.Target, Measure.TargetOn) = (Better == "higher", Target, TargetOn);
        if (Measure.Source != MeasureSource.Indicator) (Measure.RecalculateOn, Measure.RecalculateWhy) = (RecalculateOn, RecalculateOn is null ? "" : RecalculateWhy!.Trim());
        db.SaveChanges();
        TempData.Done("The measure was saved");
        return Redirect($"/measures/{Measure.Id}");
    }
}
