using Waymark.Field;

namespace Waymark.Shared.Web;

/// <summary>
/// What a room shows on another room's page: a view component, invoked with one argument named "place" (a <see cref="PlaceKey"/>).
/// The lowest order stands first.
/// </summary>
/// <param name="On">The kind of place whose page it stands on.</param>
/// <param name="Component">The view component; it returns empty content where it has nothing to say.</param>
public sealed record Panel(PlaceKind On, Type Component, int Order);
