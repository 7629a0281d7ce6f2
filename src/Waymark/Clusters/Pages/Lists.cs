using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Waymark.Field;
using Waymark.Schools;
using Waymark.Shared.Documents;

namespace Waymark.Clusters.Pages;

/// <summary>The lists of this room as tables: the page and its CSV are made from the same one.</summary>
internal static class Lists
{
    public static Table Members(string caption, IReadOnlyList<MemberSchool> members, IReadOnlyDictionary<SchoolUrn, string>? pyramids = null, IReadOnlyDictionary<int, string>? clusters = null)
    {
        List<Column> columns = [new("school", "School", ColumnRole.Label), new("urn", "URN"), new("phase", "Phase"), new("membership", "Membership"), new("town", "Town"), new("pupils", "Pupils", ColumnRole.Number, "pupils")];
        if (clusters is not null) columns.Insert(1, new("cluster", "Cluster"));
        if (pyramids is not null) columns.Add(new("pyramid", "Pyramid"));
        return new Table("members", caption, columns, [.. members.Select(member =>
        {
            List<Cell> cells =
            [
                new(NameOf(member.School), Href: $"/schools/{member.School.Urn}"), new(member.School.Urn.ToString()), new(Sentence(member.School.Phase.InWords())),
                new(member.IsFull ? "Full" : "Associate"), new(member.School.Town ?? ""), Number(member.School.Pupils),
            ];
            if (clusters is not null) cells.Insert(1, new(clusters.GetValueOrDefault(member.Membership.ClusterId, "")));
            if (pyramids is not null) cells.Add(new(pyramids.GetValueOrDefault(member.School.Urn, "")));
            return new Row(cells);
        })]);
    }

    /// <summary>A member that has closed says so, until somebody ends its membership.</summary>
    private static string NameOf(School school) => school switch
    {
        { Status: SchoolStatus.Closed, ClosedOn: { } closed } => $"{school.Name} (closed {Day(closed)})",
        { Status: SchoolStatus.Closed } => $"{school.Name} (closed)",
        { InRegister: false } => $"{school.Name} (not in the register)",
        _ => school.Name,
    };

    public static Cell Number(int? value) => value is int number ? new(number.ToString("N0", CultureInfo.GetCultureInfo("en-GB")), number) : new("x", null, "x");

    public static string Sentence(string words) => words.Length == 0 ? words : char.ToUpperInvariant(words[0]) + words[1..];

    public static string Day(DateOnly? day) => day is DateOnly known ? known.ToString("d MMMM yyyy", CultureInfo.GetCultureInfo("en-GB")) : "";

    public static FileContentResult Csv(Table table, string name)
    {
        using var content = new MemoryStream();
        TableCsv.Write(table, content);
        return new FileContentResult(content.ToArray(), "text/csv; charset=utf-8") { FileDownloadName = name };
    }
}
