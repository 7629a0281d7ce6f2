using System.Diagnostics;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Waymark.Clusters;
using Waymark.Data;
using Waymark.Field;
using Waymark.Meetings;
using Waymark.Shared.Documents;
using Waymark.Tests.Shared;

namespace Waymark.Tests.Meetings;

/// <summary>Calendars as other programs read them, across the change of the clocks.</summary>
public sealed class CalendarTests
{
    private static readonly DateTime Stamp = new(2016, 9, 1, 8, 0, 0, DateTimeKind.Utc);

    private static CalendarEvent Event(DateOnly day, string summary = "Dunstable: cluster meeting", int sequence = 0, bool cancelled = false) =>
        new($"m{day:yyyyMMdd}@waymark", sequence, day.ToDateTime(new TimeOnly(13, 30)), day.ToDateTime(new TimeOnly(16, 0)), summary, "Grove Theatre, Dunstable", "", "https://waymark.example.org/meetings/1", "https://meet.example.org/1", cancelled, Stamp);

    [Fact]
    public void Lines_are_short_end_in_both_signs_and_lose_nothing()
    {
        var long_ = "Père Noël; Ürümqi, “Öffnung” \\ " + new string('é', 80) + "\nsecond line";
        var text = ICalendar.Write("PUBLISH", "Meetings", [Event(new(2016, 10, 12), long_)]);
        text.Split("\r\n").ShouldAllBe(line => Encoding.UTF8.GetByteCount(line) <= 75);
        text.Replace("\r\n", "").ShouldNotContain("\n");
        ICalendarReader.Read(text)!.All("VEVENT").Single().Text("SUMMARY").ShouldBe(long_);
    }

    [Fact]
    public void A_text_cannot_add_a_line()
    {
        var text = ICalendar.Write("REQUEST", "", [Event(new(2016, 10, 12)) with { Organizer = new CalendarAddress("a@example.org\r\nATTENDEE:mailto:b@example.org", "A\"\r\nX:1"), Conference = "https://x\r\nSTATUS:CANCELLED" }]);
        var lines = text.Replace("\r\n ", "").Split("\r\n");
        lines.ShouldNotContain(line => line.StartsWith("ATTENDEE", StringComparison.Ordinal) || line.StartsWith("X:", StringComparison.Ordinal));
        lines.Where(line => line.StartsWith("STATUS", StringComparison.Ordinal)).ShouldBe(["STATUS:CONFIRMED"]);
    }

    [SkippableFact]
    public void Icaljs_reads_the_feed_across_the_clock_change()
    {
        var modules = Path.Combine(Root(), "tests", "Waymark.Journeys", "node_modules");
        Skip.IfNot(Directory.Exists(Path.Combine(modules, "ical.js")), "ical.js is not installed: npm ci --prefix tests/Waymark.Journeys");
        var script = """
            const ICAL = require('ical.js').default ?? require('ical.js');
            const calendar = new ICAL.Component(ICAL.parse(require('fs').readFileSync(0, 'utf8')));
            for (const zone of calendar.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(zone);
            for (const part of calendar.getAllSubcomponents('vevent')) { const event = new ICAL.Event(part); console.log(event.uid, event.sequence, event.startDate.toJSDate().toISOString(), event.endDate.toJSDate().toISOString(), part.getFirstPropertyValue('status')); }
            """;
        Run("node", ["-e", script], new() { ["NODE_PATH"] = modules, ["TZ"] = "Pacific/Auckland" }).ShouldBe(Expected);
    }

    [SkippableFact]
    public void Pythons_icalendar_reads_the_feed_across_the_clock_change()
    {
        var script = """
            import sys
            try:
                import icalendar
            except ImportError:
                print("missing"); sys.exit()
            import datetime
            for event in icalendar.Calendar.from_ical(sys.stdin.buffer.read()).walk("VEVENT"):
                utc = lambda name: event[name].dt.astimezone(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.000Z")
                print(event["UID"], event["SEQUENCE"], utc("DTSTART"), utc("DTEND"), event["STATUS"])
            """;
        string read;
        try
        {
            read = new[] { "python3", "/usr/bin/python3" }.Select(python => Run(python, ["-c", script], [])).FirstOrDefault(answer => answer.Trim() != "missing") ?? "missing";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            read = "missing";
        }
        Skip.If(read.Trim() == "missing", "python3-icalendar is not installed.");
        read.ShouldBe(Expected);
    }

    private const string Expected = "m20161028@waymark 0 2016-10-28T12:30:00.000Z 2016-10-28T15:00:00.000Z CONFIRMED\nm20161031@waymark 2 2016-10-31T13:30:00.000Z 2016-10-31T16:00:00.000Z CANCELLED\nm20170327@waymark 1 2017-03-27T12:30:00.000Z 2017-03-27T15:00:00.000Z CONFIRMED\n";

    [SkippableTheory, Databases]
    public async Task A_feed_has_its_clusters_meetings_follows_them_and_ends_when_renewed(Database database)
    {
        using var store = TestStore.WithExample(database);
        await using var host = await WaymarkHost.Serving(store);
        using var head = host.NewVisitor(RoleKind.Headteacher, PlaceKey.School(new SchoolUrn(900104)));
        var page = await head.Get("/calendar");
        (await head.Submit(page, [("Of", "nowhere")], "#feed")).Errors.ShouldBe(["Select which meetings"]);
        page = await head.Follow(await head.Submit(page, [("Of", "sandy")], "#feed"));
        var address = new Uri(page.All("code.w-address").Single()).AbsolutePath;
        using var program = host.NewVisitor();
        var feed = await program.Get(address);
        feed.ContentHeaders.ContentType!.MediaType.ShouldBe("text/calendar");
        var events = ICalendarReader.Read(feed.Html)!.All("VEVENT").ToList();
        events.Select(one => one.Text("SUMMARY")).ShouldBe(["Sandy and Biggleswade: cluster meeting", "Sandy: cluster meeting", "Sandy and Biggleswade: cluster meeting"], "its own, and those it holds jointly");
        var uid = events[1].Text("UID");
        using (var db = store.Open())
        {
            var meeting = db.Meetings.Single(meeting => meeting.Uid == uid);
            meeting.Move(new(2017, 1, 26), meeting.Starts, meeting.Ends, meeting.Venue, "", meeting.Round).ShouldBeNull();
            meeting.Cancel("Snow").ShouldBeNull();
            db.SaveChanges();
        }
        var moved = ICalendarReader.Read((await program.Get(address)).Html)!.All("VEVENT").Single(one => one.Text("UID") == uid);
        (moved.Line("DTSTART")!.Value, moved.Text("SEQUENCE"), moved.Text("STATUS")).ShouldBe(("20170126T133000", "2", "CANCELLED"));

        await head.Submit(page, [], "form[id^=renew]");
        (await program.Get(address)).Status.ShouldBe(HttpStatusCode.NotFound, "the old address has ended");
        using var other = host.NewVisitor(RoleKind.Headteacher, PlaceKey.School(new SchoolUrn(900104)), person: 2);
        (await other.Get("/calendar")).All("code.w-address").ShouldBeEmpty("an address is its owner's");
        (await other.Submit(await other.Get("/calendar"), [("Of", "all")], "#feed")).Status.ShouldBe(HttpStatusCode.Redirect);
    }

    [SkippableTheory, Databases]
    public async Task An_answer_by_mail_is_noted_and_a_stale_one_changes_nothing(Database database)
    {
        using var store = TestStore.WithExample(database);
        string uid;
        var token = new string('c', 32);
        using (var db = store.Open())
        {
            var meeting = db.Meetings.First(meeting => meeting.State == MeetingState.Scheduled);
            uid = meeting.Uid;
            db.Add(new Invitee { MeetingId = meeting.Id, Email = "ann.lee@example.org", TokenHash = SealKeys.HashOf(token) });
            db.SaveChanges();
        }
        (await MailIn(store, Mail(token, uid, 0, "ACCEPTED", "20161201T100000Z"))).ShouldStartWith("0 Harlington Area Schools Trust, 17 January 2017: accepted.");
        ReplyOf(store).ShouldBe(Reply.Accepted);
        using (var db = store.Open())
        {
            var meeting = db.Meetings.Single(meeting => meeting.Uid == uid);
            meeting.Move(meeting.Day.AddDays(1), meeting.Starts, meeting.Ends, meeting.Venue, "", meeting.Round);
            db.SaveChanges();
        }
        (await MailIn(store, Mail(token, uid, 0, "DECLINED", "20161205T100000Z"))).ShouldBe("2 The answer is to an earlier invitation.");
        ReplyOf(store).ShouldBe(Reply.Accepted);
        (await MailIn(store, Mail(token, "another@waymark", 1, "DECLINED", "20161205T100000Z"))).ShouldBe("2 The answer is to another meeting.");
        (await MailIn(store, Mail(new string('d', 32), uid, 1, "DECLINED", "20161205T100000Z"))).ShouldBe("2 The mail was sent to no address of an invitation.");
        (await MailIn(store, "To: waymark+" + token + "@example.org\r\n\r\nI shall come.")).ShouldBe("2 The mail holds no answer that a calendar program wrote.");
        (await MailIn(store, Mail(token, uid, 1, "DECLINED", "20161205T100000Z"))).ShouldContain("declined");
        ReplyOf(store).ShouldBe(Reply.Declined);
    }

    [SkippableTheory, Databases]
    public async Task Holidays_are_loaded_from_a_calendar_file_once(Database database)
    {
        using var store = TestStore.On(database);
        await using var host = await WaymarkHost.Serving(store);
        using var officer = host.NewVisitor(RoleKind.Officer);
        var page = await officer.Get("/term-dates?year=201617");
        var file = "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1@council\r\nDTSTART;VALUE=DATE:20161024\r\nDTEND;VALUE=DATE:20161029\r\nSUMMARY:Half term\\, all schools\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"u8.ToArray();
        (await officer.Submit(page, [], [("Calendar", "holidays.ics", "not one"u8.ToArray())], "#calendar")).Errors.ShouldBe(["The file is no calendar: it must be an iCalendar file (.ics)"]);
        page = await officer.Follow(await officer.Submit(page, [], [("Calendar", "holidays.ics", file)], "#calendar"));
        page.Text.ShouldContain("24 October 2016 to 28 October 2016: Half term, all schools");
        (await officer.Follow(await officer.Submit(page, [], [("Calendar", "holidays.ics", file)], "#calendar"))).Text.ShouldContain("0 times of holidays were loaded");
        (await officer.Submit(page, [("from", "2016-09-05"), .. Enumerable.Repeat(("from", (string?)""), 5)], "#halves")).Errors.ShouldBe(["Enter the first and the last day of the autumn term 2016, first half"]);
    }

    private static Reply ReplyOf(TestStore store)
    {
        using var db = store.Open();
        return db.Set<Invitee>().Single().Reply;
    }

    private static string Mail(string token, string uid, int sequence, string answer, string stamp)
    {
        var calendar = $"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:{uid}\r\nSEQUENCE:{sequence}\r\nDTSTAMP:{stamp}\r\nATTENDEE;CN=\"Lee, Ann\";PARTSTAT={answer}:\r\n mailto:ann.lee@example.org\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
        return $"From: Ann Lee <ann.lee@example.org>\r\nTo: \"Waymark\"\r\n <waymark+{token}@example.org>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative;\r\n boundary=\"sep\"\r\n\r\n--sep\r\nContent-Type: text/plain\r\n\r\nYes.\r\n--sep\r\nContent-Type: text/calendar; method=REPLY; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n{Convert.ToBase64String(Encoding.UTF8.GetBytes(calendar), Base64FormattingOptions.InsertLineBreaks)}\r\n--sep--\r\n";
    }

    private static async Task<string> MailIn(TestStore store, string mail)
    {
        using var process = WaymarkProcess.Start(store, "mail-in");
        await process.StandardInput.WriteAsync(mail);
        process.StandardInput.Close();
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return $"{process.ExitCode} {(await output + await errors).Trim()}";
    }

    private static string Run(string program, string[] arguments, Dictionary<string, string> environment)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        process.StandardInput.Write(ICalendar.Write("PUBLISH", "Meetings", [Event(new(2016, 10, 28)), Event(new(2016, 10, 31), sequence: 2, cancelled: true), Event(new(2017, 3, 27), sequence: 1)]));
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.ShouldBe(0, process.StandardError.ReadToEnd());
        return output.ReplaceLineEndings("\n");
    }

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));
}
