using Microsoft.EntityFrameworkCore;
using Waymark.Clusters;
using Waymark.Data;
using Waymark.Evidence;
using Waymark.Field;
using Waymark.Schools;
using Waymark.Statistics;

namespace Waymark.Priorities;

/// <summary>How a place's figure moved from one year to another.</summary>
/// <param name="Own">Whether it is the place the measure is about.</param>
public sealed record Moved(string Name, Figure Earlier, Figure Later, bool Own)
{
    /// <summary>Null where a figure has no value or no interval.</summary>
    public Estimate? By => EstimateOf(Later) is { } later && EstimateOf(Earlier) is { } earlier ? Movements.Difference(later, earlier) : null;

    /// <summary>The nation is no sample: its movement is taken as it is.</summary>
    private static Estimate? EstimateOf(Figure figure) => figure.Value is not { } value ? null
        : figure.Interval is { } interval ? new(value, interval) : figure.Place.Kind is PlaceKind.National ? new(value, new(value, value)) : null;
}

/// <summary>What an indicator has done since its baseline, beside others in the same time.</summary>
/// <param name="Baseline">The year it starts from.</param>
/// <param name="Latest">The latest year with a figure; the baseline's where there is none after it.</param>
/// <param name="Break">Why years before and after it cannot be compared.</param>
public sealed record Impact(Measure Measure, PupilGroup Group, AcademicYear Baseline, AcademicYear Latest, FigureHistory? History, IReadOnlyList<Moved> Places, MethodNote? Break)
{
    public Moved? Own => Places.FirstOrDefault(place => place.Own);

    public static Impact? Of(WaymarkDb db, SuccessMeasure success)
    {
        if (success.BaselineYear is not { } baseline || Catalogue.FindMeasure(success.Indicator) is not { } measure || Catalogue.FindGroup(success.PupilGroup) is not { } group) return null;
        var cube = new Cube(db);
        var parts = db.FigureAt(measure, group, success.Place, baseline)?.Whole?.Parts ?? [];
        var latest = cube.Years([measure], [success.Place, .. parts]).Where(year => year > baseline).DefaultIfEmpty(baseline).Max();
        var history = db.FigureAt(measure, group, success.Place, latest);
        var note = Catalogue.Breaks(measure).FirstOrDefault(note => note.Year > baseline.Code && note.Year <= latest.Code);
        var places = new List<Moved>();
        if (history?.Years.FirstOrDefault(figure => figure.Year == baseline) is { } earlier && latest > baseline && note is null)
        {
            places.Add(new(db.NameOf(success.Place).Name, earlier, history.Figure, true));
            places.AddRange(Others(db, cube, success.Place, measure, group, baseline, latest, history));
        }
        return new(measure, group, baseline, latest, history, places, note);
    }

    /// <summary>Similar schools, the authority and the nation, each the same schools in both years.</summary>
    private static IEnumerable<Moved> Others(WaymarkDb db, Cube cube, PlaceKey place, Measure measure, PupilGroup group, AcademicYear baseline, AcademicYear latest, FigureHistory history)
    {
        IReadOnlyList<SchoolUrn> own = place.Kind == PlaceKind.School ? [new(place.Number)] : [.. (history.Whole?.Parts ?? []).Where(part => part.Kind == PlaceKind.School).Select(part => new SchoolUrn(part.Number))];
        if (place.Kind is PlaceKind.School or PlaceKind.Cluster && Similar(db, own, latest) is { Count: > 0 } similar)
        {
            var figures = cube.ReadWithPupils([measure], [baseline, latest], similar, [group]).Where(figure => figure.Value is not null).ToLookup(figure => figure.Year, figure => figure);
            var both = figures[baseline].Select(figure => figure.Place).Intersect(figures[latest].Select(figure => figure.Place)).ToHashSet();
            Figure Sum(AcademicYear year) => Figure.Sum(measure, year, place, group, [.. figures[year].Where(figure => both.Contains(figure.Place))], both.Count);
            if (both.Count > 0) yield return new($"{both.Count} similar schools", Sum(baseline), Sum(latest), false);
        }
        var authority = Benchmarks.AuthorityOf(db.Schools.AsNoTracking().Where(school => own.Contains(school.Urn)));
        foreach (var other in new PlaceKey?[] { place.Kind == PlaceKind.Authority ? null : authority is { } code ? PlaceKey.Authority(code) : null, PlaceKey.England }.OfType<PlaceKey>())
        {
            var years = db.FigureAt(measure, group, other, latest)?.Years;
            // A published figure without its children has no interval: the authority's schools have.
            if (other.Kind == PlaceKind.Authority && years?.Any(figure => figure.Year == latest && figure.Interval is not null) != true && db.BenchmarkAt(other, latest) is { } whole
                && Benchmarks.Sum(cube, [whole], [measure], [baseline, latest], group) is { Count: 2 } sums)
                years = sums;
            if (years?.FirstOrDefault(figure => figure.Year == baseline) is { } before && years.FirstOrDefault(figure => figure.Year == latest) is { } after) yield return new(db.NameOf(other).Name, before, after, false);
        }
    }

    private static List<PlaceKey> Similar(WaymarkDb db, IReadOnlyList<SchoolUrn> own, AcademicYear year)
    {
        var weights = SimilarSchools.WeightsOf(SimilarSchools.Presets[0].Weights);
        return [.. own.SelectMany(urn => SimilarSchools.Of(db, urn, year, weights, withinAuthority: false).Schools).Select(school => school.Place).Distinct().Where(place => !own.Contains(new SchoolUrn(place.Number)))];
    }
}

/// <summary>Movement in words that claim no more than the data do.</summary>
public static class ImpactWords
{
    public static string Tell(Impact impact)
    {
        if (impact.Break is { } note) return $"{AcademicYear.FromCode(note.Year)} cannot be compared with earlier years, so no movement is told: {note.Reason.TrimEnd('.')}.";
        if (impact.Latest == impact.Baseline) return $"There is no figure after {impact.Baseline} yet.";
        if (impact.Own is not { } own) return $"There is no figure for {impact.Baseline} to compare with.";
        if (own.Earlier.Value is not { } before || own.Later.Value is not { } after) return "A figure of one of the two years is held back or not known, so no movement is told.";
        if (own.By is not { } by)
            return $"{Direction(after - before, impact.Measure)}: {own.Earlier.WithBase()} in {impact.Baseline}, {own.Later.WithBase()} in {impact.Latest}. How much of that is chance cannot be told: no interval is known.";
        return $"{Direction(by.Value, impact.Measure)}: {own.Earlier.WithBase()} in {impact.Baseline}, {own.Later.WithBase()} in {impact.Latest}. {Size(impact.Measure, by)}. {Chance(by)}";
    }

    /// <summary>The own movement against that of another place in the same time.</summary>
    public static string Against(Impact impact, Moved other)
    {
        if (impact.Own?.By is not { } own || other.By is not { } theirs) return "Not known.";
        var difference = Movements.Difference(own, theirs);
        var chance = difference.Interval.Contains(0);
        return $"{Size(impact.Measure, difference)} against it. {(chance ? "That is within what chance gives." : "That is more than chance alone gives in nineteen years out of twenty; it does not say what the reason was.")}";
    }

    public static string Size(Measure measure, Estimate by)
    {
        var unit = measure.IsPercentage ? "percentage points" : measure.Unit;
        return by.Interval.Lower == by.Interval.Upper ? $"{Signed(measure, by.Value)} {unit}" : $"{Signed(measure, by.Value)} {unit} (95% interval {Signed(measure, by.Interval.Lower)} to {Signed(measure, by.Interval.Upper)})";
    }

    /// <summary>"So small a cohort moves this much by chance in one year out of three."</summary>
    public static string Chance(Estimate by)
    {
        var chance = Movements.Chance(by);
        return chance switch
        {
            > 0.5 => "Chance alone moves so few children this much in most years.",
            >= 0.05 => $"Chance alone moves so few children this much in one year out of {Count((int)Math.Round(1 / chance))}.",
            _ => $"Chance alone moves so many children this much in fewer than one year out of {Count((int)Math.Min(100, Math.Floor(1 / chance)))}.",
        };
    }

    private static string Direction(double by, Measure measure) => Math.Round(by, 1) == 0 ? "As before" : by > 0 == (measure.Polarity != Polarity.Lower) ? by > 0 ? "Higher than before" : "Lower than before, which is better" : by > 0 ? "Higher than before, which is worse" : "Lower than before";

    private static string Signed(Measure measure, double value)
    {
        var rounded = Math.Round(value, Math.Max(measure.Decimals, 1), MidpointRounding.AwayFromZero);
        return $"{(rounded > 0 ? "+" : rounded < 0 ? "−" : "")}{Math.Abs(rounded).ToString("0.##", System.Globalization.CultureInfo.InvariantCulture)}";
    }

    private static string Count(int number) => number switch { 2 => "two", 3 => "three", 4 => "four", 5 => "five", 6 => "six", 7 => "seven", 8 => "eight", 9 => "nine", 10 => "ten", _ => number.ToString(System.Globalization.CultureInfo.InvariantCulture) };
}
