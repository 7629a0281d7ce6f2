using System.Text.Json;
using Waymark.Data;

namespace Waymark.Listening;

/// <summary>What kind of answer a question takes; numbers last in the store.</summary>
public enum QuestionKind
{
    /// <summary>Begins a page: a heading and words, no answer.</summary>
    Section = 1,
    /// <summary>Strongly agree to strongly disagree, or not sure.</summary>
    Agree = 2,
    Choice = 3,
    /// <summary>As many as apply.</summary>
    Several = 4,
    /// <summary>The five (or as many as are asked for) that matter most, in order.</summary>
    Rank = 5,
    Number = 6,
    Date = 7,
    Text = 8,
    /// <summary>Several statements under one heading with the same answers; each statement is a question of its own.</summary>
    Matrix = 9,
}

/// <summary>The words of a question in one language.</summary>
/// <param name="Options">The answers' words by their codes.</param>
public sealed record Wording(string Text, string Help = "", IReadOnlyDictionary<string, string>? Options = null);

/// <summary>A question's words in all its languages, as they lie in the store.</summary>
public static class Wordings
{
    public static IReadOnlyDictionary<string, Wording> Read(string json) => JsonSerializer.Deserialize<Dictionary<string, Wording>>(json, JsonSerializerOptions.Web)!;

    public static string Write(IReadOnlyDictionary<string, Wording> wordings) => JsonSerializer.Serialize(wordings, JsonSerializerOptions.Web);

    /// <summary>With the words of one more language, or others for it.</summary>
    public static string With(string json, string language, Wording wording) => Write(new Dictionary<string, Wording>(Read(json)) { [language] = wording });

    public static string Of(string language, Wording wording) => Write(new Dictionary<string, Wording> { [language] = wording });
}

/// <summary>
/// A statement or question of the bank. Its identity lasts: asked again in another year, or of other people, its answers can be compared. Once answered its words stay.
/// </summary>
public sealed class Statement : IVersioned
{
    public int Id { get; init; }
    /// <summary>As files name it: "share-resources".</summary>
    public required string Code { get; init; }
    public required QuestionKind Kind { get; set; }
    /// <summary>The codes of its answers, in order, separated by spaces; empty where the kind says them or there are none. "a+b" is no answer: the two are also counted together.</summary>
    public string Options { get; set; } = "";
    /// <summary>How many to rank or to choose at most.</summary>
    public int? Most { get; set; }
    public required string WordingJson { get; set; }
    public DateOnly? RetiredOn { get; set; }
    public int Version { get; set; }

    public string Text => Wordings.Read(WordingJson) is var all && all.TryGetValue("en", out var english) ? english.Text : all.Values.First().Text;

    public static string? CheckText(string? text) => string.IsNullOrWhiteSpace(text) ? "Enter the question or statement." : text.Trim().Length > 500 ? "The question must be 500 characters or fewer." : null;

    /// <summary>Why its words cannot be changed; null where they can.</summary>
    public static string? CheckChange(string? answeredIn) =>
        answeredIn is null ? null : $"This was asked with these words in {answeredIn}. Write a new statement instead, so that nothing is compared that is not the same.";
}

/// <summary>A question in one survey. Its words are the survey's own copy of the bank's.</summary>
public sealed class SurveyQuestion : IVersioned
{
    public const int LongestText = 2_000;

    public int Id { get; init; }
    public required int SurveyId { get; init; }
    public required int Position { get; set; }
    /// <summary>Names it in conditions and files: "q3".</summary>
    public required string Code { get; init; }
    public required QuestionKind Kind { get; set; }
    /// <summary>What it asks, in the bank; null for a section or the heading of a matrix.</summary>
    public int? StatementId { get; set; }
    /// <summary>The matrix that it is a row of.</summary>
    public int? MatrixId { get; set; }
    public bool IsRequired { get; set; }
    public int? Most { get; set; }
    public string Options { get; set; } = "";
    /// <summary>Asked only where this earlier question ...</summary>
    public string? ShownIfCode { get; set; }
    /// <summary>... was answered with one of these, separated by spaces.</summary>
    public string ShownIfValues { get; set; } = "";
    public required string WordingJson { get; set; }
    public int Version { get; set; }
    public int? ImportId { get; init; }

    public bool TakesAnswers => Kind is not (QuestionKind.Section or QuestionKind.Matrix);

    /// <summary>The answers it offers.</summary>
    public IReadOnlyList<string> OptionList => Options.Length > 0 ? [.. Options.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(code => !code.Contains('+', StringComparison.Ordinal))] : Kind == QuestionKind.Agree ? Scale.Agree : [];

    /// <summary>Answers that are also counted together: "a-bit+not-at-all".</summary>
    public IReadOnlyList<string> Sums => [.. Options.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(code => code.Contains('+', StringComparison.Ordinal))];

    /// <summary>Its words in a language, or in the first language that has them. Answers without words of their own have the scale's.</summary>
    public Wording In(string language)
    {
        var all = Wordings.Read(WordingJson);
        var own = all.TryGetValue(language, out var found) && found.Text.Length > 0 ? found : all.Values.First(wording => wording.Text.Length > 0 || all.Count == 1);
        return own with { Options = OptionList.ToDictionary(code => code, code => own.Options?.GetValueOrDefault(code) ?? all.Values.First().Options?.GetValueOrDefault(code) ?? Scale.Word(language, code) ?? code) };
    }

    public string Text => In("en").Text;
}

/// <summary>The answers to a statement, from most to least agreement; "not sure" stands aside.</summary>
public static class Scale
{
    public const string NotSure = "not-sure";

    public static readonly IReadOnlyList<string> Agree = ["strongly-agree", "agree", "disagree", "strongly-disagree", NotSure];
    public static readonly IReadOnlyList<string> Agreeing = ["strongly-agree", "agree"];
    public static readonly IReadOnlyList<string> Disagreeing = ["disagree", "strongly-disagree"];

    public static string? Word(string language, string code) => AnswerWords.In(language).Find(code);
}
