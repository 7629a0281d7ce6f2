using System.Globalization;
using System.Text;

namespace Waymark.Example;

/// <summary>One file of the example, as a user would have it on disk.</summary>
public sealed record ExampleFile(string Name, byte[] Content);

/// <summary>Which cells a layout puts into quotation marks.</summary>
internal enum Quotes
{
    WhereNeeded,
    Text,
    Everywhere,
}

/// <summary>Writes CSV in the manner of a given source: its quotation marks, line ends and encoding.</summary>
internal sealed class ExampleText(Quotes quotes = Quotes.WhereNeeded)
{
    /// <summary>The register's encoding.</summary>
    public static readonly Encoding Windows1252 = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    /// <summary>The performance tables' encoding: UTF-8 that says so.</summary>
    public static readonly Encoding Utf8WithMark = new UTF8Encoding(true);

    private readonly StringBuilder text = new();

    public ExampleText Row(params IEnumerable<object?> cells)
    {
        var first = true;
        foreach (var cell in cells)
        {
            if (!first) text.Append(',');
            first = false;
            Append(Convert.ToString(cell, CultureInfo.InvariantCulture) ?? "");
        }
        text.Append("\r\n");
        return this;
    }

    private void Append(string cell)
    {
        var quoted = quotes switch
        {
            Quotes.Everywhere => true,
            Quotes.Text => cell.Length == 0 || !cell.All(char.IsAsciiDigit),
            _ => cell.AsSpan().IndexOfAny(",\"\r\n") >= 0,
        };
        if (quoted) text.Append('"').Append(cell.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
        else text.Append(cell);
    }

    public ExampleFile ToFile(string name, Encoding? encoding = null)
    {
        encoding ??= new UTF8Encoding(false);
        return new(name, [.. encoding.GetPreamble(), .. encoding.GetBytes(text.ToString())]);
    }

    /// <summary>A number with fixed decimals, halves away from zero, without "-0.0".</summary>
    public static string Number(double value, int decimals)
    {
        var rounded = Math.Round(value, decimals, MidpointRounding.AwayFromZero);
        return (rounded == 0 ? 0 : rounded).ToString("F" + decimals, CultureInfo.InvariantCulture);
    }

    /// <summary>A whole percentage as the tables print it: 62%. Blank where there is nobody.</summary>
    public static string Percent(int part, int whole) => whole == 0 ? "" : $"{(200 * part + whole) / (2 * whole)}%";
}
