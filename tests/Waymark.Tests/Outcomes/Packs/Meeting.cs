using System.Net;
using Waymark.Data;
using Waymark.Evidence;
using Waymark.Field;
using Waymark.Tests.Clusters;
using Waymark.Tests.Evidence;
using Waymark.Tests.Schools;
using Waymark.Tests.Shared;

namespace Waymark.Tests.Outcomes.Packs;

/// <summary>A partnership about to meet: schools, clusters, results and somebody who reads the pack.</summary>
internal sealed class Meeting : IAsyncDisposable
{
    private readonly TestStore store = TestStore.On(Database.Sqlite);
    private WaymarkHost host = null!;
    private Visitor visitor = null!;
    private int imports = 1000;

    public static async Task<Meeting> Of((int Urn, string Name)[] schools, params string[] memberships)
    {
        var meeting = new Meeting();
        using (var db = meeting.store.Open())
        {
            db.AddRange(schools.Select(school => TestSchools.School(school.Urn, school.Name, school.Name.Contains("Primary", StringComparison.Ordinal) ? Phase.Primary : Phase.Lower)));
            db.Write(Setting.Authority, "823");
            db.Write(Setting.AuthorityName, "Central Bedfordshire");
            db.SaveChanges();
        }
        meeting.store.Load("clusters.csv", "cluster,urn,from,membership,until\r\n" + string.Concat(memberships.Select(row => row + "\r\n")));
        meeting.host = await WaymarkHost.Serving(meeting.store);
        meeting.visitor = meeting.host.NewVisitor(RoleKind.Officer);
        return meeting;
    }

    public TestStore Store => store;

    public void Local(params string[] rows) => store.Load("local.csv", CubeTests.Local(rows));

    public void Pyramids(params string[] rows) => store.Load("pyramids.csv", "pyramid,feeder_urn,receiver_urn,from\r\n" + string.Concat(rows.Select(row => row + "\r\n")));

    public void England(int year, string measure, double percentage) => England(year, (measure, (int)percentage));

    public void England(int year, params (string Measure, int Rate)[] rates)
    {
        var import = imports++;
        store.Publish(import, [.. rates.Select(rate => CubeTests.Row(import, PlaceKey.England, FigureStatus.Published, 5, rate.Rate, null, null, Catalogue.Measure(rate.Measure), year: year))]);
    }

    public void Authorities(int year, string measure, params (int Code, double Value)[] values)
    {
        var import = imports++;
        store.Publish(import, [.. values.Select(value => CubeTests.Row(import, PlaceKey.Authority(new(value.Code)), FigureStatus.Published, 2, value.Value, null, null, Catalogue.Measure(measure), year: year))]);
    }

    /// <summary>Scores as the tables publish them, each with the interval that follows from the nation's deviation.</summary>
    public void Scores(int year, string measure, (int Urn, double Score, int Pupils, double Deviation)[] schools, double england)
    {
        var import = imports++;
        store.Publish(import,
        [
            .. schools.Select(school => CubeTests.Row(import, PlaceKey.School(new(school.Urn)), FigureStatus.Published, 5, school.Score, null, school.Pupils, Catalogue.Measure(measure),
                school.Score - 1.96 * school.Deviation / Math.Sqrt(school.Pupils), school.Score + 1.96 * school.Deviation / Math.Sqrt(school.Pupils), year)),
            CubeTests.Row(import, PlaceKey.England, FigureStatus.Published, 5, england, null, null, Catalogue.Measure(measure), year: year),
        ]);
    }

    public async Task<PageAnswer> Page(string address)
    {
        var page = await visitor.Get(address);
        page.Status.ShouldBe(HttpStatusCode.OK, address);
        return page;
    }

    public async Task<byte[]> File(string address)
    {
        var file = await visitor.Get(address);
        file.Status.ShouldBe(HttpStatusCode.OK, address);
        return file.Content;
    }

    public async ValueTask DisposeAsync()
    {
        visitor.Dispose();
        await host.DisposeAsync();
        store.Dispose();
    }
}
