using Dapper;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Evidence;
using Waymark.Field;
using Waymark.Shared.Imports;

namespace Waymark.Outcomes.Packs;

/// <summary>For which years a pack can be made.</summary>
internal static class PackYears
{
    /// <summary>The year asked for, or else the latest with results, and all there are; null for a year that is none.</summary>
    public static (AcademicYear Chosen, IReadOnlyList<AcademicYear> All)? Choose(WaymarkDb db, DateOnly today, string? asked)
    {
        var all = Of(db, today);
        if (asked is null) return (Latest(db, all, today), all);
        return AcademicYear.TryParseCode(asked, out var year) ? (year, [.. all.Append(year).Distinct().OrderDescending()]) : null;
    }

    /// <summary>Years that any published import covers, newest first.</summary>
    private static IReadOnlyList<AcademicYear> Of(WaymarkDb db, DateOnly today) =>
        [.. db.Imports.AsNoTracking().Where(import => import.State == ImportState.Published).Select(import => import.Years).AsEnumerable()
            .SelectMany(years => years.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Distinct().Select(code => AcademicYear.Parse(code, null))
            .Where(year => year.FirstDay <= today).Order().Reverse()];

    /// <summary>The newest year with results of school children, not only with numbers on roll; this year where nothing is loaded.</summary>
    private static AcademicYear Latest(WaymarkDb db, IReadOnlyList<AcademicYear> years, DateOnly today)
    {
        var mains = string.Join(',', Chapter.All.Take(3).SelectMany(chapter => chapter.AllMeasures).Select(measure => measure.Number).Distinct());
        var connection = db.Database.GetDbConnection();
        foreach (var year in years)
            if (connection.ExecuteScalar<long>($"select count(*) from (select 1 from figure f join import i on i.id = f.import_id and i.state = 1 where f.measure in ({mains}) and f.year = {year.Code} and f.precedence >= {(db.PublishedOnly ? 10 * (int)FigureStatus.Published : 0)} limit 1) as any_row") > 0)
                return year;
        return years.Count > 0 ? years[0] : AcademicYear.Of(today).Previous;
    }
}
