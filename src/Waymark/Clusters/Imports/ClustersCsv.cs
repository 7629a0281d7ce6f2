using System.Data.Common;
using System.Globalization;
using Dapper;
using Waymark.Field;
using Waymark.Shared.Documents;
using Waymark.Shared.Imports;

namespace Waymark.Clusters.Imports;

/// <summary>
/// clusters.csv: which school belongs to which cluster, from when, as a full or associate member, and until when if that is known.
/// A school has a row for each time of membership; the order of rows is free.
/// </summary>
public sealed class ClustersCsv : Importer
{
    public const string Format = "clusters";
    public const string Header = "cluster,urn,from,membership,until";

    private static readonly string[] Required = ["cluster", "urn", "from", "membership"];
    private static readonly string[] Known = [.. Required, "until", "school"];
    private static readonly string[] Formats = ["yyyy-MM-dd", "dd/MM/yyyy", "d/M/yyyy"];

    public override string Reads => "the clusters and their members (cluster, urn, from, membership, until)";

    public override Recognised? Recognise(TabularFile file)
    {
        // Two of its own columns tell that it is meant; one that is missing is said as a fault, not as an unknown file.
        var found = Required.Count(file.Has);
        return file.Has("cluster") && found >= 3 ? new Recognised(Format, "Clusters and their members", found) : null;
    }

    public override void Stage(TabularFile file, Recognised recognised, ImportRun run)
    {
        foreach (var missing in Required.Where(column => !file.Has(column)))
            run.Fault(1, missing, null, $"There is no column {missing}. The first line must be {Header}; until may be left out.");
        if (run.Faults > 0)
        {
            foreach (var _ in file.Rows()) run.Read();
            return;
        }
        foreach (var column in file.Header.Where(column => column.Length > 0 && !Known.Contains(column, StringComparer.OrdinalIgnoreCase)))
            run.UnknownColumn(column, "Nothing is read from this column.");

        var rows = Read(file, run);
        if (run.Faults > 0) return;
        Keep(rows, run);
    }

    public override void AfterSwitch(DbConnection connection, DbTransaction transaction, Import import)
    {
        if (import.Format == Format) MembershipLedger.AfterSwitch(connection, transaction, import.Id);
    }

    private sealed record MemberRow(int Line, string Cluster, SchoolUrn Urn, MembershipSpan Span);

    private static List<MemberRow> Read(TabularFile file, ImportRun run)
    {
        var (cluster, urn, from, membership, until) = (file.Column("cluster"), file.Column("urn"), file.Column("from"), file.Column("membership"), file.Column("until"));
        var register = run.Connection.Query<int>("select urn from school", transaction: run.Transaction).ToHashSet();
        if (register.Count == 0)
            run.Fault(null, null, null, "The register of schools is not loaded yet, so no URN can be checked. Load the register first, then this file.");
        var rows = new List<MemberRow>();
        foreach (var row in file.Rows())
        {
            if (row.IsBlank) continue;
            run.Read();
            if (run.Faults > 0 && register.Count == 0) continue;
            var line = row.Line;
            var name = Inert.Read(row.Text(cluster));
            if (Cluster.CheckName(name, []) is { } wrong) run.Fault(line, "cluster", name, wrong);
            var school = Urn(row.Text(urn), line, register, run);
            var first = Day(row.Text(from), line, "from", run);
            var last = until < 0 || row.Text(until).Length == 0 ? null : Day(row.Text(until), line, "until", run);
            var kind = Kind(row.Text(membership), line, run);
            if (school is null || first is null || kind is null || (last is null && until >= 0 && row.Text(until).Length > 0)) continue;
            var span = new MembershipSpan(first.Value, last, kind.Value);
            if (MembershipHistory.Check([span]) is { } rule) run.Fault(line, last < first ? "until" : "from", row.Text(last < first ? until : from), rule);
            else rows.Add(new MemberRow(line, name, school.Value, span));
        }
        foreach (var of in rows.GroupBy(row => (Cluster: Cluster.SlugOf(row.Cluster), row.Urn)))
        {
            var distinct = of.OrderBy(row => row.Span.From).ThenBy(row => row.Line).ToList();
            for (var i = 1; i < distinct.Count; i++)
                if (distinct.Take(i).FirstOrDefault(earlier => earlier.Span.Overlaps(distinct[i].Span)) is { } other)
                    run.Fault(distinct[i].Line, "from", distinct[i].Span.From.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
                        $"School {of.Key.Urn} is in {distinct[i].Cluster} on line {other.Line} at the same time already. Give that line an end in the column until, or take one of the two out.");
        }
        return rows;
    }

    private static SchoolUrn? Urn(string text, int line, HashSet<int> register, ImportRun run)
    {
        if (!SchoolUrn.TryParse(text, null, out var urn))
            run.Fault(line, "urn", text, "This is not a URN. A URN has six digits, for example 109428.");
        else if (!register.Contains(urn.Value))
            run.Fault(line, "urn", text, "No school in the register has this URN. Check the digits, or load a register that has the school.");
        else
            return urn;
        return null;
    }

    private static DateOnly? Day(string text, int line, string column, ImportRun run)
    {
        if (DateOnly.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return day;
        run.Fault(line, column, text, text.Length == 0 ? "The first day of the membership is missing. Write it as 2016-09-01 or 01/09/2016." : "This is not a date. Write it as 2016-09-01 or 01/09/2016.");
        return null;
    }

    private static MembershipKind? Kind(string text, int line, ImportRun run)
    {
        switch (text.ToLowerInvariant())
        {
            case "full": return MembershipKind.Full;
            case "associate": return MembershipKind.Associate;
            default:
                run.Fault(line, "membership", text, "The membership must be full or associate.");
                return null;
        }
    }

    private static void Keep(List<MemberRow> rows, ImportRun run)
    {
        var (connection, transaction) = (run.Connection, run.Transaction);
        var clusters = connection.Query<(int Id, string Slug, string Name)>("""
            select id, slug, name from cluster c where c.import_id is null or exists (select 1 from import i where i.id = c.import_id and i.state = 1)
            """, transaction: transaction).ToList();
        var position = connection.ExecuteScalar<int>("select coalesce(max(position), 0) from cluster", transaction: transaction);
        var now = DateTime.SpecifyKind(connection.ExecuteScalar<DateTime>("select imported_at from import where id = @ImportId", new { run.ImportId }, transaction), DateTimeKind.Utc);
        var held = Held(connection, transaction);
        foreach (var byCluster in rows.GroupBy(row => Cluster.SlugOf(row.Cluster)))
        {
            var cluster = clusters.FirstOrDefault(known => known.Slug == byCluster.Key || Cluster.SlugOf(known.Name) == byCluster.Key).Id;
            if (cluster == 0)
            {
                cluster = connection.ExecuteScalar<int>("insert into cluster (slug, name, kind, position, import_id, version) values (@slug, @name, 0, @position, @ImportId, 0) returning id",
                    new { slug = byCluster.Key, name = byCluster.First().Cluster, position = ++position, run.ImportId }, transaction);
                run.Remark($"{byCluster.First().Cluster} is a new cluster with {byCluster.Select(row => row.Urn).Distinct().Count():N0} schools.");
            }
            foreach (var bySchool in byCluster.GroupBy(row => row.Urn))
            {
                var before = held.GetValueOrDefault((cluster, bySchool.Key.Value)) ?? MembershipHistory.None;
                var after = before.Take([.. bySchool.Select(row => row.Span)]);
                foreach (var _ in bySchool) run.Kept();
                if (after.SameAs(before)) continue;
                if (before.Spans.Count > 0)
                    run.Remark($"School {bySchool.Key} in {byCluster.First().Cluster}: {after} (was: {before}).");
                var record = connection.ExecuteScalar<int>("""
                    insert into membership_record (cluster_id, urn, import_id, sequence, recorded_at, note, undone_at)
                    values (@cluster, @urn, @ImportId, 0, @now, @note, null) returning id
                    """, new { cluster, urn = bySchool.Key.Value, run.ImportId, now, note = before.Spans.Count == 0 ? "Joined" : "Changed by a file" }, transaction);
                foreach (var span in after.Spans)
                    Row(connection, transaction, record, span);
            }
        }
    }

    private static void Row(DbConnection connection, DbTransaction transaction, int record, MembershipSpan span)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "insert into membership_row (record_id, \"from\", until, kind) values (@record, @from, @until, @kind)";
        foreach (var (name, value) in new (string, object)[] { ("@record", record), ("@from", span.From), ("@until", span.Until is DateOnly last ? last : DBNull.Value), ("@kind", (int)span.Kind) })
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }
        command.ExecuteNonQuery();
    }

    /// <summary>What holds now of each school in each cluster.</summary>
    private static Dictionary<(int Cluster, int Urn), MembershipHistory> Held(DbConnection connection, DbTransaction transaction)
    {
        var spans = new List<(int Cluster, int Urn, MembershipSpan Span)>();
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "select parent, child, first_day, last_day, kind from containment";
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var (parent, child) = (new PlaceKey(reader.GetInt32(0)), new PlaceKey(reader.GetInt32(1)));
            if (parent.Kind != PlaceKind.Cluster || child.Kind != PlaceKind.School) continue;
            spans.Add((parent.Number, child.Number, new MembershipSpan(reader.GetFieldValue<DateOnly>(2), reader.IsDBNull(3) ? null : reader.GetFieldValue<DateOnly>(3),
                reader.GetInt32(4) == 1 ? MembershipKind.Full : MembershipKind.Associate)));
        }
        return spans.GroupBy(row => (row.Cluster, row.Urn)).ToDictionary(of => of.Key, of => MembershipHistory.Of(of.Select(row => row.Span)));
    }
}
