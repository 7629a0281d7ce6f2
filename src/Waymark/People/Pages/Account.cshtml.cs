using Waymark.Data;
using Waymark.Field;
using Waymark.People.SignIn;
using Waymark.Shared;

namespace Waymark.People.Pages;

public sealed class AccountModel(WaymarkDb db, SignInDesk desk, LocalClock clock) : AccountPage(db, desk, clock)
{
    protected override bool MustBeFresh => false;

    public IReadOnlyList<(string Role, string Place, string Span)> Roles { get; private set; } = [];
    public AppState App => Desk.StateOf(Person);
    public int Passkeys { get; private set; }
    public int Codes { get; private set; }
    public int Sessions { get; private set; }

    public void OnGet()
    {
        var roles = Db.RolesHeld.Where(role => role.PersonId == Person.Id).OrderBy(role => role.From).AsEnumerable().Where(role => !role.HasEndedBy(Clock.Today)).ToList();
        var names = Db.NamePlaces(roles.Select(role => role.Place));
        Roles = [.. roles.Select(role => (role.Role.InWords(), names[role.Place].Name, Spans.InWords(role, Clock.Today)))];
        var oldest = Clock.UtcNow - Session.Longest;
        (Passkeys, Codes, Sessions) = (Db.Passkeys.Count(passkey => passkey.PersonId == Person.Id), Db.RecoveryCodes.Count(code => code.PersonId == Person.Id), Db.Sessions.Count(session => session.PersonId == Person.Id && session.BeganAt > oldest));
    }
}

internal static class Spans
{
    /// <summary>"since 1 September 2016", "from 1 January 2017 until 31 August 2017".</summary>
    public static string InWords(RoleHeld role, DateOnly today) => role.Until < role.From ? "taken back before it began"
        : $"{(role.From > today || role.HasEndedBy(today) ? "from" : "since")} {role.From:d MMMM yyyy}{(role.Until is { } last ? $" until {last:d MMMM yyyy}" : "")}";
}
