using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Waymark.Data;
using Waymark.Field;
using Waymark.People.SignIn;
using Waymark.Shared.Access;
using Waymark.Shared.Web;

namespace Waymark.People.Pages;

/// <summary>A page of somebody's own account. What changes how they sign in asks them to sign in again, unless they just did.</summary>
public abstract class AccountPage(WaymarkDb db, SignInDesk desk, LocalClock clock) : PageModel
{
    /// <summary>Whose account it is.</summary>
    public Person Person { get; private set; } = null!;

    protected WaymarkDb Db => db;
    protected SignInDesk Desk => desk;
    protected LocalClock Clock => clock;
    protected virtual bool MustBeFresh => true;

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        var age = clock.UtcNow - HttpContext.Features.Get<SignedIn>()?.BeganAt;
        if (HttpContext.Caller.PersonId is not { } id || db.People.Find(id) is not { } person || (MustBeFresh && !(age <= Session.Fresh)))
            context.Result = Redirect($"/sign-in?again=true&returnUrl={Uri.EscapeDataString(Request.Path)}");
        else Person = person;
    }

    protected void Say(string field, string? rule) => ModelState.Say(field, rule);
}
