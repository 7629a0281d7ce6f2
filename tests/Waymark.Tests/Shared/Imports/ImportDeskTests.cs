using System.Diagnostics;
using System.Text;
using Dapper;
using Waymark.Data;
using Waymark.Evidence;
using Waymark.Field;
using Waymark.Schools;
using Waymark.Shared.Imports;
using Waymark.Tests.Outcomes.Imports;
using Waymark.Tests.Schools;

namespace Waymark.Tests.Shared.Imports;

public sealed class ImportDeskTests
{
    private static readonly byte[] Results = Encoding.UTF8.GetBytes(ResultFiles.LocalOf(200));

    [SkippableTheory, Databases, Trait("attack", "D24")]
    public async Task Of_people_who_confirm_the_same_file_at_once_one_wins_and_the_others_are_told(Database database)
    {
        using var store = TestStore.On(database);
        using var together = new Barrier(4);
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(() =>
        {
            together.SignalAndWait();
            var outcome = store.Desk().Stage("local-results.csv", Results);
            together.SignalAndWait();
            return store.Desk().Publish(outcome.Import.Id);
        }, default, TaskCreationOptions.LongRunning, TaskScheduler.Default)));

        answers.Count(rule => rule is null).ShouldBe(1);
        answers.Where(rule => rule is not null).ShouldAllBe(rule => rule == "local-results.csv is in use already: somebody else confirmed the same file. Throw this one away.");
        using var db = store.Open();
        db.Imports.Count().ShouldBe(4);
        db.Imports.Count(import => import.State == ImportState.Published).ShouldBe(1);
        new Cube(db).ReadEverywhere(Catalogue.Measure("phonics.y1"), AcademicYear.Ending(2016)).Count.ShouldBe(200);
    }

    [SkippableTheory, Databases, Trait("attack", "D24")]
    public async Task Different_files_at_once_are_all_kept(Database database)
    {
        using var store = TestStore.On(database);
        await Task.WhenAll(Enumerable.Range(1, 4).Select(i => Task.Run(() => store.Desk().Load($"results-{i}.csv", Encoding.UTF8.GetBytes(ResultFiles.LocalOf(200, i))))));
        using var db = store.Open();
        db.Imports.Count(import => import.State == ImportState.Published).ShouldBe(4);
        db.Figures.Count().ShouldBe(800);
        db.Schools.Count().ShouldBe(200);
    }

    [SkippableTheory, Databases]
    public void The_same_file_twice_changes_nothing(Database database)
    {
        using var store = TestStore.On(database);
        store.Desk().Load("local-results.csv", Results).AlreadyHere.ShouldBeFalse();
        store.Desk().Load("renamed.csv", Results).AlreadyHere.ShouldBeTrue();
        using var db = store.Open();
        (db.Imports.Count(), db.Figures.Count()).ShouldBe((1, 200));
    }

    [SkippableTheory, Databases]
    public void A_file_thrown_away_leaves_no_row_no_school_and_no_copy(Database database)
    {
        using var store = TestStore.On(database);
        var staged = store.Desk().Stage("local-results.csv", Results);
        using (var db = store.Open()) db.Schools.Count().ShouldBe(0, "a school that only this file names is nobody's until it is confirmed");
        store.Desk().Discard(staged.Import.Id);
        using var after = store.Open();
        (after.Imports.Count(), after.ImportNotes.Count(), after.Figures.Count(), after.Set<NamedSchool>().Count(), after.StoredFileParts.Count()).ShouldBe((0, 0, 0, 0, 0));
    }

    [SkippableTheory, Databases]
    public void A_file_taken_back_takes_the_schools_with_it_that_only_it_names(Database database)
    {
        using var store = TestStore.On(database);
        store.Load("edubasealldata20160905.csv", ResultFiles.Register(110_000));
        var first = store.Load("a.csv", ResultFiles.LocalOf(3));
        var second = store.Load("b.csv", ResultFiles.LocalOf(2, reached: 21));
        store.Desk().Withdraw(first.Import.Id).ShouldBeNull();
        Urns().ShouldBe([110_000, 110_001]);
        store.Desk().Withdraw(second.Import.Id).ShouldBeNull();
        Urns().ShouldBe([110_000]);
        store.Desk().Publish(first.Import.Id).ShouldBeNull();
        Urns().ShouldBe([110_000, 110_001, 110_002]);

        List<int> Urns()
        {
            using var db = store.Open();
            return [.. db.Schools.AsEnumerable().Select(school => school.Urn.Value).Order()];
        }
    }

    [SkippableTheory, Databases]
    public void An_example_takes_no_school_but_its_own(Database database)
    {
        using var store = TestStore.On(database);
        store.Load("edubasealldata20160905.csv", ResultFiles.Register(110_000));
        using (var db = store.Open())
        {
            db.Write(Setting.Filled, "2016-11-14");
            db.SaveChanges();
        }
        store.Load("own.csv", ResultFiles.LocalOf(1)).Import.FiguresNew.ShouldBe(1);
        var refused = store.Stage("other.csv", ResultFiles.LocalOf(2, reached: 21));
        refused.Refused.ShouldBeTrue();
        refused.Notes.Select(note => note.ToString()).ShouldBe([
            "line 3, column urn ('110001'): This school is not in the example's register, and an example takes no other. Load files about real schools into a store of their own: waymark serve --no-example --data DIR."]);
        store.Stage("edubasealldata20170905.csv", ResultFiles.Register(110_000, 110_001)).Notes.Single(note => note.Kind == NoteKind.Fault).Line.ShouldBe(3);
    }

    [Fact]
    public void Of_a_hundred_thousand_listed_rows_every_reason_is_counted()
    {
        using var store = TestStore.On(Database.Sqlite);
        var text = new StringBuilder("URN,Inspection date,Overall effectiveness\n100000,2016-01-01,1\n");
        for (var i = 0; i < 3_000; i++) text.Append("x,2016-01-01,1\n");
        var outcome = store.Load("ofsted_2016.csv", text.ToString());
        (outcome.Import.RowsRead, outcome.Import.RowsListed).ShouldBe((3_001, 3_000));
        outcome.Notes.Count(note => note.Kind == NoteKind.RowListed && note.Line is not null).ShouldBe(1_000);
        outcome.Notes.ShouldContain(note => note.Kind == NoteKind.RowListed && note.Sentence.StartsWith("2,000 more like this: "));
    }

    /// <summary>The process is killed at moments drawn from a fixed seed; more of them with WAYMARK_KILLS.</summary>
    [SkippableTheory, Databases, Trait("attack", "D23")]
    public async Task Killed_at_any_moment_an_import_is_there_whole_or_not_at_all(Database database)
    {
        using var store = TestStore.On(database);
        var folder = Directory.CreateTempSubdirectory("waymark-kill-");
        try
        {
            var file = Path.Combine(folder.FullName, "local-results.csv");
            await File.WriteAllTextAsync(file, ResultFiles.LocalOf(60_000));
            var random = new Random(823);
            var kills = int.TryParse(Environment.GetEnvironmentVariable("WAYMARK_KILLS"), out var more) ? more : database is Database.Sqlite ? 10 : 4;
            var inTheMiddle = 0;
            for (var i = 0; i < kills; i++)
            {
                using var process = WaymarkProcess.Start(store, "import", file);
                process.StandardInput.Close();
                var killed = !process.WaitForExit(random.Next(250, 1_600));
                if (killed) process.Kill();
                await process.WaitForExitAsync();
                var (imports, figures, schools) = Count();
                (imports, figures, schools).ShouldBeOneOf((0, 0, 0), (1, 60_000, 60_000));
                if (killed && imports == 0) inTheMiddle++;
                if (imports == 0) continue;
                var id = 0;
                using (var db = store.Open()) id = db.Imports.Single().Id;
                store.Desk().Withdraw(id).ShouldBeNull();
                using var connection = store.Store.Connect();
                connection.Execute("delete from figure; delete from named_school; delete from import_note; delete from import");
            }
            inTheMiddle.ShouldBeGreaterThan(0);
            (await WaymarkProcess.Run(store, "import", file)).ExitCode.ShouldBe(0);
            Count().ShouldBe((1, 60_000, 60_000));
            (await WaymarkProcess.Run(store, "check")).ExitCode.ShouldBe(0);
        }
        finally
        {
            folder.Delete(recursive: true);
        }

        (int, int, int) Count()
        {
            using var db = store.Open();
            return (db.Imports.Count(), db.Figures.Count(), db.Schools.Count());
        }
    }

    [SkippableTheory, Databases, Trait("attack", "D23")]
    public async Task Ctrl_C_leaves_the_store_as_it_was(Database database)
    {
        Skip.IfNot(OperatingSystem.IsLinux(), "The signal is sent by kill here.");
        using var store = TestStore.On(database);
        var folder = Directory.CreateTempSubdirectory("waymark-stop-");
        try
        {
            string[] files = [Path.Combine(folder.FullName, "edubasealldata20160905.csv"), Path.Combine(folder.FullName, "first.csv"), Path.Combine(folder.FullName, "local-results.csv")];
            await File.WriteAllTextAsync(files[0], ResultFiles.Register(110_000, 110_001));
            await File.WriteAllTextAsync(files[1], ResultFiles.LocalOf(2, reached: 7));
            await File.WriteAllTextAsync(files[2], ResultFiles.LocalOf(600_000));
            using var process = WaymarkProcess.StartInTerminal(store, ["import", .. files, "--json"]);
            process.StandardInput.Close();
            // The third file says how far it is once it has taken a second.
            (await process.StandardError.ReadLineAsync())!.ShouldContain("rows read");
            using (var kill = Process.Start("kill", ["-INT", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)])) await kill.WaitForExitAsync();
            var errors = await process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            process.ExitCode.ShouldBe(2, errors);
            errors.ShouldContain("Stopped.");
            (await process.StandardOutput.ReadToEndAsync()).ShouldBeEmpty();
            using var db = store.Open();
            (db.Imports.Count(), db.Figures.Count(), db.Schools.Count(), db.StoredFileParts.Count(), db.ImportNotes.Count()).ShouldBe((0, 0, 0, 0, 0));
            (await WaymarkProcess.Run(store, "check")).ExitCode.ShouldBe(0);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
