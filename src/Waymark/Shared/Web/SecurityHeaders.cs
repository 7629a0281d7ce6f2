namespace Waymark.Shared.Web;

/// <summary>The headers of every response, errors and files included.</summary>
public static class SecurityHeaders
{
    /// <summary>
    /// Observable Plot puts a style element into each chart and each colour legend. These two are allowed by what they say, and
    /// no others; a test computes them from the installed Plot. Without the first a chart does not shrink on a phone.
    /// </summary>
    public static IReadOnlyList<string> PlotStyles { get; } =
    [
        "sha256-jSYQUrW7J0b3jPqhZP9C2Xh1PyJKHKXd4s0fpGGKrww=",
        "sha256-/jg3HOQ97BIOLIR7iXhepLJanBbw11P39q1Ne1E+6Jc=",
    ];

    public static string Policy { get; } =
        "default-src 'none'; script-src 'self'; style-src 'self' " + string.Join(' ', PlotStyles.Select(s => $"'{s}'")) +
        "; img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    internal static Task Add(HttpContext http, RequestDelegate next)
    {
        // On starting, because the error handler empties the headers that were set before the error.
        http.Response.OnStarting(() =>
        {
            var headers = http.Response.Headers;
            headers.ContentSecurityPolicy = Policy;
            headers.XContentTypeOptions = "nosniff";
            headers.XFrameOptions = "DENY";
            headers["Referrer-Policy"] = "same-origin";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()";
            if (http.Request.IsHttps) headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
            // A secret address is nobody's business but its reader's.
            if (http.Request.RouteValues.ContainsKey("secret")) (headers["Referrer-Policy"], headers.CacheControl) = ("no-referrer", "no-store");
            if (headers.CacheControl.Count == 0) headers.CacheControl = "private, no-cache";
            return Task.CompletedTask;
        });
        return next(http);
    }
}
