using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Waymark.Field;

namespace Waymark.Data;

/// <summary>
/// One partnership's records. Each room maps its own tables (an IEntityTypeConfiguration beside its class) and names its sets
/// as extensions, so that this class knows none of them.
/// </summary>
public sealed class WaymarkDb(DbContextOptions<WaymarkDb> options) : DbContext(options)
{
    /// <summary>Who reads holds no role: nothing unpublished is read for them.</summary>
    public bool PublishedOnly { get; set; }

    /// <summary>Writes down what this unit of work changes; null where nobody does anything, as while a new example is filled.</summary>
    public AuditTrail? Audit { get; set; }

    /// <summary>As new, where a request before has used it: the framework forgets what it knows itself, and no more.</summary>
    internal WaymarkDb Fresh()
    {
        (PublishedOnly, Audit) = (false, null);
        return this;
    }

    public override int SaveChanges(bool acceptAllChangesOnSuccess)
    {
        Audit?.Gather();
        return base.SaveChanges(acceptAllChangesOnSuccess);
    }

    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        Audit?.Gather();
        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    public bool IsSqlite => Database.ProviderName!.EndsWith("Sqlite", StringComparison.Ordinal);

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(WaymarkDb).Assembly);
        foreach (var entity in modelBuilder.Model.GetEntityTypes())
        {
            entity.SetTableName(SnakeCase(entity.GetTableName()!));
            foreach (var property in entity.GetProperties())
                property.SetColumnName(SnakeCase(property.Name));
            foreach (var key in entity.GetKeys())
                key.SetName(SnakeCase(key.GetName()!));
            foreach (var foreignKey in entity.GetForeignKeys())
                foreignKey.SetConstraintName(SnakeCase(foreignKey.GetConstraintName()!));
            foreach (var index in entity.GetIndexes())
                index.SetDatabaseName(SnakeCase(index.GetDatabaseName()!));
        }
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<SchoolUrn>().HaveConversion<UrnConverter>();
        configurationBuilder.Properties<LocalAuthorityCode>().HaveConversion<AuthorityConverter>();
        configurationBuilder.Properties<Laestab>().HaveConversion<LaestabConverter>();
        configurationBuilder.Properties<AcademicYear>().HaveConversion<YearConverter>();
        configurationBuilder.Properties<PlaceKey>().HaveConversion<PlaceConverter>();
        configurationBuilder.Properties<DateTime>().HaveConversion<UtcConverter>();
    }

    private static string SnakeCase(string name)
    {
        var text = new System.Text.StringBuilder(name.Length + 8);
        for (var i = 0; i < name.Length; i++)
        {
            if (char.IsUpper(name[i]) && i > 0 && name[i - 1] != '_' && (char.IsLower(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1]))))
                text.Append('_');
            text.Append(char.ToLower(name[i], CultureInfo.InvariantCulture));
        }
        return text.ToString();
    }

    private sealed class UrnConverter() : ValueConverter<SchoolUrn, int>(urn => urn.Value, value => new SchoolUrn(value));
    private sealed class AuthorityConverter() : ValueConverter<LocalAuthorityCode, int>(code => code.Value, value => new LocalAuthorityCode(value));
    private sealed class LaestabConverter() : ValueConverter<Laestab, int>(laestab => laestab.Value, value => new Laestab(new LocalAuthorityCode(value / 10_000), value % 10_000));
    private sealed class YearConverter() : ValueConverter<AcademicYear, int>(year => year.Code, code => AcademicYear.FromCode(code));
    private sealed class PlaceConverter() : ValueConverter<PlaceKey, int>(place => place.Value, value => new PlaceKey(value));
    private sealed class UtcConverter() : ValueConverter<DateTime, DateTime>(
        instant => instant.Kind == DateTimeKind.Utc ? instant : instant.ToUniversalTime(),
        instant => DateTime.SpecifyKind(instant, DateTimeKind.Utc));
}
