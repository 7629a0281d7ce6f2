using System.Net;
using System.Text;
using Dapper;
using Waymark.Data;
using Waymark.Field;
using Waymark.Meetings;
using Waymark.People;
using Waymark.Tests.Shared;
using static Waymark.Tests.Shared.TestApp;

namespace Waymark.Tests.Data;

/// <summary>Whoever reads the database, or a copy of it, gets no code of an app and no address of a calendar.</summary>
public sealed class SealedSecretsTests
{
    [SkippableTheory, Databases]
    public async Task Neither_an_apps_secret_nor_a_feeds_address_lies_readable_in_the_store_and_both_work(Database database)
    {
        using var store = TestStore.On(database);
        await using var host = await WaymarkHost.Serving(store);
        var jane = host.Joined("Jane Harris", RoleKind.Viewer);
        var secret = await WithApp(host, jane);
        using var hers = host.SignedIn(jane);
        var page = await hers.Follow(await hers.Submit(await hers.Get("/calendar"), [("Of", "all")], "#feed"));
        var address = new Uri(page.All("code.w-address").Single()).AbsolutePath;

        var everything = Everything(store);
        everything.ShouldContain("jane.harris@example.org");
        everything.ShouldNotContain(secret);
        everything.ShouldNotContain(address.Split('/')[2]);

        using var visitor = host.NewVisitor();
        (await visitor.Submit(await visitor.Follow(await visitor.SignIn(jane.Email)), [("Code", OneTimeCode.At(secret, host.Time.Now.UtcDateTime))])).Headers.Location!.OriginalString.ShouldBe("/");
        (await visitor.Get(address)).Status.ShouldBe(HttpStatusCode.OK);
        (await hers.Get("/calendar")).All("code.w-address").Single().ShouldEndWith(address, Case.Sensitive, "it is shown again to its owner");

        await hers.Submit(page, [], "form[id^=renew]");
        (await visitor.Get(address)).Status.ShouldBe(HttpStatusCode.NotFound);
        var renewed = new Uri((await hers.Get("/calendar")).All("code.w-address").Single()).AbsolutePath;
        renewed.ShouldNotBe(address);
        (await visitor.Get(renewed)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [SkippableTheory, Databases]
    public async Task An_app_sealed_for_one_person_opens_nothing_for_another(Database database)
    {
        using var store = TestStore.On(database);
        await using var host = await WaymarkHost.Serving(store);
        var (jane, mallory) = (host.Joined("Jane Harris", RoleKind.Viewer), host.Joined("Mallory Reed"));
        var own = await WithApp(host, mallory);
        await WithApp(host, jane);
        using (var db = store.Open())
        {
            db.People.Single(person => person.Id == jane.Id).SealedCodeSecret = db.People.Single(person => person.Id == mallory.Id).SealedCodeSecret;
            db.SaveChanges();
        }
        using var visitor = host.NewVisitor();
        var step = await visitor.Follow(await visitor.SignIn(jane.Email));
        (await visitor.Submit(step, [("Code", OneTimeCode.At(own, host.Time.Now.UtcDateTime))])).Errors.ShouldBe(["This code is not right, or was used already. Enter another of your recovery codes"]);
    }

    [SkippableTheory, Databases]
    public async Task Without_the_key_a_recovery_code_opens_the_account_and_the_feed_goes_on(Database database)
    {
        using var store = TestStore.On(database);
        await using var host = await WaymarkHost.Serving(store);
        var jane = host.Joined("Jane Harris", RoleKind.Viewer);
        using var setUp = host.SignedIn(jane, secondFactor: false);
        var form = await setUp.Get("/account/second-factor");
        var codes = (await SetUp(host, setUp, form)).All("#recovery-codes li");
        var page = await setUp.Follow(await setUp.Submit(await setUp.Get("/calendar"), [("Of", "all")], "#feed"));
        var address = new Uri(page.All("code.w-address").Single()).AbsolutePath;
        new SealKeys(store.Store).Destroy("secrets");

        using var visitor = host.NewVisitor();
        var step = await visitor.Follow(await visitor.SignIn(jane.Email));
        step.Status.ShouldBe(HttpStatusCode.OK);
        step.Text.ShouldContain("The codes of your authenticator app can no longer be checked");
        (await visitor.Submit(step, [("Code", codes[0])])).Headers.Location!.OriginalString.ShouldBe("/");
        (await visitor.Get("/account")).Text.ShouldContain("Its codes can no longer be checked");
        (await visitor.Get("/calendar")).Text.ShouldContain("This address cannot be shown again");
        (await visitor.Get(address)).Status.ShouldBe(HttpStatusCode.OK);
        new SealKeys(store.Store).Names.ShouldNotContain("secrets", "so the right key can still be brought back");
    }

    [SkippableTheory, Databases]
    public async Task What_lay_readable_from_before_is_sealed_when_the_store_is_opened_and_goes_on_working(Database database)
    {
        using var store = TestStore.On(database);
        var (secret, feed, token) = (OneTimeCode.NewSecret(), new string('e', 48), new string('f', 32));
        int jane, meeting;
        await using (var host = await WaymarkHost.Serving(store)) jane = host.Joined("Jane Harris", RoleKind.Viewer).Id;
        using (var db = store.Open())
        {
            var at = new Meeting { Kind = MeetingKind.Board, Title = "Board", Day = new(2017, 1, 17), Starts = new(13, 30), Ends = new(16, 0), Round = HalfTerm.Of(new(2017, 1, 17)), Uid = Meeting.NewUid() };
            db.Add(at);
            db.SaveChanges();
            meeting = at.Id;
            var person = db.People.Single();
            (person.SealedCodeSecret, person.HasSecondFactor) = (secret, true);
            db.Add(new CalendarFeed { PersonId = jane, SecretHash = SealKeys.HashOf(feed), SealedSecret = feed });
            db.Add(new Invitee { MeetingId = meeting, Email = "ann.lee@example.org", TokenHash = SealKeys.HashOf(token), SealedToken = token });
            db.SaveChanges();
        }
        store.Store.BringUpToDate();

        var everything = Everything(store);
        foreach (var readable in new[] { secret, feed, token }) everything.ShouldNotContain(readable);
        var keys = new SealKeys(store.Store);
        using (var db = store.Open())
        {
            db.Set<CalendarFeed>().Single().Secret(keys).ShouldBe(feed);
            db.Set<Invitee>().Single().Token(keys).ShouldBe(token, "letters go on naming the same address");
        }
        await using var after = await WaymarkHost.Serving(store);
        using var visitor = after.NewVisitor();
        var step = await visitor.Follow(await visitor.SignIn("jane.harris@example.org"));
        (await visitor.Submit(step, [("Code", OneTimeCode.At(secret, after.Time.Now.UtcDateTime))])).Headers.Location!.OriginalString.ShouldBe("/");
    }

    [Fact]
    public void A_sealed_text_opens_for_its_purpose_and_owner_alone()
    {
        using var store = TestStore.On(Database.Sqlite);
        var keys = new SealKeys(store.Store);
        var text = keys.SealText(SealedFor.App, 1, "GEZDGNBV");
        keys.OpenText(SealedFor.App, 1, text).ShouldBe("GEZDGNBV");
        keys.OpenText(SealedFor.App, 2, text).ShouldBeNull();
        keys.OpenText(SealedFor.Feed, 1, text).ShouldBeNull();
        foreach (var broken in new[] { null, "", "GEZDGNBV", "sealed:", "sealed:~", text[..^4] }) keys.OpenText(SealedFor.App, 1, broken).ShouldBeNull();
    }

    [Fact]
    public void A_new_password_of_the_database_loses_no_key_and_another_database_has_its_own()
    {
        var name = $"waymark_{Guid.NewGuid():N}";
        SealKeys KeysOf(string password, string database) => new(Store.OnPostgres($"Host=localhost;Username=waymark;Password={password};Database={database}"));
        var before = KeysOf("before", name);
        try
        {
            var text = before.SealText(SealedFor.App, 1, "GEZDGNBV");
            KeysOf("after", name).OpenText(SealedFor.App, 1, text).ShouldBe("GEZDGNBV");
            KeysOf("before", name + "_2").OpenText(SealedFor.App, 1, text).ShouldBeNull();
        }
        finally
        {
            before.Destroy("secrets");
        }
    }

    /// <summary>Every value of every table, and on SQLite every byte of the file and its log.</summary>
    private static string Everything(TestStore store)
    {
        var text = new StringBuilder();
        using var connection = store.Store.Connect();
        foreach (var table in connection.Query<string>(store.Store.IsSqlite ? "select name from sqlite_master where type = 'table' and name not like 'sqlite%'" : "select table_name from information_schema.tables where table_schema = 'public'").AsList())
            foreach (var row in connection.Query($"select * from \"{table}\"").Cast<IDictionary<string, object?>>())
                foreach (var value in row.Values) text.Append(value is byte[] bytes ? Encoding.Latin1.GetString(bytes) : value).Append('\n');
        foreach (var path in store.Folder is { } folder ? Directory.EnumerateFiles(folder, "waymark.db*") : [])
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var content = new MemoryStream();
            file.CopyTo(content);
            text.Append(Encoding.Latin1.GetString(content.ToArray()));
        }
        return text.ToString();
    }
}
