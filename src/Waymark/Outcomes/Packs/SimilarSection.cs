using Waymark.Evidence;
using Waymark.Shared.Documents;
using static Waymark.Outcomes.Packs.PackCells;

namespace Waymark.Outcomes.Packs;

/// <summary>Schools beside those whose pupils are most like theirs.</summary>
internal sealed class SimilarSection(PackData data)
{
    /// <summary>A school's main results, or each school's first, beside what the schools most like it reach together.</summary>
    public Section? Compose()
    {
        var compared = data.Schools.SelectMany(school => data.Chapters.Where(chapter => chapter.Concerns(school.Phase)).Select(data.MainMeasure).OfType<Measure>().Distinct()
            .Where(measure => data.Of(school.Place, measure, data.Year)?.Value is not null).Take(data.IsSchool ? int.MaxValue : 1).Select(measure => (School: school, Measure: measure))).ToList();
        var groups = compared.Select(entry => entry.School).Distinct().ToDictionary(school => school, data.SimilarTo);
        var rows = new Dictionary<(PackSchool, Measure), Row>();
        foreach (var of in compared.Where(entry => groups[entry.School].Count > 0).GroupBy(entry => entry.Measure))
            foreach (var ((school, measure), pooled) in of.Zip(data.Pool(of.Key, [.. of.Select(entry => (entry.School.Place, groups[entry.School]))])))
            {
                var own = data.Of(school.Place, measure, data.Year)!;
                var counted = groups[school].Count - (pooled?.PartsNotShown ?? groups[school].Count);
                rows[(school, measure)] = new Row(
                [
                    data.IsSchool ? new Cell(measure.Label) : new Cell(school.Name, Href: $"/schools/{school.Urn}/similar?year={data.Year.Code}"), .. data.IsSchool ? [] : new[] { new Cell(measure.Short) },
                    CellOf(own, measure), Children(own),
                    pooled?.Value is { } value ? new Cell(pooled.Show(), FigureText.Round(measure, value)) : new Cell("x", null, "x"), new Cell(FigureText.Show(measure, pooled?.Interval)),
                    Children(pooled), new Cell($"{counted} of {groups[school].Count}"),
                ]);
            }
        if (rows.Count == 0) return null;
        return new Section("similar", "Beside similar schools",
        [
            new Table("similar-schools", $"{(data.IsSchool ? "This school" : "Each school")} and the schools most like it, {data.Year}",
                [
                    new("label", data.IsSchool ? "" : "School", ColumnRole.Label), .. data.IsSchool ? [] : new Column[] { new("measure", "Measure") }, new("value", data.IsSchool ? "This school" : "The school", ColumnRole.Value), new("base", "Children", ColumnRole.Base),
                    new("similar", "Similar schools", ColumnRole.Number), new("similar_interval", "95% interval"), new("similar_base", "Their children", ColumnRole.Number), new("schools", "Schools counted"),
                ], [.. compared.Where(rows.ContainsKey).Select(entry => rows[entry])],
                Note: $"Up to {SimilarSchools.GroupSize} schools of the same phase, nearest in the characteristics of their pupils; their counts are added, or published shares and averages weighted by pupils. A school is not counted where its result is held back or not known. Which schools these are, and why: Similar schools, on the page of each school."),
        ]);
    }
}
