using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Waymark.Data;
using Waymark.Field;
using Waymark.People;
using Waymark.People.SignIn;
using Waymark.Shared.Mail;

namespace Waymark.Tests.Shared;

/// <summary>People of a test's partnership, and ways to sign in as they do.</summary>
public static partial class TestPeople
{
    public const string Password = "purple-lantern-ferry";

    /// <summary>Passwords that guard nothing are hashed in no time.</summary>
    public const int Iterations = 1_000;

    private static readonly Lazy<string> Hash = new(() => new PasswordCheck(Microsoft.Extensions.Options.Options.Create(new PasswordHasherOptions { IterationCount = Iterations })).Hash(Password));

    [GeneratedRegex(@"https?://\S+")]
    private static partial Regex Address();

    extension(WaymarkHost host)
    {
        /// <summary>Somebody who has joined with <see cref="Password"/> and holds a role: since the school year began, if nothing else is said.</summary>
        public Person Joined(string name, RoleKind? role = null, PlaceKey? place = null, DateOnly? from = null, DateOnly? until = null)
        {
            using var scope = host.Services.CreateScope();
            var db = scope.ServiceProvider.GetRequiredService<WaymarkDb>();
            var email = $"{name.ToLowerInvariant().Replace(' ', '.')}@example.org";
            var now = host.Time.Now.UtcDateTime;
            var person = new Person { Name = name, Email = email, EmailKey = email, PasswordHash = Hash.Value, InvitedAt = now, JoinedAt = now, LastSeen = DateOnly.FromDateTime(now) };
            db.Add(person);
            db.SaveChanges();
            if (role is { } held) db.Add(RoleHeld.Given(person.Id, held, place ?? HomeOf(held), from ?? new DateOnly(2016, 9, 1), until));
            db.SaveChanges();
            return person;
        }

        /// <summary>At a browser with the cookie of a session that began just now, as if password and code had been given.</summary>
        public Visitor SignedIn(Person person, bool secondFactor = true)
        {
            using var scope = host.Services.CreateScope();
            var db = scope.ServiceProvider.GetRequiredService<WaymarkDb>();
            var (session, token) = Session.New(person.Id, secondFactor, "Mozilla/5.0 (Windows NT 10.0) Firefox/145.0", host.Time.Now.UtcDateTime);
            db.Add(session);
            db.SaveChanges();
            var visitor = host.NewVisitor();
            var (name, value) = scope.ServiceProvider.GetRequiredService<SignInDesk>().CookieFor(token);
            visitor.Cookies.Add(new Cookie(name, value, "/", host.Address.Host) { Secure = true });
            return visitor;
        }

        /// <summary>The same for a new person who holds a role.</summary>
        public Visitor SignedIn(RoleKind role, PlaceKey? place = null, string name = "Jane Harris") => host.SignedIn(host.Joined(name, role, place));

        /// <summary>The letters to an address, the oldest first.</summary>
        public IReadOnlyList<OutboxMail> LettersTo(string email)
        {
            using var scope = host.Services.CreateScope();
            return [.. scope.ServiceProvider.GetRequiredService<WaymarkDb>().Outbox.Where(mail => mail.Recipient == email).OrderBy(mail => mail.Id)];
        }

        /// <summary>The path of the link in the latest letter to an address.</summary>
        public string LinkTo(string email) => new Uri(Address().Match(host.LettersTo(email)[^1].Body).Value).PathAndQuery;
    }

    /// <summary>Fills in the sign-in page.</summary>
    public static async Task<PageAnswer> SignIn(this Visitor visitor, string email, string password = Password, string? returnUrl = null) =>
        await visitor.Submit(await visitor.Get($"/sign-in{(returnUrl is null ? "" : $"?returnUrl={Uri.EscapeDataString(returnUrl)}")}"), [("Email", email), ("Password", password)], PasswordForm);

    /// <summary>Of a sign-in page, the form that is not the passkey's.</summary>
    public const string PasswordForm = "main form:not([data-passkey])";

    private static PlaceKey HomeOf(RoleKind role) => role == RoleKind.BoardMember ? PlaceKey.Board : PlaceKey.Partnership;
}
