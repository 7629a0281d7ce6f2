using System.Reflection;
using System.Text;
using Waymark.Field;
using Waymark.Shared;
using Waymark.Shared.Access;

namespace Waymark;

/// <summary>docs/permissions.md: which role may do what, and every address with who may use it. Made from the same doors that the gate asks.</summary>
public static class PermissionsDocument
{
    public static string Of(WebApplication app)
    {
        var doors = Room.All.SelectMany(room => room.Doors).Select(of => of.Door).Concat(Shared.Web.WebSetup.Doors.Select(of => of.Door)).ToList();
        var permissions = doors.SelectMany(door => new[] { door.Permission, door.Forms }).OfType<Permission>()
            .Concat(Room.All.SelectMany(room => room.GetType().GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => field.GetValue(null)).OfType<Permission>()))
            .DistinctBy(permission => permission.Code).OrderBy(permission => permission.Code, StringComparer.Ordinal).ToList();
        var text = new StringBuilder("""
            # Who may do what

            Made by `docs/make-tables` from the rooms’ own doors; a test sees to it that it is as the code is, and another tries every address as every role.

            ● for every place, ○ for the own place and what lies in it.


            """);
        text.Append("| what | ").AppendJoin(" | ", Roles.All.Select(role => role.InWords())).Append(" | second step |\n| --- |");
        foreach (var _ in Roles.All) text.Append(" --- |");
        text.Append(" --- |\n");
        foreach (var permission in permissions)
        {
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"| {permission.Words} (`{permission.Code}`) |");
            foreach (var role in Roles.All) text.Append(permission.Everywhere.Contains(role) ? " ● |" : permission.AtOwnPlace.Contains(role) ? " ○ |" : "  |");
            text.Append(permission.SecondFactor ? " needed |\n" : "  |\n");
        }
        text.Append("\n## Every address\n\n“public”: anybody, and what is not published is not shown. “account”: who is signed in. “link”: who has a secret address for this one purpose.\n\n| method | address | room | who |\n| --- | --- | --- | --- |\n");
        foreach (var row in EndpointRow.Of(app).Where(row => !row.Route.StartsWith("/gallery", StringComparison.Ordinal)))
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"| {row.Method} | `{row.Route}` | {row.Room} | {(row.Permission is { } code ? $"`{code}`" : row.Entry)} |\n");
        var links = doors.Select(door => door.Action).OfType<LinkedAction>().ToList();
        if (links.Count > 0) text.Append("\n## What a link in a letter opens\n\nOne action, once, until a day; opening it changes nothing.\n\n");
        foreach (var link in links.OrderBy(link => link.Code, StringComparer.Ordinal)) text.Append(System.Globalization.CultureInfo.InvariantCulture, $"- {link.Words} (`{link.Code}`), for {link.Life.TotalDays:0} days\n");
        return text.ToString();
    }
}
