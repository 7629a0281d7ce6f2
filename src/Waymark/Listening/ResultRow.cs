using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Evidence;
using Waymark.Field;
using Waymark.Statistics;

namespace Waymark.Listening;

/// <summary>One share as other programs read it. Shares and bounds are percentages.</summary>
public sealed record ResultRow(string Survey, string Place, string Question, string Statement, string Respondents, string Answer, long? Base, long? Blanks, long? Count, decimal? Share, decimal? Lower, decimal? Upper, string Symbol)
{
    /// <summary>Every share of every survey whose results are out, for the whole partnership.</summary>
    public static IEnumerable<ResultRow> All(WaymarkDb db, DateOnly today) =>
        db.Surveys.AsNoTracking().OrderBy(survey => survey.Id).ToList().Where(survey => survey.State != SurveyState.Draft).SelectMany(survey => Of(db, SurveyResults.Of(db, survey, today, isNamedOfficer: false), PlaceKey.Partnership));

    public static IEnumerable<ResultRow> Of(WaymarkDb db, SurveyResults results, PlaceKey place)
    {
        if (!results.IsOut) yield break;
        var statements = db.Statements.AsNoTracking().ToDictionary(statement => statement.Id);
        var (survey, where) = (results.Survey, place == PlaceKey.Partnership ? "" : db.NameOf(place).Code);
        foreach (var question in results.Questions.Where(question => question.TakesAnswers))
        {
            var result = results.At(question, place);
            var statement = question.StatementId is { } id ? statements[id].Code : "";
            ResultRow Row(string answer, long? count, OptionResult? option, string symbol = "") => new(survey.Code, where, question.Code, statement, CodeOf(survey.Audience), answer, result.IsShown ? result.Base : null, result.IsShown ? result.Blanks : null,
                count, option?.Share, Bound(option?.Interval?.Lower), Bound(option?.Interval?.Upper), symbol);
            if (!result.IsShown) yield return Row("", null, null, Field.Symbol.Confidential.Code());
            else if (question.Kind == QuestionKind.Text)
            {
                yield return Row("", null, null);
                if (place != PlaceKey.Partnership) continue;
                foreach (var theme in Texts.ThemesOf(db, question)) yield return Row(theme.Label, theme.Count, new OptionResult("", theme.Label, theme.Count, theme.Base));
            }
            else if (result.Options.Count == 0) yield return Row("", null, null);
            else foreach (var option in result.Options) yield return Row(option.Code, option.Count, option, option.Share is null ? Field.Symbol.NotAvailable.Code() : "");
        }
    }

    private static decimal? Bound(double? share) => share is { } known ? Percentages.Round((decimal)known * 100, 1) : null;

    private static string CodeOf(Audience audience) => audience switch { Audience.Heads => "heads", Audience.Governors => "governors", Audience.Parents => "parents", Audience.Staff => "staff", Audience.Pupils => "pupils", _ => "everybody" };
}
