using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Waymark.Data;
using Waymark.Evidence;
using Waymark.Field;
using Waymark.Shared.Access;
using Waymark.Shared.Web;

namespace Waymark.Priorities.Pages.Documents;

/// <summary>The questions on a draft with what schools and partners answered; while it runs, members answer for their own place.</summary>
public sealed class ConsultationModel(WaymarkDb db, LocalClock clock) : DocumentPage(db, clock)
{
    [BindProperty, Display(Name = "You answer for")] public int? Place { get; set; }
    [BindProperty, Display(Name = "Your answers")] public List<string?> Answers { get; set; } = [];

    public IReadOnlyList<(ConsultationQuestion Question, IReadOnlyList<ConsultationAnswer> Answers)> Questions { get; private set; } = [];
    public IReadOnlyList<SelectListItem> Places { get; private set; } = [];
    public bool MayAnswer { get; private set; }

    protected override void Load()
    {
        Questions = ReadQuestions();
        var own = HttpContext.Caller.Roles.Where(held => Room.Answer.Everywhere.Contains(held.Role)).Select(held => held.Place).Distinct().ToList();
        var names = Plans.NamesOf(Db, own);
        Places = [.. own.Select(place => new SelectListItem(names[place], place.Value.ToString(CultureInfo.InvariantCulture)))];
        MayAnswer = Places.Count > 0 && Questions.Count > 0 && Of.Version.TakesAnswers(Today);
    }

    public void OnGet() => Place = Places.Count == 0 ? null : int.Parse(Places[0].Value, CultureInfo.InvariantCulture);

    public IActionResult OnPost()
    {
        if (!Of.Version.TakesAnswers(Today)) ModelState.AddModelError("", "The consultation does not run at present");
        Say(nameof(Place), Place is not { } place || Places.All(one => one.Value != place.ToString(CultureInfo.InvariantCulture)) ? "Select whom you answer for" : null);
        if (Answers.All(string.IsNullOrWhiteSpace)) ModelState.AddModelError("Answers[0]", "Answer at least one question");
        for (var i = 0; i < Answers.Count; i++) Say($"Answers[{i}]", Answers[i]?.Length > ConsultationAnswer.LongestText ? $"An answer must be {ConsultationAnswer.LongestText:N0} characters or fewer" : null);
        if (!ModelState.IsValid) return Page();
        var name = Places.First(one => one.Value == Place!.Value.ToString(CultureInfo.InvariantCulture)).Text;
        Db.AddRange(Questions.Zip(Answers, (of, text) => (of.Question, Text: text?.Trim() ?? "")).Where(of => of.Text.Length > 0)
            .Select(of => new ConsultationAnswer { QuestionId = of.Question.Id, Place = new PlaceKey(Place!.Value), By = name, Text = of.Text, On = Today, PersonId = HttpContext.Caller.PersonId }));
        Db.SaveChanges();
        TempData.Done("Thank you. Your answers were sent");
        return Redirect($"{Of.Address}/consultation");
    }
}
