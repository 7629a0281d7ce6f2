namespace Waymark.Statistics.Tests;

public class LinkageTests
{
    [SkippableFact]
    public void Upns_are_told_from_what_looks_like_them()
    {
        var rows = SharedData.Rows("upn_ctf", "upn_vectors.csv").ToList();
        rows.Count.ShouldBe(21);
        foreach (var row in rows)
            Linkage.IsUpn(row["upn"]).ShouldBe(row["valid"] == "1", row["upn"]);
    }

    [Fact]
    public void A_check_letter_follows_from_the_twelve_characters() => Linkage.UpnCheckLetter("801200005001").ShouldBe('B');

    [Theory]
    [InlineData("80120000500")]
    [InlineData("8012000O5001")]
    [InlineData("80120000500I")]
    public void What_cannot_follow_a_check_letter_is_refused(string rest) => Should.Throw<FormatException>(() => Linkage.UpnCheckLetter(rest));
}

public class RankingTests
{
    [Fact]
    public void Equal_values_share_the_better_rank_and_missing_ones_are_not_counted() =>
        Ranking.Among(70, [80, 70, null, 60, 90, null, 50, 40, 30], higherIsBetter: true).ShouldBe(new Ranking(Rank: 3, Of: 8, Quartile: 2, Tied: 1));

    [Fact]
    public void Where_less_is_better_the_lowest_is_first() =>
        Ranking.Among(4.1, [4.2, 5, 6.3], higherIsBetter: false).ShouldBe(new Ranking(1, 4, 1, 0));

    [Fact]
    public void Quartiles_have_a_quarter_each() =>
        Enumerable.Range(1, 152).GroupBy(v => Ranking.Among(v, Enumerable.Range(1, 152).Where(o => o != v).Select(o => (double?)o), false)!.Quartile)
            .ShouldAllBe(q => q.Count() == 38);

    [Fact]
    public void A_missing_value_has_no_rank() => Ranking.Among(null, [1, 2], true).ShouldBeNull();
}

public class ControlChartsTests
{
    [Fact]
    public void Limits_are_2_66_mean_moving_ranges_from_the_mean()
    {
        var chart = ControlCharts.Xmr([10, 12, 11, 13, 9]);
        chart[0].Mean.ShouldBe(11);
        chart[0].Upper.ShouldBe(11 + 2.66 * 2.25, 1e-12);
        chart[0].Lower.ShouldBe(11 - 2.66 * 2.25, 1e-12);
        chart[0].MovingRangeLimit.ShouldBe(3.267 * 2.25, 1e-12);
        chart.Select(p => p.MovingRange).ShouldBe([null, 2, 1, 2, 4]);
        chart.ShouldAllBe(p => p.Signals == Signals.None);
    }

    [Fact]
    public void A_point_outside_the_limits_stands_out()
    {
        var chart = ControlCharts.Xmr([10, 11, 10, 11, 10, 11, 10, 30, 10, 11, 10, 11, 10, 11]);
        chart[7].Signals.ShouldBe(Signals.OutsideLimits | Signals.LargeStep);
        chart.Where((_, i) => i is not (7 or 8)).ShouldAllBe(p => !p.Signals.HasFlag(Signals.OutsideLimits));
    }

    [Theory]
    [InlineData(7, true)]
    [InlineData(6, false)]
    public void Seven_on_one_side_of_the_mean_are_a_shift(int length, bool shift)
    {
        var values = Enumerable.Range(0, length).Select(i => 10d + i % 2).Concat(Enumerable.Range(0, length).Select(i => 13d + i % 2)).ToArray();
        ControlCharts.Xmr(values).Count(p => p.Signals.HasFlag(Signals.Shift)).ShouldBe(shift ? 2 * length : 0);
    }

    [Theory]
    [InlineData(7, true)]
    [InlineData(6, false)]
    public void Seven_rising_points_are_a_trend(int length, bool trend)
    {
        double[] values = [5, 4, 5, 4, .. Enumerable.Range(1, length - 1).Select(i => 4d + i), 5, 6, 5];
        var flagged = ControlCharts.Xmr(values).Select((p, i) => (p, i)).Where(x => x.p.Signals.HasFlag(Signals.Trend)).Select(x => x.i).ToArray();
        flagged.ShouldBe(trend ? Enumerable.Range(3, length) : []);
    }

    [Fact]
    public void Two_of_three_near_the_same_limit_stand_out()
    {
        double[] values = [.. Enumerable.Range(0, 16).Select(i => 10d + i % 2), 11, 13, 11.5, 13, .. Enumerable.Range(0, 16).Select(i => 11d - i % 2), 9];
        var chart = ControlCharts.Xmr(values);
        chart.Select((p, i) => (p, i)).Where(x => x.p.Signals.HasFlag(Signals.NearLimit)).Select(x => x.i).ShouldBe([17, 19]);
    }

    [Fact]
    public void After_a_stated_change_the_limits_start_anew()
    {
        double[] values = [10, 11, 10, 11, 10, 11, 10, 20, 21, 20, 21, 20, 21, 20];
        ControlCharts.Xmr(values).Count(p => p.Signals != Signals.None).ShouldBe(14);
        var chart = ControlCharts.Xmr(values, recalculateFrom: 7);
        chart[6].Mean.ShouldBe(73d / 7, 1e-12);
        chart[7].Mean.ShouldBe(143d / 7, 1e-12);
        chart[7].MovingRange.ShouldBeNull();
        chart.ShouldAllBe(p => p.Signals == Signals.None);
    }

    [Fact]
    public void A_flat_series_has_nothing_to_say() => ControlCharts.Xmr([5, 5, 5, 5, 5, 5, 5, 5, 5]).ShouldAllBe(p => p.Signals == Signals.None);
}

public class SimilarityTests
{
    [Fact]
    public void The_nearest_come_first_and_say_why()
    {
        Candidate[] candidates = [new("far", [90d, 40d]), new("near", [52d, 20d]), new("same", [50d, 20d]), new("other", [10d, 0d])];
        var neighbours = Similarity.Nearest([50d, 20d], candidates, [1, 3], 3);
        neighbours.Nearest.Select(n => n.Key).ShouldBe(["same", "near", "far"]);
        neighbours.Nearest[0].Distance.ShouldBe(0);
        foreach (var n in neighbours.Nearest)
            n.Contributions.Sum()!.Value.ShouldBe(n.Distance * n.Distance, 1e-12);
        // By hand: variances 800.75 and 200; (2²/800.75 · 1 + 0 · 3) / 4.
        neighbours.Nearest[1].Distance.ShouldBe(Math.Sqrt(4 / 800.75 / 4), 1e-9);
    }

    [Fact]
    public void Equally_near_ones_come_by_key_and_each_once()
    {
        Candidate[] candidates = [new("b", [1d]), new("c", [3d]), new("a", [3d]), new("b", [1d]), new("d", [9d])];
        Similarity.Nearest([2d], candidates, [1], 3).Nearest.Select(n => n.Key).ShouldBe(["a", "b", "c"]);
    }

    [Fact]
    public void A_gap_neither_helps_nor_harms_but_more_than_half_leaves_out()
    {
        Candidate[] candidates = [new("whole", [1d, 1d, 1d]), new("gap", [1d, 1d, null]), new("little", [1d, null, null]), new("spread", [3d, 3d, 3d])];
        var neighbours = Similarity.Nearest([0d, 0d, 0d], candidates, [1, 1, 1], 10);
        neighbours.LeftOut.ShouldBe(1);
        neighbours.Nearest.Select(n => n.Key).ShouldBe(["whole", "gap", "spread"], ignoreOrder: true);
        neighbours.Nearest.Single(n => n.Key == "gap").Contributions[2].ShouldBeNull();
    }

    [Fact]
    public void What_the_subject_lacks_counts_for_nobody()
    {
        Candidate[] candidates = [new("a", [1d, 500d]), new("b", [2d, 0d])];
        Similarity.Nearest([1d, null], candidates, [1, 1], 1).Nearest.Single().Key.ShouldBe("a");
    }

    [Fact]
    public void A_change_of_unit_changes_nothing()
    {
        var random = new Random(1);
        Candidate[] candidates = [.. Enumerable.Range(0, 200).Select(i => new Candidate($"{i:000}", [random.NextDouble(), random.NextDouble(), random.Next(5) == 0 ? null : random.NextDouble()]))];
        Candidate[] scaled = [.. candidates.Select(c => new Candidate(c.Key, [c.Values[0] * 100 + 7, c.Values[1], c.Values[2]]))];
        var before = Similarity.Nearest([0.3, 0.4, 0.5], candidates, [1, 2, 3], 20);
        var after = Similarity.Nearest([37, 0.4, 0.5], scaled, [1, 2, 3], 20);
        after.Nearest.Select(n => n.Key).ShouldBe(before.Nearest.Select(n => n.Key));
    }

    [Fact]
    public void The_whole_list_agrees_with_sorting_it()
    {
        var random = new Random(2);
        Candidate[] candidates = [.. Enumerable.Range(0, 500).Select(i => new Candidate($"{i:000}", [random.Next(6), random.Next(6)]))];
        var all = Similarity.Nearest([2d, 3d], candidates, [1, 1], 500).Nearest;
        all.Count.ShouldBe(500);
        all.ShouldBe(all.OrderBy(n => n.Distance).ThenBy(n => n.Key, StringComparer.Ordinal));
        Similarity.Nearest([2d, 3d], candidates, [1, 1], 30).Nearest.Select(n => n.Key).ShouldBe(all.Take(30).Select(n => n.Key));
    }
}
