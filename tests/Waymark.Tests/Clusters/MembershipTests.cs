using Waymark.Clusters;
using Waymark.Data;
using Waymark.Shared.Ledger;

namespace Waymark.Tests.Clusters;

public sealed class MembershipTests
{
    private static readonly DateOnly September2015 = new(2015, 9, 1);
    private static readonly DateOnly September2016 = new(2016, 9, 1);
    private static readonly MembershipHistory Member = Joined(MembershipHistory.None, Full(September2015));

    [Fact]
    public void A_school_that_joins_is_a_member_from_its_first_day()
    {
        Member.On(September2015)!.Kind.ShouldBe(ContainmentKind.Full);
        Member.On(September2015.AddDays(-1)).ShouldBeNull();
        Member.On(new DateOnly(2040, 1, 1)).ShouldNotBeNull();
    }

    [Fact]
    public void A_school_cannot_join_a_cluster_whose_member_it_is()
    {
        Member.Join(Associate(September2016), out var changed).ShouldBe(
            "It is full member from 1 September 2015 already. Change that membership, or choose another first day.");
        changed.ShouldBeSameAs(Member);
    }

    [Fact]
    public void The_last_day_of_membership_is_a_day_of_membership()
    {
        Member.End(new DateOnly(2016, 8, 31), out var ended).ShouldBeNull();

        ended.On(new DateOnly(2016, 8, 31)).ShouldNotBeNull();
        ended.On(September2016).ShouldBeNull();
    }

    [Fact]
    public void A_membership_does_not_end_before_it_began() =>
        Member.End(September2015.AddDays(-1), out _)!.ShouldStartWith("The last day must be 1 September 2015 or later");

    [Fact]
    public void What_ended_does_not_end_again()
    {
        Member.End(new DateOnly(2016, 8, 31), out var ended);
        ended.End(new DateOnly(2017, 8, 31), out _)!.ShouldStartWith("This membership ended on 31 August 2016 already.");
    }

    [Fact]
    public void A_school_that_left_may_come_back()
    {
        Member.End(new DateOnly(2016, 7, 31), out var ended);
        var back = Joined(ended, Associate(September2016));
        back.On(new DateOnly(2016, 8, 15)).ShouldBeNull();
        back.On(September2016)!.Kind.ShouldBe(ContainmentKind.Associate);
        back.On(September2015)!.Kind.ShouldBe(ContainmentKind.Full);
    }

    [Fact]
    public void A_change_of_kind_leaves_the_time_before_as_it_was()
    {
        Member.ChangeKind(September2016, ContainmentKind.Associate, out var changed).ShouldBeNull();

        changed.On(new DateOnly(2016, 8, 31))!.Kind.ShouldBe(ContainmentKind.Full);
        changed.On(September2016)!.Kind.ShouldBe(ContainmentKind.Associate);
    }

    [Fact]
    public void A_change_to_what_it_is_already_is_refused() =>
        Member.ChangeKind(September2016, ContainmentKind.Full, out _)!.ShouldEndWith("already.");

    [Fact]
    public void A_change_on_the_first_day_is_a_correction_and_is_said_so() =>
        Member.ChangeKind(September2015, ContainmentKind.Associate, out _)!.ShouldContain("correct the mistake instead");

    [Fact]
    public void A_mistake_can_be_corrected()
    {
        Member.Correct(Full(September2015), Associate(September2016), out var corrected).ShouldBeNull();
        corrected.Spans.ShouldBe([Associate(September2016)]);

        Member.Correct(Full(September2015), null, out var never).ShouldBeNull();
        never.Spans.ShouldBeEmpty();
    }

    [Fact]
    public void A_correction_that_would_make_it_a_member_twice_is_refused()
    {
        Member.ChangeKind(September2016, ContainmentKind.Associate, out var changed);
        changed.Correct(Associate(September2016), Associate(new DateOnly(2016, 1, 1)), out _)!.ShouldStartWith("It cannot be a member twice at the same time");
    }

    [Fact]
    public void A_correction_of_what_nobody_recorded_is_refused() =>
        Member.Correct(Associate(September2015), null, out _)!.ShouldStartWith("Somebody else changed this membership");

    [Fact]
    public void A_first_day_after_the_last_is_refused() =>
        MembershipHistory.None.Join(new Span(September2016, September2015, ContainmentKind.Full), out _)!
            .ShouldBe("The last day must be the same as or after the first day, 1 September 2016.");

    [Theory]
    [InlineData("Leighton Buzzard, Linslade and Woburn Sands", "leighton-buzzard-linslade-and-woburn-sands")]
    [InlineData("Stotfold / Shefford & Arlesey", "stotfold-shefford-and-arlesey")]
    [InlineData("St. Zoë's  cluster", "st-zoes-cluster")]
    public void A_name_becomes_an_address(string name, string slug) => Cluster.SlugOf(name).ShouldBe(slug);

    [Theory]
    [InlineData("", "Enter the cluster's name.")]
    [InlineData("?!", "The name must have a letter or a digit.")]
    [InlineData("DUNSTABLE", "There is a cluster called Dunstable already.")]
    public void A_name_that_cannot_be_is_refused(string name, string sentence) => Cluster.CheckName(name, ["Dunstable", "Houghton Regis"]).ShouldBe(sentence);

    private static MembershipHistory Joined(MembershipHistory history, Span span)
    {
        history.Join(span, out var changed).ShouldBeNull();
        return changed;
    }

    private static Span Full(DateOnly from) => new(from, null, ContainmentKind.Full);

    private static Span Associate(DateOnly from) => new(from, null, ContainmentKind.Associate);
}
