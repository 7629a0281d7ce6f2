using System.Net;
using System.Text.RegularExpressions;
using Waymark.Data;
using Waymark.Field;
using Waymark.Priorities;
using Waymark.Shared.Mail;
using Waymark.Tests.Schools;
using Waymark.Tests.Shared;

namespace Waymark.Tests.Priorities;

public sealed partial class ProgressRoundTests
{
    [Fact]
    public void Owners_are_asked_two_weeks_in_reminded_twice_and_then_the_lead_is_told()
    {
        var first = new DateOnly(2016, 11, 1);
        ProgressRounds.Next(first.AddDays(13), []).ShouldBeNull();
        ProgressRounds.Next(first.AddDays(14), []).ShouldBe(1);
        ProgressRounds.Next(first.AddDays(20), [(1, first.AddDays(14))]).ShouldBeNull();
        ProgressRounds.Next(first.AddDays(21), [(1, first.AddDays(14))]).ShouldBe(2);
        ProgressRounds.Next(first.AddDays(28), [(1, first.AddDays(14)), (2, first.AddDays(21))]).ShouldBe(3);
        ProgressRounds.Next(first.AddDays(35), [(1, first.AddDays(14)), (2, first.AddDays(21)), (3, first.AddDays(28))]).ShouldBe(ProgressRounds.LeadTold);
        ProgressRounds.Next(first.AddDays(50), [(4, first.AddDays(35))]).ShouldBeNull();
    }

    [SkippableTheory, Databases]
    public async Task A_letter_s_link_reports_on_one_action_once_without_signing_in(Database database)
    {
        await using var partnership = await Partnership.Of(database);
        var (lead, head) = (partnership.Joined("Maria Ford", RoleKind.ClusterLead, "dunstable"), partnership.Joined("Sam Reed", RoleKind.Headteacher, 109501));
        using (var db = partnership.Store.Open())
        {
            var school = PlaceKey.School(new(109501));
            db.Add(new PlannedAction { Place = partnership.Read(open => Waymark.Clusters.ClusterSets.FindCluster(open, "dunstable")!.Place), OwnerPlace = school, Title = "Open the library", Owner = "Sam Reed", Starts = new(2016, 9, 5), Due = new(2017, 3, 1) });
            db.SaveChanges();
        }
        List<OutboxMail> On(int day)
        {
            using var db = partnership.Store.Open();
            var before = db.Outbox.Count();
            ProgressRounds.Ask(db, new LocalClock(TimeProvider.System, new DateOnly(2016, 11, day)), "https://waymark.example.org");
            return [.. db.Outbox.OrderBy(mail => mail.Id).AsEnumerable().Skip(before)];
        }

        On(14).ShouldBeEmpty();
        var asked = On(15).Single();
        (asked.Recipient, asked.Subject).ShouldBe((head, "How is your action in the plan of Dunstable going?"));
        On(15).ShouldBeEmpty("asked once");
        On(22).Single().Subject.ShouldStartWith("Reminder: ");
        var again = On(29).Single();
        using var anybody = partnership.Anybody();
        var path = Path().Match(again.Body).Value;
        (await anybody.Get(Path().Match(asked.Body).Value)).Status.ShouldBe(HttpStatusCode.Gone, "a newer link was sent");
        var form = await anybody.Get(path);
        form.Heading.ShouldBe("Open the libraryReport progress");
        (await anybody.Submit(form, [])).Errors.ShouldBe(["Select how it is going", "Enter what was done"]);
        (await anybody.Submit(form, [("Going", "Well"), ("DoneSoFar", "Shelves came")])).Location!.AbsolutePath.ShouldBe("/priorities");
        (await anybody.Get(path)).Status.ShouldBe(HttpStatusCode.Gone);
        partnership.Read(db => db.ProgressReports.Single()).ShouldSatisfyAllConditions(report => report.Going.ShouldBe(Going.Well), report => report.PersonId.ShouldNotBeNull("the link says whose it was"));

        using (var db = partnership.Store.Open())
        {
            db.RemoveRange(db.ProgressReports);
            db.SaveChanges();
            ProgressRounds.Ask(db, new LocalClock(TimeProvider.System, new DateOnly(2016, 12, 6)), "https://waymark.example.org");
            db.Outbox.OrderBy(mail => mail.Id).Last().ShouldSatisfyAllConditions(mail => mail.Recipient.ShouldBe(lead), mail => mail.Body.ShouldContain("was asked three times"));
        }
    }

    [SkippableTheory, Databases]
    public async Task Priorities_and_plans_come_in_from_files_and_go_out_as_the_same(Database database)
    {
        await using var partnership = await Partnership.Of(database);
        var store = partnership.Store;
        store.Load("priorities.csv", "title,horizon,clusters\r\nChildren read more,short-to-medium,Dunstable; Houghton Regis\r\n");
        const string Plan = "plan,priority,action,owner,partners,schools,starts,due,resources,money,state\r\n";
        var refused = store.Stage("wrong.csv", Plan + "Nowhere,Children fly,,,,999999,3.10.16,2016-10-01,,-1,perhaps\r\n");
        refused.Notes.Where(note => note.Kind == Waymark.Shared.Imports.NoteKind.Fault).Select(note => (note.Line, note.Column)).ShouldBe(
            [(2, "plan"), (2, "action"), (2, "owner"), (2, "starts"), (2, "priority"), (2, "money"), (2, "state"), (2, "schools")], ignoreOrder: true);
        var loaded = store.Load("plan.csv", Plan + "Dunstable,Children read more,Open the library,\"Ford, Maria\",Library service; Council,109501,2016-10-03,31/03/2017,A room,1200,under way\r\n109501,,Read in pairs,Sam Reed,,,2016-10-03,2017-03-31,,,\r\n");
        loaded.Import.RowsKept.ShouldBe(2);

        var rows = partnership.Read(db => ActionRow.All(db, new(2016, 12, 16)).ToList());
        rows.Select(row => row.Plan).ShouldBe(["Dunstable", "109501"]);
        rows[0].ShouldSatisfyAllConditions(row => row.Priority.ShouldBe("Children read more"), row => row.Owner.ShouldBe("Ford, Maria"), row => row.Partners.ShouldBe(["Library service", "Council"]), row => row.Schools.ShouldBe([109501]),
            row => row.Money.ShouldBe(1200), row => row.State.ShouldBe("under way"), row => row.Due.ShouldBe(new(2017, 3, 31)));
        partnership.Read(db => db.SharedPriorities(new(2016, 12, 16)).Single().Clusters.Count).ShouldBe(2);

        using var officer = partnership.Officer();
        var file = (await officer.Get("/exports/actions.csv")).Content;
        var again = store.Desk().Stage("again.csv", file);
        (again.Refused, again.Import.RowsKept, again.Import.RowsListed).ShouldBe((false, 0, 2));
        store.Desk().Withdraw(loaded.Import.Id).ShouldBeNull();
        partnership.Read(db => ActionRow.All(db, new(2016, 12, 16)).Count()).ShouldBe(0);
    }

    [GeneratedRegex("/progress/[^\\s]+")]
    private static partial Regex Path();
}
