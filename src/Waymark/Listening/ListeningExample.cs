using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Waymark.Clusters;
using Waymark.Data;
using Waymark.Evidence;
using Waymark.Field;

namespace Waymark.Listening;

/// <summary>
/// The example's interviews and surveys of autumn 2016, sheet by sheet from a fixed seed: how many agree is stated for each question (example.json), who they are is drawn.
/// Anonymous sheets are sealed and mixed like those of real people.
/// </summary>
internal static class ListeningExample
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    private sealed record File(IReadOnlyList<Described> Surveys, IReadOnlyDictionary<string, IReadOnlyList<Said>> Texts, IReadOnlyList<Found> Findings);

    private sealed record Found(string Sentence, DateOnly MadeOn, IReadOnlyList<string> Results, Dictionary<string, Resonance> Clusters);

    private sealed record Described(string Code, string Title, Audience Audience, Anonymity Anonymity, bool IsInterview, DateOnly Opened, DateOnly? Closed, string Languages, int? Population, string? PopulationSource,
        int Sheets, bool IsPublic, string? WhatCame, string? Introduction, Dictionary<string, SurveyText>? Words, IReadOnlyList<Asked> Questions);

    private sealed record Asked(string Code, QuestionKind Kind, string? Text, int Base, int Agreeing, int Strong, int NotSure, int? Most, Dictionary<string, string>? Options, string? Sums,
        Dictionary<string, int>? Counts, Dictionary<string, double>? Weights, string? Texts, Dictionary<string, Wording>? Words);

    private sealed record Said(string Theme, double Weight, IReadOnlyList<string> Says);

    public static void Fill(Store store)
    {
        using var stream = typeof(ListeningExample).Assembly.GetManifestResourceStream("Waymark.Listening.example.json")!;
        var file = JsonSerializer.Deserialize<File>(stream, Json)!;
        var keys = new SurveyKeys(new SealKeys(store));
        foreach (var described in file.Surveys)
        {
            using var db = store.Open();
            var (survey, questions) = Make(db, described);
            var schools = db.MemberSchoolsOn(described.Opened).Select(member => member.School).DistinctBy(school => school.Urn).OrderBy(school => school.Urn).ToList();
            var chance = new Random(StableSeed(described.Code));
            // Larger schools give more sheets; a head is interviewed once.
            var places = Enumerable.Range(0, described.Sheets).Select(_ => PlaceKey.School(described.IsInterview ? default : Drawn(schools, school => school.Pupils ?? 100, chance).Urn)).ToList();
            if (described.IsInterview) places = [.. schools.OrderBy(_ => chance.Next()).Take(described.Sheets).Select(school => PlaceKey.School(school.Urn))];
            var values = places.Select(_ => new Dictionary<int, string>()).ToList();
            foreach (var (asked, question) in described.Questions.Zip(questions).Where(of => of.Second.TakesAnswers))
                Answer(asked, question, values, file.Texts, chance);
            Send(store, keys, survey, questions, described.Opened, places, values);
            if (described.Anonymity != Anonymity.Anonymous) Tag(store, questions, file.Texts, described.Questions);
            if (described.Closed is not { } closed) continue;
            survey.Close(closed);
            db.SaveChanges();
            new Mixer(store, keys).MoveOn().GetAwaiter().GetResult();
            if (described.Anonymity == Anonymity.Anonymous) Tag(store, questions, file.Texts, described.Questions);
        }
        Find(store, file.Findings);
    }

    /// <summary>What was heard, put to the clusters at their meetings of the autumn (69 of the report).</summary>
    private static void Find(Store store, IReadOnlyList<Found> findings)
    {
        using var db = store.Open();
        foreach (var found in findings)
        {
            var finding = new Finding { Sentence = found.Sentence, MadeOn = found.MadeOn };
            db.Add(finding);
            db.SaveChanges();
            foreach (var result in found.Results)
                db.Rest(CitableResults.FindingKind, finding.Id.ToString(CultureInfo.InvariantCulture), db.Cite(CitableResults.Kind, result, found.MadeOn) ?? throw new InvalidOperationException($"The example cites {result}, which is no result."));
            db.AddRange(found.Clusters.Select(of => new FindingAnswer { FindingId = finding.Id, ClusterId = db.FindCluster(of.Key)!.Id, Resonance = of.Value, SaidOn = new DateOnly(2016, 10, 20) }));
            db.SaveChanges();
        }
    }

    private static (Survey, IReadOnlyList<SurveyQuestion>) Make(WaymarkDb db, Described described)
    {
        var survey = new Survey
        {
            Code = described.Code,
            Title = described.Title,
            Audience = described.Audience,
            Anonymity = described.Anonymity,
            IsInterview = described.IsInterview,
            Languages = described.Languages,
            ClosesOn = described.Closed,
            Population = described.Population,
            PopulationSource = described.PopulationSource ?? "",
            IsPublic = described.IsPublic,
            WhatCame = described.WhatCame ?? "",
        };
        survey.SetText("en", new SurveyText(described.Title, described.Introduction ?? ""));
        foreach (var (language, text) in described.Words ?? []) survey.SetText(language, text);
        db.Add(survey);
        db.SaveChanges();
        var questions = new List<SurveyQuestion>();
        foreach (var asked in described.Questions)
        {
            var statement = asked.Kind == QuestionKind.Section ? null : db.Statements.FirstOrDefault(one => one.Code == asked.Code);
            var words = new Dictionary<string, Wording>(asked.Words ?? []) { ["en"] = new(asked.Text ?? statement!.Text, Options: asked.Options) };
            var options = string.Join(' ', (asked.Options?.Keys ?? Enumerable.Empty<string>()).Append(asked.Sums ?? "")).Trim();
            var json = Wordings.Write(words.OrderBy(of => of.Key != "en").ToDictionary());
            if (statement is null && asked.Kind != QuestionKind.Section)
            {
                statement = new Statement { Code = asked.Code, Kind = asked.Kind, Options = options, Most = asked.Most, WordingJson = json };
                db.Add(statement);
                db.SaveChanges();
            }
            questions.Add(new SurveyQuestion { SurveyId = survey.Id, Position = questions.Count + 1, Code = asked.Code, Kind = asked.Kind, StatementId = statement?.Id, Options = options, Most = asked.Most, WordingJson = json });
        }
        db.AddRange(questions);
        survey.Open(described.Opened, questions.Count);
        db.SaveChanges();
        return (survey, questions);
    }

    private static void Answer(Asked asked, SurveyQuestion question, List<Dictionary<int, string>> sheets, IReadOnlyDictionary<string, IReadOnlyList<Said>> texts, Random chance)
    {
        var order = Enumerable.Range(0, sheets.Count).ToArray();
        chance.Shuffle(order);
        foreach (var left in order.Skip(asked.Base)) sheets[left][question.Id] = "";
        var answering = order.Take(asked.Base).ToArray();
        switch (asked.Kind)
        {
            case QuestionKind.Agree:
                var disagreeing = asked.Base - asked.Agreeing - asked.NotSure;
                var given = Enumerable.Repeat("strongly-agree", asked.Strong).Concat(Enumerable.Repeat("agree", asked.Agreeing - asked.Strong)).Concat(Enumerable.Repeat(Scale.NotSure, asked.NotSure))
                    .Concat(Enumerable.Repeat("disagree", disagreeing - disagreeing / 4)).Concat(Enumerable.Repeat("strongly-disagree", disagreeing / 4));
                foreach (var (sheet, value) in answering.Zip(given)) sheets[sheet][question.Id] = value;
                break;
            case QuestionKind.Choice or QuestionKind.Number:
                foreach (var (sheet, value) in answering.Zip(asked.Counts!.SelectMany(of => Enumerable.Repeat(of.Key, of.Value)))) sheets[sheet][question.Id] = value;
                break;
            case QuestionKind.Several:
                foreach (var sheet in answering) sheets[sheet][question.Id] = "";
                foreach (var (code, count) in asked.Counts!)
                {
                    // Everybody ticks something: those without a tick come first.
                    foreach (var sheet in answering.OrderBy(sheet => sheets[sheet][question.Id].Length > 0).ThenBy(_ => chance.Next()).Take(count).ToList())
                        sheets[sheet][question.Id] = $"{sheets[sheet][question.Id]} {code}".Trim();
                }
                break;
            case QuestionKind.Rank:
                foreach (var sheet in answering)
                {
                    var left = asked.Weights!.ToList();
                    var chosen = new List<string>();
                    while (chosen.Count < asked.Most)
                    {
                        var next = Drawn(left, of => of.Value, chance);
                        left.Remove(next);
                        chosen.Add(next.Key);
                    }
                    sheets[sheet][question.Id] = string.Join(' ', chosen);
                }
                break;
            case QuestionKind.Text:
                foreach (var (sheet, i) in answering.Select((sheet, i) => (sheet, i)))
                {
                    var left = texts[asked.Texts!].ToList();
                    // Each theme is heard at least once.
                    List<Said> said = i < left.Count ? [left[i]] : [];
                    while (said.Count < 1 + chance.Next(3))
                    {
                        var next = Drawn(left.Except(said).ToList(), of => of.Weight, chance);
                        said.Add(next);
                    }
                    sheets[sheet][question.Id] = string.Join(' ', said.Select(of => of.Says[chance.Next(of.Says.Count)]));
                }
                break;
        }
    }

    private static void Send(Store store, SurveyKeys keys, Survey survey, IReadOnlyList<SurveyQuestion> questions, DateOnly day, List<PlaceKey> places, List<Dictionary<int, string>> values)
    {
        var box = new BallotBox(store, keys);
        var length = BallotBox.LengthOf(questions);
        var texts = questions.Where(question => question.Kind == QuestionKind.Text).Select(question => question.Id).ToList();
        Task.WhenAll(places.Select((place, i) => box.Put(new Submission(survey.Id, survey.Anonymity, $"{survey.Code} {i}", null, place, null, values[i], i % 3 == 0 ? texts : []) { RecordedBy = survey.IsInterview ? 0 : null }, length, day))).GetAwaiter().GetResult();
    }

    /// <summary>The themes are what readers gave to the texts after they had read them.</summary>
    private static void Tag(Store store, IReadOnlyList<SurveyQuestion> questions, IReadOnlyDictionary<string, IReadOnlyList<Said>> texts, IReadOnlyList<Asked> asked)
    {
        using var db = store.Open();
        foreach (var (question, of) in questions.Zip(asked).Where(of => of.Second.Texts is not null))
        {
            var said = texts[of.Texts!];
            var themes = said.Select((one, i) => new Theme { StatementId = question.StatementId!.Value, Label = one.Theme, Position = i + 1 }).ToList();
            db.AddRange(themes);
            db.SaveChanges();
            var quotes = 0;
            foreach (var answer in db.Set<Answer>().AsNoTracking().Where(answer => answer.QuestionId == question.Id && answer.Value != "").AsEnumerable().OrderBy(answer => answer.Value, StringComparer.Ordinal))
            {
                db.AddRange(said.Zip(themes).Where(one => one.First.Says.Any(answer.Value.Contains)).Select(one => new AnswerTheme { AnswerKey = answer.Key, ThemeId = one.Second.Id }));
                db.Add(new TextReading { AnswerKey = answer.Key, Shown = answer.Value, IsQuote = answer.MayQuote && quotes++ < 3 });
            }
            db.SaveChanges();
        }
    }

    private static T Drawn<T>(IReadOnlyList<T> from, Func<T, double> weight, Random chance)
    {
        var at = chance.NextDouble() * from.Sum(weight);
        foreach (var one in from)
        {
            at -= weight(one);
            if (at < 0) return one;
        }
        return from[^1];
    }

    private static int StableSeed(string text) => text.Aggregate(2016, (seed, letter) => unchecked(seed * 31 + letter));
}
