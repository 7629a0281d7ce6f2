namespace Waymark.Field;

/// <summary>What a school teaches, by the ages it takes. Lower (or first), middle and upper are the three-tier system.</summary>
public enum Phase
{
    /// <summary>Neither the register's label nor the ages tell.</summary>
    Unknown = 0,
    Nursery = 1,
    Infant = 2,
    Lower = 3,
    First = 4,
    Junior = 5,
    Primary = 6,
    Middle = 7,
    Upper = 8,
    Secondary = 9,
    AllThrough = 10,
    Special = 11,
    AlternativeProvision = 12,
    SixteenPlus = 13,
}

public static class Phases
{
    private static readonly string[] Words =
        ["not known", "nursery", "infant", "lower", "first", "junior", "primary", "middle", "upper", "secondary", "all-through", "special", "alternative provision", "16 plus"];

    /// <summary>The phase in words: "all-through", "16 plus".</summary>
    public static string InWords(this Phase phase) => Words[(int)phase];

    public static bool IsThreeTier(this Phase phase) => phase is Phase.Lower or Phase.First or Phase.Middle or Phase.Upper;

    public static Phase? FromWords(string? words) => Array.FindIndex(Words, word => string.Equals(word, words?.Trim(), StringComparison.OrdinalIgnoreCase)) is var i and >= 0 ? (Phase)i : null;
}
