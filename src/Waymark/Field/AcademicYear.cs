using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Waymark.Field;

/// <summary>
/// An academic year, 1 September to 31 August. Written as six digits in files (201718), "2017/18" on pages.
/// The year is called by the summer it ends in: the tests of May 2018 belong to 2017/18.
/// </summary>
public readonly record struct AcademicYear : IParsable<AcademicYear>, IComparable<AcademicYear>
{
    private AcademicYear(int startYear) => StartYear = startYear;

    public int StartYear { get; }
    public int EndYear => StartYear + 1;
    /// <summary>The six-digit form of the official statistics: 201718.</summary>
    public int Code => StartYear * 100 + EndYear % 100;
    public DateOnly FirstDay => new(StartYear, 9, 1);
    public DateOnly LastDay => new(EndYear, 8, 31);
    public AcademicYear Next => new(StartYear + 1);
    public AcademicYear Previous => new(StartYear - 1);

    public static AcademicYear Ending(int endYear) => endYear is >= 1990 and <= 2099
        ? new(endYear - 1)
        : throw new ArgumentOutOfRangeException(nameof(endYear), endYear, "An academic year ends between 1990 and 2099.");

    public static AcademicYear Of(DateOnly day) => Ending(day.Month >= 9 ? day.Year + 1 : day.Year);

    public static AcademicYear FromCode(int code) =>
        TryFromCode(code, out var year) ? year : throw new FormatException($"'{code}' is not an academic year. Write it as six digits, for example 201718.");

    private static bool TryFromCode(int code, out AcademicYear year)
    {
        year = default;
        var start = code / 100;
        if (start is < 1989 or > 2098 || (start + 1) % 100 != code % 100)
            return false;
        year = new AcademicYear(start);
        return true;
    }

    /// <summary>Reads 201718, 2017/18, 2017-18, 2017-2018, 2017/2018, 2018 (the year it ends in), each also with a note like "2018 (Rev)".</summary>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out AcademicYear result)
    {
        result = default;
        var text = (s ?? "").Trim();
        var note = text.IndexOf('(', StringComparison.Ordinal);
        if (note >= 0) text = text[..note].TrimEnd();
        var parts = text.Split('/', '-', '–');
        if (parts.Length == 2 && Digits(parts[0], 4) is int from && (Digits(parts[1], 2) ?? Digits(parts[1], 4) % 100) is int to)
            return TryFromCode(from * 100 + to, out result);
        if (parts.Length != 1)
            return false;
        if (Digits(text, 6) is int code)
            return TryFromCode(code, out result);
        if (Digits(text, 4) is not int end || end is < 1990 or > 2099)
            return false;
        result = Ending(end);
        return true;
    }

    /// <summary>Reads the six digits of files and commands, 201718, and nothing else.</summary>
    public static bool TryParseCode(string? s, out AcademicYear result)
    {
        result = default;
        return Digits(s ?? "", 6) is int code && TryFromCode(code, out result);
    }

    public static AcademicYear Parse(string s, IFormatProvider? provider = null) => TryParse(s, provider, out var year)
        ? year
        : throw new FormatException($"'{s}' is not an academic year. Write it as six digits, for example 201718.");

    public int CompareTo(AcademicYear other) => StartYear.CompareTo(other.StartYear);
    public static bool operator <(AcademicYear a, AcademicYear b) => a.StartYear < b.StartYear;
    public static bool operator >(AcademicYear a, AcademicYear b) => a.StartYear > b.StartYear;
    public static bool operator <=(AcademicYear a, AcademicYear b) => a.StartYear <= b.StartYear;
    public static bool operator >=(AcademicYear a, AcademicYear b) => a.StartYear >= b.StartYear;
    public override string ToString() => $"{StartYear}/{EndYear % 100:00}";

    private static int? Digits(string s, int length) =>
        s.Length == length && int.TryParse(s, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;
}
