using System.Globalization;
using CsvHelper;
using Microsoft.EntityFrameworkCore;
using Waymark.Clusters;
using Waymark.Data;
using Waymark.Field;

namespace Waymark.Meetings;

/// <summary>
/// The example's meetings from May 2016 to June 2017: dates, who was represented and which letters went out are the report's; names, times, places, the spring's dates and who said
/// what are invented. Nothing counted is written down: it comes from the rows of representatives.csv.
/// </summary>
internal static class ExampleMeetings
{
    private static readonly DateOnly LettersOn = new(2016, 10, 31);

    public static void Fill(Store store)
    {
        using var db = store.Open();
        FillYear(db);
        var template = Template(db);
        var meetings = Rows("meetings.csv", cell => MeetingOf(db, cell));
        db.AddRange(meetings);
        Attend(db, meetings);
        db.SaveChanges();
        template.Approve(meetings.Single(meeting => meeting.Day == new DateOnly(2016, 9, 19)));
        Minute(db, meetings, template);
        Write(db);
        db.SaveChanges();
    }

    private static void FillYear(WaymarkDb db)
    {
        db.AddRange(Rows("half_terms.csv", cell => new HalfTermDates { HalfTerm = HalfTerm.TryCode(cell("half_term"))!.Value, From = Day(cell("from")), Until = Day(cell("until")) }));
        db.AddRange(Rows("closed_days.csv", cell => new ClosedDays { From = Day(cell("from")), Until = Day(cell("until")), Why = cell("why") }));
        db.SaveChanges();
    }

    private static AgendaTemplate Template(WaymarkDb db)
    {
        var template = new AgendaTemplate { Kind = MeetingKind.Cluster, Number = 1, DraftedOn = new DateOnly(2016, 9, 7) };
        foreach (var (item, i) in Rows("agenda.csv", cell => new TemplateItem { Position = 0, Title = cell("title"), Owner = cell("owner"), Purpose = Enum.Parse<Purpose>(cell("purpose")), Minutes = Number(cell("minutes")), Question = cell("question") }).Select((item, i) => (item, i)))
        {
            item.Position = i + 1;
            template.Items.Add(item);
        }
        db.Add(template);
        return template;
    }

    private static Meeting MeetingOf(WaymarkDb db, Func<string, string> cell)
    {
        var day = Day(cell("day"));
        var cluster = cell("cluster");
        var meeting = new Meeting
        {
            Kind = Enum.Parse<MeetingKind>(cell("kind")),
            Title = cluster.Length > 0 ? cluster : cell("title"),
            Day = day,
            Starts = TimeOnly.Parse(cell("starts"), CultureInfo.InvariantCulture),
            Ends = TimeOnly.Parse(cell("ends"), CultureInfo.InvariantCulture),
            Venue = cell("venue"),
            State = Enum.Parse<MeetingState>(cell("state")),
            Round = db.HalfTermOf(day),
            Uid = $"example-{day:yyyyMMdd}-{Cluster.SlugOf(cluster.Length > 0 ? cluster : cell("title"))}@waymark",
        };
        if (cluster.Length > 0) meeting.Clusters.Add(new MeetingCluster { ClusterId = db.FindCluster(cluster)!.Id });
        return meeting;
    }

    private static void Attend(WaymarkDb db, List<Meeting> meetings)
    {
        Meeting Of(Func<string, string> cell) => meetings.Single(meeting => meeting.Kind == MeetingKind.Cluster && meeting.Day == Day(cell("held_on")) && meeting.Title == cell("cluster"));
        foreach (var (meeting, who) in Rows("representatives.csv", cell => (Of(cell), new Representative
        {
            Urn = new SchoolUrn(Number(cell("urn"))),
            Name = cell("name"),
            Role = cell("role"),
            StandsInFor = cell("stands_in_for"),
            Late = cell("how") == "late",
            At = Of(cell).StartsUtc,
            By = SignedInBy.Afterwards,
        }))) meeting.SignIn(who, out _);
        foreach (var (meeting, apology) in Rows("apologies.csv", cell => (Of(cell), new Apology { Urn = new SchoolUrn(Number(cell("urn"))), By = cell("by"), Note = cell("note") }))) meeting.Apologise(apology);
        // The authority is a member of every cluster, and its officer is at every meeting.
        foreach (var meeting in meetings.Where(meeting => meeting.IsHeld && meeting.Kind == MeetingKind.Cluster))
            foreach (var officer in db.ClusterContacts.AsNoTracking().Where(contact => contact.Capacity == ContactCapacity.Officer && contact.ClusterId == meeting.Clusters[0].ClusterId).ToList())
                meeting.SignIn(new Representative { Organisation = "Central Bedfordshire Council", Name = officer.Name, Role = officer.Role, At = meeting.StartsUtc, By = SignedInBy.Afterwards }, out _);
    }

    /// <summary>Cluster meetings had the agenda that the board approved; of the board's, the items that the report tells of.</summary>
    private static void Minute(WaymarkDb db, List<Meeting> meetings, AgendaTemplate template)
    {
        foreach (var meeting in meetings.Where(meeting => meeting.Kind == MeetingKind.Cluster && meeting.Day >= template.DraftedOn))
        {
            meeting.Items.AddRange(template.Items.Select(item => item.ToItem()));
            if (meeting.IsHeld) meeting.Items.Single(item => item.Title.StartsWith("What heads", StringComparison.Ordinal)).Finding = "All schools gain from working together, and heads, governors and parents say so";
        }
        foreach (var row in Rows("minutes.csv", cell => (Day: Day(cell("held_on")), Cluster: cell("cluster"), Item: cell("item"), Discussion: cell("discussion"), Resonates: cell("resonates"), Decision: cell("decision"), Action: cell("action"), Owner: cell("owner"), Due: cell("due"))))
        {
            var meeting = meetings.Single(meeting => meeting.Day == row.Day && (row.Cluster.Length > 0 ? meeting.Title == row.Cluster : meeting.Kind == MeetingKind.Board));
            var item = meeting.Items.Find(item => item.Title == row.Item);
            if (item is null) meeting.Items.Add(item = new AgendaItem { Position = meeting.Items.Count + 1, Title = row.Item, Purpose = Purpose.ToDecide, Minutes = 45 });
            if (row.Discussion.Length > 0) item.Discussion = row.Discussion;
            if (row.Decision.Length > 0) item.Decision = item.Decision.Length > 0 ? $"{item.Decision}\n{row.Decision}" : row.Decision;
            if (row.Resonates.Length > 0) item.Resonates = Enum.Parse<Resonance>(row.Resonates);
            if (row.Action.Length > 0) item.Actions.Add(new MeetingAction { What = row.Action, Owner = row.Owner, Due = Day(row.Due) });
        }
        db.SaveChanges();
        Meeting? before = null;
        foreach (var meeting in meetings.Where(meeting => meeting.IsHeld && meeting.Items.Count > 0).OrderBy(meeting => meeting.Kind).ThenBy(meeting => meeting.Day))
        {
            meeting.MinutesBecome(MinutesState.Circulated);
            if (meeting.Kind == MeetingKind.Board)
            {
                before?.MinutesBecome(MinutesState.Agreed, meeting);
                before?.MinutesBecome(MinutesState.Published);
                before = meeting;
            }
        }
        db.SaveChanges();
    }

    /// <summary>The letters that are due after the meetings, and the answers that came.</summary>
    private static void Write(WaymarkDb db)
    {
        var round = new HalfTerm(AcademicYear.Ending(2017), 1);
        var letters = db.LettersDue(round).Select(of => of.ToLetter(LettersOn)).ToList();
        foreach (var (urn, reason, note, on) in Rows("reasons.csv", cell => (new SchoolUrn(Number(cell("urn"))), Enum.Parse<AbsenceReason>(cell("reason")), cell("note"), Day(cell("answered_on")))))
            letters.Single(letter => letter.Urn == urn).Answer(reason, note, on);
        db.AddRange(letters);
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static List<T> Rows<T>(string name, Func<Func<string, string>, T> read)
    {
        using var stream = typeof(ExampleMeetings).Assembly.GetManifestResourceStream($"Waymark.Meetings.Example.{name}")!;
        using var bytes = new MemoryStream();
        stream.CopyTo(bytes);
        using var csv = CsvReader.Create(bytes.ToArray());
        var rows = new List<T>();
        while (csv.Read()) rows.Add(read(csv.GetString));
        return rows;
    }
}
