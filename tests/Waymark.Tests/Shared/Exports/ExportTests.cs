using System.Net;
using System.Text;
using System.Text.Json;
using Waymark.Field;
using Waymark.Shared.Exports;
using Waymark.Tests.Shared;

namespace Waymark.Tests.Shared.Exports;

public sealed class ExportTests
{
    [Fact]
    public void Names_of_exports_are_their_own() => Export.All.Select(export => export.Name).ShouldBeUnique();

    [SkippableTheory, Databases]
    public async Task Members_of_clusters_come_as_json_and_as_csv_alike(Database database)
    {
        using var store = TestStore.WithExample(database);
        var json = await WaymarkProcess.Run(store, "export", "members", "--json", "--where", "cluster=Dunstable", "--where", "membership=full");
        var csv = await WaymarkProcess.Run(store, "export", "members", "--csv", "--where", "cluster=dunstable", "--where", "membership=full");

        using var rows = JsonDocument.Parse(json.Output);
        rows.RootElement.GetArrayLength().ShouldBe(21);
        rows.RootElement[0].EnumerateObject().Select(field => field.Name).ShouldBe(["cluster", "urn", "school", "phase", "membership", "from", "until"]);
        rows.RootElement[0].GetProperty("from").GetString().ShouldBe("2015-09-01");
        var lines = csv.Output.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBe(22);
        lines[0].ShouldBe("cluster,urn,school,phase,membership,from,until");
        lines[1].ShouldStartWith($"Dunstable,{rows.RootElement[0].GetProperty("urn").GetInt32()},");
    }

    [Fact]
    public async Task What_there_is_not_is_told_with_what_there_is()
    {
        using var store = TestStore.On(Database.Sqlite);
        var unknown = await WaymarkProcess.Run(store, "export", "horses");
        unknown.ExitCode.ShouldBe(2);
        unknown.Errors.ShouldStartWith("There is no export horses. There are ");
        var column = await WaymarkProcess.Run(store, "export", "members", "--where", "colour=red");
        column.ExitCode.ShouldBe(2);
        column.Errors.ShouldStartWith("members has no column colour. It has cluster, urn, school");
        (await WaymarkProcess.Run(store, "export", "--list")).Output.ShouldContain("members");
    }

    [Fact]
    public async Task A_list_is_taken_away_as_a_file_by_who_may_see_it()
    {
        using var store = TestStore.WithExample(Database.Sqlite);
        await using var host = await WaymarkHost.Serving(store);
        using var officer = host.NewVisitor(RoleKind.Officer);

        var list = await officer.Get("/exports");
        list.Heading.ShouldBe("Lists to take away");
        var file = await officer.Get(list.Link("members, CSV") + "?cluster=Houghton%20Regis&membership=full");
        Encoding.UTF8.GetString(file.Content).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(15);
        (await officer.Get("/exports/members.xlsx")).Content[..2].ShouldBe("PK"u8.ToArray());
        (await officer.Get("/exports/members.csv?colour=red")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await officer.Get("/exports/members.doc")).Status.ShouldBe(HttpStatusCode.NotFound);
        using var stranger = host.NewVisitor();
        (await stranger.Get("/exports/members.csv")).Location!.AbsolutePath.ShouldBe("/sign-in");
    }
}
