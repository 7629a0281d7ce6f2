using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace Waymark.Shared.Imports.Pages;

public sealed class TemplatesModel : PageModel
{
    public void OnGet() { }

    public IActionResult OnGetFile(string? name) => FileTemplate.All.FirstOrDefault(template => template.FileName == name) is { } template
        ? File(System.Text.Encoding.UTF8.GetBytes(template.Csv), "text/csv; charset=utf-8", template.FileName)
        : NotFound();
}
