using System.Text;
using Microsoft.EntityFrameworkCore;
using Waymark.Clusters;
using Waymark.Clusters.Imports;
using Waymark.Data;
using Waymark.Field;
using Waymark.Schools;
using Waymark.Shared.Imports;
using Waymark.Shared.Ledger;
using Waymark.Tests.Shared;

namespace Waymark.Tests.Clusters;

public sealed class ClustersCsvTests
{
    private const string Two = """
        Cluster,URN,From,Membership,Until
        Dunstable,109501,2015-09-01,full,
        Dunstable,109502,01/09/2015,Full,
        Dunstable,109503,2015-09-01,associate,
        Houghton Regis,109503,2015-09-01,full,31/08/2017
        """;

    [SkippableTheory, Databases]
    public void The_clusters_of_a_file_are_seen_when_it_is_published(Database database)
    {
        using var desk = new Desk(database);
        var staged = desk.Stage(Two);
        staged.Refused.ShouldBeFalse(string.Join("; ", staged.Notes));
        desk.Read(db => db.Clusters.Count()).ShouldBe(0);

        desk.Publish(staged);

        staged.Import.RowsRead.ShouldBe(4);
        staged.Import.RowsKept.ShouldBe(4);
        desk.Read(db => db.Clusters.Select(cluster => cluster.Name).ToList()).ShouldBe(["Dunstable", "Houghton Regis"]);
        desk.Members("Dunstable", 2016, 9, 20).ShouldBe(["109501 Full", "109502 Full", "109503 Associate"]);
        desk.Members("Houghton Regis", 2016, 9, 20).ShouldBe(["109503 Full"]);
        desk.Members("Houghton Regis", 2017, 9, 1).ShouldBeEmpty();
    }

    [SkippableTheory, Databases]
    public void A_figure_of_a_year_counts_its_full_members_on_31_August(Database database)
    {
        using var desk = new Desk(database);
        desk.Publish(desk.Stage(Two));

        desk.Read(db => db.FullMembersFor(db.FindCluster("houghton regis")!, AcademicYear.Ending(2017))).ShouldBe([new SchoolUrn(109503)]);
        desk.Read(db => db.FullMembersFor(db.FindCluster("houghton regis")!, AcademicYear.Ending(2018))).ShouldBeEmpty();
        desk.Read(db => db.FullMembersFor(db.FindCluster("dunstable")!, AcademicYear.Ending(2017))).ShouldBe([new SchoolUrn(109501), new SchoolUrn(109502)]);
    }

    [SkippableTheory, Databases]
    public void Taking_a_file_back_shows_what_was_before_it(Database database)
    {
        using var desk = new Desk(database);
        desk.Publish(desk.Stage(Two));
        var second = desk.Stage("""
            cluster,urn,from,membership
            Dunstable,109501,2016-01-01,full
            Sandy,109502,2016-01-01,full
            """);
        desk.Publish(second);
        desk.Members("Dunstable", 2015, 10, 1).ShouldBe(["109502 Full", "109503 Associate"]);
        desk.Members("Sandy", 2016, 10, 1).ShouldBe(["109502 Full"]);

        desk.Withdraw(second);

        desk.Members("Dunstable", 2015, 10, 1).ShouldBe(["109501 Full", "109502 Full", "109503 Associate"]);
        desk.Read(db => db.FindCluster("Sandy")).ShouldBeNull();
        desk.Check().ShouldBeEmpty();
    }

    [SkippableTheory, Databases]
    public void Rows_with_the_same_content_change_nothing(Database database)
    {
        using var desk = new Desk(database);
        desk.Publish(desk.Stage(Two));
        var again = desk.Stage(Two + "\nDunstable,109504,2015-09-01,full,");
        desk.Publish(again);

        again.Notes.ShouldBeEmpty();
        desk.Read(db => db.Set<LedgerRecord>().Count(record => record.ImportId == again.Import.Id)).ShouldBe(1);
    }

    [SkippableTheory, Databases]
    public void A_changed_date_supersedes_and_is_said_before(Database database)
    {
        using var desk = new Desk(database);
        desk.Publish(desk.Stage(Two));
        var changed = desk.Stage("cluster,urn,from,membership,until\nDunstable,109501,2015-09-01,full,2016-08-31\n");

        changed.Notes.ShouldContain(note => note.Sentence == "School 109501 in Dunstable: full member from 1 September 2015 to 31 August 2016 (was: full member from 1 September 2015).");
        desk.Publish(changed);
        desk.Members("Dunstable", 2016, 9, 1).ShouldBe(["109502 Full", "109503 Associate"]);
    }

    [SkippableTheory, Databases]
    public void A_change_by_hand_outlives_the_file_before_it(Database database)
    {
        using var desk = new Desk(database);
        var file = desk.Stage(Two);
        desk.Publish(file);
        desk.Read(db =>
        {
            var cluster = db.FindCluster("Dunstable")!;
            db.MembershipOf(cluster, PlaceKey.School(new(109501))).End(new DateOnly(2016, 8, 31), out var ended).ShouldBeNull();
            db.RecordMembership(cluster, PlaceKey.School(new(109501)), ended, "Ended", DateTime.UtcNow);
            return 0;
        });

        desk.Withdraw(file);

        desk.Members("Dunstable", 2016, 8, 31).ShouldBe(["109501 Full"]);
        desk.Members("Dunstable", 2016, 9, 1).ShouldBeEmpty();
        desk.Check().ShouldBeEmpty();
    }

    [SkippableTheory, Databases]
    public void Two_files_that_bring_the_same_cluster_make_one(Database database)
    {
        using var desk = new Desk(database);
        var one = desk.Stage("cluster,urn,from,membership\nDunstable,109501,2015-09-01,full\n");
        var two = desk.Stage("cluster,urn,from,membership\nDunstable,109502,2015-09-01,full\n");
        desk.Publish(one);
        desk.Publish(two);
        desk.Members("Dunstable", 2016, 1, 1).ShouldBe(["109501 Full", "109502 Full"]);

        desk.Withdraw(one);

        desk.Members("Dunstable", 2016, 1, 1).ShouldBe(["109502 Full"]);
        desk.Check().ShouldBeEmpty();
    }

    [SkippableTheory, Databases]
    public void A_file_thrown_away_leaves_nothing(Database database)
    {
        using var desk = new Desk(database);
        var staged = desk.Stage(Two);
        desk.Imports.Discard(staged.Import.Id);

        desk.Read(db => db.Set<Cluster>().Count() + db.Set<LedgerRecord>().Count() + db.Set<LedgerRow>().Count()).ShouldBe(0);
    }

    [SkippableTheory, Databases]
    public void The_members_of_a_joint_cluster_are_those_of_its_clusters_each_school_once(Database database)
    {
        using var desk = new Desk(database);
        desk.Publish(desk.Stage(Two));
        desk.Read(db =>
        {
            var joint = new Cluster { Slug = "south", Name = "South", Kind = ClusterKind.Joint };
            db.Add(joint);
            db.SaveChanges();
            db.Record(db.Clusters.Where(cluster => cluster.Kind == ClusterKind.Locality).AsEnumerable()
                .Select(cluster => (new Belonging(cluster.Place, joint.Place), (IReadOnlyList<Span>)[new Span(new(2016, 9, 1), null)])).ToList(), "Made", DateTime.UtcNow);
            return 0;
        });

        desk.Members("South", 2016, 10, 4).ShouldBe(["109501 Full", "109502 Full", "109503 Full"]);
        desk.Members("South", 2017, 10, 4).ShouldBe(["109501 Full", "109502 Full", "109503 Associate"]);
        desk.Members("South", 2016, 8, 31).ShouldBeEmpty();
        desk.Check().ShouldBeEmpty();

        var refused = desk.Stage("cluster,urn,from,membership\nSouth,109504,2016-09-01,full\n");
        refused.Notes.Single().Sentence.ShouldStartWith("South is a joint cluster, and its schools are those of its clusters");
    }

    [Theory]
    [InlineData("Dunstable,10950,2015-09-01,full,", "urn", "10950", "This is not a URN. A URN has six digits, for example 109428.")]
    [InlineData("Dunstable,109501,42005,full,", "from", "42005", "This is not a date. Write it as 2016-09-01 or 01/09/2016.")]
    [InlineData("Dunstable,109501,31/02/2015,full,", "from", "31/02/2015", "This is not a date. Write it as 2016-09-01 or 01/09/2016.")]
    [InlineData("Dunstable,109501,,full,", "from", "", "The first day of the membership is missing. Write it as 2016-09-01 or 01/09/2016.")]
    [InlineData("Dunstable,109501,2015-09-01,yes,", "membership", "yes", "The membership must be full or associate.")]
    [InlineData("Dunstable,109501,2015-09-01,full,2014-08-31", "until", "2014-08-31", "The last day must be the same as or after the first day, 1 September 2015.")]
    [InlineData("Dunstable,109501,2015-09-01,full,soon", "until", "soon", "This is not a date. Write it as 2016-09-01 or 01/09/2016.")]
    [InlineData(",109501,2015-09-01,full,", "cluster", "", "Enter the cluster's name.")]
    public void A_cell_that_cannot_be_right_is_named_with_what_would_be(string row, string column, string value, string sentence)
    {
        using var desk = new Desk(Database.Sqlite);
        var refused = desk.Stage($"cluster,urn,from,membership,until\nDunstable,109502,2015-09-01,full,\n{row}\n");

        refused.Refused.ShouldBeTrue();
        var note = refused.Notes.Single();
        (note.Line, note.Column, note.Value ?? "", note.Sentence).ShouldBe((3, column, value, sentence));
        desk.Read(db => db.Set<Cluster>().Count()).ShouldBe(0);
    }

    [Fact]
    public void A_school_twice_in_one_cluster_at_the_same_time_is_refused_with_both_lines()
    {
        using var desk = new Desk(Database.Sqlite);
        desk.Stage("cluster,urn,from,membership\nDunstable,109501,2015-09-01,full\nDUNSTABLE,109501,2016-09-01,associate\n")
            .Notes.Single().Sentence.ShouldBe("School 109501 is in DUNSTABLE on line 2 at the same time already. Give that line an end in the column until, or take one of the two out.");
    }

    [SkippableTheory, Databases]
    public void A_school_that_no_register_has_is_named_before_and_kept_marked_until_the_file_is_taken_back(Database database)
    {
        using var desk = new Desk(database);
        var staged = desk.Stage("cluster,urn,from,membership\nDunstable,109501,2015-09-01,full\nDunstable,999999,2015-09-01,full\n");
        staged.Notes.ShouldContain(note => note.Sentence == "Not in the register that is loaded, and marked so: 999999 (line 3). Check the digits, or load a register that has them.");

        desk.Publish(staged);

        desk.Members("Dunstable", 2016, 9, 1).ShouldBe(["109501 Full", "999999 Full"]);
        desk.Read(db => db.Schools.Single(school => school.Urn == new SchoolUrn(999999))).InRegister.ShouldBeFalse();
        desk.Check().ShouldBeEmpty();
        desk.Withdraw(staged);
        desk.Read(db => db.Schools.Count(school => !school.InRegister)).ShouldBe(0);
        desk.Check().ShouldBeEmpty();
    }

    [Fact]
    public void Without_a_register_the_file_says_that_none_is_loaded()
    {
        using var store = TestStore.On(Database.Sqlite);
        new ImportDesk(store.Store, [new ClustersCsv()], new LocalClock(new FakeTime())).Stage("clusters.csv", Encoding.UTF8.GetBytes(Two))
            .Notes.ShouldContain(note => note.Sentence == "No register of schools is loaded yet: the 3 schools of this file are marked ‘not in the register’ until one is.");
    }

    [Fact]
    public void A_missing_column_is_named()
    {
        using var desk = new Desk(Database.Sqlite);
        desk.Stage("cluster,urn,from\nDunstable,109501,2015-09-01\n").Notes.Single().Column.ShouldBe("membership");
    }

    /// <summary>An import desk over a store whose register has four schools.</summary>
    private sealed class Desk : IDisposable
    {
        private readonly TestStore store;

        public Desk(Database database)
        {
            store = TestStore.On(database);
            Imports = new ImportDesk(store.Store, [new ClustersCsv()], new LocalClock(new FakeTime()));
            using var db = store.Open();
            foreach (var urn in Enumerable.Range(109501, 4))
                db.Add(TestSchools.School(urn));
            db.SaveChanges();
        }

        public ImportDesk Imports { get; }

        public ImportDesk.Outcome Stage(string content) => Imports.Stage("clusters.csv", Encoding.UTF8.GetBytes(content));

        public void Publish(ImportDesk.Outcome staged) => Imports.Publish(staged.Import.Id).ShouldBeNull();

        public void Withdraw(ImportDesk.Outcome published) => Imports.Withdraw(published.Import.Id).ShouldBeNull();

        public T Read<T>(Func<WaymarkDb, T> read)
        {
            using var db = store.Open();
            return read(db);
        }

        public List<string> Members(string cluster, int year, int month, int day) =>
            Read(db => db.MembersOn(db.FindCluster(cluster)!, new DateOnly(year, month, day)).Select(member => $"{member.Urn} {member.Span.Kind}").ToList());

        public List<string> Check() => Read(db => Waymark.Shared.Room.All.Where(room => room is Waymark.Clusters.Room).SelectMany(room => room.Invariants).SelectMany(invariant => invariant.Broken(db)).ToList());

        public void Dispose() => store.Dispose();
    }
}
