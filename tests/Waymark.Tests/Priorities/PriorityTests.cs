using Waymark.Field;
using Waymark.Priorities;

namespace Waymark.Tests.Priorities;

public sealed class PriorityTests
{
    private static readonly DateOnly Day = new(2016, 10, 12);

    [Theory]
    [InlineData("Improve transitions between schools", "Better transition from school to school", true)]
    [InlineData("Share best practice", "Best practice is shared within and across clusters", true)]
    [InlineData("Recruit and retain good teachers", "Recruitment and retention of teachers", true)]
    [InlineData("Strengthen leadership", "Improve outcomes for vulnerable groups", false)]
    [InlineData("Improve progress", "Improve resilience", false)]
    [InlineData("Raise aspirations", "Raise money", false)]
    public void Priorities_that_sound_alike_are_told_from_those_that_only_begin_alike(string one, string other, bool alike)
    {
        (Likeness.Of(one, other) >= Likeness.Enough).ShouldBe(alike, $"{Likeness.Of(one, other)}");
        Likeness.Of(one, other).ShouldBe(Likeness.Of(other, one));
    }

    [Fact]
    public void A_priority_needs_words_of_its_own()
    {
        Priority.CheckTitle(" ", []).ShouldBe("Enter the priority.");
        Priority.CheckTitle(new string('a', 151), []).ShouldBe("The priority must be 150 characters or fewer. Say more about it below.");
        Priority.CheckTitle("children read more", ["Children read more"]).ShouldBe("There is such a priority already. Adopt that one instead.");
        Priority.CheckTitle("Children read more", ["Children write more"]).ShouldBeNull();
    }

    [Fact]
    public void A_priority_ends_once_with_what_came_of_it()
    {
        var priority = new Priority { Place = PlaceKey.Partnership, Title = "Children read more", Horizon = Horizon.Short, ProposedOn = Day };
        priority.End(Day.AddDays(-1), "It is done").ShouldBe("It cannot end before it was proposed.");
        priority.End(Day, " ").ShouldBe("Enter what came of it.");
        priority.End(Day, "Twice as many books").ShouldBeNull();
        priority.End(Day, "Again").ShouldBe("It has ended already.");
        priority.IsOpen.ShouldBeFalse();
        priority.Reopen().ShouldBeNull();
        priority.Reopen().ShouldBe("It has not ended.");
    }

    [Fact]
    public void Only_priorities_of_one_horizon_are_joined_and_only_once()
    {
        var (one, other, far) = (Of(1, Horizon.Short), Of(2, Horizon.Short), Of(3, Horizon.Long));
        one.JoinInto(one).ShouldBe("A priority cannot be joined to itself.");
        one.JoinInto(far).ShouldBe("Only priorities of one horizon can be joined. Change the horizon of one first.");
        one.JoinInto(other).ShouldBeNull();
        one.JoinInto(other).ShouldBe("It was joined to another already.");
        other.JoinInto(one).ShouldBe("Priority 1 was joined to another. Join it to that one.");
        one.Part();
        one.IsOpen.ShouldBeTrue();

        static Priority Of(int id, Horizon horizon) => new() { Id = id, Place = PlaceKey.Partnership, Title = $"Priority {id}", Horizon = horizon, ProposedOn = Day };
    }

    [Fact]
    public void An_action_is_late_when_it_is_open_after_its_day_and_due_for_a_report_once_a_half_term()
    {
        var action = new PlannedAction { Place = PlaceKey.Cluster(1), OwnerPlace = PlaceKey.Cluster(1), Title = "Open the library", Owner = "Maria Ford", Starts = new(2016, 9, 5), Due = new(2016, 12, 9) };
        var plan = new ActionInPlan(action, "Dunstable", null, null, null, []);
        plan.Troubles(new(2016, 12, 9)).ShouldBe(["no measure", "no report this half term"]);
        plan.Troubles(new(2016, 12, 10)).ShouldContain("late");
        var report = ProgressReport.Of(action, Going.Stuck, "Shelves came", "A lorry", new(2016, 10, 31), null);
        action.State.ShouldBe(ActionState.Underway);
        (plan with { Last = report }).Troubles(new(2016, 10, 31)).ShouldBe(["stuck", "no measure"]);
        (plan with { Last = report }).IsDue(new(2016, 11, 1)).ShouldBeTrue("a new half term has begun");
        ProgressReport.Of(action, Going.Done, "It is open", null, new(2016, 12, 10), null);
        (plan with { Last = report }).Troubles(new(2017, 2, 1)).ShouldBeEmpty("it is done");
    }

    [Fact]
    public void What_is_asked_of_an_action_is_said_in_sentences()
    {
        PlannedAction.CheckTitle("").ShouldBe("Enter what is to be done.");
        PlannedAction.CheckOwner(" ").ShouldBe("Enter who answers for it.");
        PlannedAction.CheckDays(new(2016, 10, 2), new(2016, 10, 1)).ShouldBe("It must be due on the day it starts, 2 October 2016, or later.");
        PlannedAction.CheckMoney(-1).ShouldBe("The money must lie between £0 and £10,000,000.");
        ProgressReport.CheckDone("").ShouldBe("Enter what was done.");
        ProgressReport.CheckNext(Going.Stuck, "").ShouldBe("Enter what would help.");
        ProgressReport.CheckNext(Going.Well, "").ShouldBeNull();
        MeasurePoint.Check(MeasureSource.Share, 3, 5).ShouldBe("A share of fewer than 6 says something of single children. Count over a longer time or more schools.");
        MeasurePoint.Check(MeasureSource.Share, 7, 6).ShouldBe("It cannot be more than all.");
        MeasurePoint.Check(MeasureSource.Share, 3, null).ShouldBe("Enter of how many.");
        MeasurePoint.Check(MeasureSource.Count, 3, null).ShouldBeNull();
        Driver.CheckText("").ShouldBe("Enter what has to change.");
    }

    [Fact]
    public void Every_day_lies_in_the_half_term_whose_days_it_is_between()
    {
        for (var day = new DateOnly(2015, 9, 1); day < new DateOnly(2018, 9, 1); day = day.AddDays(1))
        {
            var half = HalfTerm.Of(day);
            (half.FirstDay <= day && day <= half.LastDay).ShouldBeTrue($"{day}: {half}");
            half.LastDay.AddDays(1).ShouldBe(half.Next.FirstDay);
        }
    }

    [Fact]
    public void A_driver_diagram_has_the_aim_on_the_left_and_actions_in_the_last_column()
    {
        var diagram = new DriverDiagram(new(DiagramPart.Aim, "Children move well", [
            new(DiagramPart.Driver, "The next teacher knows them", [new(DiagramPart.Driver, "Sheets are handed over", [new(DiagramPart.Action, "Agree one sheet", [])])]),
            new(DiagramPart.Action, "Hold a visit", [])]), ["Children who met their teacher"]);
        diagram.Columns.ShouldBe(4);
        var x = diagram.Boxes.ToDictionary(box => string.Join(' ', box.Lines), box => box.X);
        x["Children move well"].ShouldBe(1);
        x["Hold a visit"].ShouldBe(x["Agree one sheet"]);
        x["Sheets are handed over"].ShouldBeLessThan(x["Agree one sheet"]);
        diagram.Lines.Count.ShouldBe(5);
        diagram.Boxes.GroupBy(box => box.X).ShouldAllBe(column => column.OrderBy(box => box.Y).Zip(column.OrderBy(box => box.Y).Skip(1), (a, b) => a.Y + a.Height <= b.Y).All(apart => apart), "no two boxes lie over each other");
        diagram.Boxes.ShouldAllBe(box => box.Lines.All(line => line.Length <= 25) && box.Y + box.Height < diagram.Height && box.X + box.Width < diagram.Width);
    }
}
