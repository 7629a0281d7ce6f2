namespace Waymark.Field;

/// <summary>What kind of place a figure or a role belongs to.</summary>
public enum PlaceKind
{
    School = 1,
    Cluster = 2,
    Pyramid = 3,
    Authority = 4,
    Region = 5,
    National = 6,
    Partnership = 7,
}

/// <summary>
/// A place: its kind, its code (URN, cluster slug, authority code, region code, country code) and its name.
/// Schools, clusters and pyramids are places of the partnership; the rest come with national figures.
/// </summary>
public sealed record Place(PlaceKind Kind, string Code, string Name)
{
    public string KindCode => Kind.ToString().ToLowerInvariant();
}
