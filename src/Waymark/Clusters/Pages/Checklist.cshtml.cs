using Microsoft.AspNetCore.Mvc.RazorPages;
using Waymark.Data;

namespace Waymark.Clusters.Pages;

public sealed class ChecklistModel(WaymarkDb db) : PageModel
{
    public Checklist Checklist { get; private set; } = null!;

    public void OnGet() => Checklist = Checklist.Of(db);
}
