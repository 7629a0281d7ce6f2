using Waymark.Data;
using Waymark.Field;
using Waymark.Schools.Imports;
using Waymark.Shared;
using Waymark.Shared.Access;
using Waymark.Shared.Imports;
using Waymark.Shared.Ledger;
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
        new("Pages/Pyramids", Door.Public with { Forms = Arrange }), new("Pages/EnterFeed", new Door(DoorKind.Role, Arrange, Changed)), new("Pages/Propose", Door.For(Arrange)),
    ];

    /// <summary>The feed that is changed, with what is recorded of it; for a new one nothing.</summary>
    private static Found? Changed(WaymarkDb db, RouteValueDictionary route) => route["change"] is not string key ? new Found(db, PlaceKey.Partnership, null)
        : db.Feeds().FirstOrDefault(feed => feed.Key == key) is { } feed ? new Found(feed, PlaceKey.Partnership, Found.VersionOf(string.Join("; ", db.SpansOf(feed.Belonging)))) : null;

    public override IEnumerable<MenuEntry> Menu => [new("Schools", "/schools", 20), new("Pyramids", "/pyramids", 25)];

    public override IEnumerable<Invariant> Invariants => SchoolInvariants.All;

    public override IEnumerable<Importer> Importers => [new RegisterImporter(), new LinkImporter(), new PyramidsCsv()];

    public override IEnumerable<PlaceSource> Places => [new(PlaceKind.School, Offered, Named, ByUrn)];

    /// <summary>A number that only the history knows leads to the school that goes on, whichever of its pages was asked for.</summary>
    public override void Use(IApplicationBuilder app) => app.Use(async (http, next) =>
    {
        await next(http);
        if (http.Response is not { StatusCode: StatusCodes.Status404NotFound, HasStarted: false } || !HttpMethods.IsGet(http.Request.Method) || !http.Request.Path.StartsWithSegments("/schools", out var rest)) return;
        var asked = rest.Value!.Split('/')[1..];
        if (asked is not [var number, ..] || !SchoolUrn.TryParse(number, null, out var urn) || http.RequestServices.GetRequiredService<WaymarkDb>().GoesOnAs(urn) is not { } newest) return;
        http.Response.Redirect($"/schools/{string.Join('/', [newest.ToString(), .. asked[1..]])}{http.Request.QueryString}", permanent: true);
    });

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
}
