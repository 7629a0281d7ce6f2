using System.Globalization;
using NetTopologySuite.Geometries;
using Waymark.Field;

namespace Waymark.Clusters;

/// <summary>
/// The map as it is drawn, <see cref="Width"/> units wide at any size of the screen; the sizes of marks and letters stand in the style sheet.
/// A marker's shape tells the phase, so that it reads without colour; the page shows the same as a table.
/// </summary>
public sealed class ClusterMap
{
    /// <param name="Says">Its phase and its clusters.</param>
    /// <param name="Short">The same in one line of the map.</param>
    public sealed record Marker(string Name, string Says, string Short, string Href, double X, double Y, string Shape, bool IsFull);
    public sealed record Label(string Text, double X, double Y);

    public const double Width = 1000;

    /// <summary>The height of a line of names, and the width of a letter, on a phone, where they are largest against the map.</summary>
    private const double Line = 40;
    private const double Letter = 17.5;

    /// <summary>Between the middles of two markers.</summary>
    private const double Gap = 30;

    private static readonly (Phase[] Phases, string Words, string Shape)[] Shapes =
    [
        ([Phase.Nursery, Phase.Infant], "nursery or infant", "M0 -1L.95 -.31 .59 .81 -.59 .81 -.95 -.31Z"),
        ([Phase.Lower, Phase.First], "lower or first", "M-.85 0A.85 .85 0 1 1 .85 0A.85 .85 0 1 1 -.85 0Z"),
        ([Phase.Primary, Phase.Junior], "primary or junior", "M-.78 -.78H.78V.78H-.78Z"),
        ([Phase.Middle], "middle", "M0 -1.1L1.1 0 0 1.1 -1.1 0Z"),
        ([Phase.Upper, Phase.Secondary, Phase.AllThrough, Phase.SixteenPlus], "upper, secondary, all-through or 16 plus", "M0 -1.1L1.1 .85H-1.1Z"),
        ([Phase.Special, Phase.AlternativeProvision, Phase.Unknown], "special, alternative provision or not known", "M-.36 -1H.36V-.36H1V.36H.36V1H-.36V.36H-1V-.36H-.36Z"),
    ];

    private readonly double west, north, scale;
    private readonly Dictionary<SchoolUrn, Coordinate> spots = [];

    private ClusterMap(double west, double north, double metres, double height)
    {
        (this.west, this.north, scale) = (west, north, Width / metres);
        Height = height * scale;
    }

    public double Height { get; }

    /// <summary>The outlines that the partnership uploaded, in metres, and what brings them onto the map.</summary>
    public IReadOnlyList<Boundary> Outlines { get; private init; } = [];
    public string OutlinesTransform => string.Create(CultureInfo.InvariantCulture, $"scale({scale:0.######}) translate({-west:0} {north:0})");

    /// <summary>The ground between the full members that each cluster has to itself.</summary>
    public IReadOnlyList<string> Areas { get; private set; } = [];
    public IReadOnlyList<Marker> Markers { get; private set; } = [];
    public IReadOnlyList<Label> Labels { get; private set; } = [];

    /// <summary>The shapes that stand on this map, each with its words.</summary>
    public IReadOnlyList<(string Words, string Path)> Legend { get; private init; } = [];
    public string? Attribution { get; private init; }
    public int WithoutPlace { get; private init; }

    /// <summary>How many schools are drawn beside their place, because another stands on it.</summary>
    public int Moved { get; private set; }

    /// <param name="clusters">The names of the clusters, to stand beside their schools; empty for one cluster.</param>
    public static ClusterMap? Of(IReadOnlyList<MemberSchool> members, IReadOnlyDictionary<int, string> clusters, BoundarySet? boundaries)
    {
        var placed = members.Where(member => member.School is { Easting: > 0, Northing: > 0 }).ToList();
        if (placed.Count == 0) return null;
        var (west, east) = (placed.Min(member => member.School.Easting!.Value), placed.Max(member => member.School.Easting!.Value));
        var (south, north) = (placed.Min(member => member.School.Northing!.Value), placed.Max(member => member.School.Northing!.Value));
        // At least five kilometres, so that a lone village is still somewhere; never taller than it is wide by half, never flatter than half.
        var size = Math.Max(5_000, Math.Max(east - west, (north - south) / 1.4));
        var margin = size * 0.08;
        var width = size + 2 * margin;
        var height = Math.Clamp(north - south + 2 * margin, width * 0.6, width * 1.5);
        var map = new ClusterMap((west + east - width) / 2, (north + south + height) / 2, width, height)
        {
            Outlines = boundaries?.Boundaries ?? [],
            Attribution = boundaries?.Attribution,
            WithoutPlace = members.Select(member => member.School.Urn).Distinct().Count() - placed.Select(member => member.School.Urn).Distinct().Count(),
            Legend = [.. Shapes.Where(shape => placed.Any(member => shape.Phases.Contains(member.School.Phase))).Select(shape => (shape.Words, shape.Shape))],
        };
        foreach (var member in placed.DistinctBy(member => member.School.Urn).OrderBy(member => member.School.Urn))
            map.spots.Add(member.School.Urn, map.Free(map.PlaceOf(member)));
        map.Moved = placed.DistinctBy(member => member.School.Urn).Count(member => !map.spots[member.School.Urn].Equals2D(map.PlaceOf(member)));
        map.Markers = [.. placed.GroupBy(member => member.School.Urn).Select(of => map.MarkerOf([.. of], clusters))];
        // A school of several clusters would draw the ground of each over the other's.
        var inOne = placed.Where(member => member.IsFull).GroupBy(member => member.School.Urn).Where(of => of.Count() == 1).Select(of => of.First()).ToLookup(member => member.Membership.ClusterId, member => map.spots[member.School.Urn]);
        var own = clusters.Where(cluster => inOne.Contains(cluster.Key)).Select(cluster => (Name: cluster.Value, Places: inOne[cluster.Key].ToList())).ToList();
        map.Areas = [.. own.Select(cluster => Around(cluster.Places))];
        map.Labels = Apart([.. own.Select(cluster => new Label(cluster.Name, Inside(cluster.Places.Average(place => place.X), cluster.Name), cluster.Places.Average(place => place.Y)))]);
        return map;
    }

    private Coordinate PlaceOf(MemberSchool member) => new((member.School.Easting!.Value - west) * scale, (north - member.School.Northing!.Value) * scale);

    /// <summary>Markers that would hide each other stand side by side: each at its place, or at the nearest free one.</summary>
    private Coordinate Free(Coordinate place)
    {
        return Tries().First(spot => spots.Values.All(other => other.Distance(spot) >= Gap * 0.99));

        IEnumerable<Coordinate> Tries()
        {
            yield return place;
            for (var ring = 1; ; ring++)
                for (var step = 0; step < 8 * ring; step++)
                    yield return new Coordinate(place.X + ring * Gap / 2 * Math.Cos(step * Math.PI / 4 / ring), place.Y + ring * Gap / 2 * Math.Sin(step * Math.PI / 4 / ring));
        }
    }

    private Marker MarkerOf(List<MemberSchool> of, IReadOnlyDictionary<int, string> clusters)
    {
        var school = of[0].School;
        var phase = school.Phase.InWords();
        var memberships = of.Select(member => string.Join(" of ", new[] { member.IsFull ? "" : "associate member", clusters.GetValueOrDefault(member.Membership.ClusterId, "") }.Where(words => words.Length > 0))).Where(words => words.Length > 0).ToList();
        return new Marker(school.Name,
            memberships.Count == 0 ? phase : $"{phase}; {string.Join(" and ", memberships)}",
            memberships.Count == 0 ? phase : $"{phase}, {memberships[0]}{(memberships.Count > 1 ? $" and {memberships.Count - 1} more" : "")}",
            $"/schools/{school.Urn}", spots[school.Urn].X, spots[school.Urn].Y, Array.Find(Shapes, shape => shape.Phases.Contains(school.Phase)).Shape, of.Any(member => member.IsFull));
    }

    private static string Around(List<Coordinate> places) =>
        string.Concat(GeometryFactory.Default.CreateMultiPointFromCoords([.. places]).ConvexHull().Buffer(24, 4).Coordinates.Select((at, i) => string.Create(CultureInfo.InvariantCulture, $"{(i == 0 ? 'M' : 'L')}{at.X:0} {at.Y:0}"))) + "Z";

    /// <summary>A name near the edge moves inwards until all of it is on the map.</summary>
    private static double Inside(double middle, string text)
    {
        var half = Math.Min(Width / 2, text.Length * Letter / 2);
        return Math.Clamp(middle, half, Width - half);
    }

    /// <summary>Names of clusters that would stand upon each other move down, the northernmost first.</summary>
    private static List<Label> Apart(List<Label> labels)
    {
        var set = new List<Label>();
        foreach (var label in labels.OrderBy(label => label.Y))
        {
            var placed = label;
            while (set.Any(other => Math.Abs(other.Y - placed.Y) < Line && Math.Abs(other.X - placed.X) < (other.Text.Length + placed.Text.Length) * Letter / 2))
                placed = placed with { Y = placed.Y + Line / 4 };
            set.Add(placed);
        }
        return set;
    }
}
