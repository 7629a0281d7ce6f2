using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace Waymark.Shared.Web;

/// <summary>
/// Nobody signs in over a line that others can read. On this machine itself plain HTTP counts as https, as browsers hold it; from anywhere else it is refused.
/// What a proxy says of the visitor is believed only from the address that WAYMARK_PROXY names.
/// </summary>
internal static class Transport
{
    public const string ProxyVariable = "WAYMARK_PROXY";

    public static void UseTransport(this WebApplication app)
    {
        if (app.Configuration[ProxyVariable] is { Length: > 0 } proxies)
        {
            var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto };
            options.KnownProxies.Clear();
            options.KnownIPNetworks.Clear();
            foreach (var proxy in proxies.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries)) options.KnownProxies.Add(IPAddress.Parse(proxy));
            app.UseForwardedHeaders(options);
        }
        app.Use(Check);
    }

    private static Task Check(HttpContext http, RequestDelegate next)
    {
        if (!http.Request.IsHttps && IPAddress.IsLoopback(http.Connection.RemoteIpAddress ?? IPAddress.None)) http.Request.Scheme = "https";
        if (http.Request.IsHttps && http.RequestServices.GetRequiredService<PublicAddress>().Is(http.Request.Host)) return next(http);
        http.Response.StatusCode = http.Request.IsHttps ? StatusCodes.Status421MisdirectedRequest : StatusCodes.Status403Forbidden;
        http.Response.ContentType = "text/plain; charset=utf-8";
        return http.Response.WriteAsync(http.Request.IsHttps ? "This address is not Waymark's.\n" : "Waymark answers over https only.\n");
    }
}
