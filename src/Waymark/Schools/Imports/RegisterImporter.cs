using System.Data;
using System.Data.Common;
using System.Globalization;
using System.Text.RegularExpressions;
using Dapper;
using Waymark.Field;
using Waymark.Shared.Imports;

namespace Waymark.Schools.Imports;

/// <summary>Reads every known way of writing the national register. Each row becomes a record of how that school stood on the register's day.</summary>
internal sealed partial class RegisterImporter : Importer
{
    private const string Prefix = "register-";

    public override string Reads => "the national register of schools";

    public override Recognised? Recognise(TabularFile file) => RegisterLayout.All
        .Where(layout => layout.Fits(file))
        .Select(layout => new Recognised(layout.Format, layout.Title, layout.Found(file), layout))
        .MaxBy(recognised => recognised.Certainty);

    public override void Stage(TabularFile file, Recognised recognised, ImportRun run)
    {
        var layout = (RegisterLayout)recognised.Layout!;
        var editions = layout.Editions.Select(edition => new Reader(file, run, edition, edition.AsOf ?? AsOf(file, layout, run))).ToList();
        SayUnusedColumns(file, layout, run);
        var cells = new Cells(file, run);
        var urnColumn = layout.Editions[0].Find(file, "urn");
        var lineOf = new Dictionary<int, int>();
        var ofExample = run.IsExample ? KnownSchools.InRegister(run) : [];
        using var insert = Reader.Insert(run);
        foreach (var row in file.Rows())
        {
            run.Read();
            if (!cells.IsWhole(row)) continue;
            if (row.Bytes(urnColumn).IsEmpty) run.List(row.Line, "This row has no URN.");
            if (cells.Whole(row, urnColumn) is not int number) continue;
            if (number is < 100_000 or > 999_999)
                run.List(row.Line, "This is no school: the URN of a school has six digits. Children's centres have five.", file.Header[urnColumn], row.Text(urnColumn));
            else if (!lineOf.TryAdd(number, row.Line))
                run.List(row.Line, $"Line {lineOf[number]} has this URN already.", file.Header[urnColumn], row.Text(urnColumn));
            else
                Keep(row, number);
        }
        SayWhatChanges(run);

        void Keep(TabularRow row, int number)
        {
            if (ofExample.Count > 0 && !ofExample.Contains(number)) run.Fault(row.Line, file.Header[urnColumn], row.Text(urnColumn), KnownSchools.NotOfTheExample);
            string? reason = null;
            var kept = false;
            foreach (var edition in editions)
                kept |= edition.Keep(row, number, insert, ref reason);
            if (kept) run.Kept();
            else run.List(row.Line, reason ?? "This row does not name a school.");
        }
    }

    public override void AfterSwitch(DbConnection connection, DbTransaction transaction, Import import)
    {
        if (import.Format.StartsWith(Prefix, StringComparison.Ordinal))
            SchoolProjection.Refresh(connection, transaction, import.Id, import.State == ImportState.Published);
    }

    public override void AfterDelete(DbConnection connection, DbTransaction transaction) => KnownSchools.ForgetUnnamed(connection, transaction);

    /// <summary>The day of the register: from the file's name, else its newest change, else the year that was stated or that the name tells, else the day of the import.</summary>
    private static DateOnly AsOf(TabularFile file, RegisterLayout layout, ImportRun run)
    {
        var (day, why) = NameTells(file.Name) is { } named ? (named, "from the file's name")
            : NewestChange(file, layout) is { } changed ? (changed, "from the newest change in it")
            : run.StatedYear is { } year ? (year.LastDay, "from the year that was stated")
            : YearInName().Match(file.Name) is { Success: true } match ? (new DateOnly(int.Parse(match.ValueSpan, CultureInfo.InvariantCulture), 8, 31), "from the year in the file's name")
            : (DateOnly.FromDateTime(run.Connection.ExecuteScalar<DateTime>("select imported_at from import where id = @id", new { id = run.ImportId }, run.Transaction)), "today, because the file tells no day");
        run.Remark($"The register is taken as it stood on {day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture)} ({why}).");
        return day;
    }

    private static DateOnly? NameTells(string name) =>
        DayInName().Match(name) is { Success: true } match
        && DateOnly.TryParseExact(match.Value.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal), "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day : null;

    private static DateOnly? NewestChange(TabularFile file, RegisterLayout layout)
    {
        if (layout.ChangedOn is null || file.Column(layout.ChangedOn) is not (>= 0 and var column)) return null;
        DateOnly? newest = null;
        foreach (var row in file.Rows())
            if (Cells.ParseDay(row.Bytes(column)) is { } day && (newest is null || day > newest)) newest = day;
        return newest;
    }

    private static void SayUnusedColumns(TabularFile file, RegisterLayout layout, ImportRun run)
    {
        var used = layout.Editions.SelectMany(edition => edition.Columns.Values).Append(layout.ChangedOn).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var column in file.Header.Where(column => !used.Contains(column)))
            run.UnknownColumn(column, column.StartsWith("Head", StringComparison.OrdinalIgnoreCase) ? "Names of heads are not kept." : "A school's record has no place for this column.");
    }

    private static void SayWhatChanges(ImportRun run)
    {
        var (unseen, phase, status) = run.Connection.QuerySingle<(long, long, long)>(
            """
            select coalesce(sum(case when s.urn is null or not s.in_register then 1 else 0 end), 0),
                   coalesce(sum(case when s.phase <> r.phase and s.phase <> 0 and r.phase <> 0 then 1 else 0 end), 0),
                   coalesce(sum(case when s.status <> r.status and s.status <> 0 and r.status <> 0 then 1 else 0 end), 0)
            from school_record r left join school s on s.urn = r.urn where r.import_id = @id
            """, new { id = run.ImportId }, run.Transaction);
        run.Remark(string.Create(CultureInfo.InvariantCulture, $"{unseen:N0} records of schools that are not in the register here yet; {phase:N0} with another phase than now, {status:N0} that open or close."));
    }

    [GeneratedRegex(@"(?<!\d)(20\d\d)[-_]?(0[1-9]|1[0-2])[-_]?(0[1-9]|[12]\d|3[01])(?!\d)")]
    private static partial Regex DayInName();

    [GeneratedRegex(@"(?<!\d)20\d\d(?!\d)", RegexOptions.RightToLeft)]
    private static partial Regex YearInName();

    /// <summary>One edition of one file: its columns, found once.</summary>
    private sealed class Reader(TabularFile file, ImportRun run, RegisterEdition edition, DateOnly asOf)
    {
        private static readonly (string, DbType)[] Columns =
        [
            ("urn", DbType.Int32), ("import_id", DbType.Int32), ("line", DbType.Int32), ("as_of", DbType.Date), ("name", DbType.String), ("laestab", DbType.Int32), ("authority", DbType.Int32),
            ("type", DbType.String), ("type_group", DbType.String), ("phase", DbType.Int32), ("status", DbType.Int32), ("opened_on", DbType.Date), ("closed_on", DbType.Date),
            ("lowest_age", DbType.Int32), ("highest_age", DbType.Int32), ("gender", DbType.String), ("religious_character", DbType.String), ("trust", DbType.String), ("street", DbType.String),
            ("town", DbType.String), ("postcode", DbType.String), ("easting", DbType.Int32), ("northing", DbType.Int32), ("capacity", DbType.Int32), ("pupils", DbType.Int32),
            ("website", DbType.String), ("search_text", DbType.String),
        ];

        private readonly Cells cells = new(file, run);
        private readonly Dictionary<(string?, string?, string, int?, int?, bool), Phase> phases = [];
        private readonly int name = edition.Find(file, "name"), laestab = edition.Find(file, "laestab"), authority = edition.Find(file, "authority"), establishment = edition.Find(file, "establishment"),
            type = edition.Find(file, "type"), typeGroup = edition.Find(file, "typeGroup"), label = edition.Find(file, "label"), status = edition.Find(file, "status"),
            openedOn = edition.Find(file, "openedOn"), closedOn = edition.Find(file, "closedOn"), lowestAge = edition.Find(file, "lowestAge"), highestAge = edition.Find(file, "highestAge"),
            gender = edition.Find(file, "gender"), religion = edition.Find(file, "religiousCharacter"), trust = edition.Find(file, "trust"), street = edition.Find(file, "street"),
            town = edition.Find(file, "town"), postcode = edition.Find(file, "postcode"), easting = edition.Find(file, "easting"), northing = edition.Find(file, "northing"),
            capacity = edition.Find(file, "capacity"), pupils = edition.Find(file, "pupils"), website = edition.Find(file, "website");

        public static PreparedInsert Insert(ImportRun run) => new(run.Connection, run.Transaction, "school_record", Columns);

        /// <summary>False when this edition does not hold the school; the reason, where there is one, is for the list of rows not kept.</summary>
        public bool Keep(TabularRow row, int urn, PreparedInsert insert, ref string? reason)
        {
            var schoolName = row.Text(name);
            if (schoolName.Length == 0)
            {
                reason ??= "This row does not name a school.";
                return false;
            }
            var word = row.Text(status);
            if (!edition.Status.TryGetValue(word, out var schoolStatus) && word.Length > 0)
            {
                reason = $"'{word}' is no status of a school known here. Known are {string.Join("; ", edition.Status.Keys)}.";
                return false;
            }
            var (low, high) = (cells.Whole(row, lowestAge), cells.Whole(row, highestAge));
            if ((low, high) is (0, 0)) (low, high) = (null, null);
            var authorityCode = cells.Whole(row, authority) is int code and >= 1 and <= 999 ? (int?)code : null;
            var place = Place(row, authorityCode);
            var (schoolType, group, phaseLabel) = (Cells.Text(row, type), Cells.Text(row, typeGroup), row.Text(label));
            var (townText, postcodeText) = (Cells.Text(row, town), Cells.Text(row, postcode));
            insert.Run(
                urn, run.ImportId, row.Line, asOf, schoolName, place?.Value, authorityCode ?? place?.Authority.Value,
                schoolType, group, (int)PhaseOf(schoolType, group, phaseLabel, low, high, schoolName), (int)schoolStatus, cells.Day(row, openedOn), cells.Day(row, closedOn),
                low, high, Cells.Text(row, gender), Cells.Text(row, religion), Cells.Text(row, trust), Cells.Text(row, street),
                townText, postcodeText, cells.Whole(row, easting), cells.Whole(row, northing), cells.Whole(row, capacity), cells.Whole(row, pupils),
                Cells.Text(row, website), SearchWords.ForSchool(schoolName, townText, postcodeText, urn, place));
            return true;
        }

        private Laestab? Place(TabularRow row, int? authorityCode)
        {
            if (laestab >= 0) return Laestab.TryParse(row.Text(laestab), CultureInfo.InvariantCulture, out var whole) ? whole : null;
            return authorityCode is int code && cells.Whole(row, establishment) is int number and >= 1 and <= 9999 ? new Laestab(new LocalAuthorityCode(code), number) : null;
        }

        private Phase PhaseOf(string? schoolType, string? group, string phaseLabel, int? low, int? high, string schoolName)
        {
            var key = (schoolType, group, phaseLabel, low, high, schoolName.Contains("First", StringComparison.OrdinalIgnoreCase));
            if (phases.TryGetValue(key, out var known)) return known;
            var phase = PhaseRules.PhaseOf($"{schoolType} {group}", phaseLabel, low, high, schoolName);
            // Names are part of a rule only with the word "first", so those are not remembered.
            if (!key.Item6) phases.Add(key, phase);
            return phase;
        }
    }
}
