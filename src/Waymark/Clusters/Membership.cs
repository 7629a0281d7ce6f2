using Waymark.Data;
using Waymark.Field;
using Waymark.Shared.Ledger;

namespace Waymark.Clusters;

public static class MembershipWords
{
    /// <summary>"full member from 1 September 2015 to 31 August 2016".</summary>
    public static string InWords(this Span span) => $"{(span.Kind == ContainmentKind.Full ? "full" : "associate")} member {span}";
}

/// <summary>One school's membership of one cluster, or a cluster's of a joint one, over time: the rules. Every change makes a new history; the old one is kept beside it.</summary>
public sealed class MembershipHistory
{
    public static readonly MembershipHistory None = new([]);

    private MembershipHistory(IEnumerable<Span> spans) => Spans = [.. spans.OrderBy(span => span.From)];

    /// <summary>Oldest first; they never overlap.</summary>
    public IReadOnlyList<Span> Spans { get; }

    public Span? On(DateOnly day) => Spans.FirstOrDefault(span => span.On(day));

    public static MembershipHistory Of(IEnumerable<Span> spans) => new(spans);

    /// <summary>The sentence of the rule that stands against these spans, or null.</summary>
    public static string? Check(IReadOnlyList<Span> spans) => spans.Select(span => span.CheckDays()).FirstOrDefault(rule => rule is not null)
        ?? (Span.Overlap(spans) is var (earlier, later) ? $"It cannot be a member twice at the same time: it is {earlier.InWords()} and {later.InWords()}." : null);

    /// <summary>It joins. Refused while it is a member in that time.</summary>
    public string? Join(Span span, out MembershipHistory changed)
    {
        changed = this;
        if (Check([span]) is { } wrong) return wrong;
        if (Spans.FirstOrDefault(span.Overlaps) is { } already)
            return $"It is {already.InWords()} already. Change that membership, or choose another first day.";
        return Become([.. Spans, span], out changed);
    }

    /// <summary>Its membership that goes on, ends; or one that has an end, ends on another day.</summary>
    public string? End(DateOnly lastDay, out MembershipHistory changed)
    {
        changed = this;
        if (Spans is not [.., { Until: null } last])
            return Spans.Count == 0 ? "It is not a member of this cluster." : $"This membership ended on {Spans[^1].Until:d MMMM yyyy} already. Correct it if that day is wrong.";
        if (lastDay < last.From) return $"The last day must be {last.From:d MMMM yyyy} or later, the day the membership began. If it never was a member, correct the mistake instead.";
        return Become([.. Spans.SkipLast(1), last with { Until = lastDay }], out changed);
    }

    /// <summary>From this day it is a full instead of an associate member, or the other way round; up to then it stays what it was.</summary>
    public string? ChangeKind(DateOnly from, ContainmentKind kind, out MembershipHistory changed)
    {
        changed = this;
        if (Spans is not [.., { Until: null } last]) return "Only a membership that goes on can change.";
        if (last.Kind == kind) return $"It is {last.InWords()} already.";
        if (from < last.From) return $"The day must be after {last.From:d MMMM yyyy}, the day the present membership began.";
        if (from == last.From) return $"The membership began on that day as it is. If it was {(kind == ContainmentKind.Full ? "full" : "associate")} from the start, correct the mistake instead.";
        return Become([.. Spans.SkipLast(1), last with { Until = from.AddDays(-1) }, new Span(from, null, kind)], out changed);
    }

    /// <summary>What was recorded was wrong: the right span stands in its place. Without one, it was never a member in that time.</summary>
    public string? Correct(Span wrong, Span? right, out MembershipHistory changed)
    {
        changed = this;
        if (!Spans.Contains(wrong)) return "Somebody else changed this membership a moment ago. Look at it again.";
        if (right == wrong) return "Nothing is different. Change what was wrong, or go back.";
        return Become([.. Spans.Where(span => span != wrong), .. right is null ? Array.Empty<Span>() : [right]], out changed);
    }

    public override string ToString() => Spans.Count == 0 ? "not a member" : string.Join("; ", Spans.Select(span => span.InWords()));

    private string? Become(Span[] spans, out MembershipHistory changed)
    {
        changed = this;
        if (Check(spans) is { } wrong) return wrong;
        changed = new MembershipHistory(spans);
        return null;
    }
}

/// <summary>A membership that holds: this school, in this cluster, in this time.</summary>
public sealed record Membership(int ClusterId, SchoolUrn Urn, Span Span);
