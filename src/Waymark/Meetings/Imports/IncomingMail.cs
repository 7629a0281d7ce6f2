using System.Text;
using System.Text.RegularExpressions;

namespace Waymark.Meetings.Imports;

/// <summary>A mail as it comes on standard input: its headers, and the text of its parts by their kind. Only what is needed to find an answer in it.</summary>
internal sealed partial class IncomingMail
{
    private const int MostDepth = 8;

    private readonly List<(string Type, string Text)> parts = [];

    private IncomingMail(string headers) => Headers = headers;

    /// <summary>Unfolded, as they stand.</summary>
    public string Headers { get; }

    public string? Part(string type) => parts.Find(part => part.Type == type).Text;

    /// <summary>The addresses it was delivered to, of which one holds the token.</summary>
    public IEnumerable<string> Tokens => Token().Matches(string.Join('\n', Headers.Split('\n').Where(line => Recipients().IsMatch(line)))).Select(found => found.Groups[1].Value.ToLowerInvariant()).Distinct();

    public static IncomingMail Read(byte[] bytes)
    {
        // Every byte is one sign until its part says which characters they are.
        var text = Encoding.Latin1.GetString(bytes).Replace("\r\n", "\n", StringComparison.Ordinal);
        var (headers, _) = Split(text);
        var mail = new IncomingMail(headers);
        mail.Take(text, 0);
        return mail;
    }

    private void Take(string text, int depth)
    {
        var (headers, body) = Split(text);
        var type = Header(headers, "content-type") ?? "text/plain";
        if (type.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) && Parameter(type, "boundary") is { Length: > 0 } boundary && depth < MostDepth)
        {
            foreach (var part in ("\n" + body).Split("\n--" + boundary).Skip(1).TakeWhile(part => !part.StartsWith("--", StringComparison.Ordinal))) Take(part.TrimStart('\n'), depth + 1);
            return;
        }
        var bytes = Encoding.Latin1.GetBytes(body);
        switch ((Header(headers, "content-transfer-encoding") ?? "").Trim().ToLowerInvariant())
        {
            case "base64":
                var packed = string.Concat(body.Where(letter => char.IsAsciiLetterOrDigit(letter) || letter is '+' or '/' or '='));
                var unpacked = new byte[packed.Length];
                bytes = Convert.TryFromBase64String(packed, unpacked, out var count) ? unpacked[..count] : [];
                break;
            case "quoted-printable":
                bytes = Encoding.Latin1.GetBytes(Quoted().Replace(SoftBreak().Replace(body, ""), found => ((char)Convert.ToByte(found.Groups[1].Value, 16)).ToString()));
                break;
        }
        parts.Add((type.Split(';')[0].Trim().ToLowerInvariant(), Encoding.UTF8.GetString(bytes)));
    }

    private static (string Headers, string Body) Split(string text)
    {
        var end = text.StartsWith('\n') ? 0 : text.IndexOf("\n\n", StringComparison.Ordinal);
        var (head, body) = end < 0 ? (text, "") : (text[..end], text[Math.Min(text.Length, end + (end == 0 ? 1 : 2))..]);
        return (Folded().Replace(head, " "), body);
    }

    private static string? Header(string headers, string name) =>
        headers.Split('\n').Select(line => line.Split(':', 2)).FirstOrDefault(line => line.Length == 2 && line[0].Trim().Equals(name, StringComparison.OrdinalIgnoreCase))?[1].Trim();

    private static string? Parameter(string header, string name) =>
        header.Split(';').Skip(1).Select(part => part.Split('=', 2)).FirstOrDefault(part => part.Length == 2 && part[0].Trim().Equals(name, StringComparison.OrdinalIgnoreCase))?[1].Trim().Trim('"');

    [GeneratedRegex(@"^(to|cc|delivered-to|x-original-to|envelope-to)\s*:", RegexOptions.IgnoreCase)]
    private static partial Regex Recipients();

    [GeneratedRegex(@"\+([0-9a-f]{32})@", RegexOptions.IgnoreCase)]
    private static partial Regex Token();

    [GeneratedRegex(@"\n[ \t]+")]
    private static partial Regex Folded();

    [GeneratedRegex(@"=[ \t]*\n")]
    private static partial Regex SoftBreak();

    [GeneratedRegex("=([0-9A-Fa-f]{2})")]
    private static partial Regex Quoted();
}
