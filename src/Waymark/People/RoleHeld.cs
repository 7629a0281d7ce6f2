using Waymark.Data;
using Waymark.Field;

namespace Waymark.People;

/// <summary>A role that a person holds for a place, from one day to another. Ended, never deleted.</summary>
public sealed class RoleHeld : IVersioned
{
    public int Id { get; init; }
    public required int PersonId { get; init; }
    public required RoleKind Role { get; init; }
    public required PlaceKey Place { get; init; }
    public required DateOnly From { get; init; }
    /// <summary>The last day it is held; null while it goes on. The day before the first: it was given by mistake and never held.</summary>
    public DateOnly? Until { get; private set; }
    /// <summary>Who gave it; null for a command line, an example or a file.</summary>
    public int? GivenBy { get; init; }
    public int Version { get; set; }

    /// <summary>Roles that a school gives itself: its head, chair and clerk invite them.</summary>
    public static IReadOnlyList<RoleKind> OfSchools { get; } = [RoleKind.Governor, RoleKind.Chair, RoleKind.Clerk, RoleKind.StandIn];

    /// <summary>Roles that see more than a password should open.</summary>
    public static IReadOnlyList<RoleKind> WithSecondFactor { get; } = [RoleKind.Officer, RoleKind.DataOfficer];

    public bool HoldsOn(DateOnly day) => From <= day && (Until is null || Until >= day);

    public bool HasEndedBy(DateOnly day) => Until < day;

    /// <summary>Ends it. Returns the sentence of the rule that stands against it, or null.</summary>
    public string? End(DateOnly lastDay)
    {
        if (Until is { } ended && ended <= lastDay) return ended < From ? "This role was taken back already." : $"This role already ends on {ended:d MMMM yyyy}.";
        if (lastDay < From.AddDays(-1)) return $"The last day must be {From:d MMMM yyyy} or later, because the role began on that day.";
        Until = lastDay;
        return null;
    }

    /// <summary>Takes it away at once: the next request is made without it.</summary>
    public string? EndNow(DateOnly today) => From > today ? End(From.AddDays(-1)) : End(today.AddDays(-1));

    /// <summary>The sentence of the rule that stands against giving it, or null.</summary>
    /// <param name="held">What the person holds or held already.</param>
    public static string? Check(RoleKind role, PlaceKey place, DateOnly from, DateOnly? until, IEnumerable<RoleHeld> held)
    {
        if (!role.HeldFor().Contains(place.Kind)) return $"{role.InWords()} is not a role for this kind of place.";
        if (role == RoleKind.StandIn && until is not null && until != from) return "Somebody stands in for one day.";
        if (until < from) return $"The last day must be {from:d MMMM yyyy} or later.";
        return held.FirstOrDefault(other => other.Role == role && other.Place == place && other.From <= (until ?? DateOnly.MaxValue) && from <= (other.Until ?? DateOnly.MaxValue)) is { } same
            ? $"This role is held already from {same.From:d MMMM yyyy}{(same.Until is { } last ? $" to {last:d MMMM yyyy}" : "")}." : null;
    }

    public static RoleHeld Given(int personId, RoleKind role, PlaceKey place, DateOnly from, DateOnly? until = null, int? givenBy = null) =>
        new() { PersonId = personId, Role = role, Place = place, From = from, Until = until, GivenBy = givenBy };
}
