using System.Text;
using System.Text.Json;
using Waymark.Shared.Imports;
using Waymark.Tests.Schools;

namespace Waymark.Tests.Shared.Imports;

/// <summary>What a text file may be like, and what is refused with a sentence.</summary>
public sealed class TextFileTests
{
    [SkippableFact, Trait("attack", "D15")]
    public void The_public_collections_of_CSV_files_are_read_as_they_say()
    {
        var compared = 0;
        foreach (var path in Corpora.Files("csv-spectrum/csvs", "*.csv").Concat(Corpora.Files("csv-test-data/csv", "*.csv")))
        {
            var json = Path.Combine(Path.GetDirectoryName(Path.GetDirectoryName(path))!, "json", Path.GetFileNameWithoutExtension(path) + ".json");
            if (!File.Exists(json)) continue;
            if (Path.GetFileName(path) == "all-empty.csv")
            {
                Refused("all-empty.csv", File.ReadAllBytes(path)).ShouldBe("all-empty.csv has no rows. Its first line should name the columns.");
                continue;
            }
            var file = TabularFile.Open(Path.GetFileName(path), File.ReadAllBytes(path));
            var rows = Rows(file);
            var root = JsonDocument.Parse(File.ReadAllText(json)).RootElement;
            var lists = root.ValueKind == JsonValueKind.Array ? [.. root.EnumerateArray()] : new List<JsonElement> { root };
            var expected = lists.Select(row => row.ValueKind == JsonValueKind.Array
                // Blanks around a cell are no part of it: national files pad their cells.
                ? row.EnumerateArray().Select(cell => cell.GetString()!.Trim(' ')).ToArray()
                : row.EnumerateObject().Select(cell => cell.Value.GetString()!.Trim(' ')).ToArray()).ToList();
            if (lists.FirstOrDefault().ValueKind == JsonValueKind.Array) rows.Insert(0, [.. file.Header]);
            rows.Count.ShouldBe(expected.Count, path);
            // That collection's file and its JSON name different telephone numbers.
            var from = Path.GetFileName(path) == "location_coordinates.csv" ? 1 : 0;
            for (var i = 0; i < rows.Count; i++) rows[i][from..].ShouldBe(expected[i][from..], path);
            compared++;
        }
        compared.ShouldBeGreaterThanOrEqualTo(26);
    }

    [SkippableTheory, Trait("attack", "D15")]
    [InlineData("bad-missing-quote.csv", "line 2: a quotation mark")]
    [InlineData("bad-quotes-with-unescaped-quote.csv", "line 2: a quotation mark")]
    [InlineData("bad-unescaped-quote.csv", "line 2: a quotation mark")]
    public void Broken_quotation_marks_are_refused_with_their_line(string file, string sentence) =>
        Refused(file, File.ReadAllBytes(Corpora.File($"csv-test-data/csv/{file}"))).ShouldContain(sentence);

    [SkippableFact, Trait("attack", "D15")]
    public void A_row_with_more_or_fewer_cells_than_the_header_is_known()
    {
        Refused("less.csv", File.ReadAllBytes(Corpora.File("csv-test-data/csv/bad-header-less-fields.csv"))).ShouldBe("less.csv, line 2: the file breaks off here, after 2 of 3 cells and without a line end. Download it again.");
        TabularFile.Open("more.csv", File.ReadAllBytes(Corpora.File("csv-test-data/csv/bad-header-more-fields.csv"))).Rows().Select(row => row.IsRagged).ShouldBe([true]);
    }

    public static TheoryData<string, byte[]> Encodings()
    {
        const string text = "URN,Name\r\n109428,O'Neill\r\n109429,Zoë\r\n";
        static byte[] With(Encoding encoding, string words) => [.. encoding.GetPreamble(), .. encoding.GetBytes(words)];
        return new()
        {
            { "UTF-8", new UTF8Encoding(false).GetBytes(text) },
            { "UTF-8 with its mark", With(Encoding.UTF8, text) },
            { "UTF-16", With(Encoding.Unicode, text) },
            { "UTF-16, the other way round", With(Encoding.BigEndianUnicode, text) },
            { "Windows-1252", CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetBytes(text) },
            { "line feeds", Encoding.UTF8.GetBytes(text.Replace("\r\n", "\n", StringComparison.Ordinal)) },
            { "carriage returns alone", Encoding.UTF8.GetBytes(text.Replace("\r\n", "\r", StringComparison.Ordinal)) },
            { "semicolons", Encoding.UTF8.GetBytes(text.Replace(',', ';')) },
            { "tabs", Encoding.UTF8.GetBytes(text.Replace(',', '\t')) },
            { "no line end at its end", Encoding.UTF8.GetBytes(text.TrimEnd()) },
        };
    }

    [Theory, MemberData(nameof(Encodings)), Trait("attack", "D16")]
    public void Names_come_out_right_whatever_the_file_is_written_in(string what, byte[] content)
    {
        var file = TabularFile.Open("schools.csv", content);
        file.Header.ShouldBe(["URN", "Name"], what);
        Rows(file).ShouldBe([["109428", "O'Neill"], ["109429", "Zoë"]], what);
    }

    [Fact]
    public void A_title_above_the_names_of_the_columns_is_passed_over_and_said()
    {
        var file = TabularFile.Open("return.csv", "Early years return 2016\n\n,,as of July,\nURN,Name,Cohort,GLD\n109428,Ash,30,21\n"u8.ToArray());
        file.Header.ShouldBe(["URN", "Name", "Cohort", "GLD"]);
        Rows(file).ShouldBe([["109428", "Ash", "30", "21"]]);
        file.Rows().Select(row => row.Line).ShouldBe([5]);
        file.Remark.ShouldBe("What stands above the names of the columns was not read (2 rows).");
        TabularFile.Open("one.csv", "URN\n109428\n109429\n"u8.ToArray()).ShouldSatisfyAllConditions(one => one.Header.ShouldBe(["URN"]), one => one.Rows().Count().ShouldBe(2), one => one.Remark.ShouldBeNull());
    }

    public static TheoryData<string, byte[], string> NoTables() => new()
    {
        { "nothing", [], "schools.csv is empty. Download it again and check that it has a header row." },
        { "only blanks", "\r\n\r\n"u8.ToArray(), "schools.csv has no rows. Its first line should name the columns." },
        { "UTF-16 without its mark", Encoding.Unicode.GetBytes("URN,Name\r\n109428,Ash\r\n"), "schools.csv, line 1: a NUL byte stands here, so this is not a text file, or its encoding is not what it says. Save it as CSV UTF-8 and try again." },
        { "a NUL on line 3", "URN,Name\r\n109428,Ash\r\n109429,A\0h\r\n"u8.ToArray(), "schools.csv, line 3: a NUL byte stands here, so this is not a text file, or its encoding is not what it says. Save it as CSV UTF-8 and try again." },
        { "a mark of UTF-8 that lies", [0xEF, 0xBB, 0xBF, .. "URN,Name\n109428,"u8, 0xE9, .. "\n"u8], "schools.csv, line 2: the letters here are not UTF-8, so names would come out wrong. Open the file where it came from and save it as CSV UTF-8." },
        { "letters of nobody", [.. "URN,Name\n109428,Zo"u8, 0x81, .. "\n"u8], "schools.csv, line 2: the letters here are not UTF-8 or Windows-1252, so names would come out wrong. Open the file where it came from and save it as CSV UTF-8." },
        { "half a letter of UTF-16", [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("URN\n"), 0x41], "schools.csv, line 1: the letters here are not UTF-16, so names would come out wrong. Open the file where it came from and save it as CSV UTF-8." },
        { "a web page", "<!DOCTYPE html><html><body>Sign in</body></html>"u8.ToArray(), "schools.csv is a web page or XML, not a table. The download may have failed and given an error page instead. Download the CSV file again." },
        { "JSON", "{\"urn\": 109428}"u8.ToArray(), "schools.csv is JSON, not a table. Choose the CSV or .xlsx file." },
        { "a PDF", "%PDF-1.7\n"u8.ToArray(), "schools.csv is a PDF. Find the data file it was made from: CSV or .xlsx." },
        { "a picture that is also a script", "GIF89a/*<script>*/=1"u8.ToArray(), "schools.csv is a picture. Choose the CSV or .xlsx file." },
        { "an old workbook", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], "schools.csv is an old Excel workbook (.xls) or one with a password. Open it, take the password off and save it as .xlsx or CSV UTF-8." },
        { "a program", "MZ\u0090"u8.ToArray(), "schools.csv is a program. Choose the CSV or .xlsx file." },
        { "half a gzip", [0x1F, 0x8B, 8, 0, 1, 2], "schools.csv is a damaged gzip file, or only half of one. Download it again." },
    };

    [Theory, MemberData(nameof(NoTables)), Trait("attack", "D16"), Trait("attack", "D22")]
    public void What_is_no_table_is_refused_by_what_is_in_it(string what, byte[] content, string sentence) => Refused("schools.csv", content).ShouldBe(sentence, what);

    [Theory, Trait("attack", "D22")]
    [InlineData("%PDF-1.7\n", "results.xlsx is a PDF. Find the data file it was made from: CSV or .xlsx.")]
    [InlineData("<html><b>no</b></html>", "results.xlsx is a web page or XML, not a table. The download may have failed and given an error page instead. Download the CSV file again.")]
    public void A_name_that_lies_changes_nothing(string content, string sentence) => Refused("results.xlsx", Encoding.UTF8.GetBytes(content)).ShouldBe(sentence);

    [Fact, Trait("attack", "D17")]
    public void A_quotation_mark_that_is_never_closed_is_told_where_it_opens()
    {
        var text = "URN,Name\n109428,\"Ash\n" + string.Concat(Enumerable.Range(0, 2_000).Select(i => $"{110_000 + i},School {i}\n"));
        Refused("schools.csv", Encoding.UTF8.GetBytes(text)).ShouldStartWith("schools.csv, line 2: a quotation mark (\") opens a cell here and is not closed where the cell ends.");
    }

    [Fact, Trait("attack", "D18")]
    public void Too_many_columns_are_refused() =>
        Refused("wide.csv", Encoding.UTF8.GetBytes(string.Join(',', Enumerable.Range(0, 100_000).Select(i => "c" + i)) + "\n1\n"))
            .ShouldBe("wide.csv has 100,000 columns. No known file has more than 5,000; check what was exported.");

    [Fact, Trait("attack", "D18")]
    public void A_cell_of_ten_megabytes_is_refused() =>
        Refused("long.csv", Encoding.UTF8.GetBytes("URN,Name\n109428," + new string('a', 10 * 1024 * 1024) + "\n"))
            .ShouldStartWith("long.csv, line 2: this row is longer than 1,024 KB, so it is no row of a table.");

    [Fact, Trait("attack", "D18")]
    public void More_than_five_million_rows_are_refused()
    {
        var content = new byte[2 + 2 * (TabularFile.MaxRows + 1)];
        for (var i = 0; i < content.Length; i += 2) (content[i], content[i + 1]) = ((byte)'1', (byte)'\n');
        Refused("tall.csv", content).ShouldBe("tall.csv has more than 5,000,000 rows. Split it and import the parts.");
    }

    [Fact, Trait("attack", "D18")]
    public void A_small_gzip_that_unpacks_to_hundreds_of_megabytes_is_refused()
    {
        using var bomb = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(bomb, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true))
            for (var i = 0; i < 512; i++) gzip.Write(new byte[1024 * 1024]);
        Refused("bomb.csv.gz", bomb.ToArray()).ShouldBe("bomb.csv.gz unpacks to more than 256 MB, far more than a table of this kind holds. Unpack it yourself and look inside.");
    }

    /// <summary>Wherever a download breaks off, nothing of it is kept: cut anywhere but within the last cell of a row.</summary>
    [Fact]
    public void Half_a_file_is_refused_where_it_breaks_off()
    {
        var text = Encoding.UTF8.GetBytes("URN,Inspection date,Overall effectiveness\n" + string.Concat(Enumerable.Range(0, 50).Select(i => $"{900_100 + i},2016-01-01,2\n")));
        Refused("half.csv", text[..^15]).ShouldBe("half.csv, line 51: the file breaks off here, after 1 of 3 cells and without a line end. Download it again.");
        using var packed = new MemoryStream();
        using (var gzip = new System.IO.Compression.GZipStream(packed, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(text);
        for (var length = 20; length < packed.Length; length += 7)
            Refused("half.csv.gz", packed.ToArray()[..length]).ShouldBe("half.csv.gz is a damaged gzip file, or only half of one. Download it again.");
        TabularFile.Open("whole.csv.gz", packed.ToArray()).Rows().Count().ShouldBe(50);
        var workbook = Workbooks.Of(["urn"], ["109428"]);
        Refused("half.xlsx", workbook[..(workbook.Length / 2)]).ShouldBe("half.xlsx is a damaged Excel workbook or ZIP archive, or only half of one. Download it again, or save it again as .xlsx or CSV UTF-8.");
    }

    [Fact]
    public void An_unknown_table_is_refused_with_its_columns_and_what_is_known()
    {
        using var store = TestStore.On(Database.Sqlite);
        var refused = Should.Throw<UnknownTableException>(() => store.Stage("ecoles.csv", "UAI,Nom,Commune\n0010001W,École Ste-Marie,Bourg\n"));
        refused.Message.ShouldStartWith("ecoles.csv, line 1: no known file has these columns: UAI, Nom, Commune. Known are ");
        using var db = store.Open();
        db.Imports.Count().ShouldBe(0);
    }

    [Fact]
    public void A_known_header_with_nothing_below_it_is_refused()
    {
        using var store = TestStore.On(Database.Sqlite);
        Should.Throw<ImportRefusedException>(() => store.Stage("edubasealldata20160905.csv", SchoolFiles.Register()))
            .Message.ShouldBe("edubasealldata20160905.csv has a header row but nothing below it. Check that the download finished.");
    }

    private static List<string[]> Rows(TabularFile file) => [.. file.Rows().Select(row => Enumerable.Range(0, row.FieldCount).Select(row.Text).ToArray())];

    internal static string Refused(string name, byte[] content) => Should.Throw<ImportRefusedException>(() =>
    {
        foreach (var row in TabularFile.Open(name, content).Rows()) _ = row.IsBlank;
    }).Message;
}
