using Waymark.Data;
using Waymark.Evidence;
using Waymark.Field;
using Waymark.Shared.Imports;
using Waymark.Tests.Schools;
using Waymark.Tests.Shared;

namespace Waymark.Tests.Evidence;

public sealed class CubeTests
{
    private static readonly Measure Rwm = Catalogue.Measure("ks2.rwm.exp");
    private static readonly AcademicYear Year = AcademicYear.FromCode(201516);
    private static readonly PlaceKey Ashton = PlaceKey.School(new(109501)), Academy = PlaceKey.School(new(140001));

    [SkippableTheory, Databases]
    public void The_newest_import_counts_and_a_withdrawn_one_shows_the_older_again(Database database)
    {
        using var store = TestStore.On(database);
        store.Load("july.csv", Local("109501,201516,ks2.rwm.exp,all,10,20,final"));
        var newer = store.Load("september.csv", Local("109501,201516,ks2.rwm.exp,all,12,20,final"));
        Value(store).ShouldBe(60);
        store.Desk().Withdraw(newer.Import.Id).ShouldBeNull();
        Value(store).ShouldBe(50);
    }

    [SkippableTheory, Databases]
    public void Final_supersedes_provisional_in_whichever_order_they_come(Database database)
    {
        using var store = TestStore.On(database);
        store.Load("final.csv", Local("109501,201516,ks2.rwm.exp,all,12,20,final"));
        store.Load("late.csv", Local("109501,201516,ks2.rwm.exp,all,10,20,provisional"));
        Read(store).Single().ShouldSatisfyAllConditions(figure => figure.Value.ShouldBe(60), figure => figure.Status.ShouldBe(FigureStatus.Final));
        store.Load("checked.csv", Local("109502,201516,ks2.rwm.exp,all,10,20,checked"));
        store.Load("later.csv", Local("109502,201516,ks2.rwm.exp,all,11,20,provisional"));
        Read(store, place: PlaceKey.School(new(109502))).Single().Value.ShouldBe(50);
    }

    [SkippableTheory, Databases]
    public void Published_beats_local_and_raw_beats_selected(Database database)
    {
        using var store = TestStore.On(database);
        store.Publish(1, FigureStatus.Published, 8, (Ashton, 55, 11, 20));
        store.Publish(2, FigureStatus.Published, 5, (Ashton, 56, null, 20));
        store.Publish(3, FigureStatus.Final, 6, (Ashton, 50, 10, 20));
        Read(store).Single().ShouldSatisfyAllConditions(figure => figure.Value.ShouldBe(55), figure => figure.Source.ShouldBe(new FigureSource(1, 2)));
    }

    [SkippableTheory, Databases]
    public void What_is_not_published_stays_off_public_pages(Database database)
    {
        using var store = TestStore.On(database);
        store.Publish(1, FigureStatus.Published, 5, (Ashton, 55, 11, 20));
        store.Load("local.csv", Local("109502,201516,ks2.rwm.exp,all,10,20,final"));
        PlaceKey[] both = [Ashton, PlaceKey.School(new(109502))];
        using var db = store.Open();
        new Cube(db).Read([Rwm], [Year], both).Count.ShouldBe(2);
        new Cube(db).Read([Rwm], [Year], both, publishedOnly: true).Single().Place.ShouldBe(Ashton);
    }

    [SkippableTheory, Databases]
    public void An_import_that_nobody_confirmed_shows_nowhere(Database database)
    {
        using var store = TestStore.On(database);
        store.Stage("local.csv", Local("109501,201516,ks2.rwm.exp,all,10,20,final"));
        Read(store).ShouldBeEmpty();
        using var db = store.Open();
        new Cube(db).ReadAllSchools(Rwm, Year).ShouldBeEmpty();
        new Cube(db).ReadEverywhere(Rwm, Year).ShouldBeEmpty();
        new Cube(db).Years([Rwm], [Ashton]).ShouldBeEmpty();
    }

    [SkippableTheory, Databases]
    public void A_schools_figures_follow_it_through_its_conversion(Database database)
    {
        using var store = TestStore.On(database);
        store.Load("links.csv", SchoolFiles.Links + "109501,140001,Ashton Academy,Successor,31-08-2015\r\n140001,109501,Ashton Lower School,Predecessor,\r\n");
        store.Load("local.csv", Local("109501,201415,ks2.rwm.exp,all,10,20,final", "109501,201516,ks2.rwm.exp,all,11,20,final", "140001,201516,ks2.rwm.exp,all,14,20,provisional"));
        var years = new[] { AcademicYear.FromCode(201415), Year };
        using var db = store.Open();
        var figures = new Cube(db).Read([Rwm], years, [Academy]).OrderBy(figure => figure.Year).ToList();
        figures.Select(figure => figure.Value).ShouldBe([50, 70], "in a year that both report, the newer URN counts");
        figures.ShouldAllBe(figure => figure.Place == Academy);
        new Cube(db).Years([Rwm], [Academy]).Select(year => year.Code).ShouldBe([201415, 201516]);
    }

    [Fact]
    public void A_published_interval_is_kept_and_a_share_gets_wilsons()
    {
        using var store = TestStore.On(Database.Sqlite);
        store.Publish(1, FigureStatus.Published, 5, (Ashton, 55, 11, 20));
        using (var db = store.Open())
        {
            db.Figures.Add(Row(1, Ashton, FigureStatus.Published, 5, 1.2, null, 20, Catalogue.Measure("ks2.reading.progress"), -0.4, 2.8));
            db.SaveChanges();
        }
        using var open = store.Open();
        var progress = new Cube(open).Read([Catalogue.Measure("ks2.reading.progress")], [Year], [Ashton]).Single();
        progress.Interval.ShouldBe(new Waymark.Statistics.Interval(-0.4, 2.8));
        var exact = Waymark.Statistics.Intervals.Wilson(11, 20);
        Read(store).Single().Interval!.Value.Lower.ShouldBe(100 * exact.Lower, 1e-9);
    }

    [Theory]
    [InlineData(33, 400)]
    [InlineData(7, 310)]
    [InlineData(99, 1200)]
    [InlineData(61.5, 3000)]
    public void Where_rounding_leaves_the_count_open_the_interval_covers_every_count_that_fits(double percentage, int children)
    {
        using var store = TestStore.On(Database.Sqlite);
        store.Publish(1, FigureStatus.Published, 5, (Ashton, percentage, null, children));
        var interval = Read(store).Single().Interval!.Value;
        var decimals = percentage == Math.Floor(percentage) ? 0 : 1;
        var fitting = Enumerable.Range(0, children + 1).Where(count => Math.Round(100m * count / children, decimals, MidpointRounding.AwayFromZero) == (decimal)percentage).ToList();
        fitting.Count.ShouldBeGreaterThan(1);
        foreach (var count in fitting)
        {
            var exact = Waymark.Statistics.Intervals.Wilson(count, children);
            interval.Lower.ShouldBeLessThanOrEqualTo(100 * exact.Lower + 1e-9);
            interval.Upper.ShouldBeGreaterThanOrEqualTo(100 * exact.Upper - 1e-9);
        }
    }

    private static double? Value(TestStore store) => Read(store).Single().Value;

    private static IReadOnlyList<Figure> Read(TestStore store, PlaceKey? place = null)
    {
        using var db = store.Open();
        return new Cube(db).Read([Rwm], [Year], [place ?? Ashton]);
    }

    internal static string Local(params string[] rows) => "urn,year,measure,group,numerator,denominator,status\r\n" + string.Concat(rows.Select(row => row + "\r\n"));

    internal static FigureRow Row(int import, PlaceKey place, FigureStatus status, int rank, double? value, double? count, long? of, Measure measure, double? lower = null, double? upper = null, int year = 201516, string group = "all") => new()
    {
        Measure = measure.Number,
        Year = AcademicYear.FromCode(year),
        Place = place,
        PupilGroup = Catalogue.Group(group).Number,
        ImportId = import,
        Line = 2,
        Precedence = (short)((int)status * 10 + rank),
        Value = value,
        Numerator = count,
        Denominator = of,
        Lower = lower,
        Upper = upper,
        Symbol = value is null ? Symbol.NotAvailable : Symbol.None,
    };
}
