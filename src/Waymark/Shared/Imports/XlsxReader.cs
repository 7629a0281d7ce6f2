using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;

namespace Waymark.Shared.Imports;

/// <summary>
/// Reads the first visible sheet of an Excel workbook forward, as the CSV that Excel would save, within fixed limits: no DTDs, no external parts,
/// no formulas (their last saved value counts), nothing larger than a table of schools. A cell shown as a percentage is read as one, a date as a date.
/// </summary>
internal static class XlsxReader
{
    private const long MaxInflated = 256L * 1024 * 1024;
    private const int MaxEntries = 2_000;

    /// <summary>Null when it is not even an archive that can be opened.</summary>
    public static bool? IsWorkbook(byte[] bytes)
    {
        try
        {
            using var archive = new ZipArchive(new MemoryStream(bytes, writable: false), ZipArchiveMode.Read);
            return archive.GetEntry("xl/workbook.xml") is not null;
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    /// <summary>The first visible sheet, and a sentence on the sheets that are not read.</summary>
    public static (ReadOnlyMemory<byte> Csv, string? Remark) FirstSheetAsCsv(string name, byte[] bytes)
    {
        try
        {
            using var archive = new ZipArchive(new MemoryStream(bytes, writable: false), ZipArchiveMode.Read);
            if (archive.Entries.Count > MaxEntries) throw Refuse(name, "it holds thousands of parts");
            if (archive.Entries.Any(entry => entry.IsEncrypted)) throw Refuse(name, "it is damaged, or locked with a password");
            if (archive.Entries.Select(entry => entry.FullName).Distinct(StringComparer.OrdinalIgnoreCase).Count() < archive.Entries.Count) throw Refuse(name, "two of its parts have the same name");
            if (archive.GetEntry("xl/vbaProject.bin") is not null) throw Refuse(name, "it carries a macro. Save it as .xlsx without macros");
            var budget = new Budget(name, Math.Min(MaxInflated, 50L * bytes.Length + 16 * 1024 * 1024));
            var sheets = Sheets(archive, budget);
            var first = sheets.Find(sheet => sheet is { IsVisible: true, Part: not null }) ?? throw Refuse(name, "it has no visible sheet");
            var csv = Rows(name, archive, first.Part!, new Book(Strings(archive, budget), Formats(archive, budget), CountsFrom1904(archive, budget)), budget);
            return (csv, sheets.Count == 1 ? null
                : $"Only the sheet ‘{first.Name}’ was read. Not read: {string.Join(", ", sheets.Where(sheet => sheet != first).Select(sheet => $"‘{sheet.Name}’{(sheet.IsVisible ? "" : " (hidden)")}"))}.");
        }
        catch (Exception exception) when (exception is XmlException or InvalidDataException or FormatException or OverflowException or NotSupportedException)
        {
            throw Refuse(name, "it is damaged, or locked with a password");
        }
    }

    private static ImportRefusedException Refuse(string name, string why) =>
        new($"{name} cannot be read as an Excel workbook: {why}. Open it in Excel or LibreOffice, save it again as .xlsx or CSV UTF-8 and try again.");

    private sealed record Sheet(string Name, bool IsVisible, string? Part);

    private static List<Sheet> Sheets(ZipArchive archive, Budget budget)
    {
        var relations = new Dictionary<string, string>();
        using (var reader = Open(archive, "xl/_rels/workbook.xml.rels", budget))
            while (reader is not null && reader.Read())
                if (reader.NodeType == XmlNodeType.Element && reader.LocalName == "Relationship" && reader.GetAttribute("TargetMode") != "External")
                    relations[reader.GetAttribute("Id") ?? ""] = reader.GetAttribute("Target") ?? "";
        var sheets = new List<Sheet>();
        using var workbook = Open(archive, "xl/workbook.xml", budget);
        while (workbook!.Read())
        {
            if (workbook.NodeType != XmlNodeType.Element || workbook.LocalName != "sheet") continue;
            var id = workbook.GetAttribute("id", "http://schemas.openxmlformats.org/officeDocument/2006/relationships");
            var target = id is null ? null : relations.GetValueOrDefault(id);
            sheets.Add(new Sheet(workbook.GetAttribute("name") ?? "", workbook.GetAttribute("state") is not ("hidden" or "veryHidden"), target is null ? null : target.StartsWith('/') ? target[1..] : "xl/" + target));
        }
        return sheets;
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

    private static ReadOnlyMemory<byte> Rows(string name, ZipArchive archive, string sheet, Book book, Budget budget)
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
                if (!reader.IsEmptyElement) ReadCells(name, reader, cells, book, row);
                csv.AppendJoin(',', cells.Select(Quote)).Append('\n');
                if (csv.Length > TabularFile.MaxBytes / 2) throw Refuse(name, "its sheet is too large");
            }
        }
        return Encoding.UTF8.GetBytes(csv.ToString());
    }

    private static void ReadCells(string name, XmlReader reader, List<string> cells, Book book, int row)
    {
        while (reader.Read() && !(reader.NodeType == XmlNodeType.EndElement && reader.LocalName == "row"))
        {
            if (reader.NodeType != XmlNodeType.Element || reader.LocalName != "c") continue;
            var column = reader.GetAttribute("r") is { } reference ? ColumnOf(name, reference) : cells.Count;
            if (column < cells.Count) throw Refuse(name, $"the cells of row {row} are out of order");
            while (cells.Count < column) cells.Add("");
            var type = reader.GetAttribute("t");
            var style = int.TryParse(reader.GetAttribute("s"), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1;
            cells.Add(reader.IsEmptyElement ? "" : Shown(Value(name, reader, type, book.Strings, row), type, book, style));
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

    /// <summary>A workbook's texts, how each style shows a number, and whether days are counted from 1904.</summary>
    private sealed record Book(List<string> Strings, List<Format> Formats, bool From1904);

    private enum Format { AsItIs, Percentage, Day }

    /// <summary>A number as a person sees it: 0.62 in a cell of percentages is 62%, 42614 in a cell of dates is 2016-09-01.</summary>
    private static string Shown(string value, string? type, Book book, int style)
    {
        if (type is not (null or "n") || style < 0 || style >= book.Formats.Count || book.Formats[style] == Format.AsItIs
            || !decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) return value;
        if (book.Formats[style] == Format.Percentage)
            return Math.Abs(number) > 1_000_000 ? value : Math.Round(number * 100, 8).ToString("0.########", CultureInfo.InvariantCulture) + "%";
        var day = (double)number + (book.From1904 ? 1462 : 0);
        return day is >= 61 and < 73_051 ? DateTime.FromOADate(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : value;
    }

    private static List<Format> Formats(ZipArchive archive, Budget budget)
    {
        var own = new Dictionary<string, Format>();
        var formats = new List<Format>();
        using var reader = Open(archive, "xl/styles.xml", budget);
        var inCells = false;
        while (reader is not null && reader.Read())
        {
            if (reader.LocalName == "cellXfs") inCells = reader.NodeType == XmlNodeType.Element;
            else if (reader.NodeType == XmlNodeType.Element && reader.LocalName == "numFmt")
                own[reader.GetAttribute("numFmtId") ?? ""] = FormatOf(reader.GetAttribute("formatCode") ?? "");
            else if (reader.NodeType == XmlNodeType.Element && reader.LocalName == "xf" && inCells)
                formats.Add(reader.GetAttribute("numFmtId") switch
                {
                    "9" or "10" => Format.Percentage,
                    "14" or "15" or "16" or "17" or "22" => Format.Day,
                    { } id => own.GetValueOrDefault(id),
                    null => Format.AsItIs,
                });
        }
        return formats;
    }

    private static Format FormatOf(string code)
    {
        // What stands in quotes, brackets or after a backslash is text or colour.
        var plain = new StringBuilder();
        char? until = null;
        for (var i = 0; i < code.Length; i++)
        {
            if (until is not null) until = code[i] == until ? null : until;
            else if (code[i] is '"' or '[') until = code[i] == '"' ? '"' : ']';
            else if (code[i] == '\\') i++;
            else plain.Append(char.ToLowerInvariant(code[i]));
        }
        var text = plain.ToString();
        return text.Contains('%', StringComparison.Ordinal) ? Format.Percentage
            : text.Contains('y', StringComparison.Ordinal) || text.Contains('d', StringComparison.Ordinal) ? Format.Day : Format.AsItIs;
    }

    private static bool CountsFrom1904(ZipArchive archive, Budget budget)
    {
        using var workbook = Open(archive, "xl/workbook.xml", budget);
        while (workbook is not null && workbook.Read())
            if (workbook.NodeType == XmlNodeType.Element && workbook.LocalName == "workbookPr") return workbook.GetAttribute("date1904") is "1" or "true";
        return false;
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
            ? XmlReader.Create(new Limited(entry.Open(), budget), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, CloseInput = true, IgnoreWhitespace = true })
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
