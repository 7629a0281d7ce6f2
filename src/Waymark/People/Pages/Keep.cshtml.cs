using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Waymark.Data;
using Waymark.Field;
using Waymark.People.SignIn;
using Waymark.Shared.Access;
using Waymark.Shared.Web;

namespace Waymark.People.Pages;

/// <summary>Somebody who was away shows that the letter still reaches them. It opens nothing: they sign in afterwards.</summary>
public sealed class KeepModel(WaymarkDb db, LocalClock clock, SignInDesk desk) : PageModel
{
    public string? Refusal { get; private set; }

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        Refusal = HttpContext.Record<SecretLink>().Refusal(clock.UtcNow);
        if (Refusal is not null) context.Result = this.Gone();
    }

    public void OnGet() { }

    public IActionResult OnPost()
    {
        var link = HttpContext.Record<SecretLink>();
        link.Use(clock.UtcNow);
        db.People.Find(link.PersonId)!.KeptOn = desk.RealToday;
        db.SaveChanges();
        TempData.Done("Your access goes on. Sign in");
        return Redirect("/sign-in");
    }
}
