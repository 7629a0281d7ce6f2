using System.CommandLine;
using System.Globalization;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using Waymark.Clusters;
using Waymark.Data;
using Waymark.Field;
using Waymark.Schools;
using Waymark.Shared.CommandLine;
using Waymark.Shared.Imports;

namespace Waymark.Evidence.Commands;

/// <summary>waymark figures: figures for other programs, each with the line it was read from or what it was summed from.</summary>
internal static class FiguresCommand
{
    private sealed record PlaceResult(string Kind, string Id, string Name);
    private sealed record ImportResult(int Id, string File, int Line);
    private sealed record PartResult(PlaceResult Place, double? Value, double? Numerator, long? Denominator, ImportResult? Import);
    private sealed record FigureResult(
        string Measure, string Year, PlaceResult Place, string Group, double? Value, double? Numerator, long? Denominator, double? Lower, double? Upper, string Symbol, string Status, ImportResult? Import,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<PartResult>? From,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? NotShown);

    /// <summary>What is asked for; null: all of them.</summary>
    private sealed record Question(IReadOnlyList<Measure> Measures, AcademicYear? Year, IReadOnlyList<PupilGroup>? Groups);

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
        var command = new Command("figures", "Prints figures with base, interval, symbol and source; of every place that files tell of, unless one is named.") { data, measure, year, school, cluster, authority, national, group, json };
        command.SetAction(parsed =>
        {
            if (StoreOption.OpenExisting(parsed, data) is not { } store) return Output.Refused;
            using var db = store.Open();
            var question = new Question(Catalogue.Measures, null, null);
            if (parsed.GetValue(measure) is { } code)
            {
                if (Catalogue.FindMeasure(code) is not { } found) return Output.Refuse($"--measure {code}: there is no such measure. 'waymark measures' lists them.");
                question = question with { Measures = [found] };
            }
            if (parsed.GetValue(group) is { } groupCode)
            {
                if (Catalogue.FindGroup(groupCode) is not { } found) return Output.Refuse($"--group {groupCode}: there is no such group. Known are {string.Join(", ", Catalogue.Groups.Select(one => one.Code))}.");
                question = question with { Groups = [found] };
            }
            if (parsed.GetValue(year) is { } yearText)
            {
                if (!AcademicYear.TryParseCode(yearText, out var found)) return Output.RefuseYear(yearText);
                question = question with { Year = found };
            }
            if (new[] { school, cluster, authority }.Count(place => parsed.GetValue(place) is not null) + (parsed.GetValue(national) ? 1 : 0) > 1)
                return Output.Refuse("Name one place: --school, --cluster, --authority or --national.");

            var cube = new Cube(db);
            IEnumerable<Figure> figures;
            if (parsed.GetValue(cluster) is { } name)
            {
                if (db.FindCluster(name) is not { } found) return Output.Refuse($"--cluster {name}: there is no such cluster. Known are {string.Join("; ", db.Clusters.AsNoTracking().AsEnumerable().Select(one => one.Name))}.");
                figures = Of(db, cube, found, question);
            }
            else if (parsed.GetValue(school) is { } urnText)
            {
                if (!SchoolUrn.TryParse(urnText, null, out var urn)) return Output.Refuse($"--school {urnText} is not a URN. A URN has six digits.");
                if (!db.Schools.Any(candidate => candidate.Urn == urn)) return Output.Refuse($"--school {urnText}: no file that is loaded here names this school.");
                figures = Of(cube, [PlaceKey.School(urn)], question);
            }
            else if (parsed.GetValue(authority) is { } codeText)
            {
                if (!LocalAuthorityCode.TryParse(codeText, null, out var authorityCode)) return Output.Refuse($"--authority {codeText} is not an authority's code. It has three digits, for example 823.");
                if (Authorities.Find(authorityCode) is null && !db.Schools.Any(candidate => candidate.Authority == authorityCode)) return Output.Refuse($"--authority {codeText}: there is no such authority.");
                figures = Of(cube, [PlaceKey.Authority(authorityCode)], question);
            }
            else if (parsed.GetValue(national)) figures = Of(cube, [PlaceKey.England, PlaceKey.EnglandAllSchools, PlaceKey.EnglandPrimary, PlaceKey.EnglandSecondary, PlaceKey.EnglandSpecial], question);
            else figures = Everywhere(cube, question);
            Print(db, figures, parsed.GetValue(json));
            return Output.Done;
        });
        return command;
    }

    private static IEnumerable<Figure> Of(Cube cube, IReadOnlyList<PlaceKey> places, Question question) =>
        InOrder(cube.Read(question.Measures, question.Year is { } year ? [year] : cube.Years(question.Measures, places), places, question.Groups));

    private static IEnumerable<Figure> Of(WaymarkDb db, Cube cube, Cluster cluster, Question question)
    {
        var everMembers = db.Memberships(cluster).Select(membership => PlaceKey.School(membership.Urn)).Distinct().ToList();
        var years = question.Year is { } one ? [one] : cube.Years(question.Measures, everMembers);
        return InOrder(years.SelectMany(year =>
        {
            var members = db.FullMembersFor(cluster, year).Select(PlaceKey.School).ToList();
            return cube.ReadWithPupils(question.Measures, [year], members, question.Groups)
                .GroupBy(figure => (figure.Measure, figure.Group))
                .Select(cell => Figure.Sum(cell.Key.Measure, year, cluster.Place, cell.Key.Group, [.. cell], cell.Count()));
        }));
    }

    /// <summary>One measure and year after the other, so that a nation's figures are never held together.</summary>
    private static IEnumerable<Figure> Everywhere(Cube cube, Question question) =>
        question.Measures.SelectMany(measure => (question.Year is { } year ? [year] : cube.Years(measure)).SelectMany(one => InOrder(cube.ReadEverywhere(measure, one, question.Groups))));

    private static IEnumerable<Figure> InOrder(IEnumerable<Figure> figures) =>
        figures.OrderBy(figure => figure.Measure.Number).ThenBy(figure => figure.Year).ThenBy(figure => figure.Place).ThenBy(figure => figure.Group.Number);

    private static void Print(WaymarkDb db, IEnumerable<Figure> figures, bool json)
    {
        var files = db.Imports.AsNoTracking().ToDictionary(import => import.Id, import => import.FileName);
        var names = new Dictionary<PlaceKey, Place>();
        // Whoever watches the figures themselves run by needs no other sign.
        using var progress = Console.IsOutputRedirected ? new Output.Progress() : null;
        var printed = 0;
        var withNames = figures.Chunk(10_000).SelectMany(some =>
        {
            foreach (var (place, name) in db.NamesOf([.. some.SelectMany(figure => figure.Parts.Select(part => part.Place).Append(figure.Place)).Where(place => !names.ContainsKey(place)).Distinct()])) names[place] = name;
            progress?.Report($"{printed += some.Length:N0} figures printed");
            return some;
        });
        PlaceResult PlaceOf(PlaceKey place) => new(place.KindCode, names[place].Code, names[place].Name);
        ImportResult? ImportOf(FigureSource? source) => source is null ? null : new ImportResult(source.Import, files[source.Import], source.Line);
        if (json)
        {
            Output.Json(withNames.Select(figure => new FigureResult(
                figure.Measure.Code, figure.Year.Code.ToString(CultureInfo.InvariantCulture), PlaceOf(figure.Place), figure.Group.Code, figure.Value, figure.Numerator, figure.Denominator,
                figure.Interval?.Lower, figure.Interval?.Upper, figure.Symbol.Code(), figure.Status.ToString().ToLowerInvariant(), ImportOf(figure.Source),
                figure.Source is null ? [.. figure.Parts.Select(part => new PartResult(PlaceOf(part.Place), part.Value, part.Numerator, part.Denominator, ImportOf(part.Source)))] : null,
                figure.Source is null ? figure.PartsNotShown : null)));
            return;
        }
        foreach (var figure in withNames)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{figure.Measure.Code,-24} {figure.Year.Code} {names[figure.Place].Name,-44} {figure.Group.Code,-14} {(figure.Value is { } value ? Math.Round(value, figure.Measure.Decimals, MidpointRounding.AwayFromZero).ToString(CultureInfo.InvariantCulture) : figure.Symbol.Code()),8} of {figure.Denominator?.ToString(CultureInfo.InvariantCulture) ?? "?",-8} {(figure.Source is { } source ? $"{files[source.Import]}:{source.Line}" : $"sum of {figure.Parts.Count} schools")}"));
    }
}
