using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Waymark.Data;
using Waymark.Shared.Jobs;

namespace Waymark.People.Privacy;

/// <summary>The proof that something was taken away because its time was over: which kind, by which rule, how many rows. Kept when they are gone.</summary>
public sealed class Disposal
{
    public int Id { get; init; }
    public required string Kind { get; init; }
    /// <summary>The rule as it was then.</summary>
    public required string Rule { get; init; }
    public required int Rows { get; init; }
    public required DateTime At { get; init; }
}

internal sealed class DisposalTable : IEntityTypeConfiguration<Disposal>
{
    public void Configure(EntityTypeBuilder<Disposal> builder) => builder.ToTable("Disposal");
}

/// <summary>Carries out the rules of retention, each night.</summary>
public static class Retention
{
    public static readonly JobKind Job = new("people.retention", "Take away what has been kept long enough", run => Task.FromResult(CarryOut(run.Db, run.Clock.UtcNow))) { DailyAt = new TimeOnly(3, 0) };

    /// <summary>Takes away what is due, and adds a disposal for each kind of which there was something. Returns how many rows.</summary>
    public static int CarryOut(WaymarkDb db, DateTime now)
    {
        var all = 0;
        foreach (var data in PersonalData.All.Where(data => data.Days is not null))
        {
            var rows = db.Database.ExecuteSqlRaw(Statement(data), now.AddDays(-data.Days!.Value));
            if (rows > 0) db.Add(new Disposal { Kind = data.Table, Rule = data.KeptFor, Rows = rows, At = now });
            all += rows;
        }
        db.SaveChanges();
        return all;
    }

    /// <summary>Names of tables and columns come from personal-data.json, which a test compares with the model; the instant is a parameter.</summary>
    private static string Statement(PersonalData data)
    {
        // The texts of the trail are as old as their event.
        var due = data.Table == "audit_value" ? "event_id in (select id from audit_event where \"at\" < {0})" : $"\"{data.From}\" < {{0}}";
        return data.Erases is { Count: > 0 } erases
            ? $"update \"{data.Table}\" set {string.Join(", ", erases.Select(each => $"\"{each}\" = null"))} where {due} and ({string.Join(" or ", erases.Select(each => $"\"{each}\" is not null"))})"
            : $"delete from \"{data.Table}\" where {due}";
    }
}

public static class DisposalSets
{
    extension(WaymarkDb db)
    {
        public DbSet<Disposal> Disposals => db.Set<Disposal>();
    }
}
