using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Shared.Access;
using Waymark.Shared.Web;

namespace Waymark.Listening.Pages;

/// <summary>The questions of a survey in their order; taken from the bank, moved, removed.</summary>
public sealed class QuestionsModel(WaymarkDb db) : PageModel
{
    public Survey Survey { get; private set; } = null!;
    public IReadOnlyList<SurveyQuestion> Questions { get; private set; } = [];
    public bool MayChange => Survey.State == SurveyState.Draft;
    public IReadOnlyList<SelectListItem> Bank { get; private set; } = [];

    public string Describe(SurveyQuestion question) => string.Join(" · ", new[]
    {
        KindWords.Of(question.Kind), question.Code, question.IsRequired ? "must be answered" : "",
        question.ShownIfCode is null ? "" : $"asked if {question.ShownIfCode} is {question.ShownIfValues.Replace(" ", " or ", StringComparison.Ordinal)}",
    }.Where(part => part.Length > 0));

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        Survey = HttpContext.Record<Survey>();
        Questions = db.QuestionsOf(Survey.Id);
        var asked = Questions.Select(question => question.StatementId).ToHashSet();
        Bank = [new("Choose a statement", ""), .. db.Statements.AsNoTracking().Where(statement => statement.RetiredOn == null).AsEnumerable().Where(statement => !asked.Contains(statement.Id)).OrderBy(statement => statement.Text).Select(statement => new SelectListItem(statement.Text, statement.Code))];
        if (HttpMethods.IsPost(Request.Method) && !MayChange)
        {
            ModelState.AddModelError("", "The survey is no longer being prepared, so its questions stay as they are");
            context.Result = Page();
        }
    }

    public void OnGet() { }

    public IActionResult OnPostBank(string? statement)
    {
        if (db.Statements.FirstOrDefault(one => one.Code == statement) is not { } found)
        {
            ModelState.AddModelError("Statement", "Choose a statement");
            return Page();
        }
        if (Questions.Any(question => question.Code == found.Code || question.StatementId == found.Id))
        {
            ModelState.AddModelError("Statement", "The survey asks this already");
            return Page();
        }
        db.Add(new SurveyQuestion { SurveyId = Survey.Id, Position = Questions.Count + 1, Code = found.Code, Kind = found.Kind, StatementId = found.Id, Options = found.Options, Most = found.Most, WordingJson = found.WordingJson });
        db.SaveChanges();
        TempData.Done("The statement was added");
        return Back();
    }

    public IActionResult OnPostUp(string? question) => Move(question, -1);

    public IActionResult OnPostDown(string? question) => Move(question, 1);

    public IActionResult OnPostRemove(string? question)
    {
        if (Questions.FirstOrDefault(one => one.Code == question) is not { } found) return Back();
        if (Questions.FirstOrDefault(other => other.ShownIfCode == found.Code) is { } depending)
        {
            ModelState.AddModelError("", $"‘{depending.Text}’ is asked depending on this. Change that first");
            return Page();
        }
        db.RemoveRange(Questions.Where(row => row.MatrixId == found.Id));
        db.SaveChanges();
        db.Remove(found);
        db.SaveChanges();
        TempData.Done("The question was removed. Its statement stays in the bank");
        return Back();
    }

    private RedirectResult Move(string? question, int by)
    {
        var heads = Questions.Where(one => one.MatrixId is null).ToList();
        var at = heads.FindIndex(one => one.Code == question);
        if (at >= 0 && at + by >= 0 && at + by < heads.Count) (heads[at], heads[at + by]) = (heads[at + by], heads[at]);
        Number(heads.SelectMany(head => Questions.Where(row => row.MatrixId == head.Id).Prepend(head)));
        db.SaveChanges();
        return Back();
    }

    private static void Number(IEnumerable<SurveyQuestion> inOrder)
    {
        var position = 0;
        foreach (var question in inOrder) question.Position = ++position;
    }

    private RedirectResult Back() => Redirect($"/surveys/{Survey.Code}/questions");
}

/// <summary>Kinds of questions in words.</summary>
internal static class KindWords
{
    public static string Of(QuestionKind kind) => kind switch
    {
        QuestionKind.Section => "Heading of a new page",
        QuestionKind.Agree => "Agree or disagree",
        QuestionKind.Choice => "Choose one",
        QuestionKind.Several => "Choose several",
        QuestionKind.Rank => "Choose and rank",
        QuestionKind.Number => "A number",
        QuestionKind.Date => "A date",
        QuestionKind.Text => "Free text",
        _ => "Statements with the same answers",
    };
}
