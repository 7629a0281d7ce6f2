using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Waymark.Shared.Web;

/// <summary>
/// The address under which people reach the pages. Links in mails begin with it, and a request under another name is refused: what a request says of
/// its host is not believed.
/// </summary>
public sealed class PublicAddress(IConfiguration configuration, IServer server)
{
    public const string Variable = "WAYMARK_ADDRESS";
    public const string Default = "http://localhost:5100";

    private readonly Uri? stated = configuration[Variable] is { Length: > 0 } text ? new Uri(text) : null;

    /// <summary>"https://waymark.example.org", without a slash at the end.</summary>
    public string Root => (stated?.ToString() ?? server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? Default).TrimEnd('/');

    public string Of(string path) => Root + path;

    /// <summary>Without a stated address the pages are for this machine only, under any name that it has for itself.</summary>
    public bool Is(HostString host) => stated is not null
        ? host.Host.Equals(stated.Host, StringComparison.OrdinalIgnoreCase) && (host.Port ?? stated.Port) == stated.Port
        : Uri.TryCreate($"http://{host.Value}/", UriKind.Absolute, out var address) && address.IsLoopback;
}
