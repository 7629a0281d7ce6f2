using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;

namespace Waymark.Listening.Imports;

/// <summary>A question of a LimeSurvey file, with its words by language. Groups are questions of type "GROUP".</summary>
internal sealed record LimeQuestion(string Id, string Type, string Title, string Relevance, bool IsMandatory, bool HasOther, IReadOnlyDictionary<string, (string Text, string Help)> Words)
{
    /// <summary>Rows (and for some types columns) of the question.</summary>
    public List<(string Code, int Scale, Dictionary<string, string> Words)> Parts { get; } = [];
    public List<(string Code, int Scale, Dictionary<string, string> Words)> Answers { get; } = [];
    public Dictionary<string, string> Attributes { get; } = [];
}

/// <summary>What stands in a LimeSurvey file of whatever version: its own tables, whether they carry words beside each row (before version 400) or in tables of their own.</summary>
internal sealed partial record LimeSurveyFile(string Kind, string Version, IReadOnlyDictionary<string, string> Settings, IReadOnlyList<string> Languages, IReadOnlyDictionary<string, (string Title, string Welcome, string End)> Texts, IReadOnlyList<LimeQuestion> Questions)
{
    private const int LongestText = 20_000_000;

    private static readonly XmlReaderSettings Safe = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = LongestText, MaxCharactersFromEntities = 1_000 };

    /// <summary>The structure within the bytes of an .lss, .lsg or .lsq, of the .lss in an .lsa, or of a tab-separated export; null where they are none.</summary>
    /// <exception cref="InvalidDataException">It is one, and cannot be read.</exception>
    public static LimeSurveyFile? Read(byte[] content)
    {
        if (content is [(byte)'P', (byte)'K', ..]) return StructureOf(content) is { } inner ? Read(inner) : null;
        var start = Encoding.UTF8.GetString(content, 0, Math.Min(content.Length, 1_000));
        if (start.Contains("<LimeSurveyDocType>", StringComparison.Ordinal)) return OfXml(content);
        return start.TrimStart('\uFEFF').StartsWith("id\trelated_id\tclass\ttype/scale\tname", StringComparison.Ordinal) || start.TrimStart('\uFEFF').StartsWith("class\ttype/scale\tname", StringComparison.Ordinal) ? OfTable(content) : null;
    }

    private static byte[]? StructureOf(byte[] archive)
    {
        try
        {
            using var zip = new ZipArchive(new MemoryStream(archive));
            if (zip.Entries.FirstOrDefault(entry => entry.FullName.EndsWith(".lss", StringComparison.OrdinalIgnoreCase)) is not { Length: < LongestText } entry) return null;
            using var content = entry.Open();
            using var bytes = new MemoryStream();
            content.CopyTo(bytes);
            return bytes.ToArray();
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private static LimeSurveyFile OfXml(byte[] content)
    {
        var (tables, kind, version, languages) = Tables(content);
        List<Dictionary<string, string>> Of(string table) => tables.GetValueOrDefault(table) ?? [];
        var questionWords = Of("question_l10ns").ToLookup(row => row.GetValueOrDefault("qid", ""));
        var answerWords = Of("answer_l10ns").ToLookup(row => row.GetValueOrDefault("aid", ""));
        var groupWords = Of("group_l10ns").ToLookup(row => row.GetValueOrDefault("gid", ""));
        var first = languages.FirstOrDefault() ?? Of("surveys_languagesettings").Select(row => row.GetValueOrDefault("surveyls_language", "")).FirstOrDefault() ?? "en";
        string LanguageOf(Dictionary<string, string> row) => row.GetValueOrDefault("language") is { Length: > 0 } language ? language : first;
        var questions = new List<LimeQuestion>();
        foreach (var group in Of("groups").GroupBy(row => row.GetValueOrDefault("gid", "")).OrderBy(rows => Number(rows.First(), "group_order")))
        {
            var words = (groupWords[group.Key].Any() ? groupWords[group.Key] : group).DistinctBy(LanguageOf).ToDictionary(LanguageOf, row => (Plain(row.GetValueOrDefault("group_name", "")), Plain(row.GetValueOrDefault("description", ""))));
            questions.Add(new LimeQuestion("g" + group.Key, "GROUP", "g" + group.Key, group.First().GetValueOrDefault("grelevance", ""), false, false, words));
            questions.AddRange(Of("questions").Where(row => row.GetValueOrDefault("gid", "") == group.Key).GroupBy(row => row.GetValueOrDefault("qid", "")).OrderBy(rows => Number(rows.First(), "question_order")).Select(QuestionOf));
        }
        // A question file has no group.
        if (questions.Count == 0) questions.AddRange(Of("questions").GroupBy(row => row.GetValueOrDefault("qid", "")).Select(QuestionOf));
        var byId = questions.ToDictionary(question => question.Id);
        foreach (var part in Of("subquestions").GroupBy(row => row.GetValueOrDefault("qid", "")).OrderBy(rows => Number(rows.First(), "question_order")))
            if (byId.TryGetValue(part.First().GetValueOrDefault("parent_qid", ""), out var parent))
                parent.Parts.Add((part.First().GetValueOrDefault("title", ""), Number(part.First(), "scale_id"), (questionWords[part.Key].Any() ? questionWords[part.Key] : part).DistinctBy(LanguageOf).ToDictionary(LanguageOf, row => Plain(row.GetValueOrDefault("question", "")))));
        foreach (var answer in Of("answers").GroupBy(row => row.GetValueOrDefault("aid") ?? $"{row.GetValueOrDefault("qid")} {row.GetValueOrDefault("code")} {row.GetValueOrDefault("scale_id")}").OrderBy(rows => Number(rows.First(), "sortorder")))
            if (byId.TryGetValue(answer.First().GetValueOrDefault("qid", ""), out var parent))
                parent.Answers.Add((answer.First().GetValueOrDefault("code", ""), Number(answer.First(), "scale_id"), (answerWords[answer.Key].Any() ? answerWords[answer.Key] : answer).DistinctBy(LanguageOf).ToDictionary(LanguageOf, row => Plain(row.GetValueOrDefault("answer", "")))));
        foreach (var attribute in Of("question_attributes"))
            if (byId.TryGetValue(attribute.GetValueOrDefault("qid", ""), out var parent)) parent.Attributes[attribute.GetValueOrDefault("attribute", "")] = attribute.GetValueOrDefault("value", "");
        var texts = Of("surveys_languagesettings").DistinctBy(row => row.GetValueOrDefault("surveyls_language", first)).ToDictionary(row => row.GetValueOrDefault("surveyls_language", first),
            row => (Plain(row.GetValueOrDefault("surveyls_title", "")), Plain(row.GetValueOrDefault("surveyls_welcometext", "")), Plain(row.GetValueOrDefault("surveyls_endtext", ""))));
        return new LimeSurveyFile(kind, version, Of("surveys").FirstOrDefault() ?? [], [.. languages.Concat(texts.Keys).Concat(questions.SelectMany(question => question.Words.Keys)).Distinct()], texts, questions);

        LimeQuestion QuestionOf(IGrouping<string, Dictionary<string, string>> rows)
        {
            var row = rows.First();
            return new LimeQuestion(rows.Key, row.GetValueOrDefault("type", ""), row.GetValueOrDefault("title", ""), row.GetValueOrDefault("relevance", ""), row.GetValueOrDefault("mandatory") is "Y" or "S", row.GetValueOrDefault("other") == "Y",
                (questionWords[rows.Key].Any() ? questionWords[rows.Key] : rows).DistinctBy(LanguageOf).ToDictionary(LanguageOf, words => (Plain(words.GetValueOrDefault("question", "")), Plain(words.GetValueOrDefault("help", "")))));
        }
    }

    private static (Dictionary<string, List<Dictionary<string, string>>> Tables, string Kind, string Version, List<string> Languages) Tables(byte[] content)
    {
        var tables = new Dictionary<string, List<Dictionary<string, string>>>();
        var (kind, version, languages) = ("", "", new List<string>());
        try
        {
            using var reader = XmlReader.Create(new MemoryStream(content), Safe);
            Dictionary<string, string>? row = null;
            var table = "";
            while (reader.Read())
            {
                if (reader.NodeType == XmlNodeType.EndElement && reader.Name == "row") row = null;
                if (reader.NodeType != XmlNodeType.Element) continue;
                if (reader.Depth == 1) table = reader.Name;
                if (reader is { Depth: 1, Name: "LimeSurveyDocType" }) kind = Text(reader);
                else if (reader is { Depth: 1, Name: "DBVersion" }) version = Text(reader);
                else if (reader is { Depth: 2, Name: "language" } && table == "languages") languages.Add(Text(reader));
                else if (reader is { Name: "row", IsEmptyElement: false })
                {
                    row = [];
                    if (!tables.TryGetValue(table, out var rows)) tables[table] = rows = [];
                    rows.Add(row);
                }
                else if (row is not null && !reader.IsEmptyElement) row[reader.Name] = Text(reader);
            }
        }
        catch (XmlException exception)
        {
            throw new InvalidDataException($"line {exception.LineNumber}: the XML cannot be read here. Export the survey again.", exception);
        }
        return (tables, kind, version, languages);

        // The reader stays before the end of the element, so that the next Read moves past it.
        static string Text(XmlReader reader)
        {
            var (text, depth) = (new StringBuilder(), reader.Depth);
            while (reader.Read() && !(reader.NodeType == XmlNodeType.EndElement && reader.Depth == depth))
                if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace) text.Append(reader.Value);
            return text.ToString();
        }
    }

    private static LimeSurveyFile OfTable(byte[] content)
    {
        var lines = TabSeparated(Encoding.UTF8.GetString(content).TrimStart('\uFEFF'));
        var header = lines[0].Select((name, i) => (name, i)).DistinctBy(of => of.name).ToDictionary(of => of.name, of => of.i);
        var settings = new Dictionary<string, string>();
        var texts = new Dictionary<string, (string Title, string Welcome, string End)>();
        var questions = new List<(LimeQuestion Question, Dictionary<string, (string, string)> Words)>();
        (LimeQuestion Question, Dictionary<string, (string, string)> Words)? under = null;
        foreach (var line in lines.Skip(1))
        {
            string Cell(string column) => header.TryGetValue(column, out var i) && i < line.Count ? line[i] : "";
            var (name, language, text, type) = (Cell("name"), Cell("language"), Plain(Cell("text")), Cell("type/scale"));
            switch (Cell("class"))
            {
                case "S":
                    settings[name] = Cell("text");
                    break;
                case "SL":
                    var old = texts.GetValueOrDefault(language, ("", "", ""));
                    texts[language] = name switch { "surveyls_title" => old with { Item1 = text }, "surveyls_welcometext" => old with { Item2 = text }, "surveyls_endtext" => old with { Item3 = text }, _ => old };
                    break;
                case "G" or "Q":
                    var isGroup = Cell("class") == "G";
                    // A group is told apart by its number, a question by its name; further languages repeat it.
                    var id = isGroup ? $"g{type}" : name;
                    var known = questions.FindIndex(of => of.Question.Id == id && !of.Words.ContainsKey(language));
                    if (known >= 0) under = questions[known];
                    else
                    {
                        var words = new Dictionary<string, (string, string)>();
                        var question = new LimeQuestion(id, isGroup ? "GROUP" : type, isGroup ? id : name, Cell("relevance"), Cell("mandatory") is "Y" or "S", Cell("other") == "Y", words);
                        foreach (var attribute in header.Keys.Where(key => Cell(key).Length > 0)) question.Attributes[attribute] = Cell(attribute);
                        questions.Add((question, words));
                        under = (question, words);
                    }
                    under.Value.Words[language] = isGroup ? (Plain(name), text) : (text, Plain(Cell("help")));
                    break;
                case "SQ" or "A" when under is { } parent:
                    var list = Cell("class") == "SQ" ? parent.Question.Parts : parent.Question.Answers;
                    var scale = int.TryParse(type, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
                    var part = list.Find(of => of.Code == name && of.Scale == scale);
                    if (part.Words is null) list.Add(part = (name, scale, []));
                    part.Words[language] = text;
                    break;
            }
        }
        var first = settings.GetValueOrDefault("language", "en");
        return new LimeSurveyFile("Survey", "", settings, [.. texts.Keys.Prepend(first).Distinct()], texts, [.. questions.Select(of => of.Question)]);
    }

    private static List<List<string>> TabSeparated(string text)
    {
        var (lines, line, cell, quoted) = (new List<List<string>>(), new List<string>(), new StringBuilder(), false);
        for (var i = 0; i < text.Length; i++)
        {
            var letter = text[i];
            if (quoted && letter == '"' && i + 1 < text.Length && text[i + 1] == '"') cell.Append(text[++i]);
            else if (letter == '"' && (quoted || cell.Length == 0)) quoted = !quoted;
            else if (!quoted && letter is '\t' or '\n' && !quoted)
            {
                line.Add(cell.ToString());
                cell.Clear();
                if (letter == '\n') (lines, line) = ([.. lines, line], []);
            }
            else if (letter != '\r' || quoted) cell.Append(letter);
        }
        line.Add(cell.ToString());
        lines.Add(line);
        return [.. lines.Where(cells => cells.Exists(one => one.Length > 0))];
    }

    private static int Number(Dictionary<string, string> row, string name) => int.TryParse(row.GetValueOrDefault(name), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : 0;

    /// <summary>The words within markup: an imported text is shown as text.</summary>
    private static string Plain(string html)
    {
        var text = Hidden().Replace(html, "");
        text = Break().Replace(text, "\n");
        text = WebUtility.HtmlDecode(Tag().Replace(text, "")).Replace('\u00A0', ' ');
        return string.Join('\n', text.Split('\n').Select(line => Spaces().Replace(line, " ").Trim()).Where(line => line.Length > 0));
    }

    [GeneratedRegex(@"<(script|style)\b.*?</\1\s*>", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Hidden();

    [GeneratedRegex(@"<\s*(br|/p|/div|/li|/h\d|/tr)\b[^>]*>", RegexOptions.IgnoreCase)]
    private static partial Regex Break();

    [GeneratedRegex(@"<[^<>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex(@"[ \t\r\f\v]+")]
    private static partial Regex Spaces();
}
