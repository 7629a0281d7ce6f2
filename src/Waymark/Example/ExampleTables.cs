using System.Globalization;

namespace Waymark.Example;

/// <summary>What the raw layouts of the performance tables share: rows whose columns are named, an interval, the national rows.</summary>
internal static class ExampleTables
{
    private static readonly List<(string Table, string Rectype, string Column, string Value)> NationalValues =
        ExampleSchools.Embedded("national.csv", cell => (cell("table"), cell("rectype"), cell("column"), cell("value")));

    /// <summary>A row under construction: columns are named as they are filled, so that the first row makes the header.</summary>
    internal sealed class Row : List<(string Column, string Value)>
    {
        public void Add(string column, object? value) => Add((column, Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""));
    }

    public static ExampleFile Table(string name, string table, List<Row> rows)
    {
        var text = new ExampleText().Row(rows[0].Select(cell => cell.Column));
        foreach (var row in rows) text.Row(row.Select(cell => cell.Value));
        foreach (var nation in NationalValues.Where(n => n.Table == table).GroupBy(n => n.Rectype))
        {
            var known = nation.ToDictionary(n => n.Column, n => n.Value);
            text.Row(rows[0].Select(cell => cell.Column == "RECTYPE" ? nation.Key : known.GetValueOrDefault(cell.Column, "")));
        }
        return text.ToFile(name, ExampleText.Utf8WithMark);
    }

    /// <summary>The address as the tables break it: street first, then the village.</summary>
    public static string? Address(ExampleSchool? school, int line) => line == 1 ? school?.Street : school?.Locality;

    /// <summary>A published mean with its interval: mean ± 1.96 · sd / √n.</summary>
    public static void Interval(Row row, string column, string lower, string upper, List<double> scores, double sd, int decimals, string? symbol)
    {
        var mean = scores.Count == 0 ? 0 : scores.Average();
        var half = scores.Count == 0 ? 0 : 1.96 * sd / Math.Sqrt(scores.Count);
        row.Add(column, symbol ?? ExampleText.Number(mean, decimals));
        row.Add(column + lower, symbol ?? ExampleText.Number(mean - half, decimals));
        row.Add(column + upper, symbol ?? ExampleText.Number(mean + half, decimals));
    }
}
