using System.Globalization;
using static Waymark.Example.ExampleTables;

namespace Waymark.Example;

/// <summary>Published key stage 2 results in the raw layout of the performance tables.</summary>
internal static class ExampleKeyStage2
{
    /// <summary>Standard deviations of a child's progress, as implied by the published intervals of 2017.</summary>
    private static readonly double[] ProgressSd = [6.23, 6.04, 5.61];

    private static readonly (string Suffix, Group Group)[] Groups2 =
    [
        ("_B", Group.Boys), ("_G", Group.Girls), ("_L", Group.PriorLow), ("_M", Group.PriorMiddle), ("_H", Group.PriorHigh),
        ("_FSM6CLA1A", Group.Disadvantaged), ("_NotFSM6CLA1A", Group.Other), ("_EAL", Group.OtherLanguage), ("_MOBN", Group.Stayed),
    ];

    /// <summary>Key stage 2, 2015-16: the first year of the new tests; one year only, told by the file's name.</summary>
    public static ExampleFile File()
    {
        var stage = ExampleLocalResults.Named("ks2");
        var day = ExampleCalendar.Tests(2016);
        var schools = ExampleSchools.OpenOn(day).Select(s => (School: s, Pupils: stage.Pupils(s, 2016))).Where(s => s.Pupils.Length > 0).ToList();
        List<Row> rows = [.. schools.OrderBy(s => s.School.Name, StringComparer.Ordinal).Select(s => Of(s.School, s.Pupils, stage, day)),
            Of(null, [.. schools.SelectMany(s => s.Pupils)], stage, day)];
        return Table("england_ks2final_2015-2016.csv", "ks2", rows);
    }

    private static Row Of(ExampleSchool? school, Assessed[] pupils, ExampleLocalResults.Stage stage, DateOnly day)
    {
        var converted = school?.Successor is { } urn ? ExampleSchools.ByUrn(urn) : null;
        var hidden = pupils.Length <= 5;
        var row = new Row
        {
            { "RECTYPE", school is null ? 3 : school.IsSpecial ? 2 : 1 }, { "ALPHAIND", school is null ? "" : school.Urn % 100_000 }, { "LEA", 823 },
            { "ESTAB", school?.Estab }, { "URN", school?.Urn }, { "SCHNAME", school?.Name ?? "Central Bedfordshire" },
            { "ADDRESS1", Address(school, 1) }, { "ADDRESS2", Address(school, 2) }, { "ADDRESS3", "" }, { "TOWN", school?.Town }, { "PCODE", school?.Postcode },
            { "TELNUM", "" }, { "URN_AC", school is null ? "" : converted?.Urn ?? 0 }, { "SCHNAME_AC", converted?.Name },
            { "OPEN_AC", converted?.Opened?.ToString("dd-MM-yyyy", CultureInfo.InvariantCulture) }, { "NFTYPE", school?.Type },
            { "ICLOSE", school is null ? "" : converted is null ? 0 : 1 }, { "RELDENOM", school is null ? "" : school.Faith.Length > 0 ? school.Faith : "Does not apply" },
            { "AGERANGE", school?.AgeRange(day) }, { "TOTPUPS", school?.Headcount(2016) ?? Authority(s => s.Headcount(2016)) },
            { "TPUPYEAR", school?.YearGroup(6, 2016) ?? pupils.Length }, { "TELIG", pupils.Length },
        };
        void Count(string name, Func<Assessed, bool> counted)
        {
            row.Add("T" + name, hidden ? "SUPP" : pupils.Count(counted));
            row.Add("PT" + name, hidden ? "SUPP" : ExampleText.Percent(pupils.Count(counted), pupils.Length));
        }
        foreach (var (name, group) in new[] { ("BELIG", Group.Boys), ("GELIG", Group.Girls) })
        {
            row.Add(name, hidden ? "SUPP" : pupils.Count(p => p.Child.IsIn(group)));
            row.Add("P" + name, hidden ? "SUPP" : ExampleText.Percent(pupils.Count(p => p.Child.IsIn(group)), pupils.Length));
        }
        var known = pupils.Where(p => p.Child.PriorKnown).ToList();
        row.Add("TKS1AVERAGE", hidden ? "SUPP" : known.Count == 0 ? "" : ExampleText.Number(Math.Max(0.5, 15.6 + 3.6 * known.Average(p => p.Child.Prior)), 1));
        foreach (var (suffix, group) in new[] { ("_L", Group.PriorLow), ("_M", Group.PriorMiddle), ("_H", Group.PriorHigh), ("_NA", Group.PriorUnknown) })
            Count("KS1GROUP" + suffix, p => p.Child.IsIn(group));
        Count("FSM6CLA1A", p => p.Child.Disadvantaged);
        Count("NotFSM6CLA1A", p => !p.Child.Disadvantaged);
        Count("EALGRP2", p => p.Child.Eal);
        Count("MOBN", p => !p.Child.Mobile);
        foreach (var (name, sen) in new[] { ("SENELE", 2), ("SENELK", 1) })
        {
            row.Add("T" + name, hidden ? "SUPP" : school is null ? "" : pupils.Count(p => p.Child.Sen == sen));
            row.Add("P" + name, hidden ? "SUPP" : ExampleText.Percent(pupils.Count(p => p.Child.Sen == sen), pupils.Length));
        }

        var (together, reading, writing, maths) = (stage.Rule("ks2.rwm.exp", 2016), stage.Rule("ks2.reading.exp", 2016), stage.Rule("ks2.writing.exp", 2016), stage.Rule("ks2.maths.exp", 2016));
        double[] reach = [8, 0, 7.2, 7.6], standard = [ExampleRandom.Cut(66), 0, ExampleRandom.Cut(70), ExampleRandom.Cut(73)];
        var deep = ExampleRandom.Cut(13);
        // Scaled scores: 100 is the expected standard, 110 the higher one; how far a standard deviation reaches gives the national means.
        double Score(Assessed p, int k) => 100 + reach[k] * (p.Attainment[k] - standard[k]);
        bool Deep(Assessed p) => p.Attainment[1] >= deep;
        (string Name, Func<Assessed, bool> Reached)[] shares =
        [
            ("PTRWM_EXP", p => together(p)), ("PTRWM_HIGH", p => Score(p, 0) >= 110 && Score(p, 2) >= 110 && Deep(p)),
            ("PTREAD_EXP", p => reading(p)), ("PTREAD_HIGH", p => Score(p, 0) >= 110),
            ("PTGPS_EXP", p => Score(p, 3) >= 100), ("PTGPS_HIGH", p => Score(p, 3) >= 110),
            ("PTMAT_EXP", p => maths(p)), ("PTMAT_HIGH", p => Score(p, 2) >= 110),
            ("PTWRITTA_EXP", p => writing(p)), ("PTWRITTA_HIGH", Deep),
        ];
        (string Suffix, Group Group)[] groups = [("", Group.All), .. Groups2];
        foreach (var (name, reached) in shares)
            foreach (var (suffix, group) in groups)
                if (suffix.Length == 0 || name.StartsWith("PTRWM", StringComparison.Ordinal) || suffix is not ("_B" or "_G" or "_EAL" or "_MOBN"))
                {
                    var members = pupils.Where(p => p.Child.IsIn(group)).ToList();
                    row.Add(name + suffix, members.Count == 0 ? "" : hidden || ExamplePupils.IsHeldBack(pupils, group, false) ? "SUPP"
                        : ExampleText.Percent(members.Count(reached), members.Count));
                }
        foreach (var (name, k) in new[] { ("READ", 0), ("MAT", 2), ("GPS", 3) })
            foreach (var (suffix, group) in groups)
            {
                var scored = pupils.Where(p => p.Child.IsIn(group) && Score(p, k) >= 78).ToList();
                row.Add($"{name}_AVERAGE{suffix}", scored.Count == 0 ? "" : hidden || ExamplePupils.IsHeldBack(pupils, group, false, p => Score(p, k) >= 78) ? "SUPP"
                    : ExampleText.Number(scored.Average(p => Math.Clamp(Math.Floor(Score(p, k)), 80, 120)), 0));
            }
        foreach (var (name, k) in new[] { ("READ", 0), ("WRIT", 1), ("MAT", 2) })
            foreach (var (suffix, group) in groups)
            {
                var covered = known.Where(p => p.Child.IsIn(group)).Select(p => ProgressSd[k] * p.Progress[k]).ToList();
                var symbol = hidden || covered.Count is > 0 and <= 5 || ExamplePupils.IsHeldBack(pupils, group, false, p => p.Child.PriorKnown) ? "SUPP"
                    : covered.Count == 0 ? (suffix.Length == 0 ? "NA" : "") : 2 * known.Count < pupils.Length ? "LOWCOV" : null;
                Interval(row, name + "PROG" + suffix, "_LOWER", "_UPPER", covered, ProgressSd[k], 1, symbol);
                if (suffix.Length == 0) row.Add(name + "COV", hidden ? "SUPP" : ExampleText.Percent(known.Count, pupils.Length));
            }
        return row;
    }

    private static int Authority(Func<ExampleSchool, int> count) => ExampleSchools.OpenOn(ExampleCalendar.Tests(2016)).Sum(count);
}
