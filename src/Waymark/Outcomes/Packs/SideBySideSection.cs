using Waymark.Evidence;
using Waymark.Shared.Documents;
using static Waymark.Outcomes.Packs.PackCells;

namespace Waymark.Outcomes.Packs;

/// <summary>The schools of a cluster beside each other.</summary>
internal sealed class SideBySideSection(PackData data)
{
    /// <summary>Each school with its interval, in the cluster's own order: by name, never by result; and each against its number of children.</summary>
    public Section? Compose(Chapter chapter)
    {
        var asked = chapter.SideBySideMeasures.Where(measure => data.Schools.Count(school => data.Of(school.Place, measure, data.Year)?.Value is not null) > 1).ToList();
        if (asked.Count == 0 && data.MainMeasure(chapter) is { } main) asked.Add(main);
        Table[] tables = [.. asked.Select(measure => TableOf(chapter, measure)).OfType<Table>()];
        return tables.Length == 0 ? null : new Section($"schools-side-by-side-{chapter.Id}", $"School by school: {FigureText.InSentence(chapter.Heading)}", tables);
    }

    private Table? TableOf(Chapter chapter, Measure measure)
    {
        var schools = data.SchoolsOf(chapter).Select(school => (School: school, Figure: data.Of(school.Place, measure, data.Year))).Where(entry => entry.Figure is not null).ToList();
        if (schools.Count < 2) return null;
        var england = data.Nation(measure, data.Year);
        var (unit, decimals) = (measure.IsPercentage ? "%" : measure.Unit, FigureText.Decimals(measure));
        var funnel = FunnelLimits.For(data, measure, [.. schools.Select(entry => entry.Figure!)]);
        var (from, to) = Axis(measure, schools.Select(entry => entry.Figure).Append(data.England(measure, data.Year)));
        var words = $"{measure.Label} in each school, in the order of their names{(schools.Any(entry => entry.Figure!.Interval is not null) ? ", with 95% intervals. A wide interval belongs to a small cohort; where two overlap widely there is no difference to speak of." : ".")}";
        return new Table($"schools-{chapter.Id}{(measure == chapter.MainMeasure ? "" : $"-{measure.Number}")}", $"{measure.Label}, {data.Year}",
            [
                new("school", "School", ColumnRole.Label), new("value", measure.IsPercentage ? "Share" : "Score", ColumnRole.Value, unit, decimals), new("lower", "From", ColumnRole.Lower, unit, decimals), new("upper", "To", ColumnRole.Upper, unit, decimals),
                new("base", "Children", ColumnRole.Base), .. funnel is null ? [] : new Column[] { new("chance", "Chance") },
            ],
            [.. schools.Select(entry => new Row(
            [
                new Cell(entry.School.Name, Href: $"/schools/{entry.School.Urn}"), CellOf(entry.Figure, measure), Bound(measure, entry.Figure!.Interval?.Lower), Bound(measure, entry.Figure.Interval?.Upper),
                Children(entry.Figure), .. funnel is null ? [] : new[] { new Cell(funnel.InWords(entry.Figure)) },
            ]))],
            new Chart(ChartKind.Interval, words, from, to, england is { } line ? [new Reference("England", FigureText.Round(measure, line))] : null),
            funnel is null ? null : $"Chance: whether a school lies within what chance alone would give around England's {FigureText.Show(measure, funnel.Target)} for its number of children, or outside the limits of 95% or 99.8%.{funnel.Note}",
            funnel is null ? null : new Chart(ChartKind.Funnel, $"The same schools by their number of children. Inside the funnel lies what chance alone gives around England's {FigureText.Show(measure, funnel.Target)}.", funnel.From, funnel.To, [new Reference("England", FigureText.Round(measure, funnel.Target))], Limits: funnel.Curve));
    }
}
