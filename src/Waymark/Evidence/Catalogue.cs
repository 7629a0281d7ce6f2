using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Waymark.Field;
using Waymark.Statistics;

namespace Waymark.Evidence;

/// <summary>What a measure's value is, and so how places are summed and how an interval is made.</summary>
public enum MeasureKind
{
    /// <summary>A share of children: numerator over denominator; sums add both.</summary>
    Proportion,
    /// <summary>An average score over children; sums weigh by the children.</summary>
    Mean,
    /// <summary>A progress score with a published interval; sums weigh by the children.</summary>
    Progress,
    /// <summary>A number of children; sums add.</summary>
    Count,
    /// <summary>A rate over sessions or pupils; sums weigh by the children where their number is known.</summary>
    Rate,
    /// <summary>A grade of one school; never summed.</summary>
    Grade,
}

public enum Polarity { None, Higher, Lower }

/// <summary>One measure of the catalogue: data, not code. Adding one is a line in Catalogue/measures.json.</summary>
/// <param name="Number">Its lasting number in the store; never used again for another.</param>
/// <param name="Code">Its lasting name in files and on the command line: "ks2.rwm.exp".</param>
/// <param name="Label">In plain words, as a noun phrase about the children.</param>
/// <param name="Short">For a chart's title.</param>
/// <param name="Stage">The stage of the 0-19 journey it belongs to: "Key stage 2".</param>
/// <param name="Phase">primary, secondary, special, 16 plus, or all.</param>
/// <param name="Unit">"%", "points", "pupils", "grade", "per 100".</param>
/// <param name="Polarity">Whether more is better.</param>
/// <param name="Decimals">How many decimals are shown.</param>
/// <param name="Source">Who publishes it.</param>
/// <param name="ProgressRule">Of a progress score: where the library of statistics keeps its national deviation and bands.</param>
/// <param name="Told">How a sentence goes on after a share: "of children reached a good level of development".</param>
/// <param name="Grades">Of a grade: its words, the first of them is grade 1.</param>
/// <param name="IsRanked">Whether authorities are put in order by it; the publisher gives no quartiles for scores that are rounded to a few values.</param>
public sealed record Measure(
    int Number, string Code, string Label, string Short, string Stage, string Phase, MeasureKind Kind, string Unit, Polarity Polarity, int Decimals, string Source, string? ProgressRule = null, bool IsRanked = true, string? Told = null, IReadOnlyList<string>? Grades = null)
{
    /// <summary>A grade in words; null for what is no grade of this measure.</summary>
    public string? GradeIn(double? value) => Grades is { } words && value is { } grade && grade % 1 == 0 && grade >= 1 && grade <= words.Count ? words[(int)grade - 1] : null;

    /// <summary>What is known of this progress score in a year; null for other measures and unknown years.</summary>
    public ProgressRule? RuleOf(AcademicYear year) => ProgressRule is null ? null : ProgressBands.Rule(year.Code, ProgressRule);

    public bool IsPercentage => Unit == "%";

    /// <summary>Whether a code, or a pattern like "ks2.*", means this measure.</summary>
    public bool IsOneOf(string pattern) => pattern.EndsWith('*') ? Code.StartsWith(pattern[..^1], StringComparison.Ordinal) : Code == pattern;
}

/// <summary>A group of pupils: all, girls, disadvantaged.</summary>
public sealed record PupilGroup(int Number, string Code, string Label);

/// <summary>Groups that together make up another: girls and boys are all. Whoever knows all but one of them knows that one too.</summary>
public sealed record Breakdown(string Total, string[] Parts);

/// <summary>A year in which a measure changed its method, or was not collected at all, with the reason and its source.</summary>
public sealed record MethodNote(string[] Measures, int Year, string Kind, string Reason, string Source)
{
    public bool IsBreak => Kind == "break";
    public bool Concerns(Measure measure) => Measures.Any(measure.IsOneOf);
}

/// <summary>How small a group of children is too small to show.</summary>
/// <param name="NumeratorsOf">Measures, or patterns of them, that say who a child is and not what it reached: their numerators are groups of children too.</param>
public sealed record DisclosureRule(int LargestHiddenGroup, string Reason, string UnsizedReason, string Source, string[] NumeratorsOf, Breakdown[] Breakdowns);

/// <summary>The measures, pupil groups and method notes that Waymark knows; versioned data with their sources.</summary>
public static partial class Catalogue
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    public static IReadOnlyList<Measure> Measures { get; } = Read<Measure[]>("measures");
    public static IReadOnlyList<PupilGroup> Groups { get; } = Read<PupilGroup[]>("groups");
    public static IReadOnlyList<MethodNote> MethodNotes { get; } = Read<MethodNote[]>("breaks");
    public static IReadOnlyList<Deviation> Deviations { get; } = Read<Deviation[]>("deviations");
    public static DisclosureRule Disclosure { get; } = Read<DisclosureRule>("disclosure");

    private static readonly Dictionary<string, Measure> MeasuresByCode = Measures.ToDictionary(measure => measure.Code);
    private static readonly Dictionary<int, Measure> MeasuresByNumber = Measures.ToDictionary(measure => measure.Number);
    private static readonly Dictionary<string, PupilGroup> GroupsByCode = Groups.ToDictionary(group => group.Code);
    private static readonly Dictionary<int, PupilGroup> GroupsByNumber = Groups.ToDictionary(group => group.Number);

    public static PupilGroup All { get; } = Group("all");

    /// <exception cref="KeyNotFoundException">No measure has this code.</exception>
    public static Measure Measure(string code) => MeasuresByCode[code];
    public static Measure Measure(int number) => MeasuresByNumber[number];
    public static Measure? FindMeasure(string code) => MeasuresByCode.GetValueOrDefault(code);
    public static PupilGroup Group(string code) => GroupsByCode[code];
    public static PupilGroup Group(int number) => GroupsByNumber[number];
    public static PupilGroup? FindGroup(string code) => GroupsByCode.GetValueOrDefault(code);

    /// <summary>The years in which this measure changed its method, oldest first.</summary>
    public static IEnumerable<MethodNote> Breaks(Measure measure) => MethodNotes.Where(note => note.IsBreak && note.Concerns(measure)).OrderBy(note => note.Year);

    /// <summary>Why there is no figure for this measure in this year anywhere; null when there should be one.</summary>
    public static MethodNote? NotCollected(Measure measure, AcademicYear year) => MethodNotes.FirstOrDefault(note => !note.IsBreak && note.Year == year.Code && note.Concerns(measure));

    internal static T Read<T>(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"Waymark.Evidence.Catalogue.{name}.json")!;
        return JsonSerializer.Deserialize<T>(stream, Options)!;
    }

    [GeneratedRegex("^[a-z0-9]+([.-][a-z0-9]+)*$")]
    internal static partial Regex CodePattern { get; }
}
