using System.CommandLine;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Waymark.Shared.Access;
using Waymark.Shared.CommandLine;

namespace Waymark;

/// <summary>One method of one address of the running application, and who may use it.</summary>
/// <param name="Room">The room it lies in.</param>
/// <param name="Permission">The code of the permission it needs; null where it needs none.</param>
/// <param name="Entry">public, role, account or link.</param>
public sealed record EndpointRow(string Method, string Route, string Room, string? Permission, string Entry)
{
    /// <summary>All there are, asked of the application itself: the documentation and the test of every permission are made from this list.</summary>
    public static IReadOnlyList<EndpointRow> Of(WebApplication app)
    {
        var loader = app.Services.GetRequiredService<PageLoader>();
        return [.. ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .SelectMany(endpoint => Rows(endpoint, loader)).Distinct().OrderBy(row => row.Route, StringComparer.Ordinal).ThenBy(row => row.Method, StringComparer.Ordinal)];
    }

    private static IEnumerable<EndpointRow> Rows(RouteEndpoint endpoint, PageLoader loader)
    {
        var door = endpoint.Metadata.GetMetadata<Door>()!;
        var page = endpoint.Metadata.GetMetadata<PageActionDescriptor>();
        var methods = page is null
            ? endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]
            : loader.LoadAsync(page, endpoint.Metadata).GetAwaiter().GetResult().HandlerMethods.Select(handler => handler.HttpMethod.ToUpperInvariant()).Where(method => method is "GET" or "POST").Append("GET").Distinct();
        foreach (var method in methods)
        {
            var permission = method == "GET" ? door.Permission : door.Forms ?? door.Permission;
            yield return new EndpointRow(method, "/" + endpoint.RoutePattern.RawText!.Trim('/'), page?.RelativePath.Split('/')[1] ?? "Shared", permission?.Code,
                permission is not null ? "role" : door.Kind.ToString().ToLowerInvariant());
        }
    }
}

/// <summary>waymark endpoints: every address, and who may use it.</summary>
internal static class EndpointsCommand
{
    public static Command Create()
    {
        var data = StoreOption.Create();
        var json = new Option<bool>("--json") { Description = "Print as JSON." };
        var command = new Command("endpoints", "Lists every address with its method, its room and who may use it.") { data, json };
        command.SetAction(parsed =>
        {
            using var app = (IDisposable)ServeCommand.Build([], StoreOption.Locate(parsed, data), TimeProvider.System);
            var rows = EndpointRow.Of((WebApplication)app);
            if (parsed.GetValue(json)) Output.Json(rows);
            else foreach (var row in rows) Console.WriteLine($"{row.Method,-5} {row.Route,-60} {row.Room,-12} {row.Permission ?? row.Entry}");
            return Output.Done;
        });
        return command;
    }
}
