using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Waymark.Data;
using Waymark.Field;

namespace Waymark.Evidence;

/// <summary>How firm a figure is. What is not published never reaches a public page; provisional is always marked.</summary>
public enum FigureStatus
{
    Provisional = 1,
    Checked = 2,
    Final = 3,
    Published = 4,
}

/// <summary>One released cell as it lies in the store, from one line of one import.</summary>
public sealed class FigureRow
{
    public required int Measure { get; init; }
    public required AcademicYear Year { get; init; }
    public required PlaceKey Place { get; init; }
    public required int PupilGroup { get; init; }
    public required int ImportId { get; init; }
    public required int Line { get; init; }
    /// <summary>Status times ten plus the layout's rank: of several imports' rows for one cell, the highest counts, then the latest import.</summary>
    public required short Precedence { get; init; }
    public required double? Value { get; init; }
    public required double? Numerator { get; init; }
    public required long? Denominator { get; init; }
    /// <summary>Published bounds; a proportion's interval is made when it is read.</summary>
    public required double? Lower { get; init; }
    public required double? Upper { get; init; }
    public required Symbol Symbol { get; init; }

    public FigureStatus Status => (FigureStatus)(Precedence / 10);
}

internal sealed class FigureTable : IEntityTypeConfiguration<FigureRow>
{
    public void Configure(EntityTypeBuilder<FigureRow> builder)
    {
        builder.ToTable("Figure");
        // In this order a pack's few measures are short runs of the tree, whatever the size of the nation.
        builder.HasKey(row => new { row.Measure, row.Year, row.Place, row.PupilGroup, row.ImportId });
        // No foreign key to the import: it would want an index of its own over every figure of the nation. 'waymark check' looks instead.
    }
}

public static class FigureSets
{
    extension(WaymarkDb db)
    {
        public DbSet<FigureRow> Figures => db.Set<FigureRow>();
    }
}
