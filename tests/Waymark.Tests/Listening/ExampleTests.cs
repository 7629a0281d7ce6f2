using Dapper;
using Waymark.Data;
using Waymark.Field;
using Waymark.Listening;
using Waymark.Tests.Shared;

namespace Waymark.Tests.Listening;

/// <summary>What the report of 2016 says it heard (its paragraph in brackets), counted here from the example's own rows and set beside what the system says.</summary>
public sealed class ExampleTests
{
    private static readonly DateOnly Today = new(2016, 12, 16);

    [SkippableTheory, Databases]
    public void Every_share_of_the_report_comes_out_of_the_answers(Database database)
    {
        using var store = TestStore.WithExample(database);
        using var db = store.Open();
        using var connection = store.Store.Connect();
        (string Survey, string Question, string[] Answers, int Share, int? Base)[] report =
        [
            ("heads-2016", "all-gain", Agree, 100, 14), ("heads-2016", "all-contribute", Agree, 100, 14), ("heads-2016", "best-still-learn", Agree, 100, 14), // 35, 37
            ("heads-2016", "share-resources", Agree, 92, 12), ("heads-2016", "collaboration-so-far", ["a-bit", "not-at-all"], 67, 12), ("heads-2016", "present-effective", Agree, 50, 12), // 36, 38, 40
            ("governors-2016", "share-resources", Agree, 97, null), ("governors-2016", "all-contribute", Agree, 94, null), ("governors-2016", "all-gain", Agree, 97, null), // 46, 47
            ("governors-2016", "more-across-area", Agree, 67, null), ("governors-2016", "more-locally", Agree, 69, null), ("governors-2016", "already-locally", Agree, 72, null), // 48, 49
            ("parents-2016", "good-still-learn", Agree, 94, null), ("parents-2016", "good-share-skills", Agree, 93, null), ("parents-2016", "learn-together", Agree, 97, null), // 52, 53, 54
            ("parents-2016", "prepare-moves", Agree, 91, null), ("parents-2016", "help-moves", Agree, 95, null), // 55, 56
            ("parents-2016", "bring-out-best", Agree, 72, null), ("parents-2016", "aim-high", Agree, 73, null), ("parents-2016", "great-opportunity", Agree, 90, null), // 57, 58
        ];
        var rows = ResultRow.All(db, Today).ToList();
        foreach (var (survey, question, answers, share, @base) in report)
        {
            var counted = connection.Query<(string Value, long Count)>("""
                select a.value, count(*) from answer a join survey_question q on q.id = a.question_id join survey s on s.id = a.survey_id
                where s.code = @survey and q.code = @question and a.value <> '' group by a.value
                """, new { survey, question }).ToDictionary(of => of.Value, of => of.Count);
            var (count, of) = (answers.Sum(answer => counted.GetValueOrDefault(answer)), counted.Values.Sum());
            if (@base is not null) of.ShouldBe(@base.Value, question);
            Math.Floor(100m * count / of + 0.5m).ShouldBe(share, $"{survey} {question}: {count} of {of}");
            var told = rows.Single(row => row.Survey == survey && row.Question == question && row.Answer == (answers == Agree ? "agreeing" : string.Join('+', answers)));
            (told.Count, told.Base, told.Share).ShouldBe((count, of, share), question);
            told.Lower!.Value.ShouldBeLessThanOrEqualTo(told.Share!.Value);
            told.Upper!.Value.ShouldBeGreaterThanOrEqualTo(told.Share!.Value);
        }
        // Who is not confident (57): 28% and 27%.
        foreach (var (question, share) in new[] { ("bring-out-best", 28), ("aim-high", 27) })
        {
            var told = rows.Single(row => row.Question == question && row.Answer == "agreeing");
            Math.Floor(100m * (told.Base!.Value - told.Count!.Value) / told.Base.Value + 0.5m).ShouldBe(share);
        }
    }

    [SkippableTheory, Databases]
    public void Fourteen_heads_409_governors_and_1309_parents_have_answered(Database database)
    {
        using var store = TestStore.WithExample(database);
        using var db = store.Open();
        foreach (var (code, count) in new[] { ("heads-2016", 14L), ("governors-2016", 409L), ("parents-2016", 1_309L) })
        {
            var results = SurveyResults.Of(db, db.FindSurvey(code)!, Today, isNamedOfficer: false);
            results.Responses.ShouldBe(count);
            results.IsOut.ShouldBeTrue();
            // Asked and answered, or asked and left out: together they are all.
            foreach (var question in results.Questions.Where(question => question.TakesAnswers))
                if (results.At(question, PlaceKey.Partnership) is { IsShown: true } result) (result.Base + result.Blanks).ShouldBe(count, question.Code);
        }
        using var connection = store.Store.Connect();
        connection.ExecuteScalar<long>("select count(*) from sealed_sheet").ShouldBe(0);
        connection.ExecuteScalar<long>("select count(*) from answer where anonymity = 1 and sheet_key is not null").ShouldBe(0);
    }

    [SkippableTheory, Databases]
    public void The_five_areas_that_governors_named_come_in_the_reports_order(Database database)
    {
        using var store = TestStore.WithExample(database);
        using var db = store.Open();
        ResultRow.All(db, Today).Where(row => row.Question == "top-five").Take(5).Select(row => row.Answer).ShouldBe(["staff-development", "attainment", "vulnerable", "send", "staffing"]);
        using var connection = store.Store.Connect();
        var ranked = connection.Query<string>("select value from answer where question_id = (select id from survey_question where code = 'top-five') and value <> ''").ToList();
        ranked.ShouldAllBe(value => value.Split(' ', StringSplitOptions.None).Distinct().Count() == 5);
        ranked.SelectMany(value => value.Split(' ')).GroupBy(code => code).OrderByDescending(of => of.Count()).Take(5).Select(of => of.Key).ShouldBe(["staff-development", "attainment", "vulnerable", "send", "staffing"]);
    }

    [SkippableTheory, Databases]
    public void The_reasons_that_heads_gave_are_themes_of_what_they_said(Database database)
    {
        using var store = TestStore.WithExample(database);
        using var db = store.Open();
        var rows = ResultRow.All(db, Today).Where(row => row.Survey == "heads-2016").ToList();
        rows.Count(row => row.Question == "why-effective" && row.Answer.Length > 0).ShouldBe(6);
        rows.Count(row => row.Question == "why-not-effective" && row.Answer.Length > 0).ShouldBe(10);
        rows.Count(row => row.Question == "worthwhile" && row.Answer.Length > 0).ShouldBe(6);
        rows.Where(row => row.Question == "why-effective" && row.Answer.Length > 0).ShouldAllBe(row => row.Count >= 1 && row.Base == 12);
        // 39 and 43: the majority.
        rows.Single(row => row.Question == "where-support" && row.Answer == "other-schools").Share!.Value.ShouldBeGreaterThan(50);
        rows.Single(row => row.Question == "how-often" && row.Answer == "half-termly").Share!.Value.ShouldBeGreaterThan(50);
    }

    [SkippableTheory, Databases]
    public void The_store_keeps_what_must_always_hold(Database database)
    {
        using var store = TestStore.WithExample(database);
        using var db = store.Open();
        foreach (var invariant in new Room().Invariants) invariant.Broken(db).ShouldBeEmpty(invariant.Name);
    }

    private static readonly string[] Agree = ["strongly-agree", "agree"];
}
