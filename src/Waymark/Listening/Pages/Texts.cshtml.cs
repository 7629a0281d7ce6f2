using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared.Access;
using Waymark.Shared.Documents;
using Waymark.Shared.Web;

namespace Waymark.Listening.Pages;

/// <summary>What people wrote to one question: read, cleared of names, tagged with themes, chosen as quotes.</summary>
public sealed class TextsModel(WaymarkDb db, LocalClock clock) : PageModel
{
    private const int OnOnePage = 40;

    public sealed record Text(string Key, string Written, string Shown, bool IsRead, bool IsWithheld, bool IsQuote, bool MayQuote, IReadOnlyCollection<int> Themes);

    [BindProperty, Display(Name = "New theme")] public string? Label { get; set; }

    public Survey Survey { get; private set; } = null!;
    public SurveyQuestion Question { get; private set; } = null!;
    public bool IsOut { get; private set; }
    public long Count { get; private set; }
    public int Read { get; private set; }
    public int At { get; private set; } = 1;
    public int Pages { get; private set; } = 1;
    public IReadOnlyList<Theme> Themes { get; private set; } = [];
    public Table ThemeTable { get; private set; } = null!;
    public IReadOnlyList<Text> Texts { get; private set; } = [];

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        Survey = HttpContext.Record<Survey>();
        var code = (string)context.RouteData.Values["question"]!;
        if (db.QuestionsOf(Survey.Id).FirstOrDefault(question => question.Code == code && question.Kind == QuestionKind.Text) is not { } found)
        {
            context.Result = NotFound();
            return;
        }
        Question = found;
        var result = SurveyResults.Of(db, Survey, clock.Today, isNamedOfficer: true).At(Question, PlaceKey.Partnership);
        (IsOut, Count) = (result.IsShown, result.Base);
        _ = int.TryParse(Request.Query["at"], NumberStyles.None, CultureInfo.InvariantCulture, out var at);
        if (IsOut) Load(Math.Max(1, at));
        else if (HttpMethods.IsPost(Request.Method)) context.Result = NotFound();
    }

    public void OnGet() { }

    public IActionResult OnPostTheme()
    {
        ModelState.Say(nameof(Label), Theme.CheckLabel(Label, Themes.Select(theme => theme.Label)));
        if (!ModelState.IsValid) return Page();
        db.Add(new Theme { StatementId = Question.StatementId!.Value, Label = Label!.Trim(), Position = Themes.Count + 1 });
        db.SaveChanges();
        TempData.Done($"The theme ‘{Label.Trim()}’ was added");
        return Redirect($"/surveys/{Survey.Code}/texts/{Question.Code}");
    }

    public IActionResult OnPostRead(string? key, string? shown, int[] themes, string[] marks)
    {
        byte[] bytes;
        try
        {
            bytes = Convert.FromHexString(key ?? "");
        }
        catch (FormatException)
        {
            return NotFound();
        }
        if (db.Set<Answer>().FirstOrDefault(answer => answer.Key == bytes && answer.QuestionId == Question.Id) is not { } answer) return NotFound();
        var reading = db.Set<TextReading>().FirstOrDefault(one => one.AnswerKey == bytes);
        if (reading is null) db.Add(reading = new TextReading { AnswerKey = bytes, Shown = "" });
        reading.Shown = (shown ?? "").ReplaceLineEndings("\n").Trim() is var text && text.Length > SurveyQuestion.LongestText ? text[..SurveyQuestion.LongestText] : text;
        reading.IsWithheld = marks.Contains("withheld") || reading.Shown.Length == 0;
        reading.IsQuote = marks.Contains("quote") && answer.MayQuote && !reading.IsWithheld;
        var known = Themes.Select(theme => theme.Id).ToHashSet();
        db.Set<AnswerTheme>().RemoveRange(db.Set<AnswerTheme>().Where(theme => theme.AnswerKey == bytes));
        db.SaveChanges();
        db.AddRange(themes.Where(known.Contains).Distinct().Select(theme => new AnswerTheme { AnswerKey = bytes, ThemeId = theme }));
        db.SaveChanges();
        TempData.Done("The text was saved");
        return Redirect(string.Create(CultureInfo.InvariantCulture, $"/surveys/{Survey.Code}/texts/{Question.Code}?at={At}#text-{Convert.ToHexStringLower(bytes)}"));
    }

    private void Load(int at)
    {
        Themes = [.. db.Themes.AsNoTracking().Where(theme => theme.StatementId == Question.StatementId).OrderBy(theme => theme.Position)];
        ThemeTable = new Table("themes", "Themes so far", [new("theme", "Theme", ColumnRole.Label), new("answers", "Answers", ColumnRole.Count)],
            [.. Waymark.Listening.Texts.ThemesOf(db, Question).Select(theme => new Row([new Cell(theme.Label), ResultsReport.Number(theme.Count)]))]);
        var readings = db.Set<TextReading>().AsNoTracking().Where(reading => db.Set<Answer>().Any(answer => answer.Key == reading.AnswerKey && answer.QuestionId == Question.Id)).AsEnumerable().ToDictionary(reading => Convert.ToHexStringLower(reading.AnswerKey));
        var tags = db.Set<AnswerTheme>().AsNoTracking().Where(theme => db.Set<Answer>().Any(answer => answer.Key == theme.AnswerKey && answer.QuestionId == Question.Id)).AsEnumerable().ToLookup(theme => Convert.ToHexStringLower(theme.AnswerKey), theme => theme.ThemeId);
        // By their random keys: no order of people or time.
        var all = Similar.Together(db.Set<Answer>().AsNoTracking().Where(answer => answer.QuestionId == Question.Id && answer.Value != "").AsEnumerable().OrderBy(answer => Convert.ToHexString(answer.Key), StringComparer.Ordinal).ToList(), answer => answer.Value);
        Read = readings.Count;
        Pages = Math.Max(1, (all.Count + OnOnePage - 1) / OnOnePage);
        At = Math.Min(at, Pages);
        Texts = [.. all.Skip((At - 1) * OnOnePage).Take(OnOnePage).Select(answer =>
        {
            var key = Convert.ToHexStringLower(answer.Key);
            var reading = readings.GetValueOrDefault(key);
            return new Text(key, answer.Value, reading?.Shown ?? answer.Value, reading is not null, reading?.IsWithheld ?? false, reading?.IsQuote ?? false, answer.MayQuote, [.. tags[key]]);
        })];
    }
}
