using Waymark.Shared.Imports;

namespace Waymark.Schools.Imports;

/// <summary>One way a register is written, as registers.json has it: which column holds what, and what its words for a school's status mean.</summary>
internal sealed record RegisterLayout(string Format, string Title, string[] Requires, string? ChangedOn, RegisterEdition[] Editions)
{
    public static IReadOnlyList<RegisterLayout> All { get; } = EmbeddedJson.Read<RegisterLayout[]>("Waymark.Schools.Imports.registers.json");

    public bool Fits(TabularFile file) => Requires.All(file.Has);
    public int Found(TabularFile file) => Requires.Length + Editions.Sum(edition => edition.Columns.Values.Count(file.Has));
}

/// <summary>How the schools stood at one time; a joined file holds several.</summary>
internal sealed record RegisterEdition(DateOnly? AsOf, Dictionary<string, string> Columns, Dictionary<string, SchoolStatus> Status)
{
    public int Find(TabularFile file, string field) => Columns.TryGetValue(field, out var column) ? file.Column(column) : -1;
}
