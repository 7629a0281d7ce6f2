using System.Net;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;

namespace Waymark.Tests.Shared;

public sealed class FixtureTests
{
    [SkippableTheory, Databases]
    public void A_store_of_its_own_sees_nothing_of_another_test(Database database)
    {
        using var mine = TestStore.On(database);
        using var another = TestStore.On(database);
        using (var db = mine.Open())
        {
            db.Write(Setting.AuthorityName, "Central Bedfordshire");
            db.SaveChanges();
        }
        using var mineAgain = mine.Open();
        using var others = another.Open();
        mineAgain.Read(Setting.AuthorityName).ShouldBe("Central Bedfordshire");
        others.Read(Setting.AuthorityName).ShouldBeNull();
        others.Read(Setting.Kind).ShouldBe(nameof(StoreKind.Real));
        others.IsSqlite.ShouldBe(database is Database.Sqlite);
    }

    [Fact]
    public void A_store_leaves_nothing_behind()
    {
        var store = TestStore.On(Database.Sqlite);
        using (var db = store.Open()) db.Database.CanConnect().ShouldBeTrue();
        store.Dispose();
        Directory.Exists(store.Folder).ShouldBeFalse();
    }

    [Fact]
    public async Task The_application_answers_a_visitor()
    {
        using var store = TestStore.On(Database.Sqlite);
        await using var host = await WaymarkHost.Serving(store);
        using var visitor = host.NewVisitor();
        (await visitor.Get("/no-such-page")).Status.ShouldBe(HttpStatusCode.NotFound);
    }
}
