using Dapper;
using Waymark.Data;
using Waymark.Field;
using Waymark.Listening;
using Waymark.Shared.Imports;
using Waymark.Tests.Shared;

namespace Waymark.Tests.Listening;

public sealed class LimeSurveyTests
{
    private static string Folder => Path.Combine(Path.GetDirectoryName(SharedData.File("ks2_raw_format/2016-2017_850_ks2final.csv"))!, "../../interchange/limesurvey");

    private static ImportDesk Desk(TestStore store) => new(store.Store, Waymark.Shared.Room.All.SelectMany(room => room.Importers), new LocalClock(TimeProvider.System));

    [SkippableFact]
    public void Every_version_is_read_and_each_question_is_kept_or_listed()
    {
        using var store = TestStore.On(Database.Sqlite);
        var desk = Desk(store);
        var files = Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith("SOURCE.txt", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList();
        files.Count.ShouldBe(34);
        foreach (var file in files)
        {
            var outcome = desk.Stage(Path.GetFileName(file), File.ReadAllBytes(file));
            outcome.Refused.ShouldBeFalse($"{file}: {string.Join("; ", outcome.Notes.Where(note => note.Kind == NoteKind.Fault).Select(note => note.Sentence))}");
            if (outcome.AlreadyHere) continue;
            desk.Publish(outcome.Import.Id).ShouldBeNull();
        }
        using var db = store.Open();
        db.Surveys.Count().ShouldBeGreaterThan(28);
        foreach (var survey in db.Surveys.ToList())
        {
            survey.State.ShouldBe(SurveyState.Draft);
            var questions = db.QuestionsOf(survey.Id);
            // What was made can be asked.
            foreach (var question in questions) question.In(survey.LanguageList[0]).Text.ShouldNotBeNull();
            new SurveyForm(questions).Pages.ShouldNotBeEmpty(survey.Title);
            questions.SelectMany(question => Wordings.Read(question.WordingJson).Values).ShouldAllBe(words => !words.Text.Contains("<p>", StringComparison.OrdinalIgnoreCase) && !words.Text.Contains("<script", StringComparison.OrdinalIgnoreCase));
        }
        var sample = db.Surveys.First(survey => survey.Title.StartsWith("Sample LimeSurvey"));
        db.QuestionsOf(sample.Id).Select(question => question.Kind).Distinct().ShouldBe([QuestionKind.Section, QuestionKind.Choice, QuestionKind.Several, QuestionKind.Text, QuestionKind.Number, QuestionKind.Date, QuestionKind.Rank, QuestionKind.Matrix], ignoreOrder: true);
        db.Surveys.ShouldContain(survey => survey.Languages.Contains("fr") && survey.Languages.Contains("de") && survey.Languages.Contains("it"));
    }

    [SkippableTheory, Databases, Trait("attack", "C12")]
    public async Task Markup_in_a_survey_file_is_shown_as_text_and_a_survey_can_be_taken_back(Database database)
    {
        using var store = TestStore.On(database);
        var desk = Desk(store);
        var outcome = desk.Stage("evil.lss", System.Text.Encoding.UTF8.GetBytes(Evil("")));
        outcome.Refused.ShouldBeFalse(string.Join("; ", outcome.Notes.Select(note => note.Sentence)));
        outcome.Notes.ShouldContain(note => note.Sentence.Contains("sending a file has no counterpart", StringComparison.Ordinal));
        using (var db = store.Open()) db.Surveys.ShouldBeEmpty("nobody sees what is not confirmed");
        desk.Publish(outcome.Import.Id).ShouldBeNull();
        await using var host = await WaymarkHost.Serving(store);
        using var officer = host.NewVisitor(RoleKind.Officer);
        foreach (var page in new[] { "/surveys", $"/surveys/{Code(store)}/questions", $"/imports/{outcome.Import.Id}" })
        {
            var answer = await officer.Get(page);
            answer.Html.ShouldNotContain("<script>alert", Case.Insensitive, page);
            answer.Html.ShouldNotContain("<img src=x", Case.Insensitive, page);
        }
        (await officer.Get($"/surveys/{Code(store)}/questions")).All(".w-questions strong").ShouldBe(["Group", "Pick one"]);
        (await officer.Follow(await officer.Submit(await officer.Get($"/surveys/{Code(store)}"), [], "form#open"))).Text.ShouldContain("open, opened on");
        using (var db = store.Open()) db.Statements.Count().ShouldBe(1);
    }

    [Fact]
    public void Entities_that_grow_and_files_from_elsewhere_are_not_read()
    {
        using var store = TestStore.On(Database.Sqlite);
        var outcome = Should.Throw<ImportRefusedException>(() => Desk(store).Stage("bomb.lss", System.Text.Encoding.UTF8.GetBytes(Evil("<!DOCTYPE document [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>"))));
        outcome.Message.ShouldContain("the XML cannot be read here");
    }

    private static string Code(TestStore store)
    {
        using var connection = store.Store.Connect();
        return connection.Query<string>("select code from survey").Single();
    }

    private static string Evil(string doctype) => $"""
        <?xml version="1.0" encoding="UTF-8"?>
        {doctype}
        <document><LimeSurveyDocType>Survey</LimeSurveyDocType><DBVersion>177</DBVersion><languages><language>en</language></languages>
        <groups><rows><row><gid>1</gid><group_name><![CDATA[Group<script>alert(1)</script>]]></group_name><group_order>0</group_order><language>en</language></row></rows></groups>
        <questions><rows>
        <row><qid>1</qid><gid>1</gid><parent_qid>0</parent_qid><type>L</type><title><![CDATA[q1<img src=x onerror=alert(1)>]]></title><question><![CDATA[<b>Pick</b> one]]></question><question_order>0</question_order><language>en</language><mandatory>N</mandatory></row>
        <row><qid>2</qid><gid>1</gid><parent_qid>0</parent_qid><type>|</type><title><![CDATA[<script>alert(2)</script>]]></title><question>File</question><question_order>1</question_order><language>en</language></row>
        </rows></questions>
        <answers><rows><row><qid>1</qid><code><![CDATA[a"><script>]]></code><answer><![CDATA[<script>alert(3)</script>One]]></answer><sortorder>0</sortorder><language>en</language></row><row><qid>1</qid><code>b</code><answer>Two</answer><sortorder>1</sortorder><language>en</language></row></rows></answers>
        <surveys><rows><row><sid>1</sid><anonymized>Y</anonymized></row></rows></surveys>
        <surveys_languagesettings><rows><row><surveyls_language>en</surveyls_language><surveyls_title><![CDATA[A survey <img src=x onerror=alert(4)>]]></surveyls_title></row></rows></surveys_languagesettings>
        </document>
        """;
}
