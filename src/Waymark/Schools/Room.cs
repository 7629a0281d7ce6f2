using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Field;
using Waymark.Schools.Imports;
using Waymark.Shared;
using Waymark.Shared.Access;
using Waymark.Shared.Imports;
using Waymark.Shared.Web;

namespace Waymark.Schools;

/// <summary>The register of schools: who they are, who they were, and whom they feed.</summary>
public sealed class Room : Shared.Room
{
    /// <summary>Which schools feed which.</summary>
    public static readonly Permission Arrange = new("schools.pyramids", "Say which schools feed which, and confirm what is proposed", [RoleKind.Officer], []);

    public override IEnumerable<DoorOf> Doors =>
    [
        new("Pages", Door.Public),
        new("Pages/EnterFeed", Door.For(Arrange)), new("Pages/EndFeed", Door.For(Arrange)), new("Pages/Propose", Door.For(Arrange)),
    ];

    public override IEnumerable<MenuEntry> Menu => [new("Schools", "/schools", 20), new("Pyramids", "/pyramids", 25)];

    public override IEnumerable<Invariant> Invariants => [new("The members of a pyramid are the two ends of its feeds", MembersThatDoNotFollow)];

    public override IEnumerable<Importer> Importers => [new RegisterImporter(), new LinkImporter(), new PyramidsCsv()];

    public override IEnumerable<PlaceSource> Places => [new(PlaceKind.School, Offered, Named, ByUrn)];

    /// <summary>The authority's open schools.</summary>
    private static IEnumerable<NamedPlace> Offered(WaymarkDb db)
    {
        var open = db.CurrentSchools.Where(school => school.InRegister && (school.Status == SchoolStatus.Open || school.Status == SchoolStatus.OpenProposedToClose));
        if (LocalAuthorityCode.TryParse(db.Read(Setting.Authority), null, out var authority)) open = open.Where(school => school.Authority == authority);
        return open.OrderBy(school => school.Name).Select(school => new { school.Urn, school.Name }).AsEnumerable().Select(school => Place(school.Urn, school.Name));
    }

    private static IEnumerable<NamedPlace> Named(WaymarkDb db, IReadOnlyCollection<PlaceKey> places)
    {
        var urns = places.Select(place => new SchoolUrn(place.Number)).ToList();
        return db.Schools.Where(school => urns.Contains(school.Urn)).Select(school => new { school.Urn, school.Name }).AsEnumerable().Select(school => Place(school.Urn, school.Name));
    }

    private static NamedPlace? ByUrn(WaymarkDb db, string code) => SchoolUrn.TryParse(code, null, out var urn) ? Named(db, [PlaceKey.School(urn)]).FirstOrDefault() : null;

    private static NamedPlace Place(SchoolUrn urn, string name) => new(PlaceKey.School(urn), urn.ToString(), name);

    private static IEnumerable<string> MembersThatDoNotFollow(WaymarkDb db)
    {
        var follows = PyramidMembers.Of(db.Feeds.AsNoTracking().Where(feed => feed.State == FeedState.Confirmed).ToList()).Select(Said).ToHashSet();
        var stands = db.Containments.AsNoTracking().ToList().Where(containment => containment.Parent.Kind == PlaceKind.Pyramid).Select(Said).ToHashSet();
        return follows.Except(stands).Select(said => $"{said} follows from a feed and is not there.").Concat(stands.Except(follows).Select(said => $"{said} is there and follows from no feed."));
    }

    private static string Said(Containment member) => $"School {member.Child.Number} in pyramid {member.Parent.Number} from {member.FirstDay:d MMMM yyyy}{(member.LastDay is { } last ? $" to {last:d MMMM yyyy}" : "")}";
}
