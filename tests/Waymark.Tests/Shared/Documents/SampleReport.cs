using System.Globalization;
using Waymark.Field;
using Waymark.Shared.Documents;

namespace Waymark.Tests.Shared.Documents;

/// <summary>A pack as a cluster meeting starts from it: fictional schools, intervals, symbols, a break in 2016, a funnel, a long list.</summary>
internal static class SampleReport
{
    public static readonly Column School = new("school", "School", ColumnRole.Label);
    public static readonly Column Group = new("group", "Who", ColumnRole.Series);
    public static readonly Column Year = new("time_period", "Year", ColumnRole.Period);
    public static readonly Column Value = new("value", "Reaching the expected standard", ColumnRole.Value, "%", 1);
    public static readonly Column Lower = new("lower", "95% interval from", ColumnRole.Lower, "%", 1);
    public static readonly Column Upper = new("upper", "95% interval to", ColumnRole.Upper, "%", 1);
    public static readonly Column Pupils = new("denominator", "Pupils", ColumnRole.Base, "pupils");

    private static readonly string[] Names =
    [
        "Brookfold Lower School", "Chalkhill Primary School", "St Wilfrid's Church of England Voluntary Aided Primary School", "Larkmead Academy", "Thornway Lower School",
        "Ousewater Primary School", "Hawthorn Bank Lower School", "Millrace Primary School", "Kingsbarrow Lower School", "St Osyth's Catholic Primary School",
        "Fernleigh Lower School", "Gable End Primary Academy", "Priory Lea Lower School", "Windrush Meadow Primary School", "Oldfield Lower School",
        "Sandpit Lane Primary School", "Teasel Lower School", "Upper Warren Middle School", "Rowanbrook Primary School", "Downs View Lower School",
        "Icknield Rise Primary School", "Poplar Grove Lower School", "Greensand Primary Academy", "Marlpit Lower School", "Nethercote Middle School",
        "Quarry Road Primary School", "Woodlark Lower School", "Yarrow Special School",
    ];

    public static Cell Words(string text) => new(text);
    public static Cell Percent(double? value, Symbol symbol = Symbol.NotAvailable) => value is { } v
        ? new(Math.Round((decimal)v, 0, MidpointRounding.AwayFromZero).ToString(CultureInfo.InvariantCulture) + "%", v) : new(symbol.InWords(), null, symbol.Code());
    public static Cell Count(int? n) => n is { } v ? new(v.ToString(CultureInfo.InvariantCulture), v) : new(Symbol.NotAvailable.InWords(), null, "x");

    public static Row Figure(IEnumerable<Cell> key, int? reached, int pupils)
    {
        if (reached is not { } n) return new([.. key, Percent(null, Symbol.Confidential), Percent(null, Symbol.Confidential), Percent(null, Symbol.Confidential), Count(pupils)]);
        var p = (double)n / pupils;
        const double z = 1.96;
        var centre = (p + z * z / 2 / pupils) / (1 + z * z / pupils);
        var half = z / (1 + z * z / pupils) * Math.Sqrt(p * (1 - p) / pupils + z * z / 4 / pupils / pupils);
        return new([.. key, Percent(100 * p), Percent(100 * (centre - half)), Percent(100 * (centre + half)), Count(pupils)]);
    }

    public static Table Trend { get; } = new("ks2_rwm_trend", "Reading, writing and maths at age 11, by year", [Group, Year, Value, Lower, Upper, Pupils],
        [
            Figure([Words("Houghton Regis"), Words("2012/13")], 141, 212), Figure([Words("Houghton Regis"), Words("2013/14")], 156, 220),
            Figure([Words("Houghton Regis"), Words("2014/15")], 170, 231), Figure([Words("Houghton Regis"), Words("2015/16")], 104, 228),
            Figure([Words("Central Bedfordshire"), Words("2012/13")], 2040, 2801), Figure([Words("Central Bedfordshire"), Words("2014/15")], 2260, 2911),
            Figure([Words("Central Bedfordshire"), Words("2015/16")], 1389, 2894),
        ],
        new Chart(ChartKind.Trend, "Line chart: 46% of Houghton Regis pupils reached the expected standard in 2015/16, against 48% in the authority.", 0, 100,
            [new("England 2015/16: 53%", 53)], [new(2016, "new tests and a new standard")]), "Figures for Central Bedfordshire were not collected in 2013/14.");

    public static Table Schools { get; } = new("ks2_rwm_schools", "Reading, writing and maths at age 11, school by school", [School, Value, Lower, Upper, Pupils],
        [.. Names.Select((name, i) => i is 11 or 27 ? Figure([Words(name)], null, 7) : Figure([Words(name)], 8 + i * 5 % 17, 24 + i * 7 % 13))],
        new Chart(ChartKind.Interval, "Dots with intervals for 28 schools in the cluster's own order; most intervals hold the national 53%.", 0, 100,
            [new("England 53%", 53)]), "Schools stand in the cluster's own order; this is no ranking.");

    public static Table Funnel { get; } = new("ks2_rwm_funnel", "Could chance explain the differences?", [School, Value, Pupils],
        [.. Names.Take(20).Select((name, i) => new Row([Words(name), Percent(53 + (i == 4 ? -31 : i == 9 ? 27 : (i * 11 % 23) - 11)), Count(18 + i * 9 % 71)]))],
        new Chart(ChartKind.Funnel, "Funnel plot: two of twenty schools lie outside the 95% limits.", 0, 100, [new("England 53%", 53)],
            Limits: [.. Enumerable.Range(1, 19).Select(i => i * 5).Select(n => new Limit(n, Bound(n, -1.96), Bound(n, 1.96), Bound(n, -3.09), Bound(n, 3.09)))]));

    private static double Bound(int n, double z) => Math.Clamp(53 + z * Math.Sqrt(53 * 47.0 / n), 0, 100);

    public static Table Gap { get; } = new("ks2_rwm_gap", "Disadvantaged pupils and other pupils, 2015/16", [new("subject", "Subject", ColumnRole.Label), Group, Value, Lower, Upper, Pupils],
        [
            Figure([Words("Reading"), Words("Disadvantaged pupils")], 41, 88), Figure([Words("Reading"), Words("Other pupils")], 91, 140),
            Figure([Words("Writing"), Words("Disadvantaged pupils")], 52, 88), Figure([Words("Writing"), Words("Other pupils")], 105, 140),
            Figure([Words("Maths"), Words("Disadvantaged pupils")], null, 88), Figure([Words("Maths"), Words("Other pupils")], 98, 140),
        ],
        new Chart(ChartKind.Bars, "Bars: fewer disadvantaged pupils than others reached the standard in reading and writing.", 0, 100, [new("England, other pupils: 60%", 60)]));

    public static Table People { get; } = new("people", "Who to ask", [new("name", "Name", ColumnRole.Label), new("role", "Part in the cluster"), new("phone", "Telephone")],
        [new([Words("Edda Marlowe"), Words("Cluster lead"), Words("+44 1525 000 000")]), new([Words("Tobias Fenn"), Words("Named officer of the authority"), Words("01525 000 001")])]);

    public static Report Pack { get; } = new("pack-houghton-regis-201516", "Houghton Regis cluster: data pack", "Autumn meeting 2016: results of 2015/16",
        new DateOnly(2016, 10, 3), ["Example data about fictional schools", "Contains provisional results"],
        [
            new("overview", "What stands out",
            [
                new Paragraph("Fourteen schools, 2,940 pupils. This side can be read on its own; every figure is explained on the pages that follow."),
                new Sentences("Findings",
                [
                    new("46% of 228 pupils reached the expected standard in reading, writing and maths; in England it was 53%.", "https://example.org/figures/1"),
                    new("Thornway Lower School's result is lower than chance alone would explain (22% of 54 pupils)."),
                    new("Nothing else stands out: with twenty schools, one in twenty would look unusual by luck.", "/figures/2"),
                ]),
                new Sentences("Questions to discuss", [new("What did schools with a similar intake do differently in writing?"), new("Which children were not entered for the tests, and why?"), new("Who could visit St Osyth's, and when?")], Numbered: true),
                new Paragraph("Not known: results at the lower schools are not published; the cluster has been asked for them.", IsNote: true),
            ]),
            new("ks2", "Key stage 2", [Trend, Gap]),
            new("schools", "Schools side by side", [new Paragraph("A dot is a school's result; the line is the range that its true result may lie in. Small schools have long lines."), Schools, Funnel]),
            new("people", "People", [People]),
        ]);

    /// <summary>A report with one table, for tests that look at one thing.</summary>
    public static Report With(params Table[] tables) => Pack with { Sections = [new("only", "Key stage 2", tables)] };
}
