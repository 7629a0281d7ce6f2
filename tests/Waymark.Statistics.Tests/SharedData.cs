using System.Text;

namespace Waymark.Statistics.Tests;

/// <summary>Real public files to test against. They lie beside the repository and are never part of it: a test without them is skipped, visibly.</summary>
internal static class SharedData
{
    private static readonly string? Folder = Find();

    public static string Path(params string[] parts)
    {
        Skip.If(Folder is null, "The shared public data is not here: set WAYMARK_SHARED or put the folder 'shared' beside the repository.");
        var path = System.IO.Path.Combine([Folder!, .. parts]);
        Skip.IfNot(File.Exists(path), $"{string.Join('/', parts)} is not among the shared public data.");
        return path;
    }

    /// <summary>The rows of a CSV file, by column name; a cell that is missing at a row's end is empty, all cells are trimmed.</summary>
    public static IEnumerable<Dictionary<string, string>> Rows(params string[] parts)
    {
        using var file = File.OpenRead(Path(parts));
        using var reader = new StreamReader(parts[^1].EndsWith(".gz", StringComparison.Ordinal)
            ? new System.IO.Compression.GZipStream(file, System.IO.Compression.CompressionMode.Decompress)
            : file);
        string[]? header = null;
        while (reader.ReadLine() is { } line)
        {
            var cells = Cells(line);
            if (header is null)
                header = [.. cells];
            else
                yield return header.Zip(cells.Concat(Enumerable.Repeat("", Math.Max(0, header.Length - cells.Count)))).ToDictionary(c => c.First, c => c.Second);
        }
    }

    private static List<string> Cells(string line)
    {
        var cells = new List<string>();
        var cell = new StringBuilder();
        var quoted = false;
        foreach (var c in line)
        {
            if (c == '"')
                quoted = !quoted;
            else if (c == ',' && !quoted)
            {
                cells.Add(cell.ToString().Trim());
                cell.Clear();
            }
            else
                cell.Append(c);
        }
        cells.Add(cell.ToString().Trim());
        return cells;
    }

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("WAYMARK_SHARED") is { Length: > 0 } named)
            return System.IO.Path.Combine(named, "data");
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (System.IO.Path.Combine(folder.FullName, "shared", "data") is var data && Directory.Exists(data))
                return data;
        return null;
    }
}
