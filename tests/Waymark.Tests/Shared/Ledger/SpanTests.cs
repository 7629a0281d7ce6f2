using Waymark.Data;
using Waymark.Shared.Ledger;

namespace Waymark.Tests.Shared.Ledger;

public sealed class SpanTests
{
    private static readonly DateOnly September2015 = new(2015, 9, 1), September2016 = new(2016, 9, 1);
    private static readonly IReadOnlyList<Span> Held = [Full(September2015)];

    [Fact]
    public void A_file_with_another_first_day_supersedes() => Span.Take(Held, [Full(September2016)]).ShouldBe([Full(September2016)]);

    [Fact]
    public void A_file_that_says_the_same_changes_nothing() => Span.Take(Held, [Full(September2015)]).ShouldBe(Held);

    [Fact]
    public void A_file_with_the_other_kind_from_a_later_day_ends_what_was() =>
        Span.Take(Held, [Associate(September2016)]).ShouldBe([Full(September2015) with { Until = new DateOnly(2016, 8, 31) }, Associate(September2016)]);

    [Fact]
    public void A_file_leaves_a_time_alone_that_it_does_not_touch() =>
        Span.Take([Full(September2015) with { Until = new DateOnly(2016, 8, 31) }], [Full(new DateOnly(2018, 9, 1))]).Count.ShouldBe(2);

    [Fact]
    public void Times_that_touch_or_overlap_are_one_and_a_gap_stays_a_gap()
    {
        Span Of(int from, int? until) => new(new(from, 9, 1), until is { } year ? new(year, 8, 31) : null);
        Span.Joined([Of(2016, 2017), Of(2015, 2016), Of(2015, 2018), Of(2020, null), Of(2021, 2022)]).ShouldBe([Of(2015, 2018), Of(2020, null)]);
        Span.Joined([]).ShouldBeEmpty();
    }

    private static Span Full(DateOnly from) => new(from, null);

    private static Span Associate(DateOnly from) => new(from, null, ContainmentKind.Associate);
}
