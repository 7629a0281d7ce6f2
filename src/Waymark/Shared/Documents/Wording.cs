using System.Globalization;
using System.Text;
using System.Xml;
using Waymark.Field;

namespace Waymark.Shared.Documents;

/// <summary>Words and numbers as every file writes them.</summary>
internal static class Wording
{
    public static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    /// <summary>Without the characters that XML cannot hold: a stray control character must not stop a document.</summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
            if (XmlConvert.IsXmlChar(text[i]))
                clean.Append(text[i]);
            else if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i]))
                clean.Append(text[i]).Append(text[++i]);
        return clean.ToString();
    }

    public static string HeadingWithUnit(this Column column) =>
        column.Unit.Length == 0 || column.Heading.Contains(column.Unit, StringComparison.OrdinalIgnoreCase) ? column.Heading : $"{column.Heading} ({column.Unit})";

    /// <summary>The cell of a row under a column; an empty one where the row is short.</summary>
    public static Cell CellAt(this Row row, int column) => column >= 0 && column < row.Cells.Count ? row.Cells[column] : new Cell("");

    public static double? NumberAt(this Row row, int column) => row.CellAt(column).Number is { } n && double.IsFinite(n) ? n : null;

    public static int IndexOf(this Table table, ColumnRole role) =>
        table.Columns.Select((c, i) => (c.Role, i)).Where(c => c.Role == role).Select(c => c.i).DefaultIfEmpty(-1).First();

    /// <summary>The academic year that a cell names, whether by its words or by its number.</summary>
    public static AcademicYear? Year(this Cell cell) =>
        AcademicYear.TryParse(cell.Text, CultureInfo.InvariantCulture, out var year) ||
        AcademicYear.TryParse(cell.Number?.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture, out year) ? year : null;

    /// <summary>Rounded once, halves away from zero, for files: 62.5 with no decimals is 63.</summary>
    public static string Rounded(double value, int decimals) => Math.Abs(value) < 1e15
        ? Math.Round((decimal)value, Math.Clamp(decimals, 0, 10), MidpointRounding.AwayFromZero).ToString("F" + Math.Clamp(decimals, 0, 10), CultureInfo.InvariantCulture)
        : value.ToString("R", CultureInfo.InvariantCulture);

    public static string NumberFormat(int decimals) => decimals <= 0 ? "0" : "0." + new string('0', Math.Min(decimals, 10));

    public static string BreakSentence(Break b) => $"{AcademicYear.Ending(b.Year)} cannot be compared with earlier years: {b.Reason.TrimEnd('.')}.";
}
