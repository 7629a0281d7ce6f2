using System.Text.Json;
using Waymark.Clusters;
using Waymark.Evidence;
using Waymark.Field;
using Waymark.Tests.Schools;
using Waymark.Tests.Shared;

namespace Waymark.Tests.Evidence;

public sealed class FiguresCommandTests
{
    [Fact]
    public async Task A_figure_tells_other_programs_what_it_is_and_from_which_line_it_was_read()
    {
        using var store = TestStore.On(Database.Sqlite);
        store.Load("local.csv", CubeTests.Local("109501,201516,ks2.rwm.exp,all,11,20,provisional", "109501,201516,ks2.rwm.exp,girls,2,4,provisional"));

        var figures = await Json(store, "figures", "--measure", "ks2.rwm.exp", "--year", "201516", "--school", "109501", "--json");

        var all = figures[0];
        all.GetProperty("measure").GetString().ShouldBe("ks2.rwm.exp");
        all.GetProperty("year").GetString().ShouldBe("201516");
        all.GetProperty("place").GetProperty("kind").GetString().ShouldBe("school");
        all.GetProperty("place").GetProperty("id").GetString().ShouldBe("109501");
        all.GetProperty("group").GetString().ShouldBe("all");
        all.GetProperty("value").GetDouble().ShouldBe(55, 1e-9);
        (all.GetProperty("numerator").GetDouble(), all.GetProperty("denominator").GetInt64()).ShouldBe((11, 20));
        all.GetProperty("lower").GetDouble().ShouldBeInRange(34, 35);
        all.GetProperty("upper").GetDouble().ShouldBeInRange(74, 75);
        all.GetProperty("symbol").GetString().ShouldBe("");
        all.GetProperty("import").GetProperty("file").GetString().ShouldBe("local.csv");
        all.GetProperty("import").GetProperty("line").GetInt32().ShouldBe(2);
        var girls = figures[1];
        (girls.GetProperty("group").GetString(), girls.GetProperty("symbol").GetString(), girls.GetProperty("value").ValueKind).ShouldBe(("girls", "c", JsonValueKind.Null));
        girls.GetProperty("import").GetProperty("line").GetInt32().ShouldBe(3);
    }

    [Fact]
    public async Task A_clusters_figure_is_the_sum_over_the_examples_own_files()
    {
        using var store = TestStore.WithExample(Database.Sqlite);
        var figures = await Json(store, "figures", "--measure", "eyfs.gld", "--year", "201516", "--cluster", "Dunstable", "--json");
        HashSet<string> members;
        using (var db = store.Open())
            members = [.. db.FullMembersFor(db.FindCluster("Dunstable")!, AcademicYear.FromCode(201516)).Select(urn => urn.ToString())];
        var rows = System.Text.Encoding.UTF8.GetString(Waymark.Example.ExampleFiles.All().Single(file => file.Name == "local_eyfs_201516.csv").Content)
            .Split('\n').Skip(1).Select(line => line.Trim().Split(',')).Where(cells => cells.Length == 7 && cells[2] == "eyfs.gld" && cells[3] == "all" && members.Contains(cells[0]) && int.Parse(cells[5], null) > 5).ToList();
        rows.Count.ShouldBeGreaterThan(5);

        var all = figures.Single(figure => figure.GetProperty("group").GetString() == "all");
        all.GetProperty("numerator").GetDouble().ShouldBe(rows.Sum(cells => int.Parse(cells[4], null)));
        all.GetProperty("denominator").GetInt64().ShouldBe(rows.Sum(cells => int.Parse(cells[5], null)));
        all.GetProperty("place").GetProperty("kind").GetString().ShouldBe("cluster");
        all.GetProperty("import").ValueKind.ShouldBe(JsonValueKind.Null);
        all.GetProperty("from").GetArrayLength().ShouldBe(rows.Count);
    }

    [Theory]
    [InlineData("--measure", "ks2.nonsense", "there is no such measure")]
    [InlineData("--year", "2016", "not an academic year")]
    [InlineData("--cluster", "Atlantis", "there is no such cluster")]
    [InlineData("--group", "giants", "there is no such group")]
    [InlineData("--school", "12", "not a URN")]
    [InlineData("--authority", "centralbeds", "not an authority's code")]
    public async Task What_nobody_knows_is_refused_with_a_sentence(string option, string value, string sentence)
    {
        using var store = TestStore.On(Database.Sqlite);
        var answer = await WaymarkProcess.Run(store, "figures", option, value, "--json");
        answer.ExitCode.ShouldBe(2);
        answer.Errors.ShouldContain(sentence);
        answer.Errors.ShouldContain(value);
        answer.Output.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_measures_are_listed_with_what_other_programs_need()
    {
        using var store = TestStore.Untouched(Database.Sqlite);
        var measures = await Json(store, "measures", "--json");
        measures.Count.ShouldBe(Catalogue.Measures.Count);
        foreach (var measure in measures)
            measure.EnumerateObject().Select(property => property.Name).ShouldBe(["code", "label", "phase", "unit", "polarity", "decimals", "source"]);
        var attainment = measures.Single(measure => measure.GetProperty("code").GetString() == "ks2.rwm.exp");
        (attainment.GetProperty("unit").GetString(), attainment.GetProperty("polarity").GetString()).ShouldBe(("%", "higher"));
    }

    private static async Task<List<JsonElement>> Json(TestStore store, params string[] arguments)
    {
        var answer = await WaymarkProcess.Run(store, arguments);
        answer.ExitCode.ShouldBe(0, answer.Errors);
        using var document = JsonDocument.Parse(answer.Output);
        return [.. document.RootElement.Clone().EnumerateArray()];
    }
}
