using System.Globalization;
using Waymark.Field;

namespace Waymark.Shared.Documents;

/// <summary>One figure in a tidy file: what was measured, when, where, of whom, on how many.</summary>
public sealed record TidyRow(
    AcademicYear Year, PlaceKind Level, string PlaceCode, string PlaceName, string Measure, string MeasureLabel, string Group, double? Value,
    double? Numerator, double? Denominator, double? Lower, double? Upper, Symbol Symbol, string Unit, int Decimals, int? Rank = null, int? Ranked = null, int? Quartile = null);

/// <summary>
/// Figures in the layout of the official statistics service: one row each, years as six digits, a symbol where a number is
/// missing (no field of a number is left blank), and a second file that says what each column is. UTF-8 without a byte order mark.
/// Places are one code and one name, because a cluster of schools has no columns of its own in that layout.
/// </summary>
public static class TidyCsv
{
    private static readonly string[] Header =
        ["time_period", "time_identifier", "geographic_level", "place_code", "place_name", "measure", "measure_label", "group",
         "value", "numerator", "denominator", "lower", "upper", "symbol", "unit", "rank", "ranked", "quartile"];

    /// <summary>The second file's lines: every column that is neither time nor geographic level.</summary>
    private static readonly string[][] Meta =
    [
        ["col_name", "col_type", "label", "indicator_grouping", "indicator_unit", "indicator_dp", "filter_hint", "filter_grouping_column"],
        ["place_code", "Filter", "Code of the place", "", "", "", "URN, cluster, pyramid, authority, region or country", ""],
        ["place_name", "Filter", "Name of the place", "", "", "", "", ""],
        ["measure", "Filter", "Code of the measure", "", "", "", "", ""],
        ["measure_label", "Filter", "Measure", "", "", "", "", ""],
        ["group", "Filter", "Group of pupils", "", "", "", "all is everybody", ""],
        ["symbol", "Filter", "Why there is no number", "", "", "", "z does not apply, x not available, c held back, low rounds to zero, u unreliable", ""],
        ["unit", "Filter", "Unit of the value and its interval", "", "", "", "percentages are written 0 to 100", ""],
        ["value", "Indicator", "Value", "Figures", "", "", "", ""],
        ["numerator", "Indicator", "How many of them", "Figures", "", "0", "", ""],
        ["denominator", "Indicator", "The number the value rests on", "Figures", "", "0", "", ""],
        ["lower", "Indicator", "Lower end of the 95% interval", "Figures", "", "", "", ""],
        ["upper", "Indicator", "Upper end of the 95% interval", "Figures", "", "", "", ""],
        ["rank", "Indicator", "Rank of an authority among those that have the figure, 1 the best", "Standing", "", "0", "", ""],
        ["ranked", "Indicator", "The number of authorities it is ranked among", "Standing", "", "0", "", ""],
        ["quartile", "Indicator", "Quartile of an authority, 1 the best", "Standing", "", "0", "", ""],
    ];

    public static void Write(IEnumerable<TidyRow> rows, Stream output) => TableCsv.Lines(rows.Select(Fields).Prepend(Header), output);

    /// <summary>Writes the file that goes beside it, named like it with .meta.csv at its end.</summary>
    public static void WriteMeta(Stream output) => TableCsv.Lines(Meta, output);

    private static string[] Fields(TidyRow row)
    {
        var missing = row.Symbol == Symbol.None ? Symbol.NotAvailable.Code() : row.Symbol.Code();
        string Number(double? number, int decimals) => number is { } n && double.IsFinite(n) ? Wording.Rounded(n, decimals) : missing;
        static string Standing(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? Symbol.NotApplicable.Code();
        return
        [
            row.Year.Code.ToString(CultureInfo.InvariantCulture), "Academic year", Level(row.Level),
            Inert.Write(row.PlaceCode), Inert.Write(row.PlaceName), Inert.Write(row.Measure), Inert.Write(row.MeasureLabel), Inert.Write(row.Group),
            Number(row.Value, row.Decimals), Number(row.Numerator, 0), Number(row.Denominator, 0), Number(row.Lower, row.Decimals), Number(row.Upper, row.Decimals),
            row.Symbol.Code(), Inert.Write(row.Unit), Standing(row.Rank), Standing(row.Ranked), Standing(row.Quartile),
        ];
    }

    private static string Level(PlaceKind kind) => kind switch
    {
        PlaceKind.Region => "Regional",
        PlaceKind.Authority => "Local authority",
        PlaceKind.Neighbours => "Statistical neighbours",
        _ => kind.ToString(),
    };
}
