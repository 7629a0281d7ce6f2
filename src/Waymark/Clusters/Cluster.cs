using System.Globalization;
using System.Text;
using Waymark.Data;
using Waymark.Field;

namespace Waymark.Clusters;

public enum ClusterKind
{
    /// <summary>Schools of one locality.</summary>
    Locality = 0,
    /// <summary>Clusters that also meet jointly; its schools are theirs.</summary>
    Joint = 1,
}

/// <summary>A locality group of schools, or a group of such groups that meet jointly.</summary>
public sealed class Cluster : IVersioned
{
    public const int LongestName = 100;

    /// <summary>Addresses beside those of clusters.</summary>
    private static readonly string[] Taken = ["new", "without", "boundaries", "template-csv"];

    public int Id { get; init; }

    /// <summary>The name in addresses and file names. Made from the first name and kept when the name changes, so that links last.</summary>
    public required string Slug { get; init; }
    public required string Name { get; set; }
    public required ClusterKind Kind { get; init; }

    /// <summary>Its place on pages; the lowest stands first, equals by name.</summary>
    public int Position { get; set; }

    /// <summary>The file that brought it; null once a person has worked on it. Seen only while that file is in use.</summary>
    public int? ImportId { get; set; }
    public int Version { get; set; }

    public PlaceKey Place => PlaceKey.Cluster(Id);

    /// <summary>The sentence of the rule that stands against this name, or null.</summary>
    /// <param name="others">The names of the partnership's other clusters.</param>
    public static string? CheckName(string? name, IEnumerable<string> others)
    {
        var text = name?.Trim() ?? "";
        if (text.Length == 0) return "Enter the cluster's name.";
        if (text.Length > LongestName) return $"The name must be {LongestName} characters or fewer.";
        if (SlugOf(text).Length == 0) return "The name must have a letter or a digit.";
        if (Taken.Contains(SlugOf(text))) return $"A cluster cannot be called {text}. Add the name of its place.";
        return others.FirstOrDefault(other => SlugOf(other) == SlugOf(text)) is { } same ? $"There is a cluster called {same} already." : null;
    }

    /// <summary>"Leighton Buzzard, Linslade and Woburn Sands" is leighton-buzzard-linslade-and-woburn-sands. Names with one slug are one name.</summary>
    public static string SlugOf(string name)
    {
        var slug = new StringBuilder(name.Length);
        foreach (var letter in Letters.Apart(name.Replace("&", " and ", StringComparison.Ordinal)))
        {
            if (char.IsAsciiLetterOrDigit(letter)) slug.Append(char.ToLowerInvariant(letter));
            else if (CharUnicodeInfo.GetUnicodeCategory(letter) is not UnicodeCategory.NonSpacingMark && letter is not ('\'' or '’') && slug.Length > 0 && slug[^1] != '-') slug.Append('-');
        }
        return slug.ToString().Trim('-');
    }
}
