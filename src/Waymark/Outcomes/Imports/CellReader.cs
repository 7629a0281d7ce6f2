using System.Buffers.Text;
using System.Text;
using Waymark.Field;

namespace Waymark.Outcomes.Imports;

/// <summary>One cell of a published file: a number with its decimals, or the symbol its code stands for.</summary>
internal readonly record struct CellValue(double? Number, int Decimals, Symbol Symbol)
{
    public static readonly CellValue Blank = new(null, 0, Symbol.NotAvailable);
}

/// <summary>Reads the ways in which national files write numbers and their absence.</summary>
internal static class CellReader
{
    /// <summary>
    /// What each code means, after the abbreviations published with the performance tables and the symbols of the official statistics.
    /// </summary>
    private static readonly Dictionary<string, Symbol> Codes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["SUPP"] = Symbol.Confidential,
        ["SUPP*"] = Symbol.NotAvailable,
        ["LOWCOV"] = Symbol.Unreliable,
        ["RE"] = Symbol.Unreliable,
        ["NE"] = Symbol.NotApplicable,
        ["NP"] = Symbol.NotAvailable,
        ["NA"] = Symbol.NotApplicable,
        ["N/A"] = Symbol.NotApplicable,
        ["NEW"] = Symbol.NotAvailable,
        ["SP"] = Symbol.Low,
        ["DNS"] = Symbol.NotAvailable,
        ["z"] = Symbol.NotApplicable,
        ["x"] = Symbol.NotAvailable,
        [":"] = Symbol.NotAvailable,
        ["c"] = Symbol.Confidential,
        ["low"] = Symbol.Low,
        ["k"] = Symbol.Low,
        ["~"] = Symbol.Low,
        ["u"] = Symbol.Unreliable,
        ["-"] = Symbol.NotAvailable,
        ["."] = Symbol.NotAvailable,
        [".."] = Symbol.NotAvailable,
    };

    /// <summary>Reads a cell; null when it is neither a number nor a known code. Percent signs and thousands' commas are read.</summary>
    public static CellValue? Read(ReadOnlySpan<byte> cell)
    {
        if (cell.IsEmpty) return CellValue.Blank;
        var number = cell[^1] == (byte)'%' ? cell[..^1].TrimEnd((byte)' ') : cell;
        if (Utf8Parser.TryParse(number, out double value, out var used) && used == number.Length && double.IsFinite(value))
        {
            var point = number.IndexOf((byte)'.');
            return new CellValue(value, point < 0 ? 0 : number.Length - point - 1, Symbol.None);
        }
        if (cell.Length > 24) return null;
        var text = Encoding.UTF8.GetString(cell);
        if (Codes.TryGetValue(text, out var symbol)) return new CellValue(null, 0, symbol);
        return text.Contains(',', StringComparison.Ordinal) ? Read(Encoding.UTF8.GetBytes(text.Replace(",", "", StringComparison.Ordinal))) : null;
    }
}
