using System.Globalization;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Field;
using Waymark.People.Privacy;
using Waymark.Shared.Documents;

namespace Waymark.People.Pages;

/// <summary>The record of processing, what was taken away, and a start for the impact assessment: counted from what is stored.</summary>
public sealed class DataProtectionModel(WaymarkDb db) : PageModel
{
    public Table Record { get; private set; } = null!;
    public Table Disposals { get; private set; } = null!;
    public IReadOnlyList<string> Undescribed { get; private set; } = [];
    /// <summary>Each lawful basis with what rests on it, where it is not one for all.</summary>
    public IReadOnlyList<string> Bases => PersonalData.All.Where(data => data.Basis is not null).Select(data => data.Basis!).Distinct().ToList() is [var only] ? [$"Lawful basis of all of it: {only}."]
        : [.. PersonalData.All.Where(data => data.Basis is not null).GroupBy(data => data.Basis!).Select(same => $"Lawful basis of {string.Join(", ", same.Select(data => data.Table.Replace('_', ' ')))}: {same.Key}.")];
    public int People { get; private set; }
    public string AboutChildren => string.Join("; ", PersonalData.All.Where(data => data.Whose == "children").Select(data => data.Holds));

    public void OnGet()
    {
        var rows = db.Model.GetEntityTypes().ToDictionary(entity => entity.GetTableName()!, entity => entity.ClrType);
        Record = new Table("record-of-processing", "What is kept about people",
            [new("table", "Kind", ColumnRole.Label), new("rows", "Rows", ColumnRole.Number), new("whose", "About whom", ColumnRole.Text), new("holds", "What it says", ColumnRole.Text), new("why", "What for", ColumnRole.Text), new("kept", "How long", ColumnRole.Text)],
            [.. PersonalData.All.Where(data => data.Whose != "nobody" && rows.ContainsKey(data.Table)).Select(data => (data, count: Count(rows[data.Table]))).Select(of => new Row([
                new(of.data.Table.Replace('_', ' ')), new(of.count.ToString("N0", CultureInfo.CurrentCulture), of.count), new(of.data.Whose), new(of.data.Holds ?? ""), new(of.data.Why ?? ""), new(of.data.KeptFor)]))]);
        Disposals = new Table("disposals", "The latest first",
            [new("at", "When", ColumnRole.Label), new("kind", "Kind", ColumnRole.Text), new("rule", "Rule", ColumnRole.Text), new("rows", "Rows", ColumnRole.Number)],
            [.. db.Disposals.AsNoTracking().OrderByDescending(disposal => disposal.Id).Take(200).AsEnumerable().Select(disposal => new Row([
                new(LocalClock.ToLondon(disposal.At).ToString("d MMMM yyyy, HH:mm", CultureInfo.CurrentCulture)), new(disposal.Kind.Replace('_', ' ')), new(disposal.Rule), new(disposal.Rows.ToString("N0", CultureInfo.CurrentCulture), disposal.Rows)]))]);
        Undescribed = PersonalData.Undescribed(db);
        People = db.People.Count(person => person.ClosedAt == null);
    }

    private int Count(Type type) => ((IQueryable<object>)typeof(DbContext).GetMethod(nameof(DbContext.Set), 1, [])!.MakeGenericMethod(type).Invoke(db, null)!).Count();
}
