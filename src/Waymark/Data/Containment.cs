using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Waymark.Field;

namespace Waymark.Data;

/// <summary>How one place belongs to another.</summary>
public enum ContainmentKind
{
    /// <summary>Counted in the other's figures.</summary>
    Full = 1,
    /// <summary>Takes part, and is never summed.</summary>
    Associate = 2,
}

/// <summary>
/// One place belongs to another for a time: a school to a cluster or a pyramid, a cluster to the partnership.
/// Only what is in use stands here: an import that is staged or taken back has no rows.
/// </summary>
public sealed class Containment
{
    public int Id { get; init; }
    public required PlaceKey Child { get; init; }
    public required PlaceKey Parent { get; init; }
    public required ContainmentKind Kind { get; init; }
    public required DateOnly FirstDay { get; init; }
    /// <summary>The last day it belongs; null while it still does.</summary>
    public DateOnly? LastDay { get; init; }
    /// <summary>The import it came from; null when a person entered it.</summary>
    public int? ImportId { get; init; }

    public bool HoldsOn(DateOnly day) => FirstDay <= day && (LastDay is null || LastDay >= day);
}

internal sealed class ContainmentTable : IEntityTypeConfiguration<Containment>
{
    public void Configure(EntityTypeBuilder<Containment> builder)
    {
        builder.ToTable("Containment");
        builder.HasIndex(containment => new { containment.Parent, containment.Kind });
        builder.HasIndex(containment => containment.Child);
    }
}

public static class ContainmentSets
{
    extension(WaymarkDb db)
    {
        public DbSet<Containment> Containments => db.Set<Containment>();

        /// <summary>What belonged to a place on a day, in full: those whose figures are summed.</summary>
        public IQueryable<PlaceKey> FullMembersOn(PlaceKey parent, DateOnly day) =>
            db.Containments.On(day).Where(containment => containment.Parent == parent && containment.Kind == ContainmentKind.Full).Select(containment => containment.Child);
    }

    /// <summary>What held on a day; a pack of 2016 asks for a day of 2016.</summary>
    public static IQueryable<Containment> On(this IQueryable<Containment> containments, DateOnly day) =>
        containments.Where(containment => containment.FirstDay <= day && (containment.LastDay == null || containment.LastDay >= day));
}
