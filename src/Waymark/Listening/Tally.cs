using Waymark.Field;
using Waymark.Statistics;

namespace Waymark.Listening;

/// <summary>How many gave an answer, of how many who answered the question.</summary>
/// <param name="Code">The answer's code; "agreeing" and "disagreeing" for the two of each side together.</param>
/// <param name="Points">For a ranked answer: so many points for each first place, one less for each second, and so on.</param>
public sealed record OptionResult(string Code, string Words, long Count, long Base, long Points = 0)
{
    public const string Agreeing = "agreeing", Disagreeing = "disagreeing";

    /// <summary>Rounded once, here, halves away from zero; null without a base.</summary>
    public decimal? Share => Base > 0 ? Percentages.Round(Count, Base) : null;

    /// <summary>Wilson's 95% interval, 0 to 1.</summary>
    public Interval? Interval => Base > 0 ? Intervals.Wilson(Count, Base) : null;
}

/// <summary>The result of one question at one place.</summary>
/// <param name="Base">Those who answered it, the not sure included.</param>
/// <param name="Blanks">Those who were asked and left it out.</param>
/// <param name="Mean">Of a question for a number.</param>
public sealed record QuestionResult(SurveyQuestion Question, PlaceKey Place, bool IsShown, long Base, long Blanks, IReadOnlyList<OptionResult> Options, double? Mean = null)
{
    /// <summary>A question held back: neither its answers nor how many there are.</summary>
    public static QuestionResult HeldBack(SurveyQuestion question, PlaceKey place) => new(question, place, false, 0, 0, []);

    public OptionResult? Find(string code) => Options.FirstOrDefault(option => option.Code == code);

    /// <summary>Those who agree less those who disagree, in percentage points; rounded once.</summary>
    public decimal? NetAgreement => Question.Kind == QuestionKind.Agree && IsShown && Base > 0
        ? Percentages.Round(100m * (Find(OptionResult.Agreeing)!.Count - Find(OptionResult.Disagreeing)!.Count) / Base) : null;
}

/// <summary>Counts the answers to a question.</summary>
public static class Tally
{
    /// <param name="counts">How often each answer was given; the empty one was left out.</param>
    public static QuestionResult Of(SurveyQuestion question, PlaceKey place, IReadOnlyDictionary<string, long> counts)
    {
        var blanks = counts.GetValueOrDefault("");
        var given = counts.Where(answer => answer.Key.Length > 0).ToList();
        var total = given.Sum(answer => answer.Value);
        var words = question.In("en").Options!;
        return new QuestionResult(question, place, true, total, blanks, [.. Options()], question.Kind == QuestionKind.Number && total > 0
            ? given.Sum(answer => double.Parse(answer.Key, System.Globalization.CultureInfo.InvariantCulture) * answer.Value) / total : null);

        IEnumerable<OptionResult> Options()
        {
            switch (question.Kind)
            {
                case QuestionKind.Agree or QuestionKind.Choice:
                    foreach (var code in question.OptionList) yield return new OptionResult(code, words[code], counts.GetValueOrDefault(code), total);
                    foreach (var sum in question.Sums)
                        yield return new OptionResult(sum, string.Join(" or ", sum.Split('+').Select((code, i) => i == 0 ? words[code] : char.ToLowerInvariant(words[code][0]) + words[code][1..])), sum.Split('+').Sum(code => counts.GetValueOrDefault(code)), total);
                    if (question.Kind != QuestionKind.Agree) break;
                    yield return new OptionResult(OptionResult.Agreeing, "Agree or strongly agree", Scale.Agreeing.Sum(code => counts.GetValueOrDefault(code)), total);
                    yield return new OptionResult(OptionResult.Disagreeing, "Disagree or strongly disagree", Scale.Disagreeing.Sum(code => counts.GetValueOrDefault(code)), total);
                    break;
                case QuestionKind.Several:
                    foreach (var code in question.OptionList) yield return new OptionResult(code, words[code], given.Where(answer => answer.Key.Split(' ').Contains(code)).Sum(answer => answer.Value), total);
                    break;
                case QuestionKind.Rank:
                    var most = question.Most ?? 5;
                    foreach (var option in question.OptionList.Select(code => new OptionResult(code, words[code], given.Where(answer => answer.Key.Split(' ').Contains(code)).Sum(answer => answer.Value), total,
                        given.Sum(answer => Array.IndexOf(answer.Key.Split(' '), code) is var rank and >= 0 ? answer.Value * (most - rank) : 0))).OrderByDescending(option => option.Count).ThenByDescending(option => option.Points))
                        yield return option;
                    break;
                case QuestionKind.Date:
                    foreach (var month in given.GroupBy(answer => answer.Key[..7]).OrderBy(of => of.Key, StringComparer.Ordinal)) yield return new OptionResult(month.Key, month.Key, month.Sum(answer => answer.Value), total);
                    break;
            }
        }
    }
}
