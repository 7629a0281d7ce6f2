using Waymark.Field;

namespace Waymark.Clusters;

public enum MembershipKind
{
    /// <summary>Counts in the cluster's figures.</summary>
    Full = 0,
    /// <summary>Belongs and is invited, but is never summed into the cluster's figures.</summary>
    Associate = 1,
}

/// <summary>One unbroken time of one kind of membership; the last day is a day of membership.</summary>
public sealed record MembershipSpan(DateOnly From, DateOnly? Until, MembershipKind Kind)
{
    public bool On(DateOnly day) => From <= day && (Until is null || Until >= day);

    public bool Overlaps(MembershipSpan other) => (other.Until is null || From <= other.Until) && (Until is null || other.From <= Until);

    public override string ToString() => $"{(Kind == MembershipKind.Full ? "full" : "associate")} member from {From:d MMMM yyyy}{(Until is DateOnly last ? $" to {last:d MMMM yyyy}" : "")}";
}

/// <summary>One school's membership of one cluster over time: the rules. Every change makes a new history; the old one is kept beside it.</summary>
public sealed class MembershipHistory
{
    public static readonly MembershipHistory None = new([]);

    private static readonly DateOnly Earliest = new(1944, 1, 1);

    private MembershipHistory(IEnumerable<MembershipSpan> spans) => Spans = [.. spans.OrderBy(span => span.From)];

    /// <summary>Oldest first; they never overlap.</summary>
    public IReadOnlyList<MembershipSpan> Spans { get; }

    public MembershipSpan? On(DateOnly day) => Spans.FirstOrDefault(span => span.On(day));

    public static MembershipHistory Of(IEnumerable<MembershipSpan> spans) => new(spans);

    /// <summary>The sentence of the rule that stands against these spans, or null.</summary>
    public static string? Check(IReadOnlyList<MembershipSpan> spans)
    {
        foreach (var span in spans)
        {
            if (span.From < Earliest) return $"The first day must be {Earliest:d MMMM yyyy} or later.";
            if (span.Until < span.From) return $"The last day must be the same as or after the first day, {span.From:d MMMM yyyy}.";
        }
        for (var i = 0; i < spans.Count; i++)
            for (var j = i + 1; j < spans.Count; j++)
                if (spans[i].Overlaps(spans[j]))
                    return $"It cannot be a member twice at the same time: it is {spans[i]} and {spans[j]}.";
        return null;
    }

    /// <summary>The school joins. Refused while it is a member in that time.</summary>
    public string? Join(MembershipSpan span, out MembershipHistory changed)
    {
        changed = this;
        if (Check([span]) is { } wrong) return wrong;
        if (Spans.FirstOrDefault(span.Overlaps) is { } already)
            return $"The school is {already} already. Change that membership, or choose another first day.";
        return Become([.. Spans, span], out changed);
    }

    /// <summary>Its membership that goes on, ends; or one that has an end, ends on another day.</summary>
    public string? End(DateOnly lastDay, out MembershipHistory changed)
    {
        changed = this;
        if (Spans is not [.., { Until: null } last])
            return Spans.Count == 0 ? "The school is not a member of this cluster." : $"This membership ended on {Spans[^1].Until:d MMMM yyyy} already. Correct it if that day is wrong.";
        if (lastDay < last.From) return $"The last day must be {last.From:d MMMM yyyy} or later, the day the membership began. If it never was a member, correct the mistake instead.";
        return Become([.. Spans.SkipLast(1), last with { Until = lastDay }], out changed);
    }

    /// <summary>From this day the school is a full instead of an associate member, or the other way round; up to then it stays what it was.</summary>
    public string? ChangeKind(DateOnly from, MembershipKind kind, out MembershipHistory changed)
    {
        changed = this;
        if (Spans is not [.., { Until: null } last]) return "Only a membership that goes on can change.";
        if (last.Kind == kind) return $"The school is {last} already.";
        if (from < last.From) return $"The day must be after {last.From:d MMMM yyyy}, the day the present membership began.";
        if (from == last.From) return $"The membership began on that day as it is. If it was {(kind == MembershipKind.Full ? "full" : "associate")} from the start, correct the mistake instead.";
        return Become([.. Spans.SkipLast(1), last with { Until = from.AddDays(-1) }, new MembershipSpan(from, null, kind)], out changed);
    }

    /// <summary>What was recorded was wrong: the right span stands in its place. Without one, the school was never a member in that time.</summary>
    public string? Correct(MembershipSpan wrong, MembershipSpan? right, out MembershipHistory changed)
    {
        changed = this;
        if (!Spans.Contains(wrong)) return "Somebody else changed this membership a moment ago. Look at it again.";
        if (right == wrong) return "Nothing is different. Change what was wrong, or go back.";
        return Become([.. Spans.Where(span => span != wrong), .. right is null ? Array.Empty<MembershipSpan>() : [right]], out changed);
    }

    /// <summary>
    /// Takes what a file says. A span of the same kind that overlaps is superseded by the file's; one of the other kind that began
    /// earlier ends the day before; what the file does not touch stays.
    /// </summary>
    public MembershipHistory Take(IReadOnlyList<MembershipSpan> file)
    {
        var kept = new List<MembershipSpan>(Spans);
        foreach (var span in file)
        {
            foreach (var old in kept.Where(span.Overlaps).ToList())
            {
                kept.Remove(old);
                if (old.Kind != span.Kind && old.From < span.From) kept.Add(old with { Until = span.From.AddDays(-1) });
            }
            kept.Add(span);
        }
        return new MembershipHistory(kept);
    }

    public bool SameAs(MembershipHistory other) => Spans.SequenceEqual(other.Spans);

    public override string ToString() => Spans.Count == 0 ? "not a member" : string.Join("; ", Spans);

    private string? Become(MembershipSpan[] spans, out MembershipHistory changed)
    {
        changed = this;
        if (Check(spans) is { } wrong) return wrong;
        changed = new MembershipHistory(spans);
        return null;
    }
}

/// <summary>
/// One school's whole membership of one cluster, as somebody or some file recorded it. The latest record that stands is what holds;
/// the earlier ones are the history of what was believed. Undoing one lets the one before hold again.
/// </summary>
public sealed class MembershipRecord
{
    public int Id { get; init; }
    public required int ClusterId { get; set; }
    public required SchoolUrn Urn { get; init; }

    /// <summary>The file that says so; null when a person did. Holds only while that file is in use.</summary>
    public int? ImportId { get; init; }

    /// <summary>The highest holds. A file's records get theirs when the file is published.</summary>
    public required long Sequence { get; set; }
    public required DateTime RecordedAt { get; init; }

    /// <summary>What was done, in words: "Ended on 31 August 2017".</summary>
    public required string Note { get; init; }
    public DateTime? UndoneAt { get; set; }
    public List<MembershipRow> Rows { get; init; } = [];

    public MembershipHistory History => MembershipHistory.Of(Rows.Select(row => new MembershipSpan(row.From, row.Until, row.Kind)));

    public static List<MembershipRow> RowsOf(MembershipHistory history) =>
        [.. history.Spans.Select(span => new MembershipRow { From = span.From, Until = span.Until, Kind = span.Kind })];
}

/// <summary>A span as it lies in the store.</summary>
public sealed class MembershipRow
{
    public int Id { get; init; }
    public int RecordId { get; init; }
    public required DateOnly From { get; init; }
    public required DateOnly? Until { get; init; }
    public required MembershipKind Kind { get; init; }
}

/// <summary>A membership that holds: this school, in this cluster, in this time.</summary>
public sealed record Membership(int ClusterId, SchoolUrn Urn, MembershipSpan Span);
