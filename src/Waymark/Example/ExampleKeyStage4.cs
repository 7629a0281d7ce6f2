using System.Globalization;
using static Waymark.Example.ExampleTables;

namespace Waymark.Example;

/// <summary>Published key stage 4 results in the raw layout of the performance tables.</summary>
internal static class ExampleKeyStage4
{
    /// <summary>Standard deviation of a child's Progress 8, as implied by the published intervals of 2016; and of the mean that stands for it here.</summary>
    private const double Progress8Sd = 1.06, AverageProgressSd = 0.73;

    private static readonly (string Suffix, Group Group)[] Groups4 =
    [
        ("_FSM6CLA1A", Group.Disadvantaged), ("_NFSM6CLA1A", Group.Other), ("_LO", Group.PriorLow), ("_AV", Group.PriorMiddle), ("_HI", Group.PriorHigh),
        ("_EAL", Group.OtherLanguage), ("_GIRLS", Group.Girls), ("_BOYS", Group.Boys), ("_NMOB", Group.Stayed),
    ];

    /// <summary>Key stage 4. Until 2015 Attainment 8 and Progress 8 exist for the few schools that chose them early.</summary>
    public static ExampleFile File(int year)
    {
        var stage = ExampleLocalResults.Named("ks4");
        var schools = ExampleSchools.OpenOn(ExampleCalendar.Tests(year)).Select(s => (School: s, Pupils: stage.Pupils(s, year))).Where(s => s.Pupils.Length > 0).ToList();
        List<Row> rows = [.. schools.OrderBy(s => s.School.Name, StringComparer.Ordinal).Select(s => Of(s.School, [s], stage, year)), Of(null, schools, stage, year)];
        return Table($"england_ks4final_{year - 1}-{year}.csv", $"ks4 {year}", rows);
    }

    private static Row Of(ExampleSchool? school, List<(ExampleSchool School, Assessed[] Pupils)> schools, ExampleLocalResults.Stage stage, int year)
    {
        var pupils = schools.SelectMany(s => s.Pupils).ToArray();
        var hidden = pupils.Length <= 5;
        var early = year > 2015 || school is null || school.Chance("early").Chance(0.3);
        var ending = year > 2015 ? "_LL_PTQ_EE" : "_PTQ_EE";
        string Share(int part, int whole) => whole == 0 ? "NE" : school is null ? ExampleText.Number(100.0 * part / whole, 1) + "0%" : ExampleText.Percent(part, whole);
        var roll = school?.Headcount(year) ?? schools.Sum(s => s.School.Headcount(year));
        var girls = school is null ? roll / 2 : school.Chance($"girls {year}").Near(roll, school.IsSpecial ? 0.28 : 0.49);
        var row = new Row
        {
            { "RECTYPE", school is null ? 4 : school.IsSpecial ? 2 : 1 }, { "ALPHAIND", school is null ? "" : school.Urn % 100_000 }, { "LEA", 823 },
            { "ESTAB", school?.Estab }, { "URN", school?.Urn }, { "SCHNAME", school?.Name ?? "Central Bedfordshire" }, { "SCHNAME_AC", "" },
            { "ADDRESS1", Address(school, 1) }, { "ADDRESS2", Address(school, 2) }, { "ADDRESS3", "" }, { "TOWN", school?.Town }, { "PCODE", school?.Postcode },
            { "TELNUM", "" }, { "ICLOSE", school is null ? "" : 0 }, { "NFTYPE", school?.Type }, { "RELDENOM", school is null ? "" : school.Faith.Length > 0 ? school.Faith : "None" },
            { "ADMPOL", school is null ? "" : school.IsSpecial ? "NA" : "COMP" }, { "EGENDER", school is null ? "" : "MIXED" },
            { "AGERANGE", school?.AgeRange(ExampleCalendar.Tests(year)) }, { "TOTPUPS", roll }, { "NUMBOYS", roll - girls }, { "NUMGIRLS", girls }, { "TPUP", pupils.Length },
        };
        void Count(string name, Group group)
        {
            var n = pupils.Count(p => p.Child.IsIn(group, atEleven: true));
            row.Add("T" + name, hidden ? "SUPP" : n);
            row.Add("PT" + name, hidden ? "SUPP" : Share(n, pupils.Length));
        }
        foreach (var (name, group) in new[] { ("BPUP", Group.Boys), ("GPUP", Group.Girls) })
        {
            row.Add(name, hidden ? "SUPP" : pupils.Count(p => p.Child.IsIn(group)));
            row.Add("P" + name, hidden ? "SUPP" : Share(pupils.Count(p => p.Child.IsIn(group)), pupils.Length));
        }
        var known = pupils.Where(p => p.Child.PriorKnown).ToList();
        row.Add("KS2APS", hidden ? "SUPP" : ExampleText.Number(Math.Max(12, 28.2 + 4.3 * known.Average(p => p.Child.Prior)), 1));
        foreach (var (name, group) in new[] { ("PRIORLO", Group.PriorLow), ("PRIORAV", Group.PriorMiddle), ("PRIORHI", Group.PriorHigh), ("FSM6CLA1A", Group.Disadvantaged),
            ("NOTFSM6CLA1A", Group.Other), ("EALGRP2", Group.OtherLanguage), ("NMOB", Group.Stayed) })
            Count(name, group);
        foreach (var (name, sen) in new[] { ("SENSE4", 2), ("SENAPK4", 1) })
        {
            row.Add(name, hidden ? "SUPP" : pupils.Count(p => p.Child.Sen == sen));
            row.Add("P" + name, hidden ? "SUPP" : Share(pupils.Count(p => p.Child.Sen == sen), pupils.Length));
        }
        double Points(Assessed p) => Math.Clamp(Math.Round(2 * (49.6 + 16.5 * p.Average), MidpointRounding.AwayFromZero) / 2, 0, 90);
        var none = pupils.All(p => Points(p) == 0);
        var policy = schools.ToDictionary(s => s.School.Urn, s => 0.35 * s.School.Trait("ebacc") + 0.15 * s.School.Trait($"ebacc {year}"));
        var entered = schools.SelectMany(s => s.Pupils.Where(p => 0.75 * p.Average + 1.6 * (p.Luck - 0.5) + policy[s.School.Urn] >= 0.33)).ToHashSet();
        foreach (var (suffix, group) in new[] { ("", Group.All) }.Concat(Groups4))
        {
            var members = pupils.Where(p => p.Child.IsIn(group, atEleven: true)).ToList();
            var symbol = !early ? "NA" : hidden || ExamplePupils.IsHeldBack(pupils, group, true) ? "SUPP" : members.Count == 0 || none ? "NE" : null;
            if (suffix.Length == 0) row.Add("TOTATT8", symbol ?? ExampleText.Number(members.Sum(Points), 1));
            row.Add("ATT8SCR" + suffix, symbol ?? ExampleText.Number(members.Average(Points), 1));
            var scores = members.Where(p => p.Child.PriorKnown).Select(p => Progress8Sd / AverageProgressSd * p.AverageProgress).ToList();
            symbol ??= scores.Count <= 5 || ExamplePupils.IsHeldBack(pupils, group, true, p => p.Child.PriorKnown) ? "SUPP" : null;
            row.Add("P8PUP" + suffix, symbol ?? scores.Count.ToString(CultureInfo.InvariantCulture));
            if (suffix.Length == 0) row.Add("P8MEACOV", symbol ?? ExampleText.Percent(scores.Count, pupils.Length));
            Interval8(row, suffix, scores, symbol);
        }
        var together = stage.Rule("ks4.em4", year);
        foreach (var (column, group) in new[] { ("PTL2BASICS", Group.All), ("PBL2BASICS", Group.Boys), ("PGL2BASICS", Group.Girls), ("PTFSM6CLA1ABASICS", Group.Disadvantaged), ("PTNOTFSM6CLA1ABASICS", Group.Other) })
        {
            var members = pupils.Where(p => p.Child.IsIn(group)).ToList();
            row.Add(column + ending, hidden || ExamplePupils.IsHeldBack(pupils, group, true) ? "SUPP" : Share(members.Count(p => together(p)), members.Count));
        }
        row.Add("TEBACC_E_PTQ_EE", hidden ? "SUPP" : pupils.Count(entered.Contains));
        row.Add("PTEBACC_E_PTQ_EE", hidden ? "SUPP" : Share(pupils.Count(entered.Contains), pupils.Length));
        row.Add("PTEBACC_PTQ_EE", hidden ? "SUPP" : Share(pupils.Count(p => entered.Contains(p) && p.Average >= 0.1), pupils.Length));
        return row;
    }

    private static void Interval8(Row row, string suffix, List<double> scores, string? symbol)
    {
        var at = row.Count;
        Interval(row, "P8MEA", "", "", scores, Progress8Sd, 2, symbol);
        string[] names = ["P8MEA", "P8CILOW", "P8CIUPP"];
        for (var i = 0; i < 3; i++) row[at + i] = (names[i] + suffix, row[at + i].Value);
    }
}
