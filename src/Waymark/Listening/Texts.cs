using Microsoft.EntityFrameworkCore;
using Waymark.Data;

namespace Waymark.Listening;

/// <summary>What people wrote or said: shown only to who may, in no order, and to others only what somebody has read and cleared of names.</summary>
public static class Texts
{
    /// <summary>The themes of a question with the answers that bear them, the most frequent first; equals in the readers' own order.</summary>
    public static IReadOnlyList<ThemeResult> ThemesOf(WaymarkDb db, SurveyQuestion question)
    {
        var answers = db.Set<Answer>().Where(answer => answer.QuestionId == question.Id);
        var total = answers.LongCount(answer => answer.Value != "");
        var counted = db.Set<AnswerTheme>().Where(theme => answers.Any(answer => answer.Key == theme.AnswerKey)).GroupBy(theme => theme.ThemeId).Select(of => new { of.Key, Count = of.LongCount() }).ToDictionary(of => of.Key, of => of.Count);
        return [.. db.Themes.AsNoTracking().Where(theme => theme.StatementId == question.StatementId).AsEnumerable().Where(theme => counted.ContainsKey(theme.Id))
            .OrderByDescending(theme => counted[theme.Id]).ThenBy(theme => theme.Position).Select(theme => new ThemeResult(theme.Label, counted[theme.Id], total))];
    }

    /// <summary>Quotes: chosen by a reader, cleared of names, and only from those who agreed to be quoted.</summary>
    public static IReadOnlyList<string> QuotesOf(WaymarkDb db, SurveyQuestion question) =>
        [.. db.Set<TextReading>().AsNoTracking().Where(reading => reading.IsQuote && !reading.IsWithheld && db.Set<Answer>().Any(answer => answer.Key == reading.AnswerKey && answer.QuestionId == question.Id && answer.MayQuote))
            .Select(reading => reading.Shown).AsEnumerable().Order(StringComparer.Ordinal)];
}
