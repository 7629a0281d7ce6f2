using System.Globalization;
using static Waymark.Example.ExampleTables;

namespace Waymark.Example;

/// <summary>Published sixth-form results in the raw layout of the performance tables.</summary>
internal static class ExampleKeyStage5
{
    /// <summary>Sixth forms, 2015-16.</summary>
    public static ExampleFile File()
    {
        List<Row> rows = [.. ExampleSchools.OpenOn(ExampleCalendar.Tests(2016)).Where(s => !s.IsSpecial && s.YearGroup(13, 2016) > 0).OrderBy(s => s.Name, StringComparer.Ordinal).Select(Of)];
        int Sum(string column) => rows.Sum(r => int.TryParse(r.Single(c => c.Column == column).Value, out var n) ? n : 0);
        double Mean(string value, string weight) => rows.Sum(r => double.TryParse(r.Single(c => c.Column == value).Value, CultureInfo.InvariantCulture, out var v)
            ? v * int.Parse(r.Single(c => c.Column == weight).Value, CultureInfo.InvariantCulture) : 0) / Sum(weight);
        var authority = new Row();
        foreach (var (column, _) in rows[0])
            authority.Add(column, column switch
            {
                "RECTYPE" => "4",
                "REGION" => "25",
                "LASORT" => "3",
                "LEA" => "823",
                "CONTFLAG" => "0",
                "TALLPPE_ALEV_1618" => ExampleText.Number(Mean(column, "TALLPUP_ALEV_1618"), 2),
                "TALLPPEGRD_ALEV_1618" => Grade(Mean("TALLPPE_ALEV_1618", "TALLPUP_ALEV_1618")),
                "TB3PTSE" => ExampleText.Number(Mean(column, "TINCLUDE_B3"), 2),
                "TB3PTSE_GRD" => Grade(Mean("TB3PTSE", "TINCLUDE_B3")),
                "TALLPPE_AGEN" => ExampleText.Number(Mean(column, "TALLPUP_AGEN"), 2),
                "ENTRIES_ALEV" or "VA_INS_ALEV" or "UCI_INS_ALEV" or "LCI_INS_ALEV" => "NA",
                "PTAAB_2FAC" => "10.4%",
                _ => "",
            });
        rows.Add(authority);
        return Table("england_ks5final_2015-2016.csv", "ks5", rows);
    }

    private static Row Of(ExampleSchool school)
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
