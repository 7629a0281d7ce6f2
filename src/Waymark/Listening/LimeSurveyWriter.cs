using System.Globalization;
using System.Xml;

namespace Waymark.Listening;

/// <summary>A survey's structure as LimeSurvey reads it (.lss, version 495 of its tables). Made from its public format.</summary>
public static class LimeSurveyWriter
{
    public static byte[] Write(Survey survey, IReadOnlyList<SurveyQuestion> questions)
    {
        using var output = new MemoryStream();
        using (var xml = XmlWriter.Create(output, new XmlWriterSettings { Indent = true }))
        {
            xml.WriteStartElement("document");
            xml.WriteElementString("LimeSurveyDocType", "Survey");
            xml.WriteElementString("DBVersion", "495");
            xml.WriteStartElement("languages");
            foreach (var language in survey.LanguageList) xml.WriteElementString("language", language);
            xml.WriteEndElement();
            var (groups, groupWords, heads, parts, words, answers, answerWords) = (new List<Row>(), new List<Row>(), new List<Row>(), new List<Row>(), new List<Row>(), new List<Row>(), new List<Row>());
            var attributes = new List<Row>();
            var group = 0;
            foreach (var question in questions)
            {
                if (question.Kind == QuestionKind.Section || group == 0)
                {
                    group++;
                    groups.Add(new() { ["gid"] = group, ["sid"] = survey.Id, ["group_order"] = group, ["grelevance"] = "1" });
                    groupWords.AddRange(survey.LanguageList.Select(language => new Row { ["id"] = 0, ["gid"] = group, ["group_name"] = question.Kind == QuestionKind.Section ? question.In(language).Text : survey.TextIn(language).Title, ["description"] = question.Kind == QuestionKind.Section ? question.In(language).Help : "", ["language"] = language }));
                    if (question.Kind == QuestionKind.Section) continue;
                }
                var isRow = question.MatrixId is not null;
                (isRow ? parts : heads).Add(new()
                {
                    ["qid"] = question.Id,
                    ["parent_qid"] = question.MatrixId ?? 0,
                    ["sid"] = survey.Id,
                    ["gid"] = group,
                    ["type"] = TypeOf(question, questions),
                    ["title"] = isRow ? $"SQ{question.Position:000}" : CodeOf(question.Code),
                    ["mandatory"] = question.IsRequired ? "Y" : "N",
                    ["other"] = "N",
                    ["question_order"] = question.Position,
                    ["scale_id"] = 0,
                    ["relevance"] = Condition(question, questions),
                });
                words.AddRange(survey.LanguageList.Select(language => new Row { ["id"] = 0, ["qid"] = question.Id, ["question"] = question.In(language).Text, ["help"] = question.In(language).Help, ["language"] = language }));
                if (question.Most is { } most && question.Kind is QuestionKind.Rank or QuestionKind.Several) attributes.Add(new() { ["qid"] = question.Id, ["attribute"] = "max_answers", ["value"] = question.Most!, ["language"] = "" });
                // A table's answers stand with its heading.
                var options = question.Kind == QuestionKind.Matrix ? questions.FirstOrDefault(row => row.MatrixId == question.Id) : isRow ? null : question;
                foreach (var (option, i) in (options?.OptionList ?? []).Select((option, i) => (option, i + 1)))
                {
                    var id = question.Id * 100 + i;
                    if (question.Kind == QuestionKind.Several)
                    {
                        parts.Add(new() { ["qid"] = 1_000_000 + id, ["parent_qid"] = question.Id, ["sid"] = survey.Id, ["gid"] = group, ["type"] = "T", ["title"] = CodeOf(option), ["mandatory"] = "N", ["other"] = "N", ["question_order"] = i, ["scale_id"] = 0, ["relevance"] = "1" });
                        words.AddRange(survey.LanguageList.Select(language => new Row { ["id"] = 0, ["qid"] = 1_000_000 + id, ["question"] = options!.In(language).Options![option], ["help"] = "", ["language"] = language }));
                        continue;
                    }
                    answers.Add(new() { ["aid"] = id, ["qid"] = question.Id, ["code"] = string.Create(CultureInfo.InvariantCulture, $"A{i}"), ["sortorder"] = i, ["assessment_value"] = 0, ["scale_id"] = 0 });
                    answerWords.AddRange(survey.LanguageList.Select(language => new Row { ["id"] = 0, ["aid"] = id, ["answer"] = options!.In(language).Options![option], ["language"] = language }));
                }
            }
            foreach (var (name, rows) in new[] { ("answers", answers), ("answer_l10ns", answerWords), ("groups", groups), ("group_l10ns", groupWords), ("questions", heads), ("subquestions", parts), ("question_l10ns", words), ("question_attributes", attributes) }) Table(xml, name, rows);
            Table(xml, "surveys", [new() { ["sid"] = survey.Id, ["anonymized"] = survey.Anonymity == Anonymity.Anonymous ? "Y" : "N", ["format"] = "G", ["language"] = survey.LanguageList[0], ["additional_languages"] = string.Join(' ', survey.LanguageList.Skip(1)), ["ipaddr"] = "N", ["datestamp"] = "N" }]);
            Table(xml, "surveys_languagesettings", [.. survey.LanguageList.Select(language => new Row { ["surveyls_survey_id"] = survey.Id, ["surveyls_language"] = language, ["surveyls_title"] = survey.TextIn(language).Title, ["surveyls_welcometext"] = survey.TextIn(language).Introduction, ["surveyls_endtext"] = survey.TextIn(language).Thanks })]);
            xml.WriteEndElement();
        }
        return output.ToArray();
    }

    private sealed class Row : Dictionary<string, object>;

    private static void Table(XmlWriter xml, string name, IReadOnlyList<Row> rows)
    {
        if (rows.Count == 0) return;
        xml.WriteStartElement(name);
        xml.WriteStartElement("fields");
        foreach (var field in rows[0].Keys) xml.WriteElementString("fieldname", field);
        xml.WriteEndElement();
        xml.WriteStartElement("rows");
        foreach (var row in rows)
        {
            xml.WriteStartElement("row");
            foreach (var (field, value) in row)
            {
                xml.WriteStartElement(field);
                // LimeSurvey shows texts as HTML.
                xml.WriteCData(field is "question" or "help" or "answer" or "group_name" or "description" or "surveyls_welcometext" or "surveyls_endtext" ? System.Net.WebUtility.HtmlEncode((string)value) : Convert.ToString(value, CultureInfo.InvariantCulture)!.Replace("]]>", "", StringComparison.Ordinal));
                xml.WriteEndElement();
            }
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static string TypeOf(SurveyQuestion question, IReadOnlyList<SurveyQuestion> all) => question.MatrixId is not null ? "T" : question.Kind switch
    {
        QuestionKind.Agree or QuestionKind.Choice => "L",
        QuestionKind.Several => "M",
        QuestionKind.Rank => "R",
        QuestionKind.Number => "N",
        QuestionKind.Date => "D",
        QuestionKind.Matrix => all.FirstOrDefault(row => row.MatrixId == question.Id)?.Kind switch { QuestionKind.Text => "Q", QuestionKind.Number => "K", _ => "F" },
        _ => "T",
    };

    /// <summary>Names there are letters and digits.</summary>
    private static string CodeOf(string code) => new([.. code.Where(char.IsAsciiLetterOrDigit).Take(20)]);

    /// <summary>Answers' codes are short there, so they are numbered.</summary>
    private static string Condition(SurveyQuestion question, IReadOnlyList<SurveyQuestion> all) => question.ShownIfCode is null || all.FirstOrDefault(other => other.Code == question.ShownIfCode) is not { } on ? "1"
        : $"({string.Join(" or ", question.ShownIfValues.Split(' ').Select(value => string.Create(CultureInfo.InvariantCulture, $"{CodeOf(on.Code)}.NAOK == \"A{on.OptionList.ToList().IndexOf(value) + 1}\"")))})";
}
