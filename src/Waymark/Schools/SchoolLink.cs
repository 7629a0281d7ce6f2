using Waymark.Field;

namespace Waymark.Schools;

public enum LinkKind
{
    /// <summary>One school goes on as another: a conversion, a new sponsor.</summary>
    Succession = 1,
    Merger = 2,
    Amalgamation = 3,
    Split = 4,
    /// <summary>Worth showing, and no history of either: a shared sixth form, an expansion.</summary>
    Other = 5,
}

/// <summary>One row of the register's links: an immutable version. The register often says the same link twice, once from each side.</summary>
public sealed class SchoolLink
{
    public required int ImportId { get; init; }
    public required int Line { get; init; }
    public required SchoolUrn Predecessor { get; init; }
    public required SchoolUrn Successor { get; init; }
    public required LinkKind Kind { get; init; }
    /// <summary>The day it was made; many links of old have none.</summary>
    public DateOnly? LinkedOn { get; init; }
    /// <summary>The name of whichever of the two the row points to; the other side is named by its own row.</summary>
    public required SchoolUrn Named { get; init; }
    public required string Name { get; init; }
}

/// <summary>
/// A URN's place in its school's line. Only schools whose line has several URNs stand here: for all others the line is the URN itself.
/// Derived from the visible links whenever they change.
/// </summary>
public sealed class SchoolLine
{
    public required SchoolUrn Urn { get; init; }
    /// <summary>The line is called by its newest URN.</summary>
    public required SchoolUrn Line { get; init; }
    /// <summary>0 is the oldest.</summary>
    public required int Position { get; init; }

    /// <summary>
    /// The lines in a set of links: a succession joins two URNs where one school goes on as exactly one other.
    /// Merged, amalgamated and split schools have several, and no figure follows those.
    /// </summary>
    public static IEnumerable<SchoolLine> Of(IEnumerable<(SchoolUrn Predecessor, SchoolUrn Successor, LinkKind Kind)> links)
    {
        var plain = links
            .Where(link => link.Predecessor != link.Successor)
            .GroupBy(link => (link.Predecessor, link.Successor))
            .Where(pair => pair.All(link => link.Kind == LinkKind.Succession))
            .Select(pair => pair.Key)
            .ToList();
        var next = plain.GroupBy(pair => pair.Predecessor).Where(group => group.Count() == 1).ToDictionary(group => group.Key, group => group.First().Successor);
        var previous = plain.GroupBy(pair => pair.Successor).Where(group => group.Count() == 1).ToDictionary(group => group.Key, group => group.First().Predecessor);
        bool Joined(SchoolUrn earlier, SchoolUrn later) => next.TryGetValue(earlier, out var s) && s == later && previous.TryGetValue(later, out var p) && p == earlier;

        // A line begins where nothing joins on from before; a ring of links (two rows that contradict each other) has no beginning and makes no line.
        foreach (var first in next.Keys.Where(urn => !previous.TryGetValue(urn, out var before) || !Joined(before, urn)).Order())
        {
            var urns = new List<SchoolUrn> { first };
            while (next.TryGetValue(urns[^1], out var after) && Joined(urns[^1], after))
                urns.Add(after);
            if (urns.Count == 1) continue;
            for (var i = 0; i < urns.Count; i++)
                yield return new SchoolLine { Urn = urns[i], Line = urns[^1], Position = i };
        }
    }
}
