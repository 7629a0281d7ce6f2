namespace Waymark.Field;

/// <summary>Why a figure shows no number, after the Government Statistical Service's symbols.</summary>
public enum Symbol
{
    /// <summary>A number is shown.</summary>
    None = 0,
    /// <summary>z: does not apply, as girls in a boys' school.</summary>
    NotApplicable = 1,
    /// <summary>x: not available, not collected, not published or left blank.</summary>
    NotAvailable = 2,
    /// <summary>c: held back so that no child can be worked out.</summary>
    Confidential = 3,
    /// <summary>low: rounds to zero but is not zero.</summary>
    Low = 4,
    /// <summary>u: too unreliable to publish, as when fewer than half of the pupils are covered.</summary>
    Unreliable = 5,
}

public static class Symbols
{
    private static readonly string[] Codes = ["", "z", "x", "c", "low", "u"];

    private static readonly string[] Words =
        ["", "does not apply", "not available", "held back to protect children's privacy", "rounds to zero", "too unreliable to show"];

    /// <summary>The symbol as written in files: z, x, c, low, u; empty for a number.</summary>
    public static string Code(this Symbol symbol) => Codes[(int)symbol];

    /// <summary>The symbol in plain words, for a page.</summary>
    public static string InWords(this Symbol symbol) => Words[(int)symbol];

    public static Symbol? FromCode(string code) => Array.IndexOf(Codes, code) is var i and > 0 ? (Symbol)i : null;
}
