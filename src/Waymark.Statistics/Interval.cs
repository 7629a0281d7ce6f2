namespace Waymark.Statistics;

/// <summary>The range in which a true value plausibly lies, both ends included, in the unit of the figure it belongs to.</summary>
public readonly record struct Interval(double Lower, double Upper)
{
    public bool Contains(double value) => Lower <= value && value <= Upper;
    /// <summary>The whole interval lies above the value: "significantly higher".</summary>
    public bool IsAbove(double value) => Lower > value;
    /// <summary>The whole interval lies below the value: "significantly lower".</summary>
    public bool IsBelow(double value) => Upper < value;
}
