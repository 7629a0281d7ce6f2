using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Waymark.Data;
using Waymark.Field;
using Waymark.People.SignIn;
using Waymark.Shared;
using Waymark.Shared.Web;

namespace Waymark.People.Pages;

/// <summary>Who has access and does not use it.</summary>
public sealed class ReviewModel(WaymarkDb db, LocalClock clock, SignInDesk desk) : PageModel
{
    [BindProperty] public List<int> Chosen { get; set; } = [];

    public IReadOnlyList<SelectListItem> Unused { get; private set; } = [];

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        var roles = db.RolesHeld.AsEnumerable().Where(role => !role.HasEndedBy(clock.Today)).ToLookup(role => role.PersonId);
        var names = db.NamePlaces(roles.SelectMany(of => of).Select(role => role.Place));
        Unused = [.. db.People.Where(person => person.JoinedAt != null && person.ClosedAt == null).OrderBy(person => person.Name).AsEnumerable()
            .Where(person => person.HasLapsed(desk.RealToday) && roles[person.Id].Any())
            .Select(person => new SelectListItem($"{person.Name}: {string.Join("; ", roles[person.Id].Select(role => $"{role.Role.InWords()}, {names[role.Place].Name}"))}; not used since {person.UnusedSince:d MMMM yyyy}", person.Id.ToString(CultureInfo.InvariantCulture)))];
    }

    public void OnGet() { }

    public IActionResult OnPostKeep() => Each("the access goes on", person => person.KeptOn = desk.RealToday);

    public IActionResult OnPostEnd()
    {
        ModelState.Say(nameof(Chosen), db.RefuseWithoutOfficer(Chosen, clock.Today));
        return End();
    }

    private IActionResult End() => Each("the roles have ended", person =>
    {
        foreach (var role in db.RolesHeld.Where(role => role.PersonId == person.Id)) role.EndNow(clock.Today);
    });

    private IActionResult Each(string done, Action<Person> change)
    {
        var people = db.People.Where(person => Chosen.Contains(person.Id)).AsEnumerable().Where(person => Unused.Any(unused => unused.Value == person.Id.ToString(CultureInfo.InvariantCulture))).ToList();
        if (people.Count == 0) ModelState.AddModelError(nameof(Chosen), "Select who is meant");
        if (!ModelState.IsValid) return Page();
        people.ForEach(change);
        db.SaveChanges();
        TempData.Done($"{string.Join(", ", people.Select(person => person.Name))}: {done}");
        return Redirect("/people/review");
    }
}
