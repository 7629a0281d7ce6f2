using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Field;
using Waymark.Shared.Access;
using Waymark.Shared.Jobs;
using Waymark.Shared.Mail;
using Waymark.Shared.Web;

namespace Waymark.People.Privacy;

/// <summary>Tells who answers for the data that one account opened page after page of single children and was stopped.</summary>
public static class ManyLooks
{
    public static readonly JobKind Job = new(Looks.Alert, "Tell who answers for the data that somebody opens very many pupils' pages", Tell);

    private static Task Tell(JobRun run)
    {
        var (db, now) = (run.Db, run.Clock.UtcNow);
        if (db.People.Find(int.Parse(run.Argument, CultureInfo.InvariantCulture)) is not { } person) return Task.CompletedTask;
        // Somebody else than whom it is about, if there is anybody; who is alone hears of what was perhaps done with a stolen account.
        var others = Holding(db, run.Clock.Today, RoleKind.DataOfficer, person.Id);
        if (others.Count == 0) others = Holding(db, run.Clock.Today, RoleKind.Officer, person.Id);
        IReadOnlyList<Person> told = others.Count > 0 ? others : [person];
        var root = run.Services.GetRequiredService<PublicAddress>().Root;
        foreach (var recipient in told)
            db.Add(OutboxMail.To(recipient.Email, "Very many pupils' pages were opened by one account",
                $"{person.Name} opened {Looks.Most} pages with single pupils within {Looks.Within.TotalMinutes:0} minutes, and was shown no more.\n\nSee which they were: {root}/people/audit?looks=true\nIf it was not their own work, end their roles and devices: {root}/people/{person.Id}\n", now));
        return Task.CompletedTask;
    }

    private static List<Person> Holding(WaymarkDb db, DateOnly today, RoleKind role, int except)
    {
        var holders = db.RolesHeld.Where(held => held.Role == role && held.PersonId != except).AsEnumerable().Where(held => held.HoldsOn(today)).Select(held => held.PersonId).ToHashSet();
        return [.. db.People.AsNoTracking().Where(person => holders.Contains(person.Id)).OrderBy(person => person.Id)];
    }
}
