namespace Waymark.Shared.Web;

/// <summary>An entry of the main menu; the lowest order stands first.</summary>
public sealed record MenuEntry(string Text, string Href, int Order);
