using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Waymark.Data;
using Waymark.Field;
using Waymark.People;
using Waymark.People.SignIn;
using Waymark.Tests.Shared;

namespace Waymark.Tests.House;

/// <summary>Requirements of ASVS 5.0 that belong to no single room; docs/security.md names these tests.</summary>
public sealed class SecurityRequirementTests
{
    [Theory, Trait("attack", "G02")]
    [InlineData("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "0\r\n\r\nGET /smuggled HTTP/1.1\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n", "1;ext\nX\r\n0\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n", "5\nX\r\n0\r\n\r\n")]
    [InlineData("Content-Length: 5\r\nContent-Length: 6\r\n", "abcdef")]
    [InlineData("Content-Length: -1\r\n", "")]
    [InlineData("Transfer-Encoding: identity, chunked\r\n Content-Length: 3\r\n", "0\r\n\r\n")]
    public async Task A_request_that_could_be_read_in_two_ways_is_refused_and_nothing_behind_it_is_answered(string headers, string body)
    {
        using var store = TestStore.On(Database.Sqlite);
        await using var host = await WaymarkHost.Serving(store);
        using var socket = new TcpClient(host.Address.Host, host.Address.Port);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST /sign-in HTTP/1.1\r\nHost: {host.Address.Authority}\r\nContent-Type: application/x-www-form-urlencoded\r\n{headers}\r\n{body}"));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var answer = await new StreamReader(stream).ReadToEndAsync(patience.Token);
        answer.ShouldStartWith("HTTP/1.1 400");
        answer.Split("HTTP/1.1 ").Length.ShouldBe(2, "one answer, and the connection is closed");
    }

    [SkippableTheory, Databases]
    public async Task A_password_is_never_asked_to_be_changed_because_time_has_passed(Database database)
    {
        using var store = TestStore.On(database);
        await using var host = await WaymarkHost.Serving(store);
        var jane = host.Joined("Jane Harris", RoleKind.BoardMember);
        foreach (var _ in Enumerable.Range(1, 20))
        {
            host.Time.Advance(TimeSpan.FromDays(60));
            using var visitor = host.NewVisitor();
            var page = await visitor.Follow(await visitor.SignIn(jane.Email, returnUrl: "/account"));
            (page.Status, page.Address.AbsolutePath).ShouldBe((System.Net.HttpStatusCode.OK, "/account"));
        }
    }

    [Fact]
    public async Task An_account_is_entered_and_won_back_by_password_letter_code_or_passkey_and_by_no_hint_or_question()
    {
        using var store = TestStore.On(Database.Sqlite);
        await using var host = await WaymarkHost.Serving(store);
        using var visitor = host.NewVisitor();
        foreach (var (path, asked) in new[] { ("/sign-in", "Email Password"), ("/sign-in/forgotten", "Email") })
            (await visitor.Get(path)).Document.QuerySelectorAll("main form:not([data-passkey]) [name]").Select(field => field.GetAttribute("name")!).Where(name => name[0] != '_').ShouldBe(asked.Split(' '), path);
        using var db = store.Open();
        db.Model.FindEntityType(typeof(Person))!.GetProperties().Select(property => property.Name).ShouldNotContain(name => name.Contains("Hint") || name.Contains("Question") || name.Contains("Reminder"));
    }

    [SkippableTheory, Databases]
    public async Task A_password_is_kept_by_210_000_rounds_of_PBKDF2_with_a_salt_and_one_kept_by_fewer_is_renewed_at_the_next_sign_in(Database database)
    {
        using var store = TestStore.On(database);
        await using var host = await WaymarkHost.Serving(store, configure: builder => builder.Services.PostConfigure<PasswordHasherOptions>(options => options.IterationCount = PasswordCheck.Iterations));
        var jane = host.Joined("Jane Harris", RoleKind.BoardMember);
        int Rounds()
        {
            using var db = store.Open();
            var kept = Convert.FromBase64String(db.People.AsNoTracking().Single(person => person.Id == jane.Id).PasswordHash!);
            // The version, the function (2 is SHA-512), the rounds and the length of the salt stand before it.
            int At(int from) => System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(kept.AsSpan(from));
            (kept[0], At(1)).ShouldBe(((byte)1, 2));
            At(9).ShouldBeGreaterThanOrEqualTo(16);
            return At(5);
        }
        Rounds().ShouldBe(TestPeople.Iterations);
        using var visitor = host.NewVisitor();
        (await visitor.SignIn(jane.Email)).Location.ShouldNotBeNull();
        Rounds().ShouldBe(210_000);
    }

    [Fact]
    public void Keys_have_256_bits_and_are_their_owners_alone()
    {
        using var store = TestStore.On(Database.Sqlite);
        new SealKeys(store.Store).Of("one").Seal("purpose", "text"u8).Length.ShouldBe(12 + 4 + 16, "nonce, text, tag");
        var file = Path.Combine(store.Folder!, "seals", "one.key");
        File.ReadAllBytes(file).Length.ShouldBe(32);
        if (!OperatingSystem.IsWindows()) (File.GetUnixFileMode(file), File.GetUnixFileMode(Path.GetDirectoryName(file)!)).ShouldBe((UnixFileMode.UserRead | UnixFileMode.UserWrite, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
    }

    [Fact]
    public void Every_package_stands_in_a_lock_file_with_its_version_and_its_hash()
    {
        var root = Committed_files_stay_portable.Root()!;
        var pinned = XDocument.Load(Path.Combine(root, "Directory.Packages.props")).Descendants("PackageVersion").ToDictionary(package => package.Attribute("Include")!.Value, package => package.Attribute("Version")!.Value, StringComparer.OrdinalIgnoreCase);
        var locks = Directory.EnumerateFiles(root, "packages.lock.json", SearchOption.AllDirectories).Where(file => !file.Contains("/bin/") && !file.Contains("/obj/") && !file.Contains("node_modules")).ToList();
        locks.Count.ShouldBeGreaterThanOrEqualTo(5);
        var locked = locks.SelectMany(file => JsonDocument.Parse(File.ReadAllText(file)).RootElement.GetProperty("dependencies").EnumerateObject().SelectMany(framework => framework.Value.EnumerateObject())).Where(package => package.Value.GetProperty("type").GetString() != "Project").ToList();
        locked.ShouldAllBe(package => package.Value.GetProperty("contentHash").GetString()!.Length > 40);
        foreach (var package in locked.Where(package => package.Value.GetProperty("type").GetString() == "Direct")) pinned[package.Name].Trim('[', ']').ShouldBe(package.Value.GetProperty("resolved").GetString(), package.Name);
        pinned.Keys.Except(locked.Select(package => package.Name), StringComparer.OrdinalIgnoreCase).ShouldBeEmpty();
    }

    [SkippableTheory, Databases]
    public async Task The_trail_tells_the_time_in_UTC_in_summer_too(Database database)
    {
        using var store = TestStore.On(database);
        await using var host = await WaymarkHost.Serving(store);
        host.Time.Advance(new DateTimeOffset(2017, 7, 3, 22, 30, 0, TimeSpan.Zero) - host.Time.Now);
        var jane = host.Joined("Jane Harris", RoleKind.BoardMember);
        using var visitor = host.NewVisitor();
        await visitor.SignIn(jane.Email);
        using var db = store.Open();
        var told = db.AuditEvents.AsNoTracking().OrderBy(audit => audit.Id).Last();
        (told.PersonId ?? jane.Id, told.At.Kind, told.At.ToString("s", CultureInfo.InvariantCulture)).ShouldBe((jane.Id, DateTimeKind.Utc, "2017-07-03T22:30:00"));
    }

    [Fact]
    public async Task A_fault_that_nobody_foresaw_is_logged_and_the_log_goes_to_the_console_alone()
    {
        using var store = TestStore.On(Database.Sqlite);
        var log = new LogLines();
        await using var host = await WaymarkHost.Serving(store, configure: builder => builder.Logging.AddProvider(log));
        using (var connection = store.Store.Connect()) Dapper.SqlMapper.Execute(connection, "alter table cluster rename to gone");
        using var visitor = host.NewVisitor();
        (await visitor.Get("/")).Status.ShouldBe(System.Net.HttpStatusCode.InternalServerError);
        log.All.ShouldContain(line => line.Level == LogLevel.Error && line.Exception != null);

        using var app = (IDisposable)ServeCommand.Build([], store.Store, TimeProvider.System);
        ((Microsoft.AspNetCore.Builder.WebApplication)app).Services.GetServices<ILoggerProvider>().ShouldAllBe(provider => provider is ConsoleLoggerProvider);
    }
}
