using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using Waymark.Data;

namespace Waymark.Listening;

/// <summary>A page of a survey: its heading, and what is asked on it. The rows of a matrix follow their heading.</summary>
public sealed record FormPage(SurveyQuestion? Section, IReadOnlyList<SurveyQuestion> Questions);

/// <summary>What a reader of a form could not take.</summary>
/// <param name="Key">The sentence in words.json.</param>
public sealed record AnswerFault(SurveyQuestion Question, string Key, object[] Values);

/// <summary>The questions of a survey as somebody goes through them: pages, what is asked depending on what was answered, and what counts as an answer.</summary>
public sealed partial class SurveyForm
{
    private readonly Dictionary<string, SurveyQuestion> byCode;

    public SurveyForm(IReadOnlyList<SurveyQuestion> questions)
    {
        Questions = questions;
        byCode = questions.ToDictionary(question => question.Code);
        var pages = new List<(SurveyQuestion? Section, List<SurveyQuestion> On)>();
        foreach (var question in questions.Where(question => question.MatrixId is null))
        {
            if (question.Kind == QuestionKind.Section || pages.Count == 0) pages.Add((question.Kind == QuestionKind.Section ? question : null, []));
            if (question.Kind == QuestionKind.Section) continue;
            pages[^1].On.Add(question);
            pages[^1].On.AddRange(RowsOf(question));
        }
        Pages = [.. pages.Select(page => new FormPage(page.Section, page.On))];
    }

    public IReadOnlyList<SurveyQuestion> Questions { get; }
    public IReadOnlyList<FormPage> Pages { get; }
    public int Count => Questions.Count(question => question.TakesAnswers);

    public IEnumerable<SurveyQuestion> RowsOf(SurveyQuestion matrix) => matrix.Kind == QuestionKind.Matrix ? Questions.Where(row => row.MatrixId == matrix.Id) : [];

    /// <summary>Whether it is asked, after what was answered before. A question that depends on one that was not asked is not asked.</summary>
    public bool IsAsked(SurveyQuestion question, IReadOnlyDictionary<int, string> values)
    {
        if (question.MatrixId is { } matrix && Questions.First(other => other.Id == matrix) is var heading && !IsAsked(heading, values)) return false;
        if (Pages.FirstOrDefault(page => page.Questions.Contains(question))?.Section is { } section && section != question && !IsAsked(section, values)) return false;
        if (question.ShownIfCode is null || !byCode.TryGetValue(question.ShownIfCode, out var on) || on.Position >= question.Position) return true;
        var wanted = question.ShownIfValues.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return IsAsked(on, values) && values.GetValueOrDefault(on.Id, "").Split(' ').Any(wanted.Contains);
    }

    /// <summary>The pages that have something to ask, in order.</summary>
    public IReadOnlyList<FormPage> PagesFor(IReadOnlyDictionary<int, string> values) => [.. Pages.Where(page => (page.Section is null || IsAsked(page.Section, values)) && (page.Questions.Count == 0 || page.Questions.Any(question => IsAsked(question, values))))];

    /// <summary>Every question that was asked, with its answer, empty where it was left out. What was answered before a condition took it away is not in it.</summary>
    public IReadOnlyDictionary<int, string> Complete(IReadOnlyDictionary<int, string> values) =>
        Questions.Where(question => question.TakesAnswers && IsAsked(question, values)).ToDictionary(question => question.Id, question => values.GetValueOrDefault(question.Id, ""));

    /// <summary>A text with what was answered before in place of "{q2}".</summary>
    public string Piped(string text, string language, IReadOnlyDictionary<int, string> values) => Pipe().Replace(text, match =>
        byCode.TryGetValue(match.Groups[1].Value, out var question) ? values.GetValueOrDefault(question.Id, "") is { Length: > 0 } value ? InWords(question, value, language) : "…" : match.Value);

    /// <summary>An answer as a reader sees it.</summary>
    public static string InWords(SurveyQuestion question, string value, string language) => question.Kind switch
    {
        QuestionKind.Agree or QuestionKind.Choice => question.In(language).Options!.GetValueOrDefault(value, value),
        QuestionKind.Several or QuestionKind.Rank => string.Join(", ", value.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(code => question.In(language).Options!.GetValueOrDefault(code, code))),
        QuestionKind.Date => DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day.ToString("d MMMM yyyy", CultureInfo.GetCultureInfo(language)) : value,
        _ => value,
    };

    /// <summary>Reads one answer from what was filled in.</summary>
    /// <param name="field">The values of a field: the question's own ("", for boxes each ticked one), or a part of it ("-code", ".day").</param>
    public static (string Value, AnswerFault? Fault) Read(SurveyQuestion question, Func<string, IReadOnlyList<string>> field)
    {
        var options = question.OptionList;
        string Part(string part) => field(part) is [var first, ..] ? first.Trim() : "";
        var typed = Part("");
        (string Value, AnswerFault? Fault) Wrong(string key, params object[] values) => ("", new AnswerFault(question, key, values));
        (string Value, AnswerFault? Fault) read = question.Kind switch
        {
            QuestionKind.Agree or QuestionKind.Choice => typed.Length == 0 || options.Contains(typed) ? (typed, null) : Wrong("e-choice"),
            QuestionKind.Several => Several(),
            QuestionKind.Rank => Rank(),
            QuestionKind.Number => typed.Length == 0 ? ("", null) : decimal.TryParse(typed.Replace(" ", "", StringComparison.Ordinal).Replace(',', '.'), NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) < 1e12m
                ? (number.ToString(CultureInfo.InvariantCulture), null) : Wrong("e-number"),
            QuestionKind.Date => Date(),
            QuestionKind.Text => Text(),
            _ => ("", null),
        };
        return read.Fault is null && read.Value.Length == 0 && question.IsRequired ? Wrong("e-required") : read;

        (string, AnswerFault?) Several()
        {
            var ticked = options.Where(field("").Contains).ToList();
            if (field("").Any(value => value.Length > 0 && !options.Contains(value))) return Wrong("e-choice");
            return ticked.Count > (question.Most ?? int.MaxValue) ? Wrong("e-most", question.Most!) : (string.Join(' ', ticked), null);
        }

        (string, AnswerFault?) Rank()
        {
            var most = Math.Min(question.Most ?? 5, options.Count);
            var ranked = options.Select(code => (code, text: Part("-" + code))).Where(of => of.text.Length > 0)
                .Select(of => (of.code, rank: int.TryParse(of.text, NumberStyles.None, CultureInfo.InvariantCulture, out var rank) ? rank : 0)).OrderBy(of => of.rank).ToList();
            return ranked.Select(of => of.rank).SequenceEqual(Enumerable.Range(1, ranked.Count)) && ranked.Count <= most ? (string.Join(' ', ranked.Select(of => of.code)), null) : Wrong("e-rank", most);
        }

        (string, AnswerFault?) Date()
        {
            List<string> parts = [Part(".day"), Part(".month"), Part(".year")];
            if (parts.All(part => part.Length == 0)) return ("", null);
            return parts.TrueForAll(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out _)) && int.Parse(parts[2], CultureInfo.InvariantCulture) is >= 1900 and <= 2199
                && DateOnly.TryParse($"{parts[2]}-{parts[1].PadLeft(2, '0')}-{parts[0].PadLeft(2, '0')}", CultureInfo.InvariantCulture, out var day) ? (day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), null) : Wrong("e-date");
        }

        (string, AnswerFault?) Text()
        {
            // A NUL cannot be kept by every database, and nobody types one.
            var text = Part("").ReplaceLineEndings("\n").Replace("\0", "", StringComparison.Ordinal).Trim();
            return text.Length > SurveyQuestion.LongestText ? Wrong("e-long", SurveyQuestion.LongestText, text.Length) : (text, null);
        }
    }

    [GeneratedRegex(@"\{([a-z][a-z0-9_-]{0,30})\}")]
    private static partial Regex Pipe();
}

/// <summary>The forms of surveys that take answers: many people answer at once, and nobody changes a question meanwhile.</summary>
public sealed class OpenForms
{
    private readonly ConcurrentDictionary<int, (int Version, SurveyForm Form)> known = new();

    public SurveyForm Of(WaymarkDb db, Survey survey)
    {
        if (survey.State != SurveyState.Open) return new SurveyForm(db.QuestionsOf(survey.Id));
        if (known.TryGetValue(survey.Id, out var kept) && kept.Version == survey.Version) return kept.Form;
        return (known[survey.Id] = (survey.Version, new SurveyForm(db.QuestionsOf(survey.Id)))).Form;
    }
}
