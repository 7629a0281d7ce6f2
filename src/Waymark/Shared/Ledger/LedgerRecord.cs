using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared.Imports;

namespace Waymark.Shared.Ledger;

/// <summary>One place in another; of a feed the school that pupils leave, in its pyramid, through the school they go on to.</summary>
public readonly record struct Belonging(PlaceKey Child, PlaceKey Parent, PlaceKey Through = default);

/// <summary>
/// All times of one belonging, as somebody or some file recorded them. The latest record that stands is what holds; the earlier ones are the history
/// of what was believed. Undoing one lets the one before hold again.
/// </summary>
public sealed class LedgerRecord
{
    public int Id { get; init; }
    public required PlaceKey Child { get; init; }
    public required PlaceKey Parent { get; init; }
    public required PlaceKey Through { get; init; }

    /// <summary>The file that says so; null when a person did. Holds only while that file is in use.</summary>
    public int? ImportId { get; init; }

    /// <summary>The highest holds. What was recorded in one go has one; a file's records get theirs when the file is put into use.</summary>
    public required long Sequence { get; init; }
    public required DateTime RecordedAt { get; init; }

    /// <summary>What was done, in words: "Ended on 31 August 2017".</summary>
    public required string Note { get; init; }
    public DateTime? UndoneAt { get; set; }
    public List<LedgerRow> Rows { get; init; } = [];

    public Belonging Belonging => new(Child, Parent, Through);
    public IReadOnlyList<Span> Spans => [.. Rows.Select(row => new Span(row.From, row.Until, row.Kind)).OrderBy(span => span.From)];
}

/// <summary>A span as it lies in the store.</summary>
public sealed class LedgerRow
{
    public int Id { get; init; }
    public int RecordId { get; init; }
    public required DateOnly From { get; init; }
    public required DateOnly? Until { get; init; }
    public required ContainmentKind Kind { get; init; }
}

internal sealed class LedgerTables : IEntityTypeConfiguration<LedgerRecord>, IEntityTypeConfiguration<LedgerRow>
{
    public void Configure(EntityTypeBuilder<LedgerRecord> builder)
    {
        builder.ToTable("LedgerRecord");
        builder.Ignore(record => record.Belonging);
        builder.Ignore(record => record.Spans);
        builder.HasIndex(record => new { record.Parent, record.Child });
        builder.HasIndex(record => record.ImportId);
        builder.HasOne<Import>().WithMany().HasForeignKey(record => record.ImportId).OnDelete(DeleteBehavior.NoAction);
        builder.HasMany(record => record.Rows).WithOne().HasForeignKey(row => row.RecordId);
    }

    public void Configure(EntityTypeBuilder<LedgerRow> builder) => builder.ToTable("LedgerRow");
}
