using System.Net;
using Microsoft.Extensions.Logging;
using Waymark.Clusters;
using Waymark.Data;
using Waymark.Field;
using Waymark.Schools;
using Waymark.Tests.Shared;

namespace Waymark.Tests.Shared.Access;

public sealed class GateTests
{
    [SkippableTheory, Databases]
    public async Task Who_is_not_signed_in_is_asked_to_and_comes_back_to_the_page(Database database)
    {
        using var store = TestStore.WithExample(database);
        await using var host = await WaymarkHost.Serving(store);
        using var anybody = host.NewVisitor();
        (await anybody.Get("/clusters/dunstable/edit?x=1")).Location!.PathAndQuery.ShouldBe("/sign-in?returnUrl=%2Fclusters%2Fdunstable%2Fedit%3Fx%3D1");
        (await anybody.Get("/clusters/no-such-cluster/edit")).Location!.AbsolutePath.ShouldBe("/sign-in", "nobody learns which clusters there are");
    }

    [SkippableTheory, Databases]
    public async Task A_function_of_ones_own_cluster_that_the_role_lacks_is_forbidden_and_another_cluster_is_not_there(Database database)
    {
        using var store = TestStore.WithExample(database);
        await using var host = await WaymarkHost.Serving(store);
        PlaceKey dunstable;
        using (var db = store.Open()) dunstable = db.FindCluster("dunstable")!.Place;
        using var lead = host.NewVisitor(RoleKind.ClusterLead, dunstable);

        (await lead.Get("/clusters/dunstable/contacts/new")).Status.ShouldBe(HttpStatusCode.OK);
        (await lead.Get("/clusters/dunstable/edit")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await lead.Get("/clusters/houghton-regis/contacts/new")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await lead.Get("/clusters/houghton-regis/edit")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await lead.Get("/clusters/dunstable/contacts/99999")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await lead.Get("/imports")).Status.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact, Trait("attack", "G08")]
    public async Task What_was_refused_is_logged_by_route_and_number_and_nothing_that_somebody_sends_comes_into_the_log()
    {
        using var store = TestStore.WithExample(Database.Sqlite);
        var log = new LogLines();
        await using var host = await WaymarkHost.Serving(store, configure: builder => builder.Logging.AddProvider(log));
        PlaceKey dunstable;
        using (var db = store.Open()) dunstable = db.FindCluster("dunstable")!.Place;
        var olga = host.Joined("Olga Reed", RoleKind.ClusterLead, dunstable);
        using var lead = host.SignedIn(olga);
        using var anybody = host.NewVisitor();
        (await lead.Get("/imports")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await lead.Get("/clusters/houghton-regis/edit")).Status.ShouldBe(HttpStatusCode.NotFound);
        log.All.Where(line => line.Level >= LogLevel.Warning).Select(line => line.Message).ShouldBe([$"GET /imports was refused to person {olga.Id}: 403.", $"GET /clusters/{{slug}}/edit was refused to person {olga.Id}: 404."]);

        const string Forged = "canary\r\nwarn: everything is well\u001b[2J\u202e H801200001001";
        foreach (var visitor in new[] { lead, anybody })
        {
            foreach (var address in new[] { $"/clusters/{Uri.EscapeDataString(Forged)}/edit", $"/schools?q={Uri.EscapeDataString(Forged)}", $"/imports?handler={Uri.EscapeDataString(Forged)}", "/imports?handler=H801200001001", $"/no-such-page/{Uri.EscapeDataString(Forged)}", $"/sign-in?returnUrl={Uri.EscapeDataString(Forged)}" })
            {
                await visitor.Get(address);
                var post = new HttpRequestMessage(HttpMethod.Post, address) { Content = new FormUrlEncodedContent([new("_key", Forged), new("Email", Forged), new("Password", Forged)]) };
                post.Headers.TryAddWithoutValidation("User-Agent", "canary/1.0").ShouldBeTrue();
                await visitor.Send(post);
            }
            foreach (var method in new[] { "canary", "H801200001001", "DELETE" }) await visitor.Send(new HttpRequestMessage(new HttpMethod(method), "/imports"));
            await visitor.Get("/imports?handler=canary");
            var form = await visitor.Get("/sign-in");
            if (form.Status == HttpStatusCode.OK) await visitor.Submit(form, [("Email", "canary@example.org"), ("Password", Forged)], "main form:not([data-passkey])");
        }
        var said = log.All.Where(line => line.Level >= LogLevel.Warning).ToList();
        said.Select(line => line.Message).ShouldContain("A wrong password or code for person 0.");
        said.ShouldAllBe(line => !line.ToString().Contains("canary") && !line.ToString().Contains("H801200001001") && !line.ToString().Contains("Olga") && !line.Message.Any(char.IsControl));
    }

    [SkippableTheory, Databases]
    public async Task A_school_s_people_are_of_its_cluster_too(Database database)
    {
        using var store = TestStore.WithExample(database);
        await using var host = await WaymarkHost.Serving(store);
        SchoolUrn member;
        using (var db = store.Open()) member = db.MembersOn(db.FindCluster("dunstable")!, new DateOnly(2016, 11, 1)).First(of => db.MembershipsOf(of.Urn).Count == 1).Urn;
        using var head = host.NewVisitor(RoleKind.Headteacher, PlaceKey.School(member));

        (await head.Get("/clusters/dunstable/contacts/new")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await head.Get("/clusters/houghton-regis/contacts/new")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [SkippableTheory, Databases]
    public async Task Nobody_but_a_member_sees_results_that_are_not_published(Database database)
    {
        using var store = TestStore.WithExample(database);
        await using var host = await WaymarkHost.Serving(store);
        using var anybody = host.NewVisitor();
        using var governor = host.NewVisitor(RoleKind.Governor, PlaceKey.School(new SchoolUrn(999_999)));
        var (open, full) = (await anybody.Get("/clusters/dunstable/pack?year=201516"), await governor.Get("/clusters/dunstable/pack?year=201516"));

        full.Text.ShouldContain("Holds provisional results");
        open.Status.ShouldBe(HttpStatusCode.OK);
        open.Text.ShouldNotContain("Holds provisional results");
        open.Text.ShouldNotContain("unpublished");
        var csv = (await anybody.Get("/clusters/dunstable/pack/201516.csv")).Html;
        csv.ShouldNotContain("provisional", Case.Insensitive);
    }
}
