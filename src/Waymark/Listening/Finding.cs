using Waymark.Data;

namespace Waymark.Listening;

/// <summary>What was heard, in one sentence. The results that bear it are citations.</summary>
public sealed class Finding : IVersioned
{
    public int Id { get; init; }
    public required string Sentence { get; set; }
    public required DateOnly MadeOn { get; init; }
    public DateOnly? WithdrawnOn { get; set; }
    public int Version { get; set; }

    public static string? CheckSentence(string? sentence) => string.IsNullOrWhiteSpace(sentence) ? "Enter the finding." : sentence.Trim().Length > 500 ? "The finding must be 500 characters or fewer." : null;
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
