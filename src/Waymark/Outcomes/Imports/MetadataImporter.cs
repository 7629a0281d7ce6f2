using Waymark.Shared.Imports;

namespace Waymark.Outcomes.Imports;

/// <summary>
/// The .meta.csv that comes with every data file of the official statistics: it names the columns. The figures find their columns through the
/// catalogue, so it is kept beside its data file and says which of its indicators the catalogue knows.
/// </summary>
internal sealed class MetadataImporter : Importer
{
    public override string Reads => "the metadata of an official statistics file (.meta.csv)";

    public override Recognised? Recognise(TabularFile file) =>
        file.Has("col_name") && file.Has("col_type") && file.Has("label") ? new Recognised("metadata", "Metadata of an official statistics file", 3) : null;

    public override void Stage(TabularFile file, Recognised recognised, ImportRun run)
    {
        var known = Layout.All.SelectMany(layout => layout.Measures)
            .SelectMany(columns => new[] { columns.Value, columns.Numerator, columns.Base }.OfType<string>())
            .SelectMany(names => names.Split('|')).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var (name, type, label) = (file.Column("col_name"), file.Column("col_type"), file.Column("label"));
        foreach (var row in file.Rows())
        {
            run.Read();
            if (row.Text(type) is not ("Indicator" or "Filter"))
            {
                run.Fault(row.Line, "col_type", row.Text(type), "A column is either an Indicator or a Filter.");
                continue;
            }
            run.Kept();
            if (row.Text(type) == "Indicator" && !known.Contains(row.Text(name)))
                run.UnknownColumn(row.Text(name), $"{row.Text(label)}: no measure of the catalogue uses it");
        }
    }
}
