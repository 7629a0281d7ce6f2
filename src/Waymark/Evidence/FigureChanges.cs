using System.Globalization;
using Dapper;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared.Documents;
using Waymark.Shared.Imports;

namespace Waymark.Evidence;

/// <summary>What figures an import holds, what they change in what is shown, and what shows again once it is taken back.</summary>
internal static class FigureChanges
{
    private const int Most = 100;

    public static IEnumerable<Table> Preview(WaymarkDb db, Import import)
    {
        if (import.FiguresNew + import.FiguresChanged + import.FiguresSame == 0) yield break;
        yield return Measures(db, import);
        if (import.FiguresChanged > 0 && Changed(db, import) is { Rows.Count: > 0 } changed) yield return changed;
    }

    public static IEnumerable<string> TakingBack(WaymarkDb db, Import import)
    {
        if (import.FiguresNew + import.FiguresChanged + import.FiguresSame == 0) yield break;
        var instead = db.Database.GetDbConnection().Query<(int? Import, long Figures)>($"""
            select o.import_id, count(*) from figure n left join figure o on {Beneath}
            where {Own(import)} group by o.import_id order by o.import_id
            """).ToList();
        var files = db.Imports.AsNoTracking().Where(other => other.State == ImportState.Published).ToDictionary(other => other.Id, other => other.FileName);
        foreach (var (other, figures) in instead.Where(row => row.Import is not null))
            yield return $"{Figures(figures)} will show what {files[other!.Value]} says.";
        foreach (var (_, figures) in instead.Where(row => row.Import is null))
            yield return $"{Figures(figures)} will not be shown any more, because no other file in use has {(figures == 1 ? "it" : "them")}.";
    }

    private static string Figures(long count) => count == 1 ? "One figure" : $"{count:N0} figures";

    /// <summary>The import's own rows; measures and years are named so that the tree of all figures is not read whole.</summary>
    private static string Own(Import import) => string.Create(CultureInfo.InvariantCulture,
        $"n.measure in ({string.Join(',', Catalogue.Measures.Select(measure => measure.Number))}) and n.year in ({import.Years.Replace(' ', ',')}) and n.import_id = {import.Id}");

    /// <summary>Of the other imports in use, the row that shows where this import's does not.</summary>
    private const string Beneath = """
        o.measure = n.measure and o.year = n.year and o.place = n.place and o.pupil_group = n.pupil_group and o.import_id = (
            select p.import_id from figure p join import i on i.id = p.import_id and i.state = 1
            where p.measure = n.measure and p.year = n.year and p.place = n.place and p.pupil_group = n.pupil_group and p.import_id <> n.import_id
            order by p.precedence desc, p.import_id desc limit 1)
        """;

    private static Table Measures(WaymarkDb db, Import import)
    {
        var counts = db.Database.GetDbConnection().Query<(int Measure, int Year, long Figures, long Places)>(
            $"select n.measure, n.year, count(*), count(distinct n.place) from figure n where {Own(import)} group by n.measure, n.year order by n.measure, n.year");
        return new Table("measures", "What is in it",
            [new("measure", "Measure", ColumnRole.Label), new("year", "Year", ColumnRole.Period), new("places", "Schools and other places", ColumnRole.Number), new("figures", "Figures", ColumnRole.Number)],
            [.. counts.Select(row => new Row([new(Catalogue.Measure(row.Measure).Label), new(AcademicYear.FromCode(row.Year).ToString()), new($"{row.Places:N0}", row.Places), new($"{row.Figures:N0}", row.Figures)]))]);
    }

    private static Table Changed(WaymarkDb db, Import import)
    {
        var rows = db.Database.GetDbConnection().Query<Change>($"""
            select n.measure as Measure, n.year as Year, n.place as Place, n.pupil_group as PupilGroup, n.line as Line, n.value as Value, n.symbol as Symbol, o.value as OldValue, o.symbol as OldSymbol
            from figure n join figure o on {Beneath}
            where {Own(import)} and (n.value is distinct from o.value or n.symbol <> o.symbol) and n.precedence >= o.precedence
            order by n.measure, n.year, n.place, n.pupil_group limit {Most}
            """).ToList();
        var names = db.NamesOf([.. rows.Select(row => new PlaceKey(row.Place))]);
        return new Table("changed", import.FiguresChanged > Most ? $"Figures that change: the first {Most} of {import.FiguresChanged:N0}" : "Figures that change",
            [new("measure", "Measure", ColumnRole.Label), new("year", "Year", ColumnRole.Period), new("place", "School or other place"), new("group", "Pupils"), new("old", "Shown before"), new("new", "In this file"), new("line", "Line", ColumnRole.Number)],
            [.. rows.Select(row => new Row([new(Catalogue.Measure(row.Measure).Short), new(AcademicYear.FromCode(row.Year).ToString()), new(names[new PlaceKey(row.Place)].Name), new(Catalogue.Group(row.PupilGroup).Label),
                new(Text(row.Measure, row.OldValue, row.OldSymbol)), new(Text(row.Measure, row.Value, row.Symbol)), new($"{row.Line:N0}", row.Line)]))]);
    }

    private static string Text(int measure, double? value, int symbol) => value is { } number
        ? $"{Math.Round(number, 4).ToString("0.####", CultureInfo.InvariantCulture)}{(Catalogue.Measure(measure).IsPercentage ? "%" : "")}"
        : ((Symbol)symbol).InWords();

    private sealed record Change
    {
        public int Measure { get; init; }
        public int Year { get; init; }
        public int Place { get; init; }
        public int PupilGroup { get; init; }
        public int Line { get; init; }
        public double? Value { get; init; }
        public int Symbol { get; init; }
        public double? OldValue { get; init; }
        public int OldSymbol { get; init; }
    }
}
