using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Field;
using Waymark.People.Invitations;
using Waymark.Shared.Access;
using Waymark.Shared.Web;

namespace Waymark.People.SignIn;

/// <summary>Where people sign in: what they know is checked, guesses are counted, sessions begin and end. Pages ask it; it is one for each request.</summary>
public sealed class SignInDesk(WaymarkDb db, LocalClock clock, TimeProvider time, IDataProtectionProvider protection, PasswordCheck passwords, InvitationDesk letters, SealKeys keys, ILogger<SignInDesk> logger)
{
    private sealed record Ticket(string Token);
    private sealed record Half(int PersonId, string Stamp);
    private sealed record Known(string Device, int[] People);

    private static readonly TimeSpan RenewedAfter = TimeSpan.FromMinutes(5);
    /// <summary>What a password came to beside a hash, looked at before the form had the store to itself.</summary>
    private sealed record Compared(string Hash, PasswordVerificationResult Result);

    private readonly SealedCookie<Ticket> session = new(protection, time, "waymark", Session.LongestIdle);
    private readonly SealedCookie<Half> half = new(protection, time, "waymark-half", TimeSpan.FromMinutes(10));
    private readonly SealedCookie<Known> known = new(protection, time, "waymark-device", TimeSpan.FromDays(365), remember: true);

    /// <summary>Whom the request's cookie stands for, with the roles held today; null for nobody.</summary>
    public (Caller Caller, SignedIn SignedIn)? Recognise(HttpContext http)
    {
        if (session.Read(http) is not var (ticket, until)) return null;
        var hash = SHA256.HashData(Base64Url.DecodeFromChars(ticket.Token));
        var oldest = clock.UtcNow - Session.Longest;
        var found = db.Sessions.Where(at => at.TokenHash == hash && at.BeganAt > oldest)
            .Join(db.People.Where(person => person.ClosedAt == null), at => at.PersonId, person => person.Id, (at, person) => new { at.Id, at.BeganAt, at.SecondFactor, at.PersonId, person.Name })
            .FirstOrDefault();
        if (found is null)
        {
            session.Delete(http);
            return null;
        }
        if (until - clock.UtcNow < Session.LongestIdle - RenewedAfter) session.Write(http, ticket);
        var roles = db.RolesHeld.Where(role => role.PersonId == found.PersonId).On(clock.Today).Select(role => new { role.Role, role.Place }).AsEnumerable().Select(role => new HeldRole(role.Role, role.Place)).ToList();
        var mustEnrol = !found.SecondFactor && roles.Any(role => RoleHeld.WithSecondFactor.Contains(role.Role));
        return (new Caller(found.PersonId, found.Name, mustEnrol ? [] : roles, found.SecondFactor), new SignedIn(found.Id, found.BeganAt, mustEnrol));
    }

    /// <summary>Whether this account, or this address, may not be guessed at for now.</summary>
    public bool IsThrottled(HttpContext http, string email) =>
        LimitsFor(http, email).Any(limit => { var since = clock.UtcNow - limit.Within; return db.Guesses.Count(guess => guess.About == limit.About && guess.At > since) >= limit.Most; });

    /// <summary>Counts a wrong guess; it is kept although the page is shown again.</summary>
    public void CountGuess(HttpContext http, string email)
    {
        var old = clock.UtcNow - GuessLimit.KeptFor;
        db.Guesses.Where(guess => guess.At < old).ExecuteDelete();
        foreach (var about in LimitsFor(http, email).Select(limit => limit.About).DistinctBy(Convert.ToHexString))
            db.Add(new Guess { About = about, At = clock.UtcNow });
        db.SaveChanges();
        http.Keep();
        // Neither what was typed nor from where: the one may be a password in the wrong box, the other is kept as a hash.
        logger.LogWarning("A wrong password or code for person {Person}.", db.FindPerson(email)?.Id ?? 0);
    }

    /// <summary>Compares the password of the sign-in form ahead, while other forms may still write. Only what is known under the lock decides.</summary>
    internal static async Task CheckAhead(HttpContext http)
    {
        var (email, password) = (http.Request.Form["Email"].ToString(), http.Request.Form["Password"].ToString());
        var desk = http.RequestServices.GetRequiredService<SignInDesk>();
        if (email.Length is > 0 and <= Person.LongestEmail && password.Length is > 0 and <= PasswordRule.Longest && !desk.IsThrottled(http, email))
            http.Items[typeof(Compared)] = await desk.CompareInTurn(email, password, http.RequestAborted);
    }

    /// <summary>The person whose password this is; null for a wrong one. An unknown address costs as much work as a known one.</summary>
    public Person? CheckPassword(HttpContext http, string email, string password)
    {
        var hash = HashOf(email);
        var result = http.Items[typeof(Compared)] is Compared ahead && ahead.Hash == hash ? ahead.Result : passwords.Compare(hash, password);
        if (result == PasswordVerificationResult.Failed || db.FindPerson(email) is not { } person || person.PasswordHash != hash) return null;
        if (result == PasswordVerificationResult.SuccessRehashNeeded) SetPassword(person, password);
        return person;
    }

    public void SetPassword(Person person, string password) => person.PasswordHash = passwords.Hash(password);

    private async Task<Compared> CompareInTurn(string email, string password, CancellationToken stop)
    {
        var hash = HashOf(email);
        return new Compared(hash, await passwords.CompareInTurn(hash, password, stop));
    }

    private string HashOf(string email) => db.FindPerson(email) is { CanSignIn: true, PasswordHash: { } hash } ? hash : passwords.NobodysHash;

    /// <summary>How it stands with a person's authenticator app.</summary>
    public AppState StateOf(Person person) => person.SealedCodeSecret is null ? AppState.None : AppOf(person) is null ? AppState.Lost : AppState.Set;

    /// <summary>From now on codes of this app are taken.</summary>
    /// <param name="step">The half minute of the code that it has shown.</param>
    public void SetApp(Person person, string secret, long step) =>
        (person.SealedCodeSecret, person.LastCodeStep, person.HasSecondFactor) = (keys.SealText(SealedFor.App, person.Id, secret), step, true);

    private string? AppOf(Person person) => keys.OpenText(SealedFor.App, person.Id, person.SealedCodeSecret);

    /// <summary>A code of the authenticator app, or one of the recovery codes; each is taken once.</summary>
    public bool TakeCode(Person person, string typed)
    {
        if (AppOf(person) is { } secret && OneTimeCode.StepOf(secret, typed, clock.UtcNow, person.LastCodeStep) is { } step)
        {
            person.LastCodeStep = step;
            return true;
        }
        var hash = RecoveryCode.HashOf(typed);
        if (db.RecoveryCodes.FirstOrDefault(code => code.PersonId == person.Id && code.Hash == hash) is not { } recovery) return false;
        db.Remove(recovery);
        return true;
    }

    /// <summary>The password was right, and the second step follows.</summary>
    public void BeginSecondStep(HttpContext http, Person person) => half.Write(http, new Half(person.Id, StampOf(person)));

    /// <summary>Who is between the two steps; null when nobody is, or the password changed meanwhile.</summary>
    public Person? InSecondStep(HttpContext http) =>
        half.Read(http) is var (step, _) && db.People.Find(step.PersonId) is { CanSignIn: true } person && StampOf(person) == step.Stamp ? person : null;

    /// <summary>Lets somebody in who showed that it is them, unless their access was not used for long. Returns where to go on.</summary>
    public string Enter(HttpContext http, Person person, bool secondFactor, string? returnUrl)
    {
        if (person.HasLapsed(RealToday))
        {
            letters.AskWhetherStillHere(person);
            return "/sign-in/resting";
        }
        Begin(http, person, secondFactor);
        return ReturnTo.Local(returnUrl);
    }

    /// <summary>Lets in whom another service vouches for. A second step that is set up here is still asked for, unless the service asked for one itself.</summary>
    public string EnterFrom(HttpContext http, Person person, bool secondFactor, string? returnUrl)
    {
        if (secondFactor || !person.HasSecondFactor) return Enter(http, person, secondFactor, returnUrl);
        BeginSecondStep(http, person);
        return ReturnTo.Via("/sign-in/code", returnUrl);
    }

    /// <summary>A new session, never the one that the browser came with; the device is known from now on.</summary>
    public void Begin(HttpContext http, Person person, bool secondFactor)
    {
        if (http.Features.Get<SignedIn>() is { } before) End(before.SessionId);
        var oldest = clock.UtcNow - Session.Longest;
        db.RemoveRange(db.Sessions.Where(at => at.BeganAt <= oldest));
        var (begun, token) = Session.New(person.Id, secondFactor, http.Request.Headers.UserAgent, clock.UtcNow);
        db.Add(begun);
        person.LastSeen = RealToday;
        db.SaveChanges();
        session.Write(http, new Ticket(Base64Url.EncodeToString(token)));
        half.Delete(http);
        var device = known.Read(http) is var (old, _) ? old : new Known(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16)), []);
        known.Write(http, device with { People = [.. device.People.Where(id => id != person.Id).Append(person.Id).TakeLast(10)] });
        http.Caller = new Caller(person.Id, person.Name, [], secondFactor);
    }

    /// <summary>Signs out on this device.</summary>
    public void End(HttpContext http)
    {
        if (http.Features.Get<SignedIn>() is { } signedIn) End(signedIn.SessionId);
        session.Delete(http);
    }

    /// <summary>Signs out on every device, or on every other one.</summary>
    public void EndAll(int personId, int? except = null) => db.RemoveRange(db.Sessions.Where(at => at.PersonId == personId && at.Id != except));

    /// <summary>A new set of recovery codes in place of the one before.</summary>
    public IReadOnlyList<string> NewRecoveryCodes(Person person)
    {
        db.RemoveRange(db.RecoveryCodes.Where(code => code.PersonId == person.Id));
        var (kept, told) = RecoveryCode.NewSet(person.Id);
        db.AddRange(kept);
        return told;
    }

    /// <summary>Why the app, or a passkey, may not be taken off; null when it may.</summary>
    public string? RefuseRemoval(Person person, bool app)
    {
        var passkeys = db.Passkeys.Count(passkey => passkey.PersonId == person.Id);
        var isLast = app ? passkeys == 0 : AppOf(person) is null && passkeys < 2;
        var today = clock.Today;
        return isLast && db.RolesHeld.Any(role => role.PersonId == person.Id && (role.Until == null || role.Until >= today) && RoleHeld.WithSecondFactor.Contains(role.Role))
            ? "Your role needs a second step. Set up another one before you take this one off" : null;
    }

    /// <summary>Notes what is left after the app or a passkey was taken off.</summary>
    public void AfterRemoval(Person person)
    {
        person.HasSecondFactor = person.SealedCodeSecret is not null || db.Passkeys.Any(passkey => passkey.PersonId == person.Id);
        if (!person.HasSecondFactor) db.RemoveRange(db.RecoveryCodes.Where(code => code.PersonId == person.Id));
    }

    /// <summary>Saves, although the answer is shown at once and leads nowhere else: codes that are told once.</summary>
    public void KeepAnswer(HttpContext http)
    {
        db.SaveChanges();
        http.Keep();
    }

    /// <summary>Today in the world: what counts for access, also in an example.</summary>
    public DateOnly RealToday => DateOnly.FromDateTime(LocalClock.ToLondon(clock.UtcNow));

    private void End(int sessionId) => db.RemoveRange(db.Sessions.Where(at => at.Id == sessionId));

    private IReadOnlyList<GuessLimit> LimitsFor(HttpContext http, string email)
    {
        var address = http.Connection.RemoteIpAddress;
        // Whoever has one address of the new kind has a whole net of them.
        var net = address is { AddressFamily: System.Net.Sockets.AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false } ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)) : address?.MapToIPv4().ToString();
        var isKnown = known.Read(http) is var (device, _) && db.FindPerson(email) is { } person && device.People.Contains(person.Id);
        return GuessLimit.For(Person.KeyOf(email), net ?? "", isKnown ? known.Read(http)!.Value.Value.Device : null);
    }

    private static string StampOf(Person person) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(person.PasswordHash ?? "")).AsSpan(0, 8));

    /// <summary>The ticket of a session that somebody else began: tests sign in by it.</summary>
    public (string Cookie, string Value) CookieFor(byte[] token) => (session.Name, session.Seal(new Ticket(Base64Url.EncodeToString(token))));
}

public enum AppState
{
    None,
    Set,
    /// <summary>What it was given does not open: its codes cannot be checked, and another second step has to do.</summary>
    Lost,
}

/// <summary>What a request knows of its session.</summary>
/// <param name="MustEnrol">Holds a role that needs a second factor, and has none: sees nothing before that is set up.</param>
public sealed record SignedIn(int SessionId, DateTime BeganAt, bool MustEnrol);
