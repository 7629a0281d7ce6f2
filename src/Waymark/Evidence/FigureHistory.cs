using Waymark.Data;
using Waymark.Field;
using Waymark.Shared;

namespace Waymark.Evidence;

/// <summary>One measure of one place for one group of pupils, in all its years.</summary>
/// <param name="Figure">That of the year asked for.</param>
/// <param name="Years">Those of all years, oldest first; where a place is made of others, those of the asked year are held constant.</param>
/// <param name="Whole">What a place that is no school is made of.</param>
/// <param name="MembersOf">The year whose members make it up: that of the figure, or for a time before it had any the first that has.</param>
public sealed record FigureHistory(Figure Figure, IReadOnlyList<Figure> Years, Benchmark? Whole, AcademicYear MembersOf);

public static class FigureHistories
{
    /// <summary>So many years back a young cluster's figures are those of its first members.</summary>
    private const int LongestBefore = 10;

    extension(WaymarkDb db)
    {
        /// <summary>By the key in its address, "ks2.rwm.exp/201516/cluster/3/all"; null where there is no such figure.</summary>
        public FigureHistory? FigureAt(string key)
        {
            var parts = key.Split('/');
            return parts.Length == 5 && Catalogue.FindMeasure(parts[0]) is { } measure && AcademicYear.TryParse(parts[1], null, out var year)
                && Enum.TryParse<PlaceKind>(parts[2], ignoreCase: true, out var kind) && Enum.IsDefined(kind)
                && int.TryParse(parts[3], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) && number < 10_000_000
                && Catalogue.FindGroup(parts[4]) is { } group
                ? db.FigureAt(measure, group, PlaceKey.Of(kind, number), year) : null;
        }

        public FigureHistory? FigureAt(Measure measure, PupilGroup group, PlaceKey place, AcademicYear year)
        {
            var (cube, whole, membersOf) = (new Cube(db), db.BenchmarkAt(place, year), year);
            while (whole is { Parts.Count: 0 } && place.Kind is PlaceKind.Cluster or PlaceKind.Pyramid && membersOf.EndYear < year.EndYear + LongestBefore)
            {
                membersOf = membersOf.Next;
                whole = db.BenchmarkAt(place, membersOf);
            }
            var years = cube.Read([measure], cube.Years([measure], [place]), [place], [group]);
            if (whole is { Parts.Count: > 0 } && !years.Any(figure => figure.Year == year))
                years = Benchmarks.Sum(cube, [whole], [measure], cube.Years([measure], whole.Parts), group);
            return years.FirstOrDefault(figure => figure.Year == year) is { } found ? new(found, [.. years.OrderBy(figure => figure.Year)], whole, membersOf) : null;
        }

        /// <summary>A figure as it is cited: with the schools that were asked to be in it, shown or not.</summary>
        internal LiveRecord? FigureToCite(string key)
        {
            if (db.FigureAt(key) is not { } history) return null;
            var (figure, parts) = (history.Figure, history.Figure.Source is null ? history.Whole?.Parts ?? [] : []);
            var names = db.NamesOf([figure.Place, .. parts]);
            return new(figure.Address()["/figures/".Length..], $"{figure.Measure.Label}{(figure.Group == Catalogue.All ? "" : $" ({FigureText.InSentence(figure.Group.Label)})")}: {names[figure.Place].Name}, {figure.Year}",
                figure.WithBase(), figure.Place, figure.Status == FigureStatus.Published)
            {
                Value = figure.Value,
                Base = figure.Denominator,
                Lower = figure.Interval?.Lower,
                Upper = figure.Interval?.Upper,
                Symbol = figure.Symbol.Code(),
                On = figure.Year.LastDay,
                Members = [.. parts.Select(part => $"{names[part].Name} ({names[part].Code})").Order(StringComparer.OrdinalIgnoreCase)],
            };
        }
    }
}
