using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Waymark.Outcomes.Imports;

/// <summary>
/// How one family of files says its figures: data (Layouts/*.json), so that a new year's names or a new file are lines in a file.
/// A name may give alternatives ("sess_overall_percent|overall_absence"): the first column that is there counts.
/// </summary>
internal sealed record Layout
{
    public required string Id { get; init; }
    public required string Title { get; init; }
    public required string Source { get; init; }
    /// <summary>0 to 9: of two published files with the same cell, the higher counts.</summary>
    public required int Rank { get; init; }
    /// <summary>Columns that together tell this file from every other.</summary>
    public required string[] Recognise { get; init; }
    public required YearRule Year { get; init; }
    public required PlaceRule Place { get; init; }
    /// <summary>Pupil group to the text that stands for {g} in a column's name.</summary>
    public Dictionary<string, string> Groups { get; init; } = [];
    /// <summary>Pupil group to the column with the number of its pupils.</summary>
    public Dictionary<string, string> Bases { get; init; } = [];
    /// <summary>For files in which each row names its group.</summary>
    public GroupRule? GroupBy { get; init; }
    /// <summary>For files in which each row names its measure; a value is "measure" or "measure group".</summary>
    public MeasureRule? MeasureBy { get; init; }
    public required MeasureColumns[] Measures { get; init; }
    /// <summary>Columns that are known and not kept, with the reason.</summary>
    public KnownColumns[] Known { get; init; } = [];
    /// <summary>A column that says provisional, checked or final; absent: the file is published.</summary>
    public string? StatusColumn { get; init; }
    /// <summary>A cell that is no number and no symbol is a fault of the file, not a listed row.</summary>
    public bool Strict { get; init; }
    /// <summary>The status of every row, where no column says it.</summary>
    public string? Status { get; init; }
    /// <summary>A row without a URN is a total that somebody wrote below the schools: listed, no fault.</summary>
    public bool TotalRows { get; init; }

    /// <summary>The partnership's own results, which nobody has published or protected.</summary>
    public bool IsLocal => StatusColumn is not null || Status is not null;

    public static IReadOnlyList<Layout> All { get; } =
    [
        .. Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(name => name.Contains(".Outcomes.Imports.Layouts.", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(name =>
            {
                using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
                return JsonSerializer.Deserialize<Layout>(stream, JsonSerializerOptions.Web)!;
            }),
    ];
}

/// <summary>Where a file tells its year: a column, the newest earlier year it repeats, a column that came or went, or its name.</summary>
internal sealed record YearRule
{
    public string? Column { get; init; }
    /// <summary>Matches columns with results of earlier years; its group is the two last digits. The file's year follows the newest.</summary>
    public string? PriorYears { get; init; }
    public YearMark[] Marks { get; init; } = [];
    public bool FileName { get; init; }
}

internal sealed record YearMark(string Column, int Year);

internal sealed record PlaceRule
{
    public string? RecordType { get; init; }
    public string[] School { get; init; } = [];
    public string[] Authority { get; init; } = [];
    public string[] National { get; init; } = [];
    public string[] NationalAll { get; init; } = [];
    public string? Level { get; init; }
    public Dictionary<string, string> Levels { get; init; } = [];
    public string? Urn { get; init; }
    public string? Laestab { get; init; }
    public string? AuthorityCode { get; init; }
    public string? Establishment { get; init; }
    public string? Region { get; init; }
    public string? Name { get; init; }
    public NationalMark? NationalMark { get; init; }
    /// <summary>Codes in the authority's column that mean something else: "970" the nation, "980-990" a region.</summary>
    public Dictionary<string, string> Codes { get; init; } = [];
    public OnlyRule? Only { get; init; }
}

/// <summary>A national row marked by a word in any of these columns, its phase by another.</summary>
internal sealed record NationalMark(string[] Columns, string Value, string By, Dictionary<string, string> Values);

/// <summary>Rows that count only where a column has one of these values, at these levels.</summary>
internal sealed record OnlyRule(string Column, string[] Values, string[] Levels);

internal sealed record GroupRule
{
    public required string[] Columns { get; init; }
    /// <summary>The columns' values joined with | to a group, or one column's value where <see cref="Total"/> is given; empty: the column holds the group's code itself.</summary>
    public Dictionary<string, string> Values { get; init; } = [];
    /// <summary>Values that mean "everybody" in any of the columns.</summary>
    public string[] Total { get; init; } = [];
    /// <summary>Columns that describe a school in its own row and divide pupils elsewhere, as its type does.</summary>
    public string[] NotOfSchools { get; init; } = [];
}

internal sealed record MeasureRule
{
    public required string Column { get; init; }
    public Dictionary<string, string> Values { get; init; } = [];
}

internal sealed record MeasureColumns
{
    public required string Measure { get; init; }
    public string? Value { get; init; }
    public string? Numerator { get; init; }
    public string? Base { get; init; }
    public string? Lower { get; init; }
    public string? Upper { get; init; }
    public string? Coverage { get; init; }
    /// <summary>The sum of the points behind an average.</summary>
    public string? Total { get; init; }
    /// <summary>Where columns follow no pattern: group to column.</summary>
    public Dictionary<string, string> Columns { get; init; } = [];
    public Dictionary<string, string> Numerators { get; init; } = [];
    public Dictionary<string, string> BasesBy { get; init; } = [];
    /// <summary>Which groups; all of the layout's where empty.</summary>
    public string[] Groups { get; init; } = [];
    public double Scale { get; init; } = 1;
    /// <summary>A column that meant something else before this year.</summary>
    public int NotBefore { get; init; }
    /// <summary>A column that means something else after this year.</summary>
    public int NotAfter { get; init; } = int.MaxValue;
}

internal sealed record KnownColumns(string Columns, string Reason)
{
    private readonly Regex pattern = new(Columns, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, TimeSpan.FromMilliseconds(100));

    public bool Match(string column) => pattern.IsMatch(column);
}
