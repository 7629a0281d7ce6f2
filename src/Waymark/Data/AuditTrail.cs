using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Waymark.Data;

public enum AuditKind
{
    /// <summary>Something was changed.</summary>
    Change = 1,
    /// <summary>Data about single children was shown, exported or searched.</summary>
    Look = 2,
    /// <summary>Somebody signed in or out, or was refused.</summary>
    Access = 3,
}

/// <summary>
/// One thing that somebody did. Never changed and never deleted: each carries the hash of the one before it, so that an altered or missing row is found.
/// </summary>
public sealed class AuditEvent
{
    public int Id { get; init; }
    public required AuditKind Kind { get; init; }
    public required DateTime At { get; init; }
    /// <summary>Null for a command line, a job or somebody who is not signed in.</summary>
    public required int? PersonId { get; init; }
    /// <summary>What was done: "POST /clusters/{slug}/edit", "waymark import". The route, never what stood in it.</summary>
    public required string Action { get; init; }
    /// <summary>Which record it was done to, by kind and number: "Cluster 3".</summary>
    public required string Subject { get; init; }
    public required byte[] PreviousHash { get; init; }
    public required byte[] Hash { get; set; }

    /// <summary>What the chain holds of this event.</summary>
    /// <param name="digests">Those of its values, in their order.</param>
    public byte[] ComputeHash(IEnumerable<byte[]> digests)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(PreviousHash);
        foreach (var text in new[] { ((int)Kind).ToString(CultureInfo.InvariantCulture), At.ToString("yyyy-MM-ddTHH:mm:ss.fffffff", CultureInfo.InvariantCulture), PersonId?.ToString(CultureInfo.InvariantCulture) ?? "", Action, Subject })
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            hash.AppendData(BitConverter.GetBytes(bytes.Length));
            hash.AppendData(bytes);
        }
        foreach (var digest in digests) hash.AppendData(digest);
        return hash.GetHashAndReset();
    }
}

/// <summary>
/// What one field of one record was and became. The texts and their salt can be erased when the law asks for it; the digest stays, and the chain with it.
/// </summary>
public sealed class AuditValue
{
    /// <summary>In place of a field: the record was looked at.</summary>
    public const string Looked = "looked at";

    public int Id { get; init; }
    public required int EventId { get; init; }
    public required string Record { get; init; }
    public required string Field { get; init; }
    public required byte[] Digest { get; init; }
    public byte[]? Salt { get; init; }
    public string? Before { get; init; }
    public string? After { get; init; }

    /// <summary>Whether the texts are those that were written down; erased ones are taken on trust.</summary>
    public bool Holds => Salt is null || Digest.AsSpan().SequenceEqual(DigestOf(Record, Field, Before, After, Salt));

    internal static byte[] DigestOf(string record, string field, string? before, string? after, byte[] salt)
    {
        var mark = before is null ? "\0" : "\u0001";
        var mark2 = after is null ? "\0" : "\u0001";
        return HMACSHA256.HashData(salt, Encoding.UTF8.GetBytes($"{record}\0{field}\0{mark}{before}\0{mark2}{after}"));
    }
}

internal sealed class AuditTable : IEntityTypeConfiguration<AuditEvent>, IEntityTypeConfiguration<AuditValue>
{
    public void Configure(EntityTypeBuilder<AuditEvent> builder)
    {
        builder.ToTable("AuditEvent");
        builder.HasIndex(audit => audit.Subject);
        builder.HasIndex(audit => audit.PersonId);
    }

    public void Configure(EntityTypeBuilder<AuditValue> builder)
    {
        builder.ToTable("AuditValue");
        builder.HasIndex(value => value.EventId);
        builder.HasOne<AuditEvent>().WithMany().HasForeignKey(value => value.EventId).OnDelete(DeleteBehavior.NoAction);
    }
}

/// <summary>A class whose changes are not written down value by value: keys, hashes, the trail itself.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Property)]
public sealed class NotAuditedAttribute : Attribute;

/// <summary>
/// Gathers what one request or command changes, and writes it down as one event before the commit. Attached to a <see cref="WaymarkDb"/> by whoever opens the transaction.
/// </summary>
public sealed class AuditTrail(WaymarkDb db)
{
    private readonly List<(EntityEntry Entry, string Field, string? Before, string? After, string? Record)> gathered = [];
    private readonly List<string> looked = [];

    public bool IsLook => looked.Count > 0;

    /// <summary>Looks at what the next save will change. What is added gets its number from the database, so its name is asked for only when the event is written.</summary>
    internal void Gather()
    {
        foreach (var entry in db.ChangeTracker.Entries())
        {
            if (entry.State is not (EntityState.Added or EntityState.Modified or EntityState.Deleted) || IsExempt(entry.Metadata.ClrType)) continue;
            var record = entry.State == EntityState.Added ? null : NameOf(entry);
            foreach (var property in entry.Properties)
            {
                var before = entry.State == EntityState.Added ? null : TextOf(property.OriginalValue);
                var after = entry.State == EntityState.Deleted ? null : TextOf(property.CurrentValue);
                if (before == after || property.Metadata.PropertyInfo is { } info && Attribute.IsDefined(info, typeof(NotAuditedAttribute))) continue;
                if (entry.State == EntityState.Added && property.Metadata.IsPrimaryKey()) continue;
                gathered.Add((entry, property.Metadata.Name, before, after, record));
            }
        }
    }

    /// <summary>Records of single children that are shown, found or given out by what is done: the event is a look, and says at whom.</summary>
    public void LookAt(IEnumerable<string> records) => looked.AddRange(records);

    /// <summary>Writes down what was done, inside the transaction that did it.</summary>
    /// <param name="subject">The record it was done to; when empty, the first record that was changed.</param>
    public void Write(AuditKind kind, DateTime at, int? personId, string action, string subject)
    {
        var isLook = IsLook;
        var values = gathered.Select(change => (Record: change.Record ?? NameOf(change.Entry), change.Field, change.Before, change.After)).Concat(looked.Select(record => (Record: record, Field: AuditValue.Looked, Before: (string?)null, After: (string?)null)))
            .Select(value =>
            {
                var salt = RandomNumberGenerator.GetBytes(16);
                return new { record = value.Record, value.Field, value.Before, value.After, salt, digest = AuditValue.DigestOf(value.Record, value.Field, value.Before, value.After, salt) };
            }).ToList();
        gathered.Clear();
        looked.Clear();
        var previous = db.AuditEvents.OrderByDescending(audit => audit.Id).Select(audit => audit.Hash).FirstOrDefault() ?? [];
        var done = new AuditEvent
        {
            Kind = isLook ? AuditKind.Look : kind,
            At = new DateTime(at.Ticks - at.Ticks % TimeSpan.TicksPerMillisecond, DateTimeKind.Utc),
            PersonId = personId,
            Action = action,
            Subject = subject.Length > 0 ? subject : values.Select(value => value.record).FirstOrDefault() ?? "",
            PreviousHash = previous,
            Hash = [],
        };
        done.Hash = done.ComputeHash(values.Select(value => value.digest));
        db.Add(done);
        db.SaveChanges();
        db.AddRange(values.Select(value => new AuditValue { EventId = done.Id, Record = value.record, Field = value.Field, Before = value.Before, After = value.After, Salt = value.salt, Digest = value.digest }));
        db.SaveChanges();
    }

    /// <summary>A record by its kind and key: "Cluster 3".</summary>
    public static string NameOf(EntityEntry entry) =>
        $"{entry.Metadata.ClrType.Name} {string.Join(' ', entry.Metadata.FindPrimaryKey()!.Properties.Select(key => TextOf(entry.Property(key.Name).CurrentValue)))}";

    private static bool IsExempt(Type type) => type == typeof(AuditEvent) || type == typeof(AuditValue) || Attribute.IsDefined(type, typeof(NotAuditedAttribute));

    private static string? TextOf(object? value) => value switch
    {
        null => null,
        byte[] bytes => $"{bytes.Length} bytes",
        DateTime instant => instant.ToString("O", CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString(),
    };
}

public static class AuditSets
{
    extension(WaymarkDb db)
    {
        public DbSet<AuditEvent> AuditEvents => db.Set<AuditEvent>();
        public DbSet<AuditValue> AuditValues => db.Set<AuditValue>();

        /// <summary>A sentence for every event or value that is not as it was written, and for every gap; 'waymark check' asks.</summary>
        public IEnumerable<string> BrokenAudit()
        {
            var digests = db.AuditValues.AsNoTracking().OrderBy(value => value.Id).Select(value => new { value.EventId, value.Digest }).AsEnumerable().ToLookup(value => value.EventId, value => value.Digest);
            foreach (var value in db.AuditValues.AsNoTracking().AsEnumerable().Where(value => !value.Holds))
                yield return $"Event {value.EventId}: {value.Field} of {value.Record} is not what was written.";
            byte[] previous = [];
            var expected = 0;
            foreach (var audit in db.AuditEvents.AsNoTracking().OrderBy(audit => audit.Id).AsEnumerable())
            {
                if (expected != 0 && audit.Id != expected && db.IsSqlite) yield return $"Event {expected} is missing.";
                if (!audit.PreviousHash.AsSpan().SequenceEqual(previous)) yield return $"Event {audit.Id} does not follow the one before it: one was altered, added or taken away.";
                if (!audit.Hash.AsSpan().SequenceEqual(audit.ComputeHash(digests[audit.Id]))) yield return $"Event {audit.Id} is not what was written.";
                (previous, expected) = (audit.Hash, audit.Id + 1);
            }
        }
    }
}
