using Microsoft.AspNetCore.Mvc.RazorPages;
using Waymark.Data;
using Waymark.Evidence;
using Waymark.Shared;
using Waymark.Shared.Access;
using Waymark.Shared.Documents;

namespace Waymark.Listening.Pages;

/// <summary>One share, and what rests on it.</summary>
public sealed class ShareModel(WaymarkDb db) : PageModel
{
    public LiveRecord Live { get; private set; } = null!;
    public Table? Resting { get; private set; }
    public string Code => Live.Key.Split('/')[0];

    public void OnGet()
    {
        Live = HttpContext.Record<LiveRecord>();
        Resting = db.RestingTable(CitableResults.Kind, Live.Key);
    }
}
