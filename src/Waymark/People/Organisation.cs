using Waymark.Field;

namespace Waymark.People;

/// <summary>An organisation that works with the partnership: a teaching school, early help, a charity. Known by its number: another of the same name inherits nothing.</summary>
public sealed class Organisation
{
    public const int LongestName = 100;

    public int Id { get; init; }
    public required string Name { get; set; }

    public PlaceKey Place => PlaceKey.Of(PlaceKind.Organisation, Id);

    public static string? CheckName(string? name) => string.IsNullOrWhiteSpace(name) ? "Enter the name of the organisation."
        : name.Trim().Length > LongestName ? $"The name must be {LongestName} characters or fewer." : null;
}
