using System.Globalization;

namespace Waymark.Example;

/// <summary>The published results in the raw layouts of the performance tables, with the rows of the authority and the nation.</summary>
internal static class ExampleTables
{
    private static readonly List<(string Table, string Rectype, string Column, string Value)> NationalValues =
        ExampleSchools.Embedded("national.csv", cell => (cell("table"), cell("rectype"), cell("column"), cell("value")));

    /// <summary>Standard deviations of a child's progress: key stage 2 as implied by the published intervals of 2017, Progress 8 by those of 2016.</summary>
    private static readonly double[] ProgressSd = [6.23, 6.04, 5.61];
    private const double Progress8Sd = 1.06, AverageProgressSd = 0.73;

    private static readonly (string Suffix, Group Group)[] Groups2 =
    [
        ("_B", Group.Boys), ("_G", Group.Girls), ("_L", Group.PriorLow), ("_M", Group.PriorMiddle), ("_H", Group.PriorHigh),
        ("_FSM6CLA1A", Group.Disadvantaged), ("_NotFSM6CLA1A", Group.Other), ("_EAL", Group.OtherLanguage), ("_MOBN", Group.Stayed),
    ];

    private static readonly (string Suffix, Group Group)[] Groups4 =
    [
        ("_FSM6CLA1A", Group.Disadvantaged), ("_NFSM6CLA1A", Group.Other), ("_LO", Group.PriorLow), ("_AV", Group.PriorMiddle), ("_HI", Group.PriorHigh),
        ("_EAL", Group.OtherLanguage), ("_GIRLS", Group.Girls), ("_BOYS", Group.Boys), ("_NMOB", Group.Stayed),
    ];

    /// <summary>A row under construction: columns are named as they are filled, so that the first row makes the header.</summary>
    private sealed class Row : List<(string Column, string Value)>
    {
        public void Add(string column, object? value) => Add((column, Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""));
    }

    private static ExampleFile File(string name, string table, List<Row> rows)
    {
        var text = new ExampleText().Row(rows[0].Select(cell => cell.Column));
        foreach (var row in rows) text.Row(row.Select(cell => cell.Value));
        foreach (var nation in NationalValues.Where(n => n.Table == table).GroupBy(n => n.Rectype))
        {
            var known = nation.ToDictionary(n => n.Column, n => n.Value);
            text.Row(rows[0].Select(cell => cell.Column == "RECTYPE" ? nation.Key : known.GetValueOrDefault(cell.Column, "")));
        }
        return text.ToFile(name, ExampleText.Utf8WithMark);
    }

    private static string Address(ExampleSchool? school, int line) => school is null ? "" : (line, school.Locality) switch
    {
        (1, _) => school.Street,
        (2, var locality) => locality,
        _ => "",
    };

    /// <summary>Key stage 2, 2015-16: the first year of the new tests; one year only, told by the file's name.</summary>
    public static ExampleFile KeyStage2()
    {
        var stage = ExampleLocalResults.Named("ks2");
        var day = ExampleCalendar.Tests(2016);
        var schools = ExampleSchools.OpenOn(day).Select(s => (School: s, Pupils: stage.Pupils(s, 2016))).Where(s => s.Pupils.Length > 0).ToList();
        List<Row> rows = [.. schools.OrderBy(s => s.School.Name, StringComparer.Ordinal).Select(s => KeyStage2(s.School, s.Pupils, stage, day)),
            KeyStage2(null, [.. schools.SelectMany(s => s.Pupils)], stage, day)];
        return File("england_ks2final_2015-2016.csv", "ks2", rows);
    }

    private static Row KeyStage2(ExampleSchool? school, Assessed[] pupils, ExampleLocalResults.Stage stage, DateOnly day)
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

        // Scaled scores: 100 is the expected standard, 110 the higher one; how far a standard deviation reaches gives the national means.
        double Score(Assessed p, int k) => 100 + (k switch { 0 => 8, 2 => 7.2, _ => 7.6 }) * (p.Attainment[k] - ExampleRandom.Cut(k switch { 0 => 66, 2 => 70, _ => 73 }));
        bool Deep(Assessed p) => p.Attainment[1] >= ExampleRandom.Cut(13);
        (string Name, Func<Assessed, bool> Reached)[] shares =
        [
            ("PTRWM_EXP", p => stage.ReachedTogether(p, 2016)), ("PTRWM_HIGH", p => Score(p, 0) >= 110 && Score(p, 2) >= 110 && Deep(p)),
            ("PTREAD_EXP", p => stage.Reached(p, 0, 2016)), ("PTREAD_HIGH", p => Score(p, 0) >= 110),
            ("PTGPS_EXP", p => Score(p, 3) >= 100), ("PTGPS_HIGH", p => Score(p, 3) >= 110),
            ("PTMAT_EXP", p => stage.Reached(p, 2, 2016)), ("PTMAT_HIGH", p => Score(p, 2) >= 110),
            ("PTWRITTA_EXP", p => stage.Reached(p, 1, 2016)), ("PTWRITTA_HIGH", Deep),
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

    /// <summary>A published mean with its interval: mean ± 1.96 · sd / √n.</summary>
    private static void Interval(Row row, string column, string lower, string upper, List<double> scores, double sd, int decimals, string? symbol)
    {
        var mean = scores.Count == 0 ? 0 : scores.Average();
        var half = scores.Count == 0 ? 0 : 1.96 * sd / Math.Sqrt(scores.Count);
        row.Add(column, symbol ?? ExampleText.Number(mean, decimals));
        row.Add(column + lower, symbol ?? ExampleText.Number(mean - half, decimals));
        row.Add(column + upper, symbol ?? ExampleText.Number(mean + half, decimals));
    }

    /// <summary>Key stage 4. Until 2015 Attainment 8 and Progress 8 exist for the few schools that chose them early.</summary>
    public static ExampleFile KeyStage4(int year)
    {
        var stage = ExampleLocalResults.Named("ks4");
        var schools = ExampleSchools.OpenOn(ExampleCalendar.Tests(year)).Select(s => (School: s, Pupils: stage.Pupils(s, year))).Where(s => s.Pupils.Length > 0).ToList();
        List<Row> rows = [.. schools.OrderBy(s => s.School.Name, StringComparer.Ordinal).Select(s => KeyStage4(s.School, [s], stage, year)), KeyStage4(null, schools, stage, year)];
        return File($"england_ks4final_{year - 1}-{year}.csv", $"ks4 {year}", rows);
    }

    private static Row KeyStage4(ExampleSchool? school, List<(ExampleSchool School, Assessed[] Pupils)> schools, ExampleLocalResults.Stage stage, int year)
    {
        var pupils = schools.SelectMany(s => s.Pupils).ToArray();
        var special = schools.Where(s => s.School.IsSpecial).SelectMany(s => s.Pupils).ToHashSet();
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
            var scores = members.Where(p => p.Child.PriorKnown).Select(p => (special.Contains(p) ? -1.3 : 0) + Progress8Sd / AverageProgressSd * p.AverageProgress).ToList();
            symbol ??= scores.Count <= 5 || ExamplePupils.IsHeldBack(pupils, group, true, p => p.Child.PriorKnown) ? "SUPP" : null;
            row.Add("P8PUP" + suffix, symbol ?? scores.Count.ToString(CultureInfo.InvariantCulture));
            if (suffix.Length == 0) row.Add("P8MEACOV", symbol ?? ExampleText.Percent(scores.Count, pupils.Length));
            Interval8(row, suffix, scores, symbol);
        }
        foreach (var (column, group) in new[] { ("PTL2BASICS", Group.All), ("PBL2BASICS", Group.Boys), ("PGL2BASICS", Group.Girls), ("PTFSM6CLA1ABASICS", Group.Disadvantaged), ("PTNOTFSM6CLA1ABASICS", Group.Other) })
        {
            var members = pupils.Where(p => p.Child.IsIn(group)).ToList();
            row.Add(column + ending, hidden || ExamplePupils.IsHeldBack(pupils, group, true) ? "SUPP" : Share(members.Count(p => stage.ReachedTogether(p, year)), members.Count));
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

    /// <summary>Sixth forms, 2015-16.</summary>
    public static ExampleFile KeyStage5()
    {
        List<Row> rows = [.. ExampleSchools.OpenOn(ExampleCalendar.Tests(2016)).Where(s => !s.IsSpecial && s.YearGroup(13, 2016) > 0).OrderBy(s => s.Name, StringComparer.Ordinal).Select(KeyStage5)];
        int Sum(string column) => rows.Sum(r => int.TryParse(r.Single(c => c.Column == column).Value, out var n) ? n : 0);
        double Mean(string value, string weight) => rows.Sum(r => double.TryParse(r.Single(c => c.Column == value).Value, CultureInfo.InvariantCulture, out var v)
            ? v * int.Parse(r.Single(c => c.Column == weight).Value, CultureInfo.InvariantCulture) : 0) / Sum(weight);
        var authority = new Row();
        foreach (var (column, _) in rows[0])
            authority.Add(column, column switch
            {
                "RECTYPE" => "4", "REGION" => "25", "LASORT" => "3", "LEA" => "823", "CONTFLAG" => "0",
                "TALLPPE_ALEV_1618" => ExampleText.Number(Mean(column, "TALLPUP_ALEV_1618"), 2), "TALLPPEGRD_ALEV_1618" => Grade(Mean("TALLPPE_ALEV_1618", "TALLPUP_ALEV_1618")),
                "TB3PTSE" => ExampleText.Number(Mean(column, "TINCLUDE_B3"), 2), "TB3PTSE_GRD" => Grade(Mean("TB3PTSE", "TINCLUDE_B3")),
                "TALLPPE_AGEN" => ExampleText.Number(Mean(column, "TALLPUP_AGEN"), 2), "ENTRIES_ALEV" or "VA_INS_ALEV" or "UCI_INS_ALEV" or "LCI_INS_ALEV" => "NA",
                "PTAAB_2FAC" => "10.4%", _ => "",
            });
        rows.Add(authority);
        return File("england_ks5final_2015-2016.csv", "ks5", rows);
    }

    private static Row KeyStage5(ExampleSchool school)
    {
        var chance = school.Chance("ks5 2016");
        var leavers = school.YearGroup(13, 2016);
        var academic = chance.Near(leavers, 0.82 - 0.6 * (school.Disadvantaged - 0.1));
        var applied = chance.Near(leavers, 0.22);
        var technical = chance.Near(leavers, 0.045);
        var best = chance.Near(academic, 0.72);
        var added = 0.16 * school.Trait("effect") + 0.08 * chance.Normal() - 0.05;
        var points = 29.6 + 13 * added - 18 * (school.Disadvantaged - 0.12);
        var half = 1.5 / Math.Sqrt(2.8 * academic);
        string P(double value) => ExampleText.Number(value, 2);
        var merit = 34 + 3.5 * chance.Normal();
        return new Row
        {
            { "RECTYPE", 1 }, { "ALPHAIND", school.Urn % 100_000 }, { "REGION", 25 }, { "LASORT", 3 }, { "LEA", 823 }, { "ESTAB", school.Estab }, { "URN", school.Urn },
            { "SCHNAME_AC", "" }, { "SCHNAME", school.Name }, { "ADDRESS1", Address(school, 1) }, { "ADDRESS2", Address(school, 2) }, { "ADDRESS3", "" },
            { "TOWN", school.Town }, { "PCODE", school.Postcode }, { "TELNUM", "" }, { "CONTFLAG", 0 }, { "NFTYPE/FESITYPE", school.Type },
            { "RELDENOM", school.Faith.Length > 0 ? school.Faith : "None" }, { "ADMPOL", "COMP" }, { "GEND1618", "MIXED" }, { "FEEDER", 0 },
            { "AGERANGE", school.AgeRange(ExampleCalendar.Tests(2016)) }, { "ICLOSE", 0 }, { "TABKS2", 0 }, { "TAB15", 1 }, { "EXAMCONF", "" }, { "DUMMY", "" },
            { "TPUP1618", school.YearGroup(12, 2016) + leavers }, { "TALLPUP_1618", leavers }, { "TALLPUP_ALEV_1618", academic },
            { "TALLPPE_ALEV_1618", P(points) }, { "TALLPPEGRD_ALEV_1618", Grade(points) },
            { "TALLPUP_TLEV", technical == 0 ? "NE" : technical }, { "TALLPPE_TLEV", technical == 0 ? "NE" : technical <= 5 ? "SUPP" : P(merit + 2) },
            { "TALLPUP_AGEN", applied }, { "TALLPPE_AGEN", applied <= 5 ? "SUPP" : P(merit) },
            { "TINCLUDE_B3", best }, { "TB3PTSE", P(points + 3.3) }, { "TB3PTSE_GRD", Grade(points + 3.3) },
            { "PTAAB_2FAC", ExampleText.Number(Math.Max(0, 9 + 1.1 * (points - 29) + chance.Normal()), 1) + "%" },
            { "ENTRIES_ALEV", (int)(2.9 * academic) }, { "VA_INS_ALEV", P(added) }, { "UCI_INS_ALEV", P(added + half) }, { "LCI_INS_ALEV", P(added - half) },
        };
    }

    /// <summary>Points as a grade: a third of a grade is 3.33 points, a C is 30.</summary>
    private static string Grade(double points)
    {
        string[] grades = ["E-", "E", "E+", "D-", "D", "D+", "C-", "C", "C+", "B-", "B", "B+", "A-", "A", "A+"];
        return grades[Math.Clamp((int)((points - 5) / (10 / 3.0)), 0, grades.Length - 1)];
    }
}
