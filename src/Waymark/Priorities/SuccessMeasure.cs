using Waymark.Data;
using Waymark.Field;

namespace Waymark.Priorities;

public enum MeasureSource
{
    /// <summary>A measure of the catalogue, read from the figures.</summary>
    Indicator = 1,
    /// <summary>A number that the cluster counts itself, weekly or termly.</summary>
    Count = 2,
    /// <summary>A share that the cluster counts itself: how many of how many.</summary>
    Share = 3,
}

/// <summary>How it will be seen whether a priority moves: what is counted, from where, to where, by when.</summary>
public sealed class SuccessMeasure : IVersioned
{
    public const int LongestTitle = 200;

    public int Id { get; init; }
    public required int PriorityId { get; init; }
    /// <summary>The cluster, school or authority that it is counted in.</summary>
    public required PlaceKey Place { get; init; }
    public required MeasureSource Source { get; init; }
    public required string Title { get; set; }
    /// <summary>Of an indicator: its code and the code of its group of pupils.</summary>
    public string Indicator { get; init; } = "";
    public string PupilGroup { get; init; } = "";
    public string Unit { get; set; } = "";
    public required bool HigherIsBetter { get; set; }
    /// <summary>Of an indicator: the year it starts from.</summary>
    public AcademicYear? BaselineYear { get; set; }
    /// <summary>Of an own count: the day from which it is counted.</summary>
    public DateOnly? BaselineOn { get; set; }
    /// <summary>Of an indicator: the figure as it was when the priority was agreed, frozen.</summary>
    public int? BaselineCitationId { get; set; }
    public double? Target { get; set; }
    public DateOnly? TargetOn { get; set; }
    /// <summary>From where the chart's mean and limits start anew, because something was changed on purpose.</summary>
    public DateOnly? RecalculateOn { get; set; }
    public string RecalculateWhy { get; set; } = "";
    public int Version { get; set; }

    public static string? CheckTitle(string? title) => string.IsNullOrWhiteSpace(title) ? "Enter what is counted."
        : title.Trim().Length > LongestTitle ? $"What is counted must be {LongestTitle} characters or fewer." : null;
}

/// <summary>One count of a cluster's own.</summary>
public sealed class MeasurePoint
{
    /// <summary>Shares of so few children say something of single ones.</summary>
    public const long SmallestBase = 6;

    public int Id { get; init; }
    public required int MeasureId { get; init; }
    public required DateOnly On { get; init; }
    /// <summary>The number, or of a share how many.</summary>
    public required double Count { get; set; }
    /// <summary>Of a share: of how many.</summary>
    public long? Base { get; set; }

    public double Value => Base is { } all ? 100 * Count / all : Count;

    public static string? Check(MeasureSource source, double? count, long? @base)
    {
        if (count is null) return "Enter how many.";
        if (count is < 0 or > 1_000_000) return "How many must lie between 0 and 1,000,000.";
        if (source == MeasureSource.Count) return @base is null ? null : "This measure has no base.";
        if (@base is null) return "Enter of how many.";
        if (@base < SmallestBase) return $"A share of fewer than {SmallestBase} says something of single children. Count over a longer time or more schools.";
        return count > @base ? "It cannot be more than all." : count != Math.Floor(count.Value) ? "How many of them is a whole number." : null;
    }
}

/// <summary>What has to change for a priority's aim to be reached, or a step towards another driver.</summary>
public sealed class Driver
{
    public const int LongestText = 150;

    public int Id { get; init; }
    public required int PriorityId { get; init; }
    /// <summary>The driver that it works through; null for one that works on the aim itself.</summary>
    public int? ParentId { get; set; }
    public required string Text { get; set; }
    public int Position { get; set; }

    public static string? CheckText(string? text) => string.IsNullOrWhiteSpace(text) ? "Enter what has to change."
        : text.Trim().Length > LongestText ? $"What has to change must be {LongestText} characters or fewer." : null;
}
