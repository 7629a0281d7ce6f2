using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Field;
using Waymark.Schools;
using Waymark.Tests.Shared;

namespace Waymark.Tests.Schools;

public sealed class PyramidTests
{
    private const string Header = "pyramid,feeder_urn,receiver_urn,from\r\n";
    private static readonly DateOnly September2015 = new(2015, 9, 1);

    [SkippableTheory, Databases]
    public void A_school_is_in_a_pyramid_as_long_as_any_of_its_feeds_lasts(Database database)
    {
        using var store = TestStore.On(database);
        store.Load("pyramids.csv", "pyramid,feeder_urn,receiver_urn,from,until\nSandy,900101,900301,2015-09-01,2017-08-31\nSandy,900101,900302,2017-09-01,\nSandy,900102,900301,2015-09-01,2016-08-31\nSandy,900102,900301,2017-09-01,\n");
        Members(store, new(2016, 9, 1)).ShouldBe([900101, 900301]);
        Members(store, new(2017, 9, 1)).ShouldBe([900101, 900102, 900301, 900302]);
        using var db = store.Open();
        db.Containments.AsEnumerable().Where(member => member.Child == PlaceKey.School(new(900101))).Select(member => (member.FirstDay, member.LastDay)).ShouldBe([(September2015, null)], "one time follows the other");
    }

    [SkippableTheory, Databases]
    public void Another_day_in_a_newer_list_supersedes_and_taking_it_back_lets_the_older_hold_again(Database database)
    {
        using var store = TestStore.On(database);
        store.Load("pyramids.csv", Header + "Sandy,900101,900301,2015-09-01\nSandy,900102,900301,2015-09-01\n");
        var ended = store.Load("pyramids2.csv", "pyramid,feeder_urn,receiver_urn,from,until\nSandy,900101,900301,2015-09-01,2016-08-31\nsandy,900102,900301,2015-09-01,\n");
        (ended.Import.RowsKept, ended.Import.RowsListed).ShouldBe((1, 1));
        ended.Notes.ShouldContain(note => note.Sentence == "School 900101 to 900301: from 1 September 2015 to 31 August 2016 (was: from 1 September 2015).");
        Members(store, new(2016, 9, 1)).ShouldBe([900102, 900301]);
        store.Desk().Withdraw(ended.Import.Id).ShouldBeNull();
        Members(store, new(2016, 9, 1)).ShouldBe([900101, 900102, 900301]);
        using var db = store.Open();
        Waymark.Shared.Room.All.SelectMany(room => room.Invariants).SelectMany(invariant => invariant.Broken(db)).ShouldBeEmpty();
    }

    [SkippableTheory, Databases]
    public void A_list_of_pyramids_counts_once_it_is_published_and_no_longer_when_it_is_taken_back(Database database)
    {
        using var store = TestStore.On(database);
        var staged = store.Stage("pyramids.csv", Header + "Sandy,900101,900301,2015-09-01\r\nSandy,900102,900301,01-09-2015\r\n");
        (staged.Import.RowsKept, staged.Import.RowsListed).ShouldBe((2, 0));
        Members(store).ShouldBeEmpty();
        store.Publish(staged);
        Members(store).ShouldBe([900101, 900102, 900301]);
        using (var db = store.Open())
        {
            db.Schools.Count(school => !school.InRegister).ShouldBe(3, "a URN that no register names becomes a school marked so");
            Waymark.Shared.Room.All.SelectMany(room => room.Invariants).SelectMany(invariant => invariant.Broken(db)).ShouldBeEmpty();
        }
        store.Desk().Withdraw(staged.Import.Id).ShouldBeNull();
        Members(store).ShouldBeEmpty();
        using var after = store.Open();
        after.Schools.Count().ShouldBe(0, "a school that only this file named goes with it");
    }

    [Fact]
    public void What_is_wrong_in_a_list_of_pyramids_is_said_line_by_line()
    {
        using var store = TestStore.On(Database.Sqlite);
        var outcome = store.Stage("pyramids.csv", Header + "Sandy,12,900301,2015-09-01\r\n,900102,900301,2015-09-01\r\nSandy,900102,900102,2015-09-01\r\nSandy,900102,900301,\r\nSandy,900102,900301,2016-09-01\r\nSANDY,900102,900301,2017-09-01\r\n");
        outcome.Notes.Select(note => note.ToString()).ShouldBe([
            "line 2, column feeder_urn ('12'): This is not a URN. A URN has six digits, for example 109428.",
            "line 3, column pyramid (''): This row does not name a pyramid. Write its name, for example that of the school at its top.",
            "line 4, column receiver_urn ('900102'): A school cannot feed itself. Write the URN of the school that its pupils go on to.",
            "line 5, column from (''): This row does not say since when. Write the first day, for example 2015-09-01.",
            "line 7, column from ('2017-09-01'): Line 6 has the same two schools at the same time. Give that line an end in the column until, or take one of the two out.",
        ]);
    }

    [Fact]
    public void The_proposal_takes_the_nearest_school_that_starts_where_pupils_leave_and_balances()
    {
        var proposal = PyramidProposal.For([
            School(900101, "Near", 5, 9, 0), School(900102, "Also near", 5, 9, 100), School(900103, "Third", 5, 9, 200), School(900104, "Fourth", 5, 9, 300),
            School(900301, "West Middle", 9, 13, 0), School(900302, "East Middle", 9, 13, 10_000), School(900401, "Upper", 13, 18, 5_000),
            School(900501, "Nursery", 2, 5, 0), School(900601, "Closed Middle", 9, 13, 10, SchoolStatus.Closed),
        ]);
        proposal.Select(feed => $"{feed.Feeder.Name} > {feed.Receiver.Name} ({feed.Pyramid.Name})").ShouldBe([
            "East Middle > Upper (Upper)", "West Middle > Upper (Upper)", "Fourth > East Middle (Upper)", "Near > West Middle (Upper)", "Also near > West Middle (Upper)", "Third > West Middle (Upper)",
        ], ignoreOrder: true);
    }

    [SkippableFact]
    public void Every_lower_and_middle_school_of_Central_Bedfordshire_gets_a_proposal()
    {
        using var store = TestStore.On(Database.Sqlite);
        store.LoadShared("gias_register_2022/gias_open_schools_823_2022.csv");
        using var db = store.Open();
        var schools = db.Schools.AsNoTracking().ToList();
        var proposal = PyramidProposal.For(schools);
        schools.Where(school => school.Phase is Phase.Lower or Phase.Middle && proposal.All(feed => feed.Feeder.Urn != school.Urn)).Select(school => school.Name).ShouldBeEmpty();
        proposal.ShouldAllBe(feed => Math.Abs(feed.Receiver.LowestAge!.Value - feed.Feeder.HighestAge!.Value) <= 1);
        proposal.Average(feed => feed.Kilometres).ShouldBeLessThan(6);
    }

    private static List<int> Members(TestStore store, DateOnly? day = null)
    {
        using var db = store.Open();
        return [.. db.Containments.AsEnumerable().Where(containment => containment.Parent.Kind == PlaceKind.Pyramid && (day is null || containment.HoldsOn(day.Value))).Select(containment => containment.Child.Number).Order()];
    }

    private static School School(int urn, string name, int low, int high, int easting, SchoolStatus status = SchoolStatus.Open) => new()
    {
        Urn = new(urn),
        AsOf = September2015,
        Name = name,
        SearchText = "",
        InRegister = true,
        Status = status,
        LowestAge = low,
        HighestAge = high,
        Phase = PhaseRules.PhaseOf("Community school", "", low, high, name),
        Easting = easting,
        Northing = 0,
    };
}
