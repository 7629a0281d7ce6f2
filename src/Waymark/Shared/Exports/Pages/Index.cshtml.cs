using Microsoft.AspNetCore.Mvc.RazorPages;
using Waymark.Shared.Access;

namespace Waymark.Shared.Exports.Pages;

/// <summary>Everything that its reader may take away as a file.</summary>
public sealed class IndexModel : PageModel
{
    public IReadOnlyList<Export> Exports => [.. Export.All.Where(export => HttpContext.May(export.For))];

    public void OnGet() { }
}
