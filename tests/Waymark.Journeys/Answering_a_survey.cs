using Microsoft.Playwright;
using Waymark.Field;
using Waymark.Listening;
using Waymark.Tests.Shared;

namespace Waymark.Journeys;

/// <summary>Parents answer on a phone, in Polish and in Urdu, also without JavaScript; an officer builds a survey and closes it; an interviewer records a call; a cluster reads results.</summary>
public sealed class Answering_a_survey(Answering_a_survey.WithAnOpenSurvey journey) : IClassFixture<Answering_a_survey.WithAnOpenSurvey>
{
    /// <summary>The example, with a survey of parents that is open in three languages and a round of interviews.</summary>
    public sealed class WithAnOpenSurvey() : Journey(MakeStore)
    {
        private static TestStore MakeStore()
        {
            var store = TestStore.WithExample(Database.Sqlite);
            using var db = store.Open();
            foreach (var (code, of, audience) in new[] { ("parents-2017", "parents-2016", Audience.Parents), ("heads-2017", "heads-2016", Audience.Heads) })
            {
                var before = db.FindSurvey(of)!;
                var survey = new Survey { Code = code, Title = before.Title, Audience = audience, Anonymity = before.Anonymity, IsInterview = before.IsInterview, Languages = before.Languages, WordsJson = before.WordsJson };
                db.Add(survey);
                db.SaveChanges();
                var questions = db.QuestionsOf(before.Id).Select(question => new SurveyQuestion
                {
                    SurveyId = survey.Id,
                    Position = question.Position,
                    Code = question.Code,
                    Kind = question.Kind,
                    StatementId = question.StatementId,
                    Options = question.Options,
                    Most = question.Most,
                    WordingJson = question.WordingJson,
                }).ToList();
                db.AddRange(questions);
                survey.Open(new DateOnly(2016, 12, 1), questions.Count).ShouldBeNull();
                db.SaveChanges();
            }
            return store;
        }
    }

    public static TheoryData<string, string, string, string, string> Languages => new()
    {
        { "en", "ltr", "Start", "Strongly agree", "Send my answers" },
        { "pl", "ltr", "Rozpocznij", "Zdecydowanie się zgadzam", "Wyślij odpowiedzi" },
        { "ur", "rtl", "شروع کریں", "پوری طرح متفق", "میرے جوابات بھیجیں" },
    };

    [SkippableTheory, MemberData(nameof(Languages))]
    public Task A_parent_answers_on_a_phone_without_JavaScript(string language, string direction, string start, string agree, string send) =>
        journey.On($"/answer/parents-2017?lang={language}", (Reader.Phone with { IsOfficer = false }).WithoutJavaScript, async page =>
        {
            (await page.Locator("html").GetAttributeAsync("dir")).ShouldBe(direction);
            (await page.Locator("html").GetAttributeAsync("lang")).ShouldBe(language == "en" ? "en-GB" : language);
            (await page.Locator("#promise").IsVisibleAsync()).ShouldBeTrue("told before the first question");
            await page.GetByRole(AriaRole.Button, new() { Name = start }).ClickAsync();
            for (var pages = 0; pages < 3; pages++)
            {
                // A screen reader hears the statement with each answer: every set of answers has its name.
                foreach (var set in await page.Locator("fieldset").AllAsync())
                {
                    (await set.Locator("legend").InnerTextAsync()).Trim().Length.ShouldBeGreaterThan(10);
                    await set.GetByLabel(agree, new() { Exact = true }).CheckAsync();
                }
                (await page.ContentAsync()).Length.ShouldBeLessThan(60_000);
                (await page.EvaluateAsync<bool>("document.documentElement.scrollWidth <= innerWidth")).ShouldBeTrue("fits the phone");
                await page.Locator("button[value=next]").ClickAsync();
            }
            send.Length.ShouldBeGreaterThan(3);
            (await page.Locator("button[value=another]").IsVisibleAsync()).ShouldBeTrue("the answers were received");
        });

    [SkippableTheory, InlineData("en"), InlineData("ur")]
    public Task Every_page_of_it_is_accessible(string language) => journey.On($"/answer/parents-2017?lang={language}", Reader.Phone with { IsOfficer = false }, async page =>
    {
        await page.ShouldBeAccessible();
        await page.Locator("button[value=start]").ClickAsync();
        await page.ShouldBeAccessible();
        // What was begun goes on later on the same device.
        await page.Locator("input[type=radio]").Nth(1).CheckAsync();
        await page.Locator("button[value=next]").ClickAsync();
        await page.GotoAsync("/answer/parents-2017");
        await page.Locator("button[value=start]").ClickAsync();
        (await page.Locator("input[type=radio]").Nth(1).IsCheckedAsync()).ShouldBeTrue();
    });

    [SkippableTheory, Readers]
    public Task An_officer_builds_a_survey_opens_it_and_closes_it(Reader reader) => journey.On("/surveys/new", reader, async page =>
    {
        var code = $"staff-{reader.Width}-{(reader.JavaScript ? "js" : "no")}-{(reader.Pointer ? "pointer" : "keys")}";
        await reader.Types(page.GetByLabel("Title"), "Staff of our schools");
        await reader.Types(page.GetByLabel("Address"), code);
        await reader.Presses(page.GetByLabel("Staff", new() { Exact = true }));
        await reader.Presses(page.GetByLabel("Anonymous"));
        await reader.Follows(page.GetByRole(AriaRole.Button, new() { Name = "Make the survey" }));
        if (reader.JavaScript) await page.ShouldBeAccessible();
        await page.GotoAsync($"/surveys/{code}/questions/new");
        await reader.Presses(page.GetByLabel("Agree or disagree"));
        await reader.Types(page.GetByLabel("Name", new() { Exact = true }), "enjoy");
        await reader.Types(page.GetByLabel("Question or statement"), "I enjoy my work.");
        if (reader.JavaScript) await page.ShouldBeAccessible();
        await reader.Follows(page.GetByRole(AriaRole.Button, new() { Name = "Save" }));
        await page.GotoAsync($"/surveys/{code}");
        await reader.Follows(page.GetByRole(AriaRole.Button, new() { Name = "Open the survey" }));
        await page.GetByText("The survey is open").First.WaitForAsync();
        if (reader.JavaScript) await page.ShouldBeAccessible();
        await page.GotoAsync($"/surveys/{code}/links");
        (await page.GetByRole(AriaRole.Img, new() { Name = "QR code of the link" }).IsVisibleAsync()).ShouldBeTrue();
        await page.GotoAsync($"/surveys/{code}");
        await reader.Follows(page.GetByRole(AriaRole.Button, new() { Name = "Close the survey" }));
        await page.GetByText("The survey is closed").First.WaitForAsync();
    });

    [SkippableTheory, Readers]
    public Task An_interviewer_writes_down_what_a_head_says(Reader reader) => journey.On("/surveys/heads-2017/interviews/new", reader, async page =>
    {
        if (reader.JavaScript) await page.ShouldBeAccessible();
        await page.GetByLabel("School", new() { Exact = true }).SelectOptionAsync(new SelectOptionValue { Index = 5 });
        await reader.Presses(page.GetByRole(AriaRole.Group, new() { Name = "All schools have something to gain" }).GetByLabel("Agree", new() { Exact = true }));
        await reader.Types(page.Locator("#said-all-gain"), "We gained a lot from moderation.");
        await reader.Follows(page.GetByRole(AriaRole.Button, new() { Name = "Save the interview" }));
        await page.GetByText("The interview was saved").WaitForAsync();
    });

    [SkippableTheory, Readers]
    public Task A_cluster_reads_the_results(Reader reader) => journey.On("/surveys/parents-2016/results", reader, async page =>
    {
        (await page.Locator("#agreement tbody tr").First.InnerTextAsync()).ShouldContain("94%");
        if (reader.JavaScript)
        {
            await page.Locator("#agreement-chart svg").WaitForAsync();
            await page.ShouldBeAccessible();
        }
        await page.GotoAsync("/surveys/findings");
        await reader.Follows(page.GetByRole(AriaRole.Link, new() { Name = "Children need more help as they move between schools." }));
        (await page.Locator("#clusters").InnerTextAsync()).ShouldContain("It resonates");
    });
}
