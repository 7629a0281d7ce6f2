using Microsoft.AspNetCore.Mvc.RazorPages;
using Waymark.Data;
using Waymark.Field;

namespace Waymark.Clusters.Pages;

public sealed class ChecklistModel(WaymarkDb db, LocalClock clock) : PageModel
{
    public Checklist Checklist { get; private set; } = null!;

    public void OnGet() => Checklist = Checklist.Of(db, clock.Today);
}
