using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Waymark.Data;
using Waymark.Evidence;
using Waymark.Field;
using Waymark.Shared.Access;
using Waymark.Shared.Web;

namespace Waymark.Listening.Pages;

/// <summary>Makes a finding from results that are out.</summary>
public sealed class NewFindingModel(WaymarkDb db, LocalClock clock) : PageModel
{
    public const int MostResults = 4;

    [BindProperty, Display(Name = "Finding")] public string? Sentence { get; set; }
    [BindProperty] public string[] Results { get; set; } = [];

    public IReadOnlyList<SelectListItem> Choices { get; private set; } = [];

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context) =>
        Choices = [new("Choose a result", ""), .. ResultRow.All(db, clock.Today).Where(row => row.Share is not null && row.Answer is not (OptionResult.Disagreeing or "strongly-agree" or "agree" or "disagree" or "strongly-disagree"))
            .Select(row => new SelectListItem($"{row.Survey}: {row.Question}, {row.Answer}: {row.Share}%", CitableResults.KeyOf(row)))];

    public void OnGet() { }

    public IActionResult OnPost()
    {
        ModelState.Say(nameof(Sentence), Finding.CheckSentence(Sentence));
        var chosen = Results.Where(key => key is { Length: > 0 }).Distinct().ToList();
        if (chosen.Count == 0) ModelState.Say(nameof(Results), "Choose at least one result that it rests on");
        else if (chosen.Exists(key => Choices.All(choice => choice.Value != key))) ModelState.Say(nameof(Results), "Choose results from the list");
        if (!ModelState.IsValid) return Page();
        var finding = new Finding { Sentence = Sentence!.Trim(), MadeOn = clock.Today };
        db.Add(finding);
        db.SaveChanges();
        foreach (var key in chosen)
            if (db.Cite(CitableResults.Kind, key, clock.Today, HttpContext.Caller.PersonId) is { } citation) db.Rest(CitableResults.FindingKind, finding.Id.ToString(CultureInfo.InvariantCulture), citation);
        TempData.Done("The finding was made. It can now be put to the clusters");
        return Redirect($"/surveys/findings/{finding.Id}");
    }
}
