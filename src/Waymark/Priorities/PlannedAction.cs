using Waymark.Data;
using Waymark.Field;

namespace Waymark.Priorities;

public enum ActionState
{
    Planned = 1,
    Underway = 2,
    Done = 3,
    /// <summary>Given up, with the reason in its last report.</summary>
    Stopped = 4,
}

/// <summary>What somebody does for a priority by a day, and what it should move.</summary>
public sealed class PlannedAction : IVersioned
{
    public const int LongestTitle = 200, LongestText = 2_000;
    public const decimal MostMoney = 10_000_000;

    public int Id { get; init; }
    /// <summary>Whose plan it stands in: a cluster's, a school's or the partnership's.</summary>
    public required PlaceKey Place { get; init; }
    public int? PriorityId { get; set; }
    public int? DriverId { get; set; }
    /// <summary>Of an action in a school's plan: the action of its cluster that it is a part of.</summary>
    public int? ParentId { get; set; }
    public required string Title { get; set; }
    /// <summary>Who answers for it, by name and what they are.</summary>
    public required string Owner { get; set; }
    /// <summary>Where the owner is from, so that they may report: their school, or the place of the plan.</summary>
    public required PlaceKey OwnerPlace { get; set; }
    /// <summary>Partner organisations, one line each.</summary>
    public string Partners { get; set; } = "";
    public required DateOnly Starts { get; set; }
    public required DateOnly Due { get; set; }
    public string Resources { get; set; } = "";
    public decimal? Money { get; set; }
    public ActionState State { get; set; } = ActionState.Planned;
    /// <summary>What it should move.</summary>
    public int? MeasureId { get; set; }
    /// <summary>How far, in the measure's unit and with its sign.</summary>
    public double? Expected { get; set; }
    /// <summary>The file that brought it; null once a person has worked on it. Seen only while that file is in use.</summary>
    public int? ImportId { get; set; }
    public int Version { get; set; }

    public bool IsOpen => State is ActionState.Planned or ActionState.Underway;

    public bool IsLate(DateOnly today) => IsOpen && Due < today;

    public static string? CheckTitle(string? title) => string.IsNullOrWhiteSpace(title) ? "Enter what is to be done."
        : title.Trim().Length > LongestTitle ? $"What is to be done must be {LongestTitle} characters or fewer." : null;

    public static string? CheckOwner(string? owner) => string.IsNullOrWhiteSpace(owner) ? "Enter who answers for it."
        : owner.Trim().Length > 150 ? "The owner must be 150 characters or fewer." : null;

    public static string? CheckDays(DateOnly starts, DateOnly due) => due < starts ? $"It must be due on the day it starts, {starts:d MMMM yyyy}, or later."
        : starts.Year < 2000 || due.Year > 2099 ? "Days lie between 2000 and 2099." : null;

    public static string? CheckMoney(decimal? money) => money is < 0 or > MostMoney ? $"The money must lie between £0 and £{MostMoney:N0}." : null;
}

/// <summary>A school that takes part in an action.</summary>
public sealed class ActionSchool
{
    public required int ActionId { get; init; }
    public required SchoolUrn Urn { get; init; }
}

public enum Going
{
    Well = 1,
    Slowly = 2,
    Stuck = 3,
    Done = 4,
    Stopped = 5,
}

/// <summary>What an owner reports of an action in a half term. The latest of a half term counts; the earlier ones are its history.</summary>
public sealed class ProgressReport
{
    public const int LongestText = 1_000;

    public int Id { get; init; }
    public required int ActionId { get; init; }
    /// <summary>The half term's code.</summary>
    public required int HalfTerm { get; init; }
    public required Going Going { get; init; }
    public required string Done { get; init; }
    public required string Next { get; init; }
    public required DateOnly On { get; init; }
    public required int? PersonId { get; init; }

    /// <summary>Reports on an action, whose state follows.</summary>
    public static ProgressReport Of(PlannedAction action, Going going, string done, string? next, DateOnly today, int? person)
    {
        action.State = going switch { Going.Done => ActionState.Done, Going.Stopped => ActionState.Stopped, _ => ActionState.Underway };
        return new ProgressReport { ActionId = action.Id, HalfTerm = Field.HalfTerm.Of(today).Code, Going = going, Done = done.Trim(), Next = next?.Trim() ?? "", On = today, PersonId = person };
    }

    public static string? CheckDone(string? done) => string.IsNullOrWhiteSpace(done) ? "Enter what was done."
        : done.Trim().Length > LongestText ? $"What was done must be {LongestText} characters or fewer." : null;

    public static string? CheckNext(Going? going, string? next) => going == Going.Stuck && string.IsNullOrWhiteSpace(next) ? "Enter what would help."
        : (next?.Trim().Length ?? 0) > LongestText ? $"What comes next must be {LongestText} characters or fewer." : null;
}

public static class ActionWords
{
    public static string InWords(this ActionState state) => state switch { ActionState.Planned => "Planned", ActionState.Underway => "Under way", ActionState.Done => "Done", _ => "Stopped" };

    public static string Code(this ActionState state) => state switch { ActionState.Planned => "planned", ActionState.Underway => "under way", ActionState.Done => "done", _ => "stopped" };

    public static string InWords(this Going going) => going switch { Going.Well => "Going well", Going.Slowly => "Slower than planned", Going.Stuck => "Stuck", Going.Done => "Done", _ => "Stopped" };
}
