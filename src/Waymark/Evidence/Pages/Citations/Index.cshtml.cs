using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Shared;
using Waymark.Shared.Documents;

namespace Waymark.Evidence.Pages.Citations;

/// <summary>All citations, the latest first, each with what has become of its record.</summary>
public sealed class IndexModel(WaymarkDb db) : PageModel
{
    private const int OnOnePage = 50;

    public Table Table { get; private set; } = null!;
    public int Number { get; private set; }
    public int Pages { get; private set; }

    public void OnGet([FromQuery(Name = "page")] int? number)
    {
        Pages = Math.Max(1, (db.Citations.Count() + OnOnePage - 1) / OnOnePage);
        Number = Math.Clamp(number ?? 1, 1, Pages);
        Table = TableOf(db.Citations.AsNoTracking().OrderByDescending(citation => citation.Id).Skip((Number - 1) * OnOnePage).Take(OnOnePage));
    }

    public IActionResult OnGetCsv()
    {
        using var content = new MemoryStream();
        TableCsv.Write(TableOf(db.Citations.AsNoTracking().OrderByDescending(citation => citation.Id)), content);
        return File(content.ToArray(), "text/csv; charset=utf-8", "citations.csv");
    }

    private Table TableOf(IQueryable<Citation> query)
    {
        var citations = query.ToList();
        var ids = citations.Select(citation => citation.Id).ToList();
        var uses = db.CitationUses.AsNoTracking().Where(use => ids.Contains(use.CitationId)).GroupBy(use => use.CitationId).Select(of => new { of.Key, Count = of.Count() }).ToDictionary(of => of.Key, of => of.Count);
        return new("citations", "Citations, the latest first",
            [new("number", "Number", ColumnRole.Number), new("what", "What was cited", ColumnRole.Label), new("kind", "Kind"), new("said", "What it said"), new("cited_on", "Cited on"), new("since", "Since"), new("uses", "Records that rest on it", ColumnRole.Number)],
            [.. citations.Select(citation => new Row(
            [
                new(citation.Id.ToString(CultureInfo.InvariantCulture), citation.Id), new(citation.Title, Href: citation.Address), new(Citable.Of(citation.Kind)?.Words ?? citation.Kind), new(citation.Wording),
                CitationSets.Day(citation.CitedOn), new(citation.Movement(db.LiveOf(citation))), new(uses.GetValueOrDefault(citation.Id).ToString(CultureInfo.InvariantCulture), uses.GetValueOrDefault(citation.Id)),
            ]))]);
    }
}
