using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Shared.Access;
using Waymark.Shared.Web;

namespace Waymark.Listening.Pages;

/// <summary>What a survey says of itself, who could answer, and who may see its results.</summary>
public sealed class EditModel(WaymarkDb db) : PageModel
{
    [BindProperty, Display(Name = "Title")] public string? Title { get; set; }
    [BindProperty, Display(Name = "Introduction"), StringLength(2_000)] public string? Introduction { get; set; }
    [BindProperty, Display(Name = "Thanks at the end"), StringLength(1_000)] public string? Thanks { get; set; }
    [BindProperty, Display(Name = "Last day for answers")] public DateOnly? ClosesOn { get; set; }
    [BindProperty, Display(Name = "Languages")] public string? Languages { get; set; }
    [BindProperty, Display(Name = "What people are promised")] public Anonymity? Anonymity { get; set; }
    [BindProperty, Display(Name = "How many people could answer")] public int? Population { get; set; }
    [BindProperty, Display(Name = "Where that number comes from"), StringLength(200)] public string? PopulationSource { get; set; }
    [BindProperty, Display(Name = "Paper forms")] public bool KeyTwice { get; set; }
    [BindProperty, Display(Name = "Results")] public bool IsPublic { get; set; }
    [BindProperty, Display(Name = "What came of the answers"), StringLength(4_000)] public string? WhatCame { get; set; }

    public Survey Survey { get; private set; } = null!;
    public bool IsAnswered { get; private set; }

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        Survey = HttpContext.Record<Survey>();
        IsAnswered = db.IsAnswered(Survey.Id);
    }

    public void OnGet()
    {
        var text = Survey.TextIn("en");
        (Title, Introduction, Thanks, ClosesOn, Languages, Anonymity, Population, PopulationSource, KeyTwice, IsPublic, WhatCame) =
            (Survey.Title, text.Introduction, text.Thanks, Survey.ClosesOn, Survey.Languages, Survey.Anonymity, Survey.Population, Survey.PopulationSource, Survey.KeyTwice, Survey.IsPublic, Survey.WhatCame);
    }

    public IActionResult OnPost()
    {
        ModelState.Say(nameof(Title), Survey.CheckTitle(Title));
        ModelState.Say(nameof(Population), Survey.CheckPopulation(Population, PopulationSource));
        var languages = (Languages ?? "").ToLowerInvariant().Split([' ', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct().ToList();
        ModelState.Say(nameof(Languages), languages.FirstOrDefault() != "en" ? "The first language is en" : languages.Find(code => !IsLanguage(code)) is { } unknown ? $"‘{unknown}’ is no code of a language. Polish is pl, Urdu is ur" : null);
        ModelState.Say(nameof(Anonymity), Survey.CheckAnonymity(Survey.Anonymity, Anonymity ?? Survey.Anonymity, IsAnswered));
        if (Survey.IsInterview && Anonymity == Waymark.Listening.Anonymity.Anonymous) ModelState.Say(nameof(Anonymity), "An interview is not anonymous: somebody hears who speaks");
        if (!ModelState.IsValid) return Page();
        (Survey.Title, Survey.ClosesOn, Survey.Languages, Survey.Population, Survey.PopulationSource, Survey.KeyTwice, Survey.IsPublic, Survey.WhatCame) =
            (Title!.Trim(), ClosesOn, string.Join(' ', languages), Population, PopulationSource?.Trim() ?? "", KeyTwice, IsPublic, WhatCame?.Trim() ?? "");
        Survey.SetText("en", new SurveyText(Survey.Title, Introduction?.Trim() ?? "", Thanks?.Trim() ?? ""));
        db.SaveChanges();
        // The promise is a part of the survey's key in the database, so it is changed there; once answers refer to it the database refuses.
        if (Anonymity is { } promise && promise != Survey.Anonymity)
            db.Surveys.Where(survey => survey.Id == Survey.Id).ExecuteUpdate(update => update.SetProperty(survey => survey.Anonymity, promise));
        TempData.Done($"{Survey.Title} was saved");
        return Redirect($"/surveys/{Survey.Code}");
    }

    private static bool IsLanguage(string code) => code.Length is 2 or 3 && code.All(char.IsAsciiLetterLower) && CultureInfo.GetCultures(CultureTypes.NeutralCultures).Any(culture => culture.Name == code);
}
