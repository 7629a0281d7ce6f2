using System.IO.Compression;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Waymark.Clusters;
using Waymark.Data;
using Waymark.Field;
using Waymark.Tests.Shared;

namespace Waymark.Tests.Data;

public sealed class BackupTests
{
    [SkippableTheory, Databases, Trait("attack", "I07")]
    public async Task A_backup_taken_while_people_work_comes_back_with_the_same_counts_and_hashes(Database database)
    {
        using var store = TestStore.WithExample(database);
        await using var host = await WaymarkHost.Serving(store);
        using var officer = host.NewVisitor(RoleKind.Officer);
        using var stop = new CancellationTokenSource();
        var made = 0;
        var working = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
                await officer.Submit(await officer.Get("/clusters/new"), [("Name", $"Made meanwhile {Interlocked.Increment(ref made)}"), ("Kind", "Locality")]);
        });
        using var file = new MemoryStream();
        var sums = Backup.Write(store.Store, file);
        while (Volatile.Read(ref made) < 3) await Task.Yield();
        await stop.CancelAsync();
        await working;

        using var other = TestStore.Untouched(database);
        file.Position = 0;
        Backup.Restore(other.Store, file).ShouldBeNull();

        Backup.Sums(other.Store).ShouldBe(sums);
        sums.Single(sum => sum.Name == "figure").Rows.ShouldBeGreaterThan(10_000);
        using var db = other.Open();
        db.BrokenAudit().ShouldBeEmpty();
        db.Clusters.Count().ShouldBeGreaterThan(6);
        // The restored store goes on counting where the other stopped.
        var next = new Cluster { Slug = "next", Name = "Next", Kind = ClusterKind.Locality };
        db.Add(next);
        db.SaveChanges();
        next.Id.ShouldBeGreaterThan(7);
    }

    [SkippableTheory, Databases]
    public void A_backup_in_which_one_value_was_altered_is_refused_and_nothing_is_kept(Database database)
    {
        using var store = TestStore.On(database);
        using (var db = store.Open())
        {
            db.Write(Setting.AuthorityName, "Central Bedfordshire");
            db.SaveChanges();
        }
        using var file = new MemoryStream();
        Backup.Write(store.Store, file);
        using (var zip = new ZipArchive(file, ZipArchiveMode.Update, leaveOpen: true))
        {
            var entry = zip.GetEntry("tables/setting.ndjson")!;
            string text;
            using (var reader = new StreamReader(entry.Open())) text = reader.ReadToEnd();
            entry.Delete();
            using var altered = zip.CreateEntry("tables/setting.ndjson").Open();
            altered.Write(Encoding.UTF8.GetBytes(text.Replace("Bedfordshire", "Berkshire", StringComparison.Ordinal)));
        }
        using var other = TestStore.Untouched(database);
        file.Position = 0;
        Backup.Restore(other.Store, file).ShouldBe("setting does not come to the sum that the backup was made with. Nothing was restored.");
        using var empty = other.Open();
        empty.Settings.ShouldBeEmpty();
    }

    [SkippableTheory, Databases]
    public void A_store_that_holds_something_is_not_overwritten(Database database)
    {
        using var store = TestStore.On(database);
        using var file = new MemoryStream();
        Backup.Write(store.Store, file);
        file.Position = 0;
        Backup.Restore(store.Store, file)!.ShouldStartWith("The store is not empty: setting has rows.");
    }
}
