using System.CommandLine;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Waymark.Clusters;
using Waymark.Data;
using Waymark.Field;
using Waymark.Meetings.Imports;
using Waymark.Shared;
using Waymark.Shared.Access;
using Waymark.Shared.Documents;
using Waymark.Shared.Exports;
using Waymark.Shared.Imports;
using Waymark.Shared.Web;

namespace Waymark.Meetings;

/// <summary>The year's meetings, their agendas and minutes, who came, and the letters to who did not.</summary>
internal sealed class Room : Shared.Room
{
    /// <summary>The year's dates, templates, other people's clusters.</summary>
    public static readonly Permission Arrange = new("meetings.arrange", "Plan the year’s meetings, draft agendas that clusters start from", [RoleKind.Officer], []);

    /// <summary>Running a meeting: its agenda, attendance, minutes and letters.</summary>
    public static readonly Permission Run = new("meetings.run", "Run a meeting: agenda, attendance, minutes, letters", [RoleKind.Officer], [RoleKind.ClusterLead]);

    private static readonly string[] OfRunning = ["Edit", "Cancel", "Agenda", "Attendance", "Close", "Letters", "Minutes", "Poster", "Invited"];

    public override IEnumerable<DoorOf> Doors =>
    [
        new("Pages", Door.For(Permission.Read)), new("Pages/Schedule", Door.Public), new("Pages/Show", new Door(DoorKind.Public, null, (db, route) => Find(db, route))), new("Pages/New", Door.For(Arrange)),
        .. OfRunning.Select(page => new DoorOf($"Pages/{page}", new Door(DoorKind.Role, Run, Find))),
        new("Pages/Item", new Door(DoorKind.Role, Run, FindItem)), new("Pages/Letter", Door.For(Run, "id", FindLetter)),
        new("Pages/Wall", new Door(DoorKind.Role, Permission.Read, Find)), new("Pages/Paper", new Door(DoorKind.Role, Permission.Read, FindPaper)), new("Pages/SignIn", Door.Link(Behind)),
        new("Pages/Plan", Door.For(Arrange)), new("Pages/TermDates", Door.For(Arrange)), new("Pages/Template", Door.For(Arrange)), new("Pages/TermsOfReference", Door.For(Permission.Read, "slug", Named) with { Forms = Run }),
        new("Pages/Feed", Door.Link(Feed)), new("Pages/Decision", new Door(DoorKind.Public, null, FindDecision)),
    ];

    /// <summary>A cluster's meeting belongs to the cluster; a joint one of several, and every other, to the partnership.</summary>
    internal static PlaceKey PlaceOf(Meeting meeting) => meeting.Clusters is [var only] ? PlaceKey.Cluster(only.ClusterId) : PlaceKey.Partnership;

    private static Found? Find(WaymarkDb db, RouteValueDictionary route) => Number(route, "id") is { } id && db.Meetings.Include(meeting => meeting.Clusters).FirstOrDefault(meeting => meeting.Id == id) is { } meeting ? new Found(meeting, PlaceOf(meeting)) : null;

    /// <summary>The meeting, with the version of the item that is edited; for "new" the meeting that gets one.</summary>
    private static Found? FindItem(WaymarkDb db, RouteValueDictionary route)
    {
        if (Find(db, route) is not { Record: Meeting meeting } found) return null;
        if ((string?)route["item"] == "new") return found with { Version = null };
        return Number(route, "item") is { } id && db.Set<AgendaItem>().FirstOrDefault(item => item.Id == id && item.MeetingId == meeting.Id) is { } item ? found with { Version = item.Version } : null;
    }

    private static Found? FindPaper(WaymarkDb db, RouteValueDictionary route) =>
        Find(db, route) is { Record: Meeting meeting } found && Number(route, "paper") is { } id && db.Set<Paper>().Any(paper => paper.Id == id && paper.MeetingId == meeting.Id) ? found : null;

    private static Found? FindLetter(WaymarkDb db, string id) => int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && db.Letters.Find(number) is { } letter
        ? new Found(letter, PlaceOf(db.Meetings.AsNoTracking().Include(meeting => meeting.Clusters).First(meeting => meeting.Id == letter.MeetingId))) : null;

    /// <summary>The meeting whose code hangs on the wall, while it is under way.</summary>
    private static Found? Behind(WaymarkDb db, RouteValueDictionary route) => route["key"] is string { Length: 32 } key
        && db.Meetings.Include(meeting => meeting.Clusters).FirstOrDefault(meeting => meeting.DoorKey == key && meeting.State == MeetingState.Open) is { } meeting ? new Found(meeting, PlaceOf(meeting), null) : null;

    private static Found? Named(WaymarkDb db, string slug) => db.FindCluster(slug) is { } cluster ? new Found(cluster, cluster.Place, null) : null;

    private static Found? Feed(WaymarkDb db, RouteValueDictionary route) => route["secret"] is string { Length: 48 } secret && SealKeys.HashOf(secret) is var hash && db.Set<CalendarFeed>().AsNoTracking().FirstOrDefault(feed => feed.SecretHash == hash) is { } feed ? new Found(feed, PlaceKey.Partnership, null) : null;

    /// <summary>An item of an agenda; for who holds no role, only of published minutes.</summary>
    private static Found? FindDecision(WaymarkDb db, RouteValueDictionary route) => Number(route, "id") is { } id && db.Set<AgendaItem>().FirstOrDefault(item => item.Id == id) is { } item
        && db.Meetings.AsNoTracking().Include(meeting => meeting.Clusters).Single(meeting => meeting.Id == item.MeetingId) is var meeting && (!db.PublishedOnly || Decisions.IsPublic(item, meeting)) ? new Found(item, PlaceOf(meeting), null) : null;

    private static int? Number(RouteValueDictionary route, string name) => int.TryParse(Convert.ToString(route[name], CultureInfo.InvariantCulture), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    public override IEnumerable<Importer> Importers => [new AttendanceCsv()];

    public override IEnumerable<Table> Preview(WaymarkDb db, Import import) => AttendanceCsv.Preview(db, import);

    public override IEnumerable<Command> Commands => [Meetings.Commands.MailInCommand.Create()];

    public override IEnumerable<Citable> Citables => [new(Decisions.Kind, "agenda item or decision", Decisions.Address, Decisions.Find) { Open = Decisions.Open, OpenTo = Run }];

    public override IEnumerable<Need> Needs(WaymarkDb db, Caller caller, DateOnly today, DateOnly until) => WhatWaits.For(db, caller, today, until);

    public override IEnumerable<MenuEntry> Menu => [new("Meetings", "/meetings", 20, "/attendance", "/letters", "/agenda-template", "/term-dates", "/calendar")];

    public override IEnumerable<Panel> Panels => [new(PlaceKind.Cluster, typeof(Pages.ClusterMeetingsPanel), 5), new(PlaceKind.School, typeof(Pages.SchoolMeetingsPanel), 30)];

    public override IEnumerable<Export> Exports =>
    [
        Export.Of("meetings", "Meetings, with attendance in numbers", Permission.Read, (db, _) => MeetingRow.All(db)),
        Export.Of("attendance", "Schools at cluster meetings", Permission.Read, (db, _) => AttendanceRow.All(db)),
        Export.Of("letters", "Letters to schools that were missed, with their reasons", Arrange, (db, _) => LetterRow.All(db)),
        Export.Of("decisions", "Decisions of meetings and what was promised", Permission.Read, (db, _) => DecisionRow.All(db)),
    ];

    public override void FillExample(Store store) => ExampleMeetings.Fill(store);

    public override IEnumerable<Invariant> Invariants => MeetingInvariants.All;
}
