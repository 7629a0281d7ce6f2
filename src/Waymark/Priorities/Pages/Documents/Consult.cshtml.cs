using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Rendering;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared.Web;

namespace Waymark.Priorities.Pages.Documents;

/// <summary>An officer writes the questions, says from when to when they are put, and afterwards what was done because of the answers.</summary>
public sealed class ConsultModel(WaymarkDb db, LocalClock clock) : DocumentPage(db, clock)
{
    [BindProperty, Display(Name = "Question"), StringLength(500)] public string? Question { get; set; }
    [BindProperty, Display(Name = "About")] public string? About { get; set; }
    [BindProperty, Display(Name = "First day")] public DateOnly? Opens { get; set; }
    [BindProperty, Display(Name = "Last day")] public DateOnly? Closes { get; set; }
    [BindProperty, Display(Name = "You said"), StringLength(1_000)] public string? Said { get; set; }
    [BindProperty, Display(Name = "We did"), StringLength(1_000)] public string? Did { get; set; }

    public IReadOnlyList<(ConsultationQuestion Question, IReadOnlyList<ConsultationAnswer> Answers)> Questions { get; private set; } = [];
    public IReadOnlyList<ConsultationOutcome> Outcomes { get; private set; } = [];
    public IReadOnlyList<SelectListItem> Abouts { get; private set; } = [];

    public string? PartOf(ConsultationQuestion question) => Parts.FirstOrDefault(part => part.Code == question.PartCode)?.Title;

    protected override void Load()
    {
        (Questions, Outcomes) = (ReadQuestions(), ReadOutcomes());
        Abouts = [new("All of it", ""), .. Parts.Select(part => new SelectListItem(part.Title, part.Code))];
    }

    public void OnGet() => (Opens, Closes) = (Of.Version.OpensOn, Of.Version.ClosesOn);

    public IActionResult OnPostAsk()
    {
        Say(nameof(Question), string.IsNullOrWhiteSpace(Question) ? "Enter the question" : null);
        Say(nameof(About), !string.IsNullOrEmpty(About) && Parts.All(part => part.Code != About) ? "Select a part from the list" : null);
        if (!ModelState.IsValid) return Page();
        Db.Add(new ConsultationQuestion { VersionId = Of.Version.Id, PartCode = About ?? "", Text = Question!.Trim(), Position = Questions.Count + 1 });
        return Saved("The question was added");
    }

    public IActionResult OnPostOpen()
    {
        Say(nameof(Opens), Opens is null ? "Enter the first day" : null);
        Say(nameof(Closes), Closes is null ? "Enter the last day" : null);
        if (ModelState.IsValid) Say(nameof(Closes), Of.Version.Consult(Opens!.Value, Closes!.Value, Parts.Count, Questions.Count));
        return ModelState.IsValid ? Saved("The days of the consultation were saved") : Page();
    }

    public IActionResult OnPostOutcome()
    {
        Say(nameof(Said), string.IsNullOrWhiteSpace(Said) ? "Enter what was said" : null);
        Say(nameof(Did), string.IsNullOrWhiteSpace(Did) ? "Enter what was done" : null);
        if (!ModelState.IsValid) return Page();
        Db.Add(new ConsultationOutcome { VersionId = Of.Version.Id, Said = Said!.Trim(), Did = Did!.Trim() });
        return Saved("It was added");
    }

    private RedirectResult Saved(string sentence)
    {
        Db.SaveChanges();
        TempData.Done(sentence);
        return Redirect($"{Of.Address}/consult");
    }
}
