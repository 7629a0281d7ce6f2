using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;

namespace Waymark.Shared.Imports;

/// <summary>
/// Reads the first visible sheet of an Excel workbook forward, as the CSV that Excel would save, within fixed limits: no DTDs, no external parts,
/// no formulas (their last saved value counts), nothing larger than a table of schools.
/// </summary>
internal static class XlsxReader
{
    private const long MaxInflated = 256L * 1024 * 1024;
    private const int MaxEntries = 2_000;

    public static bool IsWorkbook(byte[] bytes)
    {
        try
        {
            using var archive = new ZipArchive(new MemoryStream(bytes, writable: false), ZipArchiveMode.Read);
            return archive.GetEntry("xl/workbook.xml") is not null;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    public static ReadOnlyMemory<byte> FirstSheetAsCsv(string name, byte[] bytes)
    {
        try
        {
            using var archive = new ZipArchive(new MemoryStream(bytes, writable: false), ZipArchiveMode.Read);
            if (archive.Entries.Count > MaxEntries) throw Refuse(name, "it holds thousands of parts");
            if (archive.GetEntry("xl/vbaProject.bin") is not null) throw Refuse(name, "it carries a macro. Save it as .xlsx without macros");
            var budget = new Budget(name, MaxInflated);
            var sheet = FirstVisibleSheet(archive, budget) ?? throw Refuse(name, "it has no visible sheet");
            return Rows(name, archive, sheet, Strings(archive, budget), budget);
        }
        catch (Exception exception) when (exception is XmlException or InvalidDataException or FormatException or OverflowException)
        {
            throw Refuse(name, "it is damaged");
        }
    }

    private static ImportRefusedException Refuse(string name, string why) =>
        new($"{name} cannot be read as an Excel workbook: {why}. Open it in Excel or LibreOffice, save it again as .xlsx or CSV UTF-8 and try again.");

    private static string? FirstVisibleSheet(ZipArchive archive, Budget budget)
    {
        var relations = new Dictionary<string, string>();
        using (var reader = Open(archive, "xl/_rels/workbook.xml.rels", budget))
            while (reader is not null && reader.Read())
                if (reader.NodeType == XmlNodeType.Element && reader.LocalName == "Relationship" && reader.GetAttribute("TargetMode") != "External")
                    relations[reader.GetAttribute("Id") ?? ""] = reader.GetAttribute("Target") ?? "";
        using var workbook = Open(archive, "xl/workbook.xml", budget);
        while (workbook!.Read())
        {
            if (workbook.NodeType != XmlNodeType.Element || workbook.LocalName != "sheet" || workbook.GetAttribute("state") is "hidden" or "veryHidden") continue;
            var id = workbook.GetAttribute("id", "http://schemas.openxmlformats.org/officeDocument/2006/relationships");
            if (id is null || !relations.TryGetValue(id, out var target)) continue;
            return target.StartsWith('/') ? target[1..] : "xl/" + target;
        }
        return null;
    }

    private static List<string> Strings(ZipArchive archive, Budget budget)
    {
        var strings = new List<string>();
        using var reader = Open(archive, "xl/sharedStrings.xml", budget);
        StringBuilder? text = null;
        while (reader is not null && reader.Read())
        {
            if (reader.NodeType == XmlNodeType.Element && reader.LocalName == "si")
            {
                if (reader.IsEmptyElement) strings.Add("");
                else text = new StringBuilder();
            }
            else if (reader.NodeType == XmlNodeType.Element && reader.LocalName == "rPh") reader.Skip();
            else if (reader.NodeType is XmlNodeType.Text or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace) text?.Append(reader.Value);
            else if (reader.NodeType == XmlNodeType.EndElement && reader.LocalName == "si")
            {
                strings.Add(text!.ToString());
                text = null;
            }
        }
        return strings;
    }

    private static ReadOnlyMemory<byte> Rows(string name, ZipArchive archive, string sheet, List<string> strings, Budget budget)
    {
        using var reader = Open(archive, sheet, budget) ?? throw Refuse(name, "its sheet is missing");
        var csv = new StringBuilder();
        var cells = new List<string>();
        var row = 0;
        while (reader.Read())
        {
            if (reader.NodeType != XmlNodeType.Element) continue;
            if (reader.LocalName == "row")
            {
                var number = reader.GetAttribute("r") is { } r ? int.Parse(r, CultureInfo.InvariantCulture) : row + 1;
                if (number <= row || number > 1_048_576) throw Refuse(name, "its rows are numbered beyond what a sheet holds");
                // Empty rows are kept so that a line number is the row number that Excel shows; a gap of thousands is no table.
                if (number - row > 10_000) throw Refuse(name, $"there is a gap of thousands of empty rows before row {number}");
                csv.Append('\n', number - row - 1);
                row = number;
                cells.Clear();
                if (!reader.IsEmptyElement) ReadCells(name, reader, cells, strings, row);
                csv.AppendJoin(',', cells.Select(Quote)).Append('\n');
                if (csv.Length > TabularFile.MaxBytes / 2) throw Refuse(name, "its sheet is too large");
            }
        }
        return Encoding.UTF8.GetBytes(csv.ToString());
    }

    private static void ReadCells(string name, XmlReader reader, List<string> cells, List<string> strings, int row)
    {
        while (reader.Read() && !(reader.NodeType == XmlNodeType.EndElement && reader.LocalName == "row"))
        {
            if (reader.NodeType != XmlNodeType.Element || reader.LocalName != "c") continue;
            var column = reader.GetAttribute("r") is { } reference ? ColumnOf(name, reference) : cells.Count;
            if (column < cells.Count) throw Refuse(name, $"the cells of row {row} are out of order");
            while (cells.Count < column) cells.Add("");
            var type = reader.GetAttribute("t");
            cells.Add(reader.IsEmptyElement ? "" : Value(name, reader, type, strings, row));
        }
    }

    private static string Value(string name, XmlReader reader, string? type, List<string> strings, int row)
    {
        var text = new StringBuilder();
        var inside = false;
        while (reader.Read() && !(reader.NodeType == XmlNodeType.EndElement && reader.LocalName == "c"))
        {
            if (reader.NodeType == XmlNodeType.Element && reader.LocalName is "v" or "t") inside = !reader.IsEmptyElement;
            else if (reader.NodeType == XmlNodeType.EndElement && reader.LocalName is "v" or "t") inside = false;
            else if (inside && reader.NodeType is XmlNodeType.Text or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace) text.Append(reader.Value);
        }
        if (type != "s") return text.ToString();
        return int.TryParse(text.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < strings.Count
            ? strings[index]
            : throw Refuse(name, $"row {row} points at a text that is not there");
    }

    private static int ColumnOf(string name, string reference)
    {
        var column = 0;
        foreach (var letter in reference)
        {
            if (!char.IsAsciiLetterUpper(letter)) break;
            column = column * 26 + (letter - 'A' + 1);
            if (column > 16_384) throw Refuse(name, $"cell {reference[..Math.Min(12, reference.Length)]} lies beyond what a sheet holds");
        }
        return column - 1;
    }

    private static string Quote(string cell)
    {
        var text = cell.Replace('\n', ' ').Replace('\r', ' ');
        return text.AsSpan().IndexOfAny(',', '"') >= 0 || text.StartsWith(' ') ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }

    private static XmlReader? Open(ZipArchive archive, string entryName, Budget budget) =>
        archive.GetEntry(entryName) is { } entry
            ? XmlReader.Create(new Limited(entry.Open(), budget), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, CloseInput = true })
            : null;

    private sealed class Budget(string name, long bytes)
    {
        private long left = bytes;

        public void Spend(int read)
        {
            if ((left -= read) < 0) throw Refuse(name, "it unpacks to far more than a table of this kind holds");
        }
    }

    /// <summary>What comes out is counted, whatever the archive claims about its size.</summary>
    private sealed class Limited(Stream inner, Budget budget) : Stream
    {
        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }
        public override void Flush() { }
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = inner.Read(buffer, offset, count);
            budget.Spend(read);
            return read;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing) inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
