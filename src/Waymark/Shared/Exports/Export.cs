using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared.Access;
using Waymark.Shared.Documents;

namespace Waymark.Shared.Exports;

/// <summary>
/// Records that a room gives out, by name: the same rows as JSON, CSV and a workbook, on a page and on the command line. A row is a small record type; its
/// properties are the columns, in their order. <c>Export.Of("letters", "Letters to …", Permission.Read, (db, today) => …)</c> in <see cref="Room.Exports"/>.
/// </summary>
/// <param name="Name">As it is asked for: "attendance".</param>
/// <param name="Words">What its rows are, for the list of exports.</param>
/// <param name="For">Who may have it on a page; the command line belongs to who holds the machine.</param>
/// <param name="Row">The type of a row.</param>
/// <param name="Rows">All of them, read as they are asked for.</param>
public sealed partial record Export(string Name, string Words, Permission For, Type Row, Func<WaymarkDb, DateOnly, IEnumerable<object>> Rows)
{
    public static Export Of<T>(string name, string words, Permission @for, Func<WaymarkDb, DateOnly, IEnumerable<T>> rows) where T : class => new(name, words, @for, typeof(T), rows);

    public static IReadOnlyList<Export> All { get; } = [.. Room.All.SelectMany(room => room.Exports).OrderBy(export => export.Name, StringComparer.Ordinal)];

    public static Export? Find(string name) => All.FirstOrDefault(export => export.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The names of its columns as a file writes them: held_on.</summary>
    public IEnumerable<string> Columns => Properties.Select(property => Snake(property.Name));

    private PropertyInfo[] Properties => Row.GetProperties();

    /// <summary>The rows of which every named column says what is asked, in any case; an unknown column is told in a sentence.</summary>
    public string? Where(IEnumerable<KeyValuePair<string, string>> wanted, WaymarkDb db, DateOnly today, out IEnumerable<object> rows)
    {
        rows = Rows(db, today);
        foreach (var (column, value) in wanted)
        {
            var property = Array.Find(Properties, property => column.Equals(Snake(property.Name), StringComparison.OrdinalIgnoreCase) || column.Equals(property.Name, StringComparison.OrdinalIgnoreCase));
            if (property is null) return $"{Name} has no column {column}. It has {string.Join(", ", Columns)}.";
            rows = rows.Where(row => string.Equals(Text(property.GetValue(row)), value, StringComparison.OrdinalIgnoreCase));
        }
        return null;
    }

    /// <summary>The rows as a table, for a file that has cells.</summary>
    public Table Table(IEnumerable<object> rows) => new(Name.Replace('-', '_'), Words,
        [.. Properties.Select((property, i) => new Column(Snake(property.Name), Heading(property.Name), IsNumber(property.PropertyType) ? ColumnRole.Number : i == 0 ? ColumnRole.Label : ColumnRole.Text, Decimals: IsWhole(property.PropertyType) ? 0 : 2))],
        [.. rows.Select(row => new Row([.. Properties.Select(property => CellOf(property.GetValue(row), IsNumber(property.PropertyType)))]))]);

    private static Cell CellOf(object? value, bool isNumber) =>
        isNumber ? value is null ? new("", null, Symbol.NotAvailable.Code()) : new(Text(value), Convert.ToDouble(value, CultureInfo.InvariantCulture)) : new(Text(value));

    private static string Text(object? value) => value switch
    {
        null => "",
        bool yes => yes ? "true" : "false",
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime instant => instant.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
        Enum name => JsonNamingPolicy.CamelCase.ConvertName(name.ToString()),
        string text => text,
        System.Collections.IEnumerable many => string.Join("; ", many.Cast<object?>().Select(Text)),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static bool IsNumber(Type type) => IsWhole(type) || (Nullable.GetUnderlyingType(type) ?? type) is var of && (of == typeof(double) || of == typeof(decimal));

    private static bool IsWhole(Type type) => (Nullable.GetUnderlyingType(type) ?? type) is var of && (of == typeof(int) || of == typeof(long));

    private static string Snake(string name) => Humps().Replace(name, "_$0").ToLowerInvariant();

    private static string Heading(string name) => name[..1] + Humps().Replace(name, " $0")[1..].ToLowerInvariant();

    [GeneratedRegex("(?<!^)[A-Z]")]
    private static partial Regex Humps();
}
