using System.Net;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Field;
using Waymark.People;
using Waymark.Shared.Access;
using Waymark.Tests.Shared;
using PeopleRoom = Waymark.People.Room;

namespace Waymark.Tests.Shared.Access;

public sealed class ActionLinkTests
{
    [SkippableTheory, Databases]
    public async Task A_link_opens_its_one_action_once_and_is_written_down_as_a_link(Database database)
    {
        using var store = TestStore.On(database);
        await using var host = await WaymarkHost.Serving(store);
        var jane = host.Joined("Jane Harris", RoleKind.BoardMember);
        host.Time.Advance(TimeSpan.FromDays(100));
        var link = Sent(host, store, jane);
        using var visitor = host.NewVisitor();

        // A program that follows the links of a letter changes nothing, however often.
        for (var i = 0; i < 3; i++) (await visitor.Get(link)).Status.ShouldBe(HttpStatusCode.OK);
        using (var db = store.Open()) db.People.Single().KeptOn.ShouldBeNull();
        var page = await visitor.Get(link);
        page.Headers.CacheControl!.NoStore.ShouldBeTrue();
        page.Headers.GetValues("Referrer-Policy").ShouldBe(["no-referrer"]);
        page.Html.ShouldNotContain("Jane");
        var done = await visitor.Submit(page, []);
        done.Status.ShouldBe(HttpStatusCode.Redirect);

        using (var db = store.Open())
        {
            db.People.Single().KeptOn.ShouldBe(new DateOnly(2017, 2, 22));
            db.ActionLinks.Single().UsedAt.ShouldBe(host.Time.Now.UtcDateTime);
            var audit = db.AuditEvents.OrderBy(audit => audit.Id).Last();
            (audit.Action, audit.PersonId, audit.Kind).ShouldBe(("POST /sign-in/keep/{secret} by a link", jane.Id, AuditKind.Change));
        }
        // The same form again is answered as before; a new one finds the link used up.
        (await visitor.Submit(page, [])).Headers.Location.ShouldBe(done.Headers.Location);
        var used = await visitor.Get(link);
        used.Status.ShouldBe(HttpStatusCode.Gone);
        used.Text.ShouldContain("This link has been used already");
        // It signed nobody in.
        (await visitor.Get("/account")).Location!.AbsolutePath.ShouldBe("/sign-in");
    }

    [SkippableTheory, Databases]
    public async Task A_link_ends_on_its_day_and_when_a_newer_one_is_sent_and_opens_nothing_else(Database database)
    {
        using var store = TestStore.On(database);
        await using var host = await WaymarkHost.Serving(store);
        var jane = host.Joined("Jane Harris", RoleKind.BoardMember);
        var (first, second) = (Sent(host, store, jane), Sent(host, store, jane));
        using var visitor = host.NewVisitor();
        (await visitor.Get(first)).Text.ShouldContain("A newer one may have been sent to you");
        var form = await visitor.Get(second);
        var secret = second.Split('/')[^1];
        foreach (var elsewhere in new[] { $"/welcome/{secret}", $"/sign-in/new-password/{secret}", second[..^1], second + "A", "/sign-in/keep/AAAAAAAAAAAAAAAAAAAAAA" })
            (await visitor.Get(elsewhere)).Status.ShouldBe(HttpStatusCode.NotFound, elsewhere);

        host.Time.Advance(TimeSpan.FromDays(7));
        (await visitor.Get(second)).Text.ShouldContain("This link has expired");
        (await visitor.Submit(form, [])).Status.ShouldBe(HttpStatusCode.Gone);
        using var db = store.Open();
        db.People.Single().KeptOn.ShouldBeNull();
    }

    private static string Sent(WaymarkHost host, TestStore store, Person person)
    {
        using var db = store.Open();
        var link = PeopleRoom.KeepAccess.NewLink(db, person.Id, person.Id, host.Time.Now.UtcDateTime);
        db.SaveChanges();
        return link;
    }
}
