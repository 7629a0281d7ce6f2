using System.Text.Json;
using System.Text.RegularExpressions;

namespace Waymark.Listening.Imports;

/// <summary>A question that is to be made, its matrix named by its code.</summary>
internal sealed record ImportedQuestion(string Code, QuestionKind Kind, IReadOnlyDictionary<string, Wording> Words, string Options = "", int? Most = null, bool IsRequired = false, string? ShownIfCode = null, string ShownIfValues = "", string? Matrix = null);

/// <summary>
/// What becomes of LimeSurvey's questions here. Which type is which kind is data (limesurvey.json); what has no counterpart is said in a sentence, and nothing is guessed.
/// </summary>
internal sealed partial class LimeSurveyQuestions
{
    /// <param name="Kind">The kind here; null where there is none.</param>
    /// <param name="Rows">Its parts are questions of their own, of this kind.</param>
    /// <param name="Options">Its fixed answers with their words; null: those of the file.</param>
    /// <param name="Says">What is lost or why it has no counterpart.</param>
    private sealed record TypeRule(QuestionKind? Kind, QuestionKind? Rows, Dictionary<string, string>? Options, bool OptionsAreParts, string? Says);

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter() } };
    private static readonly Dictionary<string, TypeRule> Types = Read();

    private readonly LimeSurveyFile file;
    private readonly HashSet<string> codes = [];
    private readonly Dictionary<string, string> codeOf = [];

    public LimeSurveyQuestions(LimeSurveyFile file)
    {
        this.file = file;
        foreach (var question in file.Questions) Make(question);
    }

    public List<ImportedQuestion> Questions { get; } = [];

    /// <summary>What has no counterpart: the question's name and a sentence.</summary>
    public List<(string Question, string Sentence)> Lost { get; } = [];

    private void Make(LimeQuestion question)
    {
        var rule = Types.GetValueOrDefault(question.Type);
        if (rule?.Kind is not { } kind)
        {
            Lose(question, rule?.Says ?? $"questions of type ‘{question.Type}’ are not known here. It was left out.");
            return;
        }
        if (rule.Says is not null) Lose(question, rule.Says);
        var code = CodeFor(question.Title);
        codeOf[question.Title] = code;
        var options = rule.Options is not null ? rule.Options.Select(of => (Code: of.Key, Words: file.Languages.ToDictionary(language => language, _ => of.Value))).ToList()
            : Unlike((rule.OptionsAreParts ? question.Parts : question.Answers).Where(of => of.Scale == 0).Select(of => (of.Code, of.Words)));
        if (question.HasOther)
        {
            if (kind is QuestionKind.Choice or QuestionKind.Several) options = Unlike([.. options, (Code: "other", Words: file.Languages.ToDictionary(language => language, _ => "Other"))]);
            Lose(question, "the text beside the answer ‘Other’ has no counterpart; the answer itself was kept.");
        }
        var takesOptions = kind is QuestionKind.Choice or QuestionKind.Several or QuestionKind.Rank || rule.Rows is QuestionKind.Choice;
        if (takesOptions && options.Count == 0)
        {
            Lose(question, "it has no answers to choose from. It was left out.");
            codes.Remove(code);
            return;
        }
        var listed = takesOptions ? string.Join(' ', options.Select(of => of.Code)) : "";
        var (ifCode, ifValues) = Condition(question);
        Questions.Add(new ImportedQuestion(code, kind, WordsOf(question.Words, takesOptions ? options : null), kind == QuestionKind.Matrix ? "" : listed, MostOf(question, kind, options.Count), question.IsMandatory && kind != QuestionKind.Matrix, ifCode, ifValues));
        if (rule.Rows is not { } rows) return;
        foreach (var part in question.Parts.Where(part => part.Scale == 0))
            Questions.Add(new ImportedQuestion(CodeFor($"{question.Title}-{part.Code}"), rows, WordsOf(part.Words.ToDictionary(of => of.Key, of => (of.Value, "")), takesOptions ? options : null), listed, null, question.IsMandatory, Matrix: code));
    }

    /// <summary>Codes here know no capitals: two that become one get a number.</summary>
    private static List<(string Code, Dictionary<string, string> Words)> Unlike(IEnumerable<(string Code, Dictionary<string, string> Words)> options)
    {
        var taken = new HashSet<string>();
        return [.. options.Select(option =>
        {
            var slug = Slug(option.Code);
            var code = slug;
            for (var i = 2; !taken.Add(code); i++) code = $"{slug}-{i}";
            return (code, option.Words);
        })];
    }

    private Dictionary<string, Wording> WordsOf(IReadOnlyDictionary<string, (string Text, string Help)> words, List<(string Code, Dictionary<string, string> Words)>? options)
    {
        var made = new Dictionary<string, Wording>();
        foreach (var language in file.Languages.Where(words.ContainsKey))
        {
            var (text, help) = words[language];
            made[language] = new Wording(Cut(text, 500), Cut(help, 500), options?.Where(option => option.Words.ContainsKey(language)).ToDictionary(option => option.Code, option => Cut(option.Words[language], 200)));
        }
        if (made.Count == 0 || made.Values.All(wording => wording.Text.Length == 0)) made[file.Languages[0]] = new Wording("(no words)", Options: options?.ToDictionary(option => option.Code, option => option.Words.Values.FirstOrDefault(option.Code)!));
        return made;
    }

    private int? MostOf(LimeQuestion question, QuestionKind kind, int options) => kind switch
    {
        QuestionKind.Rank or QuestionKind.Several when question.Attributes.GetValueOrDefault("max_answers") is { Length: > 0 } text =>
            int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var most) ? most : Lose<int?>(question, $"the most answers that can be given are worked out by a formula, {Cut(text, 80)}, which has no counterpart."),
        QuestionKind.Rank => options,
        _ => null,
    };

    /// <summary>A condition of the form question == "value" is kept; any other is told.</summary>
    private (string? Code, string Values) Condition(LimeQuestion question)
    {
        var text = question.Relevance.Trim();
        if (text is "" or "1") return (null, "");
        if (Equality().Match(text) is { Success: true } match && codeOf.TryGetValue(match.Groups["q"].Value, out var on) && Questions.First(one => one.Code == on) is var earlier
            && Slug(match.Groups["v"].Value) is var value && earlier.Options.Split(' ').Contains(value)) return (on, value);
        Lose(question, $"its condition, {Cut(text, 120)}, has no counterpart. It is asked of everybody; set a condition if that is wrong.");
        return (null, "");
    }

    private void Lose(LimeQuestion question, string sentence) => Lost.Add((question.Type == "GROUP" ? question.Words.Values.Select(words => words.Text).FirstOrDefault() ?? question.Title : question.Title, sentence));

    private T Lose<T>(LimeQuestion question, string sentence)
    {
        Lose(question, sentence);
        return default!;
    }

    /// <summary>A code of small letters, digits and hyphens that no other question has.</summary>
    private string CodeFor(string title)
    {
        var slug = Slug(title);
        if (slug.Length == 0 || !char.IsAsciiLetter(slug[0])) slug = "q-" + slug;
        slug = slug[..Math.Min(slug.Length, 36)].TrimEnd('-');
        var code = slug;
        for (var i = 2; !codes.Add(code); i++) code = $"{slug}-{i}";
        return code;
    }

    private static string Slug(string text) => Clusters.Cluster.SlugOf(text) is { Length: > 0 } slug ? slug : text.Length == 0 ? "" : $"x{Convert.ToHexStringLower(System.Text.Encoding.UTF8.GetBytes(text))}";

    private static string Cut(string text, int most) => text.Length <= most ? text : text[..(most - 1)] + "…";

    private static Dictionary<string, TypeRule> Read()
    {
        using var stream = typeof(LimeSurveyQuestions).Assembly.GetManifestResourceStream("Waymark.Listening.limesurvey.json")!;
        return JsonSerializer.Deserialize<Dictionary<string, TypeRule>>(stream, Json)!;
    }

    [GeneratedRegex("""\A\(*\s*(?<q>[A-Za-z][A-Za-z0-9]*)(\.NAOK|\.value|\.code)?\s*(==|eq)\s*["']?(?<v>[A-Za-z0-9]+)["']?\s*\)*\z""")]
    private static partial Regex Equality();
}
