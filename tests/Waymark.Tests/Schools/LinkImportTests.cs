using Waymark.Field;
using Waymark.Schools;
using Waymark.Shared.Imports;
using Waymark.Tests.Shared;

namespace Waymark.Tests.Schools;

public sealed class LinkImportTests
{
    private static readonly SchoolUrn Old = new(900101), Academy = new(900201);

    [SkippableTheory, Databases]
    public void A_conversion_makes_one_line_and_taking_it_back_unmakes_it(Database database)
    {
        using var store = TestStore.On(database);
        var links = store.Load("links.csv", SchoolFiles.Links + "900101,900201,Ashdown Academy,Successor,31-08-2014\r\n900201,900101,Ashdown Lower School,Predecessor,\r\n");
        using (var db = store.Open())
        {
            db.LineOf(Academy).ShouldBe([Old, Academy]);
            var lines = db.LinesOf([Old, Academy, new(900999)]);
            lines[Old].ShouldBe([Old, Academy]);
            lines[new(900999)].ShouldBe([new SchoolUrn(900999)]);
        }
        store.Desk().Withdraw(links.Import.Id).ShouldBeNull();
        using var after = store.Open();
        after.LineOf(Academy).ShouldBe([Academy]);
    }

    [SkippableTheory, Databases]
    public void A_newer_file_of_links_corrects_an_older_one(Database database)
    {
        using var store = TestStore.On(database);
        store.Load("links.csv", SchoolFiles.Links + "900101,900201,Ashdown Academy,Successor,31-08-2014\r\n");
        store.Load("links2.csv", SchoolFiles.Links + "900101,900201,Ashdown Academy,Successor - merged,31-08-2014\r\n");
        using var db = store.Open();
        db.LineOf(Academy).ShouldBe([Academy]);
    }

    [Fact]
    public void A_zero_stands_for_no_school_and_an_unknown_kind_joins_nothing()
    {
        using var store = TestStore.On(Database.Sqlite);
        var import = store.Load("links.csv", SchoolFiles.Links + "900101,0,,Successor,\r\n900101,900201,Ashdown Academy,Shared caretaker,\r\n").Import;
        (import.RowsKept, import.RowsListed).ShouldBe((1, 1));
        using var db = store.Open();
        db.SchoolLinks.Single().Kind.ShouldBe(LinkKind.Other);
        db.SchoolLines.ShouldBeEmpty();
    }

    [SkippableFact]
    public void The_links_of_the_whole_nation_make_lines_through_conversions_only()
    {
        using var store = TestStore.On(Database.Sqlite);
        var import = store.LoadShared("gias_links_2025/links_edubasealldata20250422.csv.gz").Import;
        (import.RowsRead, import.RowsKept, import.RowsListed).ShouldBe((33_801, 33_801, 0));
        using var db = store.Open();
        db.LineOf(new(109447)).Select(urn => urn.Value).ShouldBe([109447, 136539], "Eaton Bray converted");
        db.LineOf(new(109519)).Count.ShouldBe(1, "Caddington has two predecessors");
        db.SchoolLines.GroupBy(line => line.Line).Count().ShouldBe(11_257);
    }
}
