using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Waymark.Data;
using Waymark.Field;

namespace Waymark.Shared.Jobs;

/// <summary>A kind of work that is done later, or again and again. A room lists its own in <see cref="Room.Jobs"/>.</summary>
/// <param name="Code">Its lasting name: "meetings.letters".</param>
/// <param name="Words">What it does, in plain words.</param>
/// <param name="Do">Does it in one transaction, together with the note that it was done: wholly and once, or not at all and again later. Letters go through the outbox.</param>
public sealed record JobKind(string Code, string Words, Func<JobRun, Task> Do)
{
    /// <summary>The time in London at which it is done each day; null for what is only done when a page asks for it.</summary>
    public TimeOnly? DailyAt { get; init; }

    /// <summary>Asks for it: the row is written with what the request changes, and taken up afterwards.</summary>
    /// <param name="argument">What it is about, such as a record's number; never a name.</param>
    /// <param name="due">Not before this instant.</param>
    public void Ask(WaymarkDb db, string argument, DateTime due) => db.Add(new Job { Kind = Code, Argument = argument, DueAt = due });

    /// <summary>The next time after an instant, for what is done each day.</summary>
    internal DateTime? NextAfter(DateTime now)
    {
        if (DailyAt is not { } at) return null;
        var day = DateOnly.FromDateTime(LocalClock.ToLondon(now));
        var next = LocalClock.ToUtc(day.ToDateTime(at));
        return next > now ? next : LocalClock.ToUtc(day.AddDays(1).ToDateTime(at));
    }
}

/// <summary>What a job is given.</summary>
public sealed record JobRun(WaymarkDb Db, LocalClock Clock, IServiceProvider Services, string Argument, CancellationToken Stop);

/// <summary>Work that somebody asked for, or that falls due. Stays as a note of what was done, for a while.</summary>
[NotAudited]
public sealed class Job
{
    public const int MostTries = 10;

    public int Id { get; init; }
    public required string Kind { get; init; }
    public required string Argument { get; init; }
    public required DateTime DueAt { get; set; }
    public int Tries { get; set; }
    public DateTime? DoneAt { get; private set; }
    /// <summary>Why the last try failed: the kind of fault, never what stood in a record.</summary>
    public string? Fault { get; private set; }

    public bool IsWaiting => DoneAt is null && Tries < MostTries;

    public void Done(DateTime now) => (DoneAt, Fault) = (now, null);

    public void Failed(DateTime now, string fault) => (Tries, Fault, DueAt) = (Tries + 1, fault, now + TimeSpan.FromMinutes(Math.Min(Math.Pow(2, Tries), 240)));
}

internal sealed class JobTable : IEntityTypeConfiguration<Job>
{
    public void Configure(EntityTypeBuilder<Job> builder)
    {
        builder.ToTable("Job");
        builder.HasIndex(job => job.DueAt);
    }
}

public static class JobSets
{
    extension(WaymarkDb db)
    {
        public DbSet<Job> Jobs => db.Set<Job>();
    }
}
