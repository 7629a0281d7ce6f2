using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared.Access;
using Waymark.Shared.Web;

namespace Waymark.Listening.Pages;

/// <summary>
/// Keys paper forms one after the other; twice where the survey wants it. What was keyed once waits under seal. Like an answer from a phone it leaves neither a form key nor an event.
/// </summary>
[UploadLimit(4_000_000)]
public sealed class KeyModel(WaymarkDb db, SurveyKeys keys, BallotBox box, LocalClock clock) : PageModel
{
    [BindProperty, Display(Name = "Number of the paper form")] public int? Number { get; set; }
    [BindProperty, Display(Name = "Name"), StringLength(100)] public string? Name { get; set; }

    private readonly Dictionary<SurveyQuestion, string> errors = [];

    public Survey Survey { get; private set; } = null!;
    public SurveyForm Form { get; private set; } = null!;
    public int Waiting { get; private set; }
    public string? Done { get; private set; }

    public QuestionView ViewOf(SurveyQuestion question) => new(question, question.In("en"), AnswerWords.In("en"), part => Request.HasFormContentType ? Typed(question, part) : [], errors.GetValueOrDefault(question), Request.HasFormContentType && Request.Form[$"q-{question.Code}-quote"] == "yes", IsLarge: false);

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        Survey = HttpContext.Record<Survey>();
        Form = new SurveyForm(db.QuestionsOf(Survey.Id));
        Waiting = db.Set<KeyedSheet>().Count(sheet => sheet.SurveyId == Survey.Id);
        if (Survey.IsInterview || !Survey.TakesAnswersOn(clock.Today)) context.Result = NotFound();
    }

    public void OnGet(int? kept, bool again)
    {
        if (kept is { } number) Done = again ? $"Form {number} waits for its second keying" : $"Form {number} was counted";
    }

    public async Task<IActionResult> OnPostAsync()
    {
        ModelState.Say(nameof(Number), Number is null or < 1 or > 1_000_000 ? "Enter the number that is written on the paper form" : null);
        if (Survey.Anonymity == Anonymity.Named) ModelState.Say(nameof(Name), string.IsNullOrWhiteSpace(Name) ? "Enter the name that is written on the paper form" : null);
        var values = new Dictionary<int, string>();
        foreach (var question in Form.Questions.Where(question => question.TakesAnswers))
        {
            var (value, fault) = SurveyForm.Read(question, part => Typed(question, part));
            // On paper anything can be left out.
            if (fault is not null && fault.Key != "e-required") Wrong(question, AnswerWords.In("en").With(fault.Key, fault.Values));
            values[question.Id] = value;
        }
        if (!ModelState.IsValid) return Page();
        var quoted = Form.Questions.Where(question => Request.Form[$"q-{question.Code}-quote"] == "yes").Select(question => question.Id).ToList();
        var number = Number!.Value;
        if (Survey.KeyTwice)
        {
            var key = keys.Of(Survey.Id);
            if (await db.Set<KeyedSheet>().FirstOrDefaultAsync(sheet => sheet.SurveyId == Survey.Id && sheet.Number == number) is not { } first)
            {
                db.Add(new KeyedSheet { SurveyId = Survey.Id, Number = number, Content = key.Seal("keyed", JsonSerializer.SerializeToUtf8Bytes(values)) });
                await db.SaveChangesAsync();
                return Redirect(string.Create(CultureInfo.InvariantCulture, $"/surveys/{Survey.Code}/key?kept={number}&again=true"));
            }
            var before = JsonSerializer.Deserialize<Dictionary<int, string>>(key.Open("keyed", first.Content)!)!;
            foreach (var question in Form.Questions.Where(question => question.TakesAnswers && before.GetValueOrDefault(question.Id, "") != values[question.Id]))
                Wrong(question, before.GetValueOrDefault(question.Id, "") is { Length: > 0 } other ? $"The first keying says: {SurveyForm.InWords(question, other, "en")}. Look at the paper" : "The first keying left this out. Look at the paper");
            if (!ModelState.IsValid) return Page();
            db.Remove(first);
            await db.SaveChangesAsync();
        }
        var received = await box.Put(new Submission(Survey.Id, Survey.Anonymity, $"paper {Survey.Id} {number}", null, PlaceKey.Partnership, Name?.Trim(), Form.Complete(values), quoted), BallotBox.LengthOf(Form.Questions), clock.Today);
        if (received == Received.Kept) return Redirect(string.Create(CultureInfo.InvariantCulture, $"/surveys/{Survey.Code}/key?kept={number}"));
        ModelState.Say(nameof(Number), received == Received.Before ? $"Form {number} was counted before" : "The survey takes no more answers");
        return Page();
    }

    private void Wrong(SurveyQuestion question, string sentence)
    {
        errors[question] = sentence;
        ModelState.AddModelError(QuestionView.FirstId(question), sentence);
    }

    private IReadOnlyList<string> Typed(SurveyQuestion question, string part) => [.. Request.Form[$"q-{question.Code}{part}"].Select(value => value ?? "")];
}
