using Waymark.Evidence;
using Waymark.Field;
using Waymark.Shared.Documents;
using static Waymark.Outcomes.Packs.PackCells;

namespace Waymark.Outcomes.Packs;

/// <summary>Our main results beside those of other places.</summary>
internal sealed class BesideSection(PackData data)
{
    /// <summary>Our main results beside those of the places around us, each with its base; and where the authority stands among all.</summary>
    public Section? Compose()
    {
        var blocks = new List<Block>();
        var measures = data.Chapters.Select(data.MainMeasure).OfType<Measure>().Where(measure => data.Own(measure, data.Year) is not null).Distinct().ToList();
        if (measures.Count > 0)
        {
            var places = data.Benchmarks.Where(benchmark => measures.Any(measure => data.Of(benchmark.Place, measure, data.Year) is not null)).ToList();
            blocks.Add(new Table("beside", $"Main results, {data.Year}, each with its base",
                [new("place", "", ColumnRole.Label), .. measures.Select(measure => new Column(measure.Code.Replace('.', '_'), measure.Short, ColumnRole.Number))],
                [
                    new Row([new Cell(data.Short), .. measures.Select(measure => WithBase(data.Own(measure, data.Year), measure))]),
                    .. places.Select(benchmark => new Row([new Cell(NameOf(benchmark)), .. measures.Select(measure => WithBase(data.Of(benchmark.Place, measure, data.Year), measure))])),
                ], Note: string.Join(" ", HowMade(data, measures, places))));
        }
        if (Standings() is { } standings) blocks.Add(standings);
        return blocks.Count == 0 ? null : new Section("beside-others", "Beside other places", blocks);
    }

    private static string NameOf(Benchmark benchmark) => benchmark.Place.Kind switch
    {
        PlaceKind.Pyramid => $"Pyramid of {benchmark.Name}",
        PlaceKind.Cluster => $"Cluster: {benchmark.Name}",
        _ => benchmark.Name,
    };

    /// <summary>How each benchmark came about: counts where there are counts, and where only a published average is, that it is one.</summary>
    public static IEnumerable<string> HowMade(PackData data, IReadOnlyList<Measure> measures, IReadOnlyList<Benchmark> benchmarks)
    {
        if (benchmarks.Any(benchmark => benchmark.Place.Kind is PlaceKind.Cluster or PlaceKind.Pyramid))
            yield return "Cluster and pyramid: the children of their schools, added.";
        if (data.Neighbours is { } list && benchmarks.Any(benchmark => benchmark.Place == list.Place))
            yield return $"Statistical neighbours: the {list.Neighbours.Count} authorities most like {data.Authority!.Name}, by {list.InWords}.";
        List<(string Name, List<Measure> Measures)> averages = [.. benchmarks.Select(benchmark => (
            benchmark.Place.Kind == PlaceKind.Neighbours ? "neighbours" : benchmark.Name,
            measures.Where(measure => measure.Kind != MeasureKind.Count && data.Of(benchmark.Place, measure, data.Year) is { Value: not null, Denominator: null }).ToList())).Where(entry => entry.Item2.Count > 0)];
        if (averages.Count > 0)
            yield return $"Only published averages, without the children they rest on: {string.Join("; ", averages.Select(entry => $"{entry.Name}{(entry.Measures.Count == measures.Count ? "" : $" in {string.Join(", ", entry.Measures.Select(measure => FigureText.InSentence(measure.Short)))}")}"))}{(averages.Any(entry => entry.Name == "neighbours") ? "; of neighbours the plain mean" : "")}.";
        if (data.AuthorityKey is { } authority && measures.Where(measure => data.Of(authority, measure, data.Year) is { Parts.Count: > 0 }).ToList() is { Count: > 0 } summed)
            yield return $"{data.Authority!.Name}, {string.Join(", ", summed.Select(measure => FigureText.InSentence(measure.Short)))}: counted from its schools whose results are loaded.";
    }

    /// <summary>What is known of the authority, and where it stands among all authorities: the latest year of each.</summary>
    private Table? Standings()
    {
        var rows = new List<Row>();
        foreach (var figure in data.Chapters.SelectMany(chapter => chapter.AuthorityMeasures).Distinct().Select(data.LatestOfAuthority).OfType<Figure>())
        {
            var (standing, nation) = (data.Standing(figure), data.England(figure.Measure, figure.Year));
            if (standing is null && nation?.Value is null) continue;
            rows.Add(new Row(
            [
                new Cell(figure.Measure.Label), new Cell(figure.Year.ToString()), CellOf(figure, figure.Measure),
                data.Neighbours is { } list ? CellOf(data.Of(list.Place, figure.Measure, figure.Year), figure.Measure) : new Cell("x", null, "x"), CellOf(nation, figure.Measure),
                standing is null ? new Cell("x", null, "x") : new Cell($"{standing.Rank} of {standing.Of}{(standing.Tied > 0 ? " (shared)" : "")}", standing.Rank),
                standing is null ? new Cell("x", null, "x") : new Cell($"{standing.Quartile}", standing.Quartile),
            ]));
        }
        return rows.Count == 0 ? null : new Table("standings", $"{data.Authority!.Name} among all authorities, latest year of each",
            [
                new("measure", "", ColumnRole.Label), new("year", "Year", ColumnRole.Period), new("value", data.Authority.Name, ColumnRole.Value), new("neighbours", "Neighbours", ColumnRole.Number), new("england", "England", ColumnRole.Number),
                new("rank", "Rank", ColumnRole.Number), new("quartile", "Quartile", ColumnRole.Number),
            ], rows,
            Note: "Rank 1 and quartile 1 are best, among the authorities of which a figure is loaded. Neighbours: where they publish no counts, the plain mean of what they publish.");
    }
}
