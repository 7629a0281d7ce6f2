using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Waymark.Shared.Documents;

/// <summary>What became of a PDF: written, or why not, in a sentence for the reader.</summary>
public abstract record PdfResult
{
    public sealed record Written : PdfResult;
    public sealed record NoChromium(string Sentence) : PdfResult;
    public sealed record Failed(string Sentence) : PdfResult;
}

/// <summary>Prints an HTML document to a tagged PDF with headless Chromium. The same document gives the same bytes.</summary>
public static partial class PdfWriter
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <param name="html">A document, or the address of one (file: or http:).</param>
    /// <param name="asOf">The day that stands in the file as its date.</param>
    public static async Task<PdfResult> WriteAsync(string html, DateOnly asOf, Stream output, CancellationToken cancel = default)
    {
        if (Chromium.Find() is not { } program)
            return new PdfResult.NoChromium(Chromium.HowToInstall);
        var folder = Directory.CreateTempSubdirectory("waymark-pdf-");
        try
        {
            var page = html;
            if (!Uri.TryCreate(html, UriKind.Absolute, out var address) || address.Scheme is not ("file" or "http" or "https"))
            {
                var file = Path.Combine(folder.FullName, "page.html");
                await File.WriteAllTextAsync(file, html, new UTF8Encoding(false), cancel);
                page = new Uri(file).AbsoluteUri;
            }
            var pdf = Path.Combine(folder.FullName, "page.pdf");
            var fault = await Run(program, folder.FullName, pdf, page, cancel);
            if (fault is not null || !File.Exists(pdf))
                return new PdfResult.Failed(fault ?? "Chromium wrote no PDF.");
            await output.WriteAsync(Undated(await File.ReadAllBytesAsync(pdf, cancel), asOf), cancel);
            return new PdfResult.Written();
        }
        finally
        {
            Forget(folder);
        }
    }

    private static async Task<string?> Run(string program, string folder, string pdf, string page, CancellationToken cancel)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardError = true, RedirectStandardOutput = true };
        // Its temporary files, crash reports and settings stay in the folder that goes afterwards.
        foreach (var name in new[] { "HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME" }) start.Environment[name] = folder;
        foreach (var option in new[]
        {
            "--headless", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-extensions",
            $"--user-data-dir={Path.Combine(folder, "profile")}", "--virtual-time-budget=10000", "--no-pdf-header-footer", "--generate-pdf-document-outline", "--export-tagged-pdf", $"--print-to-pdf={pdf}",
        })
            start.ArgumentList.Add(option);
        // Chromium refuses its sandbox to root.
        if (Environment.IsPrivilegedProcess && !OperatingSystem.IsWindows()) start.ArgumentList.Add("--no-sandbox");
        start.ArgumentList.Add(page);
        using var process = Process.Start(start)!;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        try
        {
            var said = process.StandardError.ReadToEndAsync(patience.Token);
            await process.StandardOutput.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return process.ExitCode == 0 ? null : $"Chromium ended with {process.ExitCode}: {(await said).Trim().Split('\n')[^1]}";
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return $"Chromium did not finish within {Patience.TotalSeconds:0} seconds.";
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }

    /// <summary>Overwrites the dates and the random id in place, so that no offset in the file moves.</summary>
    private static byte[] Undated(byte[] pdf, DateOnly asOf)
    {
        // Latin-1 keeps every byte as one character.
        var text = Encoding.Latin1.GetString(pdf);
        var stamp = $"{asOf:yyyyMMdd}000000";
        text = Date().Replace(text, m => m.Groups[1].Value + stamp);
        var id = Convert.ToHexString(SHA256.HashData(Encoding.Latin1.GetBytes(Id().Replace(text, ""))))[..32];
        text = Id().Replace(text, m => Hex().Replace(m.Value, h => id[..Math.Min(id.Length, h.Length)].PadRight(h.Length, '0')));
        return Encoding.Latin1.GetBytes(text);
    }

    private static void Forget(DirectoryInfo folder)
    {
        try
        {
            folder.Delete(recursive: true);
        }
        catch (IOException)
        {
            // A browser process that ends late may still write; the system clears its temporary folder.
        }
    }

    [GeneratedRegex(@"(/(?:CreationDate|ModDate) ?\(D:)\d{14}")]
    private static partial Regex Date();

    [GeneratedRegex(@"/ID ?\[ ?<[0-9A-Fa-f]*> ?<[0-9A-Fa-f]*> ?\]")]
    private static partial Regex Id();

    [GeneratedRegex("(?<=<)[0-9A-Fa-f]+(?=>)")]
    private static partial Regex Hex();
}
