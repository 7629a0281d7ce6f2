namespace Waymark.Tests.Shared;

/// <summary>Time that a test sets: it stands still until told.</summary>
public sealed class FakeTime(DateTimeOffset start) : TimeProvider
{
    /// <summary>A school day in the autumn of the example: Monday 14 November 2016, 10:00 in London.</summary>
    public static readonly DateTimeOffset Start = new(2016, 11, 14, 10, 0, 0, TimeSpan.Zero);

    public FakeTime() : this(Start) { }

    public DateTimeOffset Now { get; set; } = start;

    public void Advance(TimeSpan span) => Now += span;

    public override DateTimeOffset GetUtcNow() => Now;
}
