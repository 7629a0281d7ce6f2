using Waymark.Shared.Access;

namespace Waymark.People.SignIn;

/// <summary>Says of every request who makes it, before any door is passed.</summary>
internal static class Recognition
{
    public const string SecondFactorPage = "/account/second-factor";

    /// <summary>Where somebody may go who still has to set up a second factor.</summary>
    private static readonly string[] Open = ["/account", "/sign-in", "/sign-out", "/problem"];

    public static Task Recognise(HttpContext http, RequestDelegate next)
    {
        // An error page is shown to whom the request was recognised for already.
        if (!http.Caller.IsSignedIn && http.RequestServices.GetRequiredService<SignInDesk>().Recognise(http) is var (caller, signedIn))
        {
            http.Caller = caller;
            http.Features.Set(signedIn);
            http.User = new(new System.Security.Claims.ClaimsIdentity([new(System.Security.Claims.ClaimTypes.NameIdentifier, caller.PersonId!.Value.ToString(System.Globalization.CultureInfo.InvariantCulture))], "session"));
            if (signedIn.MustEnrol && HttpMethods.IsGet(http.Request.Method) && !Open.Any(path => http.Request.Path.StartsWithSegments(path)))
            {
                http.Response.Redirect($"{SecondFactorPage}?returnUrl={Uri.EscapeDataString(http.Request.Path + http.Request.QueryString)}");
                return Task.CompletedTask;
            }
        }
        if (http.Caller.IsSignedIn) KeepOutOfCaches(http);
        return next(http);
    }

    /// <summary>After signing out, "Back" shows nothing.</summary>
    private static void KeepOutOfCaches(HttpContext http) => http.Response.OnStarting(() =>
    {
        http.Response.Headers.CacheControl = "no-store";
        return Task.CompletedTask;
    });
}
