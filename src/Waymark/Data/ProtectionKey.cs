using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Waymark.Data;

/// <summary>A key that protects cookies and forms, where several servers share one database. Beside a SQLite file the keys lie in a folder of their own.</summary>
[NotAudited]
public sealed class ProtectionKey
{
    public int Id { get; init; }
    public required string Xml { get; init; }
}

internal sealed class ProtectionKeyTable : IEntityTypeConfiguration<ProtectionKey>
{
    public void Configure(EntityTypeBuilder<ProtectionKey> builder) => builder.ToTable("ProtectionKey");
}
