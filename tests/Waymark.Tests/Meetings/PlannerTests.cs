using Waymark.Field;
using Waymark.Meetings;

namespace Waymark.Tests.Meetings;

/// <summary>What the planner never does, and what it says of what it could not do.</summary>
public sealed class PlannerTests
{
    private static readonly HalfTerm Autumn = new(AcademicYear.Ending(2018), 1);

    private static readonly IReadOnlyList<HalfTermDates> Dates = [new() { HalfTerm = Autumn, From = new(2017, 9, 4), Until = new(2017, 10, 20) }];

    private static readonly ClosedDays Training = new() { From = new(2017, 9, 12), Until = new(2017, 9, 14), Why = "Training days" };

    private static PlanSubject Cluster(int id, string officer, params int[] schools) =>
        new($"Cluster {id}", [id], MeetingKind.Cluster, new HashSet<string> { officer }, schools.Select(urn => new SchoolUrn(urn)).ToHashSet(), [Autumn]);

    private static IReadOnlyList<Proposal> Propose(IReadOnlyList<PlanSubject> subjects, IReadOnlyList<ClosedDays>? closed = null, IReadOnlyList<Fixed>? standing = null, params DayOfWeek[] preferred) =>
        new Planner(Dates, closed ?? [Training], preferred.ToHashSet(), new(2017, 7, 1)).Propose(subjects, standing ?? []);

    [Fact]
    public void Nobody_meets_in_holidays_at_weekends_or_where_an_officer_is_elsewhere()
    {
        var subjects = Enumerable.Range(1, 7).Select(id => Cluster(id, id % 2 == 0 ? "Margaret Ellery" : "Daniel Okoro", 100_000 + id)).ToList();
        var proposals = Propose(subjects);
        proposals.Count.ShouldBe(7);
        foreach (var proposal in proposals)
        {
            var day = proposal.Day!.Value;
            day.DayOfWeek.ShouldNotBeOneOf(DayOfWeek.Saturday, DayOfWeek.Sunday);
            Training.Holds(day).ShouldBeFalse();
            day.ShouldBeInRange(Dates[0].From, Dates[0].Until);
            proposals.Count(other => other.Day == day && other.Subject.People.Overlaps(proposal.Subject.People)).ShouldBe(1);
        }
        var days = proposals.Select(proposal => proposal.Day!.Value.DayNumber).Order().ToList();
        (days[^1] - days[0]).ShouldBeGreaterThan(21, "spread through the half term");
        days.Distinct().Count().ShouldBe(7);
    }

    [Fact]
    public void A_school_in_two_clusters_is_not_wanted_in_two_places()
    {
        // Only one preferred day is left in the half term, and both would like it.
        var closed = new ClosedDays { From = new(2017, 9, 6), Until = new(2017, 10, 19), Why = "Closed" };
        var apart = Propose([Cluster(1, "A", 100_001), Cluster(2, "B", 100_001)], [closed]);
        apart.Select(proposal => proposal.Day).Distinct().Count().ShouldBe(2);
        var three = Propose([Cluster(1, "A", 100_001), Cluster(2, "B", 100_001), Cluster(3, "C", 100_001)], [closed]);
        var left = three.Single(proposal => proposal.Day is null);
        left.Notes.Single().ShouldStartWith("No day of the autumn term 2017, first half fits: a school of both is at Cluster ");
    }

    [Fact]
    public void Preferred_days_are_kept_where_they_can_be_and_missed_ones_say_why()
    {
        var tuesdays = Propose([Cluster(1, "A", 100_001), Cluster(2, "B", 100_002)], preferred: DayOfWeek.Tuesday);
        tuesdays.ShouldAllBe(proposal => proposal.Day!.Value.DayOfWeek == DayOfWeek.Tuesday && proposal.Notes.Count == 0);
        var away = Enumerable.Range(0, 8).Select(week => new ClosedDays { Who = "A", From = new DateOnly(2017, 9, 5).AddDays(7 * week), Until = new DateOnly(2017, 9, 5).AddDays(7 * week), Why = "teaches" }).ToList();
        var other = Propose([Cluster(1, "A", 100_001)], away, preferred: DayOfWeek.Tuesday).Single();
        other.Day!.Value.DayOfWeek.ShouldNotBe(DayOfWeek.Tuesday);
        other.Notes.ShouldBe(["Not on a preferred day: A cannot (teaches)."]);
    }

    [Fact]
    public void What_is_scheduled_already_stays_and_is_not_proposed_again()
    {
        var standing = new Fixed("Cluster 1", new(2017, 9, 20), new HashSet<string> { "A" }, new HashSet<SchoolUrn>(), [1], Autumn);
        var proposals = Propose([Cluster(1, "A", 100_001), Cluster(2, "A", 100_002)], standing: [standing]);
        proposals.Single().Subject.Name.ShouldBe("Cluster 2");
        proposals.Single().Day.ShouldNotBe(standing.Day);
    }

    [Fact]
    public void Half_terms_that_overlap_are_told()
    {
        var next = new HalfTermDates { HalfTerm = Autumn.Next, From = new(2017, 10, 20), Until = new(2017, 12, 20) };
        HalfTermDates.Check([Dates[0], next]).ShouldBe("The autumn term 2017, second half must begin after the autumn term 2017, first half has ended.");
        next.From = new(2017, 10, 30);
        HalfTermDates.Check([Dates[0], next]).ShouldBeNull();
    }
}
