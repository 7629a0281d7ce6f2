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
    Board = 8,
    /// <summary>A working group of the board.</summary>
    Group = 9,
    /// <summary>A partner organisation.</summary>
    Organisation = 10,
    /// <summary>The statistical neighbours of an authority, taken together.</summary>
    Neighbours = 11,
}

/// <summary>
/// A place as one number, so that eight million figures can be keyed by it without a look-up: its kind, then its own number
/// (a school's URN, an authority's three digits, a region's last digits, a cluster's or pyramid's row).
/// </summary>
public readonly record struct PlaceKey(int Value) : IComparable<PlaceKey>
{
    private const int KindUnit = 10_000_000;

    /// <summary>State-funded schools of England: the nation that schools are compared with.</summary>
    public static readonly PlaceKey England = new(PlaceKind.National, 0);

    /// <summary>All schools of England, independent ones included.</summary>
    public static readonly PlaceKey EnglandAllSchools = new(PlaceKind.National, 1);

    /// <summary>State-funded schools of England of one phase, as the absence and census files publish them.</summary>
    public static readonly PlaceKey EnglandPrimary = new(PlaceKind.National, 2);
    public static readonly PlaceKey EnglandSecondary = new(PlaceKind.National, 3);
    public static readonly PlaceKey EnglandSpecial = new(PlaceKind.National, 4);

    /// <summary>The whole partnership that a store holds: every other place lies in it.</summary>
    public static readonly PlaceKey Partnership = new(PlaceKind.Partnership, 0);

    /// <summary>The partnership's board.</summary>
    public static readonly PlaceKey Board = new(PlaceKind.Board, 0);

    private PlaceKey(PlaceKind kind, int number) : this((int)kind * KindUnit + number) { }

    public static PlaceKey Of(PlaceKind kind, int number) => new(kind, number);

    public PlaceKind Kind => (PlaceKind)(Value / KindUnit);
    public int Number => Value % KindUnit;
    public string KindCode => Kind.ToString().ToLowerInvariant();

    public static PlaceKey School(SchoolUrn urn) => new(PlaceKind.School, urn.Value);
    public static PlaceKey Authority(LocalAuthorityCode code) => new(PlaceKind.Authority, code.Value);
    /// <summary>The statistical neighbours of this authority.</summary>
    public static PlaceKey NeighboursOf(LocalAuthorityCode code) => new(PlaceKind.Neighbours, code.Value);

    public static PlaceKey Cluster(int id) => new(PlaceKind.Cluster, id);
    public static PlaceKey Pyramid(int id) => new(PlaceKind.Pyramid, id);

    /// <summary>A region by its number in <see cref="Regions"/>: 985 is East of England.</summary>
    public static PlaceKey Region(int number) => new(PlaceKind.Region, number);

    public int CompareTo(PlaceKey other) => Value.CompareTo(other.Value);
}

/// <summary>What a place is called, and the code by which other programs know it: URN, cluster slug, authority code, statistical code.</summary>
public sealed record Place(PlaceKind Kind, string Code, string Name);
