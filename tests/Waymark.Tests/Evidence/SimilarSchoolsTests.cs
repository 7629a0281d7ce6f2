using System.Globalization;
using System.Net;
using Waymark.Data;
using Waymark.Evidence;
using Waymark.Field;
using Waymark.Schools;
using Waymark.Shared.Imports;
using Waymark.Tests.Clusters;
using Waymark.Tests.Shared;

namespace Waymark.Tests.Evidence;

public sealed class SimilarSchoolsTests
{
    private static readonly AcademicYear Year = AcademicYear.Ending(2016);

    private static readonly double[] BySize = SimilarSchools.WeightsOf(new Dictionary<string, double> { ["pupils"] = 1 });
    private static readonly double[] ByMeals = SimilarSchools.WeightsOf(new Dictionary<string, double> { ["fsm"] = 1 });
    private static readonly double[] ByBoth = SimilarSchools.WeightsOf(new Dictionary<string, double> { ["pupils"] = 1, ["fsm"] = 1 });

    [SkippableTheory, Databases]
    public void Other_weights_make_other_neighbours(Database database)
    {
        using var store = Nation(database, (1, 200, 10), (2, 210, 40), (3, 400, 11), (4, 600, 30));

        Neighbours(store, 1, BySize, count: 1).ShouldBe([2]);
        Neighbours(store, 1, ByMeals, count: 1).ShouldBe([3]);
        Neighbours(store, 1, BySize).ShouldBe([2, 3, 4]);
    }

    [SkippableTheory, Databases]
    public void The_same_school_has_the_same_neighbours_however_often_it_is_asked(Database database)
    {
        using var store = Nation(database, (1, 200, 10), (5, 210, 10), (4, 190, 10), (3, 210, 10), (2, 190, 10));

        Neighbours(store, 1, BySize).ShouldBe([2, 3, 4, 5]);
        Neighbours(store, 1, BySize).ShouldBe([2, 3, 4, 5]);
    }

    [SkippableTheory, Databases]
    public void Only_schools_of_the_same_phase_in_that_year_are_neighbours(Database database)
    {
        using var store = Nation(database, (1, 200, 10), (2, 200, 10), (3, 200, 10));
        using (var db = store.Open())
        {
            var register = Published(db, "register.csv");
            // School 2 is a lower school now as the others are, but was a primary school in 2016.
            db.AddRange(Record(register, 2, new DateOnly(2016, 8, 1), Phase.Primary), Record(register, 2, new DateOnly(2018, 8, 1), Phase.Lower));
            db.SaveChanges();
        }

        Neighbours(store, 1, BySize).ShouldBe([3]);
        Neighbours(store, 1, BySize, AcademicYear.Ending(2018)).ShouldBe([2, 3]);
    }

    [SkippableTheory, Databases]
    public void A_school_under_two_numbers_is_a_neighbour_once_and_never_its_own(Database database)
    {
        using var store = Nation(database, (1, 200, 10), (2, 200, 10), (3, 205, 10), (4, 300, 10));
        using (var db = store.Open())
        {
            db.AddRange(Line(1, 1, 0), Line(2, 1, 1), Line(3, 3, 0), Line(4, 3, 1));
            db.SaveChanges();
        }

        Neighbours(store, 1, BySize).ShouldBe([4]);
        Neighbours(store, 2, BySize).ShouldBe([4]);
    }

    [SkippableTheory, Databases]
    public void A_missing_value_neither_helps_nor_harms_and_too_many_leave_a_school_out(Database database)
    {
        using var store = Nation(database, (1, 200, 10), (2, 300, 10), (3, 200, null), (4, null, null), (5, null, 10));

        var group = Group(store, 1, ByBoth);

        group.Schools.Select(school => school.Urn.Value - 100_000).ShouldBe([3, 5, 2]);
        group.Schools[0].Contributions[1].ShouldBeNull();
        SimilarSchools.Why(group, group.Schools[0]).ShouldBe("Nearest in number of pupils; without free school meals");
        var strict = SimilarSchools.WeightsOf(new Dictionary<string, double> { ["pupils"] = 3, ["fsm"] = 1 });
        Group(store, 1, strict).LeftOut.ShouldBe(1);
        Neighbours(store, 1, strict).ShouldBe([3, 2]);
    }

    [SkippableTheory, Databases]
    public void Within_the_authority_no_other_authoritys_school_is_a_neighbour(Database database)
    {
        using var store = Nation(database, (1, 200, 10), (2, 500, 10));
        using (var db = store.Open())
        {
            db.Add(new School { Urn = new SchoolUrn(100_009), AsOf = new DateOnly(2016, 9, 1), Name = "Over the border", Authority = new LocalAuthorityCode(825), Phase = Phase.Lower, SearchText = "", InRegister = true });
            db.Add(Figure(Published(db, "more.csv"), "pupils.headcount", 9, Year, 200, null, null));
            db.SaveChanges();
        }

        Neighbours(store, 1, BySize).ShouldBe([9, 2]);
        using var open = store.Open();
        SimilarSchools.Of(open, new SchoolUrn(100_001), Year, BySize, withinAuthority: true).Schools.Single().Urn.Value.ShouldBe(100_002);
    }

    [SkippableTheory, Databases]
    public void The_groups_result_is_the_sum_of_its_childrens_counts(Database database)
    {
        using var store = Nation(database, (1, 200, 10), (2, 201, 10), (3, 202, 10), (4, 203, 10));
        using var db = store.Open();
        var results = Published(db, "ks2.csv");
        db.AddRange(Figure(results, "ks2.rwm.exp", 2, Year, 50, 10, 20), Figure(results, "ks2.rwm.exp", 3, Year, 80, 64, 80), Figure(results, "ks2.rwm.exp", 4, Year, null, null, null, Symbol.Confidential));
        db.SaveChanges();
        var group = Group(store, 1, BySize);

        var pooled = SimilarSchools.Pool(db, Catalogue.Measure("ks2.rwm.exp"), Year, [(PlaceKey.School(new SchoolUrn(100_001)), group.Schools)]).Single()!;

        (pooled.Numerator, pooled.Denominator, pooled.Value, pooled.PartsNotShown).ShouldBe((74, 100, 74.0, 1));
        Math.Round(pooled.Interval!.Value.Lower, 1).ShouldBe(64.6);
        Math.Round(pooled.Interval.Value.Upper, 1).ShouldBe(81.6);
    }

    [SkippableTheory, Databases]
    public void A_new_import_changes_the_neighbours(Database database)
    {
        using var store = Nation(database, (1, 200, 10), (2, 210, 10), (3, 400, 10));
        Neighbours(store, 1, BySize, count: 1).ShouldBe([2]);
        using (var db = store.Open())
        {
            db.Add(Figure(Published(db, "revised.csv"), "pupils.headcount", 3, Year, 201, null, null));
            db.SaveChanges();
        }

        Neighbours(store, 1, BySize, count: 1).ShouldBe([3]);
    }

    [SkippableTheory, Databases]
    public async Task The_page_shows_who_is_similar_and_why_and_what_they_reach_together(Database database)
    {
        using var store = TestStore.WithExample(database);
        await using var host = await WaymarkHost.Serving(store);
        using var visitor = host.NewVisitor(RoleKind.Officer);
        int urn;
        using (var db = store.Open())
            urn = db.Figures.Where(figure => figure.Measure == Catalogue.Measure("ks2.rwm.exp").Number && figure.Value != null).AsEnumerable().First(figure => figure.Place.Kind == PlaceKind.School).Place.Number;
        var page = await visitor.Get((await visitor.Get($"/schools/{urn}")).Link("Similar schools"));

        page.Heading.ShouldEndWith("Similar schools");
        var schools = page.All("#similar tbody th");
        schools.Count.ShouldBeGreaterThan(5);
        schools.ShouldBeUnique();
        page.All("#why tbody tr").Count.ShouldBe(schools.Count - 1);
        page.All("#similar tbody td:nth-child(2)").Distinct().Count().ShouldBe(1);
        page.All("#why tbody tr").ShouldAllBe(row => row.Contains("Nearest in "));
        page.All("#results tbody th").ShouldContain("Pupils at the expected standard in reading, writing and maths");
        page.Text.ShouldContain("weights were not found published");

        (await visitor.Get($"/schools/{urn}/similar?preset=finance&scope=authority")).Text.ShouldContain("Financial Benchmarking and Insights Tool");
        (await visitor.Submit(page, [("w.pupils", "11"), ("w.fsm", "much")], "#weights")).Errors.ShouldBe(["Pupils: the weight must be a number from 0 to 10", "Free school meals: the weight must be a number from 0 to 10"]);
        var own = await visitor.Submit(page, [.. SimilarSchools.Characteristics.Select(characteristic => ($"w.{characteristic.Code}", (string?)(characteristic.Code == "pupils" ? "1" : "0")))], "#weights");
        own.All("#similar thead th").ShouldBe(["School", "Phase", "Pupils"]);
        (await visitor.Get("/schools/999999/similar")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await visitor.Get($"/schools/{urn}/similar?preset=nonsense")).Errors.ShouldBe(["Select one of the ways to compare"]);
        (await visitor.Get($"/schools/{urn}/report")).All("#similar-schools tbody tr").ShouldNotBeEmpty();
    }

    private static List<int> Neighbours(TestStore store, int school, double[] weights, AcademicYear? year = null, int count = SimilarSchools.GroupSize) =>
        [.. Group(store, school, weights, year, count).Schools.Select(found => found.Urn.Value - 100_000)];

    private static SimilarGroup Group(TestStore store, int school, double[] weights, AcademicYear? year = null, int count = SimilarSchools.GroupSize)
    {
        using var db = store.Open();
        return SimilarSchools.Of(db, new SchoolUrn(100_000 + school), year ?? Year, weights, withinAuthority: false, count);
    }

    /// <summary>Lower schools of one authority by number, pupils on roll and share eligible for free school meals.</summary>
    private static TestStore Nation(Database database, params (int Number, int? Pupils, int? Meals)[] schools)
    {
        var store = TestStore.On(database);
        using var db = store.Open();
        var census = Published(db, "census.csv");
        foreach (var (number, pupils, meals) in schools)
        {
            db.Add(TestSchools.School(100_000 + number));
            db.Add(Figure(census, "pupils.headcount", number, Year, pupils, null, null, pupils is null ? Symbol.NotAvailable : Symbol.None));
            db.Add(Figure(census, "pupils.fsm", number, Year, meals, meals, meals is null ? null : 100, meals is null ? Symbol.NotAvailable : Symbol.None));
        }
        db.SaveChanges();
        return store;
    }

    private static Import Published(WaymarkDb db, string file)
    {
        var import = new Import { FileName = file, Sha256 = file.PadRight(64, '0'), Format = "test", Title = file, ImportedAt = new DateTime(2016, 9, 1, 0, 0, 0, DateTimeKind.Utc), State = ImportState.Published };
        db.Add(import);
        db.SaveChanges();
        return import;
    }

    private static FigureRow Figure(Import import, string measure, int school, AcademicYear year, double? value, double? numerator, long? denominator, Symbol symbol = Symbol.None) => new()
    {
        Measure = Catalogue.Measure(measure).Number,
        Year = year,
        Place = PlaceKey.School(new SchoolUrn(100_000 + school)),
        PupilGroup = Catalogue.All.Number,
        ImportId = import.Id,
        Line = 1,
        Precedence = 40,
        Value = value,
        Numerator = numerator,
        Denominator = denominator,
        Lower = null,
        Upper = null,
        Symbol = symbol,
    };

    private static SchoolRecord Record(Import register, int school, DateOnly asOf, Phase phase) => new()
    {
        Urn = new SchoolUrn(100_000 + school),
        AsOf = asOf,
        Name = $"School {school.ToString(CultureInfo.InvariantCulture)}",
        Phase = phase,
        SearchText = "",
        ImportId = register.Id,
        Line = asOf.Year,
    };

    private static SchoolLine Line(int school, int line, int position) => new() { Urn = new SchoolUrn(100_000 + school), Line = new SchoolUrn(100_000 + line), Position = position };
}
