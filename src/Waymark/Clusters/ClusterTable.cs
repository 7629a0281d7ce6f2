using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Waymark.Data;
using Waymark.Shared.Imports;

namespace Waymark.Clusters;

internal sealed class ClusterTable : IEntityTypeConfiguration<Cluster>, IEntityTypeConfiguration<ClusterContact>,
    IEntityTypeConfiguration<BoundarySet>, IEntityTypeConfiguration<Boundary>
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

    public void Configure(EntityTypeBuilder<BoundarySet> builder)
    {
        builder.ToTable("BoundarySet");
        builder.HasMany(set => set.Boundaries).WithOne().HasForeignKey(boundary => boundary.SetId);
    }

    public void Configure(EntityTypeBuilder<Boundary> builder) => builder.ToTable("Boundary");
}
