namespace Waymark.Clusters;

/// <summary>A point of the National Grid, in metres.</summary>
public readonly record struct GridPoint(double Easting, double Northing);

/// <summary>
/// Longitude and latitude (WGS 84, as GeoJSON has them) to eastings and northings of the National Grid. Formulas and constants:
/// Ordnance Survey, "A guide to coordinate systems in Great Britain", section 6.6 (Helmert transformation, good to about five metres)
/// and annexes B and C (cartesian coordinates, Transverse Mercator). A map of a cluster shows about forty metres in one pixel.
/// </summary>
public static class NationalGrid
{
    private const double Degree = Math.PI / 180;
    private const double Second = Degree / 3600;

    // Ellipsoids: half axes in metres.
    private static readonly (double A, double B) Wgs84 = (6_378_137.000, 6_356_752.3141);
    private static readonly (double A, double B) Airy1830 = (6_377_563.396, 6_356_256.909);

    // WGS 84 to OSGB36: translation in metres, scale in parts per million, rotation in seconds of arc.
    private static readonly (double X, double Y, double Z) Translation = (-446.448, 125.157, -542.060);
    private static readonly (double X, double Y, double Z) Rotation = (-0.1502 * Second, -0.2470 * Second, -0.8421 * Second);
    private const double Scale = 1 + 20.4894e-6;

    // The projection: true origin 49° N 2° W, false origin 400 km west and 100 km north of it.
    private const double ScaleOnMeridian = 0.9996012717;
    private const double OriginLatitude = 49 * Degree;
    private const double OriginLongitude = -2 * Degree;
    private const double FalseEasting = 400_000;
    private const double FalseNorthing = -100_000;

    public static GridPoint FromWgs84(double longitude, double latitude)
    {
        var (x, y, z) = ToCartesian(latitude * Degree, longitude * Degree, Wgs84);
        var shifted = (
            X: Translation.X + Scale * x - Rotation.Z * y + Rotation.Y * z,
            Y: Translation.Y + Rotation.Z * x + Scale * y - Rotation.X * z,
            Z: Translation.Z - Rotation.Y * x + Rotation.X * y + Scale * z);
        var (phi, lambda) = FromCartesian(shifted.X, shifted.Y, shifted.Z, Airy1830);
        return Project(phi, lambda);
    }

    /// <summary>The projection alone, for a latitude and longitude (degrees) that are on the Airy ellipsoid already.</summary>
    public static GridPoint FromOsgb36(double longitude, double latitude) => Project(latitude * Degree, longitude * Degree);

    private static (double X, double Y, double Z) ToCartesian(double phi, double lambda, (double A, double B) ellipsoid)
    {
        var e2 = EccentricitySquared(ellipsoid);
        var nu = ellipsoid.A / Math.Sqrt(1 - e2 * Square(Math.Sin(phi)));
        return (nu * Math.Cos(phi) * Math.Cos(lambda), nu * Math.Cos(phi) * Math.Sin(lambda), (1 - e2) * nu * Math.Sin(phi));
    }

    private static (double Phi, double Lambda) FromCartesian(double x, double y, double z, (double A, double B) ellipsoid)
    {
        var e2 = EccentricitySquared(ellipsoid);
        var p = Math.Sqrt(x * x + y * y);
        var phi = Math.Atan2(z, p * (1 - e2));
        // Each round gains about three digits; five leave less than a thousandth of a millimetre.
        for (var round = 0; round < 5; round++)
        {
            var nu = ellipsoid.A / Math.Sqrt(1 - e2 * Square(Math.Sin(phi)));
            phi = Math.Atan2(z + e2 * nu * Math.Sin(phi), p);
        }
        return (phi, Math.Atan2(y, x));
    }

    private static GridPoint Project(double phi, double lambda)
    {
        var (a, b) = Airy1830;
        var e2 = EccentricitySquared(Airy1830);
        var (sin, cos, tan) = (Math.Sin(phi), Math.Cos(phi), Math.Tan(phi));
        var nu = a * ScaleOnMeridian / Math.Sqrt(1 - e2 * sin * sin);
        var rho = a * ScaleOnMeridian * (1 - e2) * Math.Pow(1 - e2 * sin * sin, -1.5);
        var eta2 = nu / rho - 1;
        var tan2 = tan * tan;
        var d = lambda - OriginLongitude;

        var i = MeridionalArc(phi, a, b) + FalseNorthing;
        var ii = nu / 2 * sin * cos;
        var iii = nu / 24 * sin * Math.Pow(cos, 3) * (5 - tan2 + 9 * eta2);
        var iiia = nu / 720 * sin * Math.Pow(cos, 5) * (61 - 58 * tan2 + tan2 * tan2);
        var iv = nu * cos;
        var v = nu / 6 * Math.Pow(cos, 3) * (nu / rho - tan2);
        var vi = nu / 120 * Math.Pow(cos, 5) * (5 - 18 * tan2 + tan2 * tan2 + 14 * eta2 - 58 * tan2 * eta2);
        return new GridPoint(
            FalseEasting + iv * d + v * Math.Pow(d, 3) + vi * Math.Pow(d, 5),
            i + ii * d * d + iii * Math.Pow(d, 4) + iiia * Math.Pow(d, 6));
    }

    private static double MeridionalArc(double phi, double a, double b)
    {
        var n = (a - b) / (a + b);
        var (n2, n3) = (n * n, n * n * n);
        var (difference, sum) = (phi - OriginLatitude, phi + OriginLatitude);
        return b * ScaleOnMeridian * (
            (1 + n + 5.0 / 4 * n2 + 5.0 / 4 * n3) * difference
            - (3 * n + 3 * n2 + 21.0 / 8 * n3) * Math.Sin(difference) * Math.Cos(sum)
            + (15.0 / 8 * n2 + 15.0 / 8 * n3) * Math.Sin(2 * difference) * Math.Cos(2 * sum)
            - 35.0 / 24 * n3 * Math.Sin(3 * difference) * Math.Cos(3 * sum));
    }

    private static double EccentricitySquared((double A, double B) ellipsoid) => 1 - Square(ellipsoid.B / ellipsoid.A);

    private static double Square(double value) => value * value;
}
