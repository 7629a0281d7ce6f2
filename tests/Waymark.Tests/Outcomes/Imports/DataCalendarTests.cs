using Waymark.Evidence;
using Waymark.Field;
using Waymark.Tests.Schools;
using Waymark.Tests.Shared;
using Waymark.Tests.Shared.Imports;

namespace Waymark.Tests.Outcomes.Imports;

public sealed class DataCalendarTests
{
    private static readonly AcademicYear Year = AcademicYear.Ending(2016);

    private static DataEntry Of(TestStore store, string family, DateOnly today, AcademicYear? year = null)
    {
        using var db = store.Open();
        return DataCalendar.Read(db, today, [year ?? Year]).Single(entry => entry.Family.Id == family);
    }

    [Fact]
    public void A_family_is_later_due_and_then_loaded()
    {
        using var store = TestStore.On(Database.Sqlite);
        Of(store, "ks2", new(2016, 12, 14)).ShouldSatisfyAllConditions(entry => entry.State.ShouldBe(DataState.Later), entry => entry.Words.ShouldBe("Comes by 15 December 2016."));
        Of(store, "ks2", new(2016, 12, 15)).ShouldSatisfyAllConditions(entry => entry.State.ShouldBe(DataState.Due), entry => entry.Words.ShouldBe("Due since 15 December 2016."));
        store.Load("ks2_perf_2016.csv", "URN,KS2 Pupils,Overall Meet Std,Academic Year\n900101,28,89%,2016\n");
        // The test's clock stands at 14 November 2016: this was a first edition.
        Of(store, "ks2", new(2016, 12, 14)).State.ShouldBe(DataState.Loaded);
        Of(store, "ks2", new(2016, 12, 15)).ShouldSatisfyAllConditions(entry => entry.State.ShouldBe(DataState.Stale), entry => entry.Words.ShouldBe("Loaded on 14 November 2016, before the final file of 15 December 2016 came out. Load that file."), entry => entry.Import!.FileName.ShouldBe("ks2_perf_2016.csv"));
    }

    [Fact]
    public void Your_own_results_are_loaded_when_one_of_the_measures_is()
    {
        using var store = TestStore.On(Database.Sqlite);
        Of(store, "local-early", new(2016, 9, 1)).State.ShouldBe(DataState.Due);
        store.Load("july.csv", ResultFiles.Local("900101,201516,phonics.y1,all,20,30,,provisional"));
        Of(store, "local-early", new(2016, 9, 1)).State.ShouldBe(DataState.Loaded);
        Of(store, "local-ks2", new(2016, 9, 1)).State.ShouldBe(DataState.Due, "its measures are not in that file");
        Of(store, "phonics", new(2016, 10, 1)).State.ShouldBe(DataState.Due, "own results are not the published ones");
    }

    [Fact]
    public void Once_the_published_results_are_loaded_your_own_are_not_due_any_more()
    {
        using var store = TestStore.On(Database.Sqlite);
        store.Load("ks2_perf_2016.csv", "URN,KS2 Pupils,Overall Meet Std,Academic Year\n900101,28,89%,2016\n");
        Of(store, "local-ks2", new(2016, 9, 1)).ShouldSatisfyAllConditions(entry => entry.State.ShouldBe(DataState.Replaced), entry => entry.Words.ShouldBe("Not needed any more: the published results are loaded."));
        Of(store, "local-early", new(2016, 9, 1)).State.ShouldBe(DataState.Due);
    }

    [Fact]
    public void What_was_not_collected_is_not_due()
    {
        using var store = TestStore.On(Database.Sqlite);
        Of(store, "ks2", new(2021, 1, 1), AcademicYear.Ending(2020)).ShouldSatisfyAllConditions(
            entry => entry.State.ShouldBe(DataState.NotCollected), entry => entry.Words.ShouldBe("There is none: no tests or assessments were held because of the pandemic."));
    }

    [Fact]
    public void A_register_grows_stale()
    {
        using var store = TestStore.On(Database.Sqlite);
        Of(store, "register", new(2016, 11, 14)).State.ShouldBe(DataState.Due);
        store.Load("edubasealldata20161101.csv", ResultFiles.Register(900101));
        Of(store, "register", new(2017, 5, 14)).State.ShouldBe(DataState.Loaded);
        Of(store, "register", new(2017, 5, 15)).State.ShouldBe(DataState.Stale);
    }

    [Fact]
    public void Only_what_concerns_the_schools_is_asked_for()
    {
        using var store = TestStore.On(Database.Sqlite);
        store.Load("edubasealldata20161101.csv", ResultFiles.Register(900101));
        using var db = store.Open();
        var families = DataCalendar.Read(db, new(2016, 11, 14), [Year]).Select(entry => entry.Family.Id).ToList();
        families.ShouldContain("ks2");
        families.ShouldNotContain("ks4", "there is only a primary school");
        families.ShouldNotContain("local-mtc", "there was no such check in 2016");
    }

    [Fact]
    public void Every_format_and_measure_of_the_calendar_exists()
    {
        const string layouts = ".Outcomes.Imports.Layouts.";
        var formats = typeof(Catalogue).Assembly.GetManifestResourceNames().Where(name => name.Contains(layouts, StringComparison.Ordinal))
            .Select(name => Path.GetFileNameWithoutExtension(name[(name.IndexOf(layouts, StringComparison.Ordinal) + layouts.Length)..])).Append("register-raw").ToList();
        foreach (var family in DataCalendar.Families)
        {
            (family.Formats ?? []).ShouldAllBe(name => formats.Any(format => name.EndsWith('-') ? format.StartsWith(name, StringComparison.Ordinal) : format == name), family.Id);
            (family.Measures ?? []).ShouldAllBe(code => Catalogue.FindMeasure(code) != null, family.Id);
            (family.ReplacedBy is null || DataCalendar.Families.Any(other => other.Id == family.ReplacedBy)).ShouldBeTrue(family.Id);
            (family.Phases ?? []).ShouldAllBe(words => Phases.FromWords(words) != null, family.Id);
        }
    }

    [SkippableTheory, Databases]
    public async Task The_page_says_it_in_words(Database database)
    {
        using var store = TestStore.On(database);
        store.Load("july.csv", ResultFiles.Local("900101,201516,phonics.y1,all,20,30,,provisional"));
        await using var host = await WaymarkHost.Serving(store);
        using var visitor = host.NewVisitor(RoleKind.Officer);
        var page = await visitor.Get("/data-calendar");
        page.Text.ShouldContain("On 14 November 2016, ");
        var rows = ImportPagesTests.Rows(page, "#year-201516 tbody tr");
        rows.ShouldContain("Early years, phonics and key stage 1: your own returns | Loaded | Loaded on 14 November 2016. | july.csv");
        rows.ShouldContain("Key stage 2 by school | Later | Comes by 15 December 2016. | ");
    }
}
