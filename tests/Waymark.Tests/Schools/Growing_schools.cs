using System.Globalization;
using Waymark.Field;
using Waymark.Data;
using Waymark.Tests.Outcomes.Imports;
using Waymark.Tests.Shared;

namespace Waymark.Tests.Schools;

/// <summary>From file to page: what a school is compared with follows what it was in that year.</summary>
public sealed class Growing_schools
{
    private const int Ashdown = 900101, AshdownAcademy = 900201;

    /// <summary>Two registers, the later of which says of Ashdown what it is told; three lower and three primary schools that stay what they are; results of both years.</summary>
    private static TestStore Partnership(Database database, int member, params string[] later)
    {
        var store = TestStore.On(database);
        string[] others = [.. Enumerable.Range(0, 6).Select(i => Register(900102 + i, i < 3 ? "Lower" : "Primary", i < 3 ? 9 : 11))];
        store.Load("edubasealldata20160905.csv", SchoolFiles.Register([Register(Ashdown, "Lower", 9), .. others]));
        store.Load("edubasealldata20170905.csv", SchoolFiles.Register([.. later, .. others]));
        store.Load("clusters.csv", $"cluster,urn,from,membership\nSandy,{member},2015-09-01,full\nSandy,900102,2015-09-01,full\n");
        string[] rows = [.. from year in new[] { 201617, 201718 }
                            from urn in Enumerable.Range(Ashdown, 7)
                            from row in new[] { $"{urn},{year},pupils.headcount,all,,,{200 + urn - Ashdown},final", $"{urn},{year},ks2.rwm.exp,all,20,30,,final", $"{urn},{year},eyfs.gld,all,21,30,,final" }
                            where later[0].StartsWith(Ashdown.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal) || urn != Ashdown || year == 201617
                            select row];
        store.Load("local.csv", ResultFiles.Local([.. rows, $"{AshdownAcademy},201718,pupils.headcount,all,,,200,final", $"{AshdownAcademy},201718,ks2.rwm.exp,all,20,30,,final", $"{AshdownAcademy},201718,eyfs.gld,all,21,30,,final"]));
        return store;
    }

    private static string Register(int urn, string kind, int leave, string opened = "") =>
        $"{urn},823,{2000 + urn % 1000},{(urn is Ashdown or AshdownAcademy ? "Ashdown" : $"Number {urn}")} {kind} School,Community school,Local authority maintained schools,Open,{opened},,Primary,5,{leave},Sandy,SG19 1AA,516000,249000,,";

    [SkippableTheory, Databases]
    public async Task A_lower_school_that_becomes_a_primary_whatcompared_as_one_from_that_year_only(Database database)
    {
        using var store = Partnership(database, Ashdown, Register(Ashdown, "Primary", 11));
        await Is_lower_in_2016_17_and_primary_in_2017_18(store, Ashdown);
    }

    [SkippableTheory, Databases]
    public async Task So_whatone_that_becomes_an_academy_while_its_clusters_know_its_earlier_number(Database database)
    {
        using var store = Partnership(database, Ashdown, Register(AshdownAcademy, "Primary", 11, "01-01-2017"), Register(Ashdown, "Lower", 9));
        store.Load("links.csv", SchoolFiles.Links + $"{Ashdown},{AshdownAcademy},Ashdown Primary School,Successor,01-01-2018\r\n");
        // It opened on 1 January 2018 as a link says, and the register says 2017: what is known of 2016/17 is then the academy's oldest record.
        store.Load("edubasealldata20160906.csv", SchoolFiles.Register(Register(AshdownAcademy, "Lower", 9, "01-01-2017")));
        await Is_lower_in_2016_17_and_primary_in_2017_18(store, AshdownAcademy);
    }

    private static IEnumerable<string> Members(PageAnswer page, int phase = 2) => page.All("#members tbody th").Zip(page.All($"#members tbody td:nth-child({phase})"), (school, what) => $"{school}, {what}");

    private static async Task Is_lower_in_2016_17_and_primary_in_2017_18(TestStore store, int urn)
    {
        await using var host = await WaymarkHost.Serving(store);
        using var visitor = host.NewVisitor(RoleKind.Officer);

        (await Phases(201617)).ShouldBe(["lower"]);
        (await Phases(201718)).ShouldBe(["primary"]);

        var before = await visitor.Get("/clusters/sandy/pack?year=201617");
        Members(before).ShouldContain("Ashdown Lower School, lower");
        before.Document.QuerySelector("#ks2").ShouldBeNull("no lower school teaches year 6");
        var after = await visitor.Get("/clusters/sandy/pack?year=201718");
        Members(after).ShouldContain("Ashdown Primary School, primary");
        after.Document.QuerySelector("#ks2").ShouldNotBeNull();
        after.Text.ShouldContain("1 of our 2 schools teach children of year 6");

        (await visitor.Get($"/schools/{urn}/report?year=201617")).Document.QuerySelector("#ks2").ShouldBeNull();
        (await visitor.Get($"/schools/{urn}/report?year=201718")).Document.QuerySelector("#ks2").ShouldNotBeNull();

        Members(await visitor.Get("/clusters/sandy?on=2017-08-31"), phase: 3).ShouldContain("Ashdown Lower School, Lower");
        Members(await visitor.Get("/clusters/sandy?on=2017-09-05"), phase: 3).ShouldContain("Ashdown Primary School, Primary");

        async Task<IEnumerable<string>> Phases(int year)
        {
            var page = await visitor.Get($"/schools/{urn}/similar?preset=own&w.pupils=1&year={year}");
            page.All("#similar tbody tr").Count.ShouldBe(4, "itself and the three that are what it was");
            return page.All("#similar tbody td:nth-child(2)").Distinct();
        }
    }
}
