using System.Globalization;
using Dapper;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Field;
using Waymark.Schools;
using Waymark.Shared.Imports;

namespace Waymark.Evidence;

/// <summary>One family of files: what it is, when it comes out, who says so (Catalogue/calendar.json).</summary>
/// <param name="Formats">The imports that bring it; a name that ends in a hyphen stands for all that begin so.</param>
/// <param name="Local">The partnership's own results: loaded when an import that is not published has its measures.</param>
/// <param name="Measures">Its leading measures; a year in which the first was not collected is not due.</param>
/// <param name="BySchool">Loaded only when it holds schools, and not authorities alone.</param>
/// <param name="Phases">Only where there are such schools; empty: everywhere.</param>
/// <param name="YearsAfter">0: it comes in the calendar year in which the academic year ends; 1: in the next.</param>
/// <param name="Days">The day itself, where it is known.</param>
/// <param name="ReplacedBy">The published family after which nobody needs the partnership's own results any more.</param>
/// <param name="StaleAfterMonths">For what has no year: how old it may be.</param>
public sealed record DataFamily(string Id, string Label, string When, string Source, string[]? Formats = null, bool Local = false, bool BySchool = false, string[]? Measures = null, string[]? Phases = null,
    int FirstYear = 0, int Month = 0, int Day = 0, int YearsAfter = 0, Dictionary<string, DateOnly>? Days = null, string? ReplacedBy = null, int StaleAfterMonths = 0)
{
    public bool HasYears => StaleAfterMonths == 0;

    /// <summary>The day by which a year's file is out.</summary>
    public DateOnly Due(AcademicYear year) =>
        Days?.GetValueOrDefault(year.Code.ToString(CultureInfo.InvariantCulture)) is { Year: > 1 } known ? known : new DateOnly(year.EndYear + YearsAfter, Month, Day);

    internal bool Reads(string format) => (Formats ?? []).Any(name => name.EndsWith('-') ? format.StartsWith(name, StringComparison.Ordinal) : format == name);
}

public enum DataState { Loaded, Stale, Due, Later, NotCollected, Replaced }

/// <summary>How one family stands for one year (or for now, where it has none).</summary>
/// <param name="Words">The state in a sentence.</param>
public sealed record DataEntry(DataFamily Family, AcademicYear? Year, DataState State, string Words, Import? Import);

/// <summary>What is loaded, due and stale.</summary>
public static class DataCalendar
{
    public static IReadOnlyList<DataFamily> Families { get; } = Catalogue.Read<DataFamily[]>("calendar");

    /// <summary>Every family that concerns the partnership's schools, for these years.</summary>
    public static IReadOnlyList<DataEntry> Read(WaymarkDb db, DateOnly today, IReadOnlyList<AcademicYear> years)
    {
        var phases = db.Schools.AsNoTracking().Where(school => school.InRegister).Select(school => school.Phase).Distinct().ToList().Select(phase => phase.InWords()).ToHashSet();
        var imports = db.Imports.AsNoTracking().Where(import => import.State == ImportState.Published).OrderByDescending(import => import.Id).ToList();
        var relevant = Families.Where(family => phases.Count == 0 || family.Phases is null || family.Phases.Any(phases.Contains)).ToList();
        return
        [
            .. relevant.Where(family => !family.HasYears).Select(family => Standing(family, imports.FirstOrDefault(import => family.Reads(import.Format)), today)),
            .. relevant.Where(family => family.HasYears).SelectMany(family => years.Where(year => year.Code >= family.FirstYear).Select(year => Entry(db, family, year, imports, today))),
        ];
    }

    private static DataEntry Standing(DataFamily family, Import? import, DateOnly today)
    {
        if (import is null) return new DataEntry(family, null, DataState.Due, "Not loaded yet.", null);
        var loaded = DateOnly.FromDateTime(LocalClock.ToLondon(import.ImportedAt));
        return loaded.AddMonths(family.StaleAfterMonths) < today
            ? new DataEntry(family, null, DataState.Stale, $"Loaded on {Day(loaded)}, more than {family.StaleAfterMonths} months ago. Load a new file.", import)
            : new DataEntry(family, null, DataState.Loaded, $"Loaded on {Day(loaded)}.", import);
    }

    private static DataEntry Entry(WaymarkDb db, DataFamily family, AcademicYear year, IReadOnlyList<Import> imports, DateOnly today)
    {
        var due = family.Due(year);
        Import? ImportOf(DataFamily one) => imports.Where(candidate => candidate.Years.Split(' ').Contains(year.Code.ToString(CultureInfo.InvariantCulture))).FirstOrDefault(candidate => Holds(db, one, year, candidate));
        var import = ImportOf(family);
        if (import is not null)
        {
            var loaded = DateOnly.FromDateTime(LocalClock.ToLondon(import.ImportedAt));
            return !family.Local && loaded < due && due <= today
                ? new DataEntry(family, year, DataState.Stale, $"Loaded on {Day(loaded)}, before the final file of {Day(due)} came out. Load that file.", import)
                : new DataEntry(family, year, DataState.Loaded, $"Loaded on {Day(loaded)}.", import);
        }
        if (family.Measures is [var first, ..] && Catalogue.NotCollected(Catalogue.Measure(first), year) is { } note)
            return new DataEntry(family, year, DataState.NotCollected, $"There is none: {char.ToLowerInvariant(note.Reason[0])}{note.Reason[1..]}.", null);
        if (Families.FirstOrDefault(other => other.Id == family.ReplacedBy) is { } published && ImportOf(published) is { } final)
            return new DataEntry(family, year, DataState.Replaced, "Not needed any more: the published results are loaded.", final);
        return due <= today
            ? new DataEntry(family, year, DataState.Due, $"Due since {Day(due)}.", null)
            : new DataEntry(family, year, DataState.Later, $"Comes by {Day(due)}.", null);
    }

    private static bool Holds(WaymarkDb db, DataFamily family, AcademicYear year, Import import)
    {
        if (!family.Local && !family.Reads(import.Format)) return false;
        if (family.Measures is null) return true;
        var published = (int)FigureStatus.Published * 10;
        return db.Database.GetDbConnection().ExecuteScalar<long>($"""
            select count(*) from (select 1 from figure where measure in ({string.Join(',', family.Measures.Select(code => Catalogue.Measure(code).Number))}) and year = @year and import_id = @id
            {(family.BySchool ? "and place between @first and @last" : "")} and precedence {(family.Local ? "<" : ">=")} {published} limit 1) found
            """, new { year = year.Code, id = import.Id, first = PlaceKey.School(new(100_000)).Value, last = PlaceKey.School(new(999_999)).Value }) > 0;
    }

    private static string Day(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.GetCultureInfo("en-GB"));
}
