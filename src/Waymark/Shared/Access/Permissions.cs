using Waymark.Field;

namespace Waymark.Shared.Access;

/// <summary>Permissions that several rooms ask for; those of one room stand in the room.</summary>
public static class Permissions
{
    /// <summary>Loading the partnership's data: registers, published and local results, clusters.</summary>
    public static readonly Permission LoadData = new("data.load", "Load, confirm and take back files of data", [RoleKind.Officer, RoleKind.DataOfficer], []);
}
