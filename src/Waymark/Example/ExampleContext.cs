using System.Globalization;

namespace Waymark.Example;

/// <summary>A school's latest inspection: when it was held, and the grade from 1 to 4.</summary>
internal sealed record Inspection(DateOnly Held, int Grade)
{
    public string Words => Grade switch { 1 => "Outstanding", 2 => "Good", 3 => "Requires improvement", _ => "Inadequate" };
}

/// <summary>What is known about schools beside results: pupils and their characteristics, absence, headcounts, inspections.</summary>
internal static class ExampleContext
{
    /// <summary>The latest inspection before a day; a new academy waits for its first one.</summary>
    public static Inspection? Inspection(ExampleSchool school, DateOnly asOf)
    {
        var chance = ExampleRandom.For($"{school.Urn} inspections");
        Inspection? latest = null;
        var held = (school.Opened ?? new(2008, 9, 1)).AddDays(500 + chance.Below(700));
        while (true)
        {
            while (held.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday or DayOfWeek.Monday or DayOfWeek.Friday || held.Month == 8) held = held.AddDays(1);
            if (held.AddDays(30) > asOf || held > school.Closed) return latest;
            var quality = 0.8 * school.Trait("effect") + 0.6 * chance.Normal();
            latest = new(held, quality > 0.85 ? 1 : quality > -1.15 ? 2 : quality > -1.75 ? 3 : 4);
            held = held.AddDays(850 + chance.Below(750));
        }
    }

    public static ExampleFile Inspections(DateOnly asOf)
    {
        var text = new ExampleText().Row("URN", "School name", "Ofsted phase", "Inspection date", "Publication date", "Overall effectiveness");
        foreach (var school in ExampleSchools.OpenOn(asOf).OrderBy(s => s.Urn))
            if (Inspection(school, asOf) is { } i)
                text.Row(school.Urn, school.Name, school.Tier switch { "special" => "Special", "nursery" => "Nursery", "lower" or "primary" => "Primary", _ => "Secondary" },
                    ExampleRegister.Iso(i.Held), ExampleRegister.Iso(i.Held.AddDays(22)), i.Grade);
        return text.ToFile($"ofsted_schools_{ExampleRegister.Iso(asOf)}.csv");
    }

    /// <summary>The spring census by school, with national rows near the real ones at its end.</summary>
    public static ExampleFile Census(int year)
    {
        var text = new ExampleText().Row("URN", "LA", "ESTAB", "SCHOOLTYPE", "NOR", "NORG", "NORB", "PNORG", "PNORB", "TSENELSE", "PSENELSE", "TSENELK", "PSENELK",
            "NUMEAL", "NUMENGFL", "NUMUNCFL", "PNUMEAL", "PNUMENGFL", "PNUMUNCFL", "NUMFSM", "NUMFSMEVER", "PNUMFSMEVER");
        foreach (var school in ExampleSchools.OpenOn(ExampleCalendar.Census(year)).OrderBy(s => s.Urn))
        {
            var pupils = school.Headcount(year);
            var girls = school.Chance($"girls {year}").Near(pupils, school.IsSpecial ? 0.28 : 0.49);
            var chance = school.Chance($"census {year}");
            var plans = school.IsSpecial ? pupils : chance.Near(pupils, ExamplePupils.Plans(school));
            var support = chance.Near(pupils, ExamplePupils.SenSupport(school));
            var eal = chance.Near(pupils, school.Eal);
            var unclassified = chance.Near(pupils - eal, 0.003);
            var ever = chance.Near(pupils, school.Disadvantaged);
            var now = chance.Near(ever, 0.55);
            var nursery = school.Tier == "nursery";
            Row(text, school.Urn, school.Estab, school.StatisticalType, 823, pupils, girls, plans, support, eal, unclassified, nursery ? 0 : now, nursery ? null : ever);
        }
        var grown = year - 2016;
        Row(text, "NAT", "PRI", "State-funded primary", "", 4_615_000 + 85_000 * grown, 2_262_000 + 41_500 * grown, 61_000, 558_000, 925_000, 10_000, 668_000 - 20_000 * grown, 1_170_000 - 9_000 * grown);
        Row(text, "NAT", "SEC", "State-funded secondary", "", 3_193_000 - 9_000 * grown, 1_583_000, 55_000, 406_000, 501_000, 12_000, 420_000 - 18_000 * grown, 930_000);
        Row(text, "NAT", "SPE", "State-funded special school", "", 107_000 + 3_500 * grown, 29_500 + 900 * grown, 104_000 + 3_400 * grown, 2_600, 14_800, 350, 40_000, 52_500);
        return text.ToFile($"england_census_{year}.csv", ExampleText.Utf8WithMark);
    }

    private static void Row(ExampleText text, object urn, object estab, string type, object authority, int pupils, int girls, int plans, int support,
        int eal, int unclassified, int meals, int? ever)
    {
        string Share(int part) => ExampleText.Number(100.0 * part / pupils, 1);
        var english = pupils - eal - unclassified;
        text.Row(urn, authority, estab, type, pupils, girls, pupils - girls, Share(girls), Share(pupils - girls), plans, Share(plans), support, Share(support),
            eal, english, unclassified, Share(eal), Share(english), Share(unclassified), meals, ever?.ToString(CultureInfo.InvariantCulture) ?? "NA", ever is { } e ? Share(e) : "NA");
    }

    /// <summary>Absence over the year and the share missing a tenth of it or more; held back where a school is very small.</summary>
    public static ExampleFile Absence(int year)
    {
        var text = new ExampleText().Row("LA", "ESTAB", "URN", "PERCTOT", "PPERSABS10");
        double[] mood = [0.25, 0.45, -0.2, 0, 0];
        foreach (var school in ExampleSchools.OpenOn(ExampleCalendar.Tests(year)).Where(s => s.Tier != "nursery"))
        {
            var chance = school.Chance($"absence {year}");
            var usual = school.Tier switch { "lower" => 3.8, "primary" => 4.2, "middle" => 4.4, "upper" => 5.3, "special" => 8.8, _ => 5.5 };
            var rate = Math.Max(2.3, usual + mood[year - 2012] + school.Tier switch { "special" => 1.5, "upper" => 0.9, "lower" => 0.6, _ => 0.35 } * school.Trait("absence") + 0.2 * chance.Normal() + (school.IsSpecial ? 0 : 5 * (school.Disadvantaged - 0.15)));
            var pupils = Enumerable.Range(1, 11).Sum(group => school.YearGroup(group, year));
            var persistent = chance.Near(pupils, Math.Clamp(0.078 + 0.036 * (rate - 3.9), 0.005, 0.6));
            text.Row(823, school.Estab, school.Urn, ExampleText.Number(rate, 1), pupils < 45 ? "SUPP" : ExampleText.Number(100.0 * persistent / pupils, 1));
        }
        string[,] national =
        {
            { "4.4", "10.4", "5.9", "16.9", "9.7", "29.3" }, { "4.7", "11.2", "5.8", "16.4", "9.7", "29.6" }, { "3.9", "8.1", "5.2", "13.6", "9.0", "27.4" },
            { "4", "8.4", "5.3", "13.8", "9.4", "27.5" }, { "4", "8.2", "5.2", "13.1", "9.1", "26.9" },
        };
        string[] phases = ["PRI", "SEC", "SPE"];
        for (var i = 0; i < 3; i++) text.Row("NAT", phases[i], "", national[year - 2012, 2 * i], national[year - 2012, 2 * i + 1]);
        return text.ToFile($"england_abs_{year}.csv", ExampleText.Utf8WithMark);
    }

    /// <summary>Headcounts by school and for the authority, all years in one file.</summary>
    public static ExampleFile Headcounts()
    {
        string[] place = ["E92000001", "England", "E12000006", "East of England", "823", "E06000056", "Central Bedfordshire"];
        var text = new ExampleText().Row("year", "level", "country_code", "country_name", "region_code", "region_name", "old_la_code", "new_la_code", "la_name",
            "estab", "laestab", "acad_type", "acad_opendate", "school_type", "num_schools", "headcount");
        foreach (var year in ExampleCalendar.Years.Reverse())
        {
            var schools = ExampleSchools.OpenOn(ExampleCalendar.Census(year)).Select(s => (School: s, Type: Type(s), Pupils: s.Headcount(year))).ToList();
            foreach (var type in new[] { "Total", "state-funded primary", "state-funded secondary", "special", "nursery" })
            {
                var counted = schools.Where(s => type == "Total" || s.Type == type).ToList();
                text.Row([ExampleCalendar.Code(year), "Local authority", .. place, "", "", "", "", type, counted.Count, counted.Sum(s => s.Pupils)]);
            }
            foreach (var (s, type, pupils) in schools)
            {
                var academy = s.Type switch { "ACC" or "ACCS" => "Converter academy", "AC" => "Sponsored academy", _ => "" };
                var opened = academy.Length > 0 ? s.Opened!.Value.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture) : "";
                text.Row([ExampleCalendar.Code(year), "School", .. place, s.Estab, $"823{s.Estab}", academy, opened, type, 1, pupils]);
            }
        }
        return text.ToFile("schpupnum_823.csv");
    }

    private static string Type(ExampleSchool school) =>
        school.StatisticalType switch { "State-funded special school" => "special", "State-funded nursery" => "nursery", var t => t.ToLowerInvariant() };
}
