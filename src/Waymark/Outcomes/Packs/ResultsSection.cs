using Waymark.Evidence;
using Waymark.Field;
using Waymark.Shared.Documents;
using static Waymark.Outcomes.Packs.PackCells;

namespace Waymark.Outcomes.Packs;

/// <summary>The results of one stage: the trend of its main measure, and every measure with its interval, its base and what it is compared with.</summary>
internal sealed class ResultsSection(PackData data)
{
    public Section Compose(Chapter chapter)
    {
        var blocks = new List<Block>();
        var schools = data.SchoolsOf(chapter).ToList();
        if (!data.IsSchool) blocks.Add(new Paragraph($"{schools.Count} of our {data.Schools.Count} schools teach {chapter.Children}."));
        if (chapter.Measures.Contains("inspection.overall")) blocks.AddRange(Inspections());
        if (Trend(chapter) is { } trend) blocks.Add(trend);
        var measures = chapter.AllMeasures.Where(measure => measure.Kind != MeasureKind.Grade && data.Years.Any(year => data.Own(measure, year) is not null)).ToList();
        var beside = data.Columns.Where(benchmark => measures.Any(measure => data.Of(benchmark.Place, measure, data.Year) is not null)).ToList();
        if (measures.Count == 0)
            blocks.Add(new Paragraph($"No results of this stage are loaded for {data.Year} or the four years before."));
        else
            blocks.Add(new Table($"results-{chapter.Id}", $"{chapter.Heading}, {data.Year}", Columns(beside), [.. measures.Select(measure => RowOf(measure, beside))], Note: HowSummed(measures, beside)));
        return new Section(chapter.Id, chapter.Heading, blocks);
    }

    public IReadOnlyList<Column> Columns(IReadOnlyList<Benchmark> benchmarks) =>
    [
        new("measure", "", ColumnRole.Label), new("value", data.Short, ColumnRole.Value), new("interval", "95% interval"), new("base", "Children", ColumnRole.Base),
        new("before", data.Year.Previous.ToString(), ColumnRole.Number), .. benchmarks.Select(Column),
    ];

    public Row RowOf(Measure measure, IReadOnlyList<Benchmark> benchmarks)
    {
        var own = data.Own(measure, data.Year);
        var missing = own is null ? Catalogue.NotCollected(measure, data.Year)?.Reason : null;
        return new Row(
        [
            new Cell(measure.Label),
            missing is null ? CellOf(own, measure) : new Cell("z", null, "z"),
            new Cell(missing ?? FigureText.Show(measure, own?.Interval)),
            Children(own),
            CellOf(data.Own(measure, data.Year.Previous), measure),
            .. benchmarks.Select(benchmark => CellOf(data.Of(benchmark.Place, measure, data.Year), measure)),
        ]);
    }

    private string? HowSummed(IReadOnlyList<Measure> measures, IReadOnlyList<Benchmark> beside)
    {
        var notes = new List<string>();
        if (!data.IsSchool)
        {
            var figures = measures.Select(measure => data.Own(measure, data.Year)).OfType<Figure>().Where(figure => figure.Value is not null).ToList();
            if (figures.Any(figure => figure.Provenance == Provenance.SumOfCounts)) notes.Add("Shares are counts of children added over our schools.");
            if (figures.Where(figure => figure.Provenance == Provenance.WeightedAverages).Select(figure => FigureText.InSentence(figure.Measure.Short)).Distinct().ToList() is { Count: > 0 } averaged)
                notes.Add($"For {string.Join(", ", averaged)} not every school's count is published: published shares and averages are weighted by pupils.");
            if (figures.Where(figure => figure.PartsNotShown > 0).ToList() is { Count: > 0 } partial)
                notes.Add($"Held back or unknown, and so not added: {string.Join("; ", partial.GroupBy(figure => figure.PartsNotShown).Select(group => $"{group.Key} {(group.Key == 1 ? "school" : "schools")} in {string.Join(", ", group.Select(figure => FigureText.InSentence(figure.Measure.Short)))}"))}.");
        }
        notes.AddRange(BesideSection.HowMade(data, measures, beside));
        return notes.Count == 0 ? null : string.Join(" ", notes);
    }

    private Table? Trend(Chapter chapter)
    {
        if (data.MainMeasure(chapter) is not { } measure || data.Years.Count(year => data.Own(measure, year)?.Value is not null) < 2) return null;
        var others = data.Columns.Where(benchmark => benchmark.Place.Kind is PlaceKind.Authority or PlaceKind.National && data.Years.Any(year => data.Of(benchmark.Place, measure, year)?.Value is not null)).ToList();
        var shown = data.Years.ToList();
        var (unit, decimals) = (measure.IsPercentage ? "%" : measure.Unit, FigureText.Decimals(measure));
        var breaks = Catalogue.Breaks(measure).Where(note => note.Year > shown[0].Code && note.Year <= shown[^1].Code).Select(note => new Break(AcademicYear.FromCode(note.Year).EndYear, note.Reason)).ToList();
        var (from, to) = Axis(measure, shown.SelectMany(year => others.Select(benchmark => data.Of(benchmark.Place, measure, year)).Append(data.Own(measure, year))));
        return new Table($"trend-{chapter.Id}", $"{measure.Short}, {shown[0]} to {shown[^1]}",
            [
                new("year", "Year", ColumnRole.Period), new("value", data.Short, ColumnRole.Value, unit, decimals), new("lower", "From", ColumnRole.Lower, unit, decimals), new("upper", "To", ColumnRole.Upper, unit, decimals),
                new("base", "Children", ColumnRole.Base), .. others.Select(benchmark => new Column(benchmark.Heading.ToLowerInvariant(), benchmark.Name, ColumnRole.Value, unit, decimals)),
            ],
            [.. shown.Select(year => (Year: year, Own: data.Own(measure, year))).Select(of => new Row(
            [
                new Cell(of.Year.ToString()), CellOf(of.Own, measure), Bound(measure, of.Own?.Interval?.Lower), Bound(measure, of.Own?.Interval?.Upper), Children(of.Own),
                .. others.Select(benchmark => CellOf(data.Of(benchmark.Place, measure, of.Year), measure)),
            ]))],
            new Chart(ChartKind.Trend, $"{measure.Label}: {string.Join(", ", others.Select(benchmark => benchmark.Name).Prepend(data.Short.ToLowerInvariant()))}. The upright lines are 95% intervals.", from, to, Breaks: breaks),
            breaks.Count == 0 ? null : string.Join(" ", breaks.Select(change => $"Not comparable before {AcademicYear.Ending(change.Year)}: {FigureText.InSentence(change.Reason)}.")));
    }

    private IEnumerable<Block> Inspections()
    {
        var measure = Catalogue.Measure("inspection.overall");
        if (Catalogue.NotCollected(measure, data.Year) is { } note)
        {
            yield return new Paragraph(note.Reason + ".", IsNote: true);
            yield break;
        }
        var latest = data.Schools.Select(school => data.Years.Reverse().Select(year => data.Of(school.Place, measure, year)).FirstOrDefault(figure => measure.GradeIn(figure?.Value) is not null)).OfType<Figure>().ToList();
        if (latest.Count == 0) yield break;
        yield return data.IsSchool
            ? new Paragraph($"At its latest inspection the school was {measure.GradeIn(latest[0].Value)}.")
            : new Paragraph($"At their latest inspections {string.Join(", ", latest.GroupBy(figure => figure.Value).OrderBy(group => group.Key).Select(group => $"{group.Count()} {(group.Count() == 1 ? "school was" : "schools were")} {measure.GradeIn(group.Key)}"))} ({latest.Count} of {data.Schools.Count} with a grade).");
    }
}
