using Waymark.Data;
using Waymark.Field;
using Waymark.Shared;

namespace Waymark.Evidence;

/// <summary>
/// What a record said on the day it was cited: frozen, with its base or symbol, interval and members. The live record goes on; the citation says whether it has moved since.
/// </summary>
public sealed class Citation
{
    public int Id { get; init; }
    public required string Kind { get; init; }
    /// <summary>The record among those of its kind.</summary>
    public required string Key { get; init; }
    public required string Title { get; init; }
    public required string Wording { get; init; }
    public required double? Value { get; init; }
    public required long? Base { get; init; }
    public required double? Lower { get; init; }
    public required double? Upper { get; init; }
    public required string Symbol { get; init; }
    public required DateOnly? On { get; init; }
    /// <summary>Who was counted in it, one line each.</summary>
    public required string Members { get; init; }
    public required PlaceKey Place { get; init; }
    public required bool IsPublic { get; init; }
    public required DateOnly CitedOn { get; init; }
    /// <summary>Null for a command line or an example.</summary>
    public required int? CitedBy { get; init; }

    public string Address => $"/citations/{Id}";

    public IReadOnlyList<string> MemberList => Members.Length == 0 ? [] : Members.Split('\n');

    public static Citation Freeze(string kind, LiveRecord live, DateOnly today, int? person) => new()
    {
        Kind = kind,
        Key = live.Key,
        Title = live.Title,
        Wording = live.Wording,
        Value = live.Value,
        Base = live.Base,
        Lower = live.Lower,
        Upper = live.Upper,
        Symbol = live.Symbol,
        On = live.On,
        Members = string.Join('\n', live.Members),
        Place = live.Place,
        IsPublic = live.IsPublic,
        CitedOn = today,
        CitedBy = person,
    };

    /// <summary>Whether the record still says the same of the same.</summary>
    public bool Agrees(LiveRecord live) => Wording == live.Wording && Value.Equals(live.Value) && Base == live.Base && Lower.Equals(live.Lower) && Upper.Equals(live.Upper)
        && Symbol == live.Symbol && Members == string.Join('\n', live.Members);

    /// <summary>How the record stands to what was cited, in a sentence.</summary>
    /// <param name="live">Null where it is not there any more.</param>
    public string Movement(LiveRecord? live)
    {
        if (live is null) return "The record is not shown any more.";
        if (Agrees(live)) return "Unchanged since.";
        var said = Wording == live.Wording ? "It still says the same" : $"It now says: {live.Wording.TrimEnd('.')}";
        var (joined, left) = (live.Members.Except(MemberList).Count(), MemberList.Except(live.Members).Count());
        return joined + left == 0 ? said + "." : $"{said}; of its members {left} left and {joined} joined.";
    }
}

/// <summary>A record rests on a citation.</summary>
public sealed class CitationUse
{
    public required int CitationId { get; init; }
    public required string Kind { get; init; }
    public required string Key { get; init; }
}
