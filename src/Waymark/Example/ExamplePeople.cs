using Waymark.Clusters;
using Waymark.Data;
using Waymark.Field;
using Waymark.People;

namespace Waymark.Example;

/// <summary>Invented people to enter the example as, each with a part that the product is made for.</summary>
internal static class ExamplePeople
{
    public static void Fill(WaymarkDb db, LocalClock clock)
    {
        var dunstable = db.FindCluster("dunstable")!;
        var schools = db.MembersOn(dunstable, clock.Today).Select(member => member.Urn).Order().Take(4).Select(PlaceKey.School).ToList();
        var earlyHelp = new Organisation { Name = "Early Help Central" };
        db.Add(earlyHelp);
        db.SaveChanges();
        var year = new DateOnly(2016, 9, 1);
        (string Name, RoleKind Role, PlaceKey Place, DateOnly From)[] parts =
        [
            ("Olive Marchant", RoleKind.Officer, PlaceKey.Partnership, year.AddYears(-2)),
            ("Olive Marchant", RoleKind.DataOfficer, PlaceKey.Partnership, year.AddYears(-2)),
            ("Clive Sanderson", RoleKind.ClusterLead, dunstable.Place, year),
            ("Clive Sanderson", RoleKind.Headteacher, schools[0], year.AddYears(-6)),
            ("Hetty Longstaff", RoleKind.Headteacher, schools[1], year.AddYears(-4)),
            ("Nadia Okafor", RoleKind.Headteacher, schools[2], year),
            ("Gwen Pettifer", RoleKind.Governor, schools[1], year.AddYears(-1)),
            ("Barnaby Quill", RoleKind.BoardMember, PlaceKey.Board, year),
            ("Priya Lindqvist", RoleKind.Partner, earlyHelp.Place, year),
            ("Cllr Rowan Teasdale", RoleKind.Viewer, PlaceKey.Partnership, year),
        ];
        foreach (var person in parts.GroupBy(part => part.Name))
        {
            // No such address exists, and no password opens these accounts: they are entered by the example's own page.
            var email = $"{person.Key.Replace("Cllr ", "", StringComparison.Ordinal).Replace(' ', '.').ToLowerInvariant()}@waymark.example";
            var added = new Person { Name = person.Key, Email = email, EmailKey = email, InvitedAt = clock.UtcNow, JoinedAt = clock.UtcNow };
            db.Add(added);
            db.SaveChanges();
            db.AddRange(person.Select(part => RoleHeld.Given(added.Id, part.Role, part.Place, part.From)));
        }
        db.SaveChanges();
    }
}
