using Waymark.Shared.Documents;

namespace Waymark.Shared.Imports.Pages;

/// <summary>What an import says, as tables.</summary>
public static class ImportNotes
{
    private const int Shown = 20;

    public static Table Faults(string file, IReadOnlyList<ImportNote> faults) => new(
        "faults-" + Math.Abs(string.GetHashCode(file, StringComparison.Ordinal)), $"What is wrong in {file}",
        [new("line", "Line", ColumnRole.Number), new("column", "Column"), new("value", "Value"), new("right", "What would be right", ColumnRole.Label)],
        [.. faults.Select(note => new Row([Line(note), new(note.Column ?? ""), new(note.Value ?? ""), new(note.Sentence)]))]);

    /// <summary>Everything it says, one row each, for a file.</summary>
    public static Table All(IEnumerable<ImportNote> notes) => new("notes", "What was not kept",
        [new("kind", "Kind"), new("line", "Line", ColumnRole.Number), new("column", "Column"), new("value", "Value"), new("reason", "Reason", ColumnRole.Label)],
        [.. notes.Select(note => new Row([new(KindOf(note.Kind)), Line(note), new(note.Column ?? ""), new(note.Value ?? ""), new(note.Sentence)]))]);

    /// <summary>One reason with the rows, columns or values it concerns.</summary>
    public sealed record Group(string Reason, int Count, IReadOnlyList<string> Examples);

    public static IReadOnlyList<Group> Grouped(IEnumerable<ImportNote> notes, NoteKind kind) =>
    [
        .. notes.Where(note => note.Kind == kind).GroupBy(note => note.Sentence).OrderByDescending(group => group.Count())
            .Select(group => new Group(Capital(group.Key), group.Count(), [.. group.Take(Shown).Select(Where).Where(where => where.Length > 0)])),
    ];

    public static string KindOf(NoteKind kind) => kind switch
    {
        NoteKind.Fault => "fault",
        NoteKind.RowListed => "row not kept",
        NoteKind.ColumnUnknown => "column not used",
        _ => "remark",
    };

    private static string Where(ImportNote note) => string.Join(", ", new[]
    {
        note.Line is { } line ? $"line {line:N0}" : "",
        note.Kind == NoteKind.ColumnUnknown ? note.Column ?? "" : note.Column is { } column ? $"column {column}" : "",
        note.Value is { Length: > 0 } value ? $"‘{value}’" : "",
    }.Where(part => part.Length > 0));

    private static Cell Line(ImportNote note) => note.Line is { } line ? new Cell($"{line}", line) : new Cell("");

    private static string Capital(string sentence) => sentence.Length == 0 ? "" : char.ToUpperInvariant(sentence[0]) + sentence[1..];
}
