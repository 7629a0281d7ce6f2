using Dapper;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Schools;
using Waymark.Tests.Shared;

namespace Waymark.Tests.Data;

/// <summary>A store that is served: by one server, and by a database that keeps what it acknowledges.</summary>
public sealed class ServingTests
{
    [Fact]
    public void A_data_directory_is_served_by_one_server_at_a_time()
    {
        using var store = TestStore.On(Database.Sqlite);
        store.Store.TryServe(out var first).ShouldBeTrue();
        store.Store.TryServe(out _).ShouldBeFalse();
        using (var db = store.Open()) db.Schools.Count().ShouldBe(0, "other work goes on beside it");
        first!.Dispose();
        store.Store.TryServe(out var next).ShouldBeTrue();
        next!.Dispose();
    }

    [Fact]
    public async Task A_second_server_says_what_to_do_and_a_killed_one_leaves_nothing_locked()
    {
        using var store = TestStore.On(Database.Sqlite);
        using var first = WaymarkProcess.Start(store, "serve", "--urls", "http://127.0.0.1:0", "--no-example");
        try
        {
            (await first.StandardOutput.ReadLineAsync())!.ShouldStartWith("http://127.0.0.1:");
            var second = await WaymarkProcess.Run(store, "serve", "--urls", "http://127.0.0.1:0", "--no-example");
            (second.ExitCode, second.Errors.Trim()).ShouldBe((2, $"{store.Folder} is served already. Stop that server first, or name another directory with --data."));
            (await WaymarkProcess.Run(store, "check")).ExitCode.ShouldBe(0);
        }
        finally
        {
            first.Kill();
        }
        await first.WaitForExitAsync();
        store.Store.TryServe(out var next).ShouldBeTrue();
        next!.Dispose();
    }

    [Fact, Trait("attack", "I03")]
    public void Every_connection_to_SQLite_waits_for_the_disk_at_each_commit()
    {
        using var store = TestStore.On(Database.Sqlite);
        using var db = store.Open();
        using var connection = store.Store.Connect();
        // 2 is FULL: in the write-ahead log, NORMAL would let the last commits go with the power.
        (db.Database.SqlQueryRaw<long>("select synchronous as Value from pragma_synchronous").Single(), connection.QuerySingle<long>("pragma synchronous"), connection.QuerySingle<string>("pragma journal_mode")).ShouldBe((2, 2, "wal"));
        store.Store.Forgetful().ShouldBeEmpty();
    }

    [SkippableFact, Trait("attack", "I03")]
    public async Task A_database_that_could_forget_is_warned_of()
    {
        // The tests' own PostgreSQL is fast because it may forget.
        using var store = TestStore.On(Database.Postgres);
        store.Store.Forgetful().ShouldBe(["fsync = off", "full_page_writes = off", "synchronous_commit = off"]);
        (await WaymarkProcess.Run(store, "check")).Output.ShouldContain("WARNING  The database has fsync = off");
        using var server = WaymarkProcess.Start(store, "serve", "--urls", "http://127.0.0.1:0", "--no-example");
        try
        {
            (await server.StandardError.ReadLineAsync())!.ShouldStartWith("Warning: the database has fsync = off");
        }
        finally
        {
            server.Kill();
        }
    }
}
