using System.Data.Common;
using System.Globalization;
using Dapper;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Waymark.Clusters;
using Waymark.Data;
using Waymark.Field;
using Waymark.Schools;
using Waymark.Shared.Documents;
using Waymark.Shared.Imports;

namespace Waymark.Meetings.Imports;

/// <summary>One line of a list of attendance: somebody of a school who was at a cluster's meeting, an apology, or a school that was expected and did not come.</summary>
internal sealed class AttendanceFileRow
{
    public int Id { get; init; }
    public required int ImportId { get; init; }
    public required int Line { get; init; }
    public required int ClusterId { get; init; }
    public required DateOnly HeldOn { get; init; }
    public required int HalfTerm { get; init; }
    /// <summary>Null where nobody came: the row says only that the meeting was held.</summary>
    public SchoolUrn? Urn { get; init; }
    public required string Name { get; init; }
    public required string Role { get; init; }
    public required bool Apology { get; init; }
}

internal sealed class AttendanceFileTable : IEntityTypeConfiguration<AttendanceFileRow>
{
    public void Configure(EntityTypeBuilder<AttendanceFileRow> builder)
    {
        builder.ToTable("AttendanceFileRow");
        builder.HasOne<Import>().WithMany().HasForeignKey(row => row.ImportId);
        builder.HasOne<Cluster>().WithMany().HasForeignKey(row => row.ClusterId).OnDelete(DeleteBehavior.NoAction);
    }
}

/// <summary>
/// Past cluster meetings and who was there, from a partnership's own list: cluster, held_on, urn (or the school's name), and name, role, representatives or apology. A meeting that is not here
/// yet comes with the file and goes with it; who is in the list already is not doubled.
/// </summary>
internal sealed class AttendanceCsv : Importer
{
    private const string Format = "attendance";
    private static readonly string[] Known = ["cluster", "held_on", "urn", "school", "name", "role", "representatives", "present", "apology", "meeting", "membership"];
    private static readonly string[] Days = ["yyyy-MM-dd", "dd/MM/yyyy", "d/M/yyyy", "dd-MM-yyyy"];
    private static readonly string[] Texts = ["name", "role"], Yes = ["yes", "y", "true", "1", "x"], No = ["no", "n", "false", "0", ""];
    private const int MostPeople = 50;

    private sealed record Lookups(Dictionary<string, int> Clusters, Dictionary<string, int?> Schools, HashSet<int> Urns, IReadOnlyList<HalfTermDates> Dates);

    public override string Reads => "a list of who was at cluster meetings (cluster, held_on, urn, name, role)";

    public override Recognised? Recognise(TabularFile file) => file.Has("cluster") && file.Has("held_on") && (file.Has("urn") || file.Has("school")) ? new Recognised(Format, "Who was at cluster meetings", Known.Count(file.Has)) : null;

    public override Recognised? Recognise(TabularFile file, WaymarkDb db)
    {
        if (Recognise(file) is not { } recognised) return null;
        var schools = db.Schools.AsNoTracking().Select(school => new { school.Urn, school.Name }).ToList();
        var lines = db.LinesOf([.. schools.Select(school => school.Urn)]);
        var known = new Lookups(
            db.Clusters.AsNoTracking().AsEnumerable().ToDictionary(cluster => Cluster.SlugOf(cluster.Name), cluster => cluster.Id),
            // A school that became an academy under its name is one school.
            schools.GroupBy(school => school.Name, StringComparer.OrdinalIgnoreCase).ToDictionary(of => of.Key, of => of.Select(school => lines[school.Urn][^1]).Distinct().ToList() is [var only] ? only.Value : (int?)null, StringComparer.OrdinalIgnoreCase),
            schools.Select(school => school.Urn.Value).ToHashSet(),
            [.. db.Set<HalfTermDates>().AsNoTracking().OrderBy(dates => dates.From)]);
        return recognised with { Layout = known };
    }

    public override void Stage(TabularFile file, Recognised recognised, ImportRun run)
    {
        foreach (var column in file.Header.Where(column => column.Length > 0 && !Known.Contains(column, StringComparer.OrdinalIgnoreCase))) run.UnknownColumn(column, "Nothing is read from this column.");
        var known = (Lookups)recognised.Layout!;
        var rows = new List<AttendanceFileRow>();
        foreach (var row in file.Rows())
        {
            run.Read();
            if (row.IsBlank) run.List(row.Line, "This row is blank.");
            else rows.AddRange(Read(file, row, known, run));
        }
        if (run.Faults > 0) return;
        foreach (var of in rows.GroupBy(row => row.Line))
            if (of.All(row => row.Urn is null)) run.List(of.Key, "Nobody came, and nobody sent apologies: the meeting counts, the school is in no list.");
            else run.Kept();
        run.Connection.Execute("insert into attendance_file_row (import_id, line, cluster_id, held_on, half_term, urn, name, role, apology) values (@ImportId, @Line, @ClusterId, @HeldOn, @HalfTerm, @urn, @Name, @Role, @Apology)",
            rows.Select(row => new { row.ImportId, row.Line, row.ClusterId, row.HeldOn, row.HalfTerm, urn = row.Urn?.Value, row.Name, row.Role, row.Apology }), run.Transaction);
    }

    private static IEnumerable<AttendanceFileRow> Read(TabularFile file, TabularRow row, Lookups known, ImportRun run)
    {
        string Cell(string column) => Inert.Read(row.Text(file.Column(column)));
        void Fault(string column, string sentence) => run.Fault(row.Line, column, Cell(column), sentence);
        bool? Answer(string column) => Yes.Contains(Cell(column), StringComparer.OrdinalIgnoreCase) ? true : No.Contains(Cell(column), StringComparer.OrdinalIgnoreCase) ? false : null;

        var faults = run.Faults;
        if (!known.Clusters.TryGetValue(Cluster.SlugOf(Cell("cluster")), out var cluster)) Fault("cluster", "There is no cluster of this name. Write it as on the page Clusters.");
        if (!DateOnly.TryParseExact(Cell("held_on"), Days, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) Fault("held_on", "This is not a date. Write it as 2016-10-12 or 12/10/2016.");
        int? urn = null;
        if (Cell("urn").Length > 0)
        {
            if (!SchoolUrn.TryParse(Cell("urn"), null, out var number)) Fault("urn", "This is not a URN. A URN has six digits, for example 109428.");
            else if (!known.Urns.Contains(number.Value)) Fault("urn", "No school here has this URN. Load the register that names it first.");
            else urn = number.Value;
        }
        else if (!known.Schools.TryGetValue(Cell("school"), out urn)) Fault(file.Has("school") ? "school" : "urn", "No school here is called this. Write its URN.");
        else if (urn is null) Fault("school", "Several schools are called this. Write the URN.");
        var (apology, present) = (Answer("apology"), file.Has("present") ? Answer("present") : true);
        if (apology is null) Fault("apology", "Write yes or no.");
        if (present is null) Fault("present", "Write yes or no.");
        var people = present == true && apology != true ? 1 : 0;
        if (Cell("representatives").Length > 0 && (!int.TryParse(Cell("representatives"), NumberStyles.None, CultureInfo.InvariantCulture, out people) || people > MostPeople)) Fault("representatives", $"This is not a number of people. Write a whole number from 0 to {MostPeople}.");
        if (Texts.FirstOrDefault(column => Cell(column).Length > Representative.LongestName) is { } tooLong) Fault(tooLong, $"It must be {Representative.LongestName} characters or fewer.");
        if (run.Faults > faults) yield break;
        var half = (known.Dates.FirstOrDefault(dates => dates.Until >= day && dates.From <= day.AddMonths(2))?.HalfTerm ?? HalfTerm.Of(day)).Code;
        AttendanceFileRow Of(SchoolUrn? school, string name, bool isApology) => new() { ImportId = run.ImportId, Line = row.Line, ClusterId = cluster, HeldOn = day, HalfTerm = half, Urn = school, Name = name, Role = Cell("role"), Apology = isApology };
        for (var i = 0; i < people; i++) yield return Of(new SchoolUrn(urn!.Value), i == 0 ? Cell("name") : $"Person {i + 1}, not named", false);
        if (apology == true) yield return Of(new SchoolUrn(urn!.Value), Cell("name"), true);
        if (people == 0 && apology != true) yield return Of(null, "", false);
    }

    public override void AfterSwitch(DbConnection connection, DbTransaction transaction, Import import)
    {
        if (import.Format != Format) return;
        void Execute(string sql) => connection.Execute(sql, new { import.Id, now = import.ImportedAt }, transaction);
        if (import.State == ImportState.Published)
        {
            // The hour of a past meeting is not in the list: it stands as the whole day.
            Execute("""
                insert into meeting (kind, title, "group", day, starts, ends, venue, joining_link, state, "round", cancelled_because, minutes, uid, sequence, version, import_id)
                select 1, c.name, '', r.held_on, '00:00:00', '23:59:00', '', '', 2, r.half_term, '', 0, 'file-' || @Id || '-' || r.cluster_id || '-' || r.held_on || '@waymark', 0, 0, @Id
                from (select distinct cluster_id, held_on, half_term from attendance_file_row where import_id = @Id) r join cluster c on c.id = r.cluster_id
                where not exists (select 1 from meeting m join meeting_cluster mc on mc.meeting_id = m.id where m.day = r.held_on and mc.cluster_id = r.cluster_id and m.kind = 1 and m.state <> 3)
                """);
            Execute("""
                insert into meeting_cluster (meeting_id, cluster_id)
                select m.id, r.cluster_id from (select distinct cluster_id, held_on from attendance_file_row where import_id = @Id) r
                join meeting m on m.uid = 'file-' || @Id || '-' || r.cluster_id || '-' || r.held_on || '@waymark' on conflict do nothing
                """);
            Execute($"""
                insert into representative (meeting_id, urn, organisation, name, role, stands_in_for, late, online, "at", "by", import_id)
                select m.id, r.urn, '', r.name, max(r.role), '', false, false, @now, 3, @Id from attendance_file_row r {Meeting} where r.import_id = @Id and r.urn is not null and not r.apology
                and ((r.name <> '' and r.name not like 'Person %, not named') or not exists (select 1 from representative there where there.meeting_id = m.id and there.urn = r.urn))
                group by m.id, r.urn, r.name on conflict do nothing
                """);
            Execute($"""
                insert into apology (meeting_id, urn, "by", note, import_id)
                select m.id, r.urn, max(r.name), '', @Id from attendance_file_row r {Meeting} where r.import_id = @Id and r.urn is not null and r.apology group by m.id, r.urn on conflict do nothing
                """);
            return;
        }
        Execute("delete from representative where import_id = @Id");
        Execute("delete from apology where import_id = @Id");
        Execute("""
            delete from meeting where import_id = @Id and id not in (select meeting_id from representative) and id not in (select meeting_id from apology)
            and id not in (select meeting_id from agenda_item) and id not in (select meeting_id from letter)
            """);
        Execute("update meeting set import_id = null where import_id = @Id");
    }

    private const string Meeting = "join meeting m on m.day = r.held_on and m.kind = 1 and m.state <> 3 join meeting_cluster mc on mc.meeting_id = m.id and mc.cluster_id = r.cluster_id";

    /// <summary>What a file would bring, by meeting.</summary>
    public static IEnumerable<Table> Preview(WaymarkDb db, Import import)
    {
        if (import.Format != Format) yield break;
        var rows = db.Set<AttendanceFileRow>().AsNoTracking().Where(row => row.ImportId == import.Id).ToList();
        var names = db.Clusters.AsNoTracking().ToDictionary(cluster => cluster.Id, cluster => cluster.Name);
        yield return new Table("meetings", "Meetings in this file",
            [new("cluster", "Cluster", ColumnRole.Label), new("held_on", "Held on"), new("schools", "Schools that came", ColumnRole.Number), new("people", "People", ColumnRole.Number), new("apologies", "Apologies", ColumnRole.Number)],
            [.. rows.GroupBy(row => (row.HeldOn, row.ClusterId)).OrderBy(of => of.Key.HeldOn).Select(of => new Row(
            [
                new(names.GetValueOrDefault(of.Key.ClusterId, "")), new(MeetingWords.Day(of.Key.HeldOn)), Number(of.Where(row => row is { Urn: not null, Apology: false }).Select(row => row.Urn).Distinct().Count()),
                Number(of.Count(row => row is { Urn: not null, Apology: false })), Number(of.Count(row => row.Apology)),
            ]))]);
    }

    private static Cell Number(int number) => new(number.ToString("N0", Wording.English), number);
}
