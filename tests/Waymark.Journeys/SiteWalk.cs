using System.Net;
using AngleSharp.Dom;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Template;
using Microsoft.Extensions.DependencyInjection;
using Waymark.Field;
using Waymark.Tests.Shared;

namespace Waymark.Journeys;

/// <summary>
/// Starts at the front door and follows every link to a page of our own: of pages that one route makes (a school, a cluster) the first two, so that
/// the walk is as long as there are kinds of pages, not as there are schools.
/// </summary>
internal sealed class SiteWalk
{
    private const int OfAKind = 2;

    private readonly List<(PageAnswer Answer, string From)> answers = [];
    private readonly HashSet<string> firstOfAKind = [];

    public bool IsFirstOfItsKind(string path) => firstOfAKind.Contains(path);

    /// <summary>Links that lead to no page, and where they stand.</summary>
    public IEnumerable<string> Broken => answers.Where(link => link.Answer.Status != HttpStatusCode.OK).Select(link => $"{link.Answer.Address.PathAndQuery} answers {(int)link.Answer.Status}, linked from {link.From}").Concat(Astray);

    /// <summary>Links to a part of a page that the page does not have.</summary>
    private IEnumerable<string> Astray
    {
        get
        {
            var pages = Pages.GroupBy(page => page.Address.PathAndQuery).ToDictionary(same => same.Key, same => same.First());
            return pages.Values.SelectMany(page => page.Document.QuerySelectorAll("a[href*='#']").Select(anchor => new Uri(page.Address, anchor.GetAttribute("href")!))
                .Where(link => link.Fragment.Length > 1 && pages.TryGetValue(link.PathAndQuery, out var target) && target.Document.GetElementById(link.Fragment[1..]) is null)
                .Select(link => $"{link.PathAndQuery} has no part {link.Fragment}, linked from {page.Address.PathAndQuery}")).Distinct();
        }
    }

    /// <summary>Those that are pages to read; the others are files to keep.</summary>
    public IEnumerable<PageAnswer> Pages => answers.Select(link => link.Answer).Where(answer => answer.Status == HttpStatusCode.OK && answer.ContentHeaders.ContentType?.MediaType == "text/html" && answer.ContentHeaders.ContentDisposition is null);

    /// <param name="onward">False looks at the first page only.</param>
    public static async Task<SiteWalk> From(WaymarkHost host, string start, bool onward)
    {
        var kinds = new Kinds(host.Services.GetRequiredService<EndpointDataSource>());
        using var visitor = host.NewVisitor(RoleKind.Officer);
        var walk = new SiteWalk();
        var known = new HashSet<string>();
        var ofKind = new Dictionary<string, int>();
        var next = new Queue<(Uri Address, string From)>([(new Uri(host.Address, start), "the front door")]);
        while (next.TryDequeue(out var link))
        {
            var kind = kinds.Of(link.Address);
            if (!known.Add(link.Address.PathAndQuery) || ofKind.GetValueOrDefault(kind) == OfAKind) continue;
            ofKind[kind] = ofKind.GetValueOrDefault(kind) + 1;
            if (ofKind[kind] == 1) walk.firstOfAKind.Add(link.Address.PathAndQuery);
            var answer = await visitor.Get(link.Address.ToString());
            if (answer.Location is { } elsewhere)
            {
                next.Enqueue((elsewhere, link.From));
                continue;
            }
            walk.answers.Add((answer, link.From));
            if (!onward || answer.Status != HttpStatusCode.OK || answer.ContentHeaders.ContentType?.MediaType != "text/html") continue;
            foreach (var href in answer.Document.QuerySelectorAll("a[href]").Select(anchor => anchor.GetAttribute("href")!))
            {
                if (Uri.TryCreate(answer.Address, href, out var target) && target.Scheme is "http" or "https" && target.Authority == host.Address.Authority)
                    next.Enqueue((new Uri(target.GetLeftPart(UriPartial.Query)), answer.Address.PathAndQuery));
            }
        }
        return walk;
    }

    /// <summary>Which kind of page an address is: the route that answers it and the names of its query's fields.</summary>
    private sealed class Kinds(EndpointDataSource endpoints)
    {
        private readonly List<(string Text, TemplateMatcher Matcher)> routes =
        [
            .. endpoints.Endpoints.OfType<RouteEndpoint>()
                .OrderBy(endpoint => endpoint.RoutePattern.InboundPrecedence)
                .Select(endpoint => (endpoint.RoutePattern.RawText ?? "", new TemplateMatcher(TemplateParser.Parse((endpoint.RoutePattern.RawText ?? "").TrimStart('/')), []))),
        ];

        public string Of(Uri address)
        {
            var route = routes.FirstOrDefault(candidate => candidate.Matcher.TryMatch(Uri.UnescapeDataString(address.AbsolutePath), [])).Text ?? address.AbsolutePath;
            var fields = address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(field => field.Split('=')[0]).Distinct().Order(StringComparer.Ordinal);
            return $"{route}?{string.Join('&', fields)}";
        }
    }
}
