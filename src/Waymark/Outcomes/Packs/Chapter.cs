using System.Reflection;
using System.Text.Json;
using Waymark.Evidence;
using Waymark.Field;

namespace Waymark.Outcomes.Packs;

/// <summary>One stage of the 0-19 journey as a pack shows it: which measures, which of them first. Data: chapters.json.</summary>
internal sealed record Chapter(string Id, string Heading, string Children, string[] Phases, string Main, string? Gap, string[] Measures, string[] SideBySide, string[] Authority)
{
    public static IReadOnlyList<Chapter> All { get; } = Read();

    /// <summary>What describes the pupils themselves, in the order of the page.</summary>
    public static IReadOnlyList<Measure> Characteristics { get; } =
        [.. new[] { "pupils.headcount", "pupils.disadvantaged", "pupils.fsm", "pupils.sen.support", "pupils.ehcp", "pupils.eal" }.Select(Catalogue.Measure)];

    public Measure MainMeasure => Catalogue.Measure(Main);
    public Measure? GapMeasure => Gap is null ? null : Catalogue.Measure(Gap);
    public IReadOnlyList<Measure> AllMeasures => [.. Measures.Select(Catalogue.Measure)];

    /// <summary>In which the schools of a cluster stand beside each other.</summary>
    public IReadOnlyList<Measure> SideBySideMeasures => [.. SideBySide.Select(Catalogue.Measure)];

    /// <summary>What is known of authorities, and there put in order, whether or not schools have it.</summary>
    public IReadOnlyList<Measure> AuthorityMeasures => [.. Authority.Select(Catalogue.Measure)];

    /// <summary>Whether a school of this phase has children of this stage.</summary>
    public bool Concerns(Phase phase) => phase == Phase.Unknown || Phases.Contains(phase.InWords());

    private static Chapter[] Read()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Waymark.Outcomes.Packs.chapters.json")!;
        return JsonSerializer.Deserialize<Chapter[]>(stream, JsonSerializerOptions.Web)!;
    }
}
