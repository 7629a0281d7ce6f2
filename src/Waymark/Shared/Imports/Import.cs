using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Waymark.Data;

namespace Waymark.Shared.Imports;

public enum ImportState
{
    /// <summary>Read and checked; its rows are there but nobody sees them.</summary>
    Staged = 0,
    Published = 1,
    /// <summary>Taken back by a person: its rows are there but nobody sees them.</summary>
    Withdrawn = 2,
}

/// <summary>
/// One reading of one file: an immutable version. Its rows become visible when <see cref="State"/> turns to Published and by nothing else;
/// a newer import supersedes an older one cell by cell and overwrites nothing.
/// </summary>
public sealed class Import
{
    public int Id { get; set; }
    public required string FileName { get; init; }
    public required string Sha256 { get; init; }
    /// <summary>Which importer and layout read it: "register.raw", "ks2-raw".</summary>
    public required string Format { get; init; }
    /// <summary>In words: "Key stage 2 performance tables".</summary>
    public required string Title { get; init; }
    /// <summary>The academic years it holds, oldest first, as six digits separated by blanks; empty where it has none.</summary>
    public string Years { get; set; } = "";
    public ImportState State { get; set; }
    public required DateTime ImportedAt { get; init; }
    public int RowsRead { get; set; }
    public int RowsKept { get; set; }
    public int RowsListed { get; set; }
    public int FiguresNew { get; set; }
    public int FiguresChanged { get; set; }
    public int FiguresSame { get; set; }
    public int Version { get; set; }

    public string? Publish() => State == ImportState.Published ? "This file is already in use." : Set(ImportState.Published);
    public string? Withdraw() => State != ImportState.Published ? "Only a file in use can be taken back." : Set(ImportState.Withdrawn);

    private string? Set(ImportState state)
    {
        State = state;
        return null;
    }
}

public enum NoteKind
{
    /// <summary>A row that was not kept, with the reason.</summary>
    RowListed = 1,
    /// <summary>A column that no measure uses.</summary>
    ColumnUnknown = 2,
    /// <summary>A cell that cannot be right: refuses the file.</summary>
    Fault = 3,
    /// <summary>Worth knowing.</summary>
    Remark = 4,
}

/// <summary>What an import has to say about a line, a column or a value of its file.</summary>
public sealed class ImportNote
{
    public long Id { get; init; }
    public int ImportId { get; set; }
    public required NoteKind Kind { get; init; }
    public int? Line { get; init; }
    public string? Column { get; init; }
    public string? Value { get; init; }
    public required string Sentence { get; init; }

    public override string ToString() => string.Join("", [
        Line is int line ? $"line {line}" : "",
        Column is { } column ? $"{(Line is null ? "" : ", ")}column {column}" : "",
        Value is { } value ? $" ('{value}')" : "",
        Line is null && Column is null ? "" : ": ",
        Sentence]);
}

/// <summary>The uploaded file itself, kept compressed in parts, found by its hash.</summary>
public sealed class StoredFilePart
{
    public required string Sha256 { get; init; }
    public required int Part { get; init; }
    public required byte[] Content { get; init; }
}

/// <summary>A table that nobody knows, kept for a day until a person says what its columns hold.</summary>
public sealed class WaitingFile
{
    public required string Sha256 { get; init; }
    public required string FileName { get; init; }
    public required DateTime UploadedAt { get; init; }
}

internal sealed class ImportTable : IEntityTypeConfiguration<Import>, IEntityTypeConfiguration<ImportNote>, IEntityTypeConfiguration<StoredFilePart>, IEntityTypeConfiguration<WaitingFile>
{
    public void Configure(EntityTypeBuilder<Import> builder)
    {
        builder.ToTable("Import");
        // Of two people who confirm the same file at once, one wins.
        builder.HasIndex(import => import.Sha256).IsUnique().HasFilter("state = 1");
        builder.Property(import => import.Version).IsConcurrencyToken();
    }

    public void Configure(EntityTypeBuilder<ImportNote> builder)
    {
        builder.ToTable("ImportNote");
        builder.HasOne<Import>().WithMany().HasForeignKey(note => note.ImportId);
    }

    public void Configure(EntityTypeBuilder<StoredFilePart> builder)
    {
        builder.ToTable("StoredFilePart");
        builder.HasKey(part => new { part.Sha256, part.Part });
    }

    public void Configure(EntityTypeBuilder<WaitingFile> builder)
    {
        builder.ToTable("WaitingFile");
        builder.HasKey(file => file.Sha256);
    }
}

public static class ImportSets
{
    extension(WaymarkDb db)
    {
        public DbSet<Import> Imports => db.Set<Import>();
        public DbSet<ImportNote> ImportNotes => db.Set<ImportNote>();
        public DbSet<StoredFilePart> StoredFileParts => db.Set<StoredFilePart>();
    }
}
