using System.Collections.Frozen;
using System.Security.Cryptography;

namespace Waymark.Shared.Web;

/// <summary>
/// The stylesheet and scripts that the build embedded. An address holds the hash of its content, so that a browser keeps it
/// for ever and still never shows an old one.
/// </summary>
public static class BuiltAssets
{
    private const string Prefix = "built/";

    private static readonly FrozenDictionary<string, Asset> ByName = Read();
    private static readonly FrozenDictionary<string, Asset> ByUrl = ByName.Values.ToFrozenDictionary(a => a.Url);

    /// <summary>The address of "site.css".</summary>
    public static string Url(string name) => ByName[name].Url;

    /// <summary>The content of "site.css", for a document that stands alone.</summary>
    public static string Text(string name) => System.Text.Encoding.UTF8.GetString(ByName[name].Plain);

    internal static async Task Serve(HttpContext http, RequestDelegate next)
    {
        if (!http.Request.Path.StartsWithSegments("/built") || !ByUrl.TryGetValue(http.Request.Path.Value!, out var asset)
            || !(HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method)))
        {
            await next(http);
            return;
        }
        var accepted = http.Request.Headers.AcceptEncoding.ToString();
        var (encoding, bytes) = accepted.Contains("br", StringComparison.Ordinal) ? ("br", asset.Brotli)
            : accepted.Contains("gzip", StringComparison.Ordinal) ? ("gzip", asset.Gzip)
            : (null, asset.Plain);
        var headers = http.Response.Headers;
        headers.ContentType = asset.Type;
        headers.CacheControl = "public, max-age=31536000, immutable";
        headers.Vary = "Accept-Encoding";
        if (encoding is not null) headers.ContentEncoding = encoding;
        headers.ContentLength = bytes.Length;
        if (HttpMethods.IsGet(http.Request.Method)) await http.Response.Body.WriteAsync(bytes, http.RequestAborted);
    }

    private static FrozenDictionary<string, Asset> Read()
    {
        var assembly = typeof(BuiltAssets).Assembly;
        return assembly.GetManifestResourceNames()
            .Where(n => n.StartsWith(Prefix, StringComparison.Ordinal) && Path.GetExtension(n) is not (".br" or ".gz"))
            .ToFrozenDictionary(n => n[Prefix.Length..], n =>
            {
                var plain = Bytes(n);
                var hash = Convert.ToHexStringLower(SHA256.HashData(plain))[..12];
                var (stem, extension) = (Path.GetFileNameWithoutExtension(n), Path.GetExtension(n));
                var type = extension switch { ".css" => "text/css; charset=utf-8", ".js" => "text/javascript; charset=utf-8", ".svg" => "image/svg+xml", _ => "application/octet-stream" };
                return new Asset($"/{Prefix}{stem}.{hash}{extension}", type, plain, Bytes(n + ".br"), Bytes(n + ".gz"));
            });

        byte[] Bytes(string name)
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return bytes;
        }
    }

    private sealed record Asset(string Url, string Type, byte[] Plain, byte[] Brotli, byte[] Gzip);
}
