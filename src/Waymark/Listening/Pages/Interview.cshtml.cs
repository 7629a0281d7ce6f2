using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Waymark.Clusters;
using Waymark.Data;
using Waymark.Evidence;
using Waymark.Field;
using Waymark.Shared.Access;
using Waymark.Shared.Web;

namespace Waymark.Listening.Pages;

/// <summary>An interview: what was said, word by word, and the answers it means, which can be given later.</summary>
public sealed class InterviewModel(WaymarkDb db, LocalClock clock) : PageModel
{
    [BindProperty, Display(Name = "School")] public int? School { get; set; }

    private Dictionary<int, Answer> answers = [];
    private readonly List<AnswerFault> faults = [];

    public Survey Survey { get; private set; } = null!;
    public SurveyForm Form { get; private set; } = null!;
    public Sheet? Sheet { get; private set; }
    public string Where { get; private set; } = "";
    public IReadOnlyList<SelectListItem> Schools { get; private set; } = [];

    public string Said(SurveyQuestion question) => Request.HasFormContentType ? Request.Form[$"said-{question.Code}"].ToString() : answers.GetValueOrDefault(question.Id)?.Verbatim ?? "";

    public QuestionView ViewOf(SurveyQuestion question)
    {
        var fault = faults.Find(fault => fault.Question == question);
        var words = AnswerWords.In("en");
        return new QuestionView(question, question.In("en"), words, Request.HasFormContentType ? part => Typed(question, part) : QuestionView.Fields(question, answers.GetValueOrDefault(question.Id)?.Value ?? ""),
            fault is null ? null : words.With(fault.Key, fault.Values), answers.GetValueOrDefault(question.Id)?.MayQuote ?? Request.HasFormContentType && Request.Form[$"q-{question.Code}-quote"] == "yes", IsLarge: false);
    }

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        Survey = HttpContext.Record<Survey>();
        Form = new SurveyForm(db.QuestionsOf(Survey.Id));
        var key = (string)context.RouteData.Values["sheet"]!;
        if (key == "new")
        {
            if (!Survey.IsInterview || !Survey.TakesAnswersOn(clock.Today)) context.Result = NotFound();
            Schools = [new("Choose a school", ""), .. db.MemberSchoolsOn(clock.Today).Select(member => member.School).DistinctBy(school => school.Urn).OrderBy(school => school.Name, StringComparer.OrdinalIgnoreCase).Select(school => new SelectListItem(school.Name, school.Urn.Value.ToString(CultureInfo.InvariantCulture)))];
            return;
        }
        var bytes = key.Length == 32 && key.All(char.IsAsciiHexDigitLower) ? Convert.FromHexString(key) : [];
        Sheet = db.Set<Sheet>().AsNoTracking().FirstOrDefault(sheet => sheet.Key == bytes && sheet.SurveyId == Survey.Id && sheet.RecordedBy != null);
        if (Sheet is null)
        {
            context.Result = NotFound();
            return;
        }
        answers = db.Set<Answer>().Where(answer => answer.SheetKey == bytes).ToDictionary(answer => answer.QuestionId);
        Where = $"{(Sheet.Place == PlaceKey.Partnership ? "School not told" : db.NameOf(Sheet.Place).Name)}, {ResultsReport.Day(Sheet.Day)}";
    }

    public void OnGet() { }

    public IActionResult OnPost()
    {
        if (Sheet is null) ModelState.Say(nameof(School), Schools.Skip(1).All(school => school.Value != School?.ToString(CultureInfo.InvariantCulture)) ? "Choose the school" : null);
        var values = new Dictionary<int, string>();
        foreach (var question in Form.Questions.Where(question => question.TakesAnswers))
        {
            var (value, fault) = SurveyForm.Read(question, part => Typed(question, part));
            if (fault is not null && fault.Key != "e-required")
            {
                faults.Add(fault);
                ModelState.AddModelError($"q-{question.Code}", AnswerWords.In("en").With(fault.Key, fault.Values));
            }
            values[question.Id] = value;
        }
        if (!ModelState.IsValid) return Page();
        // What the conditions take away was not asked, unless something was said to it.
        foreach (var question in Form.Questions.Where(question => question.TakesAnswers && !Form.IsAsked(question, values) && Request.Form[$"said-{question.Code}"].ToString().Trim().Length == 0)) values.Remove(question.Id);
        var sheet = Sheet;
        if (sheet is null)
        {
            sheet = new Sheet { Key = BallotBox.NewKey(), SurveyId = Survey.Id, Anonymity = Survey.Anonymity, Place = PlaceKey.Of(PlaceKind.School, School!.Value), Day = clock.Today, RecordedBy = HttpContext.Caller.PersonId ?? 0 };
            db.Add(sheet);
            db.SaveChanges();
        }
        foreach (var question in Form.Questions.Where(question => values.ContainsKey(question.Id)))
        {
            if (!answers.TryGetValue(question.Id, out var answer))
                db.Add(answer = new Answer { Key = BallotBox.NewKey(), SurveyId = Survey.Id, Anonymity = Survey.Anonymity, QuestionId = question.Id, Place = sheet.Place, SheetKey = sheet.Key, Value = "" });
            var said = Request.Form[$"said-{question.Code}"].ToString().ReplaceLineEndings("\n").Trim();
            (answer.Value, answer.Verbatim, answer.MayQuote) = (values[question.Id], said.Length > 0 ? said[..Math.Min(said.Length, SurveyQuestion.LongestText)] : null, Request.Form[$"q-{question.Code}-quote"] == "yes");
        }
        db.SaveChanges();
        TempData.Done("The interview was saved");
        return Redirect($"/surveys/{Survey.Code}/interviews");
    }

    private IReadOnlyList<string> Typed(SurveyQuestion question, string part) => [.. Request.Form[$"q-{question.Code}{part}"].Select(value => value ?? "")];
}
