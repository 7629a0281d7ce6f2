using Microsoft.AspNetCore.Mvc.RazorPages;
using Waymark.Data;
using Waymark.Shared.Access;

namespace Waymark.Listening.Pages;

/// <summary>The survey as a form to print.</summary>
public sealed class PaperModel(WaymarkDb db) : PageModel
{
    public Survey Survey { get; private set; } = null!;
    public SurveyForm Form { get; private set; } = null!;
    public string Language { get; private set; } = "en";
    public AnswerWords Words => AnswerWords.In(Language);
    public SurveyText Text => Survey.TextIn(Language);

    public string Hint(SurveyQuestion question) => question.Kind switch
    {
        QuestionKind.Several when question.Most is { } most => Words.With("at-most", most),
        QuestionKind.Several => Words["several"],
        QuestionKind.Rank => Words.With("rank", Math.Min(question.Most ?? 5, question.OptionList.Count)),
        _ => "",
    };

    public void OnGet(string? lang)
    {
        Survey = HttpContext.Record<Survey>();
        Form = new SurveyForm(db.QuestionsOf(Survey.Id));
        Language = lang is not null && Survey.LanguageList.Contains(lang) ? lang : Survey.LanguageList[0];
    }
}
