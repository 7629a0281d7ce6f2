using Waymark.Data;
using Waymark.Tests.Shared;

namespace Waymark.Tests.House;

public sealed class Rooms_see_only_what_the_house_allows
{
    [Fact]
    public void In_the_house_itself()
    {
        using var store = TestStore.On(Database.Sqlite);
        using var db = store.Open();
        var entities = db.Model.GetEntityTypes().Select(entity => entity.ClrType).ToHashSet();
        entities.Count.ShouldBeGreaterThan(0);
        HousePlan.BrokenBy(typeof(WaymarkDb).Assembly, "Waymark", entities).ShouldBeEmpty();
    }

    [Fact]
    public void And_a_planted_break_is_found()
    {
        HousePlan.BrokenBy(GetType().Assembly, "Waymark.Tests.House.Planted", new HashSet<Type> { typeof(Planted.Listening.Survey) }).ShouldBe([
            "Attic.Box: the plan of the house has no Attic",
            "Clusters.Cluster uses Schools.Pages.SearchPage: another room's Pages is not seen",
            "Data.Tables uses Schools.School: Data does not see Schools",
            "Field.Place uses HttpContext: Field knows no Microsoft.AspNetCore",
            "Field.Place uses HttpRequest: Field knows no Microsoft.AspNetCore",
            "Field.Place uses PathString: Field knows no Microsoft.AspNetCore",
            "Listening.Survey uses DbContext: what is kept knows no Microsoft.EntityFrameworkCore",
            "Listening.Survey uses IResult: only a room's Room and Pages know Microsoft.AspNetCore",
            "Listening.Survey uses IResult: what is kept knows no Microsoft.AspNetCore",
            "Meetings.Meeting uses Listening.Survey: Meetings does not see Listening",
            "People.Pages.Index uses Clusters.Cluster: People does not see Clusters",
            "Schools.School uses Clusters.Cluster: Schools does not see Clusters",
            "ServeCommand uses Schools.Pages.SearchPage: another room's Pages is not seen",
        ]);
    }
}
