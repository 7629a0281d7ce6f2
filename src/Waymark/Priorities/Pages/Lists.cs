using System.Globalization;
using Waymark.Shared.Documents;

namespace Waymark.Priorities.Pages;

/// <summary>The lists of this room as pages show them.</summary>
internal static class Lists
{
    public static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    public static Table Shared(string id, string caption, IReadOnlyList<SharedPriority> priorities) => new(id, caption,
        [new("title", "Priority", ColumnRole.Label), new("shared", "Shared by"), new("clusters", "Clusters")],
        [.. priorities.Select(shared => new Row([new(shared.Priority.Title, Href: $"/priorities/{shared.Priority.Id}"), new(shared.SharedInWords), new(shared.Clusters.Count == shared.Of ? "" : shared.Names)]))]);
}
