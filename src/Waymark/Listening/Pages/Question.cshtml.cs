using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Waymark.Clusters;
using Waymark.Data;
using Waymark.Shared.Access;
using Waymark.Shared.Web;

namespace Waymark.Listening.Pages;

/// <summary>One question of a survey that is being prepared. A new one enters the bank as well.</summary>
public sealed partial class QuestionModel(WaymarkDb db) : PageModel
{
    [BindProperty, Display(Name = "Kind of question")] public QuestionKind? Kind { get; set; }
    [BindProperty, Display(Name = "Name")] public string? Name { get; set; }
    [BindProperty, Display(Name = "Question or statement")] public string? Text { get; set; }
    [BindProperty, Display(Name = "Help"), StringLength(500)] public string? Help { get; set; }
    [BindProperty, Display(Name = "Answers")] public string? Options { get; set; }
    [BindProperty, Display(Name = "Statements")] public string? Rows { get; set; }
    [BindProperty, Display(Name = "How many at most"), Range(1, 20)] public int? Most { get; set; }
    [BindProperty, Display(Name = "Leaving it out")] public bool IsRequired { get; set; }
    [BindProperty, Display(Name = "Ask it only after")] public string? ShownIfCode { get; set; }
    [BindProperty, Display(Name = "Was answered with")] public string? ShownIfValues { get; set; }

    private IReadOnlyList<SurveyQuestion> questions = [];

    public Survey Survey { get; private set; } = null!;
    public SurveyQuestion? Existing { get; private set; }
    public IReadOnlyList<SelectListItem> Earlier { get; private set; } = [];

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        Survey = HttpContext.Record<Survey>();
        questions = db.QuestionsOf(Survey.Id);
        var code = (string)context.RouteData.Values["question"]!;
        Existing = questions.FirstOrDefault(question => question.Code == code);
        if (Existing is null && code != "new") context.Result = NotFound();
        else if (Survey.State != SurveyState.Draft) context.Result = Redirect($"/surveys/{Survey.Code}/questions");
        Earlier = [new("Always", ""), .. questions.Where(question => question.OptionList.Count > 0 && (Existing is null || question.Position < Existing.Position)).Select(question => new SelectListItem(question.Text, question.Code))];
    }

    public void OnGet()
    {
        if (Existing is not { } question) return;
        var words = question.In("en");
        (Kind, Name, Text, Help, Most, IsRequired, ShownIfCode) = (question.Kind, question.Code, words.Text, words.Help, question.Most, question.IsRequired, question.ShownIfCode);
        Options = string.Join('\n', question.OptionList.Select(code => words.Options![code]));
        if (questions.FirstOrDefault(other => other.Code == question.ShownIfCode) is { } on) ShownIfValues = string.Join(", ", question.ShownIfValues.Split(' ').Select(code => on.In("en").Options!.GetValueOrDefault(code, code)));
    }

    public IActionResult OnPost()
    {
        var kind = Existing?.Kind ?? Kind;
        ModelState.Say(nameof(Kind), kind is null || !Enum.IsDefined(kind.Value) ? "Select the kind of question" : null);
        ModelState.Say(nameof(Text), Statement.CheckText(Text));
        if (Existing is null) ModelState.Say(nameof(Name), !Code().IsMatch(Name?.Trim() ?? "") ? "The name must be 2 to 40 small letters, digits and hyphens" : questions.Any(question => question.Code == Name!.Trim()) ? $"There is a question called {Name!.Trim()} already" : Name!.Trim() == "new" ? "The name cannot be new" : null);
        var options = Lines(Options);
        var needs = kind is QuestionKind.Choice or QuestionKind.Several or QuestionKind.Rank or QuestionKind.Matrix;
        if (needs) ModelState.Say(nameof(Options), options.Count < 2 && kind != QuestionKind.Matrix ? "Enter at least two answers, one in each line" : options.Select(Cluster.SlugOf).Distinct().Count() < options.Count ? "Two answers are the same" : options.Exists(option => option.Length > 200 || Cluster.SlugOf(option).Length == 0) ? "Each answer must have a letter or a digit, and 200 characters or fewer" : null);
        var rows = Lines(Rows);
        if (Existing is null && kind == QuestionKind.Matrix) ModelState.Say(nameof(Rows), rows.Count == 0 ? "Enter the statements, one in each line" : null);
        var on = questions.FirstOrDefault(question => question.Code == ShownIfCode);
        var values = new List<string>();
        if (on is not null)
        {
            var words = on.In("en").Options!;
            foreach (var wanted in (ShownIfValues ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                if (words.FirstOrDefault(option => option.Value.Equals(wanted, StringComparison.OrdinalIgnoreCase) || option.Key == wanted).Key is { } code) values.Add(code);
                else ModelState.Say(nameof(ShownIfValues), $"‘{on.Text}’ has no answer ‘{wanted}’. It has {string.Join(", ", words.Values)}");
            }
            if (values.Count == 0) ModelState.Say(nameof(ShownIfValues), "Enter the answers after which it is asked");
        }
        if (Existing is not null) ModelState.Say(nameof(Text), Text!.Trim() == Existing.Text ? null : Statement.CheckChange(AnsweredIn(Existing.StatementId)));
        if (!ModelState.IsValid) return Page();

        var codes = needs ? string.Join(' ', options.Select(Cluster.SlugOf)) : "";
        var wording = new Wording(Text!.Trim(), Help?.Trim() ?? "", needs && options.Count > 0 ? options.ToDictionary(Cluster.SlugOf) : null);
        if (Existing is { } question)
        {
            question.WordingJson = Wordings.With(question.WordingJson, "en", wording);
            (question.Most, question.IsRequired, question.ShownIfCode, question.ShownIfValues) = (Most, IsRequired, on?.Code, string.Join(' ', values));
            if (needs) question.Options = codes;
            if (db.Statements.FirstOrDefault(one => one.Id == question.StatementId) is { } statement && AnsweredIn(statement.Id) is null)
                (statement.WordingJson, statement.Options, statement.Most) = (question.WordingJson, question.Options, Most);
        }
        else
        {
            var added = Add(Name!.Trim(), kind!.Value, wording, codes, questions.Count + 1, null);
            (added.ShownIfCode, added.ShownIfValues) = (on?.Code, string.Join(' ', values));
            db.SaveChanges();
            var rowKind = codes.Length > 0 ? QuestionKind.Choice : QuestionKind.Agree;
            foreach (var (row, i) in rows.Select((row, i) => (row, i)))
                if (kind == QuestionKind.Matrix) Add($"{added.Code}-{i + 1}", rowKind, new Wording(row, "", wording.Options), codes, added.Position + i + 1, added.Id);
        }
        db.SaveChanges();
        TempData.Done("The question was saved");
        return Redirect($"/surveys/{Survey.Code}/questions");
    }

    private SurveyQuestion Add(string code, QuestionKind kind, Wording wording, string options, int position, int? matrix)
    {
        Statement? statement = null;
        if (kind is not (QuestionKind.Section or QuestionKind.Matrix))
        {
            var name = db.Statements.Any(one => one.Code == code) ? $"{Survey.Code}-{code}" : code;
            statement = new Statement { Code = name, Kind = kind, Options = options, Most = Most, WordingJson = Wordings.Of("en", wording) };
            db.Add(statement);
            db.SaveChanges();
        }
        var question = new SurveyQuestion { SurveyId = Survey.Id, Position = position, Code = code, Kind = kind, StatementId = statement?.Id, MatrixId = matrix, Options = options, Most = Most, IsRequired = IsRequired, WordingJson = Wordings.Of("en", wording) };
        db.Add(question);
        return question;
    }

    /// <summary>A survey in which people have answered this statement.</summary>
    private string? AnsweredIn(int? statement) => statement is null ? null : db.SurveyQuestions.Where(question => question.StatementId == statement && question.SurveyId != Survey.Id).Select(question => question.SurveyId).Distinct().AsEnumerable()
        .Where(db.IsAnswered).Select(id => db.Surveys.First(survey => survey.Id == id).Title).FirstOrDefault();

    private static List<string> Lines(string? text) => [.. (text ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];

    [GeneratedRegex(@"\A[a-z][a-z0-9-]{1,39}\z")]
    private static partial Regex Code();
}
