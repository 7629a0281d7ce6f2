namespace Waymark.Example;

/// <summary>
/// What the authority and its schools hold themselves, in the product's long format: counts, not shares. Lower schools live from these,
/// and in September a summer's tests exist only here, as provisional.
/// </summary>
internal static class ExampleLocalResults
{
    /// <summary>A stage of assessment: its year group and, by subject, the national percentage of each year from 2012 (0: not assessed).</summary>
    public sealed record Stage(string Code, int Group, double Authority, int FirstYear, (string Measure, int Subject, double[] National)[] Subjects, string? Together = null);

    /// <summary>
    /// National percentages as published for those years, rounded: good level of development; the phonics check; key stage 1 level 2B
    /// and, in 2016, the new expected standard; key stage 2 level 4 and, in 2016, the new expected standard; English and mathematics at A*-C.
    /// </summary>
    public static readonly Stage[] Stages =
    [
        new("eyfs", 0, -0.02, 2013, [("eyfs.gld", 0, [0, 52, 60, 66, 69])]),
        new("phonics", 1, -0.04, 2012, [("phonics.y1", 0, [58, 69, 74, 77, 81])]),
        new("ks1", 2, 0.02, 2012, [("ks1.reading.exp", 0, [76, 79, 81, 82, 74]), ("ks1.writing.exp", 1, [64, 67, 70, 72, 65]), ("ks1.maths.exp", 2, [76, 78, 80, 82, 73])]),
        new("ks2", 6, -0.2, 2012, [("ks2.reading.exp", 0, [87, 86, 89, 89, 66]), ("ks2.writing.exp", 1, [81, 83, 85, 87, 74]), ("ks2.maths.exp", 2, [84, 85, 86, 87, 70])], "ks2.rwm.exp"),
        new("ks4", 11, 0.02, 2012, [("", 0, [69, 70, 69, 70, 75]), ("", 2, [66, 67, 67, 67, 68])], "ks4.em4"),
    ];

    public static Stage Named(string code) => Stages.Single(s => s.Code == code);

    private static readonly (string Code, Group Group)[] Groups =
        [("all", Group.All), ("girls", Group.Girls), ("boys", Group.Boys), ("disadvantaged", Group.Disadvantaged), ("other", Group.Other)];

    public static Assessed[] Pupils(this Stage stage, ExampleSchool school, int year) => ExamplePupils.Assess(school, stage.Code, stage.Group, year, stage.Authority);

    /// <summary>The measures of a stage in a year, each with its rule. In July the marking reviews are still to come.</summary>
    public static IReadOnlyList<(string Measure, Predicate<Assessed> Reached)> Measures(this Stage stage, int year, bool july = false)
    {
        var subjects = Array.ConvertAll(stage.Subjects, s => (s.Subject, Cut: ExampleRandom.Cut(s.National[year - 2012]) + (july ? 0.035 : 0)));
        var measures = new List<(string, Predicate<Assessed>)>();
        if (stage.Together is { } together) measures.Add((together, p => Array.TrueForAll(subjects, s => p.Attainment[s.Subject] >= s.Cut)));
        for (var i = 0; i < subjects.Length; i++)
        {
            var (subject, cut) = subjects[i];
            if (stage.Subjects[i].Measure is { Length: > 0 } measure) measures.Add((measure, p => p.Attainment[subject] >= cut));
        }
        return measures;
    }

    public static Predicate<Assessed> Rule(this Stage stage, string measure, int year) => stage.Measures(year).Single(m => m.Measure == measure).Reached;

    public static ExampleFile File(Stage stage, int year)
    {
        var july = year == 2016 && stage.Together is not null;
        var status = july ? "provisional" : year == 2016 ? "checked" : "final";
        var text = new ExampleText().Row("urn", "year", "measure", "group", "numerator", "denominator", "status");
        var measures = stage.Measures(year, july);
        foreach (var school in ExampleSchools.OpenOn(ExampleCalendar.Tests(year)).OrderBy(s => s.Urn))
        {
            var pupils = stage.Pupils(school, year);
            var members = Array.ConvertAll(Groups, g => (g.Code, Pupils: Array.FindAll(pupils, p => p.Child.IsIn(g.Group))));
            foreach (var (measure, reached) in measures)
                foreach (var (code, group) in members)
                {
                    // A few children counted in July are left out of the final tables, having just come from abroad.
                    var leaving = july ? group.Count(p => p.Luck < 0.008) : 0;
                    if (group.Length > 0)
                        text.Row(school.Urn, ExampleCalendar.Code(year), measure, code, group.Count(p => reached(p)), group.Length + leaving, status);
                }
        }
        return text.ToFile($"local_{stage.Code}_{ExampleCalendar.Code(year)}.csv");
    }

    /// <summary>The authority's share at a measure in a year, all its schools' children together.</summary>
    public static double Share(string measure, int year)
    {
        var stage = Stages.Single(s => year >= s.FirstYear && s.Measures(year).Any(m => m.Measure == measure));
        var reached = stage.Rule(measure, year);
        var pupils = ExampleSchools.OpenOn(ExampleCalendar.Tests(year)).SelectMany(s => stage.Pupils(s, year)).ToList();
        return 100.0 * pupils.Count(p => reached(p)) / pupils.Count;
    }
}
