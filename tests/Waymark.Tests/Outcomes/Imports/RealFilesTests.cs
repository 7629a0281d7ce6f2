using System.Globalization;
using Waymark.Evidence;
using Waymark.Field;
using Waymark.Shared.Imports;
using Waymark.Tests.Schools;
using Waymark.Tests.Shared;

namespace Waymark.Tests.Outcomes.Imports;

/// <summary>The published files as they were downloaded, against another and plainer reading of the same files.</summary>
public sealed class RealFilesTests
{
    /// <summary>What lies beside the files to import: descriptions, vectors, models, lists without a measure.</summary>
    private static readonly string[] NotForImport =
    [
        "disclosure/z1.csv", "disclosure/z2.csv", "ks2_ks4_transition_2024/", "linkage/", "methodology_facts/", "p8_ready_reckoner/", "upn_ctf/",
        "abbreviations.csv", "ks2_meta.csv", "la_and_region_codes_meta.csv", "scorecard_metadata.csv", "lait_data_dictionary.csv", "register_823_merged/clusters.csv",
        // Colours of a made-up file are no measure.
        "tiny-two-filters.csv",
    ];

    [SkippableFact]
    public void Every_published_file_is_kept_and_every_row_of_it_is_kept_or_listed()
    {
        using var store = TestStore.On(Database.Sqlite);
        var kept = 0;
        foreach (var path in SharedData.Files("", "*.csv").Concat(SharedData.Files("", "*.csv.gz")))
        {
            var name = path.Replace('\\', '/');
            var isForImport = !NotForImport.Any(ending => ending.EndsWith('/') ? name.Contains("/" + ending, StringComparison.Ordinal) : name.EndsWith(ending, StringComparison.Ordinal));
            try
            {
                var outcome = store.Desk().Load(path, File.ReadAllBytes(path));
                outcome.Refused.ShouldBe(!isForImport, $"{name}: {string.Join("; ", outcome.Notes.Where(note => note.Kind == NoteKind.Fault).Take(3))}");
                if (outcome.Refused) continue;
                var lines = ResultFiles.Plainly(path).Skip(1).Count(cells => cells.Any(cell => cell.Length > 0));
                // Cells with a line break of their own make a plain reading longer.
                if (!File.ReadAllBytes(path).AsSpan().StartsWith((byte[])[0x1F, 0x8B])) outcome.Import.RowsRead.ShouldBeInRange(lines * 99 / 100, lines, name);
                (outcome.Import.RowsKept + outcome.Import.RowsListed).ShouldBe(outcome.Import.RowsRead, name);
                outcome.Notes.Where(note => note.Kind == NoteKind.RowListed).ShouldAllBe(note => note.Sentence.Length > 10);
                kept++;
            }
            catch (ImportRefusedException refused)
            {
                isForImport.ShouldBeFalse(refused.Message);
            }
        }
        kept.ShouldBeGreaterThanOrEqualTo(45);
        using var db = store.Open();
        Waymark.Shared.Room.All.SelectMany(room => room.Invariants).SelectMany(invariant => invariant.Broken(db)).ShouldBeEmpty();
    }

    /// <param name="Where">What picks the row: "URN=116296" or "RECTYPE=5" or "LA=NAT&amp;ESTAB=PRI".</param>
    /// <param name="Place">school:116296, authority:850, region:985 or one of the nations.</param>
    private sealed record Spot(string File, string Where, string Column, string Measure, string Group, int Year, string Place, string? Base = null);

    private const string Ks2Hampshire = "ks2_raw_format/2017-2018_850_ks2final.csv", Ks2Surrey = "ks2_raw_format/2016-2017_936_ks2final.csv", Ks4Surrey = "ks4_school/2017-2018_936_ks4final.csv",
        Census = "census_absence_school_2019/england_census_2019.csv.gz", Absence = "census_absence_school_2019/england_abs_2019.csv.gz", Lait = "lait_la_benchmarks/lait_education_subset.csv.gz",
        Eyfs = "la_level_ees_823/eyfsp_2022.csv", Ks5 = "ks5_school_2016_2017/ks5final_2017_subset.csv", Ofsted = "ofsted_2018/ofsted_schools_2018-07-31.csv.gz";

    private static readonly Spot[] Spots =
    [
        new(Ks2Hampshire, "URN=115922", "PTRWM_EXP", "ks2.rwm.exp", "all", 201718, "school:115922", "TELIG"),
        new(Ks2Hampshire, "URN=115922", "PTRWM_EXP_B", "ks2.rwm.exp", "boys", 201718, "school:115922", "BELIG"),
        new(Ks2Hampshire, "URN=115922", "PTRWM_EXP_FSM6CLA1A", "ks2.rwm.exp", "disadvantaged", 201718, "school:115922", "TFSM6CLA1A"),
        new(Ks2Hampshire, "URN=115922", "READPROG", "ks2.reading.progress", "all", 201718, "school:115922"),
        new(Ks2Hampshire, "URN=115922", "READ_AVERAGE", "ks2.reading.score", "all", 201718, "school:115922"),
        new(Ks2Hampshire, "URN=116296", "PTRWM_EXP_B", "ks2.rwm.exp", "boys", 201718, "school:116296"),
        new(Ks2Hampshire, "URN=116296", "READPROG", "ks2.reading.progress", "all", 201718, "school:116296"),
        new(Ks2Hampshire, "URN=116633", "READPROG", "ks2.reading.progress", "all", 201718, "school:116633"),
        new(Ks2Hampshire, "RECTYPE=3", "PTRWM_EXP", "ks2.rwm.exp", "all", 201718, "authority:850", "TELIG"),
        new(Ks2Hampshire, "RECTYPE=3", "WRITPROG", "ks2.writing.progress", "all", 201718, "authority:850"),
        new(Ks2Hampshire, "RECTYPE=5", "PTRWM_EXP", "ks2.rwm.exp", "all", 201718, "England", "TELIG"),
        new(Ks2Hampshire, "RECTYPE=5", "PTRWM_HIGH_G", "ks2.rwm.high", "girls", 201718, "England"),
        new(Ks2Hampshire, "RECTYPE=4", "PTRWM_EXP", "ks2.rwm.exp", "all", 201718, "EnglandAllSchools"),
        new(Ks2Surrey, "RECTYPE=3", "MAT_AVERAGE", "ks2.maths.score", "all", 201617, "authority:936"),
        new(Ks2Surrey, "RECTYPE=5", "PTMAT_EXP", "ks2.maths.exp", "all", 201617, "England"),
        new("ks2_school/ks2_perf_2016.csv.gz", "URN=100028", "Overall Meet Std", "ks2.rwm.exp", "all", 201516, "school:100028", "KS2 Pupils"),
        new("ks2_school/ks2_perf_2018.csv.gz", "URN=138305", "Reading Progress", "ks2.reading.progress", "all", 201718, "school:138305"),
        new("ks4_school/ks4_perf_2018.csv.gz", "URN=100050", "Progress 8", "ks4.p8", "all", 201718, "school:100050"),
        new(Ks4Surrey, "RECTYPE=4", "ATT8SCR", "ks4.att8", "all", 201718, "authority:936", "TPUP"),
        new(Ks4Surrey, "RECTYPE=7", "P8MEA_FSM6CLA1A", "ks4.p8", "disadvantaged", 201718, "England"),
        new(Ks4Surrey, "RECTYPE=5", "PTL2BASICS_94", "ks4.em4", "all", 201718, "EnglandAllSchools"),
        new(Ks5, "RECTYPE=7", "TALLPPE_ALEV_1618", "ks5.aps.alevel", "all", 201617, "England"),
        new(Census, "ESTAB=PRI", "PNUMFSMEVER", "pupils.disadvantaged", "all", 201819, "EnglandPrimary"),
        new(Census, "ESTAB=SPE", "PSENELSE", "pupils.ehcp", "all", 201819, "EnglandSpecial"),
        new(Census, "URN=109428", "NOR", "pupils.headcount", "all", 201819, "school:109428"),
        new(Absence, "ESTAB=SEC", "PPERSABS10", "absence.persistent", "all", 201819, "EnglandSecondary"),
        new(Absence, "URN=109428", "PERCTOT", "absence.overall", "all", 201819, "school:109428"),
        new(Ofsted, "URN=109428", "Overall effectiveness", "inspection.overall", "all", 201718, "school:109428"),
        new(Lait, "measure_short=PriTotAbs&period=2016&la_code=822", "value", "absence.overall.primary", "all", 201516, "authority:822"),
        new(Lait, "measure_short=KS2RWM_Expected_STD&period=2019&la_code=985", "value", "ks2.rwm.exp", "all", 201819, "region:985"),
        new(Lait, "measure_short=KS2RWM_Expected_STD&period=2019&la_code=970", "value", "ks2.rwm.exp", "all", 201819, "England"),
        new(Eyfs, "geographic_level=National&characteristic=Total&gender=Total", "gld_percentage", "eyfs.gld", "all", 202122, "England", "children_number"),
        new(Eyfs, "old_la_code=823&characteristic=Total&gender=Girls", "gld_percentage", "eyfs.gld", "girls", 202122, "authority:823"),
    ];

    private static readonly Dictionary<string, Symbol> Codes = new()
    {
        ["SUPP"] = Symbol.Confidential,
        ["LOWCOV"] = Symbol.Unreliable,
        ["NE"] = Symbol.NotApplicable,
        ["NA"] = Symbol.NotApplicable,
        ["NP"] = Symbol.NotAvailable,
        ["NEW"] = Symbol.NotAvailable,
        [""] = Symbol.NotAvailable,
        ["-"] = Symbol.NotAvailable,
    };

    [SkippableFact]
    public void Figures_are_what_stands_in_the_file_at_the_line_they_name()
    {
        using var store = TestStore.On(Database.Sqlite);
        Spots.Length.ShouldBeGreaterThanOrEqualTo(25);
        foreach (var byFile in Spots.GroupBy(spot => spot.File))
        {
            var path = SharedData.File(byFile.Key);
            store.LoadShared(byFile.Key);
            var lines = ResultFiles.Plainly(path);
            var header = lines[0].Select(name => name.Trim('\ufeff')).ToList();
            string Cell(string[] line, string column) => line[header.FindIndex(name => name.Equals(column, StringComparison.OrdinalIgnoreCase)) is >= 0 and var at ? at : throw new InvalidOperationException($"{byFile.Key} has no {column}")];
            foreach (var spot in byFile)
            {
                var at = lines.FindIndex(1, line => spot.Where.Split('&').Select(pair => pair.Split('=')).All(pair => Cell(line, pair[0]) == pair[1]));
                at.ShouldBeGreaterThan(0, $"{spot}");
                var raw = Cell(lines[at], spot.Column);
                var expected = double.TryParse(raw.TrimEnd('%'), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? (double?)number : null;
                if (expected is null) Codes.Keys.ShouldContain(raw, $"{spot}");
                using var db = store.Open();
                var figure = new Cube(db).Read([Catalogue.Measure(spot.Measure)], [AcademicYear.FromCode(spot.Year)], [PlaceOf(spot.Place)], [Catalogue.Group(spot.Group)]).ShouldHaveSingleItem($"{spot}");
                figure.Value.ShouldBe(expected, $"{spot}");
                figure.Symbol.ShouldBe(expected is null ? Codes[raw] : Symbol.None, $"{spot}");
                figure.Source!.Line.ShouldBe(at + 1, $"{spot}");
                db.Imports.Find(figure.Source.Import)!.FileName.ShouldBe(Path.GetFileName(spot.File));
                if (spot.Base is { } @base) figure.Denominator.ShouldBe(long.Parse(Cell(lines[at], @base), CultureInfo.InvariantCulture), $"{spot}");
            }
        }
    }

    private static PlaceKey PlaceOf(string text) => text.Split(':') switch
    {
        ["school", var urn] => PlaceKey.School(new SchoolUrn(int.Parse(urn, CultureInfo.InvariantCulture))),
        ["authority", var code] => PlaceKey.Authority(new LocalAuthorityCode(int.Parse(code, CultureInfo.InvariantCulture))),
        ["region", var number] => PlaceKey.Region(int.Parse(number, CultureInfo.InvariantCulture)),
        ["England"] => PlaceKey.England,
        ["EnglandAllSchools"] => PlaceKey.EnglandAllSchools,
        ["EnglandPrimary"] => PlaceKey.EnglandPrimary,
        ["EnglandSecondary"] => PlaceKey.EnglandSecondary,
        _ => PlaceKey.EnglandSpecial,
    };

    /// <summary>The tables of a year nobody has seen: columns in another order, two hundred new ones among them, some gone, some renamed.</summary>
    [SkippableFact]
    public void A_year_that_nobody_has_seen_imports_its_known_measures()
    {
        var lines = ResultFiles.Plainly(SharedData.File(Ks2Hampshire)).Where(line => line.Length > 200).ToList();
        var random = new Random(2031);
        string[] gone = ["PTSCITA_EXP", "TELNUM", "WRITPROG", "WRITPROG_LOWER", "WRITPROG_UPPER"];
        var columns = lines[0].Select((name, index) => (Name: name.Trim('\ufeff'), Index: index)).Where(column => !gone.Contains(column.Name, StringComparer.OrdinalIgnoreCase))
            // Next year's file repeats this year's results under this year's digits.
            .Select(column => column.Name == "PTMAT_EXP" ? column with { Name = "PTMATHS_EXPECTED" } : column)
            .Select(column => column with { Name = column.Name.Replace("_17", "_30", StringComparison.Ordinal).Replace("_16", "_29", StringComparison.Ordinal) })
            .Concat(Enumerable.Range(0, 200).Select(i => (Name: $"NEWMEASURE_{i}", Index: -1))).OrderBy(_ => random.Next()).ToList();
        var text = string.Join(',', columns.Select(column => column.Name)) + "\r\n" + string.Concat(lines.Skip(1).Select(line => string.Join(',', columns.Select(column => column.Index < 0 ? "x9" : column.Index < line.Length ? $"\"{line[column.Index]}\"" : "")) + "\r\n"));

        using var store = TestStore.On(Database.Sqlite);
        var outcome = store.Load("england_ks2final.csv", text);
        (outcome.Import.Format, outcome.Import.Years).ShouldBe(("ks2-raw", "203031"));
        outcome.Notes.Count(note => note.Kind == NoteKind.ColumnUnknown && note.Column!.StartsWith("NEWMEASURE_", StringComparison.Ordinal)).ShouldBe(200);
        outcome.Notes.ShouldContain(note => note.Kind == NoteKind.ColumnUnknown && note.Column == "PTMATHS_EXPECTED");
        using var db = store.Open();
        var (measures, place, year) = ((Measure[])[Catalogue.Measure("ks2.rwm.exp"), Catalogue.Measure("ks2.writing.progress"), Catalogue.Measure("ks2.maths.exp")], PlaceKey.Authority(new(850)), AcademicYear.Ending(2031));
        new Cube(db).Read(measures, [year], [place], [Catalogue.All]).Select(figure => (figure.Measure.Code, figure.Value)).ShouldBe([("ks2.rwm.exp", 68.0)]);
    }
}
