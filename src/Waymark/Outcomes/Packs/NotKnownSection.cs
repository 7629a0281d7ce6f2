using System.Globalization;
using Waymark.Evidence;
using Waymark.Field;
using Waymark.Shared.Documents;

namespace Waymark.Outcomes.Packs;

/// <summary>What the pack does not know, and the files that it was counted from.</summary>
internal sealed class NotKnownSection(PackData data)
{
    public Section Compose() => new("not-known", "What is not known, and where the figures come from",
    [
        new Sentences("What is not known", [.. Unknown().Select(sentence => new Sentence(sentence))]),
        Sources(),
    ]);

    public IEnumerable<string> Unknown()
    {
        foreach (var chapter in data.Chapters)
        {
            var collected = chapter.AllMeasures.Where(measure => Catalogue.NotCollected(measure, data.Year) is null && measure.Kind != MeasureKind.Grade).ToList();
            foreach (var reasons in chapter.AllMeasures.Select(measure => Catalogue.NotCollected(measure, data.Year)).OfType<MethodNote>().DistinctBy(note => note.Reason))
                yield return $"{reasons.Reason}.";
            var missing = collected.Where(measure => data.Own(measure, data.Year)?.Value is null).ToList();
            if (missing.Count == collected.Count && collected.Count > 0)
                yield return $"{chapter.Heading}: no results of {data.Year} are loaded for {(data.IsSchool ? "this school" : "our schools")}.";
            else if (missing.Count > 0)
                yield return $"{chapter.Heading}, {data.Year}: nothing is known about {string.Join("; ", missing.Select(measure => FigureText.InSentence(measure.Short)))}.";
            if (data.IsSchool) continue;
            var schools = data.SchoolsOf(chapter).ToList();
            if (data.MainMeasure(chapter) is { } main && schools.Count(school => data.Of(school.Place, main, data.Year)?.Value is null) is > 0 and var silent && silent < schools.Count)
                yield return $"{main.Short}: the results of {silent} of {schools.Count} schools are held back, not published or not loaded.";
        }
        if (data.Schools.Where(school => !school.InRegister).ToList() is { Count: > 0 } unknown)
            yield return $"Not in the register: {string.Join(", ", unknown.Select(school => school.Name))}.";
        yield return "Why a figure is as it is: figures raise questions, and the people in the room answer them.";
    }

    private Table Sources()
    {
        var used = data.All.SelectMany(figure => figure.Source is null ? figure.Parts : [figure]).Where(figure => figure.Source is not null).Select(figure => figure.Source!.Import).Distinct().Order().Select(id => data.Imports[id]).ToList();
        return new Table("files", "Files that this pack was counted from",
            [new("title", "What it is", ColumnRole.Label), new("files", "Files"), new("years", "Years")],
            [.. used.GroupBy(import => import.Title).Select(group => new Row(
            [
                new Cell(group.Key),
                group.Count() == 1 ? new Cell(group.First().FileName, Href: $"/imports/{group.First().Id}") : new Cell($"{group.Count()} files", Href: "/data-calendar"),
                new Cell(YearsOf(group)),
            ]))],
            Note: $"Of your own results, figures about {Catalogue.Disclosure.LargestHiddenGroup} children or fewer are held back (c); published ones stand as published. z does not apply. x not available. u too unreliable to show. (p) provisional.");
    }

    private static string YearsOf(IEnumerable<Shared.Imports.Import> imports)
    {
        var years = imports.SelectMany(import => import.Years.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Distinct().Order(StringComparer.Ordinal).Select(code => AcademicYear.Parse(code, CultureInfo.InvariantCulture)).ToList();
        return years.Count switch { 0 => "", 1 => years[0].ToString(), _ => $"{years[0]} to {years[^1]}" };
    }
}
