using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Waymark.Clusters;
using Waymark.Evidence;
using Waymark.Shared.Imports;

namespace Waymark.Priorities;

internal sealed class PriorityTables : IEntityTypeConfiguration<Priority>, IEntityTypeConfiguration<Adoption>, IEntityTypeConfiguration<KeptApart>, IEntityTypeConfiguration<Driver>,
    IEntityTypeConfiguration<SuccessMeasure>, IEntityTypeConfiguration<MeasurePoint>, IEntityTypeConfiguration<PlannedAction>, IEntityTypeConfiguration<ActionSchool>, IEntityTypeConfiguration<ProgressReport>, IEntityTypeConfiguration<ProgressAsk>
{
    public void Configure(EntityTypeBuilder<Priority> builder)
    {
        builder.ToTable("Priority");
        builder.Ignore(priority => priority.IsOpen);
        builder.HasOne<Priority>().WithMany().HasForeignKey(priority => priority.JoinedInto).OnDelete(DeleteBehavior.NoAction);
        builder.HasOne<Import>().WithMany().HasForeignKey(priority => priority.ImportId).OnDelete(DeleteBehavior.NoAction);
    }

    public void Configure(EntityTypeBuilder<Adoption> builder)
    {
        builder.ToTable("Adoption");
        builder.HasKey(adoption => new { adoption.PriorityId, adoption.ClusterId });
        builder.HasOne<Priority>().WithMany().HasForeignKey(adoption => adoption.PriorityId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Cluster>().WithMany().HasForeignKey(adoption => adoption.ClusterId).OnDelete(DeleteBehavior.NoAction);
    }

    public void Configure(EntityTypeBuilder<KeptApart> builder)
    {
        builder.ToTable("KeptApart");
        builder.HasKey(pair => new { pair.FirstId, pair.SecondId });
        builder.HasOne<Priority>().WithMany().HasForeignKey(pair => pair.FirstId).OnDelete(DeleteBehavior.NoAction);
        builder.HasOne<Priority>().WithMany().HasForeignKey(pair => pair.SecondId).OnDelete(DeleteBehavior.NoAction);
    }

    public void Configure(EntityTypeBuilder<Driver> builder)
    {
        builder.ToTable("Driver");
        builder.HasOne<Priority>().WithMany().HasForeignKey(driver => driver.PriorityId).OnDelete(DeleteBehavior.NoAction);
        builder.HasOne<Driver>().WithMany().HasForeignKey(driver => driver.ParentId).OnDelete(DeleteBehavior.NoAction);
    }

    public void Configure(EntityTypeBuilder<SuccessMeasure> builder)
    {
        builder.ToTable("SuccessMeasure");
        builder.HasOne<Priority>().WithMany().HasForeignKey(measure => measure.PriorityId).OnDelete(DeleteBehavior.NoAction);
        builder.HasOne<Citation>().WithMany().HasForeignKey(measure => measure.BaselineCitationId).OnDelete(DeleteBehavior.NoAction);
    }

    public void Configure(EntityTypeBuilder<MeasurePoint> builder)
    {
        builder.ToTable("MeasurePoint");
        builder.Ignore(point => point.Value);
        builder.HasIndex(point => new { point.MeasureId, point.On }).IsUnique();
        builder.HasOne<SuccessMeasure>().WithMany().HasForeignKey(point => point.MeasureId).OnDelete(DeleteBehavior.NoAction);
    }

    public void Configure(EntityTypeBuilder<PlannedAction> builder)
    {
        builder.ToTable("PlannedAction");
        builder.Ignore(action => action.IsOpen);
        builder.HasIndex(action => action.Place);
        builder.HasOne<Priority>().WithMany().HasForeignKey(action => action.PriorityId).OnDelete(DeleteBehavior.NoAction);
        builder.HasOne<Driver>().WithMany().HasForeignKey(action => action.DriverId).OnDelete(DeleteBehavior.SetNull);
        builder.HasOne<PlannedAction>().WithMany().HasForeignKey(action => action.ParentId).OnDelete(DeleteBehavior.NoAction);
        builder.HasOne<SuccessMeasure>().WithMany().HasForeignKey(action => action.MeasureId).OnDelete(DeleteBehavior.NoAction);
        builder.HasOne<Import>().WithMany().HasForeignKey(action => action.ImportId).OnDelete(DeleteBehavior.NoAction);
    }

    public void Configure(EntityTypeBuilder<ActionSchool> builder)
    {
        builder.ToTable("ActionSchool");
        builder.HasKey(school => new { school.ActionId, school.Urn });
        builder.HasIndex(school => school.Urn);
        builder.HasOne<PlannedAction>().WithMany().HasForeignKey(school => school.ActionId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<ProgressReport> builder)
    {
        builder.ToTable("ProgressReport");
        builder.HasOne<PlannedAction>().WithMany().HasForeignKey(report => report.ActionId).OnDelete(DeleteBehavior.NoAction);
    }

    public void Configure(EntityTypeBuilder<ProgressAsk> builder)
    {
        builder.ToTable("ProgressAsk");
        builder.HasKey(ask => new { ask.ActionId, ask.HalfTerm, ask.Number });
        builder.HasOne<PlannedAction>().WithMany().HasForeignKey(ask => ask.ActionId).OnDelete(DeleteBehavior.NoAction);
    }
}
