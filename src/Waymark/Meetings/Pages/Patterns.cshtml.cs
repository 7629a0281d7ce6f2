using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Field;
using Waymark.Schools;
using Waymark.Shared.Documents;

namespace Waymark.Meetings.Pages;

/// <summary>Each school's attendance over all half terms: those that were missed most stand first.</summary>
public sealed class PatternsModel(WaymarkDb db) : PageModel
{
    public Table Schools { get; private set; } = null!;

    public void OnGet()
    {
        var letters = db.Letters.AsNoTracking().ToList();
        var lines = db.LinesOf([.. letters.Select(letter => letter.Urn).Distinct()]);
        var last = letters.GroupBy(letter => lines[letter.Urn][^1]).ToDictionary(of => of.Key, of => of.OrderBy(letter => letter.Round).Last());
        var schools = Attendances.Of(db).All.Where(of => of.Standing == Standing.Full).GroupBy(of => of.Line).Select(of => (School: of.Last().School, Line: of.Key, Expected: of.Count(), Here: of.Count(at => at.IsPresent), Elsewhere: of.Count(at => at.WentElsewhere), Missed: of.Count(at => at.IsAbsent)));
        Schools = new Table("patterns", "Schools, most missed first",
            [new("school", "School", ColumnRole.Label), new("phase", "Phase"), new("expected", "Meetings", ColumnRole.Number), new("here", "Represented", ColumnRole.Number), new("elsewhere", "Went elsewhere", ColumnRole.Number), new("missed", "Missed", ColumnRole.Number), new("reason", "Last reason")],
            [.. schools.OrderByDescending(of => of.Missed).ThenBy(of => of.School.Name, StringComparer.OrdinalIgnoreCase).Select(of => new Row(
            [
                new(of.School.Name, Href: $"/schools/{of.School.Urn}"), new(of.School.Phase.InWords()), Number(of.Expected), Number(of.Here), Number(of.Elsewhere), Number(of.Missed), new(last.TryGetValue(of.Line, out var letter) ? letter.Reason.InWords() : ""),
            ]))]);
    }

    private static Cell Number(int number) => new(number.ToString("N0", Wording.English), number);
}
