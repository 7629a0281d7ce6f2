using System.Data.Common;
using System.Globalization;
using Dapper;
using Microsoft.EntityFrameworkCore;
using Waymark.Evidence;
using Waymark.Field;
using Waymark.Outcomes.Pupils;
using Waymark.Shared.Imports;

namespace Waymark.Outcomes.Imports;

/// <summary>
/// Results child by child, of schools that have agreed to share them. Who a child is goes under seal, apart from what it reached; pages of figures get counts only, as
/// protected as any local result. One file holds all the children of a school at a measure: a later one replaces their counts.
/// </summary>
internal sealed class PupilImporter : Importer
{
    public const string Format = "pupil-results";

    private const short Rank = 6;
    private const int LongestName = 100;

    private static readonly string[] Columns = ["upn", "surname", "forename", "birth_date", "sex", "urn", "year", "disadvantaged", "sen", "eal", "measure", "outcome", "status"];

    public override string Reads => "Results of single pupils";

    public override bool KeepsFile => false;

    public override Recognised? Recognise(TabularFile file) => Columns.All(file.Has) ? new Recognised(Format, Reads, Columns.Length) : null;

    public override void Stage(TabularFile file, Recognised recognised, ImportRun run)
    {
        foreach (var column in file.Header.Except(Columns, StringComparer.OrdinalIgnoreCase)) run.UnknownColumn(column, "A result of a pupil has no place for this column, so it is not read.");
        var reader = new Reader(file, run);
        foreach (var row in file.Rows())
        {
            run.Read();
            reader.Read(row);
        }
        if (run.Faults == 0) reader.CompareWithStore();
        if (run.Faults == 0) reader.Keep();
    }

    public override void AfterDelete(DbConnection connection, DbTransaction transaction) => ForgetPupils(connection, transaction);

    /// <summary>Forgets who the children were of whom nothing is left.</summary>
    public static void ForgetPupils(DbConnection connection, DbTransaction? transaction) =>
        connection.Execute("delete from pupil where pseudonym not in (select pseudonym from pupil_result)", transaction: transaction);

    private sealed record Line(int Number, Upn Upn, PupilIdentity Identity, bool IsGirl, int School, AcademicYear Year, bool? IsDisadvantaged, string? Sen, bool? HasOtherLanguage, Measure Measure, double Outcome, FigureStatus Status);

    private sealed class Reader(TabularFile file, ImportRun run)
    {
        private readonly int[] at = [.. Columns.Select(file.Column)];
        private readonly PupilVault vault = new(new(run.Store));
        private readonly List<Line> lines = [];
        private readonly Dictionary<Upn, Line> first = [];
        private readonly Dictionary<(Upn, int Year, int Measure), int> seen = [];
        private readonly HashSet<(int School, string Kind, int Year)> refused = [];
        private readonly ILookup<int, SharingAgreement> agreements = Agreements(run);

        private static ILookup<int, SharingAgreement> Agreements(ImportRun run)
        {
            using var db = run.Store.Open();
            return db.SharingAgreements.AsNoTracking().ToLookup(agreement => agreement.School.Value);
        }

        public void Read(TabularRow row)
        {
            if (row.IsBlank)
            {
                run.List(row.Line, "this row is blank");
                return;
            }
            if (row.FieldCount > file.Header.Count)
            {
                run.Fault(row.Line, null, null, $"It has {row.FieldCount} cells where the header has {file.Header.Count}. A comma inside a name needs quotation marks.");
                return;
            }
            var faults = run.Faults;
            var upn = Cell(row, 0, "13 characters in capital letters and digits, as in the school’s own system, with the check letter first. A workbook that shows 8.23E+12 has lost it: format the column as text", text => Upn.TryParse(text, null, out var read) ? read : (Upn?)null);
            var surname = Text(row, 1, "Enter the surname.");
            var forename = Text(row, 2, "Enter the forename.");
            var birth = Cell(row, 3, "a day such as 31/08/2009 or 2009-08-31", text => DateOnly.TryParseExact(text, ["dd/MM/yyyy", "yyyy-MM-dd"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : (DateOnly?)null);
            var girl = Cell(row, 4, "F or M", text => text switch { "F" => true, "M" => false, _ => (bool?)null });
            var school = Cell(row, 5, "a URN of six digits", text => SchoolUrn.TryParse(text, null, out var read) ? read.Value : (int?)null);
            var year = Cell(row, 6, "an academic year of six digits, such as 201617", text => AcademicYear.TryParse(text, null, out var read) ? read : (AcademicYear?)null);
            var disadvantaged = YesOrNo(row, 7);
            var sen = row.Text(at[8]) is not { Length: > 0 } ? null : Cell(row, 8, "N, K (support) or E (a plan), or nothing", text => text is "N" or "K" or "E" ? text[0] : (char?)null)?.ToString();
            var otherLanguage = YesOrNo(row, 9);
            var measure = Found(row, 10, "a result of the catalogue that is counted from single pupils, such as phonics.y1", text => Catalogue.FindMeasure(text) is { Kind: MeasureKind.Proportion or MeasureKind.Mean } read && DataKind.Of(read) is not null ? read : null);
            var outcome = measure is null ? null : Cell(row, 11, measure.Kind == MeasureKind.Proportion ? "1 or 0: reached or not" : "a number", text =>
                double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && (measure.Kind == MeasureKind.Proportion ? number is 0 or 1 : double.IsFinite(number)) ? number : (double?)null);
            var status = Cell(row, 12, "provisional, checked or final", text => Enum.TryParse<FigureStatus>(text, ignoreCase: true, out var read) && read is FigureStatus.Provisional or FigureStatus.Checked or FigureStatus.Final && !char.IsDigit(text[0]) ? read : (FigureStatus?)null);
            if (run.Faults > faults) return;
            var line = new Line(row.Line, upn!.Value, new(upn.Value.ToString(), surname!, forename!, birth!.Value), girl!.Value, school!.Value, year!.Value, disadvantaged, sen, otherLanguage, measure!, outcome!.Value, status!.Value);
            if (!IsAgreed(line) || !IsOneChild(line)) return;
            lines.Add(line);
            run.Covers(line.Year);
            run.Kept();
        }

        private T? Cell<T>(TabularRow row, int column, string right, Func<string, T?> read) where T : struct
        {
            var value = read(row.Text(at[column]));
            // What may name a child is not repeated: the officer has the file, and the line is told.
            if (value is null) run.Fault(row.Line, Columns[column], column is 0 or 3 ? null : row.Text(at[column]), $"Enter {right}.");
            return value;
        }

        private T? Found<T>(TabularRow row, int column, string right, Func<string, T?> read) where T : class
        {
            var value = read(row.Text(at[column]));
            if (value is null) run.Fault(row.Line, Columns[column], row.Text(at[column]), $"Enter {right}.");
            return value;
        }

        private string? Text(TabularRow row, int column, string missing)
        {
            if (row.Text(at[column]) is { Length: > 0 and <= LongestName } text) return text;
            run.Fault(row.Line, Columns[column], null, row.Text(at[column]).Length == 0 ? missing : $"A name has {LongestName} characters or fewer.");
            return null;
        }

        private bool? YesOrNo(TabularRow row, int column) =>
            row.Text(at[column]) is not { Length: > 0 } ? null : Cell(row, column, "yes or no, or nothing where it is not known", text => text switch { "yes" or "1" => true, "no" or "0" => false, _ => (bool?)null });

        /// <summary>A school that has not agreed is told once for each kind of data and year.</summary>
        private bool IsAgreed(Line line)
        {
            var isAgreed = Needs(DataKind.Of(line.Measure)!.Code);
            if (line.IsDisadvantaged is not null || line.Sen is not null || line.HasOtherLanguage is not null) isAgreed &= Needs(DataKind.Characteristics);
            return isAgreed;

            bool Needs(string kind)
            {
                if (agreements[line.School].Any(agreement => agreement.Covers(kind, line.Year, run.Clock.Today))) return true;
                if (refused.Add((line.School, kind, line.Year.Code)))
                    run.Fault(line.Number, "urn", line.School.ToString(CultureInfo.InvariantCulture), $"This school has no agreement in force to share “{DataKind.All.First(one => one.Code == kind).Label}” of {line.Year}. Record the agreement first, or take the school’s rows out.");
                return false;
            }
        }

        private bool IsOneChild(Line line)
        {
            if (!seen.TryAdd((line.Upn, line.Year.Code, line.Measure.Number), line.Number))
            {
                run.Fault(line.Number, "upn", null, $"Line {seen[(line.Upn, line.Year.Code, line.Measure.Number)]} has a result of this pupil at this measure and year already. Leave one of them.");
                return false;
            }
            if (!first.TryAdd(line.Upn, line) && first[line.Upn] is var before && before.Identity != line.Identity)
            {
                run.Fault(line.Number, "upn", null, $"Line {before.Number} has this number with another name or birth date. One of them is another child’s number.");
                return false;
            }
            return true;
        }

        /// <summary>Who is known here by a number is the same child or the file is refused: no two children become one.</summary>
        public void CompareWithStore()
        {
            foreach (var line in first.Values)
            {
                if (Known(line.Upn) is not { } known) continue;
                if (known.Identity is null) run.Fault(line.Number, "upn", null, "This pupil is known here, but the key that opens the name is missing. Restore the folder of keys that belongs to this store.");
                else if (known.Identity.BirthDate != line.Identity.BirthDate || (known.Identity.Forename != line.Identity.Forename && known.Identity.Surname != line.Identity.Surname))
                    run.Fault(line.Number, "upn", null, "This number is known here with another name or birth date. Look whose it is before you load the file again.");
            }
        }

        private (int Id, int SealedFor, PupilIdentity? Identity)? Known(Upn upn) =>
            run.Connection.QueryFirstOrDefault<(int Id, int SealedFor, byte[] Content)>("select id, sealed_for, content from pupil where pseudonym = @pseudonym", new { pseudonym = vault.PseudonymOf(upn) }, run.Transaction) is { Id: > 0 } row
                ? (row.Id, row.SealedFor, vault.Open(row.SealedFor, row.Content)) : null;

        public void Keep()
        {
            foreach (var of in lines.GroupBy(line => line.Upn))
            {
                var last = Math.Max(of.Max(line => line.Year.EndYear), Known(of.Key)?.SealedFor ?? 0);
                run.Connection.Execute("insert into pupil (pseudonym, sealed_for, content, ends_at) values (@pseudonym, @last, @content, @endsAt) on conflict (pseudonym) do update set sealed_for = excluded.sealed_for, content = excluded.content, ends_at = excluded.ends_at",
                    new { pseudonym = vault.PseudonymOf(of.Key), last, content = vault.Seal(of.First().Identity, last), endsAt = EndOf(last) }, run.Transaction);
            }
            run.Connection.Execute("""
                insert into pupil_result (import_id, line, pseudonym, year, school, is_girl, is_disadvantaged, sen, has_other_language, measure, outcome, ends_at)
                values (@ImportId, @Number, @pseudonym, @year, @School, @IsGirl, @IsDisadvantaged, @Sen, @HasOtherLanguage, @measure, @Outcome, @endsAt)
                """, lines.Select(line => new { run.ImportId, line.Number, pseudonym = vault.PseudonymOf(line.Upn), year = line.Year.Code, line.School, line.IsGirl, line.IsDisadvantaged, line.Sen, line.HasOtherLanguage, measure = line.Measure.Number, line.Outcome, endsAt = EndOf(line.Year.EndYear) }), run.Transaction);
            var batch = new FigureBatch(run);
            foreach (var cell in lines.GroupBy(line => (line.School, line.Year, line.Measure)))
                foreach (var (group, members) in Groups(cell))
                    if (members.Count > 0) batch.Add(Count(cell.Key.Measure, cell.Key.Year, cell.Key.School, group, members));
            Release.Protect(batch, run);
            batch.Write();
        }

        /// <summary>The groups that pages show; a characteristic that is not known of every child makes none.</summary>
        private static IEnumerable<(string Group, List<Line> Members)> Groups(IEnumerable<Line> all)
        {
            List<Line> children = [.. all];
            List<Line> Those(Func<Line, bool?> are) => [.. children.Where(child => are(child) == true)];
            yield return ("all", children);
            yield return ("girls", Those(child => child.IsGirl));
            yield return ("boys", Those(child => !child.IsGirl));
            if (children.TrueForAll(child => child.IsDisadvantaged is not null))
            {
                yield return ("disadvantaged", Those(child => child.IsDisadvantaged));
                yield return ("other", Those(child => !child.IsDisadvantaged));
            }
            if (children.TrueForAll(child => child.HasOtherLanguage is not null))
            {
                yield return ("eal", Those(child => child.HasOtherLanguage));
                yield return ("english", Those(child => !child.HasOtherLanguage));
            }
            if (!children.TrueForAll(child => child.Sen is not null)) yield break;
            yield return ("sen-support", Those(child => child.Sen == "K"));
            yield return ("ehcp", Those(child => child.Sen == "E"));
            yield return ("no-sen", Those(child => child.Sen == "N"));
        }

        private static StagedFigure Count(Measure measure, AcademicYear year, int school, string group, List<Line> of)
        {
            var isShare = measure.Kind == MeasureKind.Proportion;
            // The least certain of its results says how certain the figure is.
            var precedence = (short)((int)of.Min(line => line.Status) * 10 + Rank);
            return new StagedFigure(measure.Number, year.Code, PlaceKey.School(new(school)).Value, Catalogue.Group(group).Number, of[0].Number, precedence,
                (isShare ? 100 : 1) * of.Average(line => line.Outcome), isShare ? of.Sum(line => line.Outcome) : null, of.Count, null, null, Symbol.None);
        }

        private static DateTime EndOf(int endYear) => LocalClock.ToUtc(new DateTime(endYear, 9, 1));
    }
}
