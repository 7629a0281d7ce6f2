using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Waymark.Data;
using Waymark.Field;
using Waymark.People.Invitations;
using Waymark.Shared.Access;
using Waymark.Shared.Web;

namespace Waymark.People.Pages;

public sealed class InvitationsModel(WaymarkDb db, LocalClock clock, InvitationDesk letters) : PageModel
{
    [BindProperty] public List<int> Chosen { get; set; } = [];

    public IReadOnlyList<SelectListItem> Waiting { get; private set; } = [];

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        var links = db.SecretLinks.Where(link => link.Purpose == LinkPurpose.Invitation).OrderBy(link => link.MadeAt).AsEnumerable().ToLookup(link => link.PersonId);
        Waiting = [.. db.People.Where(person => person.JoinedAt == null && person.ClosedAt == null).OrderBy(person => person.Name).AsEnumerable()
            .Select(person => new SelectListItem($"{person.Name}, {person.Email}: {State(links[person.Id].LastOrDefault())}", person.Id.ToString(CultureInfo.InvariantCulture)))];
    }

    public void OnGet() { }

    public IActionResult OnPost()
    {
        if (Chosen.Count == 0) ModelState.AddModelError(nameof(Chosen), "Select whom to write to");
        if (!ModelState.IsValid) return Page();
        var people = db.People.Where(person => Chosen.Contains(person.Id) && person.JoinedAt == null && person.ClosedAt == null).ToList();
        foreach (var person in people) letters.SendInvitation(person, HttpContext.Caller.PersonId);
        TempData.Done(people.Count == 1 ? $"The invitation is on its way to {people[0].Name} again" : $"{people.Count} invitations are on their way again");
        return Redirect("/people/invitations");
    }

    private string State(SecretLink? link) => link is null ? "never invited"
        : $"invited on {LocalClock.ToLondon(link.MadeAt):d MMMM yyyy}, {(link.IsOpen(clock.UtcNow) ? $"open until {LocalClock.ToLondon(link.ExpiresAt):d MMMM}" : "no longer open")}";
}
