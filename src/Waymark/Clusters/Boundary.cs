using System.Globalization;
using System.Text;
using System.Text.Json;
using NetTopologySuite.Geometries;
using NetTopologySuite.Simplify;

namespace Waymark.Clusters;

/// <summary>The outlines that the map is drawn over, as the partnership uploaded them: wards, parishes or catchments.</summary>
public sealed class BoundarySet
{
    /// <summary>A GeoJSON of the wards of a large county has about this size ten times over.</summary>
    public const int MaxBytes = 30 * 1024 * 1024;
    public const int MaxOutlines = 2_000;
    private const int MaxPoints = 1_000_000;

    /// <summary>What is left out is under half a pixel of the map of an authority.</summary>
    private const double Tolerance = 15;

    public int Id { get; init; }
    public required string FileName { get; init; }

    /// <summary>The sentence that the source asks to stand beside its outlines.</summary>
    public required string Attribution { get; init; }
    public required DateTime AddedAt { get; init; }
    public DateTime? RemovedAt { get; set; }
    public List<Boundary> Boundaries { get; init; } = [];

    /// <summary>Reads polygons from GeoJSON in longitude and latitude (CRS84, WGS 84).</summary>
    /// <returns>The outlines in metres of the National Grid, or the sentence that says what is wrong and what would be right.</returns>
    public static (List<Boundary>? Outlines, string? Wrong) Read(string fileName, ReadOnlySpan<byte> content)
    {
        if (content.Length == 0) return (null, $"{fileName} is empty. Choose a GeoJSON file.");
        if (content.Length > MaxBytes) return (null, $"{fileName} is larger than {MaxBytes / 1024 / 1024} MB. Choose a generalised version of the boundaries.");
        try
        {
            var reader = new Utf8JsonReader(content.StartsWith("\uFEFF"u8) ? content[3..] : content);
            using var json = JsonDocument.ParseValue(ref reader);
            return Read(fileName, json.RootElement);
        }
        catch (JsonException exception)
        {
            return (null, $"{fileName}, line {(exception.LineNumber ?? 0) + 1}: this is not JSON. Choose a GeoJSON file, which starts with {{\"type\": \"FeatureCollection\".");
        }
    }

    private static (List<Boundary>?, string?) Read(string fileName, JsonElement root)
    {
        if (Text(root, "type") == "Topology") return (null, $"{fileName} is TopoJSON. Choose the GeoJSON version of the same boundaries.");
        if (Text(root, "type") != "FeatureCollection" || !root.TryGetProperty("features", out var features) || features.ValueKind != JsonValueKind.Array)
            return (null, $"{fileName} is JSON but not GeoJSON: it has no list of features. Choose a file that starts with {{\"type\": \"FeatureCollection\".");
        if (features.GetArrayLength() > MaxOutlines)
            return (null, $"{fileName} has {features.GetArrayLength():N0} outlines; at most {MaxOutlines:N0} can be read on a map. Choose wards or larger areas of your authority.");
        var outlines = new List<Boundary>();
        var points = 0;
        foreach (var feature in features.EnumerateArray())
        {
            try
            {
                if (Outline(feature, outlines.Count + 1, ref points, out var wrong) is not { } outline) return (null, $"{fileName}, feature {outlines.Count + 1}: {wrong}");
                outlines.Add(outline);
            }
            catch (InvalidOperationException)
            {
                return (null, $"{fileName}, feature {outlines.Count + 1}: its outline is not written as lists of pairs of numbers. Download the file again.");
            }
        }
        return outlines.Count == 0 ? (null, $"{fileName} has no outlines. Check that the download finished.") : (outlines, null);
    }

    private static Boundary? Outline(JsonElement feature, int number, ref int points, out string? wrong)
    {
        wrong = null;
        if (feature.ValueKind != JsonValueKind.Object || !feature.TryGetProperty("geometry", out var geometry)
            || Text(geometry, "type") is not ("Polygon" or "MultiPolygon") || !geometry.TryGetProperty("coordinates", out var coordinates))
        {
            wrong = "it is not a Polygon or MultiPolygon. Choose boundaries of areas.";
            return null;
        }
        var path = new StringBuilder();
        foreach (var ring in Text(geometry, "type") == "Polygon" ? coordinates.EnumerateArray() : coordinates.EnumerateArray().SelectMany(polygon => polygon.EnumerateArray()))
        {
            if ((points += ring.GetArrayLength()) > MaxPoints)
            {
                wrong = $"up to here there are more than {MaxPoints:N0} points. Choose a generalised version of the boundaries.";
                return null;
            }
            var line = new List<Coordinate>(ring.GetArrayLength());
            foreach (var position in ring.EnumerateArray())
            {
                if (position.GetArrayLength() < 2 || !position[0].TryGetDouble(out var longitude) || !position[1].TryGetDouble(out var latitude) || longitude is < -9 or > 3 || latitude is < 49 or > 61)
                {
                    wrong = $"the point {position.GetRawText()} does not lie in Great Britain. Points must be longitude and latitude (CRS84, WGS 84), for example [-0.49, 52.03].";
                    return null;
                }
                var point = NationalGrid.FromWgs84(longitude, latitude);
                line.Add(new Coordinate(point.Easting, point.Northing));
            }
            if (line.Count < 4 || !line[0].Equals2D(line[^1]))
            {
                wrong = "an outline does not close. Its last point must be its first.";
                return null;
            }
            path.Append(Path(DouglasPeuckerSimplifier.Simplify(new LineString([.. line]), Tolerance).Coordinates));
        }
        return new Boundary { Name = NameOf(feature, number), Path = path.ToString() };
    }

    /// <summary>An SVG path in metres, the north upwards turned down: y is minus the northing.</summary>
    private static string Path(Coordinate[] ring)
    {
        var path = new StringBuilder(ring.Length * 12);
        var (x, y) = (0L, 0L);
        for (var i = 0; i < ring.Length - 1; i++)
        {
            var (toX, toY) = ((long)Math.Round(ring[i].X), -(long)Math.Round(ring[i].Y));
            path.Append(i == 0 ? string.Create(CultureInfo.InvariantCulture, $"M{toX} {toY}l") : string.Create(CultureInfo.InvariantCulture, $"{toX - x} {toY - y} "));
            (x, y) = (toX, toY);
        }
        return path.Append('z').ToString();
    }

    /// <summary>What it is called, under any of the names that public boundary files use: WD13NM, LSOA11NM, name.</summary>
    private static string NameOf(JsonElement feature, int number)
    {
        if (feature.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object)
            foreach (var property in properties.EnumerateObject())
                if ((property.Name.EndsWith("NM", StringComparison.OrdinalIgnoreCase) || property.Name.Equals("name", StringComparison.OrdinalIgnoreCase)) && property.Value.ValueKind == JsonValueKind.String)
                    return property.Value.GetString()!.Trim() is { Length: > 100 } text ? text[..100] : property.Value.GetString()!.Trim();
        return $"Area {number}";
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

/// <summary>One outline of the map.</summary>
public sealed class Boundary
{
    public int Id { get; init; }
    public int SetId { get; init; }
    public required string Name { get; init; }

    /// <summary>An SVG path in metres of the National Grid, y counted downwards.</summary>
    public required string Path { get; init; }
}
