using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Waymark.Data;
using Waymark.Evidence;
using Waymark.Field;
using Waymark.Shared.Access;

namespace Waymark.Listening.Pages;

public enum AnswerStep { Start, Questions, Done, Closed, NotOpen, Lost }

/// <summary>
/// Answering a survey: what is promised, one page of questions after another, thanks. What is filled in lies on the reader's own device until it is sent.
/// </summary>
[UploadLimit(4_000_000)]
public sealed class AnswerModel(WaymarkDb db, SurveyKeys keys, BallotBox box, OpenForms forms, LocalClock clock) : PageModel
{
    public Survey Survey { get; private set; } = null!;
    public SurveyForm Form { get; private set; } = null!;
    public Draft? Draft { get; private set; }
    public string Language { get; private set; } = "en";
    public AnswerWords Words { get; private set; } = null!;
    public SurveyText Text { get; private set; } = null!;
    public AnswerStep Step { get; private set; }
    public int PageNumber { get; private set; }
    public int PageCount { get; private set; }
    public new FormPage Page { get; private set; } = null!;
    public bool IsLast => PageNumber == PageCount;
    public bool Before { get; private set; }
    public bool NameMissing { get; private set; }
    public string? School { get; private set; }
    public List<AnswerFault> Faults { get; } = [];

    public IReadOnlyList<string> Languages => Survey.LanguageList;
    public bool MayGoAgain => Draft?.InvitationId is null;

    public string Heading => Step switch
    {
        AnswerStep.Questions => Page.Section is { } section ? Piped(section.In(Language).Text) : Text.Title,
        AnswerStep.Done => Words["sent"],
        AnswerStep.Closed => Words["closed"],
        AnswerStep.NotOpen => Words["not-open"],
        AnswerStep.Lost => Words["lost"],
        _ => Text.Title,
    };

    public string Piped(string text) => Form.Piped(text, Language, Draft?.Values ?? []);

    public bool IsAsked(SurveyQuestion question) => Form.IsAsked(question, Draft!.Values);

    public string Say(AnswerFault fault) => Words.With(fault.Key, fault.Values);

    public QuestionView ViewOf(SurveyQuestion question)
    {
        var wording = question.In(Language);
        var fault = Faults.Find(fault => fault.Question == question);
        return new QuestionView(question, wording with { Text = Piped(wording.Text), Help = Piped(wording.Help) }, Words, fault is null ? QuestionView.Fields(question, Draft!.Values.GetValueOrDefault(question.Id, "")) : part => Typed(question, part),
            fault is null ? null : Say(fault), Draft!.MayQuote.Contains(question.Id));
    }

    public IActionResult OnGet(int at = 0, string? lang = null, bool again = false)
    {
        if (!Load(lang)) return Page();
        Before = again;
        if (Draft is { IsSent: true }) Step = AnswerStep.Done;
        else if (at > 0) Show(at);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var form = await Request.ReadFormAsync();
        if (!Load(form["lang"])) return Page();
        var go = form["go"].ToString();
        if (go == "another" && MayGoAgain)
        {
            DraftCookie.Delete(HttpContext, Survey);
            return Redirect($"/answer/{Survey.Code}?lang={Language}");
        }
        if (Draft is { IsSent: true }) return Redirect($"/answer/{Survey.Code}?again=true");
        _ = int.TryParse(form["at"], System.Globalization.CultureInfo.InvariantCulture, out var page);
        if (page <= 0)
        {
            Draft ??= Draft.New(Survey.Id, PlaceKey.Partnership);
            if (Survey.Anonymity == Anonymity.Named) Draft.Name = form["name"].ToString().Trim() is { Length: > 0 } name ? name[..Math.Min(100, name.Length)] : null;
            NameMissing = Survey.Anonymity == Anonymity.Named && Draft.Name is null;
            if (NameMissing) return Page();
            return Keep(1);
        }
        if (Draft is null)
        {
            Step = AnswerStep.Lost;
            return Page();
        }
        Show(page);
        foreach (var question in Page.Questions.Where(question => question.TakesAnswers))
        {
            if (!Form.IsAsked(question, Draft.Values)) continue;
            var (value, fault) = SurveyForm.Read(question, part => Typed(question, part));
            if (fault is null) Draft.Values[question.Id] = value;
            else if (go != "back") Faults.Add(fault);
            if (form[$"q-{question.Code}-quote"] == "yes") Draft.MayQuote.Add(question.Id);
            else Draft.MayQuote.Remove(question.Id);
        }
        if (Faults.Count > 0) return Page();
        if (go == "back") return Keep(PageNumber - 1);
        // What was just answered may have taken away the pages that follow, or added some.
        return PageNumber < Form.PagesFor(Draft.Values).Count ? Keep(PageNumber + 1) : await Send();
    }

    private async Task<IActionResult> Send()
    {
        var received = await box.Put(Draft!.ToSubmission(Survey, Form), BallotBox.LengthOf(Form.Questions), clock.Today);
        if (received == Received.Closed)
        {
            Step = AnswerStep.Closed;
            return Page();
        }
        var sent = Draft.New(Survey.Id, new PlaceKey(Draft.Place), Draft.InvitationId);
        (sent.Language, sent.IsSent) = (Language, true);
        DraftCookie.Write(HttpContext, Survey, sent.Write(keys.Of(Survey.Id)));
        return Redirect($"/answer/{Survey.Code}{(received == Received.Before ? "?again=true" : "")}");
    }

    private IActionResult Keep(int page)
    {
        Draft!.Language = Language;
        var text = Draft.Write(keys.Of(Survey.Id));
        if (text.Length > Draft.Longest)
        {
            Faults.Add(new AnswerFault(Page.Questions.OrderByDescending(question => Draft.Values.GetValueOrDefault(question.Id, "").Length).First(), "e-toolong", []));
            return Page();
        }
        DraftCookie.Write(HttpContext, Survey, text);
        return Redirect(page <= 0 ? $"/answer/{Survey.Code}" : $"/answer/{Survey.Code}?at={page}");
    }

    private void Show(int page)
    {
        if (Draft is null)
        {
            Step = AnswerStep.Lost;
            return;
        }
        var pages = Form.PagesFor(Draft.Values);
        (Step, PageCount, PageNumber) = (AnswerStep.Questions, pages.Count, Math.Clamp(page, 1, pages.Count));
        Page = pages[PageNumber - 1];
    }

    /// <summary>False where there is nothing to answer.</summary>
    private bool Load(string? language)
    {
        Survey = HttpContext.Record<Survey>();
        var isOpen = Survey.TakesAnswersOn(clock.Today);
        // The key of a closed survey is gone, and is not made again.
        Draft = isOpen ? Draft.Read(DraftCookie.Read(HttpContext, Survey), keys.Of(Survey.Id), Survey.Id) : null;
        var languages = Survey.LanguageList;
        Language = new[] { language, Draft?.Language }.Concat(Request.GetTypedHeaders().AcceptLanguage.OrderByDescending(wanted => wanted.Quality ?? 1).Select(wanted => wanted.Value.ToString().Split('-')[0].ToLowerInvariant()))
            .FirstOrDefault(wanted => wanted is not null && languages.Contains(wanted)) ?? languages[0];
        Words = AnswerWords.In(Language);
        Text = Survey.TextIn(Language);
        if (!isOpen)
        {
            Step = Survey.State == SurveyState.Draft ? AnswerStep.NotOpen : AnswerStep.Closed;
            return false;
        }
        Form = forms.Of(db, Survey);
        if (Draft is { Place: var place } && new PlaceKey(place) is { Kind: PlaceKind.School } school) School = db.NameOf(school).Name;
        return true;
    }

    private IReadOnlyList<string> Typed(SurveyQuestion question, string part) => [.. Request.Form[$"q-{question.Code}{part}"].Select(value => value ?? "")];
}

/// <summary>The cookies that hold a draft; a long one is cut into several.</summary>
internal static class DraftCookie
{
    private const int Piece = 3_600;

    public static string Read(HttpContext http, Survey survey) =>
        string.Concat(Enumerable.Range(0, Draft.Longest / Piece + 1).Select(i => http.Request.Cookies[Name(survey, i)]).TakeWhile(piece => piece is not null));

    public static void Write(HttpContext http, Survey survey, string text)
    {
        var pieces = (text.Length + Piece - 1) / Piece;
        for (var i = 0; i < pieces; i++) http.Response.Cookies.Append(Name(survey, i), text[(i * Piece)..Math.Min(text.Length, (i + 1) * Piece)], Options(http, survey));
        for (var i = pieces; http.Request.Cookies.ContainsKey(Name(survey, i)); i++) http.Response.Cookies.Delete(Name(survey, i), Options(http, survey));
    }

    public static void Delete(HttpContext http, Survey survey) => Write(http, survey, "");

    private static string Name(Survey survey, int piece) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"answer-{survey.Id}-{piece}");

    private static CookieOptions Options(HttpContext http, Survey survey) =>
        new() { Path = $"/answer/{survey.Code}", HttpOnly = true, SameSite = SameSiteMode.Lax, Secure = http.Request.IsHttps, MaxAge = TimeSpan.FromDays(30), IsEssential = true };
}
