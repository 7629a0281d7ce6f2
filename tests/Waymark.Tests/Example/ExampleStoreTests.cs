using Waymark.Clusters;
using Waymark.Data;
using Waymark.Example;
using Waymark.Field;
using Waymark.Schools;
using Waymark.Shared.Imports;
using Waymark.Tests.Schools;
using Waymark.Tests.Shared;

namespace Waymark.Tests.Example;

/// <summary>The case of MISSION.md, counted from the example's records as the system holds them.</summary>
public sealed class ExampleStoreTests
{
    private static readonly DateOnly LastMeeting = new(2016, 10, 20);

    [SkippableTheory, Databases]
    public void Seven_clusters_have_134_memberships_of_130_schools(Database database)
    {
        using var store = TestStore.WithExample(database);
        using var db = store.Open();
        var clusters = db.OuterClusters(LastMeeting);
        clusters.Select(cluster => (cluster.Name, db.MemberSchoolsOn(LastMeeting, cluster).Count(member => member.IsFull))).ShouldBe(
        [
            ("Harlington Area Schools Trust", 11), ("Leighton Buzzard, Linslade and Woburn Sands", 28), ("Houghton Regis", 14), ("Sandy and Biggleswade", 24),
            ("Stotfold, Shefford and Arlesey", 22), ("Dunstable", 21), ("Ampthill, Flitwick and Cranfield", 14),
        ]);
        var members = clusters.SelectMany(cluster => db.MemberSchoolsOn(LastMeeting, cluster)).Where(member => member.IsFull).ToList();
        members.Count.ShouldBe(134);
        members.Select(member => member.School.Urn).Distinct().Count().ShouldBe(130);
        members.GroupBy(member => member.School.Urn).Where(of => of.Count() > 1).Select(of => (of.Count(), of.First().School.Phase)).ShouldBe(Enumerable.Repeat((2, Phase.Special), 4));
        members.ShouldAllBe(member => member.School.IsOpen);
        members.DistinctBy(member => member.School.Urn).Sum(member => member.School.Pupils!.Value).ShouldBeInRange(43_000, 44_000);
        members.Select(member => member.School.Phase).Distinct().ShouldBe([Phase.Nursery, Phase.Lower, Phase.Primary, Phase.Middle, Phase.Upper, Phase.Secondary, Phase.AllThrough, Phase.Special], ignoreOrder: true);
        db.SchoolsWithoutCluster(LastMeeting).ShouldBeEmpty();
    }

    [Fact]
    public void Biggleswade_and_Sandy_and_Cranfield_and_Marston_meet_on_their_own_too()
    {
        using var store = TestStore.WithExample(Database.Sqlite);
        using var db = store.Open();
        int Full(string cluster) => db.MemberSchoolsOn(LastMeeting, db.FindCluster(cluster)!).Count(member => member.IsFull);
        (Full("Sandy") + Full("Biggleswade")).ShouldBe(24);
        (Full("Ampthill and Flitwick") + Full("Cranfield and Marston")).ShouldBe(14);
    }

    [Fact]
    public void Every_cluster_has_a_lead_an_officer_a_partner_and_a_contact_in_the_locality()
    {
        using var store = TestStore.WithExample(Database.Sqlite);
        using var db = store.Open();
        foreach (var cluster in db.OuterClusters(LastMeeting))
        {
            var ids = db.ClustersOfJoint(cluster).Select(part => part.Child.Number).Append(cluster.Id).ToList();
            db.ClusterContacts.Where(contact => ids.Contains(contact.ClusterId)).Select(contact => contact.Capacity).Distinct().ToList()
                .ShouldBe(Enum.GetValues<ContactCapacity>(), ignoreOrder: true, cluster.Name);
        }
        var heads = db.ClusterContacts.Where(contact => contact.Capacity == ContactCapacity.Lead).AsEnumerable().Select(contact => contact.Role["Headteacher, ".Length..]).ToList();
        var names = db.Schools.Select(school => school.Name).ToHashSet();
        heads.ShouldAllBe(school => names.Contains(school));
    }

    [Fact]
    public void A_lower_school_grew_into_a_primary_in_September_2015_and_counts_as_one_from_that_year()
    {
        using var store = TestStore.WithExample(Database.Sqlite);
        using var db = store.Open();
        var grown = new SchoolUrn(ExampleSchools.All.Single(school => school.HighFrom is not null).Urn);
        var history = db.HistoriesOf([grown])[grown];
        (history.PhaseIn(AcademicYear.Ending(2015)), history.PhaseIn(AcademicYear.Ending(2016))).ShouldBe((Phase.Lower, Phase.Primary));
    }

    [Fact]
    public void It_lives_at_the_end_of_the_autumn_term_of_2016()
    {
        using var store = TestStore.WithExample(Database.Sqlite);
        using var db = store.Open();
        LocalClock.ForStore(db.Read(Setting.Today), TimeProvider.System).Today.ShouldBe(new DateOnly(2016, 12, 16));
    }

    [Theory]
    [InlineData("edubasealldata20170101.csv", "register")]
    [InlineData("links.csv", "links")]
    [InlineData("clusters.csv", "cluster,urn,from,membership\nDunstable,109501,2015-09-01,full\n")]
    [InlineData("pyramids.csv", "pyramid,feeder_urn,receiver_urn,from\nSandy,109501,109502,2015-09-01\n")]
    public void It_takes_no_school_but_its_own(string name, string content)
    {
        using var store = TestStore.WithExample(Database.Sqlite);
        var outcome = store.Stage(name, content switch
        {
            "register" => SchoolFiles.Register("109501,823,2101,Real Lower School,Community school,,Open,,,Primary,5,9,Sandy,SG19 1AA,516000,249000,,"),
            "links" => SchoolFiles.Links + "109501,109502,Real Academy,Successor,31-08-2014\r\n",
            _ => content,
        });
        outcome.Refused.ShouldBeTrue();
        outcome.Notes.ShouldContain(note => note.Sentence.StartsWith("This school is not in the example's register", StringComparison.Ordinal));
        using var db = store.Open();
        db.Schools.Any(school => school.Urn == new SchoolUrn(109501)).ShouldBeFalse();
        Waymark.Shared.Room.All.SelectMany(room => room.Invariants).SelectMany(invariant => invariant.Broken(db)).ShouldBeEmpty();
    }

    [Fact]
    public void Nothing_of_it_is_in_a_store_without_the_example()
    {
        using var store = TestStore.On(Database.Sqlite);
        using var db = store.Open();
        (db.Schools.Count(), db.Clusters.Count(), db.Imports.Count(), db.ClusterContacts.Count(), db.Read(Setting.Today)).ShouldBe((0, 0, 0, 0, null));
    }
}
