using System.Globalization;
using Waymark.Evidence;
using Waymark.Field;
using Waymark.Shared.Documents;
using static Waymark.Outcomes.Packs.PackCells;

namespace Waymark.Outcomes.Packs;

/// <summary>
/// Composes the cluster pack and the school report: one report whose first side stands alone. It knows figures and words, and no database and no format.
/// </summary>
internal sealed class Pack(PackData data)
{
    private const int MostFindings = 5;
    private const int MostQuestions = 3;
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    private readonly StandsOut standsOut = StandsOut.In(data);
    private readonly ResultsSection results = new(data);
    private readonly NotKnownSection notKnown = new(data);

    /// <summary>The whole pack.</summary>
    public Report Compose()
    {
        IEnumerable<Section?> later =
        [
            WhoWeAre(), new BesideSection(data).Compose(), .. data.Chapters.Select(results.Compose), new GapSection(data).Compose(),
            .. data.IsSchool ? [] : data.Chapters.Select(new SideBySideSection(data).Compose), new SimilarSection(data).Compose(), notKnown.Compose(),
        ];
        return new(Id, Title, $"{(data.IsSchool ? "School report" : "Cluster pack")}, results of {data.Year}", data.Today, Notices(), [Summary(MostFindings), .. later.OfType<Section>()]);
    }

    /// <summary>One A4 side for governors: three findings, three questions for the head, what is unknown.</summary>
    public Report ForGovernors() => new($"governors-{Id}", Title, $"For governors: results of {data.Year} on one side", data.Today, Notices(), [Summary(3)]);

    /// <summary>What the school's own page shows: at most three findings and the headline figures.</summary>
    public IReadOnlyList<Block> Overview()
    {
        var told = standsOut.Tell(3);
        var headlines = data.Chapters.Select(data.MainMeasure).OfType<Measure>().ToList();
        if (headlines.Count == 0) return [new Paragraph($"No figures of {data.Year} or the four years before are loaded for this school.")];
        var beside = data.Columns.Where(benchmark => benchmark.Place == data.AuthorityKey || benchmark.Place == PlaceKey.England).ToList();
        return
        [
            .. told.Count == 0 ? [] : new Block[] { new Sentences("What stands out", [.. told.Select(finding => finding.Told)]) },
            new Table("headlines", $"Headline figures, {data.Year}", results.Columns(beside), [.. headlines.Select(measure => results.RowOf(measure, beside))]),
        ];
    }

    public string Id => $"{(data.IsSchool ? "school" : "pack")}-{data.Subject.Code}-{data.Year.Code}";

    private string Title => data.Subject.Name;

    private List<string> Notices()
    {
        var notices = new List<string>();
        if (data.IsExample) notices.Add("Example: fictional schools, invented results.");
        var unpublished = data.All.Where(figure => figure.Status < FigureStatus.Published && figure.Place.Kind == PlaceKind.School && figure.Year == data.Year).ToList();
        if (unpublished.Any(figure => figure.Status == FigureStatus.Provisional)) notices.Add("Holds provisional results; they are marked (p) and may change.");
        if (unpublished.Count > 0) notices.Add("Holds unpublished results of single schools. For members of the partnership, not for publication.");
        return notices;
    }

    private Section Summary(int findings)
    {
        var told = standsOut.Tell(findings);
        var blocks = new List<Block> { new Paragraph(Introduction()) };
        if (told.Count > 0)
            blocks.Add(new Sentences("What stands out", [.. told.Select(finding => finding.Told)]));
        blocks.Add(new Paragraph(HowChosen(told.Count), IsNote: true));
        blocks.Add(new Sentences(data.IsSchool ? "Questions for the headteacher" : "Questions to discuss", [.. Questions(told).Select(question => new Sentence(question))], Numbered: true));
        blocks.Add(new Sentences("What is not known", [.. notKnown.Unknown().Take(3).Select(sentence => new Sentence(sentence))]));
        return new Section("summary", "In short", blocks);
    }

    private string Introduction()
    {
        var headcount = data.Own(Catalogue.Measure("pupils.headcount"), data.Year)?.Value;
        var pupils = headcount is { } number ? $" with {number.ToString("N0", English)} pupils on roll" : "";
        if (data.IsSchool)
            return $"{data.Subject.Name} is a {data.Schools[0].Phase.InWords()} school{pupils}. This report shows what published and local results say about its children, and how sure one can be.";
        var associates = data.Associates.Count switch { 0 => "", 1 => " and one associate member, which is never added in", var n => $" and {n} associate members, which are never added in" };
        var joint = data.Joins.Count == 0 ? "" : $" This is the joint pack of {string.Join(" and ", data.Joins)}, which also meet separately; a school of both is counted once.";
        return $"{data.Schools.Count} schools are full members{pupils}{associates}.{joint} The figures below add up the children of the full members on {data.Year.LastDay:d MMMM yyyy}; a trend follows the same schools back.";
    }

    private string HowChosen(int told)
    {
        if (standsOut.Compared == 0) return "No figure could be compared yet: there are no results with a base for this year.";
        var comparisons = $"{standsOut.Compared} comparisons with England, with last year and between groups were made";
        if (standsOut.Found.Count == 0) return $"{comparisons}. None differs by more than chance would give, so nothing stands out.";
        var more = standsOut.Found.Count > told ? $" Another {standsOut.Found.Count - told} differ too and are in the tables below." : "";
        return $"{comparisons}; those told are chosen so that about one in twenty at most is a false alarm.{more}";
    }

    private IEnumerable<string> Questions(IReadOnlyList<Comparison> told) => told.Select(finding => finding.Question)
        .Concat(data.IsSchool
            ? [
                "Which of these figures matches what you see in classrooms, and which does not?",
                "Which group of children are we least sure about, and how will we find out?",
                "What are we doing differently this year because of these results?",
            ]
            : [
                "Which of these figures matches what we see in our schools, and which does not?",
                "Where do children move between our schools, and what gets lost on the way?",
                "What one thing could we do together this term that no school can do alone?",
            ])
        .Distinct().Take(MostQuestions);

    private Section WhoWeAre()
    {
        var headcount = Catalogue.Measure("pupils.headcount");
        var blocks = new List<Block>();
        if (!data.IsSchool)
        {
            blocks.Add(new Table("members", "Full members, by phase",
                [new("school", "School", ColumnRole.Label), new("phase", "Phase"), new("pupils", "Pupils on roll", ColumnRole.Number)],
                [.. data.Schools.OrderBy(school => school.Phase).ThenBy(school => school.Name, StringComparer.OrdinalIgnoreCase).Select(school => new Row(
                [
                    new Cell(school.Name + (school.InRegister ? "" : " (not in the register)"), Href: $"/schools/{school.Urn}"),
                    new Cell(school.Phase.InWords()),
                    CellOf(data.Of(school.Place, headcount, data.Year), headcount),
                ]))],
                Note: data.Associates.Count == 0 ? null : $"Associate members, never added in: {string.Join("; ", data.Associates.Select(school => school.Name))}."));
        }
        var beside = data.Columns.Where(benchmark => benchmark.Place.Kind is PlaceKind.Cluster or PlaceKind.Authority or PlaceKind.National).ToList();
        var known = Chapter.Characteristics.Where(measure => data.Own(measure, data.Year) is not null).ToList();
        if (known.Count == 0)
            blocks.Add(new Paragraph($"Who {(data.IsSchool ? "this school's" : "our")} children are is not known: no school census of {data.Year} is loaded."));
        else
            blocks.Add(new Table("characteristics", $"Our children, {data.Year}",
                [new("measure", "", ColumnRole.Label), new("own", data.Short, ColumnRole.Value), .. beside.Select(Column)],
                [.. known.Select(measure => new Row([new Cell(measure.Label), CellOf(data.Own(measure, data.Year), measure), .. beside.Select(benchmark => CellOf(data.Of(benchmark.Place, measure, data.Year), measure))]))]));
        return new Section("who", data.IsSchool ? "Who our children are" : "Who we are", blocks);
    }

}
