using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Waymark.Data;
using Waymark.Shared.Web;

namespace Waymark.Listening.Pages;

/// <summary>Makes a survey: who is asked, and what they are promised.</summary>
public sealed class NewModel(WaymarkDb db) : PageModel
{
    [BindProperty, Display(Name = "Title")] public string? Title { get; set; }
    [BindProperty, Display(Name = "Address")] public string? Code { get; set; }
    [BindProperty, Display(Name = "Who is asked")] public Audience? Audience { get; set; }
    [BindProperty, Display(Name = "What people are promised")] public Anonymity? Anonymity { get; set; }
    [BindProperty, Display(Name = "How it is held")] public bool IsInterview { get; set; }

    public void OnGet() { }

    public IActionResult OnPost()
    {
        ModelState.Say(nameof(Title), Survey.CheckTitle(Title));
        ModelState.Say(nameof(Code), Survey.CheckCode(Code, db.Surveys.Select(survey => survey.Code)));
        ModelState.Say(nameof(Audience), Audience is null || !Enum.IsDefined(Audience.Value) ? "Select who is asked" : null);
        ModelState.Say(nameof(Anonymity), Anonymity is null || !Enum.IsDefined(Anonymity.Value) ? "Select what people are promised" : null);
        if (Anonymity == Waymark.Listening.Anonymity.Anonymous && IsInterview) ModelState.Say(nameof(Anonymity), "An interview is not anonymous: somebody hears who speaks. Choose confidential.");
        if (!ModelState.IsValid) return Page();
        var survey = new Survey { Code = Code!.Trim(), Title = Title!.Trim(), Audience = Audience!.Value, Anonymity = Anonymity!.Value, IsInterview = IsInterview };
        survey.SetText("en", new SurveyText(survey.Title));
        db.Add(survey);
        db.SaveChanges();
        TempData.Done($"{survey.Title} was made. Now add its questions");
        return Redirect($"/surveys/{survey.Code}/questions");
    }
}
