using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Waymark.Tests.Shared.Imports;

/// <summary>Small Excel workbooks, written part by part so that a test can spoil any of them.</summary>
internal static class Workbooks
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    /// <summary>A sheet of texts and numbers. A cell that begins with '%' or '@' is a number in the style of a percentage or of a day.</summary>
    public static byte[] Of(params string[][] rows) => Zip(Parts(Sheet(rows)));

    public static Dictionary<string, string> Parts(string sheet, string? strings = null, string sheets = """<sheet name="Results" sheetId="1" r:id="rId1"/>""") => new()
    {
        ["[Content_Types].xml"] = """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>""",
        ["xl/workbook.xml"] = $"""<workbook xmlns="{Main}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets>{sheets}</sheets></workbook>""",
        ["xl/_rels/workbook.xml.rels"] = """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="t" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="t" Target="worksheets/sheet2.xml"/></Relationships>""",
        ["xl/styles.xml"] = $"""<styleSheet xmlns="{Main}"><numFmts count="1"><numFmt numFmtId="164" formatCode="0.0%"/></numFmts><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="14"/></cellXfs></styleSheet>""",
        ["xl/sharedStrings.xml"] = strings ?? $"""<sst xmlns="{Main}"><si><t>shared</t></si></sst>""",
        ["xl/worksheets/sheet1.xml"] = sheet,
    };

    public static string Sheet(params string[][] rows)
    {
        var xml = new StringBuilder($"""<worksheet xmlns="{Main}"><sheetData>""");
        for (var row = 0; row < rows.Length; row++)
        {
            xml.Append(CultureInfo.InvariantCulture, $"<row r=\"{row + 1}\">");
            for (var column = 0; column < rows[row].Length; column++)
            {
                var (text, at) = (rows[row][column], $"{Letters(column)}{row + 1}");
                if (text.Length == 0) continue;
                if (text[0] is '%' or '@') xml.Append(CultureInfo.InvariantCulture, $"<c r=\"{at}\" s=\"{(text[0] == '%' ? 1 : 2)}\"><v>{text[1..]}</v></c>");
                else if (double.TryParse(text, CultureInfo.InvariantCulture, out _)) xml.Append(CultureInfo.InvariantCulture, $"<c r=\"{at}\"><v>{text}</v></c>");
                else xml.Append(CultureInfo.InvariantCulture, $"<c r=\"{at}\" t=\"inlineStr\"><is><t>{System.Security.SecurityElement.Escape(text)}</t></is></c>");
            }
            xml.Append("</row>");
        }
        return xml.Append("</sheetData></worksheet>").ToString();
    }

    public static byte[] Zip(IEnumerable<KeyValuePair<string, string>> parts)
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
            foreach (var (name, content) in parts)
            {
                using var entry = archive.CreateEntry(name, CompressionLevel.Fastest).Open();
                entry.Write(Encoding.UTF8.GetBytes(content));
            }
        return bytes.ToArray();
    }

    private static string Letters(int column) => column < 26 ? ((char)('A' + column)).ToString() : Letters(column / 26 - 1) + (char)('A' + column % 26);
}
