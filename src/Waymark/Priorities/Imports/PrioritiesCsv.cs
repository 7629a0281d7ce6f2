using Dapper;
using Waymark.Clusters;
using Waymark.Field;
using Waymark.Shared.Documents;
using Waymark.Shared.Imports;

namespace Waymark.Priorities.Imports;

/// <summary>priorities.csv: title, horizon, clusters, as the export of priorities writes it. It only adds.</summary>
public sealed class PrioritiesCsv : Importer
{
    public const string Format = "priorities";

    private static readonly string[] Required = ["title", "horizon", "clusters"];

    public override string Reads => "priorities with the clusters that share them (title, horizon, clusters)";

    public override Recognised? Recognise(TabularFile file) => file.Has("horizon") && Required.Count(file.Has) is >= 2 and var found ? new Recognised(Format, "Priorities", found) : null;

    public override void Stage(TabularFile file, Recognised recognised, ImportRun run)
    {
        foreach (var missing in Required.Where(column => !file.Has(column))) run.Fault(1, missing, null, $"There is no column {missing}. The first line must be {string.Join(',', Required)}.");
        foreach (var column in file.Header.Where(column => column.Length > 0 && !Required.Contains(column, StringComparer.OrdinalIgnoreCase))) run.UnknownColumn(column, "Nothing is read from this column.");
        var clusters = run.Connection.Query<(int Id, string Slug, string Name)>("select id, slug, name from cluster c where c.import_id is null or exists (select 1 from import i where i.id = c.import_id and i.state = 1)", transaction: run.Transaction)
            .SelectMany(cluster => new[] { cluster.Slug, Cluster.SlugOf(cluster.Name) }.Distinct().Select(slug => (slug, cluster.Id))).DistinctBy(of => of.slug).ToDictionary(of => of.slug, of => of.Id);
        var there = run.Connection.Query<string>("select title from priority p where p.import_id is null or exists (select 1 from import i where i.id = p.import_id and i.state = 1)", transaction: run.Transaction).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var today = DateOnly.FromDateTime(LocalClock.ToLondon(run.Connection.ExecuteScalar<DateTime>("select imported_at from import where id = @ImportId", new { run.ImportId }, run.Transaction)));
        foreach (var row in file.Rows())
        {
            if (row.IsBlank) continue;
            run.Read();
            if (Required.Any(column => !file.Has(column))) continue;
            string Text(string column) => Inert.Read(row.Text(file.Column(column))).Trim();
            var before = run.Faults;
            if (Priority.CheckTitle(Text("title"), []) is { } rule) run.Fault(row.Line, "title", Text("title"), rule);
            Horizon? horizon = Enum.GetValues<Horizon>().Select(each => (Horizon?)each).FirstOrDefault(each => each!.Value.Code().Equals(Text("horizon"), StringComparison.OrdinalIgnoreCase));
            if (horizon is null) run.Fault(row.Line, "horizon", Text("horizon"), "The horizon must be long or short-to-medium.");
            var names = Text("clusters").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            foreach (var wrong in names.Where(name => !clusters.ContainsKey(Cluster.SlugOf(name)))) run.Fault(row.Line, "clusters", wrong, "There is no such cluster. Write names with a semicolon between.");
            if (run.Faults > before) continue;
            if (!there.Add(Text("title")))
            {
                run.List(row.Line, "There is such a priority already.", "title", Text("title"));
                continue;
            }
            run.Kept();
            var id = run.Connection.ExecuteScalar<int>("insert into priority (place, title, detail, horizon, proposed_on, outcome, import_id, version) values (@place, @title, '', @horizon, @today, '', @ImportId, 0) returning id",
                new { place = PlaceKey.Partnership.Value, title = Text("title"), horizon = (int)horizon!.Value, today, run.ImportId }, run.Transaction);
            run.Connection.Execute("insert into adoption (priority_id, cluster_id, since) values (@id, @cluster, @today)", names.Select(name => clusters[Cluster.SlugOf(name)]).Distinct().Select(cluster => new { id, cluster, today }), run.Transaction);
        }
    }
}
