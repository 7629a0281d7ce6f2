using System.Globalization;
using Waymark.Data;
using Waymark.Evidence;
using Waymark.Field;
using Waymark.Shared.Documents;
using Waymark.Statistics;

namespace Waymark.Listening;

/// <summary>The results of a survey at a place as one document, from which page, slides, workbook and text are made.</summary>
public static class ResultsReport
{
    public static Report Of(WaymarkDb db, SurveyResults results, PlaceKey place, DateOnly today, bool forPublic = false)
    {
        var survey = results.Survey;
        var where = place == PlaceKey.Partnership ? "All places" : db.NameOf(place).Name;
        var sections = new List<Section> { new("who-answered", "Who answered", [.. WhoAnswered(db, results, place, today)]) };
        if (forPublic && survey.WhatCame.Length > 0) sections.Insert(0, new Section("what-came-of-it", "What came of it", [new Paragraph(survey.WhatCame)]));
        var before = LastTime(db, survey, today);
        var agree = results.Questions.Where(question => question.Kind == QuestionKind.Agree).ToList();
        if (agree.Count > 0) sections.Add(new Section("statements", "Agree or disagree", [.. Statements(db, results, agree, place, before)]));
        foreach (var question in results.Questions.Where(question => question.TakesAnswers && question.Kind != QuestionKind.Agree))
        {
            // What people wrote is for those who may read it; everybody sees how many wrote, and the themes.
            sections.Add(new Section(question.Code, question.Text, [.. BlocksOf(db, results, question, place, forPublic)]));
        }
        List<string> notices = [survey.Anonymity switch
        {
            Anonymity.Anonymous => "An anonymous survey: nothing is shown of fewer than 10 answers to a question.",
            Anonymity.Confidential => "A confidential survey: the school is known to named officers only.",
            _ => "A survey with names: respondents knew that their names are kept.",
        }, "Shares are of those who answered the question. They are not weighted."];
        return new Report($"results-{survey.Code}", survey.TextIn("en").Title, $"{Capital(survey.Audience.InWords())}, {where}", survey.ClosedOn ?? today, notices, sections);
    }

    private static IEnumerable<Block> WhoAnswered(WaymarkDb db, SurveyResults results, PlaceKey place, DateOnly today)
    {
        var survey = results.Survey;
        var responses = results.Responses;
        var how = survey.IsInterview ? "interviews were held" : "answers came in";
        var state = survey.State == SurveyState.Closed ? $"from {Day(survey.OpenedOn)} to {Day(survey.ClosedOn)}" : $"up to {Day(today)}; the survey is {survey.State.InWords()}";
        yield return new Paragraph($"{responses:N0} {how} {state}.");
        var invited = db.Invitations.Where(invitation => invitation.SurveyId == survey.Id).GroupBy(invitation => invitation.IsAnswered).Select(of => new { of.Key, Count = of.Count() }).ToList();
        if (invited.Sum(of => of.Count) is > 0 and var letters)
            yield return new Paragraph($"{letters:N0} were invited by letter. {Rate(invited.Where(of => of.Key).Sum(of => of.Count), letters)} of them have answered.");
        if (survey.Population is { } population)
            yield return responses <= population ? new Paragraph($"{population:N0} could have answered ({survey.PopulationSource}). {Rate(responses, population)} of them did.")
                : new Paragraph($"{responses:N0} answers came in, more than the {population:N0} who were thought to be able to answer ({survey.PopulationSource}).");
        if (!results.IsOut)
        {
            yield return new Paragraph("The answers are shown once, when the survey has closed: with a result today and another tomorrow, the few answers between could be worked out.", IsNote: true);
            yield break;
        }
        if (place != PlaceKey.Partnership || results.Sheets.Count < 2) yield break;
        // Participation by the places right below the partnership: a small one is counted among the others.
        var sheets = new Dictionary<PlaceKey, long>();
        foreach (var (own, count) in results.Sheets)
        {
            var top = results.Tree.Upwards(own).TakeWhile(around => around != PlaceKey.Partnership).LastOrDefault(PlaceKey.Partnership);
            var key = top.Kind == PlaceKind.Cluster ? top : PlaceKey.Partnership;
            sheets[key] = sheets.GetValueOrDefault(key) + count;
        }
        var shown = sheets.Where(of => of.Key != PlaceKey.Partnership && of.Value >= SurveyResults.Floor).OrderByDescending(of => of.Value).ToList();
        if (shown.Count == 0) yield break;
        var names = db.NamesOf([.. shown.Select(of => of.Key)]);
        var rest = sheets.Values.Sum() - shown.Sum(of => of.Value);
        List<Row> rows = [.. shown.Select(of => new Row([new Cell(names[of.Key].Name), Number(of.Value)]))];
        if (rest is 0 or >= SurveyResults.Floor)
        {
            if (rest > 0) rows.Add(new Row([new Cell("Not told, or a place with too few answers"), Number(rest)]));
            yield return new Table("places", "Answers by cluster", [new("place", "Cluster", ColumnRole.Label), new("answers", "Answers", ColumnRole.Number)], rows);
        }
    }

    private static string Rate(long count, long of) => string.Create(CultureInfo.InvariantCulture, $"{Percentages.Round(count, of)}%");

    private static IEnumerable<Block> Statements(WaymarkDb db, SurveyResults results, IReadOnlyList<SurveyQuestion> questions, PlaceKey place, SurveyResults? before)
    {
        var rows = new List<Row>();
        var larger = new List<string>();
        foreach (var question in questions)
        {
            var result = results.AtOrAbove(question, place);
            if (!result.IsShown || result.Base == 0)
            {
                rows.Add(new Row([new Cell(question.Text), .. Enumerable.Range(0, 8).Select(_ => Symbol.Confidential).Select(symbol => new Cell(symbol.Code(), null, symbol.Code())), new Cell("fewer than 10"), new Cell("")]));
                continue;
            }
            if (result.Place != place) larger.Add(question.Text);
            var total = result.Find(OptionResult.Agreeing)!;
            rows.Add(new Row([new Cell(result.Place == place ? question.Text : $"{question.Text} ({NameOf(db, result.Place)})"),
                .. Scale.Agree.Select(code => result.Find(code)).Select(option => Share(option)),
                Share(total), new Cell(Range(total)), Net(result), Number(result.Base), Number(result.Blanks)]));
        }
        yield return new Table("agreement", "Shares of those who answered",
        [
            new("statement", "Statement", ColumnRole.Label), .. Scale.Agree.Select(code => new Column(code.Replace('-', '_'), Scale.Word("en", code)!, ColumnRole.Value, "%")),
            new("agree_total", "Agree or strongly agree", ColumnRole.Number, "%"), new("interval", "95% interval"), new("net", "Net agreement", ColumnRole.Number, "points"),
            new("answers", "Answers", ColumnRole.Number), new("left_out", "Left out", ColumnRole.Number),
        ], rows, new Chart(ChartKind.Diverging, "Agreement to the right, disagreement to the left, each statement with the same zero; not sure stands aside.", -100, 100),
            "Net agreement is the share who agree or strongly agree less the share who disagree, in percentage points. Each share is rounded once, so the parts may not add up to 100.");
        if (larger.Count > 0)
            yield return new Paragraph($"There are too few answers here to show {(larger.Count == 1 ? "one of the statements" : $"{larger.Count} of the statements")} without giving somebody away, so the next larger place is shown instead, and named.", IsNote: true);
        if (Changes(results, before, questions, place) is { } changes) yield return changes;
    }

    /// <summary>The survey of the same people before this one, whose answers are out.</summary>
    private static SurveyResults? LastTime(WaymarkDb db, Survey survey, DateOnly today)
    {
        var earlier = db.Surveys.Where(other => other.Audience == survey.Audience && other.Id != survey.Id && other.State == SurveyState.Closed && other.OpenedOn < survey.OpenedOn).OrderByDescending(other => other.OpenedOn).FirstOrDefault();
        return earlier is null ? null : SurveyResults.Of(db, earlier, today, isNamedOfficer: false);
    }

    private static Table? Changes(SurveyResults results, SurveyResults? before, IReadOnlyList<SurveyQuestion> questions, PlaceKey place)
    {
        if (before is null) return null;
        var rows = new List<Row>();
        foreach (var question in questions.Where(question => question.StatementId is not null))
        {
            if (before.Questions.FirstOrDefault(other => other.StatementId == question.StatementId && other.Kind == question.Kind) is not { } same) continue;
            var (now, then) = (results.At(question, place), before.At(same, place));
            if (now.Base == 0 || then.Base == 0) continue;
            rows.Add(Difference(question.Text, now.Find(OptionResult.Agreeing)!, then.Find(OptionResult.Agreeing)!));
        }
        return rows.Count == 0 ? null : new Table("change", $"Agree or strongly agree: change since {Day(before.Survey.ClosedOn)}", DifferenceColumns("Now", "Then"), rows,
            Note: "A change is marked where its 95% interval does not hold zero.");
    }

    internal static IReadOnlyList<Column> DifferenceColumns(string first, string second) =>
        [new("statement", "Statement", ColumnRole.Label), new("first", first, ColumnRole.Number, "%"), new("second", second, ColumnRole.Number, "%"), new("difference", "Difference", ColumnRole.Number, "points"), new("interval", "95% interval of the difference"), new("reading", "In words")];

    /// <summary>Two shares beside each other, with the interval of their difference.</summary>
    internal static Row Difference(string text, OptionResult first, OptionResult second)
    {
        var interval = Intervals.Difference(first.Count, first.Base, second.Count, second.Base);
        var difference = Percentages.Round(100m * first.Count / first.Base - 100m * second.Count / second.Base);
        return new Row([new Cell(text), Share(first), Share(second), new Cell(Signed(difference), (double)difference), new Cell($"{Points(interval.Lower)} to {Points(interval.Upper)}"),
            new Cell(interval.IsAbove(0) ? "More" : interval.IsBelow(0) ? "Fewer" : "No difference beyond chance")]);
    }

    private static string Points(double share) => Signed(Percentages.Round((decimal)share * 100));

    private static string Signed(decimal points) => points.ToString("+0;-0;0", CultureInfo.InvariantCulture);

    private static IEnumerable<Block> BlocksOf(WaymarkDb db, SurveyResults results, SurveyQuestion question, PlaceKey place, bool forPublic)
    {
        var result = results.AtOrAbove(question, place);
        if (!result.IsShown)
        {
            yield return new Paragraph("Fewer than 10 people answered this, so nothing is shown of it.");
            yield break;
        }
        if (result.Place != place) yield return new Paragraph($"There are too few answers here to show them without giving somebody away. This is {NameOf(db, result.Place)} instead.", IsNote: true);
        var answered = $"{result.Base:N0} answered; {result.Blanks:N0} left it out.";
        if (question.Kind == QuestionKind.Text)
        {
            yield return new Paragraph($"{result.Base:N0} wrote something; {result.Blanks:N0} left it out.");
            if (result.Place == PlaceKey.Partnership)
                foreach (var block in TextBlocks(db, question, result.Base, forPublic)) yield return block;
            yield break;
        }
        if (question.Kind == QuestionKind.Number)
        {
            yield return new Paragraph(string.Create(CultureInfo.InvariantCulture, $"The mean is {Percentages.Round((decimal)(result.Mean ?? 0), 1)}. {answered}"));
            yield break;
        }
        var options = question.Kind == QuestionKind.Rank ? result.Options.Where(option => option.Count > 0).ToList() : result.Options;
        var caption = question.Kind switch { QuestionKind.Rank => $"Among the {question.Most ?? 5} chosen", QuestionKind.Several => "Chosen (several could be)", _ => "Answers" };
        yield return new Table(question.Code + "-table", caption,
            [new("answer", "Answer", ColumnRole.Label), new("share", "Share", ColumnRole.Value, "%"), new("lower", "From", ColumnRole.Lower, "%"), new("upper", "To", ColumnRole.Upper, "%"), new("count", "Count", ColumnRole.Count), .. question.Kind == QuestionKind.Rank ? [new Column("points", "Points", ColumnRole.Number)] : Array.Empty<Column>()],
            [.. options.Select(option => new Row([new Cell(option.Words), Share(option), Bound(option.Interval?.Lower), Bound(option.Interval?.Upper), Number(option.Count), .. question.Kind == QuestionKind.Rank ? [Number(option.Points)] : Array.Empty<Cell>()]))],
            new Chart(ChartKind.Bars, "Share of those who answered, with its 95% interval.", 0, 100),
            $"{answered} From and To are the 95% interval.{(question.Kind == QuestionKind.Rank ? $" A first place gives {question.Most ?? 5} points, the next one less; points only decide between equal counts." : "")}");
    }

    private static IEnumerable<Block> TextBlocks(WaymarkDb db, SurveyQuestion question, long answers, bool forPublic)
    {
        var themes = Texts.ThemesOf(db, question);
        if (themes.Count > 0)
            yield return new Table(question.Code + "-themes", "Themes", [new("theme", "Theme", ColumnRole.Label), new("count", "Answers", ColumnRole.Count), new("share", "Share of those who answered", ColumnRole.Number, "%")],
                [.. themes.Select(theme => new Row([new Cell(theme.Label), Number(theme.Count), Share(new OptionResult("", theme.Label, Math.Min(theme.Count, answers), answers))]))],
                Note: "Themes were given by people who read the answers. An answer can bear several.");
        var quotes = Texts.QuotesOf(db, question);
        if (quotes.Count > 0) yield return new Sentences(forPublic ? "In people’s own words" : "Quotes, by people who agreed to be quoted", [.. quotes.Select(quote => new Sentence($"“{quote}”"))]);
    }

    internal static Cell Share(OptionResult? option) => option?.Share is { } share ? new Cell(string.Create(CultureInfo.InvariantCulture, $"{share}%"), (double)share) : new Cell(Symbol.NotAvailable.Code(), null, Symbol.NotAvailable.Code());

    internal static Cell Number(long number) => new(number.ToString("N0", CultureInfo.GetCultureInfo("en-GB")), number);

    private static Cell Bound(double? share) => share is { } known ? new Cell(string.Create(CultureInfo.InvariantCulture, $"{Percentages.Round((decimal)known * 100)}%"), (double)Percentages.Round((decimal)known * 100)) : new Cell("");

    private static Cell Net(QuestionResult result) => result.NetAgreement is { } net ? new Cell(Signed(net), (double)net) : new Cell("");

    internal static string Range(OptionResult option) => option.Interval is { } interval ? string.Create(CultureInfo.InvariantCulture, $"{Percentages.Round((decimal)interval.Lower * 100)} to {Percentages.Round((decimal)interval.Upper * 100)}") : "";

    private static string NameOf(WaymarkDb db, PlaceKey place) => place == PlaceKey.Partnership ? "all places together" : db.NameOf(place).Name;

    private static string Capital(string text) => char.ToUpper(text[0], CultureInfo.InvariantCulture) + text[1..];

    internal static string Day(DateOnly? day) => day?.ToString("d MMMM yyyy", CultureInfo.GetCultureInfo("en-GB")) ?? "";
}
