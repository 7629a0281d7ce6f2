using System.Net;
using System.Text;
using Waymark.Evidence;
using Waymark.Field;
using Waymark.Schools;
using Waymark.Shared.Imports;
using Waymark.Tests.Schools;
using Waymark.Tests.Shared;
using Waymark.Tests.Shared.Imports;

namespace Waymark.Tests.Outcomes.Imports;

public sealed class LocalResultsTests
{
    private static readonly string Mixed = ResultFiles.Local(
        "900101,201516,phonics.y1,all,20,30,,provisional", "900101,201516,phonics.y1,girls,12,15,,provisional", "900101,201516,phonics.y1,boys,8,15,,provisional",
        "900102,201516,phonics.y1,all,3,4,,provisional", "900102,201516,phonics.y1,disadvantaged,,,z,checked",
        "900103,201516,ks2.reading.score,all,,28,104.25,final", "900103,201516,ks2.rwm.exp,all,,28,64.3,final", "900103,201516,pupils.headcount,all,,,210,checked");

    [SkippableTheory, Databases, Trait("attack", "D27")]
    public async Task What_was_exported_comes_back_as_it_left(Database database)
    {
        var first = await Exported(Mixed);
        var second = await Exported(Encoding.UTF8.GetString(first));
        second.ShouldBe(first);
        Encoding.UTF8.GetString(first).Split("\r\n").ShouldContain("900102,201516,phonics.y1,all,,,c,provisional", "four children are too few to show");

        async Task<byte[]> Exported(string text)
        {
            using var store = TestStore.On(database);
            var import = store.Load("local-results.csv", text).Import;
            await using var host = await WaymarkHost.Serving(store);
            using var visitor = host.NewVisitor(RoleKind.Officer);
            var answer = await visitor.Get($"/imports/{import.Id}/local-results.csv");
            answer.Status.ShouldBe(HttpStatusCode.OK);
            return answer.Content;
        }
    }

    [Theory]
    [InlineData("9")]
    [InlineData("0")]
    [InlineData("2.5")]
    public void A_grade_that_there_is_not_is_refused_in_our_own_file_and_listed_in_a_published_one(string grade)
    {
        using var store = TestStore.On(Database.Sqlite);
        var own = store.Stage("local-results.csv", ResultFiles.Local($"900101,201516,inspection.overall,all,,,{grade},final"));
        own.Refused.ShouldBeTrue();
        own.Notes.Select(note => note.ToString()).ShouldBe([$"line 2, column value ('{grade}'): This is not a grade; grades are whole numbers from 1 to 4."]);
        var published = store.Load("ofsted_2016.csv", $"URN,Inspection date,Overall effectiveness\n900101,2016-01-01,{grade}\n900102,2016-01-01,4\n");
        (published.Import.RowsRead, published.Import.RowsListed, published.Import.FiguresNew).ShouldBe((2, 1, 1));
        published.Notes.ShouldContain(note => note.Kind == NoteKind.RowListed && note.Line == 2 && note.Sentence == "this is not a grade; grades are whole numbers from 1 to 4");
    }

    [SkippableTheory, Databases]
    public void Final_results_supersede_provisional_ones_and_provisional_ones_never_supersede_final_ones(Database database)
    {
        using var store = TestStore.On(database);
        store.Load("july.csv", ResultFiles.Local("900101,201516,phonics.y1,all,20,30,,provisional"));
        Read().ShouldBe((20, FigureStatus.Provisional));
        store.Load("october.csv", ResultFiles.Local("900101,201516,phonics.y1,all,22,30,,final")).Import.FiguresChanged.ShouldBe(1);
        Read().ShouldBe((22, FigureStatus.Final));
        store.Load("late.csv", ResultFiles.Local("900101,201516,phonics.y1,all,19,30,,checked")).Import.FiguresChanged.ShouldBe(0);
        Read().ShouldBe((22, FigureStatus.Final));

        (double?, FigureStatus) Read()
        {
            using var db = store.Open();
            var figure = new Cube(db).Read([Catalogue.Measure("phonics.y1")], [AcademicYear.Ending(2016)], [PlaceKey.School(new(900101))]).Single();
            return (figure.Numerator, figure.Status);
        }
    }

    [Fact]
    public void A_workbook_with_the_same_columns_is_read_as_the_file_is()
    {
        using var store = TestStore.On(Database.Sqlite);
        var rows = Mixed.TrimEnd().Split('\n').Select(line => line.Split(',')).ToArray();
        var outcome = store.Publish(store.Desk().Stage("local-results.xlsx", Workbooks.Of(rows)));
        (outcome.Import.Format, outcome.Import.RowsKept, outcome.Import.FiguresNew).ShouldBe(("local-results", 8, 8));
    }

    [Theory]
    [InlineData("1.09428E+05,201516,phonics.y1,all,20,30,,final", "urn", "1.09428E+05", "This is not a URN; a URN has six digits.")]
    [InlineData("10942,201516,phonics.y1,all,20,30,,final", "urn", "10942", "This is not a URN; a URN has six digits.")]
    [InlineData("900101,2016-13,phonics.y1,all,20,30,,final", "year", "2016-13", "This is not an academic year; write it as six digits, for example 201718.")]
    [InlineData("900101,201516,phonics,all,20,30,,final", "measure", "phonics", "The catalogue has no such measure.")]
    [InlineData("900101,201516,phonics.y1,everybody,20,30,,final", "group", "everybody", "The catalogue has no such group of pupils.")]
    [InlineData("900101,201516,phonics.y1,all,31,30,,final", "numerator", "31", "31 of 30 cannot be right: the numerator is larger than the denominator.")]
    [InlineData("900101,201516,phonics.y1,all,-1,30,,final", "numerator", "-1", "A number of children is never negative.")]
    [InlineData("900101,201516,phonics.y1,all,twenty,30,,final", "numerator", "twenty", "This is neither a number nor a known code such as SUPP, NE or z.")]
    [InlineData("900101,201516,phonics.y1,all,20,30,,secret", "status", "secret", "This is not a status; write provisional, checked or final.")]
    public void A_cell_that_cannot_be_right_is_named_and_the_whole_file_refused(string row, string column, string value, string sentence)
    {
        using var store = TestStore.On(Database.Sqlite);
        var outcome = store.Stage("local-results.csv", ResultFiles.Local("900102,201516,phonics.y1,all,20,30,,final", row));
        outcome.Refused.ShouldBeTrue();
        var note = outcome.Notes.Single(note => note.Kind == NoteKind.Fault);
        (note.Line, note.Column, note.Value, note.Sentence).ShouldBe((3, column, value, sentence));
        using var db = store.Open();
        (db.Imports.Count(), db.Figures.Count()).ShouldBe((0, 0));
    }

    [Fact]
    public void Two_lines_that_disagree_about_one_school_are_a_fault()
    {
        using var store = TestStore.On(Database.Sqlite);
        store.Stage("local-results.csv", ResultFiles.Local("900101,201516,phonics.y1,all,20,30,,final", "900101,201516,phonics.y1,all,21,30,,final"))
            .Notes.Single(note => note.Kind == NoteKind.Fault).ToString().ShouldBe("line 3: This line gives phonics.y1 for all again, and line 2 says something else. Keep the right one.");
    }

    [Fact, Trait("attack", "D16")]
    public void A_column_that_stands_twice_is_refused()
    {
        using var store = TestStore.On(Database.Sqlite);
        store.Stage("local-results.csv", "urn,year,measure,group,numerator,denominator,status,Numerator\n900101,201516,phonics.y1,all,20,30,final,21\n")
            .Notes.Single(note => note.Kind == NoteKind.Fault).ToString().ShouldBe("line 1, column numerator: Two columns have this name, and nobody can tell which is meant. Rename or remove one.");
    }

    [Fact]
    public void A_thousand_extra_columns_are_listed_and_change_nothing()
    {
        using var store = TestStore.On(Database.Sqlite);
        var extra = string.Concat(Enumerable.Range(0, 1_500).Select(i => $",extra{i}"));
        var outcome = store.Load("local-results.csv", $"urn,year,measure,group,numerator,denominator,status{extra}\n900101,201516,phonics.y1,all,20,30,final{string.Concat(Enumerable.Repeat(",1", 1_500))}\n");
        outcome.Import.FiguresNew.ShouldBe(1);
        outcome.Notes.Count(note => note.Kind == NoteKind.ColumnUnknown).ShouldBe(1_001, "a thousand are named, the rest counted");
    }

    [Fact]
    public void A_row_with_fewer_cells_than_the_header_is_a_fault()
    {
        using var store = TestStore.On(Database.Sqlite);
        store.Stage("local-results.csv", "urn,year,measure,group,numerator,denominator,status\n900101,201516,phonics.y1,all,20,30,final\n900102,2015\n")
            .Notes.Single(note => note.Kind == NoteKind.Fault).ToString().ShouldBe("line 3: It has 2 cells where the header has 7; the file may break off here.");
    }

    [Theory, Trait("attack", "D20")]
    [InlineData("42005")]
    [InlineData("31/02/2015")]
    [InlineData("29/02/2015")]
    [InlineData("1900-02-29")]
    [InlineData("02.03.2015")]
    [InlineData("2/3/2015")]
    [InlineData("03/13/2015")]
    public void A_day_that_is_none_is_a_fault_of_its_row(string day)
    {
        using var store = TestStore.On(Database.Sqlite);
        var register = ResultFiles.Register(900_101).Replace("01-09-1970", day, StringComparison.Ordinal);
        var fault = store.Stage("edubasealldata20160905.csv", register).Notes.Single(note => note.Kind == NoteKind.Fault);
        (fault.Line, fault.Column, fault.Value, fault.Sentence).ShouldBe((2, "OpenDate", day, "This is not a date. Write it as 31-08-2016 or 2016-08-31."));
    }

    [Theory, Trait("attack", "D20")]
    [InlineData("02/03/2015", "2015-03-02")]
    [InlineData("02-03-2015", "2015-03-02")]
    [InlineData("2015-03-02", "2015-03-02")]
    [InlineData("29/02/2016", "2016-02-29")]
    public void A_day_is_written_day_first_or_year_first(string written, string day)
    {
        using var store = TestStore.On(Database.Sqlite);
        store.Load("edubasealldata20160905.csv", ResultFiles.Register(900_101).Replace("01-09-1970", written, StringComparison.Ordinal));
        using var db = store.Open();
        db.Schools.Single().OpenedOn.ShouldBe(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture));
    }

    [SkippableTheory, Databases]
    public void A_result_about_nobody_knows_how_many_is_held_back(Database database)
    {
        using var store = TestStore.On(database);
        var outcome = store.Load("local-results.csv", ResultFiles.Local(
            "900101,201516,ks2.reading.score,girls,,,104.25,final", "900101,201516,phonics.y1,all,,,80%,final", "900101,201516,absence.overall,all,,,4.3,final", "900101,201516,absence.overall,girls,,,4.1,final",
            "900101,201516,pupils.headcount,all,,,210,final", "900101,201516,pupils.headcount,girls,,,4,final"));
        using var db = store.Open();
        db.Figures.AsEnumerable().Where(figure => figure.Value is not null).Select(figure => Catalogue.Measure(figure.Measure).Code).ShouldBe(["absence.overall", "pupils.headcount"], ignoreOrder: true);
        outcome.Notes.ShouldContain(note => note.Sentence.StartsWith("3 figures are held back, because nobody says how many pupils they are about.", StringComparison.Ordinal));
        outcome.Notes.ShouldContain(note => note.Sentence.StartsWith("1 figure is held back.", StringComparison.Ordinal));
    }
}
