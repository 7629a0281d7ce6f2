using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Waymark.Data;
using Waymark.Shared.Access;
using Waymark.Shared.Web;

namespace Waymark.Listening.Pages;

/// <summary>All words of a survey in one more language.</summary>
public sealed class WordsModel(WaymarkDb db) : PageModel
{
    private IReadOnlyList<SurveyQuestion> questions = [];

    public Survey Survey { get; private set; } = null!;
    public string Language { get; private set; } = "";

    /// <summary>Each text: its field, what it is in English, and its words in this language.</summary>
    public IEnumerable<(string Name, string English, string Own)> Fields
    {
        get
        {
            var (english, own) = (Survey.TextIn("en"), Survey.Texts.GetValueOrDefault(Language) ?? new SurveyText(""));
            yield return ("title", english.Title, own.Title);
            if (english.Introduction.Length > 0) yield return ("introduction", english.Introduction, own.Introduction);
            if (english.Thanks.Length > 0) yield return ("thanks", english.Thanks, own.Thanks);
            foreach (var question in questions)
            {
                var (words, theirs) = (question.In("en"), Wordings.Read(question.WordingJson).GetValueOrDefault(Language));
                yield return ($"{question.Code}", words.Text, theirs?.Text ?? "");
                if (words.Help.Length > 0) yield return ($"{question.Code}.help", words.Help, theirs?.Help ?? "");
                if (question.Kind == QuestionKind.Agree || question.MatrixId is not null) continue;
                foreach (var option in question.OptionList) yield return ($"{question.Code}.{option}", words.Options![option], theirs?.Options?.GetValueOrDefault(option) ?? "");
            }
        }
    }

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        Survey = HttpContext.Record<Survey>();
        questions = db.QuestionsOf(Survey.Id);
        Language = (string)context.RouteData.Values["language"]!;
        if (Language == "en" || !Survey.LanguageList.Contains(Language)) context.Result = NotFound();
    }

    public void OnGet() { }

    public IActionResult OnPost()
    {
        string Sent(string name) => Request.Form[name].ToString().Trim() is var text && text.Length > 2_000 ? text[..2_000] : text;
        Survey.SetText(Language, new SurveyText(Sent("title"), Sent("introduction"), Sent("thanks")));
        foreach (var question in questions)
        {
            // The rows of a matrix have its answers.
            var heading = questions.FirstOrDefault(other => other.Id == question.MatrixId) ?? question;
            var options = question.OptionList.Select(option => (option, text: Sent($"{heading.Code}.{option}"))).Where(of => of.text.Length > 0).ToDictionary(of => of.option, of => of.text);
            var wording = new Wording(Sent(question.Code), Sent($"{question.Code}.help"), options.Count > 0 ? options : null);
            if (wording.Text.Length > 0 || options.Count > 0) question.WordingJson = Wordings.With(question.WordingJson, Language, wording);
        }
        db.SaveChanges();
        TempData.Done($"The words in {AnswerWords.NameOf(Language)} were saved");
        return Redirect($"/surveys/{Survey.Code}");
    }
}
