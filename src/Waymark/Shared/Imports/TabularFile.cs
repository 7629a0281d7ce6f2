using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using CsvHelper;

namespace Waymark.Shared.Imports;

/// <summary>
/// A file of rows and columns as somebody uploaded it: CSV in any of the encodings that national files come in, gzip'd or not, or one sheet
/// of an Excel workbook. What it is gets decided by its content, never by its name. Rows are read forward as UTF-8 bytes.
/// </summary>
public sealed class TabularFile
{
    public const int MaxBytes = 400 * 1024 * 1024;
    private const int MaxInflated = 256 * 1024 * 1024;
    public const int MaxColumns = 5_000;
    public const int MaxRows = 5_000_000;
    private const int MaxRecordBytes = 1024 * 1024;
    private const int MaxTitleRows = 10;

    private readonly ReadOnlyMemory<byte> utf8;
    private readonly char separator;
    private readonly int titleRows;
    private bool strayQuote;
    private readonly Dictionary<string, int> columns = new(StringComparer.OrdinalIgnoreCase);

    private TabularFile(string name, byte[] original, ReadOnlyMemory<byte> utf8, string? remark = null)
    {
        Name = name;
        Original = original;
        this.utf8 = utf8;
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(original));
        separator = FindSeparator(utf8.Span);
        (Header, titleRows) = ReadHeader();
        var above = titleRows == 0 ? null : $"What stands above the names of the columns was not read ({titleRows} {(titleRows == 1 ? "row" : "rows")}).";
        Remark = remark is null || above is null ? remark ?? above : $"{remark} {above}";
        for (var i = 0; i < Header.Count; i++)
            columns.TryAdd(Header[i], i);
    }

    public string Name { get; }
    public byte[] Original { get; }
    public string Sha256 { get; }
    public IReadOnlyList<string> Header { get; }
    /// <summary>What is worth knowing of the file itself; null where there is nothing.</summary>
    public string? Remark { get; }

    /// <summary>Where a column stands, whatever the case of its name; -1 when it is not there.</summary>
    public int Column(string name) => columns.GetValueOrDefault(name, -1);

    public bool Has(string name) => columns.ContainsKey(name);

    /// <exception cref="ImportRefusedException">It is not a readable table.</exception>
    public static TabularFile Open(string name, byte[] content)
    {
        var safeName = Path.GetFileName(name.Replace('\\', '/'));
        if (content.Length == 0)
            throw new ImportRefusedException($"{safeName} is empty. Download it again and check that it has a header row.");
        if (content.Length > MaxBytes)
            throw new ImportRefusedException($"{safeName} is larger than {MaxBytes / 1024 / 1024} MB. Split it, or download only the columns you need.");
        // A survey's structure is no table; its importer reads the bytes.
        if (IsSurvey(content)) return new TabularFile(safeName, content, "survey\r\n"u8.ToArray());
        var bytes = content;
        if (StartsWith(bytes, 0x1F, 0x8B))
            bytes = Inflate(safeName, bytes);
        if (StartsWith(bytes, (byte)'P', (byte)'K'))
        {
            if (XlsxReader.IsWorkbook(bytes) is not { } isWorkbook)
                throw new ImportRefusedException($"{safeName} is a damaged Excel workbook or ZIP archive, or only half of one. Download it again, or save it again as .xlsx or CSV UTF-8.");
            if (!isWorkbook)
                throw new ImportRefusedException($"{safeName} is a ZIP archive. Unpack it and import the CSV files in it one by one.");
            if (!safeName.EndsWith(".xlsx", StringComparison.OrdinalIgnoreCase))
                throw new ImportRefusedException($"{safeName} is an Excel workbook, not a text file. Rename it to end in .xlsx, or open it and save it as CSV UTF-8.");
            var (csv, remark) = XlsxReader.FirstSheetAsCsv(safeName, bytes);
            return new TabularFile(safeName, content, csv, remark);
        }
        RefuseOtherKinds(safeName, bytes);
        return new TabularFile(safeName, content, ToUtf8(safeName, bytes));
    }

    /// <summary>Reads all rows after the header, in order. The cursor is reused: take what you need before the next row.</summary>
    /// <exception cref="ImportRefusedException">The file breaks off, or a quotation mark is never closed.</exception>
    public IEnumerable<TabularRow> Rows()
    {
        using var reader = OpenReader();
        for (var above = 0; above <= titleRows; above++)
            if (!Advance(reader)) yield break;
        var row = new TabularRow(reader, Header.Count);
        var (count, cells, cellsBefore) = (0, Header.Count, Header.Count);
        while (true)
        {
            if (!Advance(reader))
            {
                if (cells < cellsBefore && utf8.Span[^1] is not ((byte)'\n' or (byte)'\r'))
                    throw new ImportRefusedException($"{Name}, line {reader.LineNumber}: the file breaks off here, after {cells} of {cellsBefore} cells and without a line end. Download it again.");
                yield break;
            }
            (cellsBefore, cells) = (count == 0 ? Header.Count : cells, reader.FieldCount);
            if (++count > MaxRows)
                throw new ImportRefusedException($"{Name} has more than {MaxRows:N0} rows. Split it and import the parts.");
            yield return row;
        }
    }

    /// <summary>The names of the columns. A title above them stands in a cell of its own: the first row with more than one is the header, if there is any near the top.</summary>
    private (string[] Header, int TitleRows) ReadHeader()
    {
        using var reader = OpenReader();
        string[]? first = null;
        for (var row = 0; row <= MaxTitleRows && Advance(reader); row++)
        {
            if (reader.FieldCount > MaxColumns)
                throw new ImportRefusedException($"{Name} has {reader.FieldCount:N0} columns. No known file has more than {MaxColumns:N0}; check what was exported.");
            var cells = new string[reader.FieldCount];
            for (var i = 0; i < cells.Length; i++)
                cells[i] = reader.GetString(i).Trim();
            if (cells.Count(cell => cell.Length > 0) > 1) return (cells, row);
            first ??= cells;
        }
        return (first ?? throw new ImportRefusedException($"{Name} has no rows. Its first line should name the columns."), 0);
    }

    private CsvReader OpenReader() => CsvReader.Create(utf8, new CsvReaderOptions
    {
        HasHeader = false,
        Separator = separator,
        // In a table of one column an empty line is an empty cell.
        SkipEmptyLines = Header is not { Count: 1 },
        TrackLineNumbers = true,
        FieldCountMismatch = CsvFieldCountHandling.Allow,
        OnMalformedRecord = RefuseBrokenQuotes,
    });

    private bool Advance(CsvReader reader)
    {
        if (!reader.Read()) return false;
        if (strayQuote) RefuseStrayQuotes(reader);
        return reader.RawRecord.Length <= MaxRecordBytes
            ? true
            : throw new ImportRefusedException($"{Name}, line {reader.LineNumber}: this row is longer than {MaxRecordBytes / 1024:N0} KB, so it is no row of a table. Check that the quotation marks (\") on this line are closed.");
    }

    private void RefuseBrokenQuotes(CsvMalformedRecord record)
    {
        if (record.Reason is CsvMalformedReason.UnterminatedQuote or CsvMalformedReason.TextAfterClosingQuote)
            throw new ImportRefusedException($"{Name}, line {record.LineNumber}: a quotation mark (\") opens a cell here and is not closed where the cell ends. Close it, or write two (\"\") for one that belongs to the text. Nothing was kept.");
        strayQuote |= record.Reason is CsvMalformedReason.StrayQuote;
    }

    /// <summary>A quotation mark after a digit is one of inches or seconds (6" pipe); any other inside a plain cell leaves open where the cell ends.</summary>
    private void RefuseStrayQuotes(CsvReader reader)
    {
        strayQuote = false;
        for (var i = 0; i < reader.FieldCount; i++)
        {
            var cell = reader.GetSpan(i);
            for (var at = cell.IndexOf((byte)'"'); at > 0; at = cell[(at + 1)..].IndexOf((byte)'"') is var next and >= 0 ? at + 1 + next : -1)
                if (cell[at - 1] is < (byte)'0' or > (byte)'9')
                    throw new ImportRefusedException($"{Name}, line {reader.LineNumber}: a quotation mark (\") stands inside a cell here, so nobody can tell where the cell ends. Put the whole cell in quotation marks and write two (\"\") for this one. Nothing was kept.");
        }
    }

    private static char FindSeparator(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOfAny((byte)'\n', (byte)'\r');
        var line = end < 0 ? bytes : bytes[..end];
        var (commas, tabs, semicolons) = (line.Count((byte)','), line.Count((byte)'\t'), line.Count((byte)';'));
        return tabs > commas ? '\t' : semicolons > commas ? ';' : ',';
    }

    /// <summary>A LimeSurvey document, or an archive with one in it.</summary>
    private static bool IsSurvey(byte[] content) => (content is [(byte)'<', ..] or [0xEF, 0xBB, 0xBF, (byte)'<', ..] && content.AsSpan(0, Math.Min(content.Length, 1_000)).IndexOf("<LimeSurveyDocType>"u8) > 0)
        || (content is [(byte)'P', (byte)'K', 3, 4, ..] && content.AsSpan(0, Math.Min(content.Length, 400)).IndexOf(".lss"u8) > 0)
        || (content.AsSpan(0, Math.Min(content.Length, 100)).IndexOf("type/scale\tname"u8) > 0);

    private static void RefuseOtherKinds(string name, byte[] bytes)
    {
        var (kind, advice) = bytes switch
        {
            [0xD0, 0xCF, 0x11, 0xE0, ..] => ("an old Excel workbook (.xls) or one with a password", "Open it, take the password off and save it as .xlsx or CSV UTF-8."),
            [(byte)'%', (byte)'P', (byte)'D', (byte)'F', ..] => ("a PDF", "Find the data file it was made from: CSV or .xlsx."),
            [0x89, (byte)'P', (byte)'N', (byte)'G', ..] or [0xFF, 0xD8, 0xFF, ..] or [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..] => ("a picture", "Choose the CSV or .xlsx file."),
            [0x7F, (byte)'E', (byte)'L', (byte)'F', ..] or [(byte)'M', (byte)'Z', ..] => ("a program", "Choose the CSV or .xlsx file."),
            _ => (null, ""),
        };
        if (kind is null)
        {
            var start = Encoding.Latin1.GetString(bytes, 0, Math.Min(bytes.Length, 512)).TrimStart('ï', '»', '¿', ' ', '\r', '\n', '\t');
            if (start.StartsWith('<'))
                (kind, advice) = ("a web page or XML, not a table", "The download may have failed and given an error page instead. Download the CSV file again.");
            else if (start.StartsWith('{') || start.StartsWith('['))
                (kind, advice) = ("JSON, not a table", "Choose the CSV or .xlsx file.");
        }
        if (kind is not null)
            throw new ImportRefusedException($"{name} is {kind}. {advice}");
    }

    /// <summary>
    /// The last four bytes of a gzip say how long it is unpacked: a file that is cut off says nonsense there, which the runtime alone would read as the end.
    /// </summary>
    private static byte[] Inflate(string name, byte[] compressed)
    {
        var length = compressed.Length < 18 ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(compressed.AsSpan(^4));
        // Deflate packs a thousandfold at most: a length beyond that is no length.
        if (length > MaxInflated && length / 1_100 < compressed.Length) throw TooMuch();
        var damaged = new ImportRefusedException($"{name} is a damaged gzip file, or only half of one. Download it again.");
        if (length == 0 || length > MaxInflated) throw damaged;
        try
        {
            using var gzip = new GZipStream(new MemoryStream(compressed, writable: false), CompressionMode.Decompress);
            var plain = new byte[length];
            if (gzip.ReadAtLeast(plain, plain.Length, throwOnEndOfStream: false) < plain.Length) throw damaged;
            return gzip.ReadByte() < 0 ? plain : throw damaged;
        }
        catch (InvalidDataException)
        {
            throw damaged;
        }

        ImportRefusedException TooMuch() => new($"{name} unpacks to more than {MaxInflated / 1024 / 1024} MB, far more than a table of this kind holds. Unpack it yourself and look inside.");
    }

    /// <summary>National files are UTF-8 with or without a mark, UTF-16 from Excel, or Windows-1252 from the register.</summary>
    private static ReadOnlyMemory<byte> ToUtf8(string name, byte[] bytes)
    {
        if (StartsWith(bytes, 0xEF, 0xBB, 0xBF))
            return System.Text.Unicode.Utf8.IsValid(bytes) ? RequireText(name, bytes.AsMemory(3)) : throw NotWhatItSays(name, "UTF-8", bytes);
        if (StartsWith(bytes, 0xFF, 0xFE)) return RequireText(name, FromUtf16(name, bytes, bigEndian: false));
        if (StartsWith(bytes, 0xFE, 0xFF)) return RequireText(name, FromUtf16(name, bytes, bigEndian: true));
        if (System.Text.Unicode.Utf8.IsValid(bytes)) return RequireText(name, bytes);
        // Windows-1252 has no characters at these five places: a file that has is in another encoding, and its names would come out wrong.
        ReadOnlySpan<byte> nobodys = [0x81, 0x8D, 0x8F, 0x90, 0x9D];
        return bytes.AsSpan().IndexOfAny(nobodys) < 0
            ? RequireText(name, Encoding.UTF8.GetBytes(CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetString(bytes)))
            : throw NotWhatItSays(name, "UTF-8 or Windows-1252", bytes);
    }

    private static byte[] FromUtf16(string name, byte[] bytes, bool bigEndian)
    {
        try
        {
            return Encoding.UTF8.GetBytes(new UnicodeEncoding(bigEndian, byteOrderMark: true, throwOnInvalidBytes: true).GetString(bytes, 2, bytes.Length - 2));
        }
        catch (ArgumentException)
        {
            throw NotWhatItSays(name, "UTF-16", bytes);
        }
    }

    private static ImportRefusedException NotWhatItSays(string name, string encoding, byte[] bytes)
    {
        var line = 1;
        if (encoding.StartsWith("UTF-8", StringComparison.Ordinal))
            for (var rest = bytes.AsSpan(); rest.IndexOf((byte)'\n') is var end and >= 0 && System.Text.Unicode.Utf8.IsValid(rest[..end]); rest = rest[(end + 1)..]) line++;
        return new($"{name}, line {line}: the letters here are not {encoding}, so names would come out wrong. Open the file where it came from and save it as CSV UTF-8.");
    }

    private static ReadOnlyMemory<byte> RequireText(string name, ReadOnlyMemory<byte> utf8)
    {
        var position = utf8.Span.IndexOf((byte)0);
        if (position >= 0)
        {
            var line = utf8.Span[..position].Count((byte)'\n') + 1;
            throw new ImportRefusedException($"{name}, line {line}: a NUL byte stands here, so this is not a text file, or its encoding is not what it says. Save it as CSV UTF-8 and try again.");
        }
        if (utf8.Span.IndexOf((byte)'\n') >= 0 || utf8.Span.IndexOf((byte)'\r') < 0) return utf8;
        // Old Mac line ends: carriage returns alone.
        var bytes = utf8.ToArray();
        bytes.AsSpan().Replace((byte)'\r', (byte)'\n');
        return bytes;
    }

    private static bool StartsWith(byte[] bytes, params ReadOnlySpan<byte> start) => bytes.AsSpan().StartsWith(start);
}

/// <summary>One row of a file while it is being read.</summary>
public sealed class TabularRow(CsvReader reader, int headerColumns)
{
    /// <summary>The line of the file it starts on, the header being line 1.</summary>
    public int Line => (int)reader.LineNumber;

    public bool IsRagged => reader.FieldCount != headerColumns;
    public int FieldCount => reader.FieldCount;

    /// <summary>The cell's bytes without the blanks around them; empty for a column that is not there.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => column < 0 || column >= reader.FieldCount ? default : reader.GetSpan(column).Trim(" \t"u8);

    /// <summary>The cell's text without the blanks around it; empty for a column that is not there.</summary>
    public string Text(int column) => column < 0 || column >= reader.FieldCount ? "" : Encoding.UTF8.GetString(Bytes(column));

    public bool IsBlank
    {
        get
        {
            for (var i = 0; i < reader.FieldCount; i++)
                if (!Bytes(i).IsEmpty) return false;
            return true;
        }
    }
}
