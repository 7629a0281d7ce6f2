using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Waymark.Data;
using Waymark.Shared.Jobs;
using Waymark.Shared.Mail;
using Waymark.Tests.Shared;

namespace Waymark.Tests.Shared.Jobs;

public sealed class JobTests
{
    [SkippableTheory, Databases]
    public async Task A_job_is_done_when_it_is_due_once_and_together_with_what_it_changes(Database database)
    {
        using var store = TestStore.On(database);
        await using var host = await WaymarkHost.Serving(store);
        var letters = new JobKind("test.letters", "Writes a letter", Letter);
        Ask(store, letters, "7", host.Time.Now.UtcDateTime.AddHours(1));

        (await Run(host, letters)).ShouldBe(0);
        host.Time.Advance(TimeSpan.FromHours(1));
        // Two servers on one store.
        var taken = await Task.WhenAll(Run(host, letters), Run(host, letters));

        taken.Sum().ShouldBe(1);
        using var db = store.Open();
        db.Outbox.Single().Subject.ShouldBe("Letter about 7");
        db.Jobs.Single().DoneAt.ShouldBe(host.Time.Now.UtcDateTime);
        db.AuditEvents.Single().Action.ShouldBe("job test.letters");
        (await Run(host, letters)).ShouldBe(0);
    }

    [SkippableTheory, Databases]
    public async Task A_job_that_fails_leaves_nothing_half_done_and_is_tried_again_later(Database database)
    {
        using var store = TestStore.On(database);
        await using var host = await WaymarkHost.Serving(store);
        var isBroken = true;
        var letters = new JobKind("test.letters", "Writes a letter", async run =>
        {
            await Letter(run);
            await run.Db.SaveChangesAsync();
            if (isBroken) throw new InvalidOperationException("Amelia Jones, 12 May 2008");
        });
        Ask(store, letters, "7", host.Time.Now.UtcDateTime);
        (await Run(host, letters)).ShouldBe(1);
        using (var db = store.Open())
        {
            db.Outbox.ShouldBeEmpty();
            db.Jobs.Single().Fault.ShouldBe("InvalidOperationException", "what stood in a record is not written down");
            db.Jobs.Single().Tries.ShouldBe(1);
        }
        (await Run(host, letters)).ShouldBe(0, "not at once");
        isBroken = false;
        host.Time.Advance(TimeSpan.FromMinutes(2));
        (await Run(host, letters)).ShouldBe(1);
        using (var db = store.Open()) db.Outbox.Count().ShouldBe(1);
    }

    [SkippableTheory, Databases]
    public async Task What_is_done_each_day_is_done_at_its_time_in_London_in_summer_and_winter(Database database)
    {
        using var store = TestStore.On(database);
        var time = new FakeTime(new DateTimeOffset(2017, 3, 25, 12, 0, 0, TimeSpan.Zero));
        await using var host = await WaymarkHost.Serving(store, time);
        var daily = new JobKind("test.daily", "Each morning", Letter) { DailyAt = new TimeOnly(6, 0) };
        (await Run(host, daily)).ShouldBe(0);
        // The clocks go forward in this night.
        time.Now = new DateTimeOffset(2017, 3, 26, 4, 59, 59, TimeSpan.Zero);
        (await Run(host, daily)).ShouldBe(0);
        time.Now = new DateTimeOffset(2017, 3, 26, 5, 0, 0, TimeSpan.Zero);
        (await Run(host, daily)).ShouldBe(1);
        time.Now = new DateTimeOffset(2017, 3, 29, 7, 0, 0, TimeSpan.Zero);
        (await Run(host, daily)).ShouldBe(1, "days on which nobody served are not made up for");
        using var db = store.Open();
        db.Jobs.Where(job => job.DoneAt == null).Single().DueAt.ShouldBe(new DateTime(2017, 3, 30, 5, 0, 0, DateTimeKind.Utc));
    }

    private static Task Letter(JobRun run)
    {
        run.Db.Add(OutboxMail.To("jane@example.org", $"Letter about {run.Argument}", "", run.Clock.UtcNow));
        return Task.CompletedTask;
    }

    private static void Ask(TestStore store, JobKind kind, string argument, DateTime due)
    {
        using var db = store.Open();
        kind.Ask(db, argument, due);
        db.SaveChanges();
    }

    private static Task<int> Run(WaymarkHost host, JobKind kind) => host.Services.GetRequiredService<JobRunner>().RunDue(new Dictionary<string, JobKind> { [kind.Code] = kind }, CancellationToken.None);
}
