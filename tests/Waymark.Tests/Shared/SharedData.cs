using System.Runtime.CompilerServices;

namespace Waymark.Tests.Shared;

/// <summary>
/// The development data: real published files, too large and not ours to commit. They lie in the folder that WAYMARK_SHARED names,
/// or in a folder "shared" beside the repository (or further up). Tests on them are skipped, with the reason, where there is none.
/// </summary>
public static class SharedData
{
    /// <summary>What to give Skip.IfNot beside <see cref="IsThere"/>.</summary>
    public const string Why = "The development data is not here: set WAYMARK_SHARED to the folder that holds data/, or put it beside the repository as shared/.";

    private static readonly string? Folder = Find();

    public static bool IsThere => Folder is not null;

    /// <summary>A file of the development data, for example "ks2_raw_format/2016-2017_850_ks2final.csv"; skips the test where it is missing.</summary>
    public static string File(string name)
    {
        Skip.IfNot(IsThere, Why);
        var path = Path.Combine(Folder!, Path.Combine(name.Split('/')));
        Skip.IfNot(System.IO.File.Exists(path), $"The development data has no {name}.");
        return path;
    }

    /// <summary>All files of one of its folders, in the order of their names; skips the test where there are none.</summary>
    public static IReadOnlyList<string> Files(string folder, string pattern = "*")
    {
        Skip.IfNot(IsThere, Why);
        var path = Path.Combine(Folder!, folder);
        Skip.IfNot(Directory.Exists(path), $"The development data has no folder {folder}.");
        return [.. Directory.EnumerateFiles(path, pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
    }

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("WAYMARK_SHARED") is { Length: > 0 } named)
            return Directory.Exists(Path.Combine(named, "data")) ? Path.Combine(named, "data") : null;
        for (var folder = new DirectoryInfo(SourceFolder()); folder is not null; folder = folder.Parent)
        {
            var data = Path.Combine(folder.FullName, "shared", "data");
            if (Directory.Exists(data)) return data;
        }
        return null;
    }

    private static string SourceFolder([CallerFilePath] string path = "") =>
        Directory.Exists(Path.GetDirectoryName(path)) ? Path.GetDirectoryName(path)! : AppContext.BaseDirectory;
}
