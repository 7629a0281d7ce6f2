using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Waymark.Data;

/// <summary>A form that was sent and kept: sent again, it is answered as before and nothing is done twice.</summary>
[NotAudited]
public sealed class FormKey
{
    /// <summary>128 random bits that the form was rendered with.</summary>
    public required string Key { get; init; }
    /// <summary>Who sent it; 0 for somebody with a secret address.</summary>
    public required int PersonId { get; init; }
    /// <summary>SHA-256 of where it was sent and all that stood in it.</summary>
    public required string BodyHash { get; init; }
    /// <summary>What stood in it, so that both texts can be shown when it comes again with another; JSON.</summary>
    public required string Body { get; init; }
    /// <summary>Where the answer led.</summary>
    public required string Location { get; init; }
    public required DateTime At { get; init; }
}

internal sealed class FormKeyTable : IEntityTypeConfiguration<FormKey>
{
    public void Configure(EntityTypeBuilder<FormKey> builder)
    {
        builder.ToTable("FormKey");
        builder.HasKey(key => new { key.Key, key.PersonId });
        builder.HasIndex(key => key.At);
    }
}

/// <summary>A record that people edit. Whoever saves says which version they saw.</summary>
public interface IVersioned
{
    int Version { get; set; }
}
