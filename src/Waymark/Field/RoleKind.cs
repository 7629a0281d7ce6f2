namespace Waymark.Field;

/// <summary>What a person does in the partnership. A role is held for a place and a time; its number lasts in the store.</summary>
public enum RoleKind
{
    /// <summary>School improvement officer of the authority: runs the partnership's work.</summary>
    Officer = 1,
    /// <summary>Loads data about children and answers for it.</summary>
    DataOfficer = 2,
    /// <summary>The headteacher whom a cluster chose to lead it.</summary>
    ClusterLead = 3,
    Headteacher = 4,
    /// <summary>Governor or trustee of a school.</summary>
    Governor = 5,
    /// <summary>Chair of a school's governors.</summary>
    Chair = 6,
    BoardMember = 7,
    WorkingGroupLead = 8,
    /// <summary>Somebody of a partner organisation.</summary>
    Partner = 9,
    /// <summary>Reads what members read and changes nothing.</summary>
    Viewer = 10,
    /// <summary>Clerk to a school's governors.</summary>
    Clerk = 11,
    /// <summary>Stands in for a head on one day: at one meeting.</summary>
    StandIn = 12,
}

public static class Roles
{
    private static readonly string[] Codes = ["", "officer", "data-officer", "cluster-lead", "headteacher", "governor", "chair", "board-member", "working-group-lead", "partner", "viewer", "clerk", "stand-in"];
    private static readonly string[] Words = ["", "Officer", "Data officer", "Cluster lead", "Headteacher", "Governor or trustee", "Chair of governors", "Board member", "Working-group lead", "Partner", "Viewer", "Clerk to the governors", "Stand-in for the head"];
    private static readonly PlaceKind[][] Kinds =
        [[], [PlaceKind.Partnership], [PlaceKind.Partnership], [PlaceKind.Cluster], [PlaceKind.School], [PlaceKind.School], [PlaceKind.School], [PlaceKind.Board], [PlaceKind.Group], [PlaceKind.Organisation], [PlaceKind.Partnership, PlaceKind.Cluster, PlaceKind.School], [PlaceKind.School], [PlaceKind.School]];

    public static IReadOnlyList<RoleKind> All { get; } = [.. Enum.GetValues<RoleKind>()];

    /// <summary>As written in files and on the command line: "cluster-lead".</summary>
    public static string Code(this RoleKind role) => Codes[(int)role];

    /// <summary>In words, for a page: "Cluster lead".</summary>
    public static string InWords(this RoleKind role) => Words[(int)role];

    /// <summary>The kinds of place for which it can be held.</summary>
    public static IReadOnlyList<PlaceKind> HeldFor(this RoleKind role) => Kinds[(int)role];

    /// <summary>Reads a code or its words in any case; null when it is none.</summary>
    public static RoleKind? Find(string? text)
    {
        var trimmed = (text ?? "").Trim();
        foreach (var role in All)
            if (trimmed.Equals(role.Code(), StringComparison.OrdinalIgnoreCase) || trimmed.Equals(role.InWords(), StringComparison.OrdinalIgnoreCase)) return role;
        return null;
    }
}
