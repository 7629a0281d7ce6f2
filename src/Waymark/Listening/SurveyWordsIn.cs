using System.Text.Json;

namespace Waymark.Listening;

/// <summary>What a survey says of itself in one language.</summary>
public sealed record SurveyText(string Title, string Introduction = "", string Thanks = "");

public static class SurveyTexts
{
    extension(Survey survey)
    {
        public IReadOnlyDictionary<string, SurveyText> Texts => JsonSerializer.Deserialize<Dictionary<string, SurveyText>>(survey.WordsJson, JsonSerializerOptions.Web)!;

        public SurveyText TextIn(string language) => survey.Texts is var all && all.TryGetValue(language, out var own) && own.Title.Length > 0 ? own : all.Values.FirstOrDefault() ?? new SurveyText(survey.Title);

        public void SetText(string language, SurveyText text) => survey.WordsJson = JsonSerializer.Serialize(new Dictionary<string, SurveyText>(survey.Texts) { [language] = text }, JsonSerializerOptions.Web);
    }
}
