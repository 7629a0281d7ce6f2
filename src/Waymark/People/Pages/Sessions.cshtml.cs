using Microsoft.AspNetCore.Mvc;
using Waymark.Data;
using Waymark.Field;
using Waymark.People.SignIn;
using Waymark.Shared.Web;

namespace Waymark.People.Pages;

public sealed class SessionsModel(WaymarkDb db, SignInDesk desk, LocalClock clock) : AccountPage(db, desk, clock)
{
    protected override bool MustBeFresh => false;

    public IReadOnlyList<Session> Sessions { get; private set; } = [];
    public int? Here => HttpContext.Features.Get<SignedIn>()?.SessionId;

    public void OnGet()
    {
        var oldest = Clock.UtcNow - Session.Longest;
        Sessions = [.. Db.Sessions.Where(session => session.PersonId == Person.Id && session.BeganAt > oldest).OrderByDescending(session => session.BeganAt)];
    }

    public IActionResult OnPostEnd(int id)
    {
        if (Db.Sessions.FirstOrDefault(session => session.Id == id && session.PersonId == Person.Id) is not { } session) return NotFound();
        Db.Remove(session);
        Db.SaveChanges();
        TempData.Done($"You are signed out on {session.Device}");
        return Redirect("/account/sessions");
    }

    public IActionResult OnPostEverywhere()
    {
        Desk.EndAll(Person.Id);
        Desk.End(HttpContext);
        Db.SaveChanges();
        TempData.Done("You are signed out everywhere");
        return Redirect("/sign-in");
    }
}
