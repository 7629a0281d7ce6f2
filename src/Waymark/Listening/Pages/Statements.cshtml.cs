using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Shared.Documents;

namespace Waymark.Listening.Pages;

/// <summary>Every statement that was ever asked, and where.</summary>
public sealed class StatementsModel(WaymarkDb db) : PageModel
{
    public Table Table { get; private set; } = null!;

    public void OnGet()
    {
        var surveys = db.Surveys.AsNoTracking().Where(survey => survey.State != SurveyState.Draft).ToDictionary(survey => survey.Id);
        var asked = db.SurveyQuestions.AsNoTracking().Where(question => question.StatementId != null).AsEnumerable().Where(question => surveys.ContainsKey(question.SurveyId)).ToLookup(question => question.StatementId!.Value, question => surveys[question.SurveyId]);
        Table = new Table("statements", "Statements and questions", [new("statement", "Statement or question", ColumnRole.Label), new("kind", "Kind"), new("code", "Code"), new("asked", "Asked of")],
            [.. db.Statements.AsNoTracking().AsEnumerable().OrderBy(statement => statement.Text, StringComparer.OrdinalIgnoreCase).Select(statement => new Row([new Cell(statement.Text), new Cell(KindWords.Of(statement.Kind)), new Cell(statement.Code),
                new Cell(string.Join("; ", asked[statement.Id].OrderBy(survey => survey.OpenedOn).Select(survey => $"{survey.Audience.InWords()}, {survey.OpenedOn?.Year}")))]))]);
    }
}
