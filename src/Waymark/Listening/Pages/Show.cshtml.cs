using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared.Access;
using Waymark.Shared.Web;

namespace Waymark.Listening.Pages;

/// <summary>A survey's own page: how far it is, and what there is to do.</summary>
public sealed class ShowModel(WaymarkDb db, LocalClock clock) : PageModel
{
    private IReadOnlyList<SurveyQuestion> questions = [];

    public Survey Survey { get; private set; } = null!;
    public SurveyResults Results { get; private set; } = null!;
    public int Questions => questions.Count(question => question.TakesAnswers);
    public IEnumerable<SurveyQuestion> TextQuestions => questions.Where(question => question.Kind == QuestionKind.Text);

    public int Missing(string language) => questions.Count(question => !Wordings.Read(question.WordingJson).ContainsKey(language));

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        Survey = HttpContext.Record<Survey>();
        questions = db.QuestionsOf(Survey.Id);
        Results = SurveyResults.Of(db, Survey, clock.Today, HttpContext.May(Room.Run));
        if (Survey.State == SurveyState.Draft && !HttpContext.May(Room.Run)) context.Result = NotFound();
    }

    public void OnGet() { }

    public IActionResult OnPostOpen()
    {
        var rule = Survey.Open(clock.Today, Questions);
        // The questions of an imported survey enter the bank now: until it opens they can be thrown away.
        if (rule is null)
            foreach (var question in questions.Where(question => question.TakesAnswers && question.StatementId is null)) question.StatementId = NewStatement(question).Id;
        return Do(rule, "The survey is open");
    }

    private Statement NewStatement(SurveyQuestion question)
    {
        var statement = new Statement { Code = db.Statements.Any(one => one.Code == question.Code) ? $"{Survey.Code}-{question.Code}" : question.Code, Kind = question.Kind, Options = question.Options, Most = question.Most, WordingJson = question.WordingJson };
        db.Add(statement);
        db.SaveChanges();
        return statement;
    }

    public IActionResult OnPostClose() => Do(Survey.Close(clock.Today), Survey.Anonymity == Anonymity.Anonymous ? "The survey is closed. Its results appear in a few seconds" : "The survey is closed");

    private IActionResult Do(string? rule, string done)
    {
        if (rule is not null)
        {
            ModelState.AddModelError("", rule.TrimEnd('.'));
            return Page();
        }
        db.SaveChanges();
        TempData.Done(done);
        return Redirect($"/surveys/{Survey.Code}");
    }
}
