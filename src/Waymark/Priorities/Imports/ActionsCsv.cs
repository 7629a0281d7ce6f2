using System.Globalization;
using Dapper;
using Waymark.Clusters;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared.Documents;
using Waymark.Shared.Imports;

namespace Waymark.Priorities.Imports;

/// <summary>
/// actions.csv, or a workbook with the same columns: what is planned, by whom, until when. It only adds: an action that a plan has already is listed and changed on its page.
/// It reads what the export of actions writes.
/// </summary>
public sealed class ActionsCsv : Importer
{
    public const string Format = "actions";

    private static readonly string[] Required = ["plan", "action", "owner", "starts", "due"];
    private static readonly string[] Known = [.. Required, "priority", "partners", "schools", "resources", "money", "state"];
    private static readonly string[] Told = ["measure", "expected", "last_report", "reported_on"];
    private static readonly string[] Days = ["yyyy-MM-dd", "dd/MM/yyyy", "d/M/yyyy"];

    public override string Reads => "action plans (plan, action, owner, starts, due, and priority, partners, schools, resources, money, state)";

    public override Recognised? Recognise(TabularFile file) =>
        file.Has("action") && Required.Count(file.Has) is >= 4 and var found ? new Recognised(Format, "Action plans", found) : null;

    public override void Stage(TabularFile file, Recognised recognised, ImportRun run)
    {
        foreach (var missing in Required.Where(column => !file.Has(column))) run.Fault(1, missing, null, $"There is no column {missing}. The first line must have {string.Join(", ", Required)}.");
        foreach (var column in file.Header.Where(column => column.Length > 0 && !Known.Contains(column, StringComparer.OrdinalIgnoreCase)))
            run.UnknownColumn(column, Told.Contains(column, StringComparer.OrdinalIgnoreCase) ? "Measures and reports are entered on the pages of the action." : "Nothing is read from this column.");
        var clusters = run.Connection.Query<(int Id, string Slug, string Name)>("select id, slug, name from cluster c where c.import_id is null or exists (select 1 from import i where i.id = c.import_id and i.state = 1)", transaction: run.Transaction)
            .SelectMany(cluster => new[] { cluster.Slug, Cluster.SlugOf(cluster.Name) }.Distinct().Select(slug => (slug, cluster.Id))).DistinctBy(of => of.slug).ToDictionary(of => of.slug, of => of.Id);
        var schools = run.Connection.Query<int>("select urn from school", transaction: run.Transaction).ToHashSet();
        var priorities = run.Connection.Query<(int Id, string Title)>("select id, title from priority p where p.ended_on is null and p.joined_into is null and (p.import_id is null or exists (select 1 from import i where i.id = p.import_id and i.state = 1))", transaction: run.Transaction)
            .DistinctBy(priority => priority.Title, StringComparer.OrdinalIgnoreCase).ToDictionary(priority => priority.Title, priority => priority.Id, StringComparer.OrdinalIgnoreCase);
        var there = run.Connection.Query<(int Place, string Title)>("select place, title from planned_action a where a.import_id is null or exists (select 1 from import i where i.id = a.import_id and i.state = 1)", transaction: run.Transaction)
            .Select(action => (action.Place, action.Title.ToUpperInvariant())).ToHashSet();
        foreach (var row in file.Rows())
        {
            if (row.IsBlank) continue;
            run.Read();
            if (run.Faults > 0 && Required.Any(column => !file.Has(column))) continue;
            var line = row.Line;
            string Text(string column) => file.Column(column) is >= 0 and var at ? Inert.Read(row.Text(at)).Trim() : "";
            var before = run.Faults;
            void Check(string column, string? rule)
            {
                if (rule is not null) run.Fault(line, column, Text(column), rule);
            }
            PlaceKey? place = Text("plan") == "partnership" ? PlaceKey.Partnership : SchoolUrn.TryParse(Text("plan"), null, out var urn) && schools.Contains(urn.Value) ? PlaceKey.School(urn)
                : clusters.TryGetValue(Cluster.SlugOf(Text("plan")), out var cluster) ? PlaceKey.Cluster(cluster) : null;
            Check("plan", place is null ? "There is no such plan. Write a cluster’s name, a school’s URN, or partnership." : null);
            Check("action", PlannedAction.CheckTitle(Text("action")));
            Check("owner", PlannedAction.CheckOwner(Text("owner")));
            var (starts, due) = (Day(Text("starts")), Day(Text("due")));
            Check("starts", starts is null ? "This is not a date. Write it as 2016-09-01 or 01/09/2016." : null);
            Check("due", due is null ? "This is not a date. Write it as 2016-09-01 or 01/09/2016." : starts is null ? null : PlannedAction.CheckDays(starts.Value, due.Value));
            int? priority = Text("priority").Length == 0 ? null : priorities.TryGetValue(Text("priority"), out var known) ? known : -1;
            Check("priority", priority == -1 ? "There is no such open priority. Propose it first, or leave it blank." : null);
            decimal? money = Text("money") is "" or "x" ? null : decimal.TryParse(Text("money").TrimStart('£'), NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var amount) ? amount : -1;
            Check("money", PlannedAction.CheckMoney(money));
            ActionState? state = Text("state").Length == 0 ? ActionState.Planned : Enum.GetValues<ActionState>().Select(each => (ActionState?)each).FirstOrDefault(each => each!.Value.Code().Equals(Text("state"), StringComparison.OrdinalIgnoreCase));
            Check("state", state is null ? "The state must be planned, under way, done or stopped." : null);
            var taking = Text("schools").Split([' ', ';', ','], StringSplitOptions.RemoveEmptyEntries);
            Check("schools", taking.FirstOrDefault(text => !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || !schools.Contains(number)) is { } wrong ? $"{wrong} is no school here. Write URNs with spaces between." : null);
            Check("resources", Text("resources").Length > PlannedAction.LongestText ? $"The resources must be {PlannedAction.LongestText} characters or fewer." : null);
            Check("partners", Text("partners").Length > PlannedAction.LongestText ? $"The partners must be {PlannedAction.LongestText} characters or fewer." : null);
            if (run.Faults > before) continue;
            if (!there.Add((place!.Value.Value, Text("action").ToUpperInvariant())))
            {
                run.List(line, "This plan has such an action already. Change it on its page.", "action", Text("action"));
                continue;
            }
            run.Kept();
            var id = run.Connection.ExecuteScalar<int>("""
                insert into planned_action (place, priority_id, title, owner, owner_place, partners, starts, due, resources, money, state, import_id, version)
                values (@place, @priority, @title, @owner, @place, @partners, @starts, @due, @resources, @money, @state, @ImportId, 0) returning id
                """,
                new { place = place.Value.Value, priority, title = Text("action"), owner = Text("owner"), partners = string.Join('\n', Text("partners").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)), starts = starts!.Value, due = due!.Value, resources = Text("resources"), money, state = (int)state!.Value, run.ImportId }, run.Transaction);
            run.Connection.Execute("insert into action_school (action_id, urn) values (@id, @urn)", taking.Distinct().Select(text => new { id, urn = int.Parse(text, CultureInfo.InvariantCulture) }), run.Transaction);
        }
    }

    private static DateOnly? Day(string text) => DateOnly.TryParseExact(text, Days, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
