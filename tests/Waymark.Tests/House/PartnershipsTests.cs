using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Waymark.Data;
using Waymark.Field;
using Waymark.People;
using Waymark.People.SignIn;
using Waymark.Tests.Shared;

namespace Waymark.Tests.House;

/// <summary>Two partnerships behind one port, each with its own host name, its own store and an officer of the same number.</summary>
public sealed class PartnershipsTests
{
    private const string Beds = "beds.example.org", Herts = "herts.example.org";

    [SkippableTheory, Databases, Trait("attack", "A02"), Trait("attack", "A06"), Trait("attack", "A07")]
    public async Task What_was_made_at_one_host_name_opens_nothing_at_another(Database database)
    {
        using var beds = TestStore.WithExample(database);
        using var herts = TestStore.WithExample(database);
        await using var both = await Start(beds, herts);
        var samples = Samples.From(herts);
        var cookie = Session(both[Beds], 1);
        (await Ask(both, Beds, "/people", cookie)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Ask(both, Herts, "/people", Session(both[Herts], 1))).StatusCode.ShouldBe(HttpStatusCode.OK);

        // Every address, asked with the other partnership's officer's cookie, answers as to somebody who is not signed in.
        var wrong = new List<string>();
        foreach (var line in PermissionMatrixTests.Written.Where(line => line.Method == "GET"))
        {
            var address = samples.Address(line.Route, isThere: true);
            using var stranger = await Ask(both, Herts, address, null);
            using var answer = await Ask(both, Herts, address, cookie);
            if (answer.StatusCode != stranger.StatusCode || answer.Headers.Location != stranger.Headers.Location) wrong.Add($"{address}: {(int)answer.StatusCode} instead of {(int)stranger.StatusCode}");
            if (line.Entry != "public" && answer.Headers.Location?.ToString().StartsWith("/sign-in", StringComparison.Ordinal) != true) wrong.Add($"{address}: {(int)answer.StatusCode}");
        }
        wrong.ShouldBeEmpty();
    }

    [Fact, Trait("attack", "A07"), Trait("attack", "B11")]
    public async Task A_host_name_that_is_nobody_s_is_answered_by_nobody()
    {
        using var beds = TestStore.On(Database.Sqlite);
        using var herts = TestStore.On(Database.Sqlite);
        await using var both = await Start(beds, herts);
        foreach (var name in new[] { "other.example.org", "beds.example.org.evil.example", "localhost", "127.0.0.1", "" })
        {
            using var answer = await Ask(both, name.Length == 0 ? null : name, "/", null);
            answer.StatusCode.ShouldBeOneOf(HttpStatusCode.MisdirectedRequest, HttpStatusCode.BadRequest);
            (await answer.Content.ReadAsStringAsync()).ShouldBeEmpty();
        }
        (await Ask(both, Beds.ToUpperInvariant(), "/", null)).StatusCode.ShouldNotBe(HttpStatusCode.MisdirectedRequest);
    }

    [Fact]
    public async Task Each_keeps_its_own_people_and_its_links_lead_to_its_own_address()
    {
        using var beds = TestStore.On(Database.Sqlite);
        using var herts = TestStore.On(Database.Sqlite);
        await using var both = await Start(beds, herts);
        foreach (var (host, store) in new[] { (Beds, beds), (Herts, herts) })
        {
            using var scope = both[host].Services.CreateScope();
            var invited = scope.ServiceProvider.GetRequiredService<Waymark.People.Invitations.InvitationDesk>().Invite("Jane Harris", "jane@example.org", RoleKind.BoardMember, PlaceKey.Board, new DateOnly(2016, 9, 1), null, null);
            invited.Link!.ShouldStartWith($"https://{host}/welcome/");
            (await Ask(both, host, new Uri(invited.Link!).AbsolutePath, null)).StatusCode.ShouldBe(HttpStatusCode.OK);
            (await Ask(both, host == Beds ? Herts : Beds, new Uri(invited.Link!).AbsolutePath, null)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
            using var db = store.Open();
            db.People.Count().ShouldBe(1);
        }
    }

    [Theory]
    [InlineData("[]", "names no partnership")]
    [InlineData("""[{"address":"http://beds.example.org","data":"beds"}]""", "is no https address")]
    [InlineData("""[{"address":"https://beds.example.org"}]""", "needs either data, a directory, or database")]
    [InlineData("""[{"address":"https://beds.example.org","data":"a"},{"address":"https://BEDS.example.org","data":"b"}]""", "stands there twice")]
    [InlineData("nonsense", "is an invalid JSON literal")]
    public void A_list_of_partnerships_that_is_not_right_says_why(string text, string says)
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("waymark-test-").FullName, "partnerships.json");
        File.WriteAllText(file, text);
        Should.Throw<InvalidDataException>(() => PartnershipAt.Read(file)).Message.ShouldContain(says);
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }

    private static Task<Partnerships> Start(TestStore beds, TestStore herts) =>
        Partnerships.Start([($"https://{Beds}", beds.Store), ($"https://{Herts}", herts.Store)], "http://127.0.0.1:0", new FakeTime());

    private static string Session(WebApplication app, int person)
    {
        using var scope = app.Services.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<WaymarkDb>();
        var (session, token) = Waymark.People.Session.New(person, secondFactor: true, "Firefox", FakeTime.Start.UtcDateTime);
        db.Add(session);
        db.SaveChanges();
        var (name, value) = scope.ServiceProvider.GetRequiredService<SignInDesk>().CookieFor(token);
        return $"{name}={value}";
    }

    private static async Task<HttpResponseMessage> Ask(Partnerships both, string? host, string path, string? cookie)
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri(both.Urls.First()) };
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        if (host is not null) request.Headers.Host = host;
        if (cookie is not null) request.Headers.Add("Cookie", cookie);
        return await client.SendAsync(request);
    }
}
