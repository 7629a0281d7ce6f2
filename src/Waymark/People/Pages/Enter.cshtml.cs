using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Waymark.Data;
using Waymark.Field;
using Waymark.People.SignIn;
using Waymark.Shared;

namespace Waymark.People.Pages;

/// <summary>The people of the example, to enter with one click. A real store has no such page: see Room.</summary>
public sealed class EnterModel(WaymarkDb db, LocalClock clock, SignInDesk desk) : PageModel
{
    [BindProperty] public int? Id { get; set; }

    public IReadOnlyList<(Person Person, string Role, string Place)> Personas { get; private set; } = [];

    public void OnGet()
    {
        var people = Invented.OrderBy(person => person.Id).ToList();
        var roles = db.RolesHeld.On(clock.Today).OrderBy(role => role.Id).AsEnumerable().ToLookup(role => role.PersonId);
        var names = db.NamePlaces(roles.SelectMany(of => of).Select(role => role.Place));
        Personas = [.. people.Where(person => roles[person.Id].Any()).Select(person => (person, Called(roles[person.Id].First()), names[roles[person.Id].First().Place].Name))];
    }

    public IActionResult OnPost()
    {
        if (Id is null) desk.End(HttpContext);
        else if (Invented.FirstOrDefault(person => person.Id == Id) is { } person) desk.Begin(HttpContext, person, secondFactor: true);
        else return NotFound();
        db.SaveChanges();
        return Redirect("/");
    }

    /// <summary>Those who came with the example, and have no password of their own.</summary>
    private IQueryable<Person> Invented => db.People.Where(person => person.JoinedAt != null && person.ClosedAt == null && person.PasswordHash == null && !person.HasSecondFactor);

    private string Called(RoleHeld role) => role.Role switch
    {
        RoleKind.Headteacher when role.From > clock.Today.AddMonths(-6) => "New headteacher",
        RoleKind.Viewer => "Councillor",
        _ => role.Role.InWords(),
    };
}
