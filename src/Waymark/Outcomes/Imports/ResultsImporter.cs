using System.Data.Common;
using System.Globalization;
using System.Text.RegularExpressions;
using Dapper;
using Waymark.Evidence;
using Waymark.Field;
using Waymark.Schools;
using Waymark.Shared.Imports;
using Waymark.Statistics;

namespace Waymark.Outcomes.Imports;

/// <summary>
/// Reads every family of results by its layout. It finds columns by name, so that a year whose layout nobody has seen imports:
/// known measures are kept, unknown columns are listed.
/// </summary>
internal sealed partial class ResultsImporter(Layout layout) : Importer
{
    public override string Reads => layout.Title;

    public override Recognised? Recognise(TabularFile file) =>
        layout.Recognise.All(name => Column(file, name) >= 0) ? new Recognised(layout.Id, layout.Title, layout.Recognise.Length) : null;

    public override void Stage(TabularFile file, Recognised recognised, ImportRun run)
    {
        var plan = new Plan(layout, file);
        foreach (var column in plan.Unused)
            run.UnknownColumn(column, layout.Known.FirstOrDefault(known => known.Match(column))?.Reason ?? "no measure of the catalogue uses it");
        foreach (var column in plan.Repeated)
            run.Fault(1, column, null, "Two columns have this name, and nobody can tell which is meant. Rename or remove one.");
        var fileYear = FileYear(file, run);
        if (run.Faults > 0) return;

        var batch = new FigureBatch(run);
        var schools = new Dictionary<int, (string? Name, Laestab? Laestab, int Line)>();
        var reader = new RowReader(layout, file, plan, run, batch, schools, fileYear);
        foreach (var row in file.Rows())
        {
            run.Read();
            if (reader.Read(row)) run.Kept();
        }
        if (run.Faults > 0) return;
        if (batch.Count == 0 && run.RowsRead > 0)
            run.Fault(null, null, null, "No row of this file holds a figure that the catalogue knows. Check that it is the right file, or add its measures to the catalogue.");
        if (layout.IsLocal) Release.Protect(batch, run);
        KnownSchools.Stage(run, layout.Place.Urn, schools.Select(school => (new SchoolUrn(school.Key), school.Value.Name, school.Value.Laestab, school.Value.Line)));
        batch.Write();
    }

    public override void AfterSwitch(DbConnection connection, DbTransaction transaction, Import import)
    {
        if (import.Format == layout.Id) KnownSchools.AfterSwitch(connection, transaction, import);
    }

    /// <summary>The one year of a file without a year column; null where rows tell it. A contradiction is a fault.</summary>
    private AcademicYear? FileYear(TabularFile file, ImportRun run)
    {
        if (layout.Year.Column is not null) return null;
        var byContent = YearByContent(file);
        var byName = layout.Year.FileName ? YearInName(file.Name) : null;
        if (byContent is { } content && (run.StatedYear ?? byName) is { } said && said != content)
        {
            run.Fault(1, null, null, $"The columns say that these are results of {content}, but {(run.StatedYear is null ? "the file's name" : "--year")} says {said}. Correct whichever is wrong.");
            return null;
        }
        if ((byContent ?? run.StatedYear ?? byName) is { } year) return year;
        run.Fault(null, null, null, "The file does not tell its academic year. State it (--year 201718, or on the upload page), or put it into the file's name, as in england_ks5final_2016-2017.csv.");
        return null;
    }

    private AcademicYear? YearByContent(TabularFile file)
    {
        if (layout.Year.PriorYears is { } pattern)
        {
            var newest = file.Header.Select(column => Regex.Match(column, pattern, RegexOptions.IgnoreCase, TimeSpan.FromMilliseconds(100)))
                .Where(match => match.Success)
                .Select(match => 2000 + int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture))
                .DefaultIfEmpty(0).Max();
            if (newest > 0) return AcademicYear.Ending(newest + 1);
        }
        return layout.Year.Marks.FirstOrDefault(mark => file.Has(mark.Column)) is { } found ? AcademicYear.FromCode(found.Year) : null;
    }

    internal static AcademicYear? YearInName(string name)
    {
        foreach (Match match in DayInName.Matches(name))
            if (DateOnly.TryParseExact(match.Value.Replace("-", "", StringComparison.Ordinal), "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
                return AcademicYear.Of(day);
        foreach (Match match in YearsInName.Matches(name))
            if (AcademicYear.TryParse(match.Value.Replace('_', '-'), null, out var year))
                return year;
        return null;
    }

    [GeneratedRegex(@"(?<!\d)20\d\d-?[01]\d-?[0-3]\d(?!\d)", RegexOptions.None, 100)]
    private static partial Regex DayInName { get; }

    [GeneratedRegex(@"(?<!\d)20\d\d(?:[-_](?:20)?\d\d(?!\d)|\d\d(?!\d))?(?!\d)", RegexOptions.None, 100)]
    private static partial Regex YearsInName { get; }

    private static int Column(TabularFile file, string names)
    {
        if (file.Column(names) is var whole and >= 0) return whole;
        foreach (var name in names.Split('|'))
            if (file.Column(name) is var index and >= 0)
                return index;
        return -1;
    }

    /// <summary>One figure that each row gives: which measure and group, and in which columns.</summary>
    internal sealed record Cell(Measure? Measure, PupilGroup Group, int Value, int Numerator, int Base, int Lower, int Upper, int Coverage, int Total, double Scale, int NotBefore, int NotAfter, string Column);

    /// <summary>The layout laid over one file's header.</summary>
    internal sealed class Plan
    {
        private readonly HashSet<int> used = [];
        private readonly TabularFile file;

        public Plan(Layout layout, TabularFile file)
        {
            this.file = file;
            Cells = [.. layout.Measures.SelectMany(columns => CellsOf(layout, columns))];
            string?[] structural =
            [
                layout.Year.Column, layout.StatusColumn, layout.MeasureBy?.Column, layout.Place.RecordType, layout.Place.Level, layout.Place.Urn, layout.Place.Laestab, layout.Place.AuthorityCode,
                layout.Place.Establishment, layout.Place.Region, layout.Place.Name, layout.Place.Only?.Column, .. layout.Place.NationalMark?.Columns ?? [], layout.Place.NationalMark?.By, .. layout.GroupBy?.Columns ?? [],
            ];
            foreach (var name in structural)
                if (name is not null) Find(name);
            Unused = [.. file.Header.Where((_, index) => !used.Contains(index)).Where(name => name.Length > 0)];
        }

        public IReadOnlyList<Cell> Cells { get; }
        public IReadOnlyList<string> Unused { get; }

        /// <summary>Names that a measure reads and that two columns have.</summary>
        public IEnumerable<string> Repeated => file.Header.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).Where(same => same.Count() > 1 && used.Contains(file.Column(same.Key))).Select(same => same.Key);

        private IEnumerable<Cell> CellsOf(Layout layout, MeasureColumns columns)
        {
            var measure = columns.Measure == "*" ? null : Catalogue.Measure(columns.Measure);
            foreach (var group in columns.Columns.Count > 0 ? columns.Columns.Keys : columns.Groups.Length > 0 ? columns.Groups : (IEnumerable<string>)layout.Groups.Keys)
            {
                var mark = layout.Groups.GetValueOrDefault(group, "");
                int Named(string? template) => template is null ? -1 : Find(template.Replace("{g}", mark, StringComparison.Ordinal));
                var value = columns.Columns.TryGetValue(group, out var own) ? Find(own) : Named(columns.Value);
                var numerator = columns.Numerators.TryGetValue(group, out var count) ? Find(count) : Named(columns.Numerator);
                if (value < 0 && numerator < 0) continue;
                // A rate's base are sessions, never the pupils of the file; a count has none.
                var impliedBase = measure?.Kind is MeasureKind.Rate or MeasureKind.Count or MeasureKind.Grade ? null : layout.Bases.GetValueOrDefault(group);
                var @base = columns.BasesBy.TryGetValue(group, out var by) ? Find(by) : Named(columns.Base ?? impliedBase);
                yield return new Cell(measure, Catalogue.Group(group), value, numerator, @base, Named(columns.Lower), Named(columns.Upper),
                    group == "all" ? Named(columns.Coverage) : -1, group == "all" ? Named(columns.Total) : -1, columns.Scale, columns.NotBefore, columns.NotAfter, file.Header[value >= 0 ? value : numerator]);
            }
        }

        private int Find(string names)
        {
            var index = Column(file, names);
            if (index >= 0) used.Add(index);
            return index;
        }
    }

    private sealed class RowReader(Layout layout, TabularFile file, Plan plan, ImportRun run, FigureBatch batch, Dictionary<int, (string? Name, Laestab? Laestab, int Line)> schools, AcademicYear? fileYear)
    {
        private readonly PlaceReader places = new(layout.Place, file, schools) { LaestabToUrn = layout.Place.Laestab is null ? new Dictionary<int, SchoolUrn>() : KnownLaestabs(run) };
        private readonly int yearColumn = layout.Year.Column is { } name ? Column(file, name) : -1;
        private readonly int measureColumn = layout.MeasureBy is { } by ? Column(file, by.Column) : -1;
        private readonly int statusColumn = layout.StatusColumn is { } status ? Column(file, status) : -1;
        private readonly int[] groupColumns = [.. layout.GroupBy?.Columns.Select(name => Column(file, name)) ?? []];
        private readonly Dictionary<string, (Measure, PupilGroup)?> measuresByName = [];
        private readonly Dictionary<string, AcademicYear?> yearsByName = [];

        private static Dictionary<int, SchoolUrn> KnownLaestabs(ImportRun run)
        {
            // A LAESTAB is no key over time: where several schools had it, the newest URN is meant, and its line holds the others.
            var known = new Dictionary<int, SchoolUrn>();
            foreach (var (laestab, urn) in run.Connection.Query<(int, int)>("select laestab, urn from school where laestab is not null order by urn", transaction: run.Transaction))
                known[laestab] = new SchoolUrn(urn);
            return known;
        }

        /// <summary>True when the row gave a figure; else it was listed with its reason.</summary>
        public bool Read(TabularRow row)
        {
            if (row.FieldCount > file.Header.Count) return Listed(row, $"it has {row.FieldCount} cells where the header has {file.Header.Count}; a comma inside a name needs quotation marks");
            // A workbook leaves empty cells at a row's end out.
            if (layout.Strict && row.FieldCount < file.Header.Count && !row.IsBlank && !file.Name.EndsWith(".xlsx", StringComparison.OrdinalIgnoreCase))
                return Listed(row, $"it has {row.FieldCount} {(row.FieldCount == 1 ? "cell" : "cells")} where the header has {file.Header.Count}; the file may break off here");
            if (layout.TotalRows && row.Bytes(places.SchoolColumn).IsEmpty) return Total(row);
            if (YearOf(row) is not { } year) return Refused(row, yearColumn, "this is not an academic year; write it as six digits, for example 201718");
            if (places.Read(row, out var why) is not { } place) return Refused(row, places.SchoolColumn, why!);
            var (measure, group) = ((Measure?)null, Catalogue.All);
            if (measureColumn >= 0)
            {
                if (MeasureOf(row) is not { } named) return Refused(row, measureColumn, "the catalogue has no such measure");
                (measure, group) = named;
            }
            if (layout.GroupBy is not null)
            {
                if (GroupOf(row, place) is not { } found) return Refused(row, groupColumns.FirstOrDefault(column => column >= 0, -1), "the catalogue has no such group of pupils");
                group = found;
            }
            if (StatusOf(row) is not { } status) return Refused(row, statusColumn, "this is not a status; write provisional, checked or final");

            var any = false;
            var before = batch.Count;
            foreach (var cell in plan.Cells)
            {
                if (cell.NotBefore > year.Code || cell.NotAfter < year.Code) continue;
                var theMeasure = cell.Measure ?? measure!;
                var theGroup = layout.GroupBy is not null || measureColumn >= 0 ? group : cell.Group;
                if (Figure(row, cell, theMeasure, theGroup, year, place, status) is not { } figure) return false;
                any |= figure.Symbol != Symbol.NotAvailable;
                batch.Add(figure);
            }
            if (!any)
            {
                // A row that is blank throughout tells nothing, not even that something is unknown.
                batch.TakeBack(batch.Count - before);
                return Listed(row, "it holds no figure");
            }
            run.Covers(year);
            return true;
        }

        private StagedFigure? Figure(TabularRow row, Cell cell, Measure measure, PupilGroup group, AcademicYear year, PlaceKey place, FigureStatus status)
        {
            var value = Number(row, cell.Value);
            var numerator = Number(row, cell.Numerator);
            var @base = Number(row, cell.Base);
            if (value is null) return Wrong(row, cell.Value);
            if (numerator is null) return Wrong(row, cell.Numerator);
            if (@base is null) return Wrong(row, cell.Base);
            var lower = Number(row, cell.Lower)?.Number;
            var upper = Number(row, cell.Upper)?.Number;
            long? denominator = @base.Value.Number is { } pupils and >= 0 ? (long)Math.Round(pupils, MidpointRounding.AwayFromZero) : null;
            if (denominator is { } eligible && Number(row, cell.Coverage)?.Number is { } coverage)
                denominator = Progress.Pupils(eligible, Math.Clamp(coverage / 100, 0, 1));
            var count = numerator.Value.Number;
            var shown = value.Value.Number * cell.Scale;
            var symbol = shown is null ? value.Value.Symbol : Symbol.None;

            if (measure.Grades is { } grades && shown is not null && measure.GradeIn(shown) is null)
            {
                Refused(row, cell.Value, $"this is not a grade; grades are whole numbers from 1 to {grades.Count}");
                return null;
            }
            if (measure.Kind == MeasureKind.Count) count = shown;
            if (Number(row, cell.Total)?.Number is { } total) count = total;
            // Where the file has no share of its own, it is its count; a code that stands in the share's place stays.
            if (shown is null && row.Bytes(cell.Value).IsEmpty && count is { } some && denominator is > 0 && measure.Kind is MeasureKind.Proportion or MeasureKind.Rate)
                (shown, symbol) = (100 * some / denominator.Value, Symbol.None);
            else if (shown is null && cell.Value < 0)
                symbol = numerator.Value.Symbol != Symbol.None ? numerator.Value.Symbol : Symbol.NotAvailable;
            if (measure.Kind == MeasureKind.Proportion && count is null && shown is { } percent && denominator is { } known && percent is >= 0 and <= 100)
                count = Counts.Only((decimal)percent, value.Value.Decimals, known);
            if (layout.Strict && Nonsense(measure, shown, count, denominator) is { } nonsense)
            {
                var told = row.Bytes(cell.Numerator).IsEmpty ? cell.Value : cell.Numerator;
                run.Fault(row.Line, file.Header[told], row.Text(told), nonsense);
                return null;
            }
            if (shown is null) (count, lower, upper) = (null, null, null);
            // A nation is no sample: its intervals are published as nought to nought.
            if (lower is 0 && upper is 0) (lower, upper) = (null, null);
            // A published part that is larger than its whole (plans of special schools in the census) stands as published, without a count to add up.
            if (measure.Kind == MeasureKind.Proportion && count > denominator) count = null;
            return new StagedFigure(measure.Number, year.Code, place.Value, group.Number, row.Line, (short)((int)status * 10 + layout.Rank), shown, count, denominator, lower, upper, symbol);
        }

        private static string? Nonsense(Measure measure, double? value, double? count, long? @base)
        {
            if (count is < 0 || @base is < 0) return "A number of children is never negative.";
            if (measure.Kind is MeasureKind.Proportion && count is { } some && @base is { } all && some > all) return $"{some:0} of {all} cannot be right: the numerator is larger than the denominator.";
            if (measure.Kind is MeasureKind.Proportion && value is < 0 or > 100) return "A percentage lies between 0 and 100.";
            if (measure.Kind is MeasureKind.Proportion && value is not null && @base is 0) return "A share needs at least one child in its denominator.";
            return null;
        }

        /// <summary>The cell's number or symbol, blank where there is no such column; null when it is neither.</summary>
        private static CellValue? Number(TabularRow row, int column) => column < 0 ? CellValue.Blank : CellReader.Read(row.Bytes(column));

        private StagedFigure? Wrong(TabularRow row, int column)
        {
            Refused(row, column, "this is neither a number nor a known code such as SUPP, NE or z");
            return null;
        }

        private bool Refused(TabularRow row, int column, string reason)
        {
            var (name, value) = column < 0 ? (null, null) : (file.Header[column], row.Text(column));
            if (layout.Strict) run.Fault(row.Line, name, value, Capital(reason) + ".");
            else run.List(row.Line, reason, name, value);
            return false;
        }

        private bool Listed(TabularRow row, string reason)
        {
            if (layout.Strict && !row.IsBlank) run.Fault(row.Line, null, null, Capital(reason) + ".");
            else run.List(row.Line, reason);
            return false;
        }

        private bool Total(TabularRow row)
        {
            run.List(row.Line, row.IsBlank ? "this row is blank" : "it names no school: a total, perhaps");
            return false;
        }

        private static string Capital(string sentence) => char.ToUpperInvariant(sentence[0]) + sentence[1..];

        private AcademicYear? YearOf(TabularRow row)
        {
            if (yearColumn < 0) return fileYear;
            var text = row.Text(yearColumn);
            if (!yearsByName.TryGetValue(text, out var year))
                yearsByName[text] = year = AcademicYear.TryParse(text, null, out var parsed) ? parsed : null;
            return year;
        }

        private (Measure, PupilGroup)? MeasureOf(TabularRow row)
        {
            var name = row.Text(measureColumn);
            if (!measuresByName.TryGetValue(name, out var found))
            {
                var words = (layout.MeasureBy!.Values.Count == 0 ? name : layout.MeasureBy.Values.GetValueOrDefault(name, "")).Split(' ');
                found = Catalogue.FindMeasure(words[0]) is { } measure && Catalogue.FindGroup(words.Length > 1 ? words[1] : "all") is { } group ? (measure, group) : null;
                measuresByName[name] = found;
            }
            return found;
        }

        private PupilGroup? GroupOf(TabularRow row, PlaceKey place)
        {
            var rule = layout.GroupBy!;
            if (rule.Total.Length == 0)
            {
                var name = string.Join('|', groupColumns.Select(row.Text));
                return Catalogue.FindGroup(rule.Values.Count == 0 ? name : rule.Values.GetValueOrDefault(name, ""));
            }
            var group = Catalogue.All;
            for (var i = 0; i < groupColumns.Length; i++)
            {
                if (groupColumns[i] < 0 || (place.Kind == PlaceKind.School && rule.NotOfSchools.Contains(rule.Columns[i]))) continue;
                var value = row.Text(groupColumns[i]);
                if (rule.Total.Contains(value)) continue;
                // One breakdown at a time: girls of year 4 are no group of the catalogue.
                if (group != Catalogue.All || !rule.Values.TryGetValue(value, out var code)) return null;
                group = Catalogue.Group(code);
            }
            return group;
        }

        private FigureStatus? StatusOf(TabularRow row) => statusColumn < 0 && layout.Status is null ? FigureStatus.Published : (layout.Status ?? row.Text(statusColumn)).ToLowerInvariant() switch
        {
            "provisional" => FigureStatus.Provisional,
            "checked" => FigureStatus.Checked,
            "final" => FigureStatus.Final,
            _ => null,
        };
    }
}
