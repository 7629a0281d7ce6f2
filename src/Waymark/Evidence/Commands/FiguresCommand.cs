using System.CommandLine;
using Microsoft.EntityFrameworkCore;
using Waymark.Clusters;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared.CommandLine;
using Waymark.Shared.Imports;

namespace Waymark.Evidence.Commands;

/// <summary>waymark figures: figures for other programs, each with the line it was read from or what it was summed from.</summary>
internal static class FiguresCommand
{
    private sealed record PlaceResult(string Kind, string Id, string Name);
    private sealed record ImportResult(int Id, string File, int Line);
    private sealed record FigureResult(string Measure, string Year, PlaceResult Place, string Group, double? Value, double? Numerator, long? Denominator, double? Lower, double? Upper,
        string Symbol, string Status, ImportResult? Import, IReadOnlyList<PartResult>? From, int? NotShown);
    private sealed record PartResult(PlaceResult Place, double? Value, double? Numerator, long? Denominator, ImportResult? Import);

    public static Command Create()
    {
        var data = StoreOption.Create();
        var measure = new Option<string?>("--measure") { Description = "A measure's code, as 'waymark measures' lists them; all when left out.", HelpName = "CODE" };
        var year = new Option<string?>("--year") { Description = "An academic year as six digits: 201718; all when left out.", HelpName = "YEAR" };
        var school = new Option<string?>("--school") { Description = "A school's URN.", HelpName = "URN" };
        var cluster = new Option<string?>("--cluster") { Description = "A cluster's name.", HelpName = "NAME" };
        var authority = new Option<string?>("--authority") { Description = "An authority's three-digit code.", HelpName = "CODE" };
        var national = new Option<bool>("--national") { Description = "England." };
        var group = new Option<string?>("--group") { Description = "A pupil group's code: all, girls, disadvantaged …; all groups when left out.", HelpName = "CODE" };
        var json = new Option<bool>("--json") { Description = "Print as JSON." };
        var command = new Command("figures", "Prints figures with base, interval, symbol and source.") { data, measure, year, school, cluster, authority, national, group, json };
        command.SetAction(parsed =>
        {
            if (StoreOption.OpenExisting(parsed, data) is not { } store) return Output.Refused;
            using var db = store.Open();
            var measures = Catalogue.Measures;
            if (parsed.GetValue(measure) is { } code)
            {
                if (Catalogue.FindMeasure(code) is not { } found) return Refuse($"--measure {code}: there is no such measure. 'waymark measures' lists them.");
                measures = [found];
            }
            IReadOnlyList<PupilGroup>? groups = null;
            if (parsed.GetValue(group) is { } groupCode)
            {
                if (Catalogue.FindGroup(groupCode) is not { } found) return Refuse($"--group {groupCode}: there is no such group. Known are {string.Join(", ", Catalogue.Groups.Select(one => one.Code))}.");
                groups = [found];
            }
            AcademicYear? only = null;
            if (parsed.GetValue(year) is { } yearText)
            {
                if (!AcademicYear.TryParse(yearText, null, out var found)) return Refuse($"--year {yearText} is not an academic year. Write it as six digits, for example 201718.");
                only = found;
            }
            var cube = new Cube(db);
            IReadOnlyList<Figure> figures;
            IReadOnlyList<AcademicYear> YearsOf(IReadOnlyCollection<PlaceKey> places) => only is { } one ? [one] : cube.Years(measures, places);
            if (parsed.GetValue(cluster) is { } name)
            {
                if (db.FindCluster(name) is not { } found) return Refuse($"--cluster {name}: there is no such cluster. Known are {string.Join("; ", db.Clusters.AsNoTracking().AsEnumerable().Select(one => one.Name))}.");
                figures = ClusterFigures(db, cube, found, measures, only, groups);
            }
            else
            {
                var places = new List<PlaceKey>();
                if (parsed.GetValue(school) is { } urnText)
                {
                    if (!SchoolUrn.TryParse(urnText, null, out var urn)) return Refuse($"--school {urnText} is not a URN. A URN has six digits.");
                    places.Add(PlaceKey.School(urn));
                }
                if (parsed.GetValue(authority) is { } codeText)
                {
                    if (!LocalAuthorityCode.TryParse(codeText, null, out var authorityCode)) return Refuse($"--authority {codeText} is not an authority's code. It has three digits, for example 823.");
                    places.Add(PlaceKey.Authority(authorityCode));
                }
                if (parsed.GetValue(national)) places.AddRange([PlaceKey.England, PlaceKey.EnglandAllSchools, PlaceKey.EnglandPrimary, PlaceKey.EnglandSecondary, PlaceKey.EnglandSpecial]);
                if (places.Count == 0)
                {
                    if (measures.Count > 1 || only is null) return Refuse("Say which place (--school, --cluster, --authority, --national), or one measure and one year for every place.");
                    figures = cube.ReadEverywhere(measures[0], only.Value, groups);
                }
                else figures = cube.Read(measures, YearsOf(places), places, groups);
            }
            Print(db, figures, parsed.GetValue(json));
            return Output.Done;
        });
        return command;
    }

    private static IReadOnlyList<Figure> ClusterFigures(WaymarkDb db, Cube cube, Cluster cluster, IReadOnlyList<Measure> measures, AcademicYear? only, IReadOnlyList<PupilGroup>? groups)
    {
        var everMembers = db.Memberships(cluster).Select(membership => PlaceKey.School(membership.Urn)).Distinct().ToList();
        var years = only is { } one ? [one] : cube.Years(measures, everMembers);
        return [.. years.SelectMany(year =>
        {
            var members = db.FullMembersFor(cluster, year).Select(PlaceKey.School).ToList();
            return cube.Read(measures, [year], members, groups)
                .GroupBy(figure => (figure.Measure, figure.Group))
                .Select(cell => Figure.Sum(cell.Key.Measure, year, cluster.Place, cell.Key.Group, [.. cell], cell.Count()));
        })];
    }

    private static int Refuse(string sentence)
    {
        Console.Error.WriteLine(sentence);
        return Output.Refused;
    }

    private static void Print(WaymarkDb db, IReadOnlyList<Figure> figures, bool json)
    {
        var ordered = figures.OrderBy(figure => figure.Measure.Number).ThenBy(figure => figure.Year).ThenBy(figure => figure.Place).ThenBy(figure => figure.Group.Number).ToList();
        var names = db.NamesOf([.. ordered.Select(figure => figure.Place).Concat(ordered.SelectMany(figure => figure.Parts).Select(part => part.Place)).Distinct()]);
        var files = db.Imports.AsNoTracking().ToDictionary(import => import.Id, import => import.FileName);
        PlaceResult PlaceOf(PlaceKey place) => new(place.KindCode, names[place].Code, names[place].Name);
        ImportResult? ImportOf(FigureSource? source) => source is null ? null : new ImportResult(source.Import, files[source.Import], source.Line);
        if (json)
        {
            Output.Json(ordered.Select(figure => new FigureResult(
                figure.Measure.Code, figure.Year.Code.ToString(System.Globalization.CultureInfo.InvariantCulture), PlaceOf(figure.Place), figure.Group.Code, figure.Value, figure.Numerator, figure.Denominator,
                figure.Interval?.Lower, figure.Interval?.Upper, figure.Symbol.Code(), figure.Status.ToString().ToLowerInvariant(), ImportOf(figure.Source),
                figure.Source is null ? [.. figure.Parts.Select(part => new PartResult(PlaceOf(part.Place), part.Value, part.Numerator, part.Denominator, ImportOf(part.Source)))] : null,
                figure.Source is null ? figure.PartsNotShown : null)));
            return;
        }
        foreach (var figure in ordered)
            Console.WriteLine(string.Create(System.Globalization.CultureInfo.InvariantCulture,
                $"{figure.Measure.Code,-24} {figure.Year.Code} {names[figure.Place].Name,-44} {figure.Group.Code,-14} {(figure.Value is { } value ? Math.Round(value, figure.Measure.Decimals, MidpointRounding.AwayFromZero).ToString(System.Globalization.CultureInfo.InvariantCulture) : figure.Symbol.Code()),8} of {figure.Denominator?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "?",-8} {(figure.Source is { } source ? $"{files[source.Import]}:{source.Line}" : $"sum of {figure.Parts.Count} schools")}"));
    }
}
