using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Field;
using Waymark.People.SignIn;
using Waymark.Shared;
using Waymark.Shared.Documents;
using Waymark.Shared.Mail;

namespace Waymark.People.Pages;

/// <summary>Everybody who has or had a part in the partnership.</summary>
public sealed class PeopleModel(WaymarkDb db, LocalClock clock, SignInDesk desk) : PageModel
{
    [BindProperty(SupportsGet = true)] public string? Q { get; set; }

    public int NotJoined { get; private set; }
    public int Unused { get; private set; }
    public int Letters { get; private set; }
    public Table Table { get; private set; } = null!;

    public void OnGet()
    {
        var people = db.People.AsNoTracking().OrderBy(person => person.Name).ToList();
        var roles = db.RolesHeld.AsNoTracking().OrderBy(role => role.From).AsEnumerable().Where(role => !role.HasEndedBy(clock.Today)).ToLookup(role => role.PersonId);
        var names = db.NamePlaces(roles.SelectMany(of => of).Select(role => role.Place));
        NotJoined = people.Count(person => person.JoinedAt is null && person.ClosedAt is null);
        Unused = people.Count(person => person.CanSignIn && person.HasLapsed(desk.RealToday) && roles[person.Id].Any());
        Letters = db.Outbox.Count(letter => letter.SentAt == null);
        var words = (Q ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Table = new Table("people", "People", [new("name", "Name", ColumnRole.Label), new("email", "E-mail address"), new("roles", "Roles"), new("seen", "Last signed in")],
        [
            .. from person in people
               let held = string.Join("; ", roles[person.Id].Select(role => $"{role.Role.InWords()}, {names[role.Place].Name}"))
               where words.All(word => $"{person.Name} {person.Email} {held}".Contains(word, StringComparison.CurrentCultureIgnoreCase))
               select new Row([new(person.Name, Href: $"/people/{person.Id}"), new(person.Email), new(held.Length == 0 ? "none now" : held), new(Seen(person))]),
        ]);
    }

    internal static string Seen(Person person) => person.ClosedAt is not null ? "account closed" : person.JoinedAt is null ? "not joined yet" : person.LastSeen is { } seen ? $"{seen:d MMMM yyyy}" : "never";
}
