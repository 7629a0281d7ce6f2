using System.Globalization;

namespace Waymark.Statistics.Tests;

/// <summary>The national tables as published (key stage 2 of two authorities, key stage 4 of one, two years), reproduced figure by figure.</summary>
public class PublishedFilesTests
{
    private static readonly string[] Subjects = ["READPROG", "WRITPROG", "MATPROG"];

    private static readonly Dictionary<string, string> KeyStage2Groups = new()
    {
        ["B"] = "BELIG",
        ["G"] = "GELIG",
        ["L"] = "TKS1GROUP_L",
        ["M"] = "TKS1GROUP_M",
        ["H"] = "TKS1GROUP_H",
        ["FSM6CLA1A"] = "TFSM6CLA1A",
        ["NotFSM6CLA1A"] = "TNotFSM6CLA1A",
        ["EAL"] = "TEALGRP2",
        ["MOBN"] = "TMOBN",
    };

    [SkippableTheory]
    [InlineData(201617, 1603)]
    [InlineData(201718, 1603)]
    public void Every_key_stage_2_interval_of_a_whole_cohort_is_reproduced(int year, int published)
    {
        int seen = 0, otherPupils = 0;
        foreach (var row in KeyStage2(year))
            foreach (var subject in Subjects)
                if (Figure(row, subject, $"{subject}_LOWER", $"{subject}_UPPER") is var (score, interval))
                {
                    var rule = ProgressBands.Rule(year, subject)!;
                    long eligible = Whole(row["TELIG"]);
                    var coverage = decimal.Parse(row[subject.Replace("PROG", "COV", StringComparison.Ordinal)].TrimEnd('%'), CultureInfo.InvariantCulture);
                    bool Fits(long n) => Progress.Reproduces(score, interval, rule.StandardDeviation!.Value, n, rule.Decimals);
                    if (!Fits(Progress.Pupils(eligible, (double)coverage / 100)))
                    {
                        // The coverage is rounded: with more than 100 pupils another number may stand behind it.
                        otherPupils++;
                        Counts.FromPercentage(coverage, 0, eligible).Any(Fits).ShouldBeTrue($"{year} {row["SCHNAME"]} {subject} {score} {interval}");
                    }
                    seen++;
                }
        seen.ShouldBe(published);
        otherPupils.ShouldBe(year == 201617 ? 2 : 1);
    }

    [SkippableTheory]
    [InlineData(201617, 10_129, 108)]
    [InlineData(201718, 10_164, 108)]
    public void Every_key_stage_2_interval_of_a_group_is_reproduced(int year, int published, int national)
    {
        int seen = 0, nation = 0;
        foreach (var row in KeyStage2(year))
            foreach (var subject in Subjects)
                foreach (var (group, eligibleColumn) in KeyStage2Groups)
                    if (Figure(row, $"{subject}_{group}", $"{subject}_{group}_LOWER", $"{subject}_{group}_UPPER") is var (score, interval))
                    {
                        var what = $"{year} {row["SCHNAME"]} {subject} {group} {score} {interval}";
                        if (row["RECTYPE"] is "4" or "5")
                        {
                            // A nation is no sample: its intervals are published as nought to nought.
                            interval.ShouldBe(new Interval(0, 0), what);
                            nation++;
                            continue;
                        }
                        // The group's own coverage is not published. Its pupils are the eligible ones less at most those whom the whole cohort misses.
                        var rule = ProgressBands.Rule(year, subject)!;
                        long whole = Whole(row["TELIG"]), eligible = Whole(row[eligibleColumn]);
                        var coverage = decimal.Parse(row[subject.Replace("PROG", "COV", StringComparison.Ordinal)].TrimEnd('%'), CultureInfo.InvariantCulture);
                        var missing = whole - Counts.FromPercentage(coverage, 0, whole)[0];
                        Enumerable.Range((int)Math.Max(1, eligible - missing), (int)Math.Min(eligible, missing + 1))
                            .Any(n => Progress.Reproduces(score, interval, rule.StandardDeviation!.Value, n, rule.Decimals)).ShouldBeTrue(what);
                        seen++;
                    }
        (seen, nation).ShouldBe((published, national));
    }

    [SkippableFact]
    public void Last_years_columns_repeat_last_years_file()
    {
        // So their intervals are reproduced with it. 42 belong to schools whose number is new; the columns of two years ago come without their pupils.
        static string Who(Dictionary<string, string> row) => row["URN"] + row["RECTYPE"] + row["LEA"];
        var before = KeyStage2(201617).DistinctBy(Who).ToDictionary(Who);
        int same = 0, newNumber = 0, twoYearsAgo = 0;
        foreach (var row in KeyStage2(201718))
            foreach (var subject in Subjects)
            {
                if (Figure(row, subject + "_16", $"{subject}_LOWER_16", $"{subject}_UPPER_16") is not null)
                    twoYearsAgo++;
                if (Figure(row, subject + "_17", $"{subject}_LOWER_17", $"{subject}_UPPER_17") is not { } figure)
                    continue;
                if (!before.TryGetValue(Who(row), out var then))
                    newNumber++;
                else if (Figure(then, subject, $"{subject}_LOWER", $"{subject}_UPPER") == figure)
                    same++;
            }
        (same, newNumber, twoYearsAgo).ShouldBe((1555, 42, 1575));
    }

    [SkippableTheory]
    [InlineData(201617, 201516, 1533, 48)]
    [InlineData(201718, 201516, 1488, 87)]
    [InlineData(201718, 201617, 1549, 48)]
    public void Every_key_stage_2_interval_of_an_earlier_year_is_reproduced(int file, int year, int published, int withoutPupils)
    {
        // These columns come without their pupils, whom that year's file of all England gives; the measure may miss some of them. Authorities and new numbers are not in it.
        var pupils = SharedData.Rows("ks2_school", $"ks2_perf_20{year % 100}.csv.gz").Where(row => row["KS2 Pupils"].Length > 0).DistinctBy(row => row["URN"]).ToDictionary(row => row["URN"], row => Whole(row["KS2 Pupils"]));
        int seen = 0, others = 0;
        foreach (var row in KeyStage2(file))
            foreach (var subject in Subjects)
            {
                if (Figure(row, $"{subject}_{year % 100}", $"{subject}_LOWER_{year % 100}", $"{subject}_UPPER_{year % 100}") is not var (score, interval)) continue;
                var isKnown = pupils.TryGetValue(row["URN"], out var eligible) && row["RECTYPE"] is "1" or "2";
                var (least, most) = isKnown ? (eligible / 2, eligible) : (1, 30_000);
                Enumerable.Range(least, most - least + 1).Any(n => Progress.Reproduces(score, interval, ProgressBands.Rule(year, subject)!.StandardDeviation!.Value, n, 1)).ShouldBeTrue($"{row["SCHNAME"]} {subject} {score} {interval}");
                if (isKnown) seen++;
                else others++;
            }
        (seen, others).ShouldBe((published, withoutPupils));
    }

    [SkippableFact]
    public void Every_key_stage_2_band_is_reproduced()
    {
        int seen = 0;
        foreach (var row in KeyStage2(201718))
            foreach (var subject in Subjects)
                foreach (var (suffix, year) in new[] { ("", 201718), ("_17", 201617), ("_16", 201516) })
                    if (row[$"{subject}_DESCR{suffix}"] is [>= '1' and <= '5'] band)
                    {
                        var (score, interval) = Figure(row, subject + suffix, $"{subject}_LOWER{suffix}", $"{subject}_UPPER{suffix}")!.Value;
                        ((int)ProgressBands.Of(score, interval, ProgressBands.Rule(year, subject)!.Bands!)).ShouldBe(Whole(band), $"{row["SCHNAME"]} {subject} {year}");
                        seen++;
                    }
        seen.ShouldBe(4775);
    }

    [SkippableFact]
    public void The_key_stage_2_cuts_separate_the_bands_of_every_school_in_England()
    {
        // This file has scores and bands, no intervals; beside the cuts the score alone decides between neighbouring bands of one sign.
        var seen = 0;
        foreach (var row in SharedData.Rows("ks2_school", "ks2_perf_2018.csv.gz"))
            foreach (var (name, subject) in new[] { ("Reading", "READPROG"), ("Writing", "WRITPROG"), ("Maths", "MATPROG") })
                if (row[$"{name} Progress Band"] is [>= '1' and <= '5' and not '3'] band && Number(row[$"{name} Progress"]) is { } score)
                {
                    var side = score > 0 ? new Interval(score / 2, score * 2) : new Interval(score * 2, score / 2);
                    ((int)ProgressBands.Of(score, side, ProgressBands.Rule(201718, subject)!.Bands!)).ShouldBe(Whole(band), $"{row["URN"]} {name}");
                    seen++;
                }
        seen.ShouldBe(17_164);
    }

    [SkippableTheory]
    [InlineData(201617, "2016-2017_936_ks4final.csv", 1508)]
    [InlineData(201718, "2017-2018_936_ks4final.csv", 2246)]
    public void Every_Progress_8_interval_is_reproduced(int year, string file, int published)
    {
        var seen = 0;
        foreach (var row in SharedData.Rows("ks4_school", file))
            foreach (var column in row.Keys.Where(c => c.StartsWith("P8MEA", StringComparison.Ordinal) && c != "P8MEACOV" && !c.Contains("_CI", StringComparison.Ordinal)))
            {
                var (measure, group) = column.Split('_', 2) is [var m, var g] ? (m, "_" + g) : (column, "");
                var ends = measure == "P8MEA" ? ("P8CILOW" + group, "P8CIUPP" + group) : ($"{measure}_CILOW{group}", $"{measure}_CIUPP{group}");
                if (Figure(row, column, ends.Item1, ends.Item2) is not var (score, interval))
                    continue;
                var (of, code) = group switch
                {
                    _ when group.EndsWith("_15", StringComparison.Ordinal) => (201415, measure),
                    _ when group.EndsWith("_16", StringComparison.Ordinal) => (201516, measure),
                    _ when group.EndsWith("_17", StringComparison.Ordinal) => (201617, measure),
                    _ when group.EndsWith("_ORIG", StringComparison.Ordinal) => (year, measure + "_ORIG"),
                    _ => (year, measure),
                };
                var n = Whole(row["P8PUP" + group.Replace("_ORIG", "", StringComparison.Ordinal)]);
                Progress.Reproduces(score, interval, ProgressBands.Rule(of, code)!.StandardDeviation!.Value, n, 2)
                    .ShouldBeTrue($"{year} {row["SCHNAME"]} {column} {score} {interval} {n}");
                seen++;
            }
        seen.ShouldBe(published);
    }

    [SkippableFact]
    public void Every_Progress_8_band_is_reproduced()
    {
        var seen = 0;
        foreach (var row in SharedData.Rows("ks4_school", "2017-2018_936_ks4final.csv").Where(r => r["P8_BANDING"] is [>= '1' and <= '5']))
        {
            var (score, interval) = Figure(row, "P8MEA", "P8CILOW", "P8CIUPP")!.Value;
            ((int)ProgressBands.Of(score, interval, ProgressBands.Rule(201718, "P8MEA")!.Bands!)).ShouldBe(Whole(row["P8_BANDING"]), row["SCHNAME"]);
            seen++;
        }
        seen.ShouldBe(65);
    }

    [SkippableFact]
    public void Most_counts_behind_the_published_percentages_of_schools_are_known()
    {
        // Reading, writing and maths together, expected standard; whole cohorts of schools (record types 1 and 2) in all four files.
        var counts = new[] { 201617, 201718 }.SelectMany(KeyStage2)
            .Where(r => r["RECTYPE"] is "1" or "2" && r["TELIG"].Length > 0 && r["PTRWM_EXP"].EndsWith('%'))
            .Select(r => Counts.FromPercentage(decimal.Parse(r["PTRWM_EXP"].TrimEnd('%'), CultureInfo.InvariantCulture), 0, Whole(r["TELIG"])).Count)
            .ToList();
        (counts.Count(c => c == 1), counts.Count(c => c > 1), counts.Count(c => c == 0)).ShouldBe((1053, 17, 2));
    }

    private static IEnumerable<Dictionary<string, string>> KeyStage2(int year) => new[] { "850", "936" }.SelectMany(authority =>
        SharedData.Rows("ks2_raw_format", $"{year / 100}-20{year % 100}_{authority}_ks2final.csv"));

    private static (double Score, Interval Interval)? Figure(Dictionary<string, string> row, string score, string lower, string upper) =>
        Number(row[score]) is { } s && Number(row[lower]) is { } l && Number(row[upper]) is { } u ? (s, new Interval(l, u)) : null;

    private static double? Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static int Whole(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
