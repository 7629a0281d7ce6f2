using System.Reflection;
using System.Text;
using System.Text.Json;

namespace Waymark.Outcomes.Imports.Pages;

/// <summary>What a column of a spreadsheet probably holds, by the words of its name (column-hints.json): a first answer for a person to correct.</summary>
internal sealed record ColumnHints(Dictionary<string, string[]> Holds, string[] Value, string[] Denominator, Dictionary<string, string[]> Groups, Dictionary<string, string[]> Measures)
{
    private static readonly ColumnHints Known = Read();

    /// <param name="examples">Some of the column's cells.</param>
    public static MapModel.MappedColumn For(string name, string examples)
    {
        var words = Words(name);
        bool Has(string[] hints) => hints.Any(hint => words.Contains(hint, StringComparison.Ordinal));
        string? Named(Dictionary<string, string[]> hints) => hints.FirstOrDefault(hint => Has(hint.Value)).Key;
        var column = new MapModel.MappedColumn { Name = name, Group = Named(Known.Groups) ?? "all" };
        if (Known.Holds.FirstOrDefault(hint => hint.Value.Any(hinted => words == $" {hinted} ")).Key is { } fact) column.Holds = fact;
        else if (Has(Known.Denominator)) column.Holds = "denominator";
        else if (Named(Known.Measures) is { } measure) (column.Holds, column.Measure) = (Has(Known.Value) || examples.Contains('%', StringComparison.Ordinal) ? "value" : "numerator", measure);
        return column;
    }

    /// <summary>The name's words, small, with a blank before and after each; a percent sign is a word.</summary>
    private static string Words(string name)
    {
        var text = new StringBuilder(" ");
        foreach (var letter in name.ToLowerInvariant())
            if (char.IsLetterOrDigit(letter)) text.Append(letter);
            else if (letter == '%') text.Append(" % ");
            else text.Append(' ');
        return $" {string.Join(' ', text.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries))} ";
    }

    private static ColumnHints Read()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Waymark.Outcomes.Imports.Pages.column-hints.json")!;
        var read = JsonSerializer.Deserialize<ColumnHints>(stream, JsonSerializerOptions.Web)!;
        static string[] Whole(string[] hints) => [.. hints.Select(hint => $" {hint} ")];
        static Dictionary<string, string[]> All(Dictionary<string, string[]> hints) => hints.ToDictionary(hint => hint.Key, hint => Whole(hint.Value));
        return new ColumnHints(read.Holds, Whole(read.Value), Whole(read.Denominator), All(read.Groups), All(read.Measures));
    }
}
