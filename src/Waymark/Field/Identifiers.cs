using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Waymark.Field;

/// <summary>The unique reference number of a school in the national register: six digits, 100000 to 999999.</summary>
public readonly record struct SchoolUrn : IParsable<SchoolUrn>, IComparable<SchoolUrn>
{
    public SchoolUrn(int value)
    {
        if (value is < 100_000 or > 999_999)
            throw new ArgumentOutOfRangeException(nameof(value), value, "A URN has six digits.");
        Value = value;
    }

    public int Value { get; }

    public static SchoolUrn Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var urn) ? urn : throw new FormatException($"'{s}' is not a URN. A URN has six digits, for example 109428.");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out SchoolUrn result)
    {
        result = default;
        if (!int.TryParse(s.AsSpan().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var value) || value is < 100_000 or > 999_999)
            return false;
        result = new SchoolUrn(value);
        return true;
    }

    public int CompareTo(SchoolUrn other) => Value.CompareTo(other.Value);
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>A local authority's three-digit code in national files, for example 823 for Central Bedfordshire.</summary>
public readonly record struct LocalAuthorityCode : IParsable<LocalAuthorityCode>, IComparable<LocalAuthorityCode>
{
    public LocalAuthorityCode(int value)
    {
        if (value is < 1 or > 999)
            throw new ArgumentOutOfRangeException(nameof(value), value, "A local authority code has three digits.");
        Value = value;
    }

    public int Value { get; }

    public static LocalAuthorityCode Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var code) ? code : throw new FormatException($"'{s}' is not a local authority code. It has three digits, for example 823.");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out LocalAuthorityCode result)
    {
        result = default;
        if (!int.TryParse(s.AsSpan().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var value) || value is < 1 or > 999)
            return false;
        result = new LocalAuthorityCode(value);
        return true;
    }

    public int CompareTo(LocalAuthorityCode other) => Value.CompareTo(other.Value);
    public override string ToString() => Value.ToString("000", CultureInfo.InvariantCulture);
}

/// <summary>
/// The seven-digit number of a school within its authority: authority code and four-digit establishment number.
/// No key over time: a conversion keeps it, a boundary change renews it.
/// </summary>
public readonly record struct Laestab : IParsable<Laestab>
{
    public Laestab(LocalAuthorityCode authority, int establishment)
    {
        if (establishment is < 1 or > 9999)
            throw new ArgumentOutOfRangeException(nameof(establishment), establishment, "An establishment number has four digits.");
        Authority = authority;
        Establishment = establishment;
    }

    public LocalAuthorityCode Authority { get; }
    public int Establishment { get; }
    public int Value => Authority.Value * 10_000 + Establishment;

    public static Laestab Parse(string s, IFormatProvider? provider = null) =>
        TryParse(s, provider, out var laestab) ? laestab : throw new FormatException($"'{s}' is not a LAESTAB. It has seven digits, for example 8232002 or 823/2002.");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out Laestab result)
    {
        result = default;
        var digits = s?.Trim().Replace("/", "", StringComparison.Ordinal);
        if (digits?.Length != 7 || !int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var value))
            return false;
        if (value / 10_000 == 0 || value % 10_000 == 0)
            return false;
        result = new Laestab(new LocalAuthorityCode(value / 10_000), value % 10_000);
        return true;
    }

    public override string ToString() => Value.ToString("0000000", CultureInfo.InvariantCulture);
}
