using System.Globalization;
using System.Net;
using System.Text;
using Waymark.Clusters;
using Waymark.Data;
using Waymark.Evidence;
using Waymark.Field;
using Waymark.Tests.Clusters;
using Waymark.Tests.Evidence;
using Waymark.Tests.Schools;
using Waymark.Tests.Shared;

namespace Waymark.Tests.Outcomes.Packs;

public sealed class PackTests
{
    private const int Dunstable1 = 109501, Dunstable2 = 109502, Associate = 109503;

    [Fact]
    public async Task An_associate_is_never_added_in_and_schools_stand_by_name()
    {
        await using var pack = await Meeting.Of([(Dunstable1, "Zeta Lower School"), (Dunstable2, "Alpha Lower School"), (Associate, "Middle Lower School")],
            $"Dunstable,{Dunstable1},2010-09-01,full,", $"Dunstable,{Dunstable2},2010-09-01,full,", $"Dunstable,{Associate},2010-09-01,associate,");
        pack.Local(Row(Dunstable1, 201516, 10, 20), Row(Dunstable2, 201516, 20, 40), Row(Associate, 201516, 0, 100));

        var page = await pack.Page("/clusters/dunstable/pack?year=201516");

        page.Rows("#results-early tbody tr").ShouldContain(row => row.Contains("50% 38% to 62% 60", StringComparison.Ordinal));
        page.Text.ShouldContain("one associate member, which is never added in");
        var text = page.All("#schools-side-by-side-early table")[0];
        text.IndexOf("Alpha", StringComparison.Ordinal).ShouldBeLessThan(text.IndexOf("Zeta", StringComparison.Ordinal));
        text.ShouldNotContain("Middle Lower");
    }

    [Fact]
    public async Task A_pack_of_an_earlier_year_shows_its_members_and_a_trend_keeps_the_packs_schools()
    {
        await using var pack = await Meeting.Of([(Dunstable1, "Ashton Lower School"), (Dunstable2, "Brook Lower School")],
            $"Dunstable,{Dunstable1},2010-09-01,full,", $"Dunstable,{Dunstable2},2010-09-01,full,2015-12-31");
        pack.Local(Row(Dunstable1, 201314, 9, 20), Row(Dunstable2, 201314, 27, 30), Row(Dunstable1, 201415, 10, 20), Row(Dunstable2, 201415, 30, 30), Row(Dunstable1, 201516, 12, 20), Row(Dunstable2, 201516, 30, 30));

        var before = await pack.Page("/clusters/dunstable/pack?year=201415");
        before.Text.ShouldContain("Brook Lower School");
        before.Rows("#trend-early tbody tr").ShouldContain(row => row.Contains("2014/15 80%"));
        var now = await pack.Page("/clusters/dunstable/pack?year=201516");
        now.Text.ShouldNotContain("Brook Lower School");
        now.Rows("#trend-early tbody tr").ShouldContain(row => row.Contains("2014/15 50%"), "the same schools, followed back");
        now.Rows("#trend-early tbody tr").ShouldContain(row => row.Contains("2015/16 60%"));
    }

    [Fact]
    public async Task Provisional_results_are_marked_and_what_is_held_back_stays_held_back()
    {
        await using var pack = await Meeting.Of([(Dunstable1, "Ashton Lower School"), (Dunstable2, "Brook Lower School")],
            $"Dunstable,{Dunstable1},2010-09-01,full,", $"Dunstable,{Dunstable2},2010-09-01,full,");
        pack.Local(Row(Dunstable1, 201516, 10, 20, "provisional"), Row(Dunstable2, 201516, 3, 4, "provisional"));
        var page = await pack.Page("/clusters/dunstable/pack?year=201516");
        page.Text.ShouldContain("50% (p)");
        page.Text.ShouldContain("Holds provisional results; they are marked (p) and may change.");
        page.Rows("#schools-side-by-side-early tbody tr").Single(row => row.StartsWith("Brook", StringComparison.Ordinal)).ShouldStartWith("Brook Lower School c");
        page.Text.ShouldContain("Held back or unknown, and so not added: 1 school in good level of development");
    }

    [Fact]
    public async Task That_there_was_no_key_stage_2_progress_is_said()
    {
        await using var pack = await Meeting.Of([(Dunstable1, "Ashton Primary School")], $"Dunstable,{Dunstable1},2010-09-01,full,");
        pack.Local($"{Dunstable1},202324,ks2.rwm.exp,all,20,30,final");
        (await pack.Page("/clusters/dunstable/pack?year=202324")).Text.ShouldContain("No key stage 2 progress: these pupils had no key stage 1 tests in 2020.");
        (await pack.Page($"/schools/{Dunstable1}/governors?year=202324")).Text.ShouldContain("No key stage 2 progress: these pupils had no key stage 1 tests in 2020.");
    }

    [Fact]
    public async Task A_difference_that_chance_does_not_give_stands_out_with_its_base_and_its_figure()
    {
        await using var pack = await Meeting.Of([(Dunstable1, "Ashton Lower School")], $"Dunstable,{Dunstable1},2010-09-01,full,");
        pack.England(201516, "eyfs.gld", 70);
        pack.Local(Row(Dunstable1, 201516, 60, 200));
        var page = await pack.Page("/clusters/dunstable/pack?year=201516");
        var finding = page.Document.QuerySelectorAll("#summary .w-finding").First(item => item.QuerySelector("a") is not null);
        finding.TextContent.ShouldStartWith("Below England: 30% of children reached a good level of development at the end of reception (60 of 200; 95% interval 24% to 37%). In England it was 70%.");
        var figure = await pack.Page(finding.QuerySelector("a")!.GetAttribute("href")!);
        figure.Text.ShouldContain("30%");
        figure.Text.ShouldContain("Ashton Lower School");
    }

    [Fact]
    public async Task When_nothing_stands_out_the_pack_says_so()
    {
        await using var pack = await Meeting.Of([(Dunstable1, "Ashton Lower School")], $"Dunstable,{Dunstable1},2010-09-01,full,");
        pack.England(201516, "eyfs.gld", 70);
        pack.Local(Row(Dunstable1, 201516, 140, 200));
        var page = await pack.Page("/clusters/dunstable/pack?year=201516");
        page.Text.ShouldContain("None differs by more than chance would give, so nothing stands out.");
        page.Document.QuerySelectorAll("#summary .w-finding a").ShouldBeEmpty();
    }

    [Fact]
    public async Task Of_two_hundred_clusters_like_England_about_one_in_twenty_is_told_a_finding()
    {
        const int clusters = 200;
        var random = new Random(20161020);
        var schools = Enumerable.Range(0, clusters).Select(i => (Urn: 120_000 + i, Name: $"School {i:000} Lower")).ToArray();
        await using var pack = await Meeting.Of(schools, [.. schools.Select((school, i) => $"Cluster {i:000},{school.Urn},2010-09-01,full,")]);
        (string Measure, int Rate)[] measures = [("eyfs.gld", 66), ("phonics.y1", 77), ("ks1.reading.exp", 74), ("ks1.writing.exp", 65), ("ks1.maths.exp", 73)];
        pack.England(201516, [.. measures]);
        // Each measure of children of their own, so that the comparisons are independent.
        pack.Local([.. schools.SelectMany(school => measures.Select(measure =>
            $"{school.Urn},201516,{measure.Measure},all,{Enumerable.Range(0, 120).Count(_ => random.Next(100) < measure.Rate)},120,final"))]);
        var told = 0;
        foreach (var i in Enumerable.Range(0, clusters))
        {
            var page = await pack.Page($"/clusters/cluster-{i:000}/pack?year=201516");
            page.Text.ShouldContain("5 comparisons with England");
            if (page.Document.QuerySelector("#summary .w-finding a") is not null) told++;
        }
        told.ShouldBeInRange(1, 16, "without control about a fifth of the packs would tell one");
    }

    [Fact]
    public async Task What_the_funnel_says_agrees_with_its_limits()
    {
        (int Urn, string Name)[] schools = [.. Enumerable.Range(0, 6).Select(i => (130_000 + i, $"School {i} Lower"))];
        await using var pack = await Meeting.Of(schools, [.. schools.Select(school => $"Dunstable,{school.Urn},2010-09-01,full,")]);
        pack.England(201516, "eyfs.gld", 70);
        int[] counts = [70, 40, 58, 82, 95, 69];
        pack.Local([.. schools.Select((school, i) => Row(school.Urn, 201516, counts[i], 100))]);
        var rows = (await pack.Page("/clusters/dunstable/pack?year=201516")).Rows("#schools-early tbody tr");
        rows.Count.ShouldBe(6);
        var limit = Waymark.Statistics.Funnel.Limits(0.7, [100])[0];
        for (var i = 0; i < 6; i++)
        {
            var share = counts[i] / 100.0;
            rows[i].ShouldEndWith(share > limit.Upper998 ? "above 99.8%" : share > limit.Upper95 ? "above 95%" : share < limit.Lower998 ? "below 99.8%" : share < limit.Lower95 ? "below 95%" : "within");
        }
        rows[0].ShouldEndWith("within");
        rows[1].ShouldEndWith("below 99.8%");
        rows[4].ShouldEndWith("above 99.8%");
    }

    [Fact]
    public async Task Clusters_that_meet_jointly_get_one_pack_in_which_a_school_of_both_counts_once()
    {
        await using var pack = await Meeting.Of([(Dunstable1, "Ashton Lower School"), (Dunstable2, "Brook Lower School"), (Associate, "Crest Lower School")],
            $"Sandy,{Dunstable1},2010-09-01,full,", $"Biggleswade,{Dunstable2},2010-09-01,full,", $"Sandy,{Associate},2010-09-01,associate,", $"Biggleswade,{Associate},2010-09-01,full,");
        pack.Local(Row(Dunstable1, 201516, 10, 20), Row(Dunstable2, 201516, 20, 40), Row(Associate, 201516, 30, 40));
        using (var db = pack.Store.Open())
        {
            var joint = new Cluster { Slug = "sandy-and-biggleswade", Name = "Sandy and Biggleswade", Kind = ClusterKind.Joint };
            db.Add(joint);
            db.SaveChanges();
            db.AddRange(db.Clusters.Where(cluster => cluster.Kind == ClusterKind.Locality).AsEnumerable().Select(cluster => new Containment { Child = cluster.Place, Parent = joint.Place, Kind = ContainmentKind.Full, FirstDay = new DateOnly(2012, 9, 1) }).ToList());
            db.SaveChanges();
        }

        var page = await pack.Page("/clusters/sandy-and-biggleswade/pack?year=201516");
        page.Text.ShouldContain("3 schools are full members");
        page.Text.ShouldContain("This is the joint pack of Biggleswade and Sandy, which also meet separately; a school of both is counted once.");
        page.Rows("#members tbody tr").Count.ShouldBe(3);
        page.Rows("#results-early tbody tr").ShouldContain(row => row.Contains("60% 50% to 69% 100"), "10 + 20 + 30 of 20 + 40 + 40");
        (await pack.Page("/clusters/sandy/pack?year=201516")).Rows("#results-early tbody tr").ShouldContain(row => row.Contains("50% 30% to 70% 20"), "in Sandy alone it is an associate");
        (await pack.File("/clusters/sandy-and-biggleswade/pack/201516.pptx")).Length.ShouldBeGreaterThan(10_000);
    }

    [Fact]
    public async Task A_trend_follows_each_school_through_its_line_of_numbers()
    {
        const int academy = 140001;
        await using var pack = await Meeting.Of([(Dunstable1, "Ashton Lower School"), (Dunstable2, "Brook Lower School"), (academy, "Brook Lower Academy")],
            $"Dunstable,{Dunstable1},2010-09-01,full,", $"Dunstable,{academy},2015-09-01,full,");
        pack.Store.Load("links.csv", SchoolFiles.Links + $"{Dunstable2},{academy},Brook Lower Academy,Successor,31-08-2015\r\n{academy},{Dunstable2},Brook Lower School,Predecessor,\r\n");
        pack.Local(Row(Dunstable1, 201314, 9, 20), Row(Dunstable2, 201314, 27, 30), Row(Dunstable1, 201415, 10, 20), Row(Dunstable2, 201415, 30, 30), Row(Dunstable1, 201516, 12, 20), Row(academy, 201516, 24, 30));
        var trend = (await pack.Page("/clusters/dunstable/pack?year=201516")).Rows("#trend-early tbody tr");
        trend.ShouldContain(row => row.Contains("2014/15 80% 67% to 89%", StringComparison.Ordinal) || row.Contains("2014/15 80%", StringComparison.Ordinal));
        trend.ShouldContain(row => row.Contains("2015/16 72%", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_school_stands_beside_its_cluster_its_pyramid_its_authority_and_the_nation_each_a_sum_of_counts()
    {
        await using var pack = await Meeting.Of([(Dunstable1, "Ashton Lower School"), (Dunstable2, "Brook Lower School"), (Associate, "Crest Lower School"), (109504, "Dene Lower School")],
            $"Dunstable,{Dunstable1},2010-09-01,full,", $"Dunstable,{Dunstable2},2010-09-01,full,");
        pack.Pyramids($"Manor,{Dunstable1},130001,2010-09-01", $"Manor,{Associate},130001,2010-09-01");
        pack.England(201516, "eyfs.gld", 70);
        pack.Local(Row(Dunstable1, 201516, 10, 20), Row(Dunstable2, 201516, 20, 30), Row(Associate, 201516, 30, 30), Row(109504, 201516, 6, 20));
        var page = await pack.Page($"/schools/{Dunstable1}/report?year=201516");
        page.Rows("#beside tbody tr").ShouldBe(["This school 50% of 20", "Cluster: Dunstable 60% of 50", "Pyramid of Manor 80% of 50", "Central Bedfordshire 66% of 100", "England 70%"]);
        page.All("#results-early thead th").ShouldBe(["", "This school", "95% interval", "Children", "2014/15", "Cluster", "Pyramid", "Authority", "England"]);
        page.Rows("#results-early tbody tr")[0].ShouldEndWith("60% 80% 66% 70%");
        page.Text.ShouldContain("Cluster and pyramid: the children of their schools, added.");
        page.Text.ShouldContain("Only published averages, without the children they rest on: England.");
        page.Text.ShouldContain("Central Bedfordshire, good level of development: counted from its schools whose results are loaded.");
        foreach (var link in page.Document.QuerySelectorAll("#beside tbody a").Select(link => link.GetAttribute("href")!))
            (await pack.Page(link)).Text.ShouldContain("How it came about");
        var figure = await pack.Page($"/figures/eyfs.gld/201516/school/{Dunstable1}/all");
        figure.Rows("#beside tbody tr").ShouldBe([
            "Dunstable 60% 46% to 72% 50 counts, added", "Manor 80% 67% to 89% 50 counts, added", "Central Bedfordshire 66% 56% to 75% 100 counts, added", "England 70% a published average"]);
        var csv = Encoding.UTF8.GetString(await pack.File($"/schools/{Dunstable1}/report/201516.csv"));
        csv.ShouldContain("201516,Academic year,Pyramid,");
        csv.ShouldContain("201516,Academic year,Cluster,dunstable,Dunstable,eyfs.gld");
    }

    [Fact]
    public async Task The_authority_stands_among_all_with_rank_quartile_and_its_neighbours()
    {
        await using var pack = await Meeting.Of([(Dunstable1, "Ashton Lower School")], $"Dunstable,{Dunstable1},2010-09-01,full,");
        pack.Authorities(201516, "suspensions.rate", (823, 4.0), (850, 3.0), (855, 5.0), (937, 2.0), (881, 9.0), (882, 9.5), (883, 9.9), (884, 12.0));
        pack.England(201516, "suspensions.rate", 4);
        pack.Store.Load("neighbours.csv", "la_code,rank,neighbour_la_code,list\r\n823,1,850,2014-09\r\n823,2,855,2014-09\r\n");
        pack.Local(Row(Dunstable1, 201516, 10, 20));
        var page = await pack.Page("/clusters/dunstable/pack?year=201516");
        page.Rows("#standings tbody tr").ShouldBe(["Suspensions for every hundred pupils 2015/16 4.00 4.00 4.00 3 of 8 2"], "937 and 850 have fewer; 850 and 855 are the neighbours");
        page.Text.ShouldContain("Rank 1 and quartile 1 are best, among the authorities of which a figure is loaded.");
        (await pack.Page($"/schools/{Dunstable1}/report?year=201516")).Rows("#standings tbody tr").Count.ShouldBe(1);
        var figure = await pack.Page("/figures/suspensions.rate/201516/authority/823/all");
        figure.Text.ShouldContain("Rank 3 of the 8 authorities of which a figure is loaded, in quartile 2.");
        figure.Rows("#beside tbody tr").ShouldBe(["Statistical neighbours of Central Bedfordshire 4.00 mean of 2 published averages", "England 4.00 a published average"]);
        var neighbours = await pack.Page("/figures/suspensions.rate/201516/neighbours/823/all");
        neighbours.Text.ShouldContain("Only published averages exist, without the children they rest on: the plain mean of 2 authorities, each counting the same.");
        neighbours.Text.ShouldContain("The authorities are those of the list of September 2014.");
        var csv = Encoding.UTF8.GetString(await pack.File("/clusters/dunstable/pack/201516.csv"));
        csv.ShouldContain("201516,Academic year,Local authority,823,Central Bedfordshire,suspensions.rate,Suspensions for every hundred pupils,all,4.00,x,x,x,x,,per 100,3,8,2");
        csv.ShouldContain("201516,Academic year,Statistical neighbours,823,Statistical neighbours of Central Bedfordshire,suspensions.rate,Suspensions for every hundred pupils,all,4.00");
    }

    [Theory]
    [InlineData(201516, "Not comparable before 2015/16: New key stage 2 tests")]
    [InlineData(201819, null)]
    public async Task A_break_in_method_is_told_under_the_trend(int year, string? sentence)
    {
        await using var pack = await Meeting.Of([(Dunstable1, "Ashton Primary School")], $"Dunstable,{Dunstable1},2010-09-01,full,");
        pack.Local($"{Dunstable1},{year - 101},ks2.rwm.exp,all,21,30,final", $"{Dunstable1},{year},ks2.rwm.exp,all,20,30,final");
        var text = (await pack.Page($"/clusters/dunstable/pack?year={year}")).Text;
        if (sentence is not null) text.ShouldContain(sentence, Case.Insensitive);
        else text.ShouldContain("Not comparable before 2017/18");
    }

    [Fact]
    public async Task Scores_stand_in_a_funnel_whose_limits_are_the_deviation_over_the_root_of_the_pupils()
    {
        (int Urn, string Name)[] schools = [.. Enumerable.Range(0, 5).Select(i => (130_000 + i, $"School {i} Primary"))];
        await using var pack = await Meeting.Of(schools, [.. schools.Select(school => $"Dunstable,{school.Urn},2010-09-01,full,")]);
        double[] scores = [-3.1, 0.2, 1.0, 2.9, -1.0];
        // As published: score ± 1.96 · 6.229 / √n.
        pack.Scores(201617, "ks2.reading.progress", [.. schools.Select((school, i) => (school.Urn, scores[i], 30 + 10 * i, 6.229))], england: 0);
        var page = await pack.Page("/clusters/dunstable/pack?year=201617");
        var rows = page.Rows("#schools-ks2-214 tbody tr");
        rows.Count.ShouldBe(5);
        for (var i = 0; i < 5; i++)
        {
            var z = Math.Abs(scores[i]) / (6.229 / Math.Sqrt(30 + 10 * i));
            rows[i].ShouldEndWith(z > 3.0902 ? $"{(scores[i] > 0 ? "above" : "below")} 99.8%" : z > 1.96 ? $"{(scores[i] > 0 ? "above" : "below")} 95%" : "within");
        }
        rows.Count(row => row.EndsWith('%')).ShouldBe(2);
        page.Text.ShouldContain("The limits rest on the nation's spread of single pupils' scores, which the published intervals are made with (6.2 points).");
    }

    private static string Row(int urn, int year, int count, int of, string status = "final") => $"{urn},{year},eyfs.gld,all,{count},{of},{status}";
}
