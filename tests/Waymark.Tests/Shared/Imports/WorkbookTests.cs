using System.IO.Compression;
using System.Text;
using Waymark.Shared.Imports;

namespace Waymark.Tests.Shared.Imports;

/// <summary>Excel workbooks, honest and hostile.</summary>
public sealed class WorkbookTests
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    [Fact]
    public void A_cell_is_read_as_a_person_sees_it()
    {
        var file = TabularFile.Open("results.xlsx", Workbooks.Of(["urn", "share", "day", "score"], ["109428", "%0.625", "@42614", "104.2"], ["", "%0.8235294117647058", "@42614.75", "42614"]));
        file.Header.ShouldBe(["urn", "share", "day", "score"]);
        Rows(file).ShouldBe([["109428", "62.5%", "2016-09-01", "104.2"], ["", "82.35294118%", "2016-09-01", "42614"]]);
    }

    [Fact, Trait("attack", "D22")]
    public void A_workbook_that_is_called_CSV_says_so() =>
        TextFileTests.Refused("results.csv", Workbooks.Of(["urn"], ["109428"])).ShouldBe("results.csv is an Excel workbook, not a text file. Rename it to end in .xlsx, or open it and save it as CSV UTF-8.");

    [Fact, Trait("attack", "D05")]
    public void A_sheet_that_inflates_to_hundreds_of_megabytes_is_refused_before_it_is_held()
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in Workbooks.Parts("").Where(part => part.Key != "xl/worksheets/sheet1.xml"))
                using (var part = archive.CreateEntry(name).Open()) part.Write(Encoding.UTF8.GetBytes(content));
            using var sheet = archive.CreateEntry("xl/worksheets/sheet1.xml", CompressionLevel.Fastest).Open();
            sheet.Write(Encoding.UTF8.GetBytes($"<worksheet xmlns=\"{Main}\"><sheetData>"));
            var blanks = Encoding.UTF8.GetBytes(new string(' ', 1024 * 1024));
            for (var i = 0; i < 512; i++) sheet.Write(blanks);
        }
        var before = GC.GetAllocatedBytesForCurrentThread();
        TextFileTests.Refused("bomb.xlsx", bytes.ToArray()).ShouldBe("bomb.xlsx cannot be read as an Excel workbook: it unpacks to far more than a table of this kind holds. Open it in Excel or LibreOffice, save it again as .xlsx or CSV UTF-8 and try again.");
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(64L * 1024 * 1024, "it is refused as it is read");
    }

    [Theory, Trait("attack", "D06"), Trait("attack", "D07"), Trait("attack", "D09")]
    [InlineData("<row r=\"1\"><c r=\"ZZZZZZ1048577\"><v>1</v></c></row>", "cell ZZZZZZ104857 lies beyond what a sheet holds")]
    [InlineData("<row r=\"4294967295\"><c><v>1</v></c></row>", "it is damaged")]
    [InlineData("<row r=\"1048577\"><c><v>1</v></c></row>", "its rows are numbered beyond what a sheet holds")]
    [InlineData("<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>", "there is a gap of thousands of empty rows before row 1048576")]
    [InlineData("<row r=\"2\"/><row r=\"1\"/>", "its rows are numbered beyond what a sheet holds")]
    [InlineData("<row r=\"1\"><c r=\"B1\"><v>1</v></c><c r=\"A1\"><v>1</v></c></row>", "the cells of row 1 are out of order")]
    [InlineData("<row r=\"1\"><c t=\"s\"><v>9999999</v></c></row>", "row 1 points at a text that is not there")]
    [InlineData("<row r=\"1\"><c t=\"s\"><v>-1</v></c></row>", "row 1 points at a text that is not there")]
    [InlineData("<row r=\"1\"><c t=\"s\"><v>99999999999999999999</v></c></row>", "row 1 points at a text that is not there")]
    public void A_cell_that_no_sheet_has_is_refused(string rows, string why) =>
        TextFileTests.Refused("odd.xlsx", Workbooks.Zip(Workbooks.Parts($"<worksheet xmlns=\"{Main}\"><sheetData>{rows}</sheetData></worksheet>"))).ShouldContain(why);

    [Theory, Trait("attack", "D08"), Trait("attack", "D02")]
    [InlineData("xl/sharedStrings.xml", "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><sst><si><t>&a;</t></si></sst>")]
    [InlineData("xl/worksheets/sheet1.xml", "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]><worksheet><sheetData><row><c><v>&b;</v></c></row></sheetData></worksheet>")]
    [InlineData("xl/workbook.xml", "<!DOCTYPE x SYSTEM \"http://127.0.0.1:9/x.dtd\"><workbook/>")]
    [InlineData("xl/styles.xml", "<!DOCTYPE x [<!ENTITY % p SYSTEM \"http://127.0.0.1:9/\"> %p;]><styleSheet/>")]
    public void A_document_type_is_refused_wherever_it_stands(string part, string content)
    {
        var parts = Workbooks.Parts(Workbooks.Sheet(["urn"], ["109428"]));
        parts[part] = content;
        TextFileTests.Refused("xxe.xlsx", Workbooks.Zip(parts)).ShouldContain("it is damaged");
    }

    [Fact, Trait("attack", "D10")]
    public void Only_the_first_visible_sheet_is_read()
    {
        var parts = Workbooks.Parts(Workbooks.Sheet(["secret"], ["1"]), sheets: """<sheet name="Hidden" sheetId="1" state="veryHidden" r:id="rId1"/><sheet name="Results" sheetId="2" r:id="rId2"/>""");
        parts["xl/worksheets/sheet2.xml"] = $"""<worksheet xmlns="{Main}"><sheetData><row r="1"><c r="A1" t="str"><f>"u"&amp;"rn"</f><v>urn</v></c></row><row r="2"><c r="A2"><f>SUM('http://127.0.0.1/[x.xlsx]S'!A1)</f><v>109428</v></c></row></sheetData></worksheet>""";
        var file = TabularFile.Open("results.xlsx", Workbooks.Zip(parts));
        file.Header.ShouldBe(["urn"]);
        Rows(file).ShouldBe([["109428"]], "a formula counts with its last saved value");
        file.Remark.ShouldBe("Only the sheet ‘Results’ was read. Not read: ‘Hidden’ (hidden).");
        TabularFile.Open("one.xlsx", Workbooks.Of(["urn"], ["109428"])).Remark.ShouldBeNull();
    }

    [Fact, Trait("attack", "D10")]
    public void A_workbook_with_a_macro_or_without_a_visible_sheet_is_refused()
    {
        var parts = Workbooks.Parts(Workbooks.Sheet(["urn"], ["109428"]));
        parts["xl/vbaProject.bin"] = "macro";
        TextFileTests.Refused("macro.xlsx", Workbooks.Zip(parts)).ShouldContain("it carries a macro. Save it as .xlsx without macros");
        TextFileTests.Refused("hidden.xlsx", Workbooks.Zip(Workbooks.Parts(Workbooks.Sheet(["urn"]), sheets: """<sheet name="H" sheetId="1" state="hidden" r:id="rId1"/>"""))).ShouldContain("it has no visible sheet");
    }

    [SkippableFact, Trait("attack", "D11")]
    public void Workbooks_that_crashed_others_are_read_or_refused_with_a_sentence()
    {
        var files = Corpora.Files("xlsx-hostile").Concat(Corpora.Files("xlsx-odd", "*.xls*")).Where(path => path.EndsWith(".xls", StringComparison.Ordinal) || path.EndsWith(".xlsx", StringComparison.Ordinal)).ToList();
        files.Count.ShouldBeGreaterThan(20);
        foreach (var path in files) ReadOrRefused(path);
    }

    [Theory, Trait("attack", "D12")]
    [InlineData("../../evil.csv")]
    [InlineData("/etc/evil.csv")]
    [InlineData("C:\\evil.csv")]
    [InlineData("..\\evil.csv")]
    public void A_ZIP_is_never_unpacked(string name) =>
        TextFileTests.Refused("files.zip", Workbooks.Zip([KeyValuePair.Create(name, "urn\n109428\n")])).ShouldBe("files.zip is a ZIP archive. Unpack it and import the CSV files in it one by one.");

    [Theory, Trait("attack", "D12")]
    [InlineData("files.zip", "is a ZIP archive. Unpack it")]
    [InlineData("results.xlsx", "its sheet is missing")]
    public void A_link_in_a_ZIP_leads_nowhere(string name, string why)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            if (name.EndsWith("xlsx", StringComparison.Ordinal))
                foreach (var (part, content) in Workbooks.Parts("").Where(part => part.Key != "xl/worksheets/sheet1.xml"))
                    using (var entry = archive.CreateEntry(part).Open()) entry.Write(Encoding.UTF8.GetBytes(content));
            var link = archive.CreateEntry("xl/worksheets/link");
            link.ExternalAttributes = unchecked((int)0xA1FF0000); // a symbolic link
            using (var entry = link.Open()) entry.Write("/etc/passwd"u8);
        }
        TextFileTests.Refused(name, bytes.ToArray()).ShouldContain(why);
    }

    [Fact, Trait("attack", "D12")]
    public void A_workbook_with_a_way_out_in_its_names_is_read_from_its_own_parts_only()
    {
        var parts = Workbooks.Parts(Workbooks.Sheet(["urn"], ["109428"]));
        parts["xl/_rels/workbook.xml.rels"] = """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="t" Target="../../../../etc/passwd"/></Relationships>""";
        TextFileTests.Refused("out.xlsx", Workbooks.Zip(parts)).ShouldContain("its sheet is missing");
    }

    [Fact, Trait("attack", "D13")]
    public void A_part_that_lies_about_its_size_is_refused_and_never_cut_short()
    {
        // 100 bytes it says, 64 MiB it is; .NET alone would read the first hundred and call it the whole.
        var rows = string.Concat(Enumerable.Range(1, 5_000).Select(i => $"<row r=\"{i}\"><c r=\"A{i}\"><v>{110_000 + i}</v></c></row>{new string(' ', 13_400)}"));
        var sheet = $"<worksheet xmlns=\"{Main}\"><sheetData>{rows}</sheetData></worksheet>";
        sheet.Length.ShouldBeGreaterThan(64 * 1024 * 1024);
        var bytes = Workbooks.Zip(Workbooks.Parts(sheet));
        var name = "xl/worksheets/sheet1.xml"u8;
        // The directory at the end says how long each part is once unpacked: four bytes, 22 before the name.
        var at = bytes.AsSpan().LastIndexOf(name) - 22;
        BitConverter.ToInt32(bytes, at).ShouldBe(Encoding.UTF8.GetByteCount(sheet));
        BitConverter.GetBytes(100).CopyTo(bytes, at);
        TextFileTests.Refused("lies.xlsx", bytes).ShouldContain("it is damaged");
    }

    [Fact, Trait("attack", "D14")]
    public void Thousands_of_parts_and_parts_of_the_same_name_are_refused()
    {
        var many = Workbooks.Parts(Workbooks.Sheet(["urn"]));
        for (var i = 0; i < 20_000; i++) many[$"xl/media/{i}"] = "";
        TextFileTests.Refused("many.xlsx", Workbooks.Zip(many)).ShouldContain("it holds thousands of parts");
        var parts = Workbooks.Parts(Workbooks.Sheet(["urn"], ["109428"]));
        TextFileTests.Refused("twice.xlsx", Workbooks.Zip([.. parts, KeyValuePair.Create("xl/worksheets/Sheet1.xml", Workbooks.Sheet(["urn"], ["109429"]))])).ShouldContain("two of its parts have the same name");
    }

    [Fact, Trait("attack", "D14")]
    public void A_part_behind_a_password_is_refused()
    {
        var bytes = Workbooks.Zip(Workbooks.Parts(Workbooks.Sheet(["urn"], ["109428"])));
        // Of each part, the lowest bit of its flags says that it is encrypted: 6 bytes into its own header, 8 into the directory's.
        for (var at = 0; at < bytes.Length - 8; at++)
            if (bytes.AsSpan(at, 4).SequenceEqual("PK\u0003\u0004"u8)) bytes[at + 6] |= 1;
            else if (bytes.AsSpan(at, 4).SequenceEqual("PK\u0001\u0002"u8)) bytes[at + 8] |= 1;
        TextFileTests.Refused("secret.xlsx", bytes).ShouldContain("it is damaged, or locked with a password");
    }

    [Fact, Trait("attack", "D14")]
    public void A_ZIP_within_a_ZIP_is_not_opened()
    {
        var bytes = Workbooks.Zip([KeyValuePair.Create("results.csv", "urn\n")]);
        for (var i = 0; i < 16; i++)
        {
            using var outer = new MemoryStream();
            using (var archive = new ZipArchive(outer, ZipArchiveMode.Create, leaveOpen: true))
            using (var entry = archive.CreateEntry("inner.zip").Open()) entry.Write(bytes);
            bytes = outer.ToArray();
        }
        TextFileTests.Refused("nested.zip", bytes).ShouldContain("is a ZIP archive");
    }

    [SkippableFact, Trait("attack", "D14")]
    public void Strange_and_broken_ZIPs_are_refused_with_a_sentence()
    {
        var files = Corpora.Files("zip-bad", "*.zip");
        files.Count.ShouldBeGreaterThan(20);
        foreach (var path in files) ReadOrRefused(path);
    }

    private static void ReadOrRefused(string path)
    {
        foreach (var name in new[] { Path.GetFileName(path), "results.xlsx", "results.csv" })
            try
            {
                foreach (var row in TabularFile.Open(name, File.ReadAllBytes(path)).Rows()) _ = row.IsBlank;
            }
            catch (ImportRefusedException refused)
            {
                refused.Message.ShouldStartWith(name);
            }
    }

    private static List<string[]> Rows(TabularFile file) => [.. file.Rows().Select(row => Enumerable.Range(0, row.FieldCount).Select(row.Text).ToArray())];
}
