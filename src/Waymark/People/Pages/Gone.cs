using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Waymark.People.Pages;

internal static class GonePage
{
    /// <summary>The page itself says why the link does not open; the status says it to programs.</summary>
    public static IActionResult Gone(this PageModel page)
    {
        page.Response.StatusCode = StatusCodes.Status410Gone;
        return page.Page();
    }
}
