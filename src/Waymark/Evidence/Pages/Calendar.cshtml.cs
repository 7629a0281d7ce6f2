using Microsoft.AspNetCore.Mvc.RazorPages;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared.Documents;

namespace Waymark.Evidence.Pages;

/// <summary>What is loaded, due and stale: this academic year and the three before it.</summary>
public sealed class CalendarModel(WaymarkDb db, LocalClock clock) : PageModel
{
    public string Summary { get; private set; } = "";
    public IReadOnlyList<Table> Tables { get; private set; } = [];

    public void OnGet()
    {
        var current = AcademicYear.Of(clock.Today);
        var entries = DataCalendar.Read(db, clock.Today, [current, current.Previous, current.Previous.Previous, current.Previous.Previous.Previous]);
        Summary = $"On {clock.Today:d MMMM yyyy}, {Count(entries, DataState.Due)} due and not loaded, and {Count(entries, DataState.Stale)} stale.";
        Tables = [.. entries.GroupBy(entry => entry.Year).Select(year => Of(year.Key, [.. year]))];
    }

    private static string Count(IReadOnlyList<DataEntry> entries, DataState state) => entries.Count(entry => entry.State == state) switch { 0 => "no file is", 1 => "one file is", var many => $"{many} files are" };

    private static Table Of(AcademicYear? year, IReadOnlyList<DataEntry> entries) => new(
        year is { } known ? $"year-{known.Code}" : "standing", year is { } of ? $"Academic year {of}" : "What has no year",
        [new("what", "What", ColumnRole.Label), new("state", "State"), new("when", "Since when, or until when"), new("file", "File")],
        [.. entries.OrderBy(entry => entry.Year is null ? default : entry.Family.Due(entry.Year.Value)).Select(entry => new Row([
            new(entry.Family.Label), new(InWords(entry.State)), new(entry.Words), entry.Import is { } import ? new(import.FileName, Href: $"/imports/{import.Id}") : new("")]))]);

    private static string InWords(DataState state) => state switch
    {
        DataState.Loaded => "Loaded",
        DataState.Stale => "Stale",
        DataState.Due => "Due",
        DataState.Later => "Later",
        DataState.Replaced => "Not needed",
        _ => "Not collected",
    };
}
