using System.Reflection;
using System.Text.Json;
using Waymark.Shared.Documents;

namespace Waymark.Shared.Imports;

/// <summary>A list that a partnership writes itself: its columns, each with its meaning and an example (templates.json).</summary>
public sealed record FileTemplate(string FileName, string Title, string Purpose, FileTemplate.TemplateColumn[] Columns)
{
    public sealed record TemplateColumn(string Name, string Meaning, string Example);

    public static IReadOnlyList<FileTemplate> All { get; } = Read();

    /// <summary>The header and the example row.</summary>
    public string Csv => $"{string.Join(',', Columns.Select(column => column.Name))}\r\n{string.Join(',', Columns.Select(column => column.Example))}\r\n";

    public Table Explained => new(FileName.Replace('.', '-'), $"The columns of {FileName}",
        [new("column", "Column", ColumnRole.Label), new("meaning", "What it holds"), new("example", "Example")],
        [.. Columns.Select(column => new Row([new(column.Name), new(column.Meaning), new(column.Example.Length == 0 ? "(blank)" : column.Example)]))]);

    private static FileTemplate[] Read()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Waymark.Shared.Imports.templates.json")!;
        return JsonSerializer.Deserialize<FileTemplate[]>(stream, JsonSerializerOptions.Web)!;
    }
}
