using Waymark.Data;
using Waymark.Field;

namespace Waymark.Listening;

/// <summary>Somebody who was asked by a letter of their own, and whether they have answered. It names no answer.</summary>
public sealed class Invitation
{
    public int Id { get; init; }
    public required int SurveyId { get; init; }
    public required string Email { get; init; }
    public string Name { get; init; } = "";
    public required PlaceKey Place { get; init; }
    /// <summary>SHA-256 of the link's secret; the secret itself is worked out from the survey's key, which is not in the database.</summary>
    [NotAudited] public required byte[] TokenHash { get; set; }
    [NotAudited] public bool IsAnswered { get; init; }
    public DateOnly? SentOn { get; set; }
    public DateOnly? RemindedOn { get; set; }
    public bool IsUnsubscribed { get; set; }
}

/// <summary>A ballot that was used; sent again it counts no second time.</summary>
[NotAudited]
public sealed class Ballot
{
    public required byte[] Hash { get; init; }
    public required int SurveyId { get; init; }
}

/// <summary>An anonymous sheet on its way: sealed, until it can move on among others.</summary>
[NotAudited]
public sealed class SealedSheet
{
    public required byte[] Key { get; init; }
    public required int SurveyId { get; init; }
    public required Anonymity Anonymity { get; init; }
    public required byte[] Content { get; init; }
}

/// <summary>Somebody answered. Of an anonymous sheet only its place is kept, and that only where it hides enough people.</summary>
[NotAudited]
public sealed class Sheet
{
    public required byte[] Key { get; init; }
    public required int SurveyId { get; init; }
    public required Anonymity Anonymity { get; init; }
    public required PlaceKey Place { get; init; }
    public string? Name { get; init; }
    public DateOnly? Day { get; init; }
    public int? InvitationId { get; init; }
    /// <summary>The interviewer.</summary>
    public int? RecordedBy { get; init; }
}

/// <summary>One answer to one question. Of an anonymous survey it belongs to no sheet, so that no two answers of one person lie together.</summary>
[NotAudited]
public sealed class Answer
{
    public required byte[] Key { get; init; }
    public required int SurveyId { get; init; }
    public required Anonymity Anonymity { get; init; }
    public required int QuestionId { get; init; }
    public required PlaceKey Place { get; init; }
    public byte[]? SheetKey { get; init; }
    /// <summary>The answer's code; several or ranked codes separated by spaces; a number, a day, a text. Empty: asked and left out.</summary>
    public required string Value { get; set; }
    /// <summary>What was said in an interview, word by word.</summary>
    public string? Verbatim { get; set; }
    public bool MayQuote { get; set; }
}

/// <summary>A person has read a text and looked for names in it; others see what that person left.</summary>
[NotAudited]
public sealed class TextReading
{
    public required byte[] AnswerKey { get; init; }
    public required string Shown { get; set; }
    public bool IsWithheld { get; set; }
    public bool IsQuote { get; set; }
}

/// <summary>What several answers to a question have in common, in the words of who read them.</summary>
public sealed class Theme
{
    public int Id { get; init; }
    public required int StatementId { get; init; }
    public required string Label { get; set; }
    public int Position { get; set; }

    public static string? CheckLabel(string? label, IEnumerable<string> others) => string.IsNullOrWhiteSpace(label) ? "Enter the theme." : label.Trim().Length > 120 ? "The theme must be 120 characters or fewer."
        : others.Contains(label.Trim(), StringComparer.OrdinalIgnoreCase) ? $"There is a theme called {label.Trim()} already." : null;
}

[NotAudited]
public sealed class AnswerTheme
{
    public required byte[] AnswerKey { get; init; }
    public required int ThemeId { get; init; }
}

/// <summary>A paper form that was keyed once, sealed, and waits for the second keying.</summary>
[NotAudited]
public sealed class KeyedSheet
{
    public int Id { get; init; }
    public required int SurveyId { get; init; }
    /// <summary>The number that is written on the paper.</summary>
    public required int Number { get; init; }
    public required byte[] Content { get; init; }
}
