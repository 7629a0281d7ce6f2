using System.Net;
using System.Text;
using Waymark.Clusters;
using Waymark.Clusters.Imports;
using Waymark.Data;
using Waymark.Field;
using Waymark.Schools;
using Waymark.Shared.Imports;
using Waymark.Shared.Ledger;
using Waymark.Tests.Shared;

namespace Waymark.Tests.Clusters;

public sealed class PagesTests
{
    private const string Clusters = """
        cluster,urn,from,membership,until
        Dunstable,109501,2015-09-01,full,
        Dunstable,109502,2015-09-01,full,
        Dunstable,109503,2015-09-01,associate,
        Houghton Regis,109503,2015-09-01,full,
        """;

    private static readonly byte[] Wards = """
        {"type":"FeatureCollection","features":[{"type":"Feature","properties":{"WD13NM":"Dunstable-Central"},"geometry":{"type":"Polygon","coordinates":[[[-0.52,51.88],[-0.50,51.88],[-0.50,51.90],[-0.52,51.90],[-0.52,51.88]]]}}]}
        """u8.ToArray();

    [SkippableTheory, Databases]
    public async Task An_empty_system_opens_on_what_to_do_first(Database database)
    {
        await using var partnership = await Partnership.Empty(database);
        var start = await partnership.Visitor.Get("/");

        start.Heading.ShouldBe("Set up your partnership");
        start.All(".w-steps__step h2").ShouldBe(["1. Choose your local authority To do", "2. Load the register of schools To do", "3. Load the clusters To do", "4. Load last year’s results To do"]);
        Encoding.UTF8.GetString((await partnership.Visitor.Get(start.Link("Template clusters.csv"))).Content).ShouldBe("cluster,urn,from,membership,until\r\n");
    }

    [SkippableTheory, Databases]
    public async Task The_authority_is_chosen_by_name_or_code(Database database)
    {
        await using var partnership = await Partnership.Empty(database);
        var form = await partnership.Visitor.Get("/authority");
        (await partnership.Visitor.Submit(form, [("Authority", "")])).Errors.ShouldBe(["Enter the name or the code of your local authority"]);
        (await partnership.Visitor.Submit(form, [("Authority", "Wessex")])).Errors.Single().ShouldStartWith("No local authority of England is called ‘Wessex’");

        (await partnership.Visitor.Submit(form, [("Authority", "central bedfordshire")])).Location!.AbsolutePath.ShouldBe("/");

        (await partnership.Visitor.Get("/")).All(".w-steps__step")[0].ShouldBe("1. Choose your local authority Done Central Bedfordshire.");
        partnership.Read(db => db.Read(Setting.Authority)).ShouldBe("823");
        (await partnership.Visitor.Submit(await partnership.Visitor.Get("/authority"), [("Authority", "838")])).Status.ShouldBe(HttpStatusCode.Redirect);
        partnership.Read(db => db.Read(Setting.AuthorityName)).ShouldBe("Dorset");
    }

    [SkippableTheory, Databases]
    public async Task The_start_page_shows_the_clusters_and_their_schools(Database database)
    {
        await using var partnership = await Partnership.WithClusters(database);
        var start = await partnership.Visitor.Get("/");

        start.Heading.ShouldBe("Clusters of Central Bedfordshire");
        start.All(".w-card h2").ShouldBe(["Dunstable", "Houghton Regis"]);
        start.All(".w-card")[0].ShouldContain("2 full members: 1 lower and 1 middle; 1 associate");
        start.All(".w-map__school").Count.ShouldBe(3);
        start.Document.QuerySelector(".w-map__school")!.GetAttribute("aria-label").ShouldBe("Ashton Lower School, lower; Dunstable");
        start.All("#members tbody tr").Count.ShouldBe(4);
        start.Text.ShouldContain("1 school is in no cluster");
        (await partnership.Visitor.Get("/clusters/without")).All("#without tbody th").ShouldBe(["Downs Primary School"]);
        Encoding.UTF8.GetString((await partnership.Visitor.Get("/clusters/without?handler=csv")).Content).ShouldStartWith("school,urn,phase,town,pupils\r\nDowns Primary School,109504,Primary,");
    }

    [SkippableTheory, Databases]
    public async Task What_the_clusters_file_gives_out_it_reads_back_as_the_same(Database database)
    {
        await using var partnership = await Partnership.WithClusters(database);
        var file = (await partnership.Visitor.Get("/?handler=export")).Content;

        var outcome = partnership.Desk.Stage("clusters.csv", file);

        outcome.Refused.ShouldBeFalse(string.Join("; ", outcome.Notes));
        outcome.Import.RowsKept.ShouldBe(4);
        partnership.Read(db => db.Set<LedgerRecord>().Count(record => record.ImportId == outcome.Import.Id)).ShouldBe(0);
    }

    [SkippableTheory, Databases]
    public async Task A_school_is_searched_and_added(Database database)
    {
        await using var partnership = await Partnership.WithClusters(database);
        var visitor = partnership.Visitor;
        (await visitor.Get("/clusters/dunstable/members?q=nowhere")).Text.ShouldContain("No school in the register fits ‘nowhere’");
        var found = await visitor.Get("/clusters/dunstable/members?q=downs");
        found.All("#add .govuk-radios__label").ShouldContain("Downs Primary School");

        (await visitor.Submit(found, [.. Day("From", 31, 2, 2016)], "#add")).Errors.ShouldBe(["Member from must be a real date", "Select a school", "Select full or associate"], ignoreOrder: true);
        (await visitor.Submit(found, [("Member", "109504"), ("Kind", "Full")], "#add")).Errors.ShouldBe(["Enter the day from which it is a member"]);
        var done = await visitor.Follow(await visitor.Submit(found, [("Member", "109504"), ("Kind", "Full"), .. Day("From", 1, 9, 2016)], "#add"));

        done.All(".govuk-notification-banner__heading").ShouldBe(["Downs Primary School is a full member from 1 September 2016"]);
        partnership.Members("Dunstable", new(2016, 9, 1)).ShouldContain("109504 Full");
        partnership.Members("Dunstable", new(2016, 8, 31)).ShouldNotContain("109504 Full");

        var again = await visitor.Submit(await visitor.Get("/clusters/dunstable/members?q=downs"), [("Member", "109504"), ("Kind", "Associate"), .. Day("From", 1, 9, 2018)], "#add");
        again.Errors.Single().ShouldStartWith("It is full member from 1 September 2016 already");
    }

    [SkippableTheory, Databases]
    public async Task A_pack_of_2016_shows_the_members_of_2016_after_an_edit(Database database)
    {
        await using var partnership = await Partnership.WithClusters(database);
        var visitor = partnership.Visitor;
        var page = await visitor.Get("/clusters/dunstable/members/109501");
        (await visitor.Submit(page, [], "#end")).Errors.ShouldBe(["Enter the last day of membership"]);
        (await visitor.Submit(page, Day("LastDay", 1, 1, 2014), "#end")).Errors.Single().ShouldStartWith("The last day must be 1 September 2015 or later");

        await visitor.Follow(await visitor.Submit(page, Day("LastDay", 31, 8, 2017), "#end"));

        partnership.Read(db => db.FullMembersFor(db.FindCluster("Dunstable")!, AcademicYear.Ending(2016))).ShouldBe([new SchoolUrn(109501), new SchoolUrn(109502)]);
        partnership.Read(db => db.FullMembersFor(db.FindCluster("Dunstable")!, AcademicYear.Ending(2017))).ShouldBe([new SchoolUrn(109501), new SchoolUrn(109502)]);
        partnership.Read(db => db.FullMembersFor(db.FindCluster("Dunstable")!, AcademicYear.Ending(2018))).ShouldBe([new SchoolUrn(109502)]);
        (await visitor.Get("/clusters/dunstable?on=2016-09-20")).All("#members tbody tr").Count.ShouldBe(3);
        (await visitor.Get("/clusters/dunstable?on=2017-09-20")).All("#members tbody tr").Count.ShouldBe(2);
    }

    [SkippableTheory, Databases]
    public async Task A_change_of_kind_and_a_correction_are_undone_one_after_the_other(Database database)
    {
        await using var partnership = await Partnership.WithClusters(database);
        var visitor = partnership.Visitor;
        var page = await visitor.Get("/clusters/dunstable/members/109501");
        (await visitor.Submit(page, [], "#kind")).Errors.ShouldBe(["Enter the first day of the change"]);
        (await visitor.Submit(page, Day("ChangesOn", 1, 9, 2015), "#kind")).Errors.Single().ShouldContain("correct the mistake instead");
        await visitor.Submit(page, Day("ChangesOn", 1, 9, 2016), "#kind");
        partnership.Members("Dunstable", new(2016, 9, 1)).ShouldContain("109501 Associate");
        partnership.Members("Dunstable", new(2016, 8, 31)).ShouldContain("109501 Full");

        // The old form is stale by now.
        (await visitor.Submit(page, Day("LastDay", 31, 8, 2018), "#end")).Heading.ShouldBe("Somebody else changed this while you were writing");

        page = await visitor.Get("/clusters/dunstable/members/109501?from=2016-09-01");
        (await visitor.Submit(page, [], "#correct")).Errors.Single().ShouldStartWith("Nothing is different");
        (await visitor.Submit(page, [.. Day("RightFrom", 1, 1, 2016)], "#correct")).Errors.Single().ShouldStartWith("It cannot be a member twice at the same time");
        (await visitor.Submit(page, [.. Day("RightUntil", 1, 1, 2016)], "#correct")).Errors.Single().ShouldStartWith("The last day must be the same as or after");
        var corrected = await visitor.Follow(await visitor.Submit(page, [("RightKind", "Never")], "#correct"));
        corrected.All("#changes + p + ul li p").Count.ShouldBe(2);
        corrected.All("#changes + p + ul li p")[0].ShouldStartWith("Ashton Lower School: mistake corrected: was associate member from 1 September 2016, is not a member in that time");
        partnership.Members("Dunstable", new(2016, 9, 1)).ShouldNotContain("109501 Associate");

        var members = await visitor.Follow(await visitor.Submit(corrected, [], "form[id^=undo-]"));
        partnership.Members("Dunstable", new(2016, 9, 1)).ShouldContain("109501 Associate");
        (await visitor.Submit(corrected, [], "form[id^=undo-]")).Location.ShouldNotBeNull("the same button again is answered as before");
        await visitor.Submit(members, [], "form[id^=undo-]");
        partnership.Members("Dunstable", new(2016, 9, 1)).ShouldContain("109501 Full");
    }

    [SkippableTheory, Databases]
    public async Task Clusters_are_made_and_meet_jointly(Database database)
    {
        await using var partnership = await Partnership.WithClusters(database);
        var visitor = partnership.Visitor;
        var form = await visitor.Get("/clusters/new");
        (await visitor.Submit(form, [])).Errors.ShouldBe(["Enter the cluster's name", "Select what belongs to it"], ignoreOrder: true);
        (await visitor.Submit(form, [("Name", "dunstable"), ("Kind", "Locality")])).Errors.ShouldBe(["There is a cluster called Dunstable already"]);
        (await visitor.Submit(form, [("Name", "New"), ("Kind", "Locality")])).Errors.Single().ShouldStartWith("A cluster cannot be called New");
        (await visitor.Submit(form, [("Name", "South"), ("Kind", "Joint"), ("Members", "dunstable")])).Errors.ShouldBe(["Select two clusters or more", "Enter the day from which they meet jointly"], ignoreOrder: true);
        (await visitor.Submit(form, [("Name", "Cranfield and Marston"), ("Kind", "Locality")])).Location!.AbsolutePath.ShouldBe("/clusters/cranfield-and-marston/members");

        form = await visitor.Get("/clusters/new");
        var south = await visitor.Follow(await visitor.Submit(form, [("Name", "South"), ("Kind", "Joint"), ("Members", "dunstable"), ("Members", "houghton-regis"), .. Day("From", 1, 9, 2016)]));

        south.Heading.ShouldBe("South");
        south.All("#members tbody tr").Count.ShouldBe(3);
        (await visitor.Get("/clusters/dunstable")).Link("South").ShouldBe("/clusters/south");
        south.All("h2").ShouldNotContain("Dunstable", "its clusters stand in their own");

        var members = await visitor.Get((await visitor.Get("/clusters/south/edit")).Link("Change which clusters meet jointly"));
        (await visitor.Submit(members, [("Member", "cranfield-and-marston")], "#add")).Errors.ShouldBe(["Enter the day from which it is a member"]);
        members = await visitor.Follow(await visitor.Submit(members, [("Member", "cranfield-and-marston"), .. Day("From", 1, 1, 2017)], "#add"));
        members.All("#now tbody th").ShouldBe(["Cranfield and Marston", "Dunstable", "Houghton Regis"]);
        (await visitor.Get("/clusters/south/members/109501")).Status.ShouldBe(HttpStatusCode.NotFound, "a school is a member of its own cluster");

        var dunstable = await visitor.Get(members.Link("Dunstable"));
        dunstable.Document.QuerySelector("#kind").ShouldBeNull("a cluster is no associate");
        (await visitor.Submit(dunstable, Day("LastDay", 1, 1, 2010), "#end")).Errors.Single().ShouldStartWith("The last day must be 1 September 2016 or later");
        members = await visitor.Follow(await visitor.Submit(dunstable, Day("LastDay", 31, 8, 2017), "#end"));
        members.All("#now tbody tr, #former tbody tr").ShouldContain(row => row.Contains("31 August 2017"));
        partnership.Members("South", new(2017, 9, 1)).ShouldNotContain("109501 Full");

        var corrected = await visitor.Follow(await visitor.Submit(await visitor.Get(members.Link("Cranfield and Marston")), [("RightKind", "Never")], "#correct"));
        corrected.All("#now tbody th").ShouldNotContain("Cranfield and Marston");
        var undone = await visitor.Follow(await visitor.Submit(corrected, [], "#" + corrected.Document.QuerySelector("form[id^=undo-]")!.Id));
        undone.All("#now tbody th").ShouldContain("Cranfield and Marston");
        undone = await visitor.Follow(await visitor.Submit(undone, [], "#" + undone.Document.QuerySelectorAll("form[id^=undo-]").Single(form => form.TextContent.Contains("ended on 31 August 2017")).Id));
        partnership.Members("South", new(2017, 9, 1)).ShouldContain("109501 Full");
    }

    [SkippableTheory, Databases]
    public async Task A_cluster_is_renamed_and_keeps_its_address(Database database)
    {
        await using var partnership = await Partnership.WithClusters(database);
        var visitor = partnership.Visitor;
        var edit = await visitor.Get("/clusters/dunstable/edit");
        (await visitor.Submit(edit, [("Name", "Houghton-Regis")], "#names")).Errors.ShouldBe(["There is a cluster called Houghton Regis already"]);
        (await visitor.Submit(edit, [("Position", "first")], "#names")).Errors.Single().ShouldBe("Place in the list of clusters must be a whole number");

        var saved = await visitor.Follow(await visitor.Submit(edit, [("Name", "Dunstable and Kensworth")], "#names"));

        saved.Heading.ShouldBe("Dunstable and Kensworth");
        saved.Address.AbsolutePath.ShouldBe("/clusters/dunstable");
    }

    [SkippableTheory, Databases]
    public async Task People_and_partners_are_named_and_leave_with_a_day(Database database)
    {
        await using var partnership = await Partnership.WithClusters(database);
        var visitor = partnership.Visitor;
        var form = await visitor.Get("/clusters/dunstable/contacts/new");
        (await visitor.Submit(form, [("Email", "lead at school"), ("Telephone", "ring me")])).Errors.ShouldBe(
            ["Select what they are to the cluster", "Enter the name of the person or organisation", "Enter an e-mail address in the right form, like name@example.org", "Enter a telephone number, like 01632 960 001 or +44 808 157 0192", "Enter the first day"], ignoreOrder: true);

        var edit = await visitor.Follow(await visitor.Submit(form, [("Capacity", "Lead"), ("Name", "Ada Marsh"), ("Role", "Headteacher"), ("Email", "ada@example.org"), ("Telephone", "01632 960 001"), .. Day("From", 1, 9, 2016)]));

        (await visitor.Get("/")).All(".w-card")[0].ShouldContain("Lead: Ada Marsh, Headteacher");
        (await visitor.Get("/clusters/dunstable")).Text.ShouldContain("Ada Marsh, Headteacher");
        var contact = await visitor.Get(edit.Document.QuerySelector("dd a[href*='/contacts/']")!.GetAttribute("href")!);
        (await visitor.Submit(contact, Day("Until", 1, 9, 2010))).Errors.Single().ShouldStartWith("The last day must be the same as or after the first day");
        await visitor.Follow(await visitor.Submit(contact, Day("Until", 31, 10, 2016)));
        (await visitor.Get("/clusters/dunstable")).Text.ShouldNotContain("Ada Marsh");
        (await visitor.Get("/clusters/dunstable?on=2016-10-12")).Text.ShouldContain("Ada Marsh");
    }

    [SkippableTheory, Databases]
    public async Task Boundaries_are_added_with_their_source_taken_off_and_shown_again(Database database)
    {
        await using var partnership = await Partnership.WithClusters(database);
        var visitor = partnership.Visitor;
        var form = await visitor.Get("/clusters/boundaries");
        (await visitor.Submit(form, [], [], "#add")).Errors.ShouldBe(["Enter the sentence that names the source", "Select a GeoJSON file"], ignoreOrder: true);
        (await visitor.Submit(form, [("Attribution", "OS data")], [("Upload", "wards.csv", "a,b"u8.ToArray())], "#add")).Errors.Single().ShouldStartWith("wards.csv, line 1: this is not JSON");

        var shown = await visitor.Follow(await visitor.Submit(form, [("Attribution", "Contains OS data")], [("Upload", "wards.json", Wards)], "#add"));
        (await visitor.Get("/")).All(".w-map__outlines path").Count.ShouldBe(1);
        (await visitor.Get("/")).All(".w-map figcaption .w-note").ShouldContain("Contains OS data");

        var off = await visitor.Follow(await visitor.Submit(shown, [], "#remove"));
        (await visitor.Get("/")).All(".w-map__outlines path").ShouldBeEmpty();
        await visitor.Submit(off, [], "#restore");
        (await visitor.Get("/")).All(".w-map__outlines path").Count.ShouldBe(1);
    }

    [SkippableTheory, Databases]
    public async Task A_member_that_becomes_an_academy_stays_one_member(Database database)
    {
        await using var partnership = await Partnership.WithClusters(database);
        partnership.Read(db =>
        {
            db.Add(TestSchools.School(140501, "Ashton Academy", Phase.Lower, openedOn: new DateOnly(2016, 9, 1)));
            db.AddRange(new SchoolLine { Urn = new(109501), Line = new(140501), Position = 0 }, new SchoolLine { Urn = new(140501), Line = new(140501), Position = 1 });
            return db.SaveChanges();
        });
        var again = partnership.Desk.Stage("clusters.csv", "cluster,urn,from,membership\nDunstable,140501,2016-09-01,full\n"u8.ToArray());
        partnership.Desk.Publish(again.Import.Id).ShouldBeNull();

        partnership.Members("Dunstable", new(2017, 8, 31)).Count.ShouldBe(3);
        (await partnership.Visitor.Get("/schools/140501")).All("#clusters + ul li").ShouldBe(["Dunstable: full member from 1 September 2016", "Dunstable: full member from 1 September 2015"]);
        (await partnership.Visitor.Get("/schools/109504")).Text.ShouldContain("It is and was in no cluster.");
        (await partnership.Visitor.Get("/clusters/without")).All("#without tbody th").ShouldBe(["Downs Primary School"], "neither of the numbers of a member");
        (await partnership.Visitor.Get("/clusters/dunstable?on=2016-08-31")).All("#members tbody th").ShouldContain("Ashton Lower School");
        (await partnership.Visitor.Get("/clusters/dunstable?on=2017-08-31")).All("#members tbody th").ShouldContain("Ashton Academy");
    }

    [Theory]
    [InlineData("/clusters/nowhere")]
    [InlineData("/clusters/nowhere/members")]
    [InlineData("/clusters/nowhere/edit")]
    [InlineData("/clusters/nowhere/contacts/new")]
    [InlineData("/clusters/dunstable/contacts/7")]
    [InlineData("/clusters/dunstable/members/109504")]
    [InlineData("/clusters/dunstable/members/1")]
    [InlineData("/clusters/nowhere?handler=csv")]
    public async Task What_is_not_there_is_not_found(string path)
    {
        await using var partnership = await Partnership.WithClusters(Database.Sqlite);
        (await partnership.Visitor.Get(path)).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    private static (string, string?)[] Day(string field, int day, int month, int year) => [($"{field}.day", $"{day}"), ($"{field}.month", $"{month}"), ($"{field}.year", $"{year}")];

    /// <summary>A partnership in a browser: two clusters of three schools, and a school in none.</summary>
    private sealed class Partnership : IAsyncDisposable
    {
        private readonly TestStore store;
        private readonly WaymarkHost host;

        private Partnership(TestStore store, WaymarkHost host)
        {
            (this.store, this.host, Visitor) = (store, host, host.NewVisitor(RoleKind.Officer));
            Desk = new ImportDesk(store.Store, [new ClustersCsv()], new LocalClock(host.Time));
        }

        public Visitor Visitor { get; }

        public ImportDesk Desk { get; }

        public static async Task<Partnership> Empty(Database database)
        {
            var store = TestStore.On(database);
            return new Partnership(store, await WaymarkHost.Serving(store));
        }

        public static async Task<Partnership> WithClusters(Database database)
        {
            var partnership = await Empty(database);
            partnership.Read(db =>
            {
                db.AddRange(TestSchools.School(109501, "Ashton Lower School"), TestSchools.School(109502, "Brook Middle School", Phase.Middle, 503_000, 221_000),
                    TestSchools.School(109503, "Chalk Upper School", Phase.Upper, 501_500, 224_000), TestSchools.School(109504, "Downs Primary School", Phase.Primary));
                db.Write(Setting.Authority, "823");
                db.Write(Setting.AuthorityName, "Central Bedfordshire");
                return db.SaveChanges();
            });
            var staged = partnership.Desk.Stage("clusters.csv", Encoding.UTF8.GetBytes(Clusters));
            partnership.Desk.Publish(staged.Import.Id).ShouldBeNull();
            return partnership;
        }

        public T Read<T>(Func<WaymarkDb, T> read)
        {
            using var db = store.Open();
            return read(db);
        }

        public List<string> Members(string cluster, DateOnly day) => Read(db => db.MembersOn(db.FindCluster(cluster)!, day).Select(member => $"{member.Urn} {member.Span.Kind}").ToList());

        public async ValueTask DisposeAsync()
        {
            Read(db => new Waymark.Clusters.Room().Invariants.SelectMany(invariant => invariant.Broken(db)).ToList()).ShouldBeEmpty();
            Visitor.Dispose();
            await host.DisposeAsync();
            store.Dispose();
        }
    }
}
