namespace Waymark.Shared.Documents;

/// <summary>The browser that prints pages to PDF, where one is installed.</summary>
public static class Chromium
{
    public const string HowToInstall = "PDF needs Chromium: install it with \"apt-get install chromium\" (Debian, Ubuntu), \"winget install Google.Chrome\" (Windows) or \"brew install --cask chromium\" (macOS), or name one in WAYMARK_CHROMIUM.";

    private static readonly string[] Names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge"];

    /// <summary>The program's path: the one that WAYMARK_CHROMIUM names, else the first on the PATH or where installers put it; null when there is none.</summary>
    public static string? Find()
    {
        if (Environment.GetEnvironmentVariable("WAYMARK_CHROMIUM") is { Length: > 0 } named)
            return File.Exists(named) ? named : null;
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        var files = OperatingSystem.IsWindows() ? Names.Select(n => n + ".exe") : Names;
        return folders.SelectMany(folder => files.Select(file => Path.Combine(folder, file))).Concat(UsualPlaces()).FirstOrDefault(File.Exists);
    }

    private static IEnumerable<string> UsualPlaces()
    {
        if (OperatingSystem.IsMacOS())
            return ["/Applications/Chromium.app/Contents/MacOS/Chromium", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"];
        if (!OperatingSystem.IsWindows())
            return [];
        var programs = new[] { Environment.SpecialFolder.ProgramFiles, Environment.SpecialFolder.ProgramFilesX86, Environment.SpecialFolder.LocalApplicationData };
        return programs.Select(Environment.GetFolderPath).SelectMany(p => new[] { Path.Combine(p, "Google", "Chrome", "Application", "chrome.exe"), Path.Combine(p, "Microsoft", "Edge", "Application", "msedge.exe") });
    }
}
