using System.Globalization;
using System.Net;
using System.Text;
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

        page.Text.ShouldContain("50% 37% to 63% 60");
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
        pack.Local(Row(Dunstable1, 201415, 10, 20), Row(Dunstable2, 201415, 30, 30), Row(Dunstable1, 201516, 12, 20), Row(Dunstable2, 201516, 30, 30));

        var before = await pack.Page("/clusters/dunstable/pack?year=201415");
        before.Text.ShouldContain("Brook Lower School");
        before.All("#trend-early tbody tr").ShouldContain(row => row.Contains("2014/15 80%"));
        var now = await pack.Page("/clusters/dunstable/pack?year=201516");
        now.Text.ShouldNotContain("Brook Lower School");
        now.All("#trend-early tbody tr").ShouldContain(row => row.Contains("2014/15 50%"), "the same schools, followed back");
        now.All("#trend-early tbody tr").ShouldContain(row => row.Contains("2015/16 60%"));
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
        page.All("#schools-side-by-side-early tbody tr").Single(row => row.StartsWith("Brook", StringComparison.Ordinal)).ShouldStartWith("Brook Lower School c");
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
        finding.TextContent.ShouldStartWith("Children with a good level of development at the end of reception: 30% (60 of 200; 95% interval 24% to 37%), below England's 70%.");
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
        var rows = (await pack.Page("/clusters/dunstable/pack?year=201516")).All("#funnel-early tbody tr");
        rows.Count.ShouldBe(6);
        var limit = Waymark.Statistics.Funnel.Limits(0.7, [100])[0];
        for (var i = 0; i < 6; i++)
        {
            var share = counts[i] / 100.0;
            rows[i].ShouldEndWith(share > limit.Upper998 ? "above the 99.8% limit" : share > limit.Upper95 ? "above the 95% limit" : share < limit.Lower998 ? "below the 99.8% limit" : share < limit.Lower95 ? "below the 95% limit" : "within chance");
        }
        rows[0].ShouldEndWith("within chance");
        rows[1].ShouldEndWith("below the 99.8% limit");
        rows[4].ShouldEndWith("above the 99.8% limit");
    }

    private static string Row(int urn, int year, int count, int of, string status = "final") => $"{urn},{year},eyfs.gld,all,{count},{of},{status}";

    /// <summary>A partnership about to meet: schools, clusters, results and somebody who reads the pack.</summary>
    private sealed class Meeting : IAsyncDisposable
    {
        private readonly TestStore store = TestStore.On(Database.Sqlite);
        private WaymarkHost host = null!;
        private Visitor visitor = null!;
        private int imports = 1000;

        public static async Task<Meeting> Of((int Urn, string Name)[] schools, params string[] memberships)
        {
            var meeting = new Meeting();
            using (var db = meeting.store.Open())
            {
                db.AddRange(schools.Select(school => TestSchools.School(school.Urn, school.Name, school.Name.Contains("Primary", StringComparison.Ordinal) ? Phase.Primary : Phase.Lower)));
                db.Write(Setting.Authority, "823");
                db.Write(Setting.AuthorityName, "Central Bedfordshire");
                db.SaveChanges();
            }
            meeting.store.Load("clusters.csv", "cluster,urn,from,membership,until\r\n" + string.Concat(memberships.Select(row => row + "\r\n")));
            meeting.host = await WaymarkHost.Serving(meeting.store);
            meeting.visitor = meeting.host.NewVisitor(RoleKind.Officer);
            return meeting;
        }

        public void Local(params string[] rows) => store.Load("local.csv", CubeTests.Local(rows));

        public void England(int year, string measure, double percentage) => England(year, (measure, (int)percentage));

        public void England(int year, params (string Measure, int Rate)[] rates)
        {
            var import = imports++;
            store.Publish(import, [.. rates.Select(rate => CubeTests.Row(import, PlaceKey.England, FigureStatus.Published, 5, rate.Rate, null, null, Catalogue.Measure(rate.Measure), year: year))]);
        }

        public async Task<PageAnswer> Page(string address)
        {
            var page = await visitor.Get(address);
            page.Status.ShouldBe(HttpStatusCode.OK, address);
            return page;
        }

        public async ValueTask DisposeAsync()
        {
            visitor.Dispose();
            await host.DisposeAsync();
            store.Dispose();
        }
    }
}
