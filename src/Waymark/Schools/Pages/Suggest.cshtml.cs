using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Field;

namespace Waymark.Schools.Pages;

/// <summary>Answers a search box while somebody types; without JavaScript the list does the same.</summary>
public sealed class SuggestModel(WaymarkDb db) : PageModel
{
    private const int Most = 8;

    public IActionResult OnGet(string? q)
    {
        if (SearchWords.Of(q).Length == 0) return new JsonResult(Array.Empty<object>());
        var schools = (SchoolUrn.TryParse(q, null, out _) ? db.Schools.AsNoTracking() : db.CurrentSchools).Named(q);
        if (LocalAuthorityCode.TryParse(db.Read(Setting.Authority), null, out var authority)) schools = schools.Where(school => school.Authority == authority);
        return new JsonResult(schools.Take(Most).AsEnumerable().Select(school => new
        {
            text = school.Name,
            hint = string.Join(", ", new[] { ListModel.Sentence(school.Phase.InWords()), school.Town, school.IsOpen ? null : school.Status.InWords(), school.Urn.ToString() }.Where(part => !string.IsNullOrEmpty(part))),
            href = $"/schools/{school.Urn}",
        }));
    }
}
