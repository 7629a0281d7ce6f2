using Waymark.Data;
using Waymark.Field;

namespace Waymark.Meetings;

public enum AbsenceReason { NotAnswered = 0, AnotherCommitment = 1, NoCover = 2, Illness = 3, DidNotKnow = 4, HeadLeaving = 5, MeetsElsewhere = 6, NotUseful = 7, Other = 8 }

/// <summary>Written to a school that neither came nor sent somebody to any cluster's meeting of the half term: once, however many of its clusters met.</summary>
public sealed class Letter : IVersioned
{
    public int Id { get; init; }
    /// <summary>The meeting of its own cluster that it missed.</summary>
    public required int MeetingId { get; init; }
    /// <summary>The school as it was then.</summary>
    public required SchoolUrn Urn { get; init; }
    public required HalfTerm Round { get; init; }
    public required DateOnly IssuedOn { get; init; }
    public AbsenceReason Reason { get; set; }
    public string Note { get; set; } = "";
    public DateOnly? AnsweredOn { get; set; }
    public int Version { get; set; }

    /// <summary>The school says why.</summary>
    public string? Answer(AbsenceReason reason, string? note, DateOnly? on)
    {
        if (reason == AbsenceReason.NotAnswered || !Enum.IsDefined(reason)) return "Select the reason.";
        if (reason == AbsenceReason.Other && string.IsNullOrWhiteSpace(note)) return "Say what the reason was.";
        if (note?.Length > Meeting.LongestReason) return $"The note must be {Meeting.LongestReason} characters or fewer.";
        if (on is null) return "Enter the day on which it answered.";
        if (on < IssuedOn) return $"It cannot have answered before {IssuedOn:d MMMM yyyy}, when the letter was written.";
        (Reason, Note, AnsweredOn) = (reason, note?.Trim() ?? "", on);
        return null;
    }
}

public static class AbsenceReasons
{
    private static readonly string[] Words = ["No answer yet", "Another commitment at that time", "No cover at school", "Illness", "Did not know of the meeting", "The head is leaving or retiring", "Works with schools elsewhere", "Did not expect it to be useful", "Another reason"];

    public static string InWords(this AbsenceReason reason) => Words[(int)reason];
}
