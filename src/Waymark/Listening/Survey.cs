using System.Text.RegularExpressions;
using Waymark.Data;

namespace Waymark.Listening;

/// <summary>What is known of who answered. Numbers last in the store, and the database holds the line between them.</summary>
public enum Anonymity
{
    /// <summary>Nobody can find out who gave an answer, whoever holds the database.</summary>
    Anonymous = 1,
    /// <summary>The school is known to named officers.</summary>
    Confidential = 2,
    /// <summary>The name stands with the answers.</summary>
    Named = 3,
}

public enum SurveyState
{
    Draft = 0,
    Open = 1,
    Closed = 2,
}

/// <summary>Who is asked.</summary>
public enum Audience
{
    Heads = 1,
    Governors = 2,
    Parents = 3,
    Staff = 4,
    Pupils = 5,
    Everybody = 6,
}

/// <summary>A survey, a round of interviews or a consultation: who is asked, what they are promised, and how far it is.</summary>
public sealed partial class Survey : IVersioned
{
    public const int LongestTitle = 150;

    /// <summary>Addresses beside those of surveys.</summary>
    private static readonly string[] Taken = ["new", "import", "statements", "findings", "compare", "staffing"];

    public int Id { get; init; }
    /// <summary>The name in addresses; it lasts.</summary>
    public required string Code { get; init; }
    /// <summary>What officers call it; respondents see the title in their language.</summary>
    public required string Title { get; set; }
    public required Audience Audience { get; set; }
    public required Anonymity Anonymity { get; init; }
    public SurveyState State { get; private set; }
    /// <summary>Held by telephone: an interviewer records what is said.</summary>
    public bool IsInterview { get; set; }
    /// <summary>Codes of languages, separated by spaces, the first of which every text has: "en pl ur".</summary>
    public string Languages { get; set; } = "en";
    /// <summary>Title, introduction and thanks by language, JSON.</summary>
    public string WordsJson { get; set; } = "{}";
    public DateOnly? OpenedOn { get; private set; }
    /// <summary>The last day on which answers are taken; null while nobody has said.</summary>
    public DateOnly? ClosesOn { get; set; }
    public DateOnly? ClosedOn { get; private set; }
    /// <summary>How many could have answered, where that is known: governors of 130 schools, families.</summary>
    public int? Population { get; set; }
    /// <summary>Who says so.</summary>
    public string PopulationSource { get; set; } = "";
    /// <summary>Each paper form is keyed by two people, and both must agree.</summary>
    public bool KeyTwice { get; set; }
    /// <summary>Anybody may see the results, at the link of the survey.</summary>
    public bool IsPublic { get; set; }
    /// <summary>What came of the answers, shown with the public results.</summary>
    public string WhatCame { get; set; } = "";
    public int Version { get; set; }
    /// <summary>The file it came from; seen only while that file is in use.</summary>
    public int? ImportId { get; init; }

    public IReadOnlyList<string> LanguageList => Languages.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    public bool TakesAnswersOn(DateOnly day) => State == SurveyState.Open && (ClosesOn is null || day <= ClosesOn);

    /// <summary>Opens it: from now on its questions stay as they are. Returns the rule that stands against it.</summary>
    public string? Open(DateOnly today, int questions)
    {
        if (State != SurveyState.Draft) return State == SurveyState.Open ? "The survey is open already." : "The survey is closed. Make a new one; statements from the bank can be asked again.";
        if (questions == 0) return "Add a question before you open the survey.";
        if (ClosesOn < today) return "The last day has passed. Change it before you open the survey.";
        (State, OpenedOn) = (SurveyState.Open, today);
        return null;
    }

    public string? Close(DateOnly today)
    {
        if (State != SurveyState.Open) return State == SurveyState.Draft ? "The survey is not open yet." : "The survey is closed already.";
        (State, ClosedOn) = (SurveyState.Closed, today);
        return null;
    }

    /// <summary>Who answered was told what happens with the answers. That is not changed behind their backs, whichever way.</summary>
    public static string? CheckAnonymity(Anonymity now, Anonymity wanted, bool isAnswered) =>
        now != wanted && isAnswered ? $"Answers were given under the promise that the survey is {now.InWords()}. The promise stands." : null;

    public static string? CheckTitle(string? title) => string.IsNullOrWhiteSpace(title) ? "Enter the survey's title."
        : title.Trim().Length > LongestTitle ? $"The title must be {LongestTitle} characters or fewer." : null;

    public static string? CheckCode(string? code, IEnumerable<string> others)
    {
        var text = code?.Trim() ?? "";
        if (!Address().IsMatch(text)) return "The address must be 3 to 40 small letters, digits and hyphens, like parents-2016.";
        if (Taken.Contains(text)) return $"A survey cannot have the address {text}.";
        return others.Contains(text) ? $"There is a survey with the address {text} already." : null;
    }

    public static string? CheckPopulation(int? population, string? source) => population is < 1 or > 10_000_000 ? "The number of people who could answer must be between 1 and 10,000,000."
        : population is not null && string.IsNullOrWhiteSpace(source) ? "Say where the number of people who could answer comes from." : null;

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9-]{1,38}[a-z0-9]\z")]
    private static partial Regex Address();
}

public static class SurveyWords
{
    public static string InWords(this Anonymity anonymity) => anonymity switch { Anonymity.Anonymous => "anonymous", Anonymity.Confidential => "confidential", _ => "named" };

    public static string InWords(this Audience audience) => audience switch
    {
        Audience.Heads => "headteachers",
        Audience.Governors => "governors and trustees",
        Audience.Parents => "parents and carers",
        Audience.Staff => "staff",
        Audience.Pupils => "pupils",
        _ => "everybody",
    };

    public static string InWords(this SurveyState state) => state switch { SurveyState.Draft => "not open yet", SurveyState.Open => "open", _ => "closed" };
}
