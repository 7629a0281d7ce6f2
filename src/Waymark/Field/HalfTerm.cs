namespace Waymark.Field;

/// <summary>
/// Half a term of an academic year: 1 and 2 are the autumn's, 3 and 4 the spring's, 5 and 6 the summer's. Clusters meet once in each; it is what meetings and
/// progress are counted by. Its days differ by authority and are kept as records; without them the month tells.
/// </summary>
public readonly record struct HalfTerm(AcademicYear Year, int Number) : IComparable<HalfTerm>
{
    private static readonly string[] Names = ["autumn", "spring", "summer"];

    /// <summary>201617 and 1 is 2016171.</summary>
    public int Code => Year.Code * 10 + Number;

    public static HalfTerm FromCode(int code) => new(AcademicYear.FromCode(code / 10), code % 10 is >= 1 and <= 6 and var number ? number : throw new FormatException($"'{code}' is not a half term. Write it as seven digits, for example 2016171."));

    public static HalfTerm? TryCode(string? text) => text is { Length: 7 } && int.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var code)
        && AcademicYear.TryParseCode(text[..6], out var year) && code % 10 is >= 1 and <= 6 ? new HalfTerm(year, code % 10) : null;

    public string Term => Names[(Number - 1) / 2];

    /// <summary>"autumn term 2016, first half".</summary>
    public string InWords => $"{Term} term {(Number <= 2 ? Year.StartYear : Year.EndYear)}, {(Number % 2 == 1 ? "first" : "second")} half";

    public HalfTerm Next => Number == 6 ? new(Year.Next, 1) : new(Year, Number + 1);

    public HalfTerm Previous => Number == 1 ? new(Year.Previous, 6) : new(Year, Number - 1);

    /// <summary>Where no dates are recorded: by the usual breaks.</summary>
    public static HalfTerm Of(DateOnly day) => new(AcademicYear.Of(day), (day.Month, day.Day) switch
    {
        ( >= 9 and <= 10, _) => 1,
        ( >= 11, _) => 2,
        (1, _) or (2, <= 17) => 3,
        (2, _) or (3, _) or (4, <= 7) => 4,
        (4, _) or (5, _) => 5,
        _ => 6,
    });

    /// <summary>Its first day by the usual breaks.</summary>
    public DateOnly FirstDay => Number switch
    {
        1 => new(Year.StartYear, 9, 1),
        2 => new(Year.StartYear, 11, 1),
        3 => new(Year.EndYear, 1, 1),
        4 => new(Year.EndYear, 2, 18),
        5 => new(Year.EndYear, 4, 8),
        _ => new(Year.EndYear, 6, 1),
    };

    /// <summary>Its last day by the usual breaks.</summary>
    public DateOnly LastDay => Next.FirstDay.AddDays(-1);

    public int CompareTo(HalfTerm other) => Code.CompareTo(other.Code);

    public override string ToString() => InWords;
}
