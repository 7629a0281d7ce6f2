using System.Data.Common;
using System.Globalization;
using Dapper;
using Waymark.Data;
using Waymark.Field;
using Waymark.Schools;
using Waymark.Shared.Documents;
using Waymark.Shared.Imports;
using Waymark.Shared.Ledger;

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
        if (import.Format != Format) return;
        Join(connection, transaction, import);
        Ledger.AfterSwitch(connection, transaction, import);
        KnownSchools.AfterSwitch(connection, transaction, import);
    }

    private static void Join(DbConnection connection, DbTransaction transaction, Import import)
    {
        var places = new { import.Id, clusters = PlaceKey.Cluster(0).Value };
        // A cluster that another file or a person brought meanwhile is the same cluster, not a second of its name.
        connection.Execute("""
            update ledger_record set parent = (
                select coalesce(min(@clusters + other.id), ledger_record.parent)
                from cluster mine join cluster other on other.slug = mine.slug and other.id <> mine.id
                where @clusters + mine.id = ledger_record.parent and mine.import_id = @Id
                  and (other.import_id is null or exists (select 1 from import i where i.id = other.import_id and i.state = 1)))
            where import_id = @Id
            """, places, transaction);
        connection.Execute("""
            delete from cluster
            where import_id = @Id and exists (select 1 from cluster other where other.slug = cluster.slug and other.id <> cluster.id
                and (other.import_id is null or exists (select 1 from import i where i.id = other.import_id and i.state = 1)))
              and not exists (select 1 from ledger_record r where r.parent = @clusters + cluster.id)
            """, places, transaction);
        // A cluster whose file is taken back stays while somebody else's record stands in it.
        connection.Execute("""
            update cluster set import_id = null
            where import_id = @Id and not exists (select 1 from import where id = @Id and state = 1)
              and exists (select 1 from ledger_record r where r.parent = @clusters + cluster.id and r.undone_at is null
                and (r.import_id is null or exists (select 1 from import i where i.id = r.import_id and i.state = 1)))
            """, places, transaction);
    }

    private sealed record MemberRow(int Line, string Cluster, SchoolUrn Urn, Span Span);

    private static List<MemberRow> Read(TabularFile file, ImportRun run)
    {
        var (cluster, urn, from, membership, until) = (file.Column("cluster"), file.Column("urn"), file.Column("from"), file.Column("membership"), file.Column("until"));
        var rows = new List<MemberRow>();
        foreach (var row in file.Rows())
        {
            if (row.IsBlank) continue;
            run.Read();
            var line = row.Line;
            var name = Inert.Read(row.Text(cluster));
            if (Cluster.CheckName(name, []) is { } wrong) run.Fault(line, "cluster", name, wrong);
            var school = Urn(row.Text(urn), line, run);
            var first = Day(row.Text(from), line, "from", run);
            var last = until < 0 || row.Text(until).Length == 0 ? null : Day(row.Text(until), line, "until", run);
            var kind = Kind(row.Text(membership), line, run);
            if (school is null || first is null || kind is null || (last is null && until >= 0 && row.Text(until).Length > 0)) continue;
            var span = new Span(first.Value, last, kind.Value);
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

    private static SchoolUrn? Urn(string text, int line, ImportRun run)
    {
        if (SchoolUrn.TryParse(text, null, out var urn)) return urn;
        run.Fault(line, "urn", text, "This is not a URN. A URN has six digits, for example 109428.");
        return null;
    }

    private static DateOnly? Day(string text, int line, string column, ImportRun run)
    {
        if (DateOnly.TryParseExact(text, Formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return day;
        run.Fault(line, column, text, text.Length == 0 ? "The first day of the membership is missing. Write it as 2016-09-01 or 01/09/2016." : "This is not a date. Write it as 2016-09-01 or 01/09/2016.");
        return null;
    }

    private static ContainmentKind? Kind(string text, int line, ImportRun run)
    {
        switch (text.ToLowerInvariant())
        {
            case "full": return ContainmentKind.Full;
            case "associate": return ContainmentKind.Associate;
            default:
                run.Fault(line, "membership", text, "The membership must be full or associate.");
                return null;
        }
    }

    private static void Keep(List<MemberRow> rows, ImportRun run)
    {
        var (connection, transaction) = (run.Connection, run.Transaction);
        var clusters = connection.Query<(int Id, string Slug, string Name, int Kind)>("""
            select id, slug, name, kind from cluster c where c.import_id is null or exists (select 1 from import i where i.id = c.import_id and i.state = 1)
            """, transaction: transaction).ToList();
        var position = connection.ExecuteScalar<int>("select coalesce(max(position), 0) from cluster", transaction: transaction);
        KnownSchools.Stage(run, "urn", rows.Select(row => (row.Urn, (string?)null, (Laestab?)null, row.Line)));
        SayUnknown(rows, run);
        var held = Ledger.Held(connection, transaction);
        foreach (var byCluster in rows.GroupBy(row => Cluster.SlugOf(row.Cluster)))
        {
            var (cluster, _, name, kind) = clusters.FirstOrDefault(known => known.Slug == byCluster.Key || Cluster.SlugOf(known.Name) == byCluster.Key);
            if (kind == (int)ClusterKind.Joint)
            {
                run.Fault(byCluster.First().Line, "cluster", byCluster.First().Cluster, $"{name} is a joint cluster, and its schools are those of its clusters. Name the school's own cluster.");
                continue;
            }
            if (cluster == 0)
            {
                cluster = connection.ExecuteScalar<int>("insert into cluster (slug, name, kind, position, import_id, version) values (@slug, @name, 0, @position, @ImportId, 0) returning id",
                    new { slug = byCluster.Key, name = byCluster.First().Cluster, position = ++position, run.ImportId }, transaction);
                run.Remark($"{byCluster.First().Cluster} is a new cluster with {byCluster.Select(row => row.Urn).Distinct().Count():N0} schools.");
            }
            foreach (var bySchool in byCluster.GroupBy(row => row.Urn))
            {
                var belonging = new Belonging(PlaceKey.School(bySchool.Key), PlaceKey.Cluster(cluster));
                var before = held.GetValueOrDefault(belonging) ?? [];
                var after = Span.Take(before, bySchool.Select(row => row.Span));
                foreach (var _ in bySchool) run.Kept();
                if (after.SequenceEqual(before)) continue;
                if (before.Count > 0)
                    run.Remark($"School {bySchool.Key} in {byCluster.First().Cluster}: {MembershipHistory.Of(after)} (was: {MembershipHistory.Of(before)}).");
                Ledger.Stage(run, belonging, after, before.Count == 0 ? "Joined" : "Changed by a file");
            }
        }
    }

    /// <summary>A school that no register here has is kept and marked; most often a digit is wrong, so the preview names them.</summary>
    private static void SayUnknown(List<MemberRow> rows, ImportRun run)
    {
        var register = run.Connection.Query<int>("select urn from school where in_register = @yes", new { yes = true }, run.Transaction).ToHashSet();
        var unknown = rows.Where(row => !register.Contains(row.Urn.Value)).DistinctBy(row => row.Urn).ToList();
        if (unknown.Count > 0)
            run.Remark(register.Count == 0 ? $"No register of schools is loaded yet: the {unknown.Count:N0} schools of this file are marked ‘not in the register’ until one is."
                : $"Not in the register that is loaded, and marked so: {string.Join(", ", unknown.Take(20).Select(row => $"{row.Urn} (line {row.Line})"))}{(unknown.Count > 20 ? $" and {unknown.Count - 20:N0} more" : "")}. Check the digits, or load a register that has them.");
    }
}
