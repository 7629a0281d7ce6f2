using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Waymark.Field;

namespace Waymark.Evidence;

/// <summary>The counts behind a figure that is held back. No page and no export reads them: they only keep a later file from giving them away (<see cref="Release"/>).</summary>
internal sealed class HeldBack
{
    public required int Measure { get; init; }
    public required AcademicYear Year { get; init; }
    public required PlaceKey Place { get; init; }
    public required int PupilGroup { get; init; }
    public required int ImportId { get; init; }
    public required double? Numerator { get; init; }
    public required long Denominator { get; init; }
}

internal sealed class HeldBackTable : IEntityTypeConfiguration<HeldBack>
{
    public void Configure(EntityTypeBuilder<HeldBack> builder)
    {
        builder.ToTable("HeldBack");
        builder.HasKey(row => new { row.Measure, row.Year, row.Place, row.PupilGroup, row.ImportId });
    }
}
