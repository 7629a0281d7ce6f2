using Waymark.Data;

namespace Waymark.Meetings;

public enum Purpose { ToKnow = 0, ToDiscuss = 1, ToDecide = 2 }

/// <summary>How a finding that was put to the meeting was received.</summary>
public enum Resonance { NotAsked = 0, Yes = 1, Partly = 2, No = 3 }

/// <summary>One item of an agenda, and what was minuted of it.</summary>
public sealed class AgendaItem : IVersioned
{
    public const int LongestTitle = 200, LongestText = 8_000;

    public int Id { get; init; }
    public int MeetingId { get; init; }
    public required int Position { get; set; }
    public required string Title { get; set; }
    public string Owner { get; set; } = "";
    public required Purpose Purpose { get; set; }
    public required int Minutes { get; set; }
    /// <summary>The question that the meeting is asked, shown on the wall.</summary>
    public string Question { get; set; } = "";
    /// <summary>A finding that is put to the meeting: does it resonate?</summary>
    public string Finding { get; set; } = "";
    public Resonance Resonates { get; set; }
    /// <summary>Left out of what is published.</summary>
    public bool Confidential { get; set; }
    public string Discussion { get; set; } = "";
    public string Decision { get; set; } = "";
    public int Version { get; set; }
    public List<MeetingAction> Actions { get; } = [];

    public static string? CheckTitle(string? title) => string.IsNullOrWhiteSpace(title) ? "Enter what the item is about." : title.Trim().Length > LongestTitle ? $"The item must be {LongestTitle} characters or fewer." : null;

    public static string? CheckMinutes(int? minutes) => minutes is null or < 1 or > 480 ? "Enter how many minutes it takes, from 1 to 480." : null;

    public static string? CheckText(string? text) => text?.Length > LongestText ? $"What is minuted must be {LongestText:N0} characters or fewer." : null;

    public AgendaItem Copy(int position) => new() { Position = position, Title = Title, Owner = Owner, Purpose = Purpose, Minutes = Minutes, Question = Question, Confidential = Confidential };
}

/// <summary>What somebody promised in a meeting: who, what, by when. What came of it is reported first at the next.</summary>
public sealed class MeetingAction
{
    public int Id { get; init; }
    public int ItemId { get; init; }
    public required string What { get; set; }
    public required string Owner { get; set; }
    public required DateOnly Due { get; set; }
    /// <summary>What came of it.</summary>
    public string Outcome { get; set; } = "";
    public DateOnly? DoneOn { get; set; }

    public static string? Check(string? what, string? owner, DateOnly? due, DateOnly held) => string.IsNullOrWhiteSpace(what) ? "Enter what is to be done."
        : what.Length > 500 ? "What is to be done must be 500 characters or fewer."
        : string.IsNullOrWhiteSpace(owner) || owner.Length > 100 ? "Enter who does it, in 100 characters or fewer."
        : due is null ? "Enter by when it is done."
        : due < held ? "It must be done on the day of the meeting or later." : null;
}

public static class PurposeWords
{
    public static string InWords(this Purpose purpose) => purpose switch { Purpose.ToKnow => "to know", Purpose.ToDiscuss => "to discuss", _ => "to decide" };
    public static string InWords(this Resonance resonance) => resonance switch { Resonance.Yes => "It resonated", Resonance.Partly => "It resonated in part", Resonance.No => "It did not resonate", _ => "Not asked" };
}
