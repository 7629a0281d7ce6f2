using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared.Access;

namespace Waymark.Shared.Jobs;

/// <summary>
/// Takes up what is due, one job after the other, each in the store's one write transaction: what it changed and that it was done are kept together. Only `serve` does it.
/// Of several servers on one database, the lock lets one at a time look for what is due.
/// </summary>
public sealed class JobRunner(IServiceScopeFactory scopes, Store store, TimeProvider time, ILogger<JobRunner> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5), KeptFor = TimeSpan.FromDays(30);

    private static IReadOnlyDictionary<string, JobKind> Kinds { get; } = Room.All.SelectMany(room => room.Jobs).ToDictionary(kind => kind.Code);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RunDue(Kinds, stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                logger.LogError("The jobs could not be read: {Fault}.", exception.GetType().Name);
            }
            await Task.Delay(Pause, stoppingToken);
        }
    }

    /// <summary>Does all that is due now. Returns how many jobs were taken up.</summary>
    public async Task<int> RunDue(IReadOnlyDictionary<string, JobKind> kinds, CancellationToken stop)
    {
        await Plan(kinds, stop);
        var taken = 0;
        while (await One(kinds, stop)) taken++;
        return taken;
    }

    /// <summary>Does all that is due now of every room's jobs.</summary>
    public Task<int> RunDue(CancellationToken stop = default) => RunDue(Kinds, stop);

    /// <summary>Sees to it that what is done each day is due once more, and that what was done long ago is forgotten.</summary>
    private Task Plan(IReadOnlyDictionary<string, JobKind> kinds, CancellationToken stop) => Locked(async (db, _) =>
    {
        var now = time.GetUtcNow().UtcDateTime;
        var waiting = await db.Jobs.Where(job => job.DoneAt == null && job.Tries < Job.MostTries).Select(job => job.Kind).Distinct().ToListAsync(stop);
        foreach (var kind in kinds.Values.Where(kind => kind.DailyAt is not null && !waiting.Contains(kind.Code))) kind.Ask(db, "", kind.NextAfter(now)!.Value);
        var old = now - KeptFor;
        await db.Jobs.Where(job => job.DoneAt < old).ExecuteDeleteAsync(stop);
        await db.SaveChangesAsync(stop);
    }, stop);

    private async Task<bool> One(IReadOnlyDictionary<string, JobKind> kinds, CancellationToken stop)
    {
        var taken = (Id: 0, Kind: "");
        try
        {
            await Locked(async (db, services) =>
            {
                var now = time.GetUtcNow().UtcDateTime;
                if (await db.Jobs.Where(job => job.DoneAt == null && job.Tries < Job.MostTries && job.DueAt <= now).OrderBy(job => job.DueAt).ThenBy(job => job.Id).FirstOrDefaultAsync(stop) is not { } job) return;
                taken = (job.Id, job.Kind);
                db.Audit = new AuditTrail(db);
                if (kinds.TryGetValue(job.Kind, out var kind))
                {
                    await kind.Do(new JobRun(db, services.GetRequiredService<LocalClock>(), services, job.Argument, stop));
                    if (kind.NextAfter(now) is { } next) kind.Ask(db, job.Argument, next);
                }
                job.Done(now);
                await db.SaveChangesAsync(stop);
                db.Audit.Write(AuditKind.Change, now, null, $"job {job.Kind}", job.Argument);
            }, stop);
        }
        catch (Exception exception) when (exception is not OperationCanceledException && taken.Id > 0)
        {
            logger.LogError("The job {Kind} {Id} failed: {Fault}.", taken.Kind, taken.Id, exception.GetType().Name);
            await Locked(async (db, _) =>
            {
                if (await db.Jobs.FindAsync([taken.Id], stop) is { } job) job.Failed(time.GetUtcNow().UtcDateTime, exception.GetType().Name);
                await db.SaveChangesAsync(stop);
            }, stop);
        }
        return taken.Id > 0;
    }

    /// <summary>With the store to itself, as a POST has it.</summary>
    private async Task Locked(Func<WaymarkDb, IServiceProvider, Task> work, CancellationToken stop)
    {
        await store.WriteTurn.WaitAsync(stop);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<WaymarkDb>();
            await using var transaction = await Posts.Lock(db);
            await work(db, scope.ServiceProvider);
            await transaction.CommitAsync(stop);
        }
        finally
        {
            store.WriteTurn.Release();
        }
    }
}
