using Waymark.Tests.Shared;

namespace Waymark.Tests.Shared.Imports;

/// <summary>Collections of hostile and odd files, beside the development data; tests on them are skipped, with the reason, where there are none.</summary>
internal static class Corpora
{
    public static IReadOnlyList<string> Files(string folder, string pattern = "*")
    {
        var path = Path.Combine(Path.GetDirectoryName(Path.GetDirectoryName(SharedData.File("README.md")))!, "corpora", Path.Combine(folder.Split('/')));
        Skip.IfNot(Directory.Exists(path), $"There is no corpora/{folder} beside the development data.");
        return [.. Directory.EnumerateFiles(path, pattern, SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
    }

    public static string File(string name) => Files(Path.GetDirectoryName(name)!.Replace('\\', '/'), Path.GetFileName(name)).Single();

    /// <summary>The tokens of all fuzz dictionaries, as bytes.</summary>
    public static IReadOnlyList<byte[]> Tokens()
    {
        var tokens = new List<byte[]>();
        foreach (var line in Files("dictionaries/dictionaries", "*.dict").SelectMany(System.IO.File.ReadLines))
        {
            var (from, to) = (line.IndexOf('"', StringComparison.Ordinal), line.LastIndexOf('"'));
            if (line.StartsWith('#') || to <= from) continue;
            tokens.Add(Unescape(line[(from + 1)..to]));
        }
        return tokens;
    }

    private static byte[] Unescape(string text)
    {
        var bytes = new List<byte>();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\\' && i + 3 < text.Length && text[i + 1] == 'x' && Uri.IsHexDigit(text[i + 2]) && Uri.IsHexDigit(text[i + 3]))
            {
                bytes.Add(Convert.ToByte(text.Substring(i + 2, 2), 16));
                i += 3;
            }
            else
            {
                bytes.AddRange(System.Text.Encoding.UTF8.GetBytes([text[i]]));
            }
        }
        return [.. bytes];
    }
}
