using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Field;
using Waymark.Schools;
using Waymark.Shared.Ledger;
using Waymark.Tests.Shared;

namespace Waymark.Tests.Schools;

public sealed class SchoolTests
{
    private static readonly SchoolUrn MapleTree = new(132236);

    private static SchoolRecord Maple(DateOnly asOf, int highestAge, Phase phase) => new()
    {
        Urn = MapleTree,
        AsOf = asOf,
        ImportId = 1,
        Line = 2,
        Name = "Maple Tree",
        SearchText = "maple tree",
        LowestAge = 2,
        HighestAge = highestAge,
        Phase = phase,
    };

    [Fact]
    public void A_lower_school_that_becomes_a_primary_changes_from_that_year_only()
    {
        var history = new SchoolHistory([MapleTree], [Maple(new(2020, 9, 1), 11, Phase.Primary), Maple(new(2017, 9, 1), 9, Phase.Lower)]);
        history.PhaseIn(AcademicYear.Ending(2020)).ShouldBe(Phase.Lower);
        history.PhaseIn(AcademicYear.Ending(2021)).ShouldBe(Phase.Primary);
        history.PhaseIn(AcademicYear.Ending(2015)).ShouldBe(Phase.Lower, "before the first register the oldest one is what is known");
        history.PhaseChanges().Select(change => (change.From, change.School.Phase)).ShouldBe([(new(2017, 9, 1), Phase.Lower), (new(2020, 9, 1), Phase.Primary)]);
    }

    /// <summary>Registers go on naming the earlier number as it was when it closed: that is no phase of the school that goes on.</summary>
    [Fact]
    public void A_history_follows_the_line_to_the_number_that_was_open_on_the_day()
    {
        SchoolUrn academy = new(140000);
        SchoolRecord Academy(DateOnly asOf, int highestAge, Phase phase, DateOnly? openedOn) => new()
        {
            Urn = academy,
            AsOf = asOf,
            ImportId = asOf.Year,
            Line = 3,
            Name = "Maple Tree Academy",
            SearchText = "",
            LowestAge = 2,
            HighestAge = highestAge,
            Phase = phase,
            OpenedOn = openedOn,
        };
        var history = new SchoolHistory([MapleTree, academy],
        [
            Maple(new(2012, 9, 1), 9, Phase.Lower), Maple(new(2014, 9, 1), 9, Phase.Lower), Maple(new(2018, 9, 1), 9, Phase.Lower),
            Academy(new(2014, 9, 1), 9, Phase.Lower, new(2014, 4, 1)), Academy(new(2018, 9, 1), 11, Phase.Primary, null),
        ]);
        history.On(new(2014, 3, 31))!.Urn.ShouldBe(MapleTree);
        history.On(new(2014, 4, 1))!.Urn.ShouldBe(academy, "it had opened, although no register says so yet");
        history.PhaseIn(AcademicYear.Ending(2018)).ShouldBe(Phase.Lower);
        history.PhaseIn(AcademicYear.Ending(2019)).ShouldBe(Phase.Primary);
        history.PhaseChanges().Select(change => (change.From, change.School.HighestAge)).ShouldBe([(new(2012, 9, 1), 9), (new(2018, 9, 1), 11)]);
        new SchoolHistory([MapleTree], []).On(new(2014, 3, 31)).ShouldBeNull();
    }

    [Fact]
    public void What_a_register_does_not_say_an_earlier_one_does_but_never_its_pupils_of_a_later_day()
    {
        SchoolRecord Of(int year, string? town, int? pupils) => new()
        {
            Urn = MapleTree,
            AsOf = new(year, 9, 1),
            ImportId = year,
            Line = 2,
            Name = $"Maple Tree {year}",
            SearchText = "",
            Town = town,
            Pupils = pupils,
        };
        var history = new SchoolHistory([MapleTree], [Of(2014, null, null), Of(2016, "Sandy", 210), Of(2018, null, null)]);
        var (before, after) = (history.On(new(2015, 1, 1))!, history.On(new(2019, 1, 1))!);
        (before.Name, before.Town, before.Pupils).ShouldBe(("Maple Tree 2014", "Sandy", null));
        (after.Name, after.Town, after.Pupils).ShouldBe(("Maple Tree 2018", "Sandy", 210));
    }

    [Fact]
    public void A_line_joins_the_urns_of_a_school_that_went_on_as_exactly_one_other()
    {
        SchoolLine.Of([
            Link(100001, 100002, LinkKind.Succession), Link(100001, 100002, LinkKind.Succession), // said from both sides
            Link(100002, 100003, LinkKind.Succession),
        ]).Select(line => (line.Urn.Value, line.Line.Value, line.Position)).ShouldBe([(100001, 100003, 0), (100002, 100003, 1), (100003, 100003, 2)]);
    }

    [Fact]
    public void No_line_goes_through_a_merger_a_split_or_a_school_with_two_predecessors()
    {
        SchoolLine.Of([
            Link(100001, 100003, LinkKind.Merger),
            Link(100004, 100005, LinkKind.Succession), Link(100006, 100005, LinkKind.Succession),
            Link(100007, 100008, LinkKind.Succession), Link(100007, 100009, LinkKind.Succession),
            Link(100010, 100011, LinkKind.Succession), Link(100010, 100011, LinkKind.Amalgamation), // the two sides disagree
            Link(100012, 100013, LinkKind.Succession), Link(100013, 100012, LinkKind.Succession),   // a ring
            Link(100014, 100014, LinkKind.Succession),
        ]).ShouldBeEmpty();
    }

    [Fact]
    public void A_school_feeds_only_an_older_one()
    {
        var lower = Maple(new(2017, 9, 1), 9, Phase.Lower);
        Feed.RuleAgainst(lower, lower)!.ShouldContain("cannot feed itself");
        var nursery = new SchoolRecord { Urn = new(100001), AsOf = lower.AsOf, ImportId = 1, Line = 2, Name = "Acorns", SearchText = "", LowestAge = 2, HighestAge = 5 };
        Feed.RuleAgainst(lower, nursery)!.ShouldContain("Acorns (ages 2 to 5) takes no pupils older than");
        Feed.RuleAgainst(nursery, lower).ShouldBeNull();
    }

    [SkippableTheory, Databases]
    public void The_tables_hold_what_the_classes_say(Database database)
    {
        using var store = TestStore.On(database);
        using (var db = store.Open())
        {
            db.Schools.Add(new School { Urn = MapleTree, AsOf = new(2017, 9, 1), Name = "Maple Tree", SearchText = "maple tree", Laestab = new Laestab(new(823), 2001), Authority = new(823), InRegister = true, Phase = Phase.Lower, OpenedOn = new(2007, 9, 1) });
            db.SchoolLines.Add(new SchoolLine { Urn = MapleTree, Line = MapleTree, Position = 0 });
            var pyramid = new Pyramid { Name = "Sandy" };
            db.Pyramids.Add(pyramid);
            db.SaveChanges();
            db.Record([(Feed.Of(pyramid.Id, MapleTree, new(137947)), [new Span(new(2015, 9, 1), null)]), (new Belonging(PlaceKey.School(MapleTree), PlaceKey.Cluster(1)), [new Span(new(2015, 9, 1), new(2017, 8, 31))])], "Entered", DateTime.UtcNow);
        }
        using var again = store.Open();
        var school = again.Schools.Single(school => school.Urn == MapleTree && school.Authority == new LocalAuthorityCode(823));
        (school.Laestab, school.OpenedOn, school.InRegister, school.Phase).ShouldBe((new Laestab(new(823), 2001), new DateOnly(2007, 9, 1), true, Phase.Lower));
        again.SchoolLines.Count().ShouldBe(1);
        again.SchoolRecords.Count().ShouldBe(0);
        again.SchoolLinks.Count().ShouldBe(0);
        again.Feeds().ShouldBe([new Feed(again.Pyramids.Single().Id, MapleTree, new(137947), new Span(new(2015, 9, 1), null))]);
        again.FullMembersOn(PlaceKey.Cluster(1), new(2016, 8, 31)).ToList().ShouldBe([PlaceKey.School(MapleTree)]);
        again.FullMembersOn(PlaceKey.Cluster(1), new(2015, 8, 31)).ToList().ShouldBeEmpty();
        again.FullMembersOn(PlaceKey.Cluster(1), new(2017, 8, 31)).ToList().ShouldBe([PlaceKey.School(MapleTree)], "the last day is a day of it");
        again.FullMembersOn(PlaceKey.Cluster(1), new(2017, 9, 1)).ToList().ShouldBeEmpty();
    }

    private static (SchoolUrn, SchoolUrn, LinkKind) Link(int predecessor, int successor, LinkKind kind) => (new(predecessor), new(successor), kind);
}
