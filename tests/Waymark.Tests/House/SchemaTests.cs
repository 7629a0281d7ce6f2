using Dapper;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Tests.Shared;

namespace Waymark.Tests.House;

public sealed class SchemaTests
{
    /// <summary>Tables that only SQL statements read and write, so that the model does not know them.</summary>
    private static readonly string[] OutsideTheModel = ["schema_script"];

    [SkippableTheory, Databases]
    public void The_scripts_make_the_schema_that_the_model_expects(Database database)
    {
        using var byScripts = TestStore.On(database);
        using var byModel = TestStore.Untouched(database);
        using var scripts = byScripts.Store.Connect();
        using var model = byModel.Store.Connect();
        using (var db = byScripts.Open()) model.Execute(db.Database.GenerateCreateScript());

        var made = Schema.Of(scripts, byScripts.Store.IsSqlite).Where(line => !OutsideTheModel.Contains(line.Split('.', ' ')[0])).ToList();
        var expected = Schema.Of(model, byModel.Store.IsSqlite);
        made.Except(expected).ShouldBeEmpty("in the scripts, but not in the model");
        expected.Except(made).ShouldBeEmpty("in the model, but not in the scripts");
    }

    [SkippableTheory, Databases]
    public void A_difference_between_scripts_and_model_is_found(Database database)
    {
        using var store = TestStore.On(database);
        using var connection = store.Store.Connect();
        var before = Schema.Of(connection, store.Store.IsSqlite);
        connection.Execute("""
            alter table import_note add column page integer not null default 1;
            drop index ix_import_note_import_id;
            create unique index ix_import_note_import_id on import_note (import_id, line);
            """);
        var after = Schema.Of(connection, store.Store.IsSqlite);
        after.Except(before).Count().ShouldBe(2);
        before.Except(after).Count().ShouldBe(1);
    }

    [Fact]
    public void Both_databases_have_the_same_scripts() =>
        SchemaScripts.Scripts(isSqlite: true).Select(script => script.Name).ShouldBe(SchemaScripts.Scripts(isSqlite: false).Select(script => script.Name));

    [Fact]
    public void Scripts_have_numbers_of_their_own() => SchemaScripts.Scripts(isSqlite: true).Select(script => script.Number).ShouldBeUnique();

    [SkippableTheory, Databases]
    public void A_store_survives_being_opened_twice(Database database)
    {
        using var store = TestStore.On(database);
        using (var db = store.Open())
        {
            db.Write(Setting.AuthorityName, "Central Bedfordshire");
            db.SaveChanges();
        }
        store.Store.BringUpToDate();
        store.Store.BringUpToDate();
        using var again = store.Open();
        again.Read(Setting.AuthorityName).ShouldBe("Central Bedfordshire");
        ScriptsOf(store).ShouldBe(SchemaScripts.Scripts(isSqlite: true).Select(script => script.Number));
    }

    [SkippableTheory, Databases]
    public async Task A_new_store_survives_being_opened_by_four_processes_at_once(Database database)
    {
        using var store = TestStore.Untouched(database);
        var unknown = Path.Combine(Directory.CreateTempSubdirectory("waymark-test-").FullName, "colours.csv");
        await File.WriteAllTextAsync(unknown, "colour,shape\r\nred,round\r\n");
        var runs = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => WaymarkProcess.Run(store, "import", unknown)));
        Directory.Delete(Path.GetDirectoryName(unknown)!, recursive: true);
        foreach (var run in runs)
        {
            run.Errors.ShouldNotContain("Exception");
            run.ExitCode.ShouldBe(2);
        }
        ScriptsOf(store).ShouldBe(SchemaScripts.Scripts(isSqlite: true).Select(script => script.Number));
        using var db = store.Open();
        db.Read(Setting.Kind).ShouldBe(nameof(StoreKind.Real));
    }

    [SkippableTheory, Databases]
    public async Task A_new_store_survives_being_opened_by_many_threads_at_once(Database database)
    {
        using var store = TestStore.Untouched(database);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(store.Store.BringUpToDate)));
        ScriptsOf(store).ShouldBe(SchemaScripts.Scripts(isSqlite: true).Select(script => script.Number));
    }

    private static List<int> ScriptsOf(TestStore store)
    {
        using var connection = store.Store.Connect();
        return connection.Query<int>("select number from schema_script order by number").AsList();
    }
}
