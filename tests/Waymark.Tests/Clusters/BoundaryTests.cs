using System.Globalization;
using System.Text;
using Waymark.Clusters;
using Waymark.Tests.Shared;

namespace Waymark.Tests.Clusters;

public sealed class BoundaryTests
{
    [Fact]
    public void An_outline_becomes_a_path_in_metres_of_the_grid()
    {
        var (outlines, wrong) = Read("""
            {"type":"FeatureCollection","features":[{"type":"Feature","properties":{"WD13NM":"Dunstable-Central"},"geometry":{"type":"Polygon","coordinates":[[[-0.52,51.88],[-0.50,51.88],[-0.50,51.90],[-0.52,51.90],[-0.52,51.88]]]}}]}
            """);

        wrong.ShouldBeNull();
        outlines.ShouldNotBeNull().Single().Name.ShouldBe("Dunstable-Central");
        outlines.Single().Path.ShouldStartWith("M50");
        outlines.Single().Path.ShouldEndWith("z");
    }

    [Theory]
    [InlineData("", "wards.json is empty. Choose a GeoJSON file.")]
    [InlineData("cluster,urn\n", "wards.json, line 1: this is not JSON.")]
    [InlineData("""{"type":"Topology","objects":{}}""", "wards.json is TopoJSON. Choose the GeoJSON version of the same boundaries.")]
    [InlineData("""{"schools":[]}""", "wards.json is JSON but not GeoJSON")]
    [InlineData("""[1,2]""", "wards.json is JSON but not GeoJSON")]
    [InlineData("""{"type":"FeatureCollection","features":[]}""", "wards.json has no outlines.")]
    [InlineData("""{"type":"FeatureCollection","features":[7]}""", "wards.json, feature 1: it is not a Polygon")]
    [InlineData("""{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Point","coordinates":[0,52]}}]}""", "wards.json, feature 1: it is not a Polygon")]
    [InlineData("""{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Polygon","coordinates":[[[501950,225000],[501950,225000],[501950,225000],[501950,225000]]]}}]}""", "does not lie in Great Britain. Points must be longitude and latitude")]
    [InlineData("""{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Polygon","coordinates":[[[0,52],[0,52.1],[0.1,52.1],[0.1,52]]]}}]}""", "an outline does not close")]
    [InlineData("""{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Polygon","coordinates":[["a","b"]]}}]}""", "its outline is not written as lists of pairs of numbers")]
    [InlineData("""{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Polygon","coordinates":[[[null,"b"]]]}}]}""", "its outline is not written as lists of pairs of numbers")]
    [InlineData("""{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Polygon","coordinates":7}}]}""", "its outline is not written as lists of pairs of numbers")]
    public void A_file_that_holds_no_outlines_is_refused_in_words(string content, string sentence)
    {
        var (outlines, wrong) = Read(content);

        outlines.ShouldBeNull();
        wrong.ShouldNotBeNull().ShouldContain(sentence);
    }

    [SkippableFact]
    public void The_wards_of_Central_Bedfordshire_lie_where_they_are()
    {
        var (outlines, wrong) = BoundarySet.Read("wards.json", File.ReadAllBytes(SharedData.File("boundaries_E06000056/wards.json")));

        wrong.ShouldBeNull();
        outlines!.Count.ShouldBe(31);
        outlines.Sum(outline => outline.Path.Length).ShouldBeLessThan(200_000);
        var starts = outlines.Select(outline => outline.Path[1..outline.Path.IndexOf('l', StringComparison.Ordinal)].Split(' ').Select(text => int.Parse(text, CultureInfo.InvariantCulture)).ToArray()).ToList();
        starts.ShouldAllBe(start => start[0] > 485_000 && start[0] < 528_000 && start[1] < -210_000 && start[1] > -257_000);
    }

    private static (List<Boundary>?, string?) Read(string content) => BoundarySet.Read("wards.json", Encoding.UTF8.GetBytes(content));
}
