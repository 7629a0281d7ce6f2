using System.Text.Json;
using System.Text.Json.Serialization;
using Waymark.Field;

namespace Waymark.Schools;

/// <summary>A school's phase from the register's label, its type and its statutory ages: the first rule of phases.json that fits.</summary>
public static class PhaseRules
{
    private sealed record Rule(Phase Phase, string[]? Type, string[]? Label, int[]? Low, int[]? High, string? Name, bool? Independent)
    {
        public bool Fits(string type, string label, int? low, int? high, string name, bool independent) =>
            (Type is null || Type.Any(part => type.Contains(part, StringComparison.OrdinalIgnoreCase)))
            && (Label is null || Label.Contains(label, StringComparer.OrdinalIgnoreCase))
            && Within(Low, low) && Within(High, high)
            && (Name is null || name.Contains(Name, StringComparison.OrdinalIgnoreCase))
            && (Independent is null || Independent == independent);

        private static bool Within(int[]? range, int? age) => range is null || (age >= range[0] && age <= range[1]);
    }

    private sealed record RuleSet(int Version, string Source, Rule[] Rules);

    private static readonly RuleSet Set = EmbeddedJson.Read<RuleSet>("Waymark.Schools.phases.json");

    public static int Version => Set.Version;

    /// <summary>Where the rules come from, in words.</summary>
    public static string Source => Set.Source;

    /// <param name="type">The register's type and type group, one after the other.</param>
    /// <param name="label">The register's own phase; empty where it gives none.</param>
    public static Phase PhaseOf(string type, string label, int? lowestAge, int? highestAge, string name) =>
        Set.Rules.FirstOrDefault(rule => rule.Fits(type, label, lowestAge, highestAge, name, type.Contains("independent", StringComparison.OrdinalIgnoreCase)))?.Phase ?? Phase.Unknown;
}

internal static class EmbeddedJson
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() }, RespectNullableAnnotations = true };

    public static T Read<T>(string resource)
    {
        using var stream = typeof(EmbeddedJson).Assembly.GetManifestResourceStream(resource)!;
        return JsonSerializer.Deserialize<T>(stream, Options)!;
    }
}
