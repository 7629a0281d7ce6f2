using Waymark.Data;
using Waymark.Field;

namespace Waymark.Shared.Access;

/// <summary>What a role may do. The table in the documentation is made from these.</summary>
/// <param name="Code">Its lasting name: "clusters.edit".</param>
/// <param name="Words">What it allows, in plain words.</param>
/// <param name="Everywhere">Roles that have it for every place of the partnership.</param>
/// <param name="AtOwnPlace">Roles that have it for the place they are held for, and what lies in it.</param>
/// <param name="SecondFactor">Only for who signed in with a second factor or a passkey.</param>
public sealed record Permission(string Code, string Words, IReadOnlyList<RoleKind> Everywhere, IReadOnlyList<RoleKind> AtOwnPlace, bool SecondFactor = false)
{
    /// <summary>Every role reads what members read.</summary>
    public static readonly Permission Read = new("members.read", "See what members of the partnership see, unpublished results included", Roles.All, []);

    /// <summary>Whether somebody has it for a place.</summary>
    /// <param name="around">The place itself and all that it lies in today.</param>
    public bool AllowedTo(Caller caller, IReadOnlyCollection<PlaceKey> around) =>
        caller.Roles.Any(held => Everywhere.Contains(held.Role) || (AtOwnPlace.Contains(held.Role) && around.Contains(held.Place)));
}

/// <summary>A record that an address names, and the place it belongs to.</summary>
/// <param name="Version">What changes with each change of it; for a record that is edited.</param>
public sealed record Found(object Record, PlaceKey Place, int? Version)
{
    public Found(object record, PlaceKey place) : this(record, place, (record as IVersioned)?.Version) { }

    /// <summary>A number that differs whenever this text does, for a record that keeps no version.</summary>
    public static int VersionOf(string? text) => BitConverter.ToInt32(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text ?? ""))) & int.MaxValue;
}

public enum DoorKind
{
    /// <summary>Anybody may enter. What is not published is not shown to who holds no role.</summary>
    Public,
    /// <summary>Who holds a role that has the permission for the place of the record.</summary>
    Role,
    /// <summary>Who is signed in, for their own account.</summary>
    Account,
    /// <summary>Who has a secret address that was made for this one purpose.</summary>
    Link,
}

/// <summary>How a page is entered. Set on folders and pages in a room's Room.cs; a page without one does not start.</summary>
/// <param name="Finds">Looks up the record that the address names, from the route's values; null when there is none, which is answered 404.</param>
public sealed record Door(DoorKind Kind, Permission? Permission, Func<WaymarkDb, RouteValueDictionary, Found?>? Finds)
{
    /// <summary>What its forms need, where that is more than seeing the page.</summary>
    public Permission? Forms { get; init; }

    /// <summary>
    /// Its forms hold what must not stand beside a person or a time: they are not wrapped, and leave no form key and no event in the audit trail.
    /// The room writes them in its own way.
    /// </summary>
    public bool IsSealed { get; init; }

    public static readonly Door Public = new(DoorKind.Public, null, null);
    public static readonly Door Account = new(DoorKind.Account, null, null);

    /// <summary>For something of the partnership as a whole.</summary>
    public static Door For(Permission permission) => new(DoorKind.Role, permission, null);

    /// <summary>For a record that one value of the route names.</summary>
    public static Door For(Permission permission, string routeValue, Func<WaymarkDb, string, Found?> find) =>
        new(DoorKind.Role, permission, (db, route) => route[routeValue] is { } value ? find(db, Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)!) : null);

    /// <summary>What a link in a letter opens, where this is the page of a <see cref="LinkedAction"/>.</summary>
    public LinkedAction? Action { get; init; }

    /// <summary>Work on a form that is long and reads only, done before the form has the store to itself.</summary>
    public Func<HttpContext, Task>? Before { get; init; }

    /// <summary>Opened by a secret in the address that the room itself checks; answers 404 to every other.</summary>
    public static Door Link(Func<WaymarkDb, RouteValueDictionary, Found?> find) => new(DoorKind.Link, null, find);

    /// <summary>The page of one action that a link in a letter opens; its route ends with {secret}.</summary>
    public static Door Link(LinkedAction action) =>
        new(DoorKind.Link, null, (db, route) => db.FindActionLink(action, route["secret"] as string) is { } link ? action.Find(db, link.Subject) : null) { Action = action };
}

/// <param name="Path">The folder or page in the room: "Pages", "Pages/Edit". The longest that fits counts.</param>
public sealed record DoorOf(string Path, Door Door);
