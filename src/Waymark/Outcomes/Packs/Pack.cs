using System.Globalization;
using Waymark.Evidence;
using Waymark.Field;
using Waymark.Shared.Documents;
using Waymark.Statistics;

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

    /// <summary>The whole pack.</summary>
    public Report Compose()
    {
        IEnumerable<Section?> later = [WhoWeAre(), Beside(), .. data.Chapters.Select(Results), Gap(), .. data.IsSchool ? [] : data.Chapters.Select(SideBySide), Similar(), NotKnown()];
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
        var beside = Columns.Where(benchmark => benchmark.Place == data.AuthorityKey || benchmark.Place == PlaceKey.England).ToList();
        return
        [
            .. told.Count == 0 ? [] : new Block[] { new Sentences("What stands out", [.. told.Select(finding => finding.Told)]) },
            new Table("headlines", $"Headline figures, {data.Year}", ResultColumns(beside), [.. headlines.Select(measure => ResultRow(measure, beside))]),
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
        blocks.Add(new Sentences("What is not known", [.. Unknown().Take(3).Select(sentence => new Sentence(sentence))]));
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
        var beside = Columns.Where(benchmark => benchmark.Place.Kind is PlaceKind.Cluster or PlaceKind.Authority or PlaceKind.National).ToList();
        var known = Chapter.Characteristics.Where(measure => data.Own(measure, data.Year) is not null).ToList();
        if (known.Count == 0)
            blocks.Add(new Paragraph($"Who {(data.IsSchool ? "this school's" : "our")} children are is not known: no school census of {data.Year} is loaded."));
        else
            blocks.Add(new Table("characteristics", $"Our children, {data.Year}",
                [new("measure", "", ColumnRole.Label), new("own", Short, ColumnRole.Value), .. beside.Select(Column)],
                [.. known.Select(measure => new Row([new Cell(measure.Label), CellOf(data.Own(measure, data.Year), measure), .. beside.Select(benchmark => CellOf(data.Of(benchmark.Place, measure, data.Year), measure))]))]));
        return new Section("who", data.IsSchool ? "Who our children are" : "Who we are", blocks);
    }

    /// <summary>The name that fits a column's head.</summary>
    private string Short => data.IsSchool ? "This school" : "Our cluster";

    /// <summary>What stands in columns beside every result: of several pyramids none, they have rows of their own.</summary>
    private List<Benchmark> Columns => [.. data.Benchmarks.Where(benchmark => benchmark.Place.Kind switch
    {
        PlaceKind.Pyramid => data.IsSchool && data.Benchmarks.Count(other => other.Place.Kind == PlaceKind.Pyramid) == 1,
        PlaceKind.Cluster => data.Benchmarks.First(other => other.Place.Kind == PlaceKind.Cluster) == benchmark,
        _ => true,
    })];

    private static Column Column(Benchmark benchmark) => new(benchmark.Heading.ToLowerInvariant(), benchmark.Heading, ColumnRole.Number);

    /// <summary>Our main results beside those of the places around us, each with its base; and where the authority stands among all.</summary>
    private Section? Beside()
    {
        var blocks = new List<Block>();
        var measures = data.Chapters.Select(data.MainMeasure).OfType<Measure>().Where(measure => data.Own(measure, data.Year) is not null).Distinct().ToList();
        if (measures.Count > 0)
        {
            var places = data.Benchmarks.Where(benchmark => measures.Any(measure => data.Of(benchmark.Place, measure, data.Year) is not null)).ToList();
            blocks.Add(new Table("beside", $"Main results, {data.Year}, each with its base",
                [new("place", "", ColumnRole.Label), .. measures.Select(measure => new Column(measure.Code.Replace('.', '_'), measure.Short, ColumnRole.Number))],
                [
                    new Row([new Cell(Short), .. measures.Select(measure => WithBase(data.Own(measure, data.Year), measure))]),
                    .. places.Select(benchmark => new Row([new Cell(NameOf(benchmark)), .. measures.Select(measure => WithBase(data.Of(benchmark.Place, measure, data.Year), measure))])),
                ], Note: string.Join(" ", HowMade(measures, places))));
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
    private IEnumerable<string> HowMade(IReadOnlyList<Measure> measures, IReadOnlyList<Benchmark> benchmarks)
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

    private Section Results(Chapter chapter)
    {
        var blocks = new List<Block>();
        var schools = data.SchoolsOf(chapter).ToList();
        if (!data.IsSchool) blocks.Add(new Paragraph($"{schools.Count} of our {data.Schools.Count} schools teach {chapter.Children}."));
        if (chapter.Measures.Contains("inspection.overall")) blocks.AddRange(Inspections());
        if (Trend(chapter) is { } trend) blocks.Add(trend);
        var measures = chapter.AllMeasures.Where(measure => measure.Kind != MeasureKind.Grade && data.Years.Any(year => data.Own(measure, year) is not null)).ToList();
        var beside = Columns.Where(benchmark => measures.Any(measure => data.Of(benchmark.Place, measure, data.Year) is not null)).ToList();
        if (measures.Count == 0)
            blocks.Add(new Paragraph($"No results of this stage are loaded for {data.Year} or the four years before."));
        else
            blocks.Add(new Table($"results-{chapter.Id}", $"{chapter.Heading}, {data.Year}", ResultColumns(beside), [.. measures.Select(measure => ResultRow(measure, beside))], Note: HowSummed(measures, beside)));
        return new Section(chapter.Id, chapter.Heading, blocks);
    }

    private IReadOnlyList<Column> ResultColumns(IReadOnlyList<Benchmark> benchmarks) =>
    [
        new("measure", "", ColumnRole.Label), new("value", Short, ColumnRole.Value), new("interval", "95% interval"), new("base", "Children", ColumnRole.Base),
        new("before", data.Year.Previous.ToString(), ColumnRole.Number), .. benchmarks.Select(Column),
    ];

    private Row ResultRow(Measure measure, IReadOnlyList<Benchmark> benchmarks)
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
        notes.AddRange(HowMade(measures, beside));
        return notes.Count == 0 ? null : string.Join(" ", notes);
    }

    private Table? Trend(Chapter chapter)
    {
        if (data.MainMeasure(chapter) is not { } measure || data.Years.Count(year => data.Own(measure, year)?.Value is not null) < 2) return null;
        var others = Columns.Where(benchmark => benchmark.Place.Kind is PlaceKind.Authority or PlaceKind.National && data.Years.Any(year => data.Of(benchmark.Place, measure, year)?.Value is not null)).ToList();
        var shown = data.Years.ToList();
        var (unit, decimals) = (measure.IsPercentage ? "%" : measure.Unit, FigureText.Decimals(measure));
        var breaks = Catalogue.Breaks(measure).Where(note => note.Year > shown[0].Code && note.Year <= shown[^1].Code).Select(note => new Break(AcademicYear.FromCode(note.Year).EndYear, note.Reason)).ToList();
        var (from, to) = Axis(measure, shown.SelectMany(year => others.Select(benchmark => data.Of(benchmark.Place, measure, year)).Append(data.Own(measure, year))));
        return new Table($"trend-{chapter.Id}", $"{measure.Short}, {shown[0]} to {shown[^1]}",
            [
                new("year", "Year", ColumnRole.Period), new("value", Short, ColumnRole.Value, unit, decimals), new("lower", "From", ColumnRole.Lower, unit, decimals), new("upper", "To", ColumnRole.Upper, unit, decimals),
                new("base", "Children", ColumnRole.Base), .. others.Select(benchmark => new Column(benchmark.Heading.ToLowerInvariant(), benchmark.Name, ColumnRole.Value, unit, decimals)),
            ],
            [.. shown.Select(year => (Year: year, Own: data.Own(measure, year))).Select(of => new Row(
            [
                new Cell(of.Year.ToString()), CellOf(of.Own, measure), Bound(measure, of.Own?.Interval?.Lower), Bound(measure, of.Own?.Interval?.Upper), Children(of.Own),
                .. others.Select(benchmark => CellOf(data.Of(benchmark.Place, measure, of.Year), measure)),
            ]))],
            new Chart(ChartKind.Trend, $"{measure.Label}: {string.Join(", ", others.Select(benchmark => benchmark.Name).Prepend(Short.ToLowerInvariant()))}. The upright lines are 95% intervals.", from, to, Breaks: breaks),
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
        string[] grades = ["", "outstanding", "good", "requires improvement", "inadequate"];
        var latest = data.Schools.Select(school => data.Years.Reverse().Select(year => data.Of(school.Place, measure, year)).FirstOrDefault(figure => figure?.Value is not null)).OfType<Figure>().ToList();
        if (latest.Count == 0) yield break;
        yield return data.IsSchool
            ? new Paragraph($"At its latest inspection the school was {grades[(int)latest[0].Value!.Value]}.")
            : new Paragraph($"At their latest inspections {string.Join(", ", latest.GroupBy(figure => (int)figure.Value!.Value).OrderBy(group => group.Key).Select(group => $"{group.Count()} {(group.Count() == 1 ? "school was" : "schools were")} {grades[group.Key]}"))} ({latest.Count} of {data.Schools.Count} with a grade).");
    }

    /// <summary>Disadvantaged children and others: shares in one table, average scores in another.</summary>
    private Section? Gap()
    {
        var measures = data.Chapters.Select(chapter => chapter.GapMeasure).OfType<Measure>().ToList();
        Table[] tables = [.. new[] { measures.Where(measure => measure.IsPercentage), measures.Where(measure => !measure.IsPercentage) }.Select(of => GapTable([.. of])).OfType<Table>()];
        if (tables.Length > 0) return new Section("gap", "The gap for disadvantaged children", tables);
        return measures.Any(measure => data.Own(measure, data.Year, Catalogue.Group("disadvantaged")) is not null)
            ? new Section("gap", "The gap for disadvantaged children", [new Paragraph($"The results of disadvantaged children and of others in {data.Year} are about so few children that they are held back. Look at several years together, and ask what each child needs.")])
            : null;
    }

    private Table? GapTable(IReadOnlyList<Measure> measures)
    {
        var rows = new List<Row>();
        PupilGroup[] groups = [Catalogue.Group("disadvantaged"), Catalogue.Group("other")];
        foreach (var measure in measures.Where(measure => groups.Any(group => data.Own(measure, data.Year, group)?.Value is not null)))
            foreach (var group in groups)
                if (data.Own(measure, data.Year, group) is { } own)
                    rows.Add(new Row(
                    [
                        new Cell(measure.Short), new Cell(group.Label), CellOf(own, measure), Bound(measure, own.Interval?.Lower), Bound(measure, own.Interval?.Upper), Children(own),
                        CellOf(data.England(measure, data.Year, group), measure),
                    ]));
        if (rows.Count == 0) return null;
        var (unit, decimals) = (measures[0].IsPercentage ? "%" : measures[0].Unit, FigureText.Decimals(measures[0]));
        return new Table(measures[0].IsPercentage ? "gap-table" : "gap-scores", $"Disadvantaged children and other children, {data.Year}{(measures[0].IsPercentage ? "" : $": {string.Join(", ", measures.Select(measure => FigureText.InSentence(measure.Label)))}")}",
            [
                new("measure", "", ColumnRole.Label), new("group", "Children", ColumnRole.Series), new("value", Short, ColumnRole.Value, unit, decimals), new("lower", "From", ColumnRole.Lower, unit, decimals), new("upper", "To", ColumnRole.Upper, unit, decimals),
                new("base", "Number", ColumnRole.Base), new("england", "England", ColumnRole.Number, unit, decimals),
            ], rows,
            measures[0].IsPercentage
                ? new Chart(ChartKind.Bars, "Shares of disadvantaged children and of other children who reached each standard, with 95% intervals.", 0, 100)
                : new Chart(ChartKind.Bars, "Average scores of disadvantaged children and of other children.", 0),
            "Disadvantaged: eligible for free school meals in the last six years, looked after, or adopted from care.");
    }

    /// <summary>A school's main results, or each school's first, beside what the schools most like it reach together.</summary>
    private Section? Similar()
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

    /// <summary>Each school with its interval, in the cluster's own order: by name, never by result; and each against its number of children.</summary>
    private Section? SideBySide(Chapter chapter)
    {
        var asked = chapter.SideBySideMeasures.Where(measure => data.Schools.Count(school => data.Of(school.Place, measure, data.Year)?.Value is not null) > 1).ToList();
        if (asked.Count == 0 && data.MainMeasure(chapter) is { } main) asked.Add(main);
        Table[] tables = [.. asked.Select(measure => SideBySide(chapter, measure)).OfType<Table>()];
        return tables.Length == 0 ? null : new Section($"schools-side-by-side-{chapter.Id}", $"School by school: {FigureText.InSentence(chapter.Heading)}", tables);
    }

    private Table? SideBySide(Chapter chapter, Measure measure)
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

    private Section NotKnown() => new("not-known", "What is not known, and where the figures come from",
    [
        new Sentences("What is not known", [.. Unknown().Select(sentence => new Sentence(sentence))]),
        Sources(),
    ]);

    private IEnumerable<string> Unknown()
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

    private static Cell CellOf(Figure? figure, Measure measure) => figure switch
    {
        null => new Cell("x", null, "x"),
        { Value: null } => new Cell(figure.Symbol.Code(), null, figure.Symbol.Code(), figure.Address()),
        { Value: { } value } => new Cell(figure.Show() + (figure.Status == FigureStatus.Provisional ? " (p)" : ""), FigureText.Round(measure, value), "", figure.Address()),
    };

    private static Cell Children(Figure? figure) => figure?.Denominator is { } all ? new Cell(all.ToString("N0", English), all) : new Cell("");

    /// <summary>A figure and in the same breath how many children it rests on, where that is known.</summary>
    private static Cell WithBase(Figure? figure, Measure measure) => CellOf(figure, measure) is { Number: not null } cell && figure?.Denominator is { } all ? cell with { Text = $"{cell.Text} of {all.ToString("N0", English)}" } : CellOf(figure, measure);

    private static Cell Bound(Measure measure, double? bound) => bound is { } value ? new Cell(FigureText.Show(measure, value), FigureText.Round(measure, value)) : new Cell("", null);

    /// <summary>Shares that should be high are drawn from 0 to 100; others over the range that all intervals fill, from zero where they have one, so that nothing is cut off.</summary>
    private static (double From, double To) Axis(Measure measure, IEnumerable<Figure?> shown)
    {
        if (measure is { IsPercentage: true, Kind: MeasureKind.Proportion, Polarity: Polarity.Higher }) return (0, 100);
        var numbers = shown.OfType<Figure>().Where(figure => figure.Value is not null)
            .SelectMany(figure => new[] { figure.Value!.Value, figure.Interval?.Lower ?? figure.Value.Value, figure.Interval?.Upper ?? figure.Value.Value }).ToList();
        if (numbers.Count == 0) return (0, 1);
        if (measure.Kind is MeasureKind.Progress or MeasureKind.Mean)
        {
            var axis = ValueAxis.Round(measure.Kind == MeasureKind.Progress ? Math.Min(numbers.Min(), -1) : numbers.Min(), measure.Kind == MeasureKind.Progress ? Math.Max(numbers.Max(), 1) : numbers.Max());
            return (axis.From, axis.To);
        }
        var step = numbers.Max() > 20 ? 10 : 5;
        return (0, Math.Ceiling(numbers.Max() / step) * step);
    }
}
