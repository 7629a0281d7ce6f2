using System.Globalization;
using Dapper;
using Waymark.Clusters;
using Waymark.Shared.Imports;

namespace Waymark.Listening.Imports;

/// <summary>A survey's structure from LimeSurvey: .lss, .lsa, .lsg, .lsq and tab-separated, of any version. It becomes a survey that is not open yet.</summary>
internal sealed class LimeSurveyImporter : Importer
{
    public override string Reads => "surveys of LimeSurvey (.lss, .lsa, .lsg, tab-separated structure)";

    public override Recognised? Recognise(TabularFile file)
    {
        try
        {
            return LimeSurveyFile.Read(file.Original) is { } survey ? new Recognised("limesurvey", $"A survey from LimeSurvey{(survey.Version.Length > 0 ? $", version {survey.Version}" : "")}", 1_000, survey) : null;
        }
        catch (InvalidDataException exception)
        {
            throw new ImportRefusedException($"{file.Name}, {exception.Message}");
        }
    }

    public override void Stage(TabularFile file, Recognised recognised, ImportRun run)
    {
        var survey = (LimeSurveyFile)recognised.Layout!;
        var made = new LimeSurveyQuestions(survey);
        foreach (var (question, sentence) in made.Lost)
        {
            run.Read();
            run.List(0, $"{question}: {sentence}", "question", question);
        }
        var isAnonymous = survey.Settings.GetValueOrDefault("anonymized") == "Y";
        if (survey.Kind == "Survey" && !isAnonymous) run.Remark("There answers are not anonymous. It was made as a confidential survey; say what people are promised before you open it.");
        var languages = survey.Languages.OrderBy(language => language.Split('-')[0] != "en").Select(language => language.Split('-')[0].ToLowerInvariant()).Distinct().ToList();
        var texts = survey.Texts.GroupBy(text => text.Key.Split('-')[0].ToLowerInvariant()).ToDictionary(of => of.Key, of => new SurveyText(Cut(of.First().Value.Title), of.First().Value.Welcome, of.First().Value.End));
        var title = texts.Values.Select(text => text.Title).FirstOrDefault(text => text.Length > 0) ?? made.Questions.Find(question => question.Kind == QuestionKind.Section)?.Words.Values.First().Text ?? Path.GetFileNameWithoutExtension(file.Name);
        var slug = Cluster.SlugOf(title) is { Length: >= 3 } own ? own[..Math.Min(own.Length, 30)].Trim('-') : "survey";
        var taken = run.Connection.Query<string>("select code from survey", transaction: run.Transaction).ToHashSet();
        var code = slug;
        for (var i = 2; taken.Contains(code) || Survey.CheckCode(code, taken) is not null; i++) code = string.Create(CultureInfo.InvariantCulture, $"{slug}-{i}");
        var words = new Survey { Code = code, Title = title, Audience = Audience.Everybody, Anonymity = Anonymity.Anonymous };
        foreach (var (language, text) in texts) words.SetText(language, text.Title.Length > 0 ? text : text with { Title = title });
        if (texts.Count == 0) words.SetText(languages[0], new SurveyText(title));
        var surveyId = run.Connection.ExecuteScalar<int>("""
            insert into survey (code, title, audience, anonymity, state, is_interview, languages, words_json, population_source, key_twice, is_public, what_came, version, import_id)
            values (@code, @title, @audience, @anonymity, 0, @no, @languages, @WordsJson, '', @no, @no, '', 0, @ImportId) returning id
            """, new { code, title = Cut(title), audience = (int)Audience.Everybody, anonymity = (int)(isAnonymous ? Anonymity.Anonymous : Anonymity.Confidential), no = false, languages = string.Join(' ', languages), words.WordsJson, run.ImportId }, run.Transaction);
        var ids = new Dictionary<string, int>();
        foreach (var (question, i) in made.Questions.Select((question, i) => (question, i)))
        {
            run.Read();
            ids[question.Code] = run.Connection.ExecuteScalar<int>("""
                insert into survey_question (survey_id, position, code, kind, matrix_id, is_required, most, options, shown_if_code, shown_if_values, wording_json, version, import_id)
                values (@surveyId, @position, @Code, @kind, @matrix, @IsRequired, @Most, @Options, @ShownIfCode, @ShownIfValues, @wording, 0, @ImportId) returning id
                """, new
            {
                surveyId,
                position = i + 1,
                question.Code,
                kind = (int)question.Kind,
                matrix = question.Matrix is null ? (int?)null : ids[question.Matrix],
                question.IsRequired,
                question.Most,
                question.Options,
                question.ShownIfCode,
                question.ShownIfValues,
                wording = Wordings.Write(question.Words.GroupBy(of => of.Key.Split('-')[0].ToLowerInvariant()).ToDictionary(of => of.Key, of => of.First().Value)),
                run.ImportId,
            }, run.Transaction);
            run.Kept();
        }
    }

    private static string Cut(string title) => title.ReplaceLineEndings(" ") is var line && line.Length > Survey.LongestTitle ? line[..Survey.LongestTitle] : line;
}
