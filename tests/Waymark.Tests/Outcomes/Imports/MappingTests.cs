using System.Text;
using Waymark.Evidence;
using Waymark.Field;
using Waymark.Shared.Imports;
using Waymark.Tests.Schools;
using Waymark.Tests.Shared;
using Waymark.Tests.Shared.Imports;

namespace Waymark.Tests.Outcomes.Imports;

/// <summary>A wide spreadsheet that nobody knows: a person says once what its columns hold.</summary>
public sealed class MappingTests
{
    private static readonly string[][] Sheet =
    [
        ["School no", "School", "Y1 phonics met", "Y1 cohort", "KS1 reading | EXS", "Notes"],
        ["900101", "Ash", "24", "30", "%0.7", "new head"],
        ["900102", "Elm", "9", "12", "%0.5", ""],
        ["", "Total", "33", "42", "", ""],
    ];

    private static byte[] Csv(string[][] rows) => Encoding.UTF8.GetBytes(string.Concat(rows.Select(row => string.Join(',', row.Select(cell => cell.StartsWith('%') ? $"{100 * double.Parse(cell[1..], System.Globalization.CultureInfo.InvariantCulture)}%" : cell)) + "\r\n")));

    private static (string, string?)[] Answers(string name = "Phonics return", string year = "2015/16") =>
    [
        ("Name", name), ("Year", year), ("Status", "provisional"),
        ("Columns[0].Holds", "urn"), ("Columns[1].Holds", ""),
        ("Columns[2].Holds", "numerator"), ("Columns[2].Measure", "phonics.y1"),
        ("Columns[3].Holds", "denominator"),
        ("Columns[4].Holds", "value"), ("Columns[4].Measure", "ks1.reading.exp"),
    ];

    [SkippableTheory]
    [InlineData(Database.Sqlite, "return.csv")]
    [InlineData(Database.Sqlite, "return.xlsx")]
    [InlineData(Database.Postgres, "return.xlsx")]
    public async Task Once_mapped_the_next_file_with_the_same_columns_is_read_by_itself(Database database, string name)
    {
        using var store = TestStore.On(database);
        await using var host = await WaymarkHost.Serving(store);
        using var visitor = host.NewVisitor(RoleKind.Officer);
        var content = name.EndsWith(".csv", StringComparison.Ordinal) ? Csv(Sheet) : Workbooks.Of(Sheet);
        var unknown = await visitor.Submit(await visitor.Get("/imports/new"), [], [("Files", name, content)]);
        unknown.Errors.Single().ShouldContain("no known file has these columns: School no, School, Y1 phonics met");

        var map = await visitor.Get(unknown.Link("say what its columns hold"));
        map.All("legend").ShouldBe(Sheet[0]);
        var preview = await visitor.Follow(await visitor.Submit(map, Answers(), form: "#mapping"));
        preview.Heading.ShouldBe("Look at the file, then confirm it");
        preview.Text.ShouldContain("Phonics return");
        preview.Text.ShouldContain("3 rows read: 2 kept, 1 listed with the reason.");
        preview.All("details summary").ShouldContain("It names no school: a total, perhaps (1)");
        await visitor.Submit(preview, [], form: "form[action*=confirm]");

        using (var db = store.Open())
        {
            var figures = new Cube(db).Read([Catalogue.Measure("phonics.y1"), Catalogue.Measure("ks1.reading.exp")], [AcademicYear.Ending(2016)], [PlaceKey.School(new(900101))]);
            figures.OrderBy(figure => figure.Measure.Number).Select(figure => (figure.Measure.Code, figure.Value, figure.Numerator, figure.Denominator, figure.Status)).ShouldBe([
                ("phonics.y1", 80.0, 24.0, 30L, FigureStatus.Provisional), ("ks1.reading.exp", 70.0, 21.0, 30L, FigureStatus.Provisional)]);
        }

        string[][] next = [Sheet[0], ["900101", "Ash", "27", "30", "%0.8", ""]];
        store.Desk().Load("return-2017.csv", Csv(next), AcademicYear.Ending(2017)).Import.ShouldSatisfyAllConditions(
            import => import.Format.ShouldBe("saved-mapping"), import => import.Title.ShouldBe("Phonics return"), import => import.Years.ShouldBe("201617"), import => import.FiguresNew.ShouldBe(2));
    }

    [Fact]
    public async Task What_is_missing_in_a_mapping_is_said_and_nothing_is_saved()
    {
        using var store = TestStore.On(Database.Sqlite);
        await using var host = await WaymarkHost.Serving(store);
        using var visitor = host.NewVisitor(RoleKind.Officer);
        var map = await visitor.Get((await visitor.Submit(await visitor.Get("/imports/new"), [], [("Files", "return.csv", Csv(Sheet))])).Link("say what its columns hold"));
        (await visitor.Submit(map, [], form: "#mapping")).Errors.ShouldBe([
            "Enter a name for tables of this kind", "Enter the academic year, or choose the column that says it", "Choose the column that holds the school’s URN, or its LAESTAB number"], ignoreOrder: true);
        (await visitor.Submit(map, [.. Answers(), ("Columns[5].Holds", "value"), ("Columns[5].Measure", "joy")], form: "#mapping")).Errors.ShouldBe(["‘joy’ is no measure of the catalogue; choose one from the list"]);
        var faults = await visitor.Submit(map, [.. Answers(), ("Columns[5].Holds", "value"), ("Columns[5].Measure", "ks1.maths.exp")], form: "#mapping");
        faults.Errors.Single().ShouldBe("return.csv, line 2, column Notes ('new head'): This is neither a number nor a known code such as SUPP, NE or z.");
        using var db = store.Open();
        db.Imports.Count().ShouldBe(0);
        Should.Throw<UnknownTableException>(() => store.Desk().Stage("return.csv", Csv(Sheet)));
    }

    [Fact]
    public async Task A_result_without_its_number_of_pupils_is_asked_for_it()
    {
        using var store = TestStore.On(Database.Sqlite);
        await using var host = await WaymarkHost.Serving(store);
        using var visitor = host.NewVisitor(RoleKind.Officer);
        var map = await visitor.Get((await visitor.Submit(await visitor.Get("/imports/new"), [], [("Files", "return.csv", Csv(Sheet))])).Link("say what its columns hold"));
        (await visitor.Submit(map, [.. Answers(), ("Columns[3].Measure", "phonics.y1")], form: "#mapping")).Errors
            .ShouldBe(["For ks1.reading.exp (All pupils) choose the column with how many pupils there were. A result that may be about one child is not shown"]);
        (await visitor.Submit(map, [.. Answers().Where(answer => !answer.Item1.StartsWith("Columns[2]", StringComparison.Ordinal)), ("Columns[2].Holds", "denominator"), ("Columns[2].Measure", "")], form: "#mapping")).Errors
            .ShouldContain("Y1 cohort and Y1 phonics met both say how many pupils there were (All pupils); keep one, or name the measure of each");
    }

    [Fact]
    public async Task Schools_may_be_named_by_their_LAESTAB_numbers()
    {
        using var store = TestStore.On(Database.Sqlite);
        store.Load("edubasealldata20160905.csv", ResultFiles.Register(900_101, 900_102));
        await using var host = await WaymarkHost.Serving(store);
        using var visitor = host.NewVisitor(RoleKind.Officer);
        string[][] sheet = [["Early years 2016"], ["DfE number", "Cohort", "GLD"], ["8232101", "30", "21"], ["823/2102", "28", "14"], ["8239999", "9", "3"], ["Total", "67", "38"]];
        var map = await visitor.Get((await visitor.Submit(await visitor.Get("/imports/new"), [], [("Files", "gld.csv", Csv(sheet))])).Link("say what its columns hold"));
        map.Document.QuerySelectorAll("[name$='.Holds'] option[selected]").Select(option => option.TextContent).ShouldBe(["The school’s LAESTAB (DfE) number", "How many pupils there were", "How many reached it"]);
        // The names of the columns say it all.
        var faults = await visitor.Submit(map, [("Name", "GLD"), ("Year", "2015/16")], form: "#mapping");
        ImportPagesTests.Rows(faults, "table tbody tr").ShouldBe(["5 | DfE number | 8239999 | No school of the register has this LAESTAB.", "6 | DfE number | Total | No school of the register has this LAESTAB."]);

        var good = await visitor.Get((await visitor.Submit(await visitor.Get("/imports/new"), [], [("Files", "gld.csv", Csv(sheet[..4]))])).Link("say what its columns hold"));
        var preview = await visitor.Follow(await visitor.Submit(good, [("Name", "GLD"), ("Year", "2015/16")], form: "#mapping"));
        preview.Text.ShouldContain("What stands above the names of the columns was not read (1 row).");
        await visitor.Submit(preview, [], form: "form[action*=confirm]");
        using var db = store.Open();
        new Cube(db).ReadEverywhere(Catalogue.Measure("eyfs.gld"), AcademicYear.Ending(2016)).Select(figure => (figure.Place.Number, figure.Numerator)).ShouldBe([(900_101, 21), (900_102, 14)], ignoreOrder: true);
    }

    [Fact]
    public async Task A_file_that_is_thrown_away_unmapped_is_forgotten()
    {
        using var store = TestStore.On(Database.Sqlite);
        await using var host = await WaymarkHost.Serving(store);
        using var visitor = host.NewVisitor(RoleKind.Officer);
        var map = await visitor.Get((await visitor.Submit(await visitor.Get("/imports/new"), [], [("Files", "return.csv", Csv(Sheet))])).Link("say what its columns hold"));
        await visitor.Submit(map, [], form: "form[action*=forget]");
        using var db = store.Open();
        (db.StoredFileParts.Count(), db.Set<WaitingFile>().Count()).ShouldBe((0, 0));
    }

    [Fact]
    public void A_file_set_aside_is_kept_for_a_day()
    {
        using var store = TestStore.On(Database.Sqlite);
        var time = new FakeTime();
        var desk = new ImportDesk(store.Store, [], new LocalClock(time));
        desk.SetAside(TabularFile.Open("first.csv", "a,b\n1,2\n"u8.ToArray()));
        time.Advance(TimeSpan.FromHours(25));
        var second = TabularFile.Open("second.csv", "a,b\n3,4\n"u8.ToArray());
        desk.SetAside(second);
        desk.Find(second.Sha256)!.Header.ShouldBe(["a", "b"]);
        using var db = store.Open();
        db.Set<WaitingFile>().Select(file => file.FileName).ToList().ShouldBe(["second.csv"]);
        db.StoredFileParts.Count().ShouldBe(1);
    }
}
