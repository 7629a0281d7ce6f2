using Waymark.Data;
using Waymark.Field;

namespace Waymark.Listening;

/// <summary>What was heard, in one sentence, with the results that bear it.</summary>
public sealed class Finding : IVersioned
{
    public int Id { get; init; }
    public required string Sentence { get; set; }
    public required DateOnly MadeOn { get; init; }
    public DateOnly? WithdrawnOn { get; set; }
    public int Version { get; set; }

    public static string? CheckSentence(string? sentence) => string.IsNullOrWhiteSpace(sentence) ? "Enter the finding." : sentence.Trim().Length > 500 ? "The finding must be 500 characters or fewer." : null;
}

/// <summary>A result that a finding rests on, with its words as they were when it was cited.</summary>
public sealed class FindingCitation
{
    public int Id { get; init; }
    public required int FindingId { get; init; }
    public required int SurveyId { get; init; }
    public required int QuestionId { get; init; }
    /// <summary>The code of the answer whose share is cited.</summary>
    public required string Answer { get; init; }
    public required PlaceKey Place { get; init; }
    /// <summary>The share with its base: "97% of 409 (95% interval 95 to 98)".</summary>
    public required string Words { get; init; }
}

public enum Resonance
{
    Resonates = 1,
    Partly = 2,
    DoesNot = 3,
}

/// <summary>What a cluster says to a finding: does it resonate?</summary>
public sealed class FindingAnswer : IVersioned
{
    public int Id { get; init; }
    public required int FindingId { get; init; }
    public required int ClusterId { get; init; }
    public required Resonance Resonance { get; set; }
    public required DateOnly SaidOn { get; set; }
    public string Note { get; set; } = "";
    public int Version { get; set; }
}
