using Waymark.Data;
using Waymark.Field;
using Waymark.Listening;
using Waymark.Tests.Shared;

namespace Waymark.Tests.Listening;

/// <summary>A survey of parents with one question of each kind, open, with a letter to one parent.</summary>
public sealed record TestSurvey(int Id, string Code, SurveyKeys Keys)
{
    public const string Letter = "amina.khan@example.org";

    public string LetterSecret => Keys.Of(Id).Secret(SurveyLinks.Of(Letter, PlaceKey.Partnership));

    public string NoRemindersSecret => Keys.Of(Id).Secret("no reminders " + SurveyLinks.Of(Letter, PlaceKey.Partnership));

    public string SecretOf(PlaceKey school) => Keys.Of(Id).Secret(SurveyLinks.Of(school));

    public static TestSurvey Open(TestStore store, Anonymity anonymity = Anonymity.Anonymous, string code = "parents-test", DateOnly? closes = null, DateOnly? opened = null)
    {
        using var db = store.Open();
        var survey = new Survey { Code = code, Title = "Moving between schools", Audience = Audience.Parents, Anonymity = anonymity, Languages = "en pl ur", ClosesOn = closes };
        survey.SetText("en", new SurveyText("Moving between schools", "A minute of your time."));
        survey.SetText("pl", new SurveyText("Zmiana szkoły"));
        survey.SetText("ur", new SurveyText("اسکول بدلنا"));
        db.Add(survey);
        db.SaveChanges();
        var position = 0;
        SurveyQuestion Ask(string name, QuestionKind kind, string text, string options = "", int? most = null, string? ifCode = null, string ifValues = "", bool required = false)
        {
            var statement = kind is QuestionKind.Section ? null : new Statement { Code = $"{code}-{name}", Kind = kind, Options = options, Most = most, WordingJson = Wordings.Of("en", new Wording(text)) };
            if (statement is not null) db.Add(statement);
            db.SaveChanges();
            var question = new SurveyQuestion
            {
                SurveyId = survey.Id,
                Position = ++position,
                Code = name,
                Kind = kind,
                StatementId = statement?.Id,
                Options = options,
                Most = most,
                ShownIfCode = ifCode,
                ShownIfValues = ifValues,
                IsRequired = required,
                WordingJson = Wordings.With(Wordings.Of("en", new Wording(text)), "pl", new Wording($"{text} (pl)")),
            };
            db.Add(question);
            return question;
        }
        Ask("about", QuestionKind.Section, "Your child");
        Ask("help-moves", QuestionKind.Agree, "Schools should help children as they move.");
        Ask("moved", QuestionKind.Choice, "Has your child moved school?", "yes no");
        Ask("when", QuestionKind.Date, "When was that?", ifCode: "moved", ifValues: "yes");
        Ask("what", QuestionKind.Section, "What matters");
        Ask("matters", QuestionKind.Several, "What helped?", "visit letter friend", most: 2);
        Ask("first", QuestionKind.Rank, "What matters most?", "teachers friends buildings distance sport food", most: 5);
        Ask("children", QuestionKind.Number, "How many children do you have at school?");
        Ask("words", QuestionKind.Text, "Anything else about {moved}?");
        survey.Open(opened ?? new DateOnly(2016, 1, 4), position);
        db.SaveChanges();
        var keys = new SurveyKeys(new SealKeys(store.Store));
        db.Add(SurveyLinks.Invite(survey, keys.Of(survey.Id), Letter, "", PlaceKey.Partnership));
        db.SaveChanges();
        return new TestSurvey(survey.Id, code, keys);
    }

    /// <summary>A survey that is not open yet, and an open round of interviews.</summary>
    public static (string Draft, string Calls) InPreparation(TestStore store)
    {
        using var db = store.Open();
        foreach (var (code, isInterview) in new[] { ("draft-test", false), ("calls-test", true) })
        {
            var survey = new Survey { Code = code, Title = code, Audience = Audience.Heads, Anonymity = Anonymity.Confidential, IsInterview = isInterview };
            survey.SetText("en", new SurveyText(code));
            if (isInterview) survey.Open(new DateOnly(2016, 12, 1), 1);
            db.Add(survey);
        }
        db.SaveChanges();
        return ("draft-test", "calls-test");
    }

    public void Close(TestStore store)
    {
        using var db = store.Open();
        db.Surveys.First(survey => survey.Id == Id).Close(new DateOnly(2026, 11, 1)).ShouldBeNull();
        db.SaveChanges();
    }

    public IReadOnlyDictionary<string, SurveyQuestion> Questions(TestStore store)
    {
        using var db = store.Open();
        return db.QuestionsOf(Id).ToDictionary(question => question.Code);
    }
}
