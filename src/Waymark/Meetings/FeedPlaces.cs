using Waymark.Data;
using Waymark.Field;
using Waymark.People;

namespace Waymark.Meetings;

/// <summary>The places for which a person holds a role: what a calendar of their own is about.</summary>
internal static class FeedPlaces
{
    public static IReadOnlyList<PlaceKey> Of(WaymarkDb db, int person, DateOnly day) => [.. db.RolesHeld.Where(role => role.PersonId == person).On(day).Select(role => role.Place).Distinct()];
}
