using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Waymark.Data;
using Waymark.Shared.Imports;

namespace Waymark.Clusters;

internal sealed class ClusterTable : IEntityTypeConfiguration<Cluster>, IEntityTypeConfiguration<ClusterContact>,
    IEntityTypeConfiguration<MembershipRecord>, IEntityTypeConfiguration<MembershipRow>, IEntityTypeConfiguration<BoundarySet>, IEntityTypeConfiguration<Boundary>
{
    public void Configure(EntityTypeBuilder<Cluster> builder)
    {
        builder.ToTable("Cluster");
        builder.Ignore(cluster => cluster.Place);
        builder.HasIndex(cluster => cluster.Slug);
        builder.HasOne<Import>().WithMany().HasForeignKey(cluster => cluster.ImportId).OnDelete(DeleteBehavior.NoAction);
    }

    public void Configure(EntityTypeBuilder<ClusterContact> builder)
    {
        builder.ToTable("ClusterContact");
        builder.Property(contact => contact.Version).HasDefaultValue(0);
        builder.HasOne<Cluster>().WithMany().HasForeignKey(contact => contact.ClusterId).OnDelete(DeleteBehavior.NoAction);
    }

    public void Configure(EntityTypeBuilder<MembershipRecord> builder)
    {
        builder.ToTable("MembershipRecord");
        builder.Ignore(record => record.History);
        builder.HasIndex(record => new { record.ClusterId, record.Urn });
        builder.HasIndex(record => record.ImportId);
        builder.HasOne<Cluster>().WithMany().HasForeignKey(record => record.ClusterId);
        builder.HasOne<Import>().WithMany().HasForeignKey(record => record.ImportId).OnDelete(DeleteBehavior.NoAction);
        builder.HasMany(record => record.Rows).WithOne().HasForeignKey(row => row.RecordId);
    }

    public void Configure(EntityTypeBuilder<MembershipRow> builder) => builder.ToTable("MembershipRow");

    public void Configure(EntityTypeBuilder<BoundarySet> builder)
    {
        builder.ToTable("BoundarySet");
        builder.HasMany(set => set.Boundaries).WithOne().HasForeignKey(boundary => boundary.SetId);
    }

    public void Configure(EntityTypeBuilder<Boundary> builder) => builder.ToTable("Boundary");
}
