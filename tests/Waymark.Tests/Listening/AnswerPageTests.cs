using System.Net;
using System.Net.Http.Headers;
using Dapper;
using Waymark.Data;
using Waymark.Field;
using Waymark.Listening;
using Waymark.Tests.Shared;

namespace Waymark.Tests.Listening;

public sealed class AnswerPageTests
{
    [SkippableTheory, Databases]
    public async Task A_parent_answers_and_is_thanked(Database database)
    {
        using var store = TestStore.On(database);
        var survey = TestSurvey.Open(store);
        await using var host = await WaymarkHost.Serving(store);
        using var parent = host.NewVisitor();
        var start = await parent.Get("/answer/parents-test");
        start.Heading.ShouldBe("Moving between schools");
        start.Text.ShouldContain("This survey is anonymous. Nobody can find out what you answered");
        start.Text.ShouldContain("There are 7 questions.");
        start.Content.Length.ShouldBeLessThan(60_000);

        var first = await parent.Follow(await parent.Submit(start, []));
        first.Heading.ShouldBe("Your child");
        first.All("legend").ShouldBe(["Schools should help children as they move.", "Has your child moved school?"], "when that was is asked only of those whose child has moved");
        first = await parent.Follow(await parent.Submit(first, [("q-help-moves", "strongly-agree"), ("q-moved", "yes")], button: "Continue"));
        first = await parent.Follow(await parent.Submit(first, [], button: "Back"));
        first.All("legend").ShouldBe(["Schools should help children as they move.", "Has your child moved school?", "When was that?"]);
        var wrong = await parent.Submit(first, [("q-when.day", "31"), ("q-when.month", "2"), ("q-when.year", "2016")], button: "Continue");
        wrong.Errors.ShouldBe(["Enter a real date"]);
        wrong.Document.QuerySelector("#q-when-day")!.GetAttribute("value").ShouldBe("31");
        wrong.Document.Title.ShouldStartWith("Error: ");
        var second = await parent.Follow(await parent.Submit(wrong, [("q-when.day", "1"), ("q-when.month", "9"), ("q-when.year", "2015")], button: "Continue"));
        second.Heading.ShouldBe("What matters");
        second.Text.ShouldContain("Anything else about yes?", customMessage: "the answer before is piped into the question");

        wrong = await parent.Submit(second, [("q-matters", "visit"), ("q-matters", "letter"), ("q-matters", "friend"), ("q-first-teachers", "1"), ("q-first-friends", "1"), ("q-children", "two"), ("q-words", new string('x', 2_001))], button: "Send my answers");
        wrong.Errors.ShouldBe(["Choose 2 or fewer", "Use each number from 1 to 5 once, without gaps", "Enter a number", "Your text must be 2000 characters or fewer. You have written 2001."]);
        var thanks = await parent.Follow(await parent.Submit(second, [("q-matters", "visit"), ("q-first-teachers", "1"), ("q-first-sport", "2"), ("q-children", "2"), ("q-words", "A visit is worth more than a letter."), ("q-words-quote", "yes")], button: "Send my answers"));
        thanks.Heading.ShouldBe("Thank you");

        var open = survey.Keys.Of(survey.Id).Open("sheet", One(store))!;
        var content = System.Text.Encoding.UTF8.GetString(open).Trim();
        var questions = survey.Questions(store);
        foreach (var (code, value) in new[] { ("help-moves", "strongly-agree"), ("moved", "yes"), ("when", "2015-09-01"), ("matters", "visit"), ("first", "teachers sport"), ("children", "2"), ("words", "A visit is worth more than a letter.") })
            content.ShouldContain($"\"{questions[code].Id}\":\"{value}\"");
    }

    [SkippableTheory, Databases, Trait("attack", "C10")]
    public async Task Sending_again_and_coming_too_late_are_told_clearly_and_the_first_answer_stays(Database database)
    {
        using var store = TestStore.On(database);
        var survey = TestSurvey.Open(store);
        await using var host = await WaymarkHost.Serving(store);
        using var parent = host.NewVisitor();
        var last = await AnonymityTests.ToLastPage(parent, "/answer/parents-test", survey);
        await parent.Submit(last, [("q-words", "the first")], button: "Send my answers");
        var again = await parent.Follow(await parent.Submit(last, [("q-words", "the second")], button: "Send my answers"));
        again.Text.ShouldContain("Your answers were received before. They count once, and the first ones count.");
        System.Text.Encoding.UTF8.GetString(survey.Keys.Of(survey.Id).Open("sheet", One(store))!).ShouldContain("the first");

        using var late = host.NewVisitor();
        var open = await AnonymityTests.ToLastPage(late, "/answer/parents-test", survey);
        survey.Close(store);
        var refused = await late.Submit(open, [("q-words", "too late")], button: "Send my answers");
        refused.Heading.ShouldBe("This survey has closed");
        One(store).ShouldNotBeNull();
        (await late.Get("/answer/parents-test")).Heading.ShouldBe("This survey has closed");
    }

    [SkippableTheory, Databases, Trait("attack", "C04")]
    public async Task Without_a_ballot_of_this_survey_nothing_is_taken(Database database)
    {
        using var store = TestStore.On(database);
        var survey = TestSurvey.Open(store);
        TestSurvey.Open(store, code: "other-test");
        await using var host = await WaymarkHost.Serving(store);
        using var parent = host.NewVisitor();
        var last = await AnonymityTests.ToLastPage(parent, "/answer/parents-test", survey);
        foreach (var ballot in new[] { null, "", "x", "other" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/answer/parents-test");
            using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = host.Address };
            var cookies = parent.Cookies.GetAllCookies().Where(cookie => !cookie.Name.StartsWith("answer-", StringComparison.Ordinal)).Select(cookie => $"{cookie.Name}={cookie.Value}").ToList();
            var value = ballot == "other" ? Draft.New(survey.Id + 1, PlaceKey.Partnership).Write(survey.Keys.Of(survey.Id + 1)) : ballot;
            if (value is not null) cookies.Add($"answer-{survey.Id}-0={value}");
            request.Headers.Add("Cookie", string.Join("; ", cookies));
            request.Content = new FormUrlEncodedContent(last.Document.QuerySelectorAll("main form input[type=hidden]").Select(field => KeyValuePair.Create(field.GetAttribute("name")!, field.GetAttribute("value")!)).Append(new("go", "next")));
            using var answer = await client.SendAsync(request);
            (await answer.Content.ReadAsStringAsync()).ShouldContain("We could not find your answers");
        }
        using var connection = store.Store.Connect();
        connection.ExecuteScalar<long>("select count(*) from sealed_sheet").ShouldBe(0);
        connection.ExecuteScalar<long>("select count(*) from ballot").ShouldBe(0);
    }

    [SkippableTheory, Databases, Trait("attack", "C01")]
    public async Task The_secret_of_a_letter_is_gone_after_the_first_address(Database database)
    {
        using var store = TestStore.On(database);
        var survey = TestSurvey.Open(store);
        await using var host = await WaymarkHost.Serving(store);
        using var parent = host.NewVisitor();
        var arrived = await parent.Get($"/answer/parents-test/{survey.LetterSecret}");
        arrived.Location!.AbsolutePath.ShouldBe("/answer/parents-test");
        var start = await parent.Follow(arrived);
        var first = await parent.Follow(await parent.Submit(start, []));
        var second = await parent.Follow(await parent.Submit(first, [], button: "Continue"));
        var thanks = await parent.Follow(await parent.Submit(second, [], button: "Send my answers"));
        foreach (var page in new[] { start, first, second, thanks })
        {
            page.Html.ShouldNotContain(survey.LetterSecret);
            page.Html.ShouldNotContain(TestSurvey.Letter);
            page.Address.ToString().ShouldNotContain(survey.LetterSecret);
        }
        parent.Cookies.GetAllCookies().ShouldNotContain(cookie => cookie.Value.Contains(survey.LetterSecret, StringComparison.Ordinal));
        using var again = host.NewVisitor();
        (await again.Get($"/answer/parents-test/{survey.LetterSecret}")).Heading.ShouldBe("This link was used already");
    }

    [SkippableTheory, Databases]
    public async Task Readers_find_their_own_language_first_and_urdu_runs_from_the_right(Database database)
    {
        using var store = TestStore.On(database);
        TestSurvey.Open(store);
        await using var host = await WaymarkHost.Serving(store);
        using var parent = host.NewVisitor();
        parent.Client.DefaultRequestHeaders.AcceptLanguage.Add(new StringWithQualityHeaderValue("pl-PL"));
        var polish = await parent.Get("/answer/parents-test");
        polish.Document.DocumentElement.GetAttribute("lang").ShouldBe("pl");
        polish.Heading.ShouldBe("Zmiana szkoły");
        polish.All(".w-languages a").ShouldBe(["English", "polski", "اردو"]);
        var urdu = await parent.Get("/answer/parents-test?lang=ur");
        (urdu.Document.DocumentElement.GetAttribute("lang"), urdu.Document.DocumentElement.GetAttribute("dir")).ShouldBe(("ur", "rtl"));
        var first = await parent.Follow(await parent.Submit(urdu, []));
        first.Document.DocumentElement.GetAttribute("dir").ShouldBe("rtl");
        first.Document.QuerySelector("label[for=q-help-moves]")!.TextContent.ShouldBe("پوری طرح متفق");
    }

    [SkippableTheory, Databases]
    public async Task A_half_finished_answer_goes_on_on_the_same_device(Database database)
    {
        using var store = TestStore.On(database);
        var survey = TestSurvey.Open(store);
        await using var host = await WaymarkHost.Serving(store);
        using var parent = host.NewVisitor();
        await AnonymityTests.ToLastPage(parent, "/answer/parents-test", survey);
        var back = await parent.Follow(await parent.Submit(await parent.Get("/answer/parents-test"), []));
        back.Document.QuerySelector("#q-help-moves-agree")!.HasAttribute("checked").ShouldBeTrue();
        using var connection = store.Store.Connect();
        connection.ExecuteScalar<long>("select (select count(*) from sealed_sheet) + (select count(*) from ballot) + (select count(*) from sheet)").ShouldBe(0, "nothing of it is kept here");
    }

    [SkippableTheory, Databases]
    public async Task A_schools_link_tells_the_school_and_nobody_else(Database database)
    {
        using var store = TestStore.WithExample(database);
        var survey = TestSurvey.Open(store);
        PlaceKey school;
        using (var db = store.Open()) school = PlaceKey.School(db.Set<Waymark.Schools.School>().First(one => one.Status == Waymark.Schools.SchoolStatus.Open).Urn);
        await using var host = await WaymarkHost.Serving(store);
        using var parent = host.NewVisitor();
        (await parent.Get($"/answer/parents-test/for/{school.Number}/{new string('0', 32)}")).Status.ShouldBe(HttpStatusCode.NotFound);
        var start = await parent.Follow(await parent.Get($"/answer/parents-test/for/{school.Number}/{survey.SecretOf(school)}"));
        start.Text.ShouldContain("Your answers are counted for ");
        var first = await parent.Follow(await parent.Submit(start, []));
        var second = await parent.Follow(await parent.Submit(first, [], button: "Continue"));
        await parent.Submit(second, [], button: "Send my answers");
        System.Text.Encoding.UTF8.GetString(survey.Keys.Of(survey.Id).Open("sheet", One(store))!).ShouldContain($"\"P\":{school.Value},");
    }

    [SkippableTheory, Databases]
    public async Task In_a_survey_with_names_the_name_is_asked_for_and_kept(Database database)
    {
        using var store = TestStore.On(database);
        var survey = TestSurvey.Open(store, Anonymity.Named);
        await using var host = await WaymarkHost.Serving(store);
        using var parent = host.NewVisitor();
        var start = await parent.Get("/answer/parents-test");
        start.Text.ShouldContain("This survey is not anonymous. Your name is kept with your answers.");
        (await parent.Submit(start, [])).Text.ShouldContain("Enter your name");
        var first = await parent.Follow(await parent.Submit(start, [("name", "Amina Khan")]));
        var second = await parent.Follow(await parent.Submit(first, [], button: "Continue"));
        (await parent.Follow(await parent.Submit(second, [], button: "Send my answers"))).Heading.ShouldBe("Thank you");
        using var connection = store.Store.Connect();
        connection.Query<string>("select name from sheet").ShouldBe(["Amina Khan"]);
        connection.ExecuteScalar<long>("select count(*) from answer where sheet_key is not null").ShouldBe(6, "the seventh is asked only of those whose child has moved");
    }

    [SkippableTheory, Databases, Trait("attack", "C08"), Trait("attack", "C09")]
    public async Task Whatever_is_written_is_kept_as_it_is_and_a_file_is_not_taken(Database database)
    {
        using var store = TestStore.On(database);
        var survey = TestSurvey.Open(store);
        await using var host = await WaymarkHost.Serving(store);
        const string Nasty = "=HYPERLINK(\"http://example.org\") <script>alert(1)</script> <svg onload=x> '; drop table answer; -- اردو 👩‍👧 \u202E";
        using var parent = host.NewVisitor();
        var last = await AnonymityTests.ToLastPage(parent, "/answer/parents-test", survey);
        using (var large = new HttpRequestMessage(HttpMethod.Post, "/answer/parents-test"))
        {
            large.Content = new FormUrlEncodedContent(last.Document.QuerySelectorAll("main form input[type=hidden]").Select(field => KeyValuePair.Create(field.GetAttribute("name")!, field.GetAttribute("value")!)).Append(new("go", "next")).Append(new("q-words", new string('a', 1_000_000))));
            (await parent.Send(large)).Errors.ShouldBe(["Your text must be 2000 characters or fewer. You have written 1000000."]);
        }
        using (var file = new HttpRequestMessage(HttpMethod.Post, "/answer/parents-test"))
        {
            var body = new MultipartFormDataContent();
            foreach (var field in last.Document.QuerySelectorAll("main form input[type=hidden]")) body.Add(new StringContent(field.GetAttribute("value")!), field.GetAttribute("name")!);
            body.Add(new StringContent("back"), "go");
            body.Add(new ByteArrayContent([1, 2, 3]), "q-words", "../../../12.jar");
            file.Content = body;
            (await parent.Send(file)).Status.ShouldBe(HttpStatusCode.Redirect);
        }
        (await parent.Submit(last, [("q-words", "NUL \0")], button: "Send my answers")).Status.ShouldBe(HttpStatusCode.BadRequest, "no keyboard writes it and not every database keeps it");
        var thanks = await parent.Follow(await parent.Submit(last, [("q-words", Nasty)], button: "Send my answers"));
        thanks.Heading.ShouldBe("Thank you");
        System.Text.Json.JsonDocument.Parse(survey.Keys.Of(survey.Id).Open("sheet", One(store))!).RootElement.GetProperty("V").GetProperty(survey.Questions(store)["words"].Id.ToString(System.Globalization.CultureInfo.InvariantCulture)).GetString().ShouldBe(Nasty);
    }

    private static byte[] One(TestStore store)
    {
        using var connection = store.Store.Connect();
        return connection.Query<byte[]>("select content from sealed_sheet").Single();
    }
}
