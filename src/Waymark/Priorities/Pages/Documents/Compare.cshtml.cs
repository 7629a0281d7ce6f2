using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Waymark.Data;
using Waymark.Field;

namespace Waymark.Priorities.Pages.Documents;

/// <summary>Two versions side by side, part by part and word by word.</summary>
public sealed class CompareModel(WaymarkDb db, LocalClock clock) : DocumentPage(db, clock)
{
    public VersionOf Other { get; private set; } = null!;
    public IReadOnlyList<(string What, IReadOnlyList<(Kept Kept, string Words)> Words)> Rows { get; private set; } = [];
    public string InWords { get; private set; } = "";

    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        base.OnPageHandlerExecuting(context);
        if (!int.TryParse(Convert.ToString(context.RouteData.Values["other"], System.Globalization.CultureInfo.InvariantCulture), out var number) || Db.FindVersion(Of.Document.Slug, number) is not { } other)
        {
            context.Result = NotFound();
            return;
        }
        Other = other;
        var (before, after) = (Db.PartsOf(other.Version).ToDictionary(part => part.Code), Parts.ToDictionary(part => part.Code));
        var codes = Parts.Select(part => part.Code).Concat(before.Keys.Where(code => !after.ContainsKey(code))).ToList();
        Rows =
        [
            ("Introduction", WordDifference.Of(other.Version.Introduction, Of.Version.Introduction)),
            .. codes.Select(code => ((after.GetValueOrDefault(code) ?? before[code]).Kind.InWords(), WordDifference.Of(TextOf(before.GetValueOrDefault(code)), TextOf(after.GetValueOrDefault(code))))),
        ];
        var (added, removed) = (after.Keys.Count(code => !before.ContainsKey(code)), before.Keys.Count(code => !after.ContainsKey(code)));
        var changed = after.Keys.Count(code => before.TryGetValue(code, out var part) && TextOf(part) != TextOf(after[code]));
        InWords = $"{added} {(added == 1 ? "part is" : "parts are")} new, {removed} {(removed == 1 ? "is" : "are")} gone, {changed} {(changed == 1 ? "says" : "say")} something else, {after.Count - added - changed} {(after.Count - added - changed == 1 ? "is" : "are")} as before.";
    }

    public void OnGet() { }

    private static string TextOf(DocumentPart? part) => part is null ? "" : $"{part.Title} {part.Text}".Trim();
}
