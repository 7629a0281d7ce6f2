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

    private readonly StandsOut standsOut = StandsOut.In(data);

    /// <summary>The whole pack.</summary>
    public Report Compose() => new(Id, Title, $"{(data.IsSchool ? "School report" : "Cluster pack")}, results of {data.Year}", data.Today, Notices(),
    [
        Summary(MostFindings),
        WhoWeAre(),
        .. data.Chapters.Select(Results),
        .. Gap(),
        .. Similar(),
        .. data.IsSchool ? [] : data.Chapters.Select(SideBySide).OfType<Section>(),
        NotKnown(),
        Sources(),
    ]);

    /// <summary>One A4 side for governors: three findings, three questions for the head, what is unknown.</summary>
    public Report ForGovernors() => new($"governors-{Id}", Title, $"For governors: results of {data.Year} on one side", data.Today, Notices(), [Summary(3)]);

    /// <summary>What the school's own page shows: at most three findings and the headline figures.</summary>
    public IReadOnlyList<Block> Overview()
    {
        var told = standsOut.Tell(3);
        var headlines = data.Chapters.Select(MainMeasure).OfType<Measure>().ToList();
        if (headlines.Count == 0) return [new Paragraph($"No figures of {data.Year} or the four years before are loaded for this school.")];
        return
        [
            .. told.Count == 0 ? [] : new Block[] { new Sentences("What stands out", [.. told.Select(finding => new Sentence(finding.Sentence, finding.Figure.Address()))]) },
            new Table("headlines", $"Headline figures, {data.Year}",
            [
                new("measure", "", ColumnRole.Label), new("value", Short, ColumnRole.Value), new("interval", "95% interval"), new("base", "Children", ColumnRole.Base),
                new("before", data.Year.Previous.ToString(), ColumnRole.Number), new("authority", data.Authority?.Name ?? "Authority", ColumnRole.Number), new("england", "England", ColumnRole.Number),
            ], [.. headlines.Select(ResultRow)]),
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
            blocks.Add(new Sentences("What stands out", [.. told.Select(finding => new Sentence(finding.Sentence, finding.Figure.Address()))]));
        blocks.Add(new Paragraph(HowChosen(told.Count), IsNote: true));
        blocks.Add(new Sentences(data.IsSchool ? "Questions for the headteacher" : "Questions to discuss", [.. Questions(told).Select(question => new Sentence(question))], Numbered: true));
        blocks.Add(new Sentences("What is not known", [.. Unknown().Take(3).Select(sentence => new Sentence(sentence))]));
        return new Section("summary", "In short", blocks);
    }

    private string Introduction()
    {
        var headcount = data.Own(Catalogue.Measure("pupils.headcount"), data.Year)?.Value;
        var pupils = headcount is { } number ? $" with {number.ToString("N0", CultureInfo.GetCultureInfo("en-GB"))} pupils on roll" : "";
        if (data.IsSchool)
            return $"{data.Subject.Name} is a {data.Schools[0].Phase.InWords()} school{pupils}. This report shows what published and local results say about its children, and how sure one can be.";
        var associates = data.Associates.Count switch { 0 => "", 1 => " and one associate member, which is never added in", var n => $" and {n} associate members, which are never added in" };
        return $"{data.Schools.Count} schools are full members{pupils}{associates}. The figures below add up the children of the full members on {data.Year.LastDay:d MMMM yyyy}; a trend follows the same schools back.";
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
        blocks.Add(new Table("characteristics", $"Our children, {data.Year}",
            [new("measure", "", ColumnRole.Label), new("own", Short, ColumnRole.Value), new("authority", data.Authority?.Name ?? "Authority", ColumnRole.Number), new("england", "England", ColumnRole.Number)],
            [.. Chapter.Characteristics.Where(measure => data.Own(measure, data.Year) is not null).Select(measure => new Row(
            [
                new Cell(measure.Label),
                CellOf(data.Own(measure, data.Year), measure),
                CellOf(data.OfAuthority(measure, data.Year), measure),
                CellOf(data.England(measure, data.Year), measure),
            ]))]));
        return new Section("who", data.IsSchool ? "Who our children are" : "Who we are", blocks);
    }

    /// <summary>The name that fits a column's head.</summary>
    private string Short => data.IsSchool ? "This school" : "Our cluster";

    private Section Results(Chapter chapter)
    {
        var blocks = new List<Block>();
        var schools = data.SchoolsOf(chapter).ToList();
        if (!data.IsSchool) blocks.Add(new Paragraph($"{schools.Count} of our {data.Schools.Count} schools teach {chapter.Children}."));
        if (Trend(chapter) is { } trend) blocks.Add(trend);
        var measures = chapter.AllMeasures.Where(measure => measure.Kind != MeasureKind.Grade && data.Years.Any(year => data.Own(measure, year) is not null)).ToList();
        if (measures.Count == 0)
            blocks.Add(new Paragraph($"No results of this stage are loaded for {data.Year} or the four years before."));
        else
            blocks.Add(new Table($"results-{chapter.Id}", $"{chapter.Heading}, {data.Year}",
            [
                new("measure", "", ColumnRole.Label), new("value", Short, ColumnRole.Value), new("interval", "95% interval"), new("base", "Children", ColumnRole.Base),
                new("before", data.Year.Previous.ToString(), ColumnRole.Number), new("authority", data.Authority?.Name ?? "Authority", ColumnRole.Number), new("england", "England", ColumnRole.Number),
            ],
            [.. measures.Select(measure => ResultRow(measure))], Note: HowSummed(measures)));
        if (chapter.Measures.Contains("inspection.overall")) blocks.AddRange(Inspections());
        return new Section(chapter.Id, chapter.Heading, blocks);
    }

    private Row ResultRow(Measure measure)
    {
        var own = data.Own(measure, data.Year);
        var missing = own is null ? Catalogue.NotCollected(measure, data.Year)?.Reason : null;
        return new Row(
        [
            new Cell(measure.Label),
            missing is null ? CellOf(own, measure) : new Cell("z", null, "z"),
            new Cell(missing ?? FigureText.Show(measure, own?.Interval)),
            own?.Denominator is { } all ? new Cell(all.ToString("N0", CultureInfo.GetCultureInfo("en-GB")), all) : new Cell("", null),
            CellOf(data.Own(measure, data.Year.Previous), measure),
            CellOf(data.OfAuthority(measure, data.Year), measure),
            CellOf(data.England(measure, data.Year), measure),
        ]);
    }

    private string? HowSummed(IReadOnlyList<Measure> measures)
    {
        if (data.IsSchool) return null;
        var figures = measures.Select(measure => data.Own(measure, data.Year)).OfType<Figure>().Where(figure => figure.Value is not null).ToList();
        var notes = new List<string>();
        if (figures.Any(figure => figure.Provenance == Provenance.SumOfCounts)) notes.Add("Shares are counts of children added over our schools.");
        if (figures.Where(figure => figure.Provenance == Provenance.WeightedAverages).Select(figure => FigureText.InSentence(figure.Measure.Short)).Distinct().ToList() is { Count: > 0 } averaged)
            notes.Add($"For {string.Join(", ", averaged)} not every school's count is published: published shares and averages are weighted by pupils.");
        if (figures.Where(figure => figure.PartsNotShown > 0).ToList() is { Count: > 0 } partial)
            notes.Add($"Held back or unknown, and so not added: {string.Join("; ", partial.GroupBy(figure => figure.PartsNotShown).Select(group => $"{group.Key} {(group.Key == 1 ? "school" : "schools")} in {string.Join(", ", group.Select(figure => FigureText.InSentence(figure.Measure.Short)))}"))}.");
        return notes.Count == 0 ? null : string.Join(" ", notes);
    }

    private Table? Trend(Chapter chapter)
    {
        var measure = MainMeasure(chapter);
        if (measure is null) return null;
        var rows = new List<Row>();
        void Add(string series, Func<AcademicYear, Figure?> of)
        {
            if (!data.Years.Any(year => of(year)?.Value is not null)) return;
            foreach (var year in data.Years)
            {
                var figure = of(year);
                if (figure is null && series != Short) continue;
                rows.Add(new Row(
                [
                    new Cell(series), new Cell(year.ToString()), CellOf(figure, measure), Bound(measure, figure?.Interval?.Lower), Bound(measure, figure?.Interval?.Upper),
                    figure?.Denominator is { } all ? new Cell(all.ToString("N0", CultureInfo.GetCultureInfo("en-GB")), all) : new Cell("", null),
                ]));
            }
        }
        Add(Short, year => data.Own(measure, year));
        if (data.Authority is not null) Add(data.Authority.Name, year => data.OfAuthority(measure, year));
        Add("England", year => data.England(measure, year));
        if (rows.Count == 0) return null;
        var shown = data.Years.ToList();
        var breaks = Catalogue.Breaks(measure).Where(note => note.Year > shown[0].Code && note.Year <= shown[^1].Code).Select(note => new Break(AcademicYear.FromCode(note.Year).EndYear, note.Reason)).ToList();
        var (from, to) = Axis(measure, data.Years.SelectMany(year => new[] { data.Own(measure, year), data.OfAuthority(measure, year), data.England(measure, year) }));
        return new Table($"trend-{chapter.Id}", $"{measure.Label}, {shown[0]} to {shown[^1]}",
            [
                new("series", "Where", ColumnRole.Series), new("year", "Year", ColumnRole.Period), new("value", measure.Short, ColumnRole.Value, measure.IsPercentage ? "%" : measure.Unit, FigureText.Decimals(measure)),
                new("lower", "From", ColumnRole.Lower, measure.IsPercentage ? "%" : measure.Unit, FigureText.Decimals(measure)), new("upper", "To", ColumnRole.Upper, measure.IsPercentage ? "%" : measure.Unit, FigureText.Decimals(measure)), new("base", "Children", ColumnRole.Base),
            ], rows,
            new Chart(ChartKind.Trend, $"{measure.Label} over {shown.Count} years: {Short.ToLowerInvariant()}, {(data.Authority is null ? "" : data.Authority.Name + ", ")}England, with 95% intervals.", from, to, Breaks: breaks),
            breaks.Count == 0 ? null : string.Join(" ", breaks.Select(change => $"Not comparable before {AcademicYear.Ending(change.Year)}: {FigureText.InSentence(change.Reason)}.")));
    }

    /// <summary>The chapter's main measure where it has figures, else the first that has.</summary>
    private Measure? MainMeasure(Chapter chapter) => new[] { chapter.MainMeasure }.Concat(chapter.AllMeasures)
        .FirstOrDefault(measure => measure.Kind != MeasureKind.Grade && data.Years.Any(year => data.Own(measure, year)?.Value is not null));

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

    private IEnumerable<Section> Gap()
    {
        var rows = new List<Row>();
        var (poor, rest) = (Catalogue.Group("disadvantaged"), Catalogue.Group("other"));
        foreach (var measure in data.Chapters.Select(chapter => chapter.GapMeasure).OfType<Measure>().Where(measure => measure.Kind == MeasureKind.Proportion))
            foreach (var group in new[] { poor, rest })
            {
                var own = data.Own(measure, data.Year, group);
                if (own is null) continue;
                rows.Add(new Row(
                [
                    new Cell(measure.Short), new Cell(group.Label), CellOf(own, measure), Bound(measure, own.Interval?.Lower), Bound(measure, own.Interval?.Upper),
                    own.Denominator is { } all ? new Cell(all.ToString("N0", CultureInfo.GetCultureInfo("en-GB")), all) : new Cell("", null),
                    CellOf(data.England(measure, data.Year, group), measure),
                ]));
            }
        if (rows.Count == 0) yield break;
        yield return new Section("gap", "The gap for disadvantaged children",
        [
            new Table("gap-table", $"Disadvantaged children and other children, {data.Year}",
                [
                    new("measure", "", ColumnRole.Label), new("group", "Children", ColumnRole.Series), new("value", Short, ColumnRole.Value, "%"), new("lower", "From", ColumnRole.Lower, "%"), new("upper", "To", ColumnRole.Upper, "%"),
                    new("base", "Number", ColumnRole.Base), new("england", "England", ColumnRole.Number, "%"),
                ], rows,
                new Chart(ChartKind.Bars, "Shares of disadvantaged children and of other children who reached each standard, with 95% intervals.", 0, 100),
                "Disadvantaged: eligible for free school meals in the last six years, looked after, or adopted from care."),
        ]);
    }

    /// <summary>A school's main results, or each school's first, beside what the schools most like it reach together.</summary>
    private IEnumerable<Section> Similar()
    {
        var compared = data.Schools.SelectMany(school => data.Chapters.Where(chapter => chapter.Concerns(school.Phase)).Select(MainMeasure).OfType<Measure>().Distinct()
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
                    CellOf(own, measure), own.Denominator is { } all ? new Cell(all.ToString("N0", CultureInfo.GetCultureInfo("en-GB")), all) : new Cell("", null),
                    pooled?.Value is { } value ? new Cell(pooled.Show(), FigureText.Round(measure, value)) : new Cell("x", null, "x"), new Cell(FigureText.Show(measure, pooled?.Interval)),
                    pooled?.Denominator is { } theirs ? new Cell(theirs.ToString("N0", CultureInfo.GetCultureInfo("en-GB")), theirs) : new Cell("", null), new Cell($"{counted} of {groups[school].Count}"),
                ]);
            }
        if (rows.Count == 0) yield break;
        yield return new Section("similar", "Beside similar schools",
        [
            new Table("similar-schools", $"{(data.IsSchool ? "This school" : "Each school")} and the schools most like it, {data.Year}",
                [
                    new("label", data.IsSchool ? "" : "School", ColumnRole.Label), .. data.IsSchool ? [] : new Column[] { new("measure", "Measure") }, new("value", data.IsSchool ? "This school" : "The school", ColumnRole.Value), new("base", "Children", ColumnRole.Base),
                    new("similar", "Similar schools", ColumnRole.Number), new("similar_interval", "95% interval"), new("similar_base", "Their children", ColumnRole.Number), new("schools", "Schools counted"),
                ], [.. compared.Where(rows.ContainsKey).Select(entry => rows[entry])],
                Note: $"Up to {SimilarSchools.GroupSize} schools of the same phase, nearest in the characteristics of their pupils; their counts are added, or published shares and averages weighted by pupils. A school is not counted where its result is held back or not known. Which schools these are, and why: Similar schools, on the page of each school."),
        ]);
    }

    /// <summary>Each school with its interval, in the cluster's own order: by name, never by result.</summary>
    private Section? SideBySide(Chapter chapter)
    {
        var measure = MainMeasure(chapter);
        if (measure is null) return null;
        var schools = data.SchoolsOf(chapter).Select(school => (school, figure: data.Of(school.Place, measure, data.Year))).Where(entry => entry.figure is not null).ToList();
        if (schools.Count < 2) return null;
        var england = data.England(measure, data.Year)?.Value;
        var unit = measure.IsPercentage ? "%" : measure.Unit;
        var decimals = FigureText.Decimals(measure);
        Row[] rows = [.. schools.Select(entry => new Row(
        [
            new Cell(entry.school.Name, Href: $"/schools/{entry.school.Urn}"), CellOf(entry.figure, measure), Bound(measure, entry.figure!.Interval?.Lower), Bound(measure, entry.figure.Interval?.Upper),
            entry.figure.Denominator is { } all ? new Cell(all.ToString("N0", CultureInfo.GetCultureInfo("en-GB")), all) : new Cell("", null),
        ]))];
        var (from, to) = Axis(measure, schools.Select(entry => entry.figure).Append(data.England(measure, data.Year)));
        var blocks = new List<Block>
        {
            new Table($"schools-{chapter.Id}", $"{measure.Label}, {data.Year}, by school in the order of their names",
                [new("school", "School", ColumnRole.Label), new("value", measure.Short, ColumnRole.Value, unit, decimals), new("lower", "From", ColumnRole.Lower, unit, decimals), new("upper", "To", ColumnRole.Upper, unit, decimals), new("base", "Children", ColumnRole.Base)],
                rows,
                new Chart(ChartKind.Interval, $"{measure.Label} in each school, with its 95% interval. Wide intervals belong to small cohorts.", from, to, england is { } line ? [new Reference("England", line)] : null),
                "Schools stand in the order of their names. Intervals that overlap widely are no difference to speak of."),
        };
        if (Funnel(chapter, measure, schools) is { } funnel) blocks.Add(funnel);
        return new Section($"schools-side-by-side-{chapter.Id}", $"School by school: {FigureText.InSentence(chapter.Heading)}", blocks);
    }

    private Table? Funnel(Chapter chapter, Measure measure, List<(PackSchool school, Figure? figure)> schools)
    {
        if (measure.Kind != MeasureKind.Proportion || measure.Stage == "Absence" || data.England(measure, data.Year)?.Value is not double target || target is <= 0 or >= 100) return null;
        var points = schools.Where(entry => entry.figure is { Value: not null, Denominator: > 0 }).ToList();
        if (points.Count < 4) return null;
        var largest = points.Max(entry => entry.figure!.Denominator!.Value);
        var step = Math.Max(1, largest / 30);
        var bases = Enumerable.Range(1, 32).Select(i => (long)(i * step)).Where(count => count >= 5 && count <= largest + step).ToList();
        var limits = Statistics.Funnel.Limits(target / 100, bases).Select(limit => new Limit(limit.Base, 100 * limit.Lower95, 100 * limit.Upper95, 100 * limit.Lower998, 100 * limit.Upper998)).ToList();
        return new Table($"funnel-{chapter.Id}", $"{measure.Label} against the number of children",
            [new("school", "School", ColumnRole.Label), new("base", "Children", ColumnRole.Base), new("value", measure.Short, ColumnRole.Value, "%", FigureText.Decimals(measure)), new("place", "Against chance")],
            [.. points.Select(entry => new Row(
            [
                new Cell(entry.school.Name), new Cell(entry.figure!.Denominator!.Value.ToString("N0", CultureInfo.GetCultureInfo("en-GB")), entry.figure.Denominator), CellOf(entry.figure, measure),
                new Cell(AgainstChance(entry.figure, target)),
            ]))],
            new Chart(ChartKind.Funnel, $"Each school's share against its number of children. Inside the funnel lies what chance alone gives around England's {FigureText.Show(measure, target)}: 95% and 99.8% limits.", 0, 100, [new Reference("England", target)], Limits: limits),
            "A school inside the funnel does not differ from England by more than chance would give for its size.");
    }

    private static string AgainstChance(Figure figure, double target)
    {
        var limit = Statistics.Funnel.Limits(target / 100, [figure.Denominator!.Value])[0];
        var share = figure.Value!.Value / 100;
        return share > limit.Upper998 ? "above the 99.8% limit" : share > limit.Upper95 ? "above the 95% limit" : share < limit.Lower998 ? "below the 99.8% limit" : share < limit.Lower95 ? "below the 95% limit" : "within chance";
    }

    private Section NotKnown() => new("not-known", "What is not known",
        [new Sentences("", [.. Unknown().DefaultIfEmpty("Nothing that this pack would show is missing.").Select(sentence => new Sentence(sentence))])]);

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
                yield return $"{chapter.Heading}, {data.Year}: nothing is known about {string.Join(", ", missing.Select(measure => FigureText.InSentence(measure.Short)))}.";
            if (data.IsSchool) continue;
            var schools = data.SchoolsOf(chapter).ToList();
            if (MainMeasure(chapter) is { } main && schools.Count(school => data.Of(school.Place, main, data.Year)?.Value is null) is > 0 and var silent && silent < schools.Count)
                yield return $"{main.Short}: the results of {silent} of {schools.Count} schools are held back, not published or not loaded.";
        }
        if (data.Schools.Where(school => !school.InRegister).ToList() is { Count: > 0 } unknown)
            yield return $"Not in the register: {string.Join(", ", unknown.Select(school => school.Name))}.";
        yield return "Why a figure is as it is: figures raise questions, and the people in the room answer them.";
    }

    private Section Sources()
    {
        var used = data.All.Where(figure => figure.Source is not null).Select(figure => figure.Source!.Import).Distinct().Order().Select(id => data.Imports[id]).ToList();
        return new Section("sources", "Where the figures come from",
        [
            new Table("files", "Files that this pack was counted from",
                [new("title", "What it is", ColumnRole.Label), new("files", "Files"), new("years", "Years")],
                [.. used.GroupBy(import => import.Title).Select(group => new Row(
                [
                    new Cell(group.Key),
                    group.Count() == 1 ? new Cell(group.First().FileName, Href: $"/imports/{group.First().Id}") : new Cell($"{group.Count()} files", Href: "/imports"),
                    new Cell(YearsOf(group)),
                ]))],
                Note: $"Figures about {Catalogue.Disclosure.LargestHiddenGroup} children or fewer are held back (c). {string.Join(" ", ["z does not apply.", "x not available.", "u too unreliable to show.", "(p) provisional."])}"),
        ]);
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

    private static Cell Bound(Measure measure, double? bound) => bound is { } value ? new Cell(FigureText.Show(measure, value), FigureText.Round(measure, value)) : new Cell("", null);

    /// <summary>Shares that should be high are drawn from 0 to 100; others over the range that all intervals fill, from zero where they have one, so that nothing is cut off.</summary>
    private static (double From, double To) Axis(Measure measure, IEnumerable<Figure?> shown)
    {
        if (measure is { IsPercentage: true, Kind: MeasureKind.Proportion, Polarity: Polarity.Higher }) return (0, 100);
        var numbers = shown.OfType<Figure>().Where(figure => figure.Value is not null)
            .SelectMany(figure => new[] { figure.Value!.Value, figure.Interval?.Lower ?? figure.Value.Value, figure.Interval?.Upper ?? figure.Value.Value }).ToList();
        if (numbers.Count == 0) return (0, 1);
        if (measure.Kind == MeasureKind.Progress) return (Math.Floor(Math.Min(numbers.Min(), -1)), Math.Ceiling(Math.Max(numbers.Max(), 1)));
        var step = numbers.Max() > 20 ? 10 : 5;
        return (0, Math.Ceiling(numbers.Max() / step) * step);
    }
}
