using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;

namespace Waymark.Priorities.Pages.Documents;

/// <summary>All that the partnership has written together, each with its versions.</summary>
public sealed class IndexModel(WaymarkDb db) : PageModel
{
    public IReadOnlyList<(JointDocument Document, IReadOnlyList<VersionOf> Versions)> Documents { get; private set; } = [];

    public void OnGet() => Documents = [.. db.JointDocuments.AsNoTracking().OrderBy(document => document.Kind).ThenBy(document => document.Title).ToList()
        .Select(document => (document, db.VersionsOf(document))).Where(of => of.Item2.Count > 0)];

    public static string InWords(DocumentVersion version) => version.State switch
    {
        VersionState.Approved => $"approved on {FormPage.Day(version.ApprovedOn!.Value)}{(version.LaunchedOn is { } launched ? $", launched on {FormPage.Day(launched)}" : "")}",
        VersionState.Consulted => $"consultation from {FormPage.Day(version.OpensOn!.Value)} to {FormPage.Day(version.ClosesOn!.Value)}",
        _ => "draft",
    };
}
