using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Evidence;
using Waymark.Field;
using Waymark.Shared.Documents;

namespace Waymark.Listening;

/// <summary>What people answered, for other programs, with the codebook that explains it.</summary>
public static class SurveyFiles
{
    /// <summary>Every question with its answers' codes and words.</summary>
    public static Table Codebook(Survey survey, IReadOnlyList<SurveyQuestion> questions) => new("codebook", $"Codebook of {survey.Title}",
        [new("question", "Question", ColumnRole.Label), new("kind", "Kind"), new("text", "Text"), new("code", "Code of the answer"), new("answer", "Answer"), new("condition", "Asked if")],
        [.. questions.Where(question => question.TakesAnswers).SelectMany(question => question.OptionList.DefaultIfEmpty("").Select(option => new Row(
            [new Cell(question.Code), new Cell(question.Kind.ToString().ToLowerInvariant()), new Cell(question.Text), new Cell(option), new Cell(option.Length > 0 ? question.In("en").Options![option] : ""), new Cell(question.ShownIfCode is null ? "" : $"{question.ShownIfCode} = {question.ShownIfValues}")])))]);

    /// <summary>
    /// The sheets of a survey that is not anonymous, one row each. Of an anonymous survey there are none: it is told by question and answer, with how often each was given.
    /// </summary>
    public static Table Sheets(WaymarkDb db, Survey survey, IReadOnlyList<SurveyQuestion> questions)
    {
        var asked = questions.Where(question => question.TakesAnswers).ToList();
        var sheets = db.Set<Sheet>().AsNoTracking().Where(sheet => sheet.SurveyId == survey.Id).AsEnumerable().OrderBy(sheet => sheet.Day).ThenBy(sheet => Convert.ToHexString(sheet.Key), StringComparer.Ordinal).ToList();
        var names = db.NamesOf([.. sheets.Select(sheet => sheet.Place).Where(place => place.Kind == PlaceKind.School).Distinct()]);
        var answers = db.Set<Answer>().AsNoTracking().Where(answer => answer.SurveyId == survey.Id && answer.SheetKey != null).AsEnumerable().ToLookup(answer => Convert.ToHexString(answer.SheetKey!));
        return new Table("answers", $"Answers to {survey.Title}", [new("day", "Day"), new("urn", "URN"), new("school", "School", ColumnRole.Label), .. survey.Anonymity == Anonymity.Named ? [new Column("name", "Name")] : Array.Empty<Column>(), .. asked.Select(question => new Column(question.Code.Replace('-', '_'), question.Text))],
            [.. sheets.Select(sheet =>
            {
                var given = answers[Convert.ToHexString(sheet.Key)].ToDictionary(answer => answer.QuestionId, answer => answer.Value);
                var school = names.GetValueOrDefault(sheet.Place);
                return new Row([new Cell(sheet.Day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? ""), new Cell(school?.Code ?? ""), new Cell(school?.Name ?? ""), .. survey.Anonymity == Anonymity.Named ? [new Cell(sheet.Name ?? "")] : Array.Empty<Cell>(), .. asked.Select(question => new Cell(given.GetValueOrDefault(question.Id, "")))]);
            })]);
    }
}
