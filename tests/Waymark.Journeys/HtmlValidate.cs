using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace Waymark.Journeys;

/// <summary>The checker of HTML from npm (html-validate); its rules stand in htmlvalidate.json.</summary>
internal static class HtmlValidate
{
    /// <summary>Checks pages and gives one line for each fault; skips the test, with the reason, where the checker is not installed.</summary>
    /// <param name="pages">What each page is called, and its HTML.</param>
    public static async Task<IReadOnlyList<string>> Faults(IReadOnlyList<(string Name, string Html)> pages)
    {
        var program = Path.Combine(ProjectFolder(), "node_modules", "html-validate", "bin", "html-validate.mjs");
        Skip.IfNot(File.Exists(program), "html-validate is not installed: npm ci --prefix tests/Waymark.Journeys");
        var folder = Directory.CreateTempSubdirectory("waymark-html-");
        var file = Path.Combine(folder.FullName, "report.json");
        try
        {
            for (var i = 0; i < pages.Count; i++) await File.WriteAllTextAsync(Path.Combine(folder.FullName, $"{i:D4}.html"), pages[i].Html);
            using var node = Process.Start(new ProcessStartInfo("node", [program, "--config", Path.Combine(ProjectFolder(), "htmlvalidate.json"), "--formatter", $"json={file}", folder.FullName])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                WorkingDirectory = ProjectFolder(),
            })!;
            var errors = node.StandardError.ReadToEndAsync();
            var said = node.StandardOutput.ReadToEndAsync();
            await node.WaitForExitAsync();
            node.ExitCode.ShouldBeInRange(0, 1, await errors + await said);
            // Written to a file: what goes through a pipe is cut off when the program ends.
            var report = await File.ReadAllTextAsync(file);
            var results = JsonSerializer.Deserialize<List<Result>>(report, JsonSerializerOptions.Web)!;
            return
            [
                .. results.SelectMany(result => result.Messages.Select(message =>
                    $"{pages[int.Parse(Path.GetFileNameWithoutExtension(result.FilePath), System.Globalization.CultureInfo.InvariantCulture)].Name}:{message.Line}:{message.Column} {message.RuleId}: {message.Message}")),
            ];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private sealed record Result(string FilePath, List<Finding> Messages);

    private sealed record Finding(string RuleId, string Message, int Line, int Column);

    private static string ProjectFolder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
