using System.Globalization;
using Waymark.Clusters;
using Waymark.Data;
using Waymark.Evidence;
using Waymark.Field;
using Waymark.People;
using Waymark.Priorities;
using Waymark.Schools;
using Waymark.Shared.Access;
using Waymark.Shared.Imports;
using Waymark.Tests.Shared;

namespace Waymark.Tests.House;

/// <summary>Addresses of records that are there and of some that are not. Each part of a route that names a record has its line.</summary>
internal sealed class Samples
{
    private readonly List<(string Part, string There, string Missing)> parts = [];

    public PlaceKey Cluster { get; private init; }
    public PlaceKey OtherCluster { get; private init; }
    public PlaceKey School { get; private init; }
    public PlaceKey OtherSchool { get; private init; }

    public static Samples From(TestStore store)
    {
        using var db = store.Open();
        var (cluster, other) = (db.FindCluster("dunstable")!, db.FindCluster("houghton-regis")!);
        SchoolUrn OnlyIn(Cluster of) => db.MembersOn(of, new DateOnly(2016, 11, 1)).First(member => db.MembershipsOf(member.Urn).Count == 1).Urn;
        var urn = OnlyIn(cluster).ToString();
        var samples = new Samples { Cluster = cluster.Place, OtherCluster = other.Place, School = PlaceKey.School(OnlyIn(cluster)), OtherSchool = PlaceKey.School(OnlyIn(other)) };
        void Name(string part, object there, string missing = "99999999") => samples.parts.Add((part, Put(part, there), Put(part, missing)));

        foreach (var (part, there, missing) in Listening.ListeningSamples.Of(store, samples.School)) Name(part, there, missing);
        Name("/clusters/{slug}", "dunstable", "no-such-cluster");
        Name("{member}", urn, "999998");
        var lead = new ClusterContact { ClusterId = cluster.Id, Capacity = ContactCapacity.Lead, Name = "Maria Ford", From = new DateOnly(2016, 9, 1) };
        var invited = new Person { Name = "Gareth New", Email = "gareth.new@example.org", EmailKey = "gareth.new@example.org", InvitedAt = DateTime.UtcNow };
        db.AddRange(lead, invited);
        db.SaveChanges();
        Name("contacts/{id}", lead.Id);
        Name("/pyramids/enter/{change?}", db.Feeds()[0].Key, "no-such-feed");
        Name("citations/{id:int}", db.Cite("figure", $"pupils.headcount/201415/school/{urn}/all", new(2016, 12, 16))!.Id);
        var import = db.Imports.First(of => of.State == ImportState.Published).Id;
        Name("imports/{id:int}", import, import.ToString(CultureInfo.InvariantCulture));
        var waiting = TabularFile.Open("unknown.csv", "colour,shape\r\nred,round\r\n"u8.ToArray());
        new ImportDesk(store.Store, Waymark.Shared.Room.All.SelectMany(room => room.Importers), new LocalClock(TimeProvider.System)).SetAside(waiting);
        Name("{sha256:length(64)}", waiting.Sha256, waiting.Sha256);
        var role = RoleHeld.Given(invited.Id, RoleKind.Governor, samples.School, new DateOnly(2016, 9, 1));
        var (welcome, welcomeSecret) = SecretLink.New(LinkPurpose.Invitation, invited.Id, FakeTime.Start.UtcDateTime);
        var (password, passwordSecret) = SecretLink.New(LinkPurpose.NewPassword, 1, FakeTime.Start.UtcDateTime);
        db.AddRange(role, welcome, password);
        Name("/sign-in/keep/{secret}", Waymark.People.Room.KeepAccess.NewLink(db, 1, 1, FakeTime.Start.UtcDateTime).Split('/')[^1], "AAAAAAAAAAAAAAAAAAAAAA");
        db.SaveChanges();
        Name("/people/{id:int}", 1);
        Name("/people/roles/{id:int}", role.Id);
        Name("/people/places/{kind}/{code}", $"school/{urn}", "school/999998");
        Name("/welcome/{secret}", welcomeSecret, "AAAAAAAAAAAAAAAAAAAAAA");
        Name("/sign-in/new-password/{secret}", passwordSecret, "AAAAAAAAAAAAAAAAAAAAAA");
        Name("/sign-in/with/{name}", "no-such-service");
        Name("/exports/{file}", "members.csv", "members.csv");
        MeetingSamples.In(db, (part, there, missing) => Name(part, there, missing));
        Name("{file}", "201415.csv", "201415.csv");
        Name("{code:int}", "404", "404");
        Name("/figures/{measure}/{year}/{kind}/{number:int}/{group}", $"pupils.headcount/201415/school/{urn}/all", $"pupils.headcount/195051/school/{urn}/all");
        foreach (var (part, there) in Outcomes.Pupils.PupilSamples.In(store, db, OnlyIn(cluster))) Name(part, there);
        Name("{urn:int}", urn, "999998");
        Name("{urn}", urn, "999998");
        Name("/schools/suggest", "?q=a", "?q=a");
        var priority = new Priority { Place = cluster.Place, Title = "Children read more", Horizon = Horizon.Short };
        db.Add(priority);
        db.SaveChanges();
        db.Add(new Adoption { PriorityId = priority.Id, ClusterId = cluster.Id, Since = new(2016, 10, 12) });
        var measure = new SuccessMeasure { PriorityId = priority.Id, Place = cluster.Place, Source = MeasureSource.Count, Title = "Books", HigherIsBetter = true };
        var action = new PlannedAction { Place = samples.School, OwnerPlace = samples.School, Title = "Open the library", Owner = "Maria Ford", Starts = new(2016, 10, 12), Due = new(2017, 3, 1) };
        db.AddRange(measure, action);
        db.SaveChanges();
        Name("priorities/{id:int}", priority.Id);
        Name("measures/{id:int}", measure.Id);
        Name("actions/{id:int}", action.Id);
        var bid = new FundingBid { Fund = "ssif", Place = cluster.Place, Title = "Reading", Lead = "The Council", LeadKind = "Local authority" };
        db.Add(bid);
        db.SaveChanges();
        Name("bids/{id:int}", bid.Id);
        Name("/progress/{secret}", ProgressRounds.Link.NewLink(db, action.Id, null, FakeTime.Start.UtcDateTime).Split('/')[^1], "AAAAAAAAAAAAAAAAAAAAAA");
        db.SaveChanges();
        Name("/new/{slug?}", "dunstable", "no-such-cluster");
        Name("/documents/{document}/{number:int}", "vision/1", "no-such-document/1");
        Name("/compare/{other:int}", 2);
        Name("/parts/{part}", "leadership");
        return samples;
    }

    public string Address(string route, bool isThere)
    {
        foreach (var (part, there, missing) in parts) route = route.Replace(part, isThere ? there : missing, StringComparison.Ordinal);
        return route;
    }

    /// <summary>The part with its values in the place of what stands in braces; what names nothing is added to.</summary>
    private static string Put(string part, object value)
    {
        var text = Convert.ToString(value, CultureInfo.InvariantCulture)!;
        return part.IndexOf('{', StringComparison.Ordinal) is >= 0 and var brace ? part[..brace] + text : part + text;
    }
}
