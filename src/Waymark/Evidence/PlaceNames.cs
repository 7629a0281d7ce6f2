using Microsoft.EntityFrameworkCore;
using Waymark.Clusters;
using Waymark.Data;
using Waymark.Field;
using Waymark.Schools;

namespace Waymark.Evidence;

/// <summary>What places are called, and by which code other programs know them.</summary>
public static class PlaceNames
{
    /// <summary>The code of a place in files: URN, cluster slug, authority code, statistical code of a region or the nation.</summary>
    public static Place NameOf(this WaymarkDb db, PlaceKey place) => db.NamesOf([place])[place];

    public static IReadOnlyDictionary<PlaceKey, Place> NamesOf(this WaymarkDb db, IReadOnlyCollection<PlaceKey> places)
    {
        var urns = places.Where(place => place.Kind == PlaceKind.School).Select(place => new SchoolUrn(place.Number)).ToList();
        // Thousands of schools are one scan, not thousands of parameters.
        var query = db.Schools.AsNoTracking();
        if (urns.Count <= 500) query = query.Where(school => urns.Contains(school.Urn));
        var schools = urns.Count == 0 ? [] : query.Select(school => new { school.Urn, school.Name }).ToDictionary(school => school.Urn, school => school.Name);
        var clusters = places.Any(place => place.Kind == PlaceKind.Cluster) ? db.Clusters.AsNoTracking().ToDictionary(cluster => cluster.Id) : [];
        var pyramids = places.Any(place => place.Kind == PlaceKind.Pyramid) ? db.Pyramids.AsNoTracking().ToDictionary(pyramid => pyramid.Id) : [];
        return places.Distinct().ToDictionary(place => place, place => place.Kind switch
        {
            PlaceKind.School => new Place(place.Kind, place.Number.ToString(System.Globalization.CultureInfo.InvariantCulture), schools.GetValueOrDefault(new SchoolUrn(place.Number)) ?? $"School {place.Number}"),
            PlaceKind.Cluster => new Place(place.Kind, clusters[place.Number].Slug, clusters[place.Number].Name),
            PlaceKind.Pyramid => new Place(place.Kind, place.Number.ToString(System.Globalization.CultureInfo.InvariantCulture), pyramids[place.Number].Name),
            PlaceKind.Authority => Authority(new LocalAuthorityCode(place.Number)),
            PlaceKind.Neighbours => new Place(place.Kind, new LocalAuthorityCode(place.Number).ToString(), $"Statistical neighbours of {Authority(new LocalAuthorityCode(place.Number)).Name}"),
            PlaceKind.Region => new Place(place.Kind, Regions.CodeOf(place.Number) ?? "", Regions.NameOf(place.Number) ?? "Region"),
            _ => new Place(PlaceKind.National, "E92000001", place == PlaceKey.EnglandAllSchools ? "England (all schools)" : place == PlaceKey.EnglandPrimary ? "England (primary schools)"
                : place == PlaceKey.EnglandSecondary ? "England (secondary schools)" : place == PlaceKey.EnglandSpecial ? "England (special schools)" : "England"),
        });
    }

    private static Place Authority(LocalAuthorityCode code) => new(PlaceKind.Authority, code.ToString(), Authorities.Find(code)?.Name ?? $"Authority {code}");
}
