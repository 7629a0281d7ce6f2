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

    [Fact]
    public async Task Other_programs_find_these_keys_and_no_others()
    {
        using var store = TestStore.WithExample(Database.Sqlite);
        string[] keys = ["measure", "year", "place", "group", "value", "numerator", "denominator", "lower", "upper", "symbol", "status", "import"];
        var ofSchool = (await Json(store, "figures", "--measure", "eyfs.gld", "--year", "201516", "--group", "all", "--json"))[0];
        Names(ofSchool).ShouldBe(keys);
        Names(ofSchool.GetProperty("place")).ShouldBe(["kind", "id", "name"]);
        Names(ofSchool.GetProperty("import")).ShouldBe(["id", "file", "line"]);
        var ofCluster = (await Json(store, "figures", "--measure", "eyfs.gld", "--year", "201516", "--cluster", "Dunstable", "--group", "all", "--json"))[0];
        Names(ofCluster).ShouldBe([.. keys, "from", "notShown"]);
        Names(ofCluster.GetProperty("from")[0]).ShouldBe(["place", "value", "numerator", "denominator", "import"]);

        static IEnumerable<string> Names(JsonElement element) => element.EnumerateObject().Select(property => property.Name);
    }

    [Fact]
    public async Task Without_a_place_every_places_figures_are_printed()
    {
        using var store = TestStore.On(Database.Sqlite);
        store.Publish(1, FigureStatus.Published, 5, (PlaceKey.School(new(109501)), 55, 11, 20), (PlaceKey.Authority(new(823)), 62, null, 3000), (PlaceKey.Region(985), 61, null, 60000), (PlaceKey.England, 61, null, 600000), (PlaceKey.EnglandAllSchools, 60, null, 620000));
        store.Load("local.csv", CubeTests.Local("109502,201415,phonics.y1,all,20,30,final"));
        (await Json(store, "figures", "--json")).Select(Place).ShouldBe(["phonics.y1 201415 school 109502", "ks2.rwm.exp 201516 school 109501", "ks2.rwm.exp 201516 authority 823", "ks2.rwm.exp 201516 region E12000006", "ks2.rwm.exp 201516 national E92000001", "ks2.rwm.exp 201516 national E92000001"]);
        (await Json(store, "figures", "--year", "201415", "--json")).Select(Place).ShouldBe(["phonics.y1 201415 school 109502"]);
        (await Json(store, "figures", "--authority", "823", "--json")).Select(Place).ShouldBe(["ks2.rwm.exp 201516 authority 823"]);
        (await Json(store, "figures", "--national", "--group", "all", "--json")).Count.ShouldBe(2);
        (await Json(store, "figures", "--year", "202021", "--json")).ShouldBeEmpty();

        static string Place(JsonElement figure) => $"{figure.GetProperty("measure").GetString()} {figure.GetProperty("year").GetString()} {figure.GetProperty("place").GetProperty("kind").GetString()} {figure.GetProperty("place").GetProperty("id").GetString()}";
    }

    [Theory]
    [InlineData("--measure", "ks2.nonsense", "there is no such measure")]
    [InlineData("--year", "2016", "not an academic year")]
    [InlineData("--year", "201719", "not an academic year")]
    [InlineData("--year", "2017/18", "not an academic year")]
    [InlineData("--cluster", "Atlantis", "there is no such cluster")]
    [InlineData("--group", "giants", "there is no such group")]
    [InlineData("--school", "12", "not a URN")]
    [InlineData("--school", "999999", "no file that is loaded here names this school")]
    [InlineData("--authority", "centralbeds", "not an authority's code")]
    [InlineData("--authority", "999", "there is no such authority")]
    [InlineData("--colour", "blue", "Unrecognized")]
    public async Task What_nobody_knows_is_refused_with_a_sentence(string option, string value, string sentence)
    {
        using var store = TestStore.On(Database.Sqlite);
        var answer = await WaymarkProcess.Run(store, "figures", option, value, "--json");
        answer.ExitCode.ShouldBe(2);
        answer.Errors.ShouldContain(sentence);
        answer.Errors.ShouldContain(value);
        answer.Output.ShouldNotStartWith("[");
    }

    [Fact]
    public async Task One_place_is_asked_for_at_a_time()
    {
        using var store = TestStore.On(Database.Sqlite);
        var answer = await WaymarkProcess.Run(store, "figures", "--authority", "823", "--national", "--json");
        (answer.ExitCode, answer.Errors.Trim()).ShouldBe((2, "Name one place: --school, --cluster, --authority or --national."));
    }

    [Fact]
    public async Task Where_there_is_no_store_none_is_made()
    {
        using var store = TestStore.Untouched(Database.Sqlite);
        foreach (var arguments in new string[][] { ["figures", "--json"], ["check"], ["import", "missing.csv"] })
        {
            var answer = await WaymarkProcess.Run(store, arguments);
            answer.ExitCode.ShouldBe(2, string.Join(' ', arguments));
            answer.Errors.ShouldMatch("There is no store in|missing.csv is not there.");
            Directory.GetFileSystemEntries(store.Folder!).ShouldBeEmpty();
        }
    }

    [Theory]
    [InlineData("serve", "--data", "--urls", "--no-example")]
    [InlineData("import", "FILE", "--data", "--json", "--year")]
    [InlineData("figures", "--data", "--measure", "--year", "--school", "--cluster", "--authority", "--national", "--group", "--json")]
    [InlineData("measures", "--json")]
    [InlineData("pack", "--data", "--cluster", "--year", "--out", "--format")]
    [InlineData("check", "--data")]
    public async Task Every_command_explains_itself(string command, params string[] options)
    {
        using var store = TestStore.Untouched(Database.Sqlite);
        var answer = await WaymarkProcess.Run(store, command, "--help");
        answer.ExitCode.ShouldBe(0, answer.Errors);
        foreach (var option in options) answer.Output.ShouldContain(option);
        (await WaymarkProcess.Run(store, "--help")).Output.ShouldContain(command);
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
