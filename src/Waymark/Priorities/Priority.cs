using Waymark.Data;
using Waymark.Field;

namespace Waymark.Priorities;

public enum Horizon
{
    /// <summary>5 to 10 years.</summary>
    Long = 1,
    /// <summary>6 to 12 months.</summary>
    Short = 2,
}

/// <summary>What a cluster or the partnership wants to be better. Proposed until clusters adopt it; ended, never deleted.</summary>
public sealed class Priority : IVersioned
{
    public const int LongestTitle = 150, LongestText = 4_000;

    public int Id { get; init; }
    /// <summary>The cluster that raised it, or the partnership.</summary>
    public required PlaceKey Place { get; init; }
    public required string Title { get; set; }
    /// <summary>Why, and what it means here.</summary>
    public string Detail { get; set; } = "";
    public required Horizon Horizon { get; set; }
    public DateOnly ProposedOn { get; init; }
    public DateOnly? EndedOn { get; private set; }
    /// <summary>What came of it, in words, when it ended.</summary>
    public string Outcome { get; private set; } = "";

    /// <summary>The priority that people decided this one to be the same as; its clusters count there.</summary>
    public int? JoinedInto { get; private set; }

    /// <summary>The file that brought it; null once a person has worked on it. Seen only while that file is in use.</summary>
    public int? ImportId { get; set; }
    public int Version { get; set; }

    public bool IsOpen => EndedOn is null && JoinedInto is null;

    /// <param name="others">Open priorities of the same place and horizon.</param>
    public static string? CheckTitle(string? title, IEnumerable<string> others) =>
        string.IsNullOrWhiteSpace(title) ? "Enter the priority."
        : title.Trim().Length > LongestTitle ? $"The priority must be {LongestTitle} characters or fewer. Say more about it below."
        : others.Any(other => string.Equals(other, title.Trim(), StringComparison.OrdinalIgnoreCase)) ? "There is such a priority already. Adopt that one instead."
        : null;

    public string? End(DateOnly on, string? outcome)
    {
        if (EndedOn is not null) return "It has ended already.";
        if (on < ProposedOn) return "It cannot end before it was proposed.";
        if (string.IsNullOrWhiteSpace(outcome)) return "Enter what came of it.";
        if (outcome.Trim().Length > LongestText) return $"What came of it must be {LongestText} characters or fewer.";
        (EndedOn, Outcome) = (on, outcome.Trim());
        return null;
    }

    public string? Reopen()
    {
        if (EndedOn is null) return "It has not ended.";
        (EndedOn, Outcome) = (null, "");
        return null;
    }

    /// <summary>People say that two are one. What was written of this one stays with it, and can be parted again.</summary>
    public string? JoinInto(Priority other)
    {
        if (other.Id == Id) return "A priority cannot be joined to itself.";
        if (other.JoinedInto is not null) return $"{other.Title} was joined to another. Join it to that one.";
        if (JoinedInto is not null) return "It was joined to another already.";
        if (other.Horizon != Horizon) return "Only priorities of one horizon can be joined. Change the horizon of one first.";
        JoinedInto = other.Id;
        return null;
    }

    public void Part() => JoinedInto = null;
}

/// <summary>A cluster takes a priority as its own, from a day until a day.</summary>
public sealed class Adoption
{
    public required int PriorityId { get; init; }
    public required int ClusterId { get; init; }
    public required DateOnly Since { get; init; }
}

/// <summary>People looked at two priorities that sound alike, and said that they are not the same. The lower number stands first.</summary>
public sealed class KeptApart
{
    public required int FirstId { get; init; }
    public required int SecondId { get; init; }
    public required DateOnly On { get; init; }
}

public static class Horizons
{
    public static string InWords(this Horizon horizon) => horizon == Horizon.Long ? "Long term (5 to 10 years)" : "Short to medium term (6 to 12 months)";

    public static string Code(this Horizon horizon) => horizon == Horizon.Long ? "long" : "short-to-medium";
}
