using Waymark.Evidence;
using Waymark.Field;
using Waymark.Statistics;

namespace Waymark.Tests.Evidence;

public sealed class FigureSumTests
{
    private static readonly AcademicYear Year = AcademicYear.FromCode(201516);
    private static readonly PlaceKey Cluster = PlaceKey.Cluster(1);

    [Fact]
    public void Counts_of_children_are_added_and_percentages_never_averaged()
    {
        // One school of ten and one of ninety: the average of 100% and 10% would be 55%.
        var sum = Sum("ks2.rwm.exp", Share("ks2.rwm.exp", 10, 10), Share("ks2.rwm.exp", 9, 90));
        (sum.Value, sum.Numerator, sum.Denominator).ShouldBe((19, 19, 100));
        sum.Provenance.ShouldBe(Provenance.SumOfCounts);
        sum.PartsNotShown.ShouldBe(0);
        var exact = Intervals.Wilson(19, 100);
        sum.Interval!.Value.Lower.ShouldBe(100 * exact.Lower, 1e-9);
        sum.Interval!.Value.Upper.ShouldBe(100 * exact.Upper, 1e-9);
    }

    [Fact]
    public void A_school_that_is_held_back_is_left_out_and_counted()
    {
        var sum = Sum("ks2.rwm.exp", Share("ks2.rwm.exp", 10, 20), Missing("ks2.rwm.exp", Symbol.Confidential), Missing("ks2.rwm.exp", Symbol.NotAvailable));
        (sum.Numerator, sum.Denominator, sum.PartsNotShown).ShouldBe((10, 20, 2));
        sum.Parts.Count.ShouldBe(1);
    }

    [Fact]
    public void A_school_whose_count_rounding_leaves_open_counts_by_its_share_and_the_interval_says_so()
    {
        var sum = Sum("ks2.rwm.exp", Share("ks2.rwm.exp", 10, 20), Part("ks2.rwm.exp", 33, null, 400));
        sum.Value.ShouldNotBeNull().ShouldBe(100 * (10 + 132) / 420.0, 1e-9);
        (sum.Numerator, sum.Denominator, sum.PartsNotShown, sum.Provenance).ShouldBe((null, 420, 0, Provenance.WeightedAverages));
        // 33% of 400 is 130 to 133 children.
        foreach (var count in new[] { 130, 131, 132, 133 })
        {
            var exact = Intervals.Wilson(10 + count, 420);
            sum.Interval!.Value.Lower.ShouldBeLessThanOrEqualTo(100 * exact.Lower);
            sum.Interval!.Value.Upper.ShouldBeGreaterThanOrEqualTo(100 * exact.Upper);
        }
    }

    [Fact]
    public void When_every_school_is_held_back_so_is_the_cluster()
    {
        Sum("ks2.rwm.exp", Missing("ks2.rwm.exp", Symbol.Confidential)).ShouldSatisfyAllConditions(sum => sum.Value.ShouldBeNull(), sum => sum.Symbol.ShouldBe(Symbol.Confidential), sum => sum.PartsNotShown.ShouldBe(1));
        Sum("ks2.rwm.exp", Missing("ks2.rwm.exp", Symbol.NotAvailable)).Symbol.ShouldBe(Symbol.NotAvailable);
    }

    [Fact]
    public void Scores_are_weighted_by_their_pupils_and_it_is_said()
    {
        var sum = Sum("ks2.reading.progress", Part("ks2.reading.progress", 3, null, 10, new Interval(1, 5)), Part("ks2.reading.progress", -1, null, 30, new Interval(-2, 0)));
        sum.Value.ShouldBe(0);
        (sum.Numerator, sum.Denominator, sum.Provenance).ShouldBe((null, 40, Provenance.WeightedAverages));
        var half = Math.Sqrt(Math.Pow(2 * 10.0 / 40, 2) + Math.Pow(1 * 30.0 / 40, 2));
        sum.Interval!.Value.ShouldSatisfyAllConditions(i => i.Lower.ShouldBe(-half, 1e-9), i => i.Upper.ShouldBe(half, 1e-9));
        Sum("ks2.reading.progress", Part("ks2.reading.progress", 3, null, 10, new Interval(1, 5)), Part("ks2.reading.progress", -1, null, 30)).Interval.ShouldBeNull("one of its intervals is unknown");
    }

    [Fact]
    public void Pupils_on_roll_are_added()
    {
        var sum = Sum("pupils.headcount", Part("pupils.headcount", 120, 120, null), Part("pupils.headcount", 80, 80, null), Missing("pupils.headcount", Symbol.NotAvailable));
        (sum.Value, sum.PartsNotShown, sum.Provenance).ShouldBe((200, 1, Provenance.SumOfCounts));
    }

    [Fact]
    public void Grades_of_inspections_are_never_summed() =>
        Sum("inspection.overall", Part("inspection.overall", 2, null, null), Part("inspection.overall", 4, null, 30)).Value.ShouldBeNull();

    [Fact]
    public void Where_no_school_tells_its_count_the_shares_are_weighted_and_it_is_said()
    {
        var sum = Sum("absence.persistent", Part("absence.persistent", 10, null, null).WithWeight(100), Part("absence.persistent", 20, null, null).WithWeight(300));
        (sum.Value, sum.Denominator, sum.Provenance).ShouldBe((17.5, 400, Provenance.WeightedAverages));
    }

    [Fact]
    public void A_sum_is_as_firm_as_its_least_firm_part()
    {
        var sum = Sum("ks2.rwm.exp", Share("ks2.rwm.exp", 10, 20), Share("ks2.rwm.exp", 10, 20) with { Status = FigureStatus.Provisional });
        sum.Status.ShouldBe(FigureStatus.Provisional);
    }

    [Theory]
    [InlineData("ks2.reading.progress", 1.234, "+1.2")]
    [InlineData("ks2.reading.progress", -1.25, "-1.3")]
    [InlineData("ks2.rwm.exp", 57.5, "58%")]
    [InlineData("pupils.headcount", 1204, "1,204")]
    public void A_number_is_rounded_once_and_halves_go_away_from_zero(string measure, double value, string shown) =>
        FigureText.Show(Catalogue.Measure(measure), value).ShouldBe(shown);

    [Fact]
    public void A_number_never_stands_without_its_base_or_its_symbol()
    {
        Share("ks2.rwm.exp", 10, 20).WithBase().ShouldStartWith("50% (10 of 20");
        Part("ks2.reading.score", 104, null, 31).WithBase().ShouldBe("104 (31 pupils)");
        Missing("ks2.rwm.exp", Symbol.Confidential).Show().ShouldBe("c");
        Missing("ks2.rwm.exp", Symbol.Confidential).WithBase().ShouldBe("held back to protect children's privacy");
    }

    private static Figure Sum(string measure, params Figure[] parts) => Figure.Sum(Catalogue.Measure(measure), Year, Cluster, Catalogue.All, parts, parts.Length);

    private static Figure Share(string measure, int count, int of) => Part(measure, 100.0 * count / of, count, of);

    private static Figure Missing(string measure, Symbol symbol) => Part(measure, null, null, null) with { Symbol = symbol };

    private static Figure Part(string measure, double? value, double? count, long? of, Interval? interval = null) => new(Catalogue.Measure(measure), Year, PlaceKey.School(new(100001)), Catalogue.All,
        value, count, of, interval, Symbol.None, FigureStatus.Published, Provenance.Read, new FigureSource(1, 2), [], 0);
}
