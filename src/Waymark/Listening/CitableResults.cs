using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Evidence;
using Waymark.Field;
using Waymark.Shared;

namespace Waymark.Listening;

/// <summary>Shares and findings as what other rooms may cite.</summary>
public static class CitableResults
{
    public const string Kind = "survey-result", FindingKind = "finding";

    public static IReadOnlyList<Citable> All { get; } =
    [
        new(Kind, "result of a survey", "/surveys/results/", ResultOf),
        new(FindingKind, "finding", "/surveys/findings/", FindingOf) { Open = db => db.Findings.AsNoTracking().Where(finding => finding.WithdrawnOn == null).OrderByDescending(finding => finding.Id).ToList().Select(Live), OpenTo = Room.Run },
    ];

    /// <summary>A share among all: survey, question and answer.</summary>
    public static string KeyOf(ResultRow row) => $"{row.Survey}/{row.Question}/{Uri.EscapeDataString(row.Answer)}";

    /// <summary>What a share says now; null where it is not out, or held back.</summary>
    public static LiveRecord? ResultOf(WaymarkDb db, string key)
    {
        if (key.Split('/') is not [var code, var asked, var answer] || db.FindSurvey(code) is not { State: not SurveyState.Draft } survey || (db.PublishedOnly && !survey.IsPublic)) return null;
        var today = LocalClock.ForStore(db.Read(Setting.Today), TimeProvider.System).Today;
        var row = ResultRow.Of(db, SurveyResults.Of(db, survey, today, isNamedOfficer: false), PlaceKey.Partnership).FirstOrDefault(row => row.Question == asked && row.Answer == Uri.UnescapeDataString(answer) && row.Share is not null);
        if (row is null) return null;
        var question = db.SurveyQuestions.AsNoTracking().First(one => one.SurveyId == survey.Id && one.Code == asked);
        var words = row.Answer switch
        {
            OptionResult.Agreeing => "agree or strongly agree",
            OptionResult.Disagreeing => "disagree or strongly disagree",
            _ => question.In("en").Options!.GetValueOrDefault(row.Answer) ?? string.Join(" or ", row.Answer.Split('+').Select(one => question.In("en").Options!.GetValueOrDefault(one, one))),
        };
        return new LiveRecord(key, $"{question.Text} {survey.Audience.InWords()}, {survey.OpenedOn?.Year}: {words}",
            string.Create(CultureInfo.InvariantCulture, $"{row.Share}% ({row.Count:N0} of {row.Base:N0} {survey.Audience.InWords()}; 95% interval {row.Lower}% to {row.Upper}%)"), PlaceKey.Partnership, survey is { IsPublic: true, State: SurveyState.Closed })
        {
            Value = (double?)row.Share,
            Base = row.Base,
            Lower = (double?)row.Lower,
            Upper = (double?)row.Upper,
            Symbol = row.Symbol,
            On = survey.ClosedOn ?? today,
        };
    }

    private static LiveRecord? FindingOf(WaymarkDb db, string key) => !db.PublishedOnly && int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && db.Findings.AsNoTracking().FirstOrDefault(finding => finding.Id == id && finding.WithdrawnOn == null) is { } finding ? Live(finding) : null;

    private static LiveRecord Live(Finding finding) => new(finding.Id.ToString(CultureInfo.InvariantCulture), finding.Sentence, finding.Sentence, PlaceKey.Partnership, IsPublic: false) { On = finding.MadeOn };
}
