using System.Buffers.Text;
using Waymark.Shared.Imports;

namespace Waymark.Schools.Imports;

/// <summary>Reads the cells of one row; what cannot be right is said to the run with its line, its column and what would be right.</summary>
internal sealed class Cells(TabularFile file, ImportRun run)
{
    public DateOnly? Day(TabularRow row, int column)
    {
        var bytes = row.Bytes(column);
        if (bytes.IsEmpty) return null;
        if (ParseDay(bytes) is { } day) return day;
        Fault(row, column, "This is not a date. Write it as 31-08-2016 or 2016-08-31.");
        return null;
    }

    public int? Whole(TabularRow row, int column)
    {
        var bytes = row.Bytes(column);
        if (bytes.IsEmpty) return null;
        if (Utf8Parser.TryParse(bytes, out int number, out var used) && used == bytes.Length && number >= 0) return number;
        Fault(row, column, "This is not a whole number. Write digits only, for example 210.");
        return null;
    }

    /// <summary>Null where the file has no such column, empty where the cell is.</summary>
    public static string? Text(TabularRow row, int column) => column < 0 ? null : row.Text(column);

    public void Fault(TabularRow row, int column, string sentence) => run.Fault(row.Line, file.Header[column], row.Text(column), sentence);

    /// <summary>False, and said, for a row that is blank or whose cells are not those of the header.</summary>
    public bool IsWhole(TabularRow row)
    {
        if (row.IsBlank)
        {
            run.List(row.Line, "This row is blank.");
            return false;
        }
        // A workbook leaves empty cells at a row's end out.
        if (row.IsRagged && (row.FieldCount > file.Header.Count || !file.Name.EndsWith(".xlsx", StringComparison.OrdinalIgnoreCase)))
        {
            run.Fault(row.Line, null, null, $"This row has {row.FieldCount} cells, and the header has {file.Header.Count}. Download the file again, or check the commas and quotation marks on this line.");
            return false;
        }
        return true;
    }

    /// <summary>31-08-2016, 31/08/2016, 2016-08-31, each also with a time after it.</summary>
    public static DateOnly? ParseDay(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > 10 && bytes[10] is (byte)' ' or (byte)'T') bytes = bytes[..10];
        if (bytes.Length != 10) return null;
        var yearFirst = bytes[4] == (byte)'-' && bytes[7] == (byte)'-';
        if (!yearFirst && (bytes[2] != bytes[5] || bytes[2] is not ((byte)'-' or (byte)'/'))) return null;
        var (year, month, day) = yearFirst
            ? (Digits(bytes[..4]), Digits(bytes[5..7]), Digits(bytes[8..]))
            : (Digits(bytes[6..]), Digits(bytes[3..5]), Digits(bytes[..2]));
        return year is >= 1000 and <= 2999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) ? new DateOnly(year, month, day) : null;
    }

    private static int Digits(ReadOnlySpan<byte> bytes)
    {
        var value = 0;
        foreach (var digit in bytes)
        {
            if (digit is < (byte)'0' or > (byte)'9') return -1;
            value = value * 10 + digit - '0';
        }
        return value;
    }
}
