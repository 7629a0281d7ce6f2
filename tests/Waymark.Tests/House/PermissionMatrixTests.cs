using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Waymark.Clusters;
using Waymark.Data;
using Waymark.Evidence;
using Waymark.Field;
using Waymark.People;
using Waymark.Priorities;
using Waymark.Schools;
using Waymark.Shared.Access;
using Waymark.Shared.Imports;
using Waymark.Tests.Shared;

namespace Waymark.Tests.House;

/// <summary>
/// Every endpoint of the running application, with every method, for every role at its own place and at another, for somebody whose role ended and for somebody who is
/// not signed in; on a record that is there and on one that is not. What must happen is written down in permissions.txt, and an endpoint that does not stand there fails.
/// </summary>
public sealed class PermissionMatrixTests
{
    /// <param name="Entry">public, account or role.</param>
    /// <param name="Answer">What somebody gets who is let in, where that is not the page: "302", "302 signed-in", "302 anonymous".</param>
    internal sealed record Line(string Method, string Route, string Entry, RoleKind[] Everywhere, RoleKind[] Own, string Subject, string Answer)
    {
        public bool HasRecord => Subject.Length > 0 && Subject != "-";

        /// <summary>Belongs to the whole partnership: forbidden, not missing, to all who take part in it.</summary>
        public bool IsOfAll => !HasRecord || Subject is "feed" or "person" or "survey";
    }

    private sealed record Asker(string Name, Visitor Visitor, RoleKind? Role, bool IsSignedIn, bool IsAtHome);

    internal static readonly IReadOnlyList<Line> Written =
    [
        .. File.ReadLines(WrittenDown()).Where(line => line.Length > 0 && line[0] != '#').Select(line =>
        {
            var parts = line.Split('|', StringSplitOptions.TrimEntries);
            var address = parts[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var who = parts[1].Split('/', StringSplitOptions.TrimEntries);
            var entry = who[0] is "public" or "account" ? who[0] : "role";
            return new Line(address[0], address[1], entry, entry == "role" ? Read(who[0]) : [], entry == "role" ? Read(who[1]) : [], parts[2], parts.Length > 3 ? parts[3] : "");
        }),
    ];

    [Fact, Trait("attack", "A01")]
    public void Every_endpoint_is_written_down_and_everything_written_down_is_one()
    {
        using var store = TestStore.WithExample(Database.Sqlite);
        using var app = (IDisposable)ServeCommand.Build([], store.Store, TimeProvider.System);
        var there = EndpointRow.Of((Microsoft.AspNetCore.Builder.WebApplication)app).Where(row => !row.Route.StartsWith("/gallery", StringComparison.Ordinal)).Select(row => $"{row.Method} {row.Route}").ToList();
        var written = Written.Select(line => $"{line.Method} {line.Route}").ToList();
        there.Except(written).ShouldBeEmpty("not in permissions.txt");
        written.Except(there).ShouldBeEmpty("in permissions.txt, but not in the application");
        written.ShouldBeUnique();
    }

    [SkippableTheory, Databases, Trait("attack", "A01"), Trait("attack", "A02"), Trait("attack", "A18"), Trait("attack", "F08")]
    public async Task Every_cell_answers_as_it_is_written(Database database)
    {
        using var store = TestStore.WithExample(database);
        await using var host = await WaymarkHost.Serving(store);
        var samples = Samples.From(store);
        var askers = Askers(host, samples).ToList();
        var wrong = new ConcurrentBag<string>();
        var cells = 0;
        await Parallel.ForEachAsync(askers.SelectMany(_ => Written, (asker, line) => (asker, line)), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (cell, stop) =>
        {
            foreach (var isThere in cell.line.HasRecord ? new[] { true, false } : [true])
            {
                var address = samples.Address(cell.line.Route, isThere);
                using var request = new HttpRequestMessage(cell.line.Method == "GET" ? HttpMethod.Get : HttpMethod.Post, new Uri(address, UriKind.Relative));
                if (request.Method == HttpMethod.Post) request.Content = new FormUrlEncodedContent([]);
                using var answer = await cell.asker.Visitor.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
                var got = answer.Headers.Location?.ToString().StartsWith("/sign-in", StringComparison.Ordinal) == true ? "sign-in" : ((int)answer.StatusCode).ToString(CultureInfo.InvariantCulture);
                var must = Must(cell.line, cell.asker, isThere);
                Interlocked.Increment(ref cells);
                foreach (var missing in Unguarded(answer)) wrong.Add($"{cell.line.Method} {address} by {cell.asker.Name}: {missing}");
                if (got != must) wrong.Add($"{cell.line.Method} {address} by {cell.asker.Name}: {got}, must be {must}");
            }
        });
        foreach (var asker in askers) asker.Visitor.Dispose();
        wrong.Order().ShouldBeEmpty();
        cells.ShouldBeGreaterThan(Written.Count * askers.Count - 1);
    }

    /// <summary>What an answer, a refusal too, must carry against frames, sniffing, other origins and caches and does not.</summary>
    private static IEnumerable<string> Unguarded(HttpResponseMessage answer)
    {
        string Header(string name) => answer.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : "";
        if (!Header("Content-Security-Policy").Contains("default-src 'none'") || !Header("Content-Security-Policy").Contains("frame-ancestors 'none'")) yield return $"Content-Security-Policy: {Header("Content-Security-Policy")}";
        if (Header("X-Content-Type-Options") != "nosniff") yield return "no X-Content-Type-Options";
        if (Header("Referrer-Policy") is not ("same-origin" or "no-referrer")) yield return $"Referrer-Policy: {Header("Referrer-Policy")}";
        if (Header("Cross-Origin-Opener-Policy") != "same-origin" || Header("Cross-Origin-Resource-Policy") != "same-origin") yield return "open to other origins";
        if (Header("Access-Control-Allow-Origin").Length > 0) yield return "Access-Control-Allow-Origin";
        if (answer.Content.Headers.ContentType is { MediaType: "text/html" } && answer.Headers.CacheControl is not ({ NoStore: true } or { Private: true, Public: false })) yield return $"Cache-Control: {answer.Headers.CacheControl}";
    }

    /// <summary>A form without its token is refused as bad only after the gate let it through; nothing is changed by any cell.</summary>
    private static string Must(Line line, Asker asker, bool isThere)
    {
        var isMeant = line.Answer.Split(' ') is [_, var whose] ? (whose == "signed-in") == asker.IsSignedIn : line.Answer.Length > 0;
        var done = line.Method == "POST" ? "400" : isMeant ? line.Answer.Split(' ')[0] : "200";
        if (line.Entry == "public") return isThere ? done : "404";
        if (!asker.IsSignedIn) return "sign-in";
        if (line.Entry == "account") return done;
        if (line.HasRecord && !isThere) return "404";
        if (asker.Role is { } role && (line.Everywhere.Contains(role) || (line.Own.Contains(role) && asker.IsAtHome))) return done;
        return line.IsOfAll || asker.IsAtHome ? "403" : "404";
    }

    private static IEnumerable<Asker> Askers(WaymarkHost host, Samples samples)
    {
        yield return new Asker("somebody not signed in", host.NewVisitor(), null, false, false);
        yield return new Asker("somebody whose role ended", host.NewVisitorWithoutRole(), null, true, false);
        foreach (var role in Roles.All)
            foreach (var kind in role.HeldFor())
                foreach (var isOwn in kind is PlaceKind.Cluster or PlaceKind.School ? new[] { true, false } : [true])
                {
                    var place = kind switch
                    {
                        PlaceKind.Cluster => isOwn ? samples.Cluster : samples.OtherCluster,
                        PlaceKind.School => isOwn ? samples.School : samples.OtherSchool,
                        PlaceKind.Partnership => PlaceKey.Partnership,
                        PlaceKind.Board => PlaceKey.Board,
                        _ => PlaceKey.Of(kind, 1),
                    };
                    yield return new Asker($"{role.Code()} of {(kind is PlaceKind.Cluster or PlaceKind.School ? isOwn ? "this " : "another " : "the ")}{kind}", host.NewVisitor(role, place), role, true,
                        kind == PlaceKind.Partnership || (kind is PlaceKind.Cluster or PlaceKind.School && isOwn));
                }
    }

    private static string WrittenDown([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "permissions.txt");

    private static RoleKind[] Read(string roles) => roles == "members" ? [.. Roles.All] : [.. roles.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(code => Roles.Find(code) ?? throw new FormatException($"{code} is no role"))];
}
