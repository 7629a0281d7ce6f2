using System.Data.Common;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Waymark.Data;
using Waymark.Schools;
using Waymark.Shared.Imports;

namespace Waymark.Outcomes.Imports;

/// <summary>A person's word on what the columns of a wide spreadsheet hold. The next file with the same columns is read by it; the latest word counts.</summary>
public sealed class SavedLayout
{
    public int Id { get; init; }
    public required string Name { get; init; }
    /// <summary>A layout as in Layouts/*.json.</summary>
    public required string Layout { get; init; }
    public required DateTime SavedAt { get; init; }
}

internal sealed class SavedLayoutTable : IEntityTypeConfiguration<SavedLayout>
{
    public void Configure(EntityTypeBuilder<SavedLayout> builder) => builder.ToTable("SavedLayout");
}

/// <summary>Reads every table whose columns somebody mapped, by the same engine as the national files.</summary>
internal sealed class SavedLayoutImporter : Importer
{
    public const string Format = "saved-mapping";
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault };

    public override string Reads => "tables whose columns you mapped";

    public override Recognised? Recognise(TabularFile file) => null;

    public override Recognised? Recognise(TabularFile file, WaymarkDb db)
    {
        var columns = ColumnsOf(file);
        foreach (var saved in db.Set<SavedLayout>().AsNoTracking().OrderByDescending(saved => saved.Id))
        {
            var layout = JsonSerializer.Deserialize<Layout>(saved.Layout, Options)!;
            if (columns.SetEquals(layout.Recognise)) return Recognised(layout);
        }
        return null;
    }

    public static Recognised Recognised(Layout layout) => new(Format, layout.Title, layout.Recognise.Length, layout);

    /// <summary>The names of a table's columns; two files with the same set are of one kind.</summary>
    public static HashSet<string> ColumnsOf(TabularFile file) => file.Header.Where(name => name.Length > 0).ToHashSet(StringComparer.OrdinalIgnoreCase);

    public static SavedLayout Save(Layout layout, DateTime now) => new() { Name = layout.Title, Layout = JsonSerializer.Serialize(layout, Options), SavedAt = now };

    public override void Stage(TabularFile file, Recognised recognised, ImportRun run) => new ResultsImporter((Layout)recognised.Layout!).Stage(file, recognised, run);

    public override void AfterSwitch(DbConnection connection, DbTransaction transaction, Import import)
    {
        if (import.Format == Format) KnownSchools.AfterSwitch(connection, transaction, import);
    }
}
