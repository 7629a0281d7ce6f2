using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Waymark.Clusters;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared;
using Waymark.Shared.Access;
using Waymark.Shared.Exports;
using Waymark.Shared.Web;

namespace Waymark.Meetings;

/// <summary>The year's meetings, their agendas and minutes, who came, and the letters to who did not.</summary>
internal sealed class Room : Shared.Room
{
    /// <summary>The year's dates, templates, other people's clusters.</summary>
    public static readonly Permission Arrange = new("meetings.arrange", "Plan the year’s meetings, draft agendas that clusters start from", [RoleKind.Officer], []);

    /// <summary>Running a meeting: its agenda, attendance, minutes and letters.</summary>
    public static readonly Permission Run = new("meetings.run", "Run a meeting: agenda, attendance, minutes, letters", [RoleKind.Officer], [RoleKind.ClusterLead]);

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
