using System.Net;
using System.Text;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Waymark.Data;
using Waymark.Field;
using Waymark.Listening;
using Waymark.Tests.Shared;

namespace Waymark.Tests.Listening;

public sealed class OfficerPageTests
{
    [SkippableTheory, Databases]
    public async Task An_officer_builds_a_survey_opens_it_closes_it_and_reads_the_results(Database database)
    {
        using var store = TestStore.On(database);
        await using var host = await WaymarkHost.Serving(store);
        using var officer = host.NewVisitor(RoleKind.Officer);
        var form = await officer.Get("/surveys/new");
        (await officer.Submit(form, [("Title", ""), ("Code", "A b")])).Errors.ShouldBe(["Enter the survey's title", "The address must be 3 to 40 small letters, digits and hyphens, like parents-2016", "Select who is asked", "Select what people are promised"]);
        (await officer.Submit(form, [("Title", "Staff"), ("Code", "staff-2017"), ("Audience", "Staff"), ("Anonymity", "Anonymous"), ("IsInterview", "true")])).Errors.Single().ShouldStartWith("An interview is not anonymous");
        var questions = await officer.Follow(await officer.Submit(form, [("Title", "Staff"), ("Code", "staff-2017"), ("Audience", "Staff"), ("Anonymity", "Anonymous")]));
        questions.Text.ShouldContain("There is no question yet.");

        var home = await officer.Get("/surveys/staff-2017");
        (await officer.Submit(home, [], "form#open")).Errors.ShouldBe(["Add a question before you open the survey"]);
        var question = await officer.Get("/surveys/staff-2017/questions/new");
        (await officer.Submit(question, [("Kind", "Choice"), ("Name", "X"), ("Text", ""), ("Options", "Only one")])).Errors.Count.ShouldBe(3);
        await officer.Submit(question, [("Kind", "Agree"), ("Name", "enjoy"), ("Text", "I enjoy my work.")]);
        await officer.Submit(await officer.Get("/surveys/staff-2017/questions/new"), [("Kind", "Choice"), ("Name", "stay"), ("Text", "Will you stay next year?"), ("Options", "Yes\nNo\nI do not know"), ("ShownIfCode", "enjoy"), ("ShownIfValues", "Agree, strongly agree")]);
        await officer.Submit(await officer.Get("/surveys/staff-2017/questions/new"), [("Kind", "Matrix"), ("Name", "help"), ("Text", "What helps?"), ("Rows", "Time\nA mentor")]);
        await officer.Submit(await officer.Get("/surveys/staff-2017/questions/new"), [("Kind", "Text"), ("Name", "more"), ("Text", "What else?")]);
        var listed = await officer.Get("/surveys/staff-2017/questions");
        listed.All(".w-questions strong").ShouldBe(["I enjoy my work.", "Will you stay next year?", "What helps?", "Time", "A mentor", "What else?"]);
        listed.Text.ShouldContain("asked if enjoy is agree or strongly-agree");
        using (var db = store.Open()) db.Statements.Select(statement => statement.Code).ToList().ShouldBe(["enjoy", "stay", "help-1", "help-2", "more"], ignoreOrder: true);

        (await officer.Follow(await officer.Submit(await officer.Get("/surveys/staff-2017"), [], "form#open"))).Text.ShouldContain("open, opened on");
        for (var i = 0; i < 12; i++)
        {
            using var teacher = host.NewVisitor();
            var page = await teacher.Follow(await teacher.Submit(await teacher.Get("/answer/staff-2017"), []));
            page.All("h2").ShouldContain("What helps?");
            await teacher.Submit(page, [("q-enjoy", i < 9 ? "agree" : "disagree"), ("q-help-1", "strongly-agree"), ("q-more", $"Text {i} by Jo Smith")], button: "Send my answers");
        }
        (await officer.Get("/surveys/staff-2017/results")).Text.ShouldContain("12 answers came in");
        (await officer.Get("/surveys/staff-2017/results")).Text.ShouldNotContain("75%", Case.Sensitive, "while it runs, no result is shown");
        (await officer.Get("/surveys/staff-2017/texts/more")).Text.ShouldContain("can be read when the survey has closed");
        await officer.Submit(await officer.Get("/surveys/staff-2017"), [], "form#close");
        await host.Services.GetRequiredService<Mixer>().MoveOn();

        var results = await officer.Get("/surveys/staff-2017/results");
        results.Rows("#agreement tbody tr")[0].ShouldStartWith("I enjoy my work. 0% 75% 25% 0% 0% 75% 47 to 91 +50 12 0");
        results.Text.ShouldContain("Fewer than 10 people answered this, so nothing is shown of it.", Case.Sensitive, "nobody answered whether they stay");
        Encoding.UTF8.GetString((await officer.Get("/surveys/staff-2017/results/csv")).Content).ShouldContain("staff-2017,,enjoy,enjoy,staff,agreeing,12,0,9,75");
        foreach (var format in new[] { "pptx", "xlsx" }) (await officer.Get($"/surveys/staff-2017/results/{format}")).Content[..2].ShouldBe("PK"u8.ToArray());
        (await officer.Get("/surveys/staff-2017/results/exe")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await officer.Get("/surveys/staff-2017/links")).Location!.AbsolutePath.ShouldBe("/surveys/staff-2017");

        // A person looks for names, tags and chooses what may be quoted.
        var texts = await officer.Get("/surveys/staff-2017/texts/more");
        await officer.Submit(texts, [("Label", "Recognition")], "form#theme");
        texts = await officer.Get("/surveys/staff-2017/texts/more");
        var first = texts.Document.QuerySelector("form.w-text")!.Id!;
        await officer.Submit(texts, [("shown", "Somebody said thank you"), ("themes", texts.Document.QuerySelector($"#{first} input[name=themes]")!.GetAttribute("value"))], $"form#{first}");
        results = await officer.Get("/surveys/staff-2017/results");
        results.Rows("#more-themes tbody tr").ShouldBe(["Recognition 1 8%"]);
        results.Html.ShouldNotContain("Jo Smith");
    }

    [SkippableTheory, Databases, Trait("attack", "C06"), Trait("attack", "C07")]
    public async Task A_place_with_few_answers_shows_the_next_larger_one_and_says_why(Database database)
    {
        using var store = TestStore.WithExample(database);
        await using var host = await WaymarkHost.Serving(store);
        using var head = host.NewVisitor(RoleKind.Headteacher, PlaceKey.Of(PlaceKind.School, 900101));
        PlaceKey cluster;
        using (var db = store.Open()) cluster = db.Set<Waymark.Clusters.Cluster>().First(one => one.Slug == "harlington-area-schools-trust").Place;
        var seven = await head.Get($"/surveys/heads-2016/results?place={cluster.Value}");
        seven.Text.ShouldContain("has too few answers to show any of them without giving somebody away. All places together is shown instead.");
        seven.Rows("#agreement tbody tr").ShouldContain(row => row.StartsWith("All schools have something to gain from working with other schools. ", StringComparison.Ordinal) && row.Contains("100%"));
        var parents = await head.Get($"/surveys/parents-2016/results?place={cluster.Value}");
        parents.Rows("#agreement tbody tr").Count.ShouldBe(8);
        // Nothing of anybody: no export has a key of a respondent.
        var csv = Encoding.UTF8.GetString((await head.Get("/surveys/parents-2016/results/csv")).Content).Split("\r\n")[0];
        csv.ShouldBe("survey,place,question,statement,respondents,answer,base,blanks,count,share,lower,upper,symbol");
        using var visitor = host.NewVisitor();
        (await visitor.Get("/surveys/parents-2016/results")).Location!.AbsolutePath.ShouldBe("/sign-in");
        var open = await visitor.Get("/answer/parents-2016/results");
        open.Text.ShouldContain("What came of it");
        open.Rows("#agreement tbody tr")[0].ShouldContain("94%");
        (await visitor.Get("/answer/governors-2016/results")).Text.ShouldNotContain("97%");
    }

    [SkippableTheory, Databases]
    public async Task Paper_forms_are_keyed_twice_and_count_when_both_agree(Database database)
    {
        using var store = TestStore.On(database);
        var survey = TestSurvey.Open(store);
        await using var host = await WaymarkHost.Serving(store);
        using var officer = host.NewVisitor(RoleKind.Officer);
        await officer.Submit(await officer.Get("/surveys/parents-test/edit"), [("KeyTwice", "true")]);
        var page = await officer.Get("/surveys/parents-test/key");
        (await officer.Submit(page, [("Number", "")])).Errors.ShouldBe(["Enter the number that is written on the paper form"]);
        (await officer.Follow(await officer.Submit(page, [("Number", "7"), ("q-help-moves", "agree"), ("q-words", "A visit")]))).Text.ShouldContain("Form 7 waits for its second keying");
        (await officer.Submit(page, [("Number", "7"), ("q-help-moves", "disagree"), ("q-words", "A visit")])).Errors.ShouldBe(["The first keying says: Agree. Look at the paper"]);
        (await officer.Follow(await officer.Submit(page, [("Number", "7"), ("q-help-moves", "agree"), ("q-words", "A visit")]))).Text.ShouldContain("Form 7 was counted");
        await officer.Submit(page, [("Number", "7"), ("q-help-moves", "agree"), ("q-words", "A visit")]);
        (await officer.Submit(page, [("Number", "7"), ("q-help-moves", "agree"), ("q-words", "A visit")])).Errors.ShouldBe(["Form 7 was counted before"]);
        using var connection = store.Store.Connect();
        connection.ExecuteScalar<long>("select count(*) from sealed_sheet").ShouldBe(1);
        connection.Query<string>("select body from form_key").ShouldAllBe(body => !body.Contains("A visit"));
        (await officer.Get("/surveys/parents-test/paper")).Text.ShouldContain("This survey is anonymous.");
        (await officer.Get("/surveys/parents-test/paper?lang=ur")).Document.DocumentElement.GetAttribute("dir").ShouldBe("rtl");
    }

    [SkippableTheory, Databases]
    public async Task An_interview_is_recorded_word_by_word_and_coded_later(Database database)
    {
        using var store = TestStore.WithExample(database);
        using (var db = store.Open())
        {
            var survey = new Survey { Code = "calls-2017", Title = "Calls", Audience = Audience.Heads, Anonymity = Anonymity.Confidential, IsInterview = true };
            survey.SetText("en", new SurveyText("Calls"));
            db.Add(survey);
            db.SaveChanges();
            db.Add(new SurveyQuestion { SurveyId = survey.Id, Position = 1, Code = "effective", Kind = QuestionKind.Agree, StatementId = db.Statements.First(one => one.Code == "present-effective").Id, WordingJson = Wordings.Of("en", new Wording("It is effective.")) });
            survey.Open(new DateOnly(2016, 12, 1), 1).ShouldBeNull();
            db.SaveChanges();
        }
        await using var host = await WaymarkHost.Serving(store);
        using var officer = host.NewVisitor(RoleKind.Officer);
        var page = await officer.Get("/surveys/calls-2017/interviews/new");
        (await officer.Submit(page, [("said-effective", "Well, yes and no.")])).Errors.ShouldBe(["Choose the school"]);
        var school = page.Document.QuerySelectorAll("select[name=School] option")[3].GetAttribute("value")!;
        var list = await officer.Follow(await officer.Submit(page, [("School", school), ("said-effective", "Well, yes and no.")]));
        list.Rows("#interviews tbody tr").Single().ShouldEndWith(" 1");
        page = await officer.Get(list.Document.QuerySelector("#interviews a")!.GetAttribute("href")!);
        page.Document.QuerySelector("textarea[name=said-effective]")!.TextContent.ShouldBe("Well, yes and no.");
        list = await officer.Follow(await officer.Submit(page, [("q-effective", "not-sure")]));
        list.Rows("#interviews tbody tr").Single().ShouldEndWith(" 0");
        using var connection = store.Store.Connect();
        connection.Query<(string, string)>("select value, verbatim from answer where verbatim is not null").ShouldBe([("not-sure", "Well, yes and no.")]);
        connection.Query<string>("select after from audit_value where after is not null").ShouldNotContain(text => text.Contains("yes and no"));
        using var head = host.NewVisitor(RoleKind.Headteacher, PlaceKey.Of(PlaceKind.School, 900101));
        (await head.Get("/surveys/calls-2017/interviews")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await head.Get("/surveys/calls-2017/results")).Text.ShouldNotContain("100%");
    }

    [SkippableTheory, Databases, Trait("attack", "C03")]
    public async Task The_promise_is_changed_only_before_the_first_answer(Database database)
    {
        using var store = TestStore.On(database);
        var survey = TestSurvey.Open(store);
        await using var host = await WaymarkHost.Serving(store);
        using var officer = host.NewVisitor(RoleKind.Officer);
        var edit = await officer.Get("/surveys/parents-test/edit");
        await officer.Submit(edit, [("Anonymity", "Confidential")]);
        using (var db = store.Open()) db.FindSurvey("parents-test")!.Anonymity.ShouldBe(Anonymity.Confidential);
        edit = await officer.Get("/surveys/parents-test/edit");
        await officer.Submit(edit, [("Anonymity", "Anonymous")]);
        edit = await officer.Get("/surveys/parents-test/edit");
        using (var parent = host.NewVisitor())
            await parent.Submit(await AnonymityTests.ToLastPage(parent, "/answer/parents-test", survey), [], button: "Send my answers");
        (await officer.Submit(edit, [("Anonymity", "Named")])).Errors.ShouldBe(["Answers were given under the promise that the survey is anonymous. The promise stands"]);
        (await officer.Get("/surveys/parents-test/edit")).Document.QuerySelector("[name=Anonymity]").ShouldBeNull();
        (await officer.Get("/surveys/parents-test/questions")).Text.ShouldContain("its questions stay as they are");
    }

    [SkippableTheory, Databases]
    public async Task Links_have_codes_and_words_are_translated(Database database)
    {
        using var store = TestStore.WithExample(database);
        var survey = TestSurvey.Open(store);
        await using var host = await WaymarkHost.Serving(store);
        using var officer = host.NewVisitor(RoleKind.Officer);
        var links = await officer.Get("/surveys/parents-test/links");
        links.Document.QuerySelector(".w-qr svg path").ShouldNotBeNull();
        links.Document.QuerySelectorAll("#schools tbody tr").Length.ShouldBeGreaterThan(100);
        var schools = await officer.Get(links.Document.QuerySelector("#schools tbody a")!.GetAttribute("href")!);
        schools.Text.ShouldContain("Answers are counted for the school");
        var link = new Uri(schools.All(".w-link")[0]);
        using var parent = host.NewVisitor();
        (await parent.Follow(await parent.Get(link.AbsolutePath))).Text.ShouldContain("Your answers are counted for ");
        var words = await officer.Get("/surveys/parents-test/words/ur");
        await officer.Submit(words, [("title", "اسکول"), ("moved", "کیا آپ کے بچے نے اسکول بدلا؟"), ("moved.yes", "ہاں")]);
        (await officer.Get("/surveys/parents-test/words/ur")).Document.QuerySelector("textarea[name='moved.yes']")!.TextContent.ShouldBe("ہاں");
        (await officer.Get("/surveys/parents-test/words/xx")).Status.ShouldBe(HttpStatusCode.NotFound);
        survey.Code.ShouldBe("parents-test");
    }

    [SkippableTheory, Databases]
    public async Task A_finding_rests_on_results_and_is_put_to_the_clusters(Database database)
    {
        using var store = TestStore.WithExample(database);
        await using var host = await WaymarkHost.Serving(store);
        using var officer = host.NewVisitor(RoleKind.Officer);
        var form = await officer.Get("/surveys/findings/new");
        (await officer.Submit(form, [("Sentence", "")])).Errors.ShouldBe(["Enter the finding", "Choose at least one result that it rests on"]);
        var made = await officer.Follow(await officer.Submit(form, [("Sentence", "Parents want help with moves."), ("Results", "parents-2016/help-moves/agreeing")]));
        made.Rows("#evidence tbody tr").Single().ShouldContain("95% (1,230 of 1,295 parents and carers; 95% interval ");
        PlaceKey dunstable;
        using (var db = store.Open()) dunstable = db.Set<Waymark.Clusters.Cluster>().First(one => one.Slug == "dunstable").Place;
        using var lead = host.NewVisitor(RoleKind.ClusterLead, dunstable);
        var ask = await lead.Get($"{made.Address.AbsolutePath}/clusters/dunstable");
        (await lead.Submit(ask, [])).Errors.ShouldBe(["Select what the cluster says to it"]);
        var answered = await lead.Follow(await lead.Submit(ask, [("Resonance", "Partly"), ("Note", "Not for lower schools.")]));
        answered.Rows("#clusters tbody tr").ShouldContain(row => row.StartsWith("Dunstable Partly", StringComparison.Ordinal) && row.EndsWith("Not for lower schools.", StringComparison.Ordinal));
        (await lead.Get($"{made.Address.AbsolutePath}/clusters/houghton-regis")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await officer.Get("/surveys/findings")).Rows("#findings tbody tr").Count.ShouldBe(4);
        var compare = await officer.Get("/surveys/compare");
        compare.Text.ShouldContain("Sharing skills and resources can help schools to improve");
        compare.Rows("table[id^=differences] tbody tr").ShouldContain(row => row.StartsWith("Headteachers, beside governors and trustees 100% 97%", StringComparison.Ordinal) && row.EndsWith("No difference beyond chance", StringComparison.Ordinal));
    }
}
