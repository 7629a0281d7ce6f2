using System.Globalization;
using Waymark.Data;
using Waymark.Evidence;
using Waymark.Field;
using Waymark.Shared.Imports;
using Waymark.Tests.Clusters;
using Waymark.Tests.Schools;
using Waymark.Tests.Shared;

namespace Waymark.Tests.Evidence;

public sealed class BenchmarkTests
{
    private static readonly LocalAuthorityCode Own = new(823);
    private static readonly Measure Rwm = Catalogue.Measure("ks2.rwm.exp"), Suspensions = Catalogue.Measure("suspensions.rate");
    private static readonly AcademicYear Year = AcademicYear.FromCode(201516);

    [SkippableTheory, Databases]
    public void A_year_is_set_beside_the_neighbours_of_its_own_list(Database database)
    {
        using var store = TestStore.On(database);
        store.Load("neighbours.csv", Lists("823,1,850,2009-04", "823,2,855,2009-04", "823,1,937,2014-09-01", "823,2,850,2014-09-01", "822,1,823,2014-09-01"));
        using var db = store.Open();
        db.NeighboursOf(Own, new(2013, 8, 31))!.ShouldSatisfyAllConditions(
            list => list.Neighbours.Select(code => code.Value).ShouldBe([850, 855]), list => list.InWords.ShouldBe("the list of April 2009"));
        db.NeighboursOf(Own, new(2016, 8, 31))!.Neighbours.Select(code => code.Value).ShouldBe([937, 850]);
        db.NeighboursOf(Own, new(2005, 8, 31))!.ShouldSatisfyAllConditions(
            list => list.Neighbours.Count.ShouldBe(2), list => list.InWords.ShouldBe("the list of April 2009, the oldest that is loaded"));
        db.NeighboursOf(new(801), new(2016, 8, 31)).ShouldBeNull();
    }

    [SkippableTheory, Databases]
    public void A_newer_file_of_one_list_counts_and_one_taken_back_does_not(Database database)
    {
        using var store = TestStore.On(database);
        store.Load("one.csv", Lists("823,1,850,2014-09", "823,2,855,2014-09"));
        var newer = store.Load("two.csv", Lists("823,1,937,2014-09"));
        Codes().ShouldBe([937]);
        store.Desk().Withdraw(newer.Import.Id).ShouldBeNull();
        Codes().ShouldBe([850, 855]);
        store.Stage("three.csv", Lists("823,1,881,2014-09"));
        Codes().ShouldBe([850, 855]);

        int[] Codes()
        {
            using var db = store.Open();
            return [.. db.NeighboursOf(Own, new(2016, 8, 31))!.Neighbours.Select(code => code.Value)];
        }
    }

    [Theory]
    [InlineData("823,1,82A,2014-09", "neighbour_la_code", "This is not a local authority's code. It has three digits, for example 823.")]
    [InlineData("823,first,850,2014-09", "rank", "This is not a rank. Write 1 for the nearest neighbour, 2 for the next.")]
    [InlineData("823,1,850,September 2014", "list", "This does not say from when the list is used. Write the month, for example 2021-04.")]
    [InlineData("823,1,823,2014-09", "neighbour_la_code", "An authority is no neighbour of its own. Write the code of another.")]
    [InlineData("850,2,855,2014-09", "rank", "Line 2 names a neighbour of this rank already. Give each its own.")]
    public void A_list_that_cannot_be_right_is_refused_with_its_line(string row, string column, string sentence)
    {
        using var store = TestStore.On(Database.Sqlite);
        var outcome = store.Stage("neighbours.csv", Lists("850,2,937,2014-09", row));
        outcome.Refused.ShouldBeTrue();
        var fault = outcome.Notes.Single(note => note.Kind == NoteKind.Fault);
        (fault.Line, fault.Column, fault.Sentence).ShouldBe((3, column, sentence));
    }

    [SkippableFact]
    public void The_published_lists_are_read_as_they_are()
    {
        using var store = TestStore.On(Database.Sqlite);
        var outcome = store.LoadShared("lait_la_benchmarks/statistical_neighbours.csv");
        (outcome.Import.RowsRead, outcome.Import.RowsKept, outcome.Import.RowsListed).ShouldBe((3160, 3140, 20), "two new authorities had no neighbours in 2021");
        using var db = store.Open();
        db.NeighboursOf(Own, new(2024, 8, 31))!.Neighbours.Select(code => code.Value).ShouldBe([850, 855, 937, 803, 881, 895, 938, 867, 869, 919]);
        db.NeighboursOf(Own, new(2025, 8, 31))!.Neighbours.Select(code => code.Value).ShouldBe([825, 803, 873, 850, 865, 931, 938, 867, 869, 919]);
    }

    /// <summary>The benchmarks of one authority counted another way: from the lines of the file themselves.</summary>
    [SkippableFact]
    public void Neighbours_and_rank_are_those_of_the_published_benchmarks()
    {
        using var store = TestStore.On(Database.Sqlite);
        store.LoadShared("lait_la_benchmarks/statistical_neighbours.csv");
        var content = Unzipped("lait_la_benchmarks/lait_education_subset.csv.gz");
        store.Publish(store.Desk().Stage("lait_education_subset.csv", content));
        var published = System.Text.Encoding.UTF8.GetString(content).Split('\n').Select(line => line.Split(',')).Where(cells => cells.Length > 5 && cells[0] == "TotFixedEx" && cells[2] == "2022/23" && cells[4] != "-")
            .ToDictionary(cells => int.Parse(cells[5], CultureInfo.InvariantCulture), cells => double.Parse(cells[4], CultureInfo.InvariantCulture));
        using var db = store.Open();
        var cube = new Cube(db);
        var year = AcademicYear.FromCode(202223);
        var list = db.NeighboursOf(Own, year.LastDay)!;
        var mean = Benchmarks.Sum(cube, [db.BenchmarkAt(list.Place, year)!], [Suspensions], [year]).Single();
        mean.Value!.Value.ShouldBe(list.Neighbours.Average(code => published[code.Value]), 1e-9);
        (mean.Provenance, mean.Denominator, mean.Interval).ShouldBe((Provenance.PublishedAverages, null, null));

        var own = cube.Read([Suspensions], [year], [PlaceKey.Authority(Own)]).Single();
        var authorities = published.Where(entry => entry.Key < 970).ToList();
        var ranking = Benchmarks.Among(own, cube.ReadAuthorities([Suspensions], [year]))!;
        ranking.Rank.ShouldBe(1 + authorities.Count(entry => entry.Value < published[823]));
        ranking.Of.ShouldBe(authorities.Count);
        ranking.Quartile.ShouldBe((int)Math.Ceiling(4.0 * ranking.Rank / ranking.Of));
    }

    [SkippableTheory, Databases]
    public void Neighbours_with_counts_are_added_and_not_averaged(Database database)
    {
        using var store = TestStore.On(database);
        store.Load("neighbours.csv", Lists("823,1,850,2014-09", "823,2,855,2014-09", "823,3,937,2014-09"));
        store.Publish(1001, FigureStatus.Published, 5, (Authority(850), 50, 500, 1000), (Authority(855), 80, 80, 100));
        var sum = Neighbours(store);
        (sum.Value, sum.Numerator, sum.Denominator, sum.Provenance, sum.PartsNotShown).ShouldBe((100 * 580 / 1100.0, 580, 1100, Provenance.SumOfCounts, 1));
    }

    [SkippableTheory, Databases]
    public void Where_only_one_publishes_no_count_all_count_the_same(Database database)
    {
        using var store = TestStore.On(database);
        store.Load("neighbours.csv", Lists("823,1,850,2014-09", "823,2,855,2014-09"));
        store.Publish(1001, FigureStatus.Published, 5, (Authority(850), 50, 500, 1000), (Authority(855), 80, null, null));
        var mean = Neighbours(store);
        (mean.Value, mean.Denominator, mean.Provenance).ShouldBe((65, null, Provenance.PublishedAverages));
    }

    [Fact]
    public void Equal_authorities_share_the_better_rank_and_there_is_none_without_better_and_worse()
    {
        Figure Of(Measure measure, int code, double? value) => new(measure, Year, Authority(code), Catalogue.All, value, null, null, null, value is null ? Symbol.NotAvailable : Symbol.None, FigureStatus.Published, Provenance.Read, null, [], 0);
        Figure[] all = [Of(Suspensions, 823, 3), Of(Suspensions, 850, 2), Of(Suspensions, 855, 3), Of(Suspensions, 937, 9), Of(Suspensions, 881, null)];
        var ranking = Benchmarks.Among(all[0], all)!;
        (ranking.Rank, ranking.Of, ranking.Tied, ranking.Quartile).ShouldBe((2, 4, 1, 2));
        Benchmarks.Among(all[0], [all[0]]).ShouldBeNull();
        Benchmarks.Among(all[4], all).ShouldBeNull();
        var eal = Catalogue.Measure("pupils.eal");
        Benchmarks.Among(Of(eal, 823, 10), [Of(eal, 850, 20)]).ShouldBeNull("more or fewer such pupils is neither better nor worse");
        var score = Catalogue.Measure("ks2.reading.score");
        Benchmarks.Among(Of(score, 823, 103), [Of(score, 850, 104)]).ShouldBeNull("the publisher ranks no rounded scores");
    }

    [SkippableTheory, Databases]
    public void A_pyramid_is_its_schools_on_the_years_last_day_each_once(Database database)
    {
        using var store = TestStore.On(database);
        using (var db = store.Open())
        {
            db.AddRange(TestSchools.School(109501, "Ashton Lower School", Phase.Lower), TestSchools.School(109502, "Brook Middle School", Phase.Middle), TestSchools.School(140001, "Brook Academy", Phase.Middle), TestSchools.School(109503, "Crest Upper School", Phase.Upper));
            db.SaveChanges();
        }
        store.Load("links.csv", SchoolFiles.Links + "109502,140001,Brook Academy,Successor,31-08-2015\r\n140001,109502,Brook Middle School,Predecessor,\r\n");
        store.Load("pyramids.csv", "pyramid,feeder_urn,receiver_urn,from\r\nCrest,109501,109502,2010-09-01\r\nCrest,109502,109503,2010-09-01\r\nCrest,140001,109503,2015-09-01\r\n");
        using var open = store.Open();
        var beside = open.BenchmarksOf(PlaceKey.School(new(109501)), [new(109501)], Own, Year);
        var pyramid = beside.Single(benchmark => benchmark.Place.Kind == PlaceKind.Pyramid);
        pyramid.Name.ShouldBe("Crest");
        pyramid.Parts.Select(part => part.Number).ShouldBe([109501, 109503, 140001], ignoreOrder: true, "a school that converted is there once");
        beside.Select(benchmark => benchmark.Heading).ShouldBe(["Pyramid", "Authority", "England"]);
    }

    private static Figure Neighbours(TestStore store)
    {
        using var db = store.Open();
        return Benchmarks.Sum(new Cube(db), [db.BenchmarkAt(PlaceKey.NeighboursOf(Own), Year)!], [Rwm], [Year]).Single();
    }

    private static PlaceKey Authority(int code) => PlaceKey.Authority(new(code));

    private static string Lists(params string[] rows) => "la_code,rank,neighbour_la_code,list\r\n" + string.Concat(rows.Select(row => row + "\r\n"));

    private static byte[] Unzipped(string name)
    {
        using var file = System.IO.File.OpenRead(SharedData.File(name));
        using var zip = new System.IO.Compression.GZipStream(file, System.IO.Compression.CompressionMode.Decompress);
        using var content = new MemoryStream();
        zip.CopyTo(content);
        return content.ToArray();
    }
}
