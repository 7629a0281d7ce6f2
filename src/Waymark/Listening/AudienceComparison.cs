using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared.Documents;

namespace Waymark.Listening;

/// <summary>The same statement put to heads, governors, parents or staff: the latest survey of each, beside each other, with the interval of every difference.</summary>
public static class AudienceComparison
{
    public static Report Of(WaymarkDb db, DateOnly today)
    {
        var surveys = db.Surveys.AsNoTracking().Where(survey => survey.State == SurveyState.Closed).OrderByDescending(survey => survey.ClosedOn).ThenByDescending(survey => survey.Id).ToList().Select(survey => SurveyResults.Of(db, survey, today, isNamedOfficer: false)).Where(results => results.IsOut).ToList();
        // Of each statement the latest answers of each audience.
        var answers = surveys.SelectMany(results => results.Questions.Where(question => question is { Kind: QuestionKind.Agree, StatementId: not null }).Select(question => (results.Survey.Audience, Result: results.At(question, PlaceKey.Partnership))))
            .Where(of => of.Result is { IsShown: true, Base: > 0 }).GroupBy(of => (of.Result.Question.StatementId, of.Audience)).Select(of => of.First()).GroupBy(of => of.Result.Question.StatementId)
            .Where(of => of.Count() > 1).Select(of => of.OrderBy(one => one.Audience).ToList()).ToList();
        var sections = answers.Select(of => new Section($"statement-{of[0].Result.Question.StatementId}", of[0].Result.Question.Text,
        [
            new Table($"shares-{of[0].Result.Question.StatementId}", "Shares of those who answered", [new("who", "Who", ColumnRole.Label), .. Scale.Agree.Select(code => new Column(code.Replace('-', '_'), Scale.Word("en", code)!, ColumnRole.Value, "%")), new("agree_total", "Agree or strongly agree", ColumnRole.Number, "%"), new("answers", "Answers", ColumnRole.Number)],
                [.. of.Select(one => new Row([new Cell(Capital(one.Audience.InWords())), .. Scale.Agree.Select(code => ResultsReport.Share(one.Result.Find(code))), ResultsReport.Share(one.Result.Find(OptionResult.Agreeing)), ResultsReport.Number(one.Result.Base)]))],
                new Chart(ChartKind.Stacked, "Each bar is all who answered.", 0, 100)),
            new Table($"differences-{of[0].Result.Question.StatementId}", "Differences in agreement", [new("who", "Who", ColumnRole.Label), .. ResultsReport.DifferenceColumns("First", "Second").Skip(1)],
                [.. of.SelectMany((one, i) => of.Skip(i + 1).Select(other => ResultsReport.Difference($"{Capital(one.Audience.InWords())}, beside {other.Audience.InWords()}", one.Result.Find(OptionResult.Agreeing)!, other.Result.Find(OptionResult.Agreeing)!)))],
                Note: "‘More’ and ‘Fewer’ stand where the 95% interval of the difference does not hold zero."),
        ])).ToList();
        return new Report("agree-and-differ", "What heads, governors and parents agree and differ on", "The latest answers of each", today, ["Shares are of those who answered. They are not weighted.", "Anonymous surveys show nothing of fewer than 10 answers."], sections);
    }

    private static string Capital(string words) => char.ToUpperInvariant(words[0]) + words[1..];
}
