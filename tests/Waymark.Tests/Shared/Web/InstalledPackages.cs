namespace Waymark.Tests.Shared.Web;

/// <summary>Where the build put the npm packages: node_modules beside package.json.</summary>
internal static class InstalledPackages
{
    public static string Folder { get; } = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "package-lock.json")))
                return Path.Combine(folder.FullName, "node_modules");
        throw new DirectoryNotFoundException("node_modules stands beside package-lock.json; dotnet build puts it there");
    }
}
