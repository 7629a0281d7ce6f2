using System.Globalization;
using Waymark.Field;
using Waymark.Statistics;

namespace Waymark.Evidence;

/// <summary>How figures are written for people: rounded once, at the end, halves away from zero; never a number without its base or its symbol.</summary>
public static class FigureText
{
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    /// <summary>"58%", "+1.2", "104", "1,204"; the symbol's letter where there is no number.</summary>
    public static string Show(this Figure figure) => figure.Value is { } value ? Show(figure.Measure, value) : figure.Symbol.Code();

    public static string Show(Measure measure, double value)
    {
        var rounded = Round(measure, value);
        var sign = measure.Kind == MeasureKind.Progress && rounded > 0 ? "+" : "";
        return sign + rounded.ToString($"N{Decimals(measure)}", English) + (measure.IsPercentage ? "%" : "");
    }

    /// <summary>"52% to 63%"; empty without an interval.</summary>
    public static string Show(Measure measure, Interval? interval) => interval is { } some ? $"{Show(measure, some.Lower)} to {Show(measure, some.Upper)}" : "";

    /// <summary>"58% (181 of 312; 95% interval 52% to 63%)": value, base and uncertainty in one breath.</summary>
    public static string WithBase(this Figure figure)
    {
        if (figure.Value is null) return figure.Symbol.InWords();
        var of = (figure.Numerator, figure.Denominator, figure.Measure.Kind) switch
        {
            (double count, long all, MeasureKind.Proportion) => $"{count.ToString("N0", English)} of {all.ToString("N0", English)}",
            (_, long all, _) => $"{all.ToString("N0", English)} {(figure.Measure.Stage == "16 to 18" ? "students" : "pupils")}",
            _ => "",
        };
        var interval = figure.Interval is { } some ? $"95% interval {Show(figure.Measure, some)}" : "";
        var inside = string.Join("; ", new[] { of, interval }.Where(part => part.Length > 0));
        return inside.Length == 0 ? figure.Show() : $"{figure.Show()} ({inside})";
    }

    /// <summary>"Well above average".</summary>
    public static string InWords(this ProgressBand band) => band switch
    {
        ProgressBand.WellAboveAverage => "Well above average",
        ProgressBand.AboveAverage => "Above average",
        ProgressBand.Average => "Average",
        ProgressBand.BelowAverage => "Below average",
        _ => "Well below average",
    };

    public static double Round(Measure measure, double value) => Math.Round(value, Decimals(measure), MidpointRounding.AwayFromZero);

    /// <summary>On pages a share of children has no decimals: few cohorts are large enough to bear one.</summary>
    public static int Decimals(Measure measure) => measure is { IsPercentage: true, Kind: MeasureKind.Proportion } ? 0 : measure.Decimals;

    /// <summary>The first letter small, for use inside a sentence; "English", "EBacc", "Attainment 8" and "A level" keep theirs.</summary>
    public static string InSentence(string label)
    {
        var second = label.IndexOf(' ', StringComparison.Ordinal) + 1;
        var isName = label.Length < 2 || !char.IsUpper(label[0]) || char.IsUpper(label[1]) || label[1] == ' ' || char.IsDigit(label[second]) || label.StartsWith("English", StringComparison.Ordinal);
        return isName ? label : char.ToLowerInvariant(label[0]) + label[1..];
    }

    /// <summary>The address of the page that explains a figure.</summary>
    public static string Address(this Figure figure) =>
        $"/figures/{figure.Measure.Code}/{figure.Year.Code}/{figure.Place.KindCode}/{figure.Place.Number}/{figure.Group.Code}";
}
