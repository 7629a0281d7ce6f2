using System.Globalization;
using System.Text;
using Waymark.Field;

namespace Waymark.Shared.Documents;

/// <summary>
/// One table as a CSV file, as it is seen: its columns' ids as the header, years as six digits, a symbol where no number is,
/// numbers in the invariant culture with the column's decimals. UTF-8 without a byte order mark, as the official statistics service asks.
/// </summary>
public static class TableCsv
{
    public static void Write(Table table, Stream output)
    {
        var header = table.Columns.Select(c => Inert.Write(c.Id));
        Lines(table.Rows.Select(row => table.Columns.Select((column, i) => Text(column, row, i))).Prepend(header), output);
    }

    private static string Text(Column column, Row row, int index)
    {
        var cell = row.CellAt(index);
        if (column.Role == ColumnRole.Period && cell.Year() is { } year)
            return year.Code.ToString(CultureInfo.InvariantCulture);
        if (!column.IsNumeric)
            return Inert.Write(cell.Text);
        if (row.NumberAt(index) is { } number)
            return Wording.Rounded(number, column.Decimals);
        return cell.Symbol.Length > 0 ? cell.Symbol : cell.Text.Length > 0 ? Inert.Write(cell.Text) : Symbol.NotAvailable.Code();
    }

    /// <summary>Lines of RFC 4180: a field is quoted where it holds a comma, a quote or a line end, or space at an end.</summary>
    internal static void Lines(IEnumerable<IEnumerable<string>> lines, Stream output)
    {
        using var writer = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        foreach (var line in lines)
            writer.Write(string.Join(',', line.Select(Field)) + "\r\n");
    }

    private static string Field(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n") >= 0 || text != text.Trim() ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
