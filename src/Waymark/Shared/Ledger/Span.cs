using Waymark.Data;

namespace Waymark.Shared.Ledger;

/// <summary>One unbroken time in which a place belongs to another in one way; the last day is a day of it.</summary>
public sealed record Span(DateOnly From, DateOnly? Until, ContainmentKind Kind = ContainmentKind.Full)
{
    private static readonly DateOnly Earliest = new(1944, 1, 1);

    public bool On(DateOnly day) => From <= day && (Until is null || Until >= day);

    public bool Overlaps(Span other) => (other.Until is null || From <= other.Until) && (Until is null || other.From <= Until);

    /// <summary>"from 1 September 2015 to 31 August 2016".</summary>
    public override string ToString() => $"from {From:d MMMM yyyy}{(Until is DateOnly last ? $" to {last:d MMMM yyyy}" : "")}";

    /// <summary>The sentence of the rule that stands against its days, or null.</summary>
    public string? CheckDays() =>
        From < Earliest ? $"The first day must be {Earliest:d MMMM yyyy} or later."
        : Until < From ? $"The last day must be the same as or after the first day, {From:d MMMM yyyy}."
        : null;

    /// <summary>The first two that overlap, or null.</summary>
    public static (Span Earlier, Span Later)? Overlap(IReadOnlyList<Span> spans)
    {
        for (var i = 0; i < spans.Count; i++)
            for (var j = i + 1; j < spans.Count; j++)
                if (spans[i].Overlaps(spans[j])) return (spans[i], spans[j]);
        return null;
    }

    /// <summary>
    /// What holds once a file has said something of the same belonging: a span of the same kind that overlaps is superseded by the file's; one of the
    /// other kind that began earlier ends the day before; what the file does not touch stays.
    /// </summary>
    public static IReadOnlyList<Span> Take(IReadOnlyList<Span> held, IEnumerable<Span> file)
    {
        var kept = new List<Span>(held);
        foreach (var span in file)
        {
            foreach (var old in kept.Where(span.Overlaps).ToList())
            {
                kept.Remove(old);
                if (old.Kind != span.Kind && old.From < span.From) kept.Add(old with { Until = span.From.AddDays(-1) });
            }
            kept.Add(span);
        }
        return [.. kept.OrderBy(span => span.From)];
    }

    /// <summary>Times that overlap or touch become one; for places that belong to another in several ways at once.</summary>
    public static IEnumerable<Span> Joined(IEnumerable<Span> spans)
    {
        Span? open = null;
        foreach (var span in spans.OrderBy(span => span.From))
        {
            if (open is null) open = span;
            else if (open.Until is { } last && span.From > last.AddDays(1))
            {
                yield return open;
                open = span;
            }
            else open = open with { Until = open.Until is null || span.Until is null ? null : open.Until > span.Until ? open.Until : span.Until };
        }
        if (open is not null) yield return open;
    }
}
