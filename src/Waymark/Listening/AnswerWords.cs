using System.Globalization;
using System.Text.Json;

namespace Waymark.Listening;

/// <summary>What the answering pages say besides the survey's own words, in one language (words.json). A language without them reads English around its questions.</summary>
public sealed class AnswerWords
{
    private static readonly Dictionary<string, AnswerWords> All = Read();

    private readonly Dictionary<string, string> words;
    private readonly AnswerWords? fallback;

    private AnswerWords(string language, Dictionary<string, string> words, AnswerWords? fallback) => (Language, this.words, this.fallback) = (language, words, fallback);

    /// <summary>The language that these words are in.</summary>
    public string Language { get; }

    /// <summary>The language as a browser and a screen reader are told: ours is British English.</summary>
    public string Tag => Language == "en" ? "en-GB" : Language;

    public static IReadOnlyCollection<string> Languages => All.Keys;

    public static AnswerWords In(string language) => All.GetValueOrDefault(language) ?? All["en"];

    public string this[string key] => Find(key) ?? throw new KeyNotFoundException($"words.json has no {key}.");

    public string? Find(string key) => words.GetValueOrDefault(key) ?? fallback?.Find(key);

    public string With(string key, params object[] values) => string.Format(CultureInfo.InvariantCulture, this[key], values);

    /// <summary>Whether a language is written from right to left.</summary>
    public static bool IsRightToLeft(string language) => language is "ar" or "dv" or "fa" or "he" or "ks" or "ku" or "ps" or "sd" or "ug" or "ur" or "yi";

    /// <summary>A language in itself: "polski".</summary>
    public static string NameOf(string language) => All.TryGetValue(language, out var own) ? own["language"] : CultureInfo.GetCultureInfo(language) is { NativeName: var name } ? name : language;

    private static Dictionary<string, AnswerWords> Read()
    {
        using var stream = typeof(AnswerWords).Assembly.GetManifestResourceStream("Waymark.Listening.words.json")!;
        var read = JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, string>>>(stream)!;
        var english = new AnswerWords("en", read["en"], null);
        return read.ToDictionary(language => language.Key, language => language.Key == "en" ? english : new AnswerWords(language.Key, language.Value, english));
    }
}
