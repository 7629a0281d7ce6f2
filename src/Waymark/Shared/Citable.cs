using Waymark.Data;
using Waymark.Field;

namespace Waymark.Shared;

/// <summary>
/// A kind of record that can be cited, or that rests on what is cited: a figure, a finding, a decision, a practice, a priority. A room declares its kinds in
/// <see cref="Room.Citables"/>; Evidence freezes what they say, and leads from each to what rests on it.
/// </summary>
/// <param name="Kind">Its lasting name in the store: "figure".</param>
/// <param name="Words">In the middle of a sentence: "figure".</param>
/// <param name="Address">Where its pages begin: "/figures/". The address of a record is this and its key.</param>
/// <param name="Find">What the record with this key says now; null where there is none, or who reads may not see it.</param>
public sealed record Citable(string Kind, string Words, string Address, Func<WaymarkDb, string, LiveRecord?> Find)
{
    /// <summary>The records under which evidence can be put now; none for a kind that rests on nothing.</summary>
    public Func<WaymarkDb, IEnumerable<LiveRecord>>? Open { get; init; }

    /// <summary>Who may put evidence under a record, for its place.</summary>
    public Access.Permission? OpenTo { get; init; }

    private static readonly Lazy<Dictionary<string, Citable>> ByKind = new(() => Room.All.SelectMany(room => room.Citables).ToDictionary(citable => citable.Kind));

    public static IEnumerable<Citable> All => ByKind.Value.Values;

    public static Citable? Of(string? kind) => kind is null ? null : ByKind.Value.GetValueOrDefault(kind);

    /// <summary>The kind and key of the record whose page has this address, whole or from the first slash of its path on; null where it is no such page.</summary>
    public static (Citable Citable, string Key)? At(string? address)
    {
        var path = (address ?? "").Trim();
        if (Uri.TryCreate(path, UriKind.Absolute, out var whole) && whole.Scheme is "http" or "https") path = whole.AbsolutePath;
        path = path.Split('?', '#')[0];
        return All.Where(citable => path.Length > citable.Address.Length && path.StartsWith(citable.Address, StringComparison.OrdinalIgnoreCase))
            .OrderByDescending(citable => citable.Address.Length).Select(citable => ((Citable, string)?)(citable, path[citable.Address.Length..])).FirstOrDefault();
    }
}

/// <summary>What a record says now.</summary>
/// <param name="Title">What it is: "Good level of development: Dunstable, 2015/16".</param>
/// <param name="Wording">What it says, with its base or its symbol: "58% (181 of 312; 95% interval 52% to 63%)".</param>
/// <param name="Place">What it is about, or whose it is.</param>
/// <param name="IsPublic">Whether somebody without a role may see it.</param>
public sealed record LiveRecord(string Key, string Title, string Wording, PlaceKey Place, bool IsPublic)
{
    public double? Value { get; init; }
    public long? Base { get; init; }
    public double? Lower { get; init; }
    public double? Upper { get; init; }

    /// <summary>Why there is no value, as in files: z, x, c, low, u.</summary>
    public string Symbol { get; init; } = "";

    /// <summary>The day it is about or was made on.</summary>
    public DateOnly? On { get; init; }

    /// <summary>Who is counted in it, one line each.</summary>
    public IReadOnlyList<string> Members { get; init; } = [];
}
