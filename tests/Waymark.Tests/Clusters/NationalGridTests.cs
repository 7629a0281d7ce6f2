using Waymark.Clusters;

namespace Waymark.Tests.Clusters;

public sealed class NationalGridTests
{
    /// <summary>Ordnance Survey, "A guide to coordinate systems in Great Britain", annex C: the worked example of the projection.</summary>
    [Fact]
    public void The_projection_gives_the_guides_worked_example_to_the_millimetre()
    {
        var point = NationalGrid.FromOsgb36(1 + 43 / 60.0 + 4.5177 / 3600, 52 + 39 / 60.0 + 27.2531 / 3600);

        point.Easting.ShouldBe(651_409.903, 0.0015);
        point.Northing.ShouldBe(313_177.270, 0.0015);
    }

    /// <summary>Points of the Ordnance Survey's test file for OSTN15 (ETRS89 to OSGB36) in England; the Helmert transformation is good to about five metres.</summary>
    [Theory]
    [InlineData("Scilly", 49.92226393730, -6.29977752014, 91_492.146, 11_318.804)]
    [InlineData("Plymouth", 50.43885825610, -4.10864563561, 250_359.811, 62_016.569)]
    [InlineData("North Foreland", 51.37447025550, 1.44454730409, 639_821.835, 169_565.858)]
    [InlineData("Brislington", 51.42754743020, -2.54407618349, 362_269.991, 169_978.690)]
    [InlineData("Lambeth", 51.48936564950, -0.11992557180, 530_624.974, 178_388.464)]
    [InlineData("Colchester", 51.89436637350, 0.89724327012, 599_445.590, 225_722.826)]
    [InlineData("Droitwich", 52.25529381630, -2.15458614387, 389_544.190, 261_912.153)]
    [InlineData("Northampton", 52.25160951230, -0.91248956970, 474_335.969, 262_047.755)]
    [InlineData("King's Lynn", 52.75136687170, 0.40153547065, 562_180.547, 319_784.995)]
    [InlineData("Nottingham", 52.96219109410, -1.19747655922, 454_002.834, 340_834.943)]
    public void A_longitude_and_latitude_lies_within_five_metres_of_its_published_grid_point(string where, double latitude, double longitude, double easting, double northing)
    {
        var point = NationalGrid.FromWgs84(longitude, latitude);

        Math.Sqrt(Math.Pow(point.Easting - easting, 2) + Math.Pow(point.Northing - northing, 2)).ShouldBeLessThan(5, where);
    }
}
