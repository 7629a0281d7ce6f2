using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Shared;

namespace Waymark.Listening;

/// <summary>What always holds of surveys and answers.</summary>
internal static class ListeningInvariants
{
    public static IReadOnlyList<Invariant> All { get; } =
    [
        new("An answer is one that its question takes", WrongAnswers),
        new("A question is answered at most once by each who answered", TooManyAnswers),
        new("A survey that is not open yet has no answers", EarlyAnswers),
    ];

    private static IEnumerable<string> WrongAnswers(WaymarkDb db)
    {
        var questions = db.SurveyQuestions.AsNoTracking().ToDictionary(question => question.Id);
        foreach (var (id, value) in db.Set<Answer>().AsNoTracking().Where(answer => answer.Value != "").Select(answer => new { answer.QuestionId, answer.Value }).Distinct().AsEnumerable().Select(answer => (answer.QuestionId, answer.Value)))
        {
            var question = questions[id];
            if (!question.TakesAnswers) yield return $"Question {question.Code} of survey {question.SurveyId} has an answer and takes none.";
            else if (question.OptionList.Count > 0 && value.Split(' ').FirstOrDefault(code => !question.OptionList.Contains(code)) is { } unknown)
                yield return $"Question {question.Code} of survey {question.SurveyId} has an answer, {unknown}, that it does not offer.";
        }
    }

    private static IEnumerable<string> TooManyAnswers(WaymarkDb db)
    {
        var sheets = db.Set<Sheet>().AsNoTracking().GroupBy(sheet => sheet.SurveyId).Select(of => new { of.Key, Count = of.Count() }).ToDictionary(of => of.Key, of => of.Count);
        foreach (var of in db.Set<Answer>().AsNoTracking().GroupBy(answer => new { answer.SurveyId, answer.QuestionId }).Select(of => new { of.Key.SurveyId, of.Key.QuestionId, Count = of.Count() }))
            if (of.Count > sheets.GetValueOrDefault(of.SurveyId)) yield return $"Question {of.QuestionId} has {of.Count:N0} answers, and only {sheets.GetValueOrDefault(of.SurveyId):N0} people have answered survey {of.SurveyId}.";
    }

    private static IEnumerable<string> EarlyAnswers(WaymarkDb db)
    {
        foreach (var survey in db.Surveys.AsNoTracking().Where(survey => survey.State == SurveyState.Draft).ToList())
            if (db.IsAnswered(survey.Id)) yield return $"{survey.Title} is not open yet and has answers.";
    }
}
