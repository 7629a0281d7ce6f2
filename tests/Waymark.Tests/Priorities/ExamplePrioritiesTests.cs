using Waymark.Data;
using Waymark.Evidence;
using Waymark.Field;
using Waymark.Priorities;
using Waymark.Tests.Shared;

namespace Waymark.Tests.Priorities;

/// <summary>The counts of autumn 2016 as the report gives them, counted from the example's records.</summary>
public sealed class ExamplePrioritiesTests
{
    private static readonly DateOnly Today = new(2016, 12, 16);

    [SkippableTheory, Databases]
    public void Three_long_term_priorities_are_in_all_seven_clusters_and_eleven_are_short_to_medium(Database database)
    {
        using var store = TestStore.WithExample(database);
        using var db = store.Open();
        var open = db.SharedPriorities(Today).Where(shared => shared.Priority.IsOpen).ToList();
        var far = open.Where(shared => shared.Priority.Horizon == Horizon.Long).ToList();
        far.Count.ShouldBe(3);
        far.ShouldAllBe(shared => shared.Clusters.Count == 7 && shared.SharedInWords == "All 7 clusters");
        var near = open.Where(shared => shared.Priority.Horizon == Horizon.Short).ToList();
        near.Count.ShouldBe(11);
        near.ShouldAllBe(shared => shared.Clusters.Count > 0);
        near.ShouldContain(shared => shared.SharedInWords == "5 of 7 clusters");

        var rows = PriorityRow.All(db, Today).ToList();
        rows.Count(row => row is { Horizon: "long", Clusters.Count: 7 }).ShouldBe(3);
        rows.Count(row => row.Horizon == "short-to-medium").ShouldBe(11);
    }

    [SkippableTheory, Databases]
    public void What_the_example_s_priorities_rest_on_leads_back_to_figures_and_on_again(Database database)
    {
        using var store = TestStore.WithExample(database);
        using var db = store.Open();
        var first = db.SharedPriorities(Today)[0];
        var cited = db.EvidenceFor("priority", $"{first.Priority.Id}");
        cited.ShouldNotBeEmpty();
        cited.ShouldAllBe(citation => db.LiveOf(citation) != null && citation.Movement(db.LiveOf(citation)) == "Unchanged since.");
        db.RestingTable("figure", cited[0].Key)!.Rows.ShouldContain(row => row.Cells[0].Text == first.Priority.Title);
        db.SuccessMeasures.Where(measure => measure.Source == MeasureSource.Indicator).ToList().ShouldAllBe(measure => measure.BaselineCitationId != null);
        Waymark.Shared.Room.All.SelectMany(room => room.Invariants).SelectMany(invariant => invariant.Broken(db)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Priorities_and_actions_are_exported_on_the_command_line()
    {
        using var store = TestStore.WithExample(Database.Sqlite);
        var priorities = await WaymarkProcess.Run(store, "export", "priorities", "--json");
        priorities.ExitCode.ShouldBe(0);
        using var json = System.Text.Json.JsonDocument.Parse(priorities.Output);
        var rows = json.RootElement.EnumerateArray().ToList();
        rows.Count.ShouldBe(14);
        rows[0].EnumerateObject().Select(property => property.Name).ShouldBe(["title", "horizon", "clusters"]);
        rows[0].GetProperty("clusters").GetArrayLength().ShouldBe(7);
        var actions = await WaymarkProcess.Run(store, "export", "actions", "--csv");
        actions.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(10);
        actions.Output.ShouldStartWith("plan,priority,action,owner,");
    }

    [SkippableTheory, Databases]
    public void The_example_s_plans_have_what_is_late_stuck_and_blind(Database database)
    {
        using var store = TestStore.WithExample(database);
        using var db = store.Open();
        var plan = Plans.Of(db);
        plan.Count.ShouldBe(9);
        plan.Where(of => of.Troubles(Today).Contains("late")).Select(of => of.Action.Title).ShouldBe(["Agree one sheet that goes with every child to middle school"]);
        plan.Count(of => of.Troubles(Today).Contains("stuck")).ShouldBe(1);
        plan.Count(of => of.Troubles(Today).Contains("no measure")).ShouldBe(3);
        plan.Count(of => of.Action.State == ActionState.Done).ShouldBe(1);
    }
}
