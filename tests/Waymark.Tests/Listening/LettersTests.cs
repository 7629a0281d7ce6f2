using System.Net;
using Dapper;
using Waymark.Data;
using Waymark.Field;
using Waymark.Listening;
using Waymark.Shared.Mail;
using Waymark.Tests.Shared;

namespace Waymark.Tests.Listening;

public sealed class LettersTests
{
    [SkippableTheory, Databases]
    public async Task Reminders_go_to_those_only_who_have_not_answered_and_one_press_ends_them(Database database)
    {
        using var store = TestStore.On(database);
        var survey = TestSurvey.Open(store);
        await using var host = await WaymarkHost.Serving(store);
        using var officer = host.NewVisitor(RoleKind.Officer);
        var page = await officer.Get("/surveys/parents-test/letters");
        (await officer.Submit(page, [("People", "not an address")], "form#invite")).Errors.ShouldBe(["Line 1: ‘not an address’ is no e-mail address, like name@example.org"]);
        (await officer.Submit(page, [("People", "ada@example.org, Ada, 999999")], "form#invite")).Errors.ShouldBe(["Line 1: no school here has the URN 999999"]);
        await officer.Submit(page, [("People", "ada@example.org, Ada Byron\nbela@example.org\ncarl@example.org\nada@example.org")], "form#invite");
        var letters = Letters(store);
        letters.Select(letter => letter.Recipient).Order().ShouldBe(["ada@example.org", "bela@example.org", "carl@example.org"]);
        letters.ShouldAllBe(letter => letter.Body.Contains("This survey is anonymous.") && letter.Unsubscribe!.Contains("/answer/parents-test/no-reminders/"));

        // Ada answers by her own link; Bela presses her mail program's button, which knows neither cookie nor token.
        var link = letters.Single(letter => letter.Recipient == "ada@example.org").Body.Split('\n').Single(line => line.StartsWith("http", StringComparison.Ordinal) && !line.Contains("no-reminders"));
        using (var ada = host.NewVisitor())
            await ada.Submit(await AnonymityTests.ToLastPage(ada, new Uri(link).AbsolutePath, survey), [], button: "Send my answers");
        using (var program = new HttpClient())
        {
            var address = new Uri(host.Address, new Uri(letters.Single(letter => letter.Recipient == "bela@example.org").Unsubscribe!).AbsolutePath);
            using var seen = await program.GetAsync(address);
            (await seen.Content.ReadAsStringAsync()).ShouldContain("Do you want no more reminders?", Case.Sensitive, "a program that follows every link changes nothing");
            using var wrong = await program.PostAsync(address, new FormUrlEncodedContent([]));
            wrong.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            using var press = await program.PostAsync(new Uri(address, "?handler=press"), new FormUrlEncodedContent([]));
            press.StatusCode.ShouldBe(HttpStatusCode.BadRequest, "the page's own button sends its token");
            using var done = await program.PostAsync(address, new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]));
            done.StatusCode.ShouldBe(HttpStatusCode.OK);
            using var other = await program.PostAsync(new Uri(host.Address, $"/answer/parents-test/no-reminders/{new string('0', 32)}"), new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]));
            other.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }
        (await officer.Get("/surveys/parents-test/letters")).Document.QuerySelector("form#remind").ShouldBeNull("not within three days of the letter");
        host.Time.Advance(TimeSpan.FromDays(4));
        await officer.Submit(await officer.Get("/surveys/parents-test/letters"), [], "form#remind");
        Letters(store).Where(letter => letter.Subject.StartsWith("Reminder: ", StringComparison.Ordinal)).Select(letter => letter.Recipient).ShouldBe(["carl@example.org"]);
        (await officer.Get("/surveys/parents-test/letters")).Text.ShouldContain("4 are invited, 1 have answered.");
    }

    [SkippableTheory, Databases]
    public async Task A_survey_goes_out_to_other_programs_and_comes_back(Database database)
    {
        using var store = TestStore.WithExample(database);
        TestSurvey.Open(store);
        await using var host = await WaymarkHost.Serving(store);
        using var officer = host.NewVisitor(RoleKind.Officer);
        var lss = (await officer.Get("/surveys/parents-test/files/survey.lss")).Content;
        var desk = new Waymark.Shared.Imports.ImportDesk(store.Store, Waymark.Shared.Room.All.SelectMany(room => room.Importers), new LocalClock(TimeProvider.System));
        var outcome = desk.Stage("parents.lss", lss);
        outcome.Refused.ShouldBeFalse(string.Join("; ", outcome.Notes.Select(note => note.Sentence)));
        desk.Publish(outcome.Import.Id).ShouldBeNull();
        using var db = store.Open();
        var back = db.Surveys.Single(survey => survey.ImportId == outcome.Import.Id);
        back.Anonymity.ShouldBe(Anonymity.Anonymous);
        back.Languages.ShouldBe("en pl ur");
        db.QuestionsOf(back.Id).Select(question => question.Kind).ShouldBe([QuestionKind.Section, QuestionKind.Choice, QuestionKind.Choice, QuestionKind.Date, QuestionKind.Section, QuestionKind.Several, QuestionKind.Rank, QuestionKind.Number, QuestionKind.Text]);
        db.QuestionsOf(back.Id).Select(question => question.Text).ShouldContain("Has your child moved school?");
        db.QuestionsOf(back.Id).Single(question => question.Code == "when").ShownIfCode.ShouldBe("moved");
        System.Text.Encoding.UTF8.GetString((await officer.Get("/surveys/parents-test/files/codebook.csv")).Content).ShouldContain("moved,choice,Has your child moved school?,yes,yes,");
        (await officer.Get("/surveys/parents-test/files/answers.csv")).Status.ShouldBe(HttpStatusCode.NotFound, "an anonymous survey has no sheets");
        var heads = System.Text.Encoding.UTF8.GetString((await officer.Get("/surveys/heads-2016/files/answers.csv")).Content).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        heads.Length.ShouldBe(15);
        heads[0].ShouldStartWith("day,urn,school,all_gain,");
        (await officer.Get("/surveys/heads-2016/files/answers.xlsx")).Content[..2].ShouldBe("PK"u8.ToArray());
    }

    private static List<OutboxMail> Letters(TestStore store)
    {
        using var db = store.Open();
        return [.. db.Outbox];
    }
}
