namespace Waymark.Listening.Pages;

/// <summary>A question as it stands on a page: in the reader's language, with what was filled in and what is wrong with it.</summary>
/// <param name="Typed">What was filled in for the question ("") or a part of it ("-code", ".day").</param>
public sealed record QuestionView(SurveyQuestion Question, Wording Wording, AnswerWords Words, Func<string, IReadOnlyList<string>> Typed, string? Error, bool MayQuote, bool IsLarge = true)
{
    public string Name => "q-" + Question.Code;

    /// <summary>The id of the first control, which an error leads to.</summary>
    public static string FirstId(SurveyQuestion question) => "q-" + question.Code + question.Kind switch
    {
        QuestionKind.Rank => "-" + question.OptionList[0],
        QuestionKind.Date => "-day",
        _ => "",
    };

    public string? Hint => string.Join(' ', new[] { Wording.Help, OwnHint }.Where(hint => hint.Length > 0)) is { Length: > 0 } hint ? hint : null;

    private string OwnHint => Question.Kind switch
    {
        QuestionKind.Several when Question.Most is { } most => Words.With("at-most", most),
        QuestionKind.Several => Words["several"],
        QuestionKind.Rank => Words.With("rank", Math.Min(Question.Most ?? 5, Question.OptionList.Count)),
        QuestionKind.Text => Words.With("text-hint", SurveyQuestion.LongestText),
        QuestionKind.Date => Words["date-hint"],
        _ => "",
    };

    public string? DescribedBy => string.Join(' ', new[] { Hint is null ? "" : Name + "-hint", Error is null ? "" : Name + "-error" }.Where(id => id.Length > 0)) is { Length: > 0 } ids ? ids : null;

    /// <summary>What an answer that was kept looks like in the fields.</summary>
    public static Func<string, IReadOnlyList<string>> Fields(SurveyQuestion question, string value) => part => question.Kind switch
    {
        QuestionKind.Several => part.Length == 0 ? value.Split(' ') : [],
        QuestionKind.Rank => part.Length > 1 && Array.IndexOf(value.Split(' '), part[1..]) is var at and >= 0 ? [(at + 1).ToString(System.Globalization.CultureInfo.InvariantCulture)] : [],
        QuestionKind.Date => value.Split('-') is [var year, var month, var day] ? [(part switch { ".day" => day, ".month" => month, _ => year }).TrimStart('0')] : [],
        _ => [value],
    };
}
