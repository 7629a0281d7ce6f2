using System.Net;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Waymark.Data;
using Waymark.Field;
using Waymark.People;
using Waymark.People.Privacy;
using Waymark.Shared.Jobs;
using Waymark.Shared.Mail;
using Waymark.Tests.Shared;

namespace Waymark.Tests.People;

public sealed class PrivacyTests
{
    [Fact]
    public void Every_table_says_what_it_keeps_about_people()
    {
        using var store = TestStore.On(Database.Sqlite);
        using var db = store.Open();
        PersonalData.Undescribed(db).ShouldBeEmpty("add them to People/Privacy/personal-data.json");
        var tables = db.Model.GetEntityTypes().ToDictionary(entity => entity.GetTableName()!, entity => entity.GetProperties().Select(property => property.GetColumnName()).ToList());
        PersonalData.All.Select(data => data.Table).ShouldBeUnique();
        PersonalData.All.Where(data => !tables.ContainsKey(data.Table)).Select(data => data.Table).ShouldBeEmpty("in personal-data.json, but in no store");
        foreach (var data in PersonalData.All.Where(data => data.Whose != "nobody"))
        {
            new[] { data.Holds, data.Why, data.Basis, data.Days is null ? data.Until : data.From }.ShouldAllBe(text => !string.IsNullOrEmpty(text), data.Table);
            if (data.From is not null && data.Table != "audit_value") tables[data.Table].ShouldContain(data.From);
            (data.Erases ?? []).Except(tables[data.Table]).ShouldBeEmpty();
        }
    }

    [SkippableTheory, Databases]
    public async Task What_has_been_kept_long_enough_is_taken_away_and_the_proof_stays(Database database)
    {
        using var store = TestStore.On(database);
        await using var host = await WaymarkHost.Serving(store);
        var jane = host.Joined("Jane Harris", RoleKind.BoardMember);
        using (var visitor = host.NewVisitor())
        {
            await visitor.SignIn(jane.Email, "not her password");
            await visitor.Submit(await visitor.Get("/sign-in/forgotten"), [("Email", jane.Email)]);
        }
        using (var officer = host.SignedIn(RoleKind.Officer, name: "Olive Ford"))
            await officer.Submit(await officer.Get($"/people/{jane.Id}"), [("Name", "Jane Hart")], "#details");
        using (var db = store.Open())
        {
            db.Outbox.Single().Sent(host.Time.Now.UtcDateTime);
            db.SaveChanges();
            db.AuditValues.Count(value => value.After == "Jane Hart").ShouldBe(1);
        }
        await Night(host, days: 0);
        using (var db = store.Open()) db.SecretLinks.Count().ShouldBe(1, "nothing is taken away before its time");

        await Night(host, days: 400);
        using (var db = store.Open())
        {
            db.SecretLinks.ShouldBeEmpty();
            db.Guesses.ShouldBeEmpty();
            db.Sessions.ShouldBeEmpty();
            db.Outbox.ShouldBeEmpty();
            db.AuditValues.Count(value => value.After == "Jane Hart").ShouldBe(1);
            db.Disposals.AsEnumerable().Select(disposal => $"{disposal.Kind}: {disposal.Rows}").ShouldContain("secret_link: 1");
            db.Disposals.First(disposal => disposal.Kind == "outbox_mail").Rule.ShouldBe("365 days, counted from sent at");
        }
        await Night(host, days: 2190);
        using (var db = store.Open())
        {
            db.AuditValues.Count(value => value.After == "Jane Hart").ShouldBe(0, "what was written is erased");
            db.AuditEvents.Count(audit => audit.Action == "POST /people/{id:int}?handler=save").ShouldBe(1, "that it was done stays");
            db.BrokenAudit().ShouldBeEmpty();
            db.People.Count().ShouldBe(2);
        }
        using (var officer = host.NewVisitor(RoleKind.Officer)) (await officer.Get("/people/data-protection")).Rows("#disposals-table tbody tr, #disposals tbody tr, table tbody tr").ShouldContain(row => row.Contains("secret link 180 days, counted from expires at 1"));
    }

    [SkippableTheory, Databases]
    public async Task Somebody_who_asks_gets_all_that_is_kept_about_them_and_nothing_about_others(Database database)
    {
        using var store = TestStore.On(database);
        await using var host = await WaymarkHost.Serving(store);
        var (jane, tom) = (host.Joined("Jane Harris", RoleKind.BoardMember), host.Joined("Tom Baker", RoleKind.Viewer));
        using var hers = host.SignedIn(jane);
        using (var visitor = host.NewVisitor()) await visitor.Submit(await visitor.Get("/sign-in/forgotten"), [("Email", jane.Email)]);
        using var officer = host.SignedIn(RoleKind.Officer, name: "Olive Ford");

        var answer = await officer.Submit(await officer.Get($"/people/{jane.Id}"), [], "#copy");

        answer.Status.ShouldBe(HttpStatusCode.OK);
        answer.ContentHeaders.ContentDisposition!.FileName.ShouldBe($"person-{jane.Id}.json");
        var copy = JsonDocument.Parse(answer.Html).RootElement;
        copy.GetProperty("person").GetProperty("name").GetString().ShouldBe("Jane Harris");
        copy.GetProperty("role_held")[0].GetProperty("from").GetString().ShouldBe("2016-09-01");
        copy.GetProperty("session").GetArrayLength().ShouldBe(1);
        copy.GetProperty("outbox_mail")[0].GetProperty("subject").GetString().ShouldBe("Choose a new password");
        foreach (var secret in new[] { "password_hash", "code_secret", "\"hash\"", "/sign-in/new-password/", tom.Name, tom.Email, "Olive" }) answer.Html.ShouldNotContain(secret);
        using var db = store.Open();
        var audit = db.AuditEvents.OrderBy(audit => audit.Id).Last();
        (audit.Action, audit.Subject, audit.Kind).ShouldBe(("POST /people/{id:int}?handler=copy", $"Person {jane.Id}", AuditKind.Change));
    }

    [SkippableTheory, Databases]
    public async Task Who_did_what_is_found_by_the_record_and_by_the_person(Database database)
    {
        using var store = TestStore.On(database);
        await using var host = await WaymarkHost.Serving(store);
        var (jane, olive) = (host.Joined("Jane Harris", RoleKind.BoardMember), host.Joined("Olive Ford", RoleKind.Officer));
        using var officer = host.SignedIn(olive);
        await officer.Submit(await officer.Get($"/people/{jane.Id}"), [("Name", "Jane Hart")], "#details");

        foreach (var asked in new[] { $"Person {jane.Id}", "Olive Ford", "OLIVE.ford@example.org" })
        {
            var page = await officer.Get($"/people/audit?q={Uri.EscapeDataString(asked)}");
            page.Rows("tbody tr").ShouldHaveSingleItem().ShouldBe($"14 November 2016, 10:00:00 Olive Ford POST /people/{{id:int}}?handler=save Person {jane.Id} Person {jane.Id}: Name, Person {jane.Id}: Version");
        }
        (await officer.Get("/people/audit?q=Cluster+3")).Text.ShouldContain("Nothing is found.");
        (await officer.Get($"/people/audit?looks=true&q=Person+{jane.Id}")).Text.ShouldContain("Nothing is found.");
        (await officer.Get($"/people/audit?q={new string('a', 300)}")).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    private static async Task Night(WaymarkHost host, int days)
    {
        var jobs = host.Services.GetRequiredService<JobRunner>();
        await jobs.RunDue();
        host.Time.Advance(TimeSpan.FromDays(Math.Max(1, days)));
        await jobs.RunDue();
    }
}
