using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Html;
using Waymark.Field;
using Waymark.Shared.Documents;
using static Waymark.Shared.Web.Element;

namespace Waymark.Shared.Web;

/// <summary>How a <see cref="Table"/> stands on a page, with what the chart's script reads from it.</summary>
public sealed class TableView(Table table)
{
    /// <summary>"30 September 2016", "-1.9 to -0.8": broken in two they are harder to read than a table that scrolls.</summary>
    private const int LongestInOneLine = 17;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private readonly int heading = Math.Max(0, new[] { ColumnRole.Label, ColumnRole.Series, ColumnRole.Period, ColumnRole.Text }
        .Select(role => table.Columns.ToList().FindIndex(c => c.Role == role)).FirstOrDefault(i => i >= 0, 0));

    /// <summary>What a chart's script needs beyond the cells, as JSON. Years are those in which the academic year ends.</summary>
    public string Options(Chart chart) => JsonSerializer.Serialize(new
    {
        chart.Description,
        chart.From,
        chart.To,
        Unit = table.Columns.FirstOrDefault(c => c.Role == ColumnRole.Value)?.Unit,
        Decimals = table.Columns.FirstOrDefault(c => c.Role == ColumnRole.Value)?.Decimals,
        chart.References,
        Breaks = chart.Breaks?.Select(b => new { Year = b.Year > 9999 ? AcademicYear.FromCode(b.Year).EndYear : b.Year, b.Reason }),
        chart.Limits,
    }, Json);

    /// <summary>The symbols that stand as a letter in this table, for the key below it.</summary>
    public IReadOnlyList<Symbol> Symbols { get; } = [.. table.Rows.SelectMany(r => r.Cells).Where(IsLetter)
        .Select(c => Field.Symbols.FromCode(c.Symbol)).OfType<Symbol>().Distinct().Order()];

    /// <summary>A cell: a link where it has one, a symbol with its words, and the number behind the text for the chart.</summary>
    public IHtmlContent Cell(Cell cell, int index)
    {
        var column = table.Columns[index];
        object content = IsLetter(cell) && Field.Symbols.FromCode(cell.Symbol) is { } symbol
            ? All(new Element("abbr", [("class", "w-symbol"), ("title", symbol.InWords()), ("aria-hidden", "true")], cell.Text),
                new Element("span", [("class", "govuk-visually-hidden")], symbol.InWords()))
            : cell.Symbol.Length > 0 ? new Element("span", [("class", "w-symbol")], cell.Text) : cell.Text;
        if (cell.Href is not null) content = new Element("a", [("class", "govuk-link"), ("href", cell.Href)], content);
        var value = column.Role == ColumnRole.Period && AcademicYear.TryParse(cell.Text, null, out var year) ? year.EndYear : cell.Number;
        var isHeading = index == heading && !column.IsNumeric;
        return new Element(isHeading ? "th" : "td",
            [("scope", isHeading ? "row" : null),
                ("class", isHeading ? "govuk-table__header" : Words("govuk-table__cell", column.IsNumeric ? "govuk-table__cell--numeric" : cell.Text.Length <= LongestInOneLine ? "w-short" : cell.Text.Length > 60 ? "w-long" : null)),
                ("data-value", table.Charts.Any() ? value?.ToString("R", CultureInfo.InvariantCulture) : null),
                ("data-text", table.Charts.Any() && IsLetter(cell) ? Field.Symbols.FromCode(cell.Symbol)?.InWords() : null)],
            content);
    }

    private static bool IsLetter(Cell cell) => cell.Symbol.Length > 0 && cell.Text == cell.Symbol;
}
