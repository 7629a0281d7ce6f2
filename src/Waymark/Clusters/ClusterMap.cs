using System.Globalization;
using Waymark.Field;

namespace Waymark.Clusters;

/// <summary>
/// The map as it is drawn: markers and outlines in metres of the National Grid with y counted downwards, inside one view box.
/// A marker's shape tells the phase, so that it reads without colour; the page shows the same as a table.
/// </summary>
public sealed class ClusterMap
{
    /// <param name="Says">Its phase and its clusters.</param>
    public sealed record Marker(string Name, string Says, string Href, string Transform, string Shape, bool IsFull);
    public sealed record Label(string Text, double X, double Y);

    private static readonly (Phase[] Phases, string Words, string Shape)[] Shapes =
    [
        ([Phase.Nursery, Phase.Infant], "nursery or infant", "M0 -1L.95 -.31 .59 .81 -.59 .81 -.95 -.31Z"),
        ([Phase.Lower, Phase.First], "lower or first", "M-.85 0A.85 .85 0 1 1 .85 0A.85 .85 0 1 1 -.85 0Z"),
        ([Phase.Primary, Phase.Junior], "primary or junior", "M-.78 -.78H.78V.78H-.78Z"),
        ([Phase.Middle], "middle", "M0 -1.1L1.1 0 0 1.1 -1.1 0Z"),
        ([Phase.Upper, Phase.Secondary, Phase.AllThrough, Phase.SixteenPlus], "upper, secondary, all-through or 16 plus", "M0 -1.1L1.1 .85H-1.1Z"),
        ([Phase.Special, Phase.AlternativeProvision, Phase.Unknown], "special, alternative provision or not known", "M-.36 -1H.36V-.36H1V.36H.36V1H-.36V.36H-1V-.36H-.36Z"),
    ];

    private ClusterMap(double x, double y, double width, double height, IReadOnlyList<Boundary> outlines)
    {
        (X, Y, Width, Height, Outlines) = (x, y, width, height, outlines);
    }

    public double X { get; }
    public double Y { get; }
    public double Width { get; }
    public double Height { get; }
    public IReadOnlyList<Boundary> Outlines { get; }
    public IReadOnlyList<Marker> Markers { get; private init; } = [];
    public IReadOnlyList<Label> Labels { get; private init; } = [];

    /// <summary>The shapes that stand on this map, each with its words.</summary>
    public IReadOnlyList<(string Words, string Path)> Legend { get; private init; } = [];
    public string? Attribution { get; private init; }
    public int WithoutPlace { get; private init; }

    /// <summary>Two lines above the map, in which the school under the pointer or the focus is named.</summary>
    public double Strip => Width / 10;
    public string ViewBox => string.Create(CultureInfo.InvariantCulture, $"{X:0} {Y - Strip:0} {Width:0} {Height + Strip:0}");

    /// <param name="clusters">The names of the clusters, to stand beside their schools; empty for one cluster.</param>
    public static ClusterMap? Of(IReadOnlyList<MemberSchool> members, IReadOnlyDictionary<int, string> clusters, BoundarySet? boundaries)
    {
        var placed = members.Where(member => member.School is { Easting: > 0, Northing: > 0 }).ToList();
        if (placed.Count == 0) return null;
        var (left, right) = (placed.Min(member => member.School.Easting!.Value), placed.Max(member => member.School.Easting!.Value));
        var (top, bottom) = (-placed.Max(member => member.School.Northing!.Value), -placed.Min(member => member.School.Northing!.Value));
        // At least five kilometres, so that a lone village is still somewhere; never taller than it is wide by half, never flatter than half.
        var size = Math.Max(5_000, Math.Max(right - left, (bottom - top) / 1.4));
        var margin = size * 0.08;
        var width = size + 2 * margin;
        var height = Math.Clamp(bottom - top + 2 * margin, width * 0.6, width * 1.5);
        var (x, y) = ((left + right - width) / 2.0, (top + bottom - height) / 2.0);
        var radius = width / 75;
        return new ClusterMap(x, y, width, height, boundaries?.Boundaries ?? [])
        {
            Attribution = boundaries?.Attribution,
            WithoutPlace = members.Select(member => member.School.Urn).Distinct().Count() - placed.Select(member => member.School.Urn).Distinct().Count(),
            Markers = [.. placed.GroupBy(member => member.School.Urn).Select(of => new Marker(of.First().School.Name, Says(of, clusters), $"/schools/{of.Key}",
                string.Create(CultureInfo.InvariantCulture, $"translate({of.First().School.Easting} {-of.First().School.Northing}) scale({radius:0.#})"), ShapeOf(of.First().School.Phase), of.Any(member => member.IsFull)))],
            Legend = [.. Shapes.Where(shape => placed.Any(member => shape.Phases.Contains(member.School.Phase))).Select(shape => (shape.Words, shape.Shape))],
            Labels = Apart([.. clusters.Where(cluster => placed.Any(member => member.IsFull && member.Membership.ClusterId == cluster.Key)).Select(cluster => (cluster.Value, placed.Where(member => member.IsFull && member.Membership.ClusterId == cluster.Key).ToList()))
                .Select(of => new Label(of.Value, Inside(of.Item2.Average(member => member.School.Easting!.Value), of.Value, x, width), -of.Item2.Average(member => member.School.Northing!.Value)))], width / 30),
        };
    }

    private static string Says(IEnumerable<MemberSchool> of, IReadOnlyDictionary<int, string> clusters)
    {
        var school = of.First().School;
        var memberships = string.Join(" and ", of.Select(member => $"{(member.IsFull ? "" : "associate member")}{(clusters.TryGetValue(member.Membership.ClusterId, out var name) ? $"{(member.IsFull ? "" : " of ")}{name}" : "")}").Where(text => text.Length > 0));
        return $"{school.Phase.InWords()}{(memberships.Length > 0 ? $"; {memberships}" : "")}";
    }

    private static string ShapeOf(Phase phase) => Array.Find(Shapes, shape => shape.Phases.Contains(phase)).Shape;

    /// <summary>A name near the edge moves inwards until all of it is on the map.</summary>
    private static double Inside(double middle, string text, double x, double width)
    {
        var half = Math.Min(width / 2, text.Length * width / 36 * 0.31);
        return Math.Clamp(middle, x + half, x + width - half);
    }

    /// <summary>Names of clusters that would stand upon each other move down, the northernmost first.</summary>
    private static List<Label> Apart(List<Label> labels, double line)
    {
        var set = new List<Label>();
        foreach (var label in labels.OrderBy(label => label.Y))
        {
            var placed = label;
            while (set.Any(other => Math.Abs(other.Y - placed.Y) < line && Math.Abs(other.X - placed.X) < (other.Text.Length + placed.Text.Length) * line * 0.27))
                placed = placed with { Y = placed.Y + line / 4 };
            set.Add(placed);
        }
        return set;
    }
}
