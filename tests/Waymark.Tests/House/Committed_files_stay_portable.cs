using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Waymark.Tests.House;

/// <summary>Nothing that is committed names a folder of somebody's machine or the host of a package registry.</summary>
public sealed partial class Committed_files_stay_portable
{
    [GeneratedRegex("""(?<![\w.*-])/(work|root|tmp|home|Users)/|(api|www)\.nuget\.org|registry\.[a-z]+js\.org|deb\.debian\.org|"resolved": *"http""")]
    private static partial Regex NotPortable();

    [Theory]
    [InlineData("see /wo", "rk/shared for more", true)]
    [InlineData("cp a /t", "mp/b", true)]
    [InlineData("\"resolved\": \"htt", "ps://example.org/a.tgz\"", true)]
    [InlineData("https://example.org/wo", "rk/group", false)]
    [InlineData("a network", "/team/work", false)]
    public void A_line_that_names_a_machine_is_known(string start, string end, bool found) => NotPortable().IsMatch(start + end).ShouldBe(found);

    [SkippableFact]
    public void In_every_file()
    {
        var root = Root();
        Skip.If(root is null, "This is not a clone of the repository, so nothing tells which files are committed.");
        var findings = new List<string>();
        foreach (var file in Git(root!, "ls-files", "-z").Split('\0', StringSplitOptions.RemoveEmptyEntries))
        {
            var path = Path.Combine(root!, file);
            if (!File.Exists(path) || file.EndsWith($"{nameof(Committed_files_stay_portable)}.cs", StringComparison.Ordinal)) continue;
            var text = File.ReadAllText(path);
            if (text.Contains('\0', StringComparison.Ordinal)) continue;
            findings.AddRange(text.Split('\n').Select((line, index) => (line, index)).Where(at => NotPortable().IsMatch(at.line)).Select(at => $"{file}:{at.index + 1}: {at.line.Trim()}"));
        }
        findings.ShouldBeEmpty();
    }

    internal static string? Root([CallerFilePath] string path = "")
    {
        for (var folder = Path.GetDirectoryName(path); folder is not null; folder = Path.GetDirectoryName(folder))
            if (Path.Exists(Path.Combine(folder, ".git"))) return folder;
        return null;
    }

    private static string Git(string root, params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", ["-C", root, "-c", "safe.directory=*", .. arguments]) { RedirectStandardOutput = true })!;
        var output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        git.ExitCode.ShouldBe(0);
        return output;
    }
}
