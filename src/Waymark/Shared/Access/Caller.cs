using Waymark.Field;

namespace Waymark.Shared.Access;

/// <summary>A role that somebody holds today.</summary>
public readonly record struct HeldRole(RoleKind Role, PlaceKey Place);

/// <summary>
/// Who asks: nobody known, or a person with the roles held today. One for each request, read anew each time, so that a role that ended has ended
/// with the next request.
/// </summary>
/// <param name="PersonId">Null for somebody who is not signed in.</param>
/// <param name="Name">As pages show it.</param>
/// <param name="SecondFactor">Signed in with a second factor or a passkey.</param>
public sealed record Caller(int? PersonId, string Name, IReadOnlyList<HeldRole> Roles, bool SecondFactor)
{
    public static readonly Caller Nobody = new(null, "", [], false);

    public bool IsSignedIn => PersonId is not null;

    /// <summary>Holds any role today: sees what members of the partnership see, unpublished results included.</summary>
    public bool IsMember => Roles.Count > 0;

    public bool Holds(RoleKind role) => Roles.Any(held => held.Role == role);
}
