using Dapper;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Field;

namespace Waymark.Listening;

/// <summary>A theme with how many answers bear it.</summary>
public sealed record ThemeResult(string Label, long Count, long Base);

/// <summary>
/// The results of one survey. An anonymous one shows nothing before it is closed, so that no two days can be compared, and afterwards nothing of fewer than ten
/// answers to a question. A confidential or named one shows places to its named officers, and to others as if it were anonymous.
/// </summary>
public sealed class SurveyResults
{
    public const int Floor = 10;

    private readonly Dictionary<int, Dictionary<PlaceKey, Dictionary<string, long>>> counts = [];
    private readonly Dictionary<int, IReadOnlySet<PlaceKey>> shown = [];
    private readonly PlaceTree tree;
    private readonly int floor;

    private SurveyResults(Survey survey, IReadOnlyList<SurveyQuestion> questions, PlaceTree tree, int floor) => (Survey, Questions, this.tree, this.floor) = (survey, questions, tree, floor);

    public Survey Survey { get; }
    public IReadOnlyList<SurveyQuestion> Questions { get; }

    /// <summary>Sheets by the place they carry.</summary>
    public IReadOnlyDictionary<PlaceKey, long> Sheets { get; private set; } = new Dictionary<PlaceKey, long>();

    /// <summary>How many have answered, those whose sheets are still under seal included.</summary>
    public long Responses { get; private set; }

    /// <summary>There is something to show at all.</summary>
    public bool IsOut { get; private set; }

    public PlaceTree Tree => tree;

    /// <param name="isNamedOfficer">Who asks was named to respondents as somebody who sees where answers come from.</param>
    public static SurveyResults Of(WaymarkDb db, Survey survey, DateOnly today, bool isNamedOfficer)
    {
        var isAnonymous = survey.Anonymity == Anonymity.Anonymous;
        var results = new SurveyResults(survey, db.QuestionsOf(survey.Id), PlaceTree.On(db, survey.ClosedOn ?? today), isAnonymous || !isNamedOfficer ? Floor : 1);
        var connection = db.Database.GetDbConnection();
        // The reader may stand within a transaction of the context's own; Dapper has to be told.
        var transaction = db.Database.CurrentTransaction is { } current ? Microsoft.EntityFrameworkCore.Storage.DbContextTransactionExtensions.GetDbTransaction(current) : null;
        results.Sheets = connection.Query<(int Place, long Count)>("select place, count(*) from sheet where survey_id = @Id group by place", new { survey.Id }, transaction).ToDictionary(of => new PlaceKey(of.Place), of => of.Count);
        var waiting = connection.ExecuteScalar<long>("select count(*) from sealed_sheet where survey_id = @Id", new { survey.Id }, transaction);
        results.Responses = results.Sheets.Values.Sum() + waiting;
        results.IsOut = !isAnonymous || (survey.State == SurveyState.Closed && waiting == 0);
        if (!results.IsOut) return results;
        var texts = results.Questions.Where(question => question.Kind == QuestionKind.Text).Select(question => question.Id).ToHashSet();
        foreach (var (question, place, value, count) in connection.Query<(int, int, string, long)>(
            """
            select question_id, place, case when kind = @text and value <> '' then 'text' else value end, count(*)
            from answer join survey_question q on q.id = question_id where answer.survey_id = @Id group by 1, 2, 3
            """, new { survey.Id, text = (int)QuestionKind.Text }, transaction))
        {
            if (!results.counts.TryGetValue(question, out var places)) results.counts[question] = places = [];
            var key = new PlaceKey(place);
            if (!places.TryGetValue(key, out var values)) places[key] = values = [];
            values[value] = count;
        }
        foreach (var (question, places) in results.counts)
            results.shown[question] = Protection.Shown(places.ToDictionary(of => of.Key, of => of.Value.Where(value => value.Key.Length > 0).Sum(value => value.Value)), results.tree, results.floor);
        return results;
    }

    /// <summary>The result of a question at a place, or that it is held back there.</summary>
    public QuestionResult At(SurveyQuestion question, PlaceKey place)
    {
        if (!shown.TryGetValue(question.Id, out var places) || !places.Contains(place)) return QuestionResult.HeldBack(question, place);
        var sums = new Dictionary<string, long>();
        foreach (var (own, values) in counts[question.Id])
        {
            if (!tree.Upwards(own).Contains(place)) continue;
            foreach (var (value, count) in values) sums[value] = sums.GetValueOrDefault(value) + count;
        }
        return Tally.Of(question, place, sums);
    }

    /// <summary>The same, or where it is held back that of the next larger place which may show it.</summary>
    public QuestionResult AtOrAbove(SurveyQuestion question, PlaceKey place) =>
        tree.Upwards(place).Select(around => At(question, around)).FirstOrDefault(result => result.IsShown) ?? QuestionResult.HeldBack(question, place);

    /// <summary>The places that show at least one question, the largest first.</summary>
    public IReadOnlyList<PlaceKey> Places => [.. shown.Values.SelectMany(places => places).Distinct().OrderBy(place => tree.Upwards(place).Count()).ThenBy(place => place)];
}
