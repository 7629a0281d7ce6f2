using System.Net;
using Dapper;
using Microsoft.EntityFrameworkCore;
using Waymark.Clusters;
using Waymark.Data;
using Waymark.Field;
using Waymark.Tests.Shared;

namespace Waymark.Tests.Shared.Access;

/// <summary>What holds for every form, tried on those of the clusters.</summary>
public sealed class PostTests
{
    [SkippableTheory, Databases, Trait("attack", "H03"), Trait("attack", "H04")]
    public async Task A_form_sent_fifty_times_at_once_makes_one_record(Database database)
    {
        using var store = TestStore.On(database);
        await using var host = await WaymarkHost.Serving(store);
        using var officer = host.NewVisitor(RoleKind.Officer);
        var form = await officer.Get("/clusters/new");

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => officer.Submit(form, [("Name", "Dunstable"), ("Kind", "Locality")])));

        answers.Select(answer => $"{(int)answer.Status} {answer.Location?.AbsolutePath}").Distinct().ShouldBe(["302 /clusters/dunstable/members"]);
        using var db = store.Open();
        db.Clusters.Select(cluster => cluster.Name).ToList().ShouldBe(["Dunstable"]);
        db.AuditEvents.Count().ShouldBe(1);
    }

    [SkippableTheory, Databases, Trait("attack", "H05")]
    public async Task A_form_sent_again_with_other_words_shows_both(Database database)
    {
        using var store = TestStore.On(database);
        await using var host = await WaymarkHost.Serving(store);
        using var officer = host.NewVisitor(RoleKind.Officer);
        var form = await officer.Get("/clusters/new");
        await officer.Submit(form, [("Name", "Dunstable"), ("Kind", "Locality")]);

        var again = await officer.Submit(form, [("Name", "Houghton Regis"), ("Kind", "Locality")]);

        again.Status.ShouldBe(HttpStatusCode.Conflict);
        again.Heading.ShouldBe("You sent this form before");
        again.All("tbody td").ShouldBe(["Dunstable", "Houghton Regis"]);
        (await officer.Submit(again, [])).Location!.AbsolutePath.ShouldBe("/clusters/houghton-regis/members");
        using var db = store.Open();
        db.Clusters.Count().ShouldBe(2);
    }

    [SkippableTheory, Databases, Trait("attack", "H01")]
    public async Task The_second_of_two_who_edit_sees_both_texts_and_nothing_is_overwritten_unseen(Database database)
    {
        using var store = TestStore.On(database);
        await using var host = await WaymarkHost.Serving(store);
        using var officer = host.NewVisitor(RoleKind.Officer);
        using var colleague = host.NewVisitor(RoleKind.Officer, person: 2);
        await officer.Submit(await officer.Get("/clusters/new"), [("Name", "Dunstable"), ("Kind", "Locality")]);
        var (mine, theirs) = (await officer.Get("/clusters/dunstable/edit"), await colleague.Get("/clusters/dunstable/edit"));
        await colleague.Submit(theirs, [("Name", "Dunstable and Caddington")], "#names");

        var late = await officer.Submit(mine, [("Name", "Dunstable Town")], "#names");

        late.Status.ShouldBe(HttpStatusCode.Conflict);
        late.Heading.ShouldBe("Somebody else changed this while you were writing");
        late.All("tbody tr").ShouldBe(["Name of the cluster Dunstable and Caddington Dunstable Town"]);
        using (var db = store.Open()) db.Clusters.Single().Name.ShouldBe("Dunstable and Caddington");

        (await officer.Submit(late, [])).Status.ShouldBe(HttpStatusCode.Redirect);
        using (var db = store.Open()) db.Clusters.Single().Name.ShouldBe("Dunstable Town");
    }

    [SkippableTheory, Databases, Trait("attack", "H06")]
    public async Task Whoever_did_not_get_the_answer_sends_again_and_is_led_to_the_one_record(Database database)
    {
        using var store = TestStore.On(database);
        await using (var host = await WaymarkHost.Serving(store))
        {
            using var officer = host.NewVisitor(RoleKind.Officer);
            var form = await officer.Get("/clusters/new");
            await officer.Submit(form, [("Name", "Dunstable"), ("Kind", "Locality")]);
            (await officer.Submit(form, [("Name", "Dunstable"), ("Kind", "Locality")])).Location!.AbsolutePath.ShouldBe("/clusters/dunstable/members");
        }
        using var db = store.Open();
        db.Clusters.Count().ShouldBe(1);
    }

    [SkippableTheory, Databases]
    public async Task A_form_without_its_key_is_refused(Database database)
    {
        using var store = TestStore.On(database);
        await using var host = await WaymarkHost.Serving(store);
        using var officer = host.NewVisitor(RoleKind.Officer);
        (await officer.Submit(await officer.Get("/clusters/new"), [("Name", "Dunstable"), ("Kind", "Locality"), ("_key", null)])).Status.ShouldBe(HttpStatusCode.BadRequest);
        using var db = store.Open();
        db.Clusters.ShouldBeEmpty();
    }

    [SkippableTheory, Databases]
    public async Task What_was_refused_leaves_nothing_and_its_form_can_be_sent_again(Database database)
    {
        using var store = TestStore.On(database);
        await using var host = await WaymarkHost.Serving(store);
        using var officer = host.NewVisitor(RoleKind.Officer);
        var form = await officer.Get("/clusters/new");
        (await officer.Submit(form, [("Name", ""), ("Kind", "Locality")])).Errors.ShouldBe(["Enter the cluster's name"]);
        using (var db = store.Open()) db.AuditEvents.ShouldBeEmpty();
        (await officer.Submit(form, [("Name", "Dunstable"), ("Kind", "Locality")])).Location!.AbsolutePath.ShouldBe("/clusters/dunstable/members");
    }

    [SkippableTheory, Databases, Trait("attack", "I12")]
    public async Task An_altered_or_missing_line_of_the_audit_trail_is_found(Database database)
    {
        using var store = TestStore.On(database);
        await using var host = await WaymarkHost.Serving(store);
        using var officer = host.NewVisitor(RoleKind.Officer, person: 7);
        foreach (var name in new[] { "Dunstable", "Houghton Regis", "Sandy" }) await officer.Submit(await officer.Get("/clusters/new"), [("Name", name), ("Kind", "Locality")]);
        using (var db = store.Open())
        {
            db.AuditEvents.OrderBy(audit => audit.Id).Select(audit => audit.Subject).ToList().ShouldBe(["Cluster 1", "Cluster 2", "Cluster 3"]);
            db.AuditEvents.Select(audit => audit.Action).Distinct().ToList().ShouldBe(["POST /clusters/new"]);
            db.AuditEvents.Select(audit => audit.PersonId).Distinct().ToList().ShouldBe([7]);
            db.AuditValues.Where(value => value.Field == "Name").Select(value => value.After).ToList().ShouldBe(["Dunstable", "Houghton Regis", "Sandy"], ignoreOrder: true);
            db.BrokenAudit().ShouldBeEmpty();
        }
        using var connection = store.Store.Connect();
        Should.Throw<System.Data.Common.DbException>(() => connection.Execute("update audit_event set person_id = 8 where id = 2"));
        Should.Throw<System.Data.Common.DbException>(() => connection.Execute("delete from audit_event where id = 2"));
        Should.Throw<System.Data.Common.DbException>(() => connection.Execute("update audit_value set after = 'Luton' where event_id = 2"));

        connection.Execute("update audit_value set salt = null, before = null, after = null where event_id = 2");
        using (var db = store.Open()) db.BrokenAudit().ShouldBeEmpty("what was erased by law is no break");

        connection.Execute(store.Store.IsSqlite ? "drop trigger audit_event_stays" : "drop trigger audit_event_stays on audit_event");
        connection.Execute("update audit_event set person_id = 8 where id = 2");
        using (var db = store.Open()) db.BrokenAudit().ShouldBe(["Event 2 is not what was written."]);
        connection.Execute("update audit_event set person_id = 7 where id = 2");
        connection.Execute(store.Store.IsSqlite ? "drop trigger audit_value_stays" : "drop trigger audit_value_stays on audit_value");
        connection.Execute("update audit_value set after = 'Luton' where event_id = 3 and field = 'Name'");
        using (var db = store.Open()) db.BrokenAudit().ShouldBe(["Event 3: Name of Cluster 3 is not what was written."]);
    }
}
