namespace Waymark.Shared.Web;

/// <summary>An entry of the main menu; the lowest order stands first.</summary>
/// <param name="Also">Where other pages of this entry begin, besides its own address.</param>
public sealed record MenuEntry(string Text, string Href, int Order, params string[] Also)
{
    /// <summary>Shown only to who has this permission; null: to everybody.</summary>
    public Access.Permission? For { get; init; }

    public bool Holds(PathString path) => path.StartsWithSegments(Href) || Also.Any(start => path.StartsWithSegments(start));
}
