using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace Waymark.Journeys;

/// <summary>What goes wrong in the browser without anybody seeing it.</summary>
internal sealed class Troubles
{
    private readonly ConcurrentQueue<string> all = [];

    public Troubles(IPage page, Uri own)
    {
        page.Console += (_, message) =>
        {
            // That a page answers 404 is for the journey to judge; the browser says it on the console, too.
            if (message.Type == "error" && !(message.Text.StartsWith("Failed to load resource", StringComparison.Ordinal) && message.Location.StartsWith(page.Url, StringComparison.Ordinal)))
                all.Enqueue($"console: {message.Text} ({message.Location})");
        };
        page.PageError += (_, error) => all.Enqueue($"script: {error}");
        page.RequestFailed += (_, request) =>
        {
            // Downloads and navigations left early are aborted by the browser itself.
            if (request.Failure != "net::ERR_ABORTED") all.Enqueue($"failed: {request.Url} {request.Failure}");
        };
        page.Request += (_, request) =>
        {
            var to = new Uri(request.Url);
            if (to.Scheme is "http" or "https" or "ws" or "wss" && to.Authority != own.Authority) all.Enqueue($"another server was asked: {request.Url}");
        };
    }

    public IEnumerable<string> All => all.Distinct();
}
