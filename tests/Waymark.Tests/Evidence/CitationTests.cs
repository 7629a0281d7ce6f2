using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Waymark.Clusters;
using Waymark.Clusters.Imports;
using Waymark.Data;
using Waymark.Evidence;
using Waymark.Field;
using Waymark.Shared.Ledger;
using Waymark.Tests.Clusters;
using Waymark.Tests.Schools;
using Waymark.Tests.Shared;

namespace Waymark.Tests.Evidence;

public sealed class CitationTests
{
    private const string Key = "ks2.rwm.exp/201516/school/109501/all";
    private static readonly DateOnly Day = new(2016, 10, 3);
    private static readonly PlaceKey Ashton = PlaceKey.School(new(109501)), Brook = PlaceKey.School(new(109502)), Chalk = PlaceKey.School(new(109503));

    [SkippableTheory, Databases]
    public void What_was_cited_stays_and_says_that_its_record_has_moved(Database database)
    {
        using var store = WithSchools(database);
        store.Publish(21, FigureStatus.Published, 5, (Ashton, 50, 10, 20));
        using var db = store.Open();
        var citation = db.Cite("figure", Key, Day)!;
        (citation.Wording, citation.Value, citation.Base, citation.Symbol, citation.IsPublic).ShouldBe(("50% (10 of 20; 95% interval 30% to 70%)", 50, 20, "", true));
        citation.Title.ShouldBe("Pupils at the expected standard in reading, writing and maths: Ashton Lower School, 2015/16");
        citation.Movement(db.LiveOf(citation)).ShouldBe("Unchanged since.");
        db.Cite("figure", Key, Day.AddDays(9))!.Id.ShouldBe(citation.Id, "the same said again is the same citation");

        store.Publish(22, FigureStatus.Published, 8, (Ashton, 60, 12, 20));

        citation.Movement(db.LiveOf(citation)).ShouldBe("It now says: 60% (12 of 20; 95% interval 39% to 78%).");
        citation.Wording.ShouldStartWith("50%");
        db.Cite("figure", Key, Day.AddDays(9))!.Id.ShouldNotBe(citation.Id);
        db.Cite("figure", "ks2.rwm.exp/201516/school/999999/all", Day).ShouldBeNull();
        db.Cite("dream", Key, Day).ShouldBeNull();
    }

    [SkippableTheory, Databases]
    public void A_cited_symbol_has_no_value(Database database)
    {
        using var store = WithSchools(database);
        store.Publish(21, FigureStatus.Published, 5, (Ashton, null, null, null));
        using var db = store.Open();
        var citation = db.Cite("figure", Key, Day)!;
        (citation.Value, citation.Symbol, citation.Wording).ShouldBe((null, "x", "not available"));
    }

    [SkippableTheory, Databases]
    public void A_cluster_s_citation_keeps_who_was_counted(Database database)
    {
        using var store = WithSchools(database);
        store.Publish(21, FigureStatus.Published, 5, (Ashton, 50, 10, 20), (Brook, 75, 30, 40), (Chalk, 100, 10, 10));
        using var db = store.Open();
        var cluster = db.FindCluster("Dunstable")!;
        var citation = db.Cite("figure", $"ks2.rwm.exp/201516/cluster/{cluster.Id}/all", Day)!;
        citation.Wording.ShouldStartWith("67% (40 of 60;");
        citation.MemberList.ShouldBe(["Ashton Lower School (109501)", "Brook Middle School (109502)"]);

        db.RecordMembership(cluster, Brook, MembershipHistory.Of([]), "Never a member", new DateTime(2016, 11, 1, 0, 0, 0, DateTimeKind.Utc));
        db.RecordMembership(cluster, Chalk, MembershipHistory.Of([new Span(new(2015, 9, 1), null)]), "A member", new DateTime(2016, 11, 1, 0, 0, 0, DateTimeKind.Utc));

        citation.Movement(db.LiveOf(citation)).ShouldBe("It now says: 67% (20 of 30; 95% interval 49% to 81%); of its members 1 left and 1 joined.");
        citation.MemberList.Count.ShouldBe(2);
    }

    [SkippableTheory, Databases]
    public void The_database_itself_refuses_to_change_a_citation(Database database)
    {
        using var store = WithSchools(database);
        store.Publish(21, FigureStatus.Published, 5, (Ashton, 50, 10, 20));
        using var db = store.Open();
        db.Cite("figure", Key, Day);
        Should.Throw<Exception>(() => db.Database.ExecuteSql($"update citation set wording = '60%'"));
        Should.Throw<Exception>(() => db.Database.ExecuteSql($"delete from citation"));
    }

    [SkippableTheory, Databases]
    public async Task A_figure_is_cited_from_its_own_page(Database database)
    {
        using var store = WithSchools(database);
        store.Publish(21, FigureStatus.Published, 5, (Ashton, 50, 10, 20));
        await using var host = await WaymarkHost.Serving(store);
        using var lead = host.NewVisitor(RoleKind.ClusterLead, PlaceKey.Cluster(1));
        (await lead.Get("/citations")).Text.ShouldContain("Nothing has been cited yet");
        var form = await lead.Get((await lead.Get("/figures/" + Key)).Link("Cite this figure"));
        form.Text.ShouldContain("50% (10 of 20; 95% interval 30% to 70%)");

        (await lead.Submit(form, [("Address", "")])).Errors.ShouldBe(["Enter the address of the record"]);
        var wrong = await lead.Submit(form, [("Address", "/figures/ks2.rwm.exp/201516/school/999999/all")]);
        wrong.Errors.ShouldBe(["There is no record that can be cited at this address. Copy it from the record’s own page"]);
        wrong.Document.QuerySelector("#Address")!.GetAttribute("value").ShouldBe("/figures/ks2.rwm.exp/201516/school/999999/all");
        var done = await lead.Follow(await lead.Submit(form, [("Address", $"https://waymark.example.org/figures/{Key}?x=1")]));

        done.Heading.ShouldEndWith("Ashton Lower School, 2015/16");
        done.Text.ShouldContain("Unchanged since.");
        (await lead.Get("/citations")).All("#citations tbody tr").Count.ShouldBe(1);
        Encoding.UTF8.GetString((await lead.Get("/citations?handler=csv")).Content).ShouldContain("50% (10 of 20; 95% interval 30% to 70%)");
        (await lead.Get("/citations/99")).Status.ShouldBe(HttpStatusCode.NotFound);
        using var public_ = host.NewVisitor();
        (await public_.Get(done.Address.AbsolutePath)).Status.ShouldBe(HttpStatusCode.OK);
        (await public_.Get("/figures/" + Key)).Text.ShouldNotContain("Cite this figure");
        using var viewer = host.NewVisitor(RoleKind.Viewer);
        (await viewer.Get("/citations/new")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [SkippableTheory, Databases]
    public async Task What_was_not_published_when_it_was_cited_is_seen_by_members_only(Database database)
    {
        using var store = WithSchools(database);
        store.Load("july.csv", CubeTests.Local("109501,201516,ks2.rwm.exp,all,10,20,final"));
        int id;
        using (var db = store.Open()) id = db.Cite("figure", Key, Day)!.Id;
        await using var host = await WaymarkHost.Serving(store);
        using var anybody = host.NewVisitor();
        (await anybody.Get($"/citations/{id}")).Status.ShouldBe(HttpStatusCode.NotFound);
        using var member = host.NewVisitor(RoleKind.Governor, Ashton);
        (await member.Get($"/citations/{id}")).Text.ShouldContain("Members of the partnership: it was not published when it was cited");
        store.Publish(29, FigureStatus.Published, 8, (Ashton, 55, 11, 20));
        (await anybody.Get($"/citations/{id}")).Status.ShouldBe(HttpStatusCode.NotFound, "what is published later does not open what was said before");
    }

    private static TestStore WithSchools(Database database)
    {
        var store = TestStore.On(database);
        using (var db = store.Open())
        {
            db.AddRange(TestSchools.School(109501, "Ashton Lower School"), TestSchools.School(109502, "Brook Middle School", Phase.Middle), TestSchools.School(109503, "Chalk Upper School", Phase.Upper));
            db.SaveChanges();
        }
        store.Load("clusters.csv", "cluster,urn,from,membership,until\r\nDunstable,109501,2015-09-01,full,\r\nDunstable,109502,2015-09-01,full,\r\n");
        return store;
    }
}
