using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared.Access;
using Waymark.Shared.Documents;

namespace Waymark.Listening.Pages;

/// <summary>All surveys, rounds of interviews and consultations.</summary>
public sealed class SurveysModel(WaymarkDb db, LocalClock clock) : PageModel
{
    public Table Table { get; private set; } = null!;

    public void OnGet()
    {
        var mayRun = HttpContext.May(Room.Run);
        var surveys = db.Surveys.AsNoTracking().OrderByDescending(survey => survey.OpenedOn ?? DateOnly.MaxValue).ThenByDescending(survey => survey.Id).ToList().Where(survey => mayRun || survey.State != SurveyState.Draft).ToList();
        Table = new Table("surveys", "Surveys", [new("survey", "Survey", ColumnRole.Label), new("asked", "Who is asked"), new("promise", "Promise"), new("state", "State"), new("answers", "Answers", ColumnRole.Number)],
            [.. surveys.Select(survey => new Row([new Cell(survey.Title, Href: $"/surveys/{survey.Code}"), new Cell(survey.Audience.InWords()), new Cell(survey.Anonymity.InWords()), new Cell(StateOf(survey)),
                ResultsReport.Number(SurveyResults.Of(db, survey, clock.Today, isNamedOfficer: false).Responses)]))]);
    }

    private static string StateOf(Survey survey) => survey.State switch
    {
        SurveyState.Closed => $"closed on {ResultsReport.Day(survey.ClosedOn)}",
        SurveyState.Open => survey.ClosesOn is { } last ? $"open until {ResultsReport.Day(last)}" : "open",
        _ => "not open yet",
    };
}
