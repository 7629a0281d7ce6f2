using System.Globalization;
using CsvHelper;

namespace Waymark.Example;

/// <summary>
/// One entry in the example's register: an invented school under one URN. A conversion is a second entry with the same establishment
/// number. Invented traits (intake, shares) stand beside what the register says.
/// </summary>
public sealed record ExampleSchool(
    int Urn, int Estab, string Name, string Tier, string Type, int Low, int High, int? EarlierHigh, DateOnly? HighFrom,
    DateOnly? Opened, DateOnly? Closed, int? Successor, string Link, double Intake, double Disadvantaged, double Eal, string Faith,
    string Clusters, string Associate, string Receivers,
    string Street, string Locality, string Town, string Postcode, int Easting, int Northing, string Ward)
{
    public bool IsSpecial => Tier == "special";

    /// <summary>As the national statistics count it: middle schools with the secondary ones.</summary>
    public string StatisticalType => Tier switch
    {
        "special" => "State-funded special school",
        "nursery" => "State-funded nursery",
        "lower" or "primary" => "State-funded primary",
        _ => "State-funded secondary",
    };

    /// <summary>Whether it is a new school: a conversion is the same school under a new number.</summary>
    public bool IsNew => Opened is not null && !ExampleSchools.All.Any(earlier => earlier.Successor == Urn && earlier.Link == "conversion");

    public bool IsOpenOn(DateOnly day) => (Opened is null || Opened <= day) && (Closed is null || Closed >= day);

    /// <summary>The highest statutory age in force that day.</summary>
    public int HighOn(DateOnly day) => HighFrom > day ? EarlierHigh!.Value : High;

    /// <summary>The age range as the performance tables write it: 9-13.</summary>
    public string AgeRange(DateOnly day) => $"{Low}-{HighOn(day)}";

    /// <summary>A lasting trait of the site, standard normal; it survives a conversion.</summary>
    public double Trait(string name) => ExampleRandom.For($"{Estab} {name}").Normal();

    /// <summary>A chance that belongs to this site and subject.</summary>
    public ExampleRandom Chance(string subject) => ExampleRandom.For($"{Estab} {subject}");

    /// <summary>Children in a year group (0 is Reception) in January of a year. Later cohorts are larger, as in the real headcounts.</summary>
    public int YearGroup(int group, int year)
    {
        var first = Low <= 5 ? 0 : Low - 4;
        var last = HighFrom is { } changed && changed.Year < year
            ? Math.Min(High, EarlierHigh!.Value + year - changed.Year) - 5
            : HighOn(ExampleCalendar.Census(year)) - 5;
        if (Tier == "nursery" || group < first || group > last) return 0;
        var entry = year - group;
        var spread = Math.Min(0.2, 0.7 / Math.Sqrt(Intake));
        var size = Intake * (1 + 0.019 * (entry - 2008)) * (1 + 0.008 * (year - 2014) * Trait("growth")) * (1 + spread * Trait($"entry {entry}"));
        return (int)Math.Round(Math.Max(1, size * (group switch { < 12 => 1, 12 => 0.56, _ => 0.46 })), MidpointRounding.AwayFromZero);
    }

    /// <summary>Pupils on roll at the spring census, nursery children included.</summary>
    public int Headcount(int year)
    {
        var nursery = Tier == "nursery" ? Intake * (1 + 0.04 * Trait($"nursery {year}"))
            : Low > 3 ? 0 : Intake * (Low == 3 ? 0.42 : 0.54) * (1 + 0.08 * Trait($"nursery {year}"));
        return (int)nursery + Enumerable.Range(0, 15).Sum(group => YearGroup(group, year));
    }
}

/// <summary>A cluster of the example: its code in schools.csv, its real name, and from when its memberships run.</summary>
public sealed record ExampleCluster(string Code, string Name, DateOnly From);

/// <summary>The list of the example's schools, read once from schools.csv.</summary>
public static class ExampleSchools
{
    /// <summary>Every entry of the register, closed ones too, by establishment number and URN.</summary>
    public static readonly IReadOnlyList<ExampleSchool> All = Embedded("schools.csv", School);

    public static readonly IReadOnlyList<ExampleCluster> Clusters =
    [
        new("HAST", "Harlington Area Schools Trust", new(2014, 9, 1)),
        new("LLWS", "Leighton Buzzard, Linslade and Woburn Sands", new(2015, 9, 1)),
        new("HR", "Houghton Regis", new(2015, 9, 1)),
        new("SAN", "Sandy", new(2015, 9, 1)),
        new("BIG", "Biggleswade", new(2015, 9, 1)),
        new("SSA", "Stotfold, Shefford and Arlesey", new(2015, 9, 1)),
        new("DUN", "Dunstable", new(2015, 9, 1)),
        new("AF", "Ampthill and Flitwick", new(2015, 9, 1)),
        new("CM", "Cranfield and Marston", new(2015, 9, 1)),
    ];

    /// <summary>Two of the seven are clusters that also meet on their own (87, 88 of the report).</summary>
    public static readonly IReadOnlyList<(string Name, DateOnly From, string[] Of)> Joint =
    [
        ("Sandy and Biggleswade", new(2015, 9, 1), ["Sandy", "Biggleswade"]),
        ("Ampthill, Flitwick and Cranfield", new(2015, 9, 1), ["Ampthill and Flitwick", "Cranfield and Marston"]),
    ];

    public static IEnumerable<ExampleSchool> OpenOn(DateOnly day) => All.Where(s => s.IsOpenOn(day));

    public static ExampleSchool ByUrn(int urn) => All.Single(s => s.Urn == urn);

    private static ExampleSchool School(Func<string, string> cell)
    {
        int Whole(string column) => int.Parse(cell(column), CultureInfo.InvariantCulture);
        int? WholeOrNull(string column) => cell(column).Length == 0 ? null : Whole(column);
        double Number(string column) => double.Parse(cell(column), CultureInfo.InvariantCulture);
        DateOnly? Day(string column) => cell(column).Length == 0 ? null : DateOnly.Parse(cell(column), CultureInfo.InvariantCulture);
        return new(Whole("urn"), Whole("estab"), cell("name"), cell("tier"), cell("type"), Whole("low"), Whole("high"), WholeOrNull("earlier_high"), Day("high_from"),
            Day("opened"), Day("closed"), WholeOrNull("successor"), cell("link"), Number("intake"), Number("disadvantaged"), Number("eal"), cell("faith"),
            cell("clusters"), cell("associate"), cell("receivers"),
            cell("street"), cell("locality"), cell("town"), cell("postcode"), Whole("easting"), Whole("northing"), cell("ward"));
    }

    /// <summary>Reads an embedded CSV file of this room, each row by the names of its columns.</summary>
    internal static List<T> Embedded<T>(string name, Func<Func<string, string>, T> read)
    {
        using var stream = typeof(ExampleSchools).Assembly.GetManifestResourceStream($"Waymark.Example.{name}")
            ?? throw new InvalidOperationException($"The example's file {name} is not in the assembly.");
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        using var csv = CsvReader.Create(bytes.ToArray());
        var rows = new List<T>();
        while (csv.Read()) rows.Add(read(csv.GetString));
        return rows;
    }
}
