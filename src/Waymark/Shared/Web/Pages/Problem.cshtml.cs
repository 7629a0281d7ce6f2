using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Waymark.Field;
using Waymark.Shared.Access;

namespace Waymark.Shared.Web.Pages;

/// <summary>The page for what went wrong, in GOV.UK's wording.</summary>
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None), IgnoreAntiforgeryToken]
public sealed class ProblemModel(LocalClock clock) : PageModel
{
    public string Title { get; private set; } = "";
    public IReadOnlyList<string> Sentences { get; private set; } = [];

    public void OnGet()
    {
        // From the address itself: a body that was refused is not read again to bind anything.
        var code = int.Parse((string)RouteData.Values["code"]!, System.Globalization.CultureInfo.InvariantCulture);
        if (HttpContext.Features.Get<IExceptionHandlerPathFeature>()?.Error is BadHttpRequestException bad) code = bad.StatusCode;
        // Somebody who types this address finds nothing here.
        if (HttpContext.Features.Get<IStatusCodeReExecuteFeature>() is null && HttpContext.Features.Get<IExceptionHandlerPathFeature>() is null) code = 404;
        Response.StatusCode = code;
        (string, string[]) words = code switch
        {
            401 => ("You need to sign in", ["Sign in to see this page."]),
            403 => ("You do not have permission to see this page", ["Your role does not include this page. If you need it for your work, ask the partnership’s officer."]),
            404 => ("Page not found", ["If you typed the web address, check it is correct.", "If you pasted the web address, check you copied the entire address."]),
            503 => ("Sorry, the service is busy", ["Wait a minute, then try again.", "What you sent just now was not saved; pages can be read meanwhile."]),
            >= 500 => ("Sorry, there is a problem with the service", ["Try again later.", "Nothing you had saved before is lost. What you sent just now was not saved."]),
            410 => ("This link no longer opens anything", [HttpContext.ActionLink?.Refusal(clock.UtcNow) ?? "What was here has been taken away."]),
            413 => ("The file is too large", ["Choose a smaller file and try again."]),
            429 when HttpContext.LooksAreOver => ("You have opened very many pupils’ pages", [$"Nothing more is shown for {Looks.Within.TotalMinutes:0} minutes. Who answers for the data has been told.", "If you need results of many pupils, ask the partnership’s data officer for them."]),
            429 => ("Too many requests", ["Wait a minute, then try again."]),
            _ => ("Sorry, that did not work", ["Go back, check what you entered, and try again."]),
        };
        (Title, Sentences) = words;
    }
}
