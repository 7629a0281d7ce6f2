using Microsoft.EntityFrameworkCore;
using Waymark.Data;
using Waymark.Evidence;
using Waymark.Field;
using Waymark.People;
using Waymark.Shared.Access;
using Waymark.Shared.Jobs;
using Waymark.Shared.Mail;
using Waymark.Shared.Web;

namespace Waymark.Priorities;

/// <summary>That an owner was asked for a half term's report, reminded, or the lead told.</summary>
public sealed class ProgressAsk
{
    public required int ActionId { get; init; }
    public required int HalfTerm { get; init; }
    /// <summary>1 asked, 2 and 3 reminded, 4 the lead told.</summary>
    public required int Number { get; init; }
    public required DateOnly On { get; init; }
}

/// <summary>When owners are asked for progress: two weeks into a half term, then twice more a week apart; after a further week the lead is told.</summary>
public static class ProgressRounds
{
    public const int LeadTold = 4;
    private const int DaysIn = 14, DaysBetween = 7;

    /// <summary>What a link in a letter lets an owner do: report on one action.</summary>
    public static readonly LinkedAction Link = new("actions.progress", "Report progress on one action", "/progress/", TimeSpan.FromDays(60),
        (db, id) => db.PlannedActions.FirstOrDefault(action => action.Id == id) is { IsOpen: true } action ? new Found(action, action.OwnerPlace) : null);

    public static readonly JobKind Asking = new("actions.ask", "Asks owners for a half term’s progress, reminds them twice, then tells the lead", run =>
    {
        Ask(run.Db, run.Clock, run.Services.GetRequiredService<PublicAddress>().Root);
        return Task.CompletedTask;
    })
    { DailyAt = new TimeOnly(7, 0) };

    /// <summary>Which letter is due today; null for none.</summary>
    /// <param name="sent">Those of this half term, by number.</param>
    public static int? Next(DateOnly today, IReadOnlyCollection<(int Number, DateOnly On)> sent)
    {
        if (sent.Count == 0) return today >= HalfTerm.Of(today).FirstDay.AddDays(DaysIn) ? 1 : null;
        var last = sent.MaxBy(ask => ask.Number);
        return last.Number < LeadTold && today >= last.On.AddDays(DaysBetween) ? last.Number + 1 : null;
    }

    /// <summary>Writes the letters that are due today into the outbox.</summary>
    /// <param name="root">The address of the pages.</param>
    public static void Ask(WaymarkDb db, LocalClock clock, string root)
    {
        var (today, half) = (clock.Today, HalfTerm.Of(clock.Today).Code);
        var sent = db.ProgressAsks.AsNoTracking().Where(ask => ask.HalfTerm == half).ToList().ToLookup(ask => ask.ActionId, ask => (ask.Number, ask.On));
        foreach (var of in Plans.Of(db, actions => actions.Where(action => action.State == ActionState.Planned || action.State == ActionState.Underway)).Where(of => of.IsDue(today)))
        {
            if (Next(today, [.. sent[of.Action.Id]]) is not { } number) continue;
            foreach (var person in number == LeadTold ? LeadsOf(db, of.Action.Place, today) : With(db, of.Action.OwnerPlace, Room.Report.AtOwnPlace, today))
                db.Add(Letter(db, of, number, person, clock.UtcNow, root));
            db.Add(new ProgressAsk { ActionId = of.Action.Id, HalfTerm = half, Number = number, On = today });
        }
        db.SaveChanges();
    }

    private static OutboxMail Letter(WaymarkDb db, ActionInPlan of, int number, Person person, DateTime now, string root) => number == LeadTold
        ? OutboxMail.To(person.Email, $"No report yet on an action in the plan of {of.Of}", $"""
            Dear {person.Name},

            {of.Action.Owner} was asked three times this half term how this action is going, and has not answered:

            {of.Action.Title}

            See it at {root}/actions/{of.Action.Id}
            """, now)
        : OutboxMail.To(person.Email, $"{(number == 1 ? "" : "Reminder: ")}How is your action in the plan of {of.Of} going?", $"""
            Dear {person.Name},

            {of.Action.Title}

            Three short questions, a minute on a phone. This link is yours alone, needs no password, and works once:

            {root}{Link.NewLink(db, of.Action.Id, person.Id, now)}
            """, now);

    /// <summary>Who leads the plan's place; of a school's or the partnership's plan its officers.</summary>
    private static List<Person> LeadsOf(WaymarkDb db, PlaceKey place, DateOnly today) =>
        With(db, place, [RoleKind.ClusterLead, RoleKind.Headteacher], today) is { Count: > 0 } leads ? leads : With(db, PlaceKey.Partnership, [RoleKind.Officer], today);

    private static List<Person> With(WaymarkDb db, PlaceKey place, IReadOnlyList<RoleKind> roles, DateOnly today)
    {
        var ids = db.RolesHeld.AsNoTracking().Where(held => held.Place == place).ToList().Where(held => roles.Contains(held.Role) && held.HoldsOn(today)).Select(held => held.PersonId).ToHashSet();
        return [.. db.People.AsNoTracking().Where(person => ids.Contains(person.Id)).ToList().Where(person => person.CanSignIn).OrderBy(person => person.Id)];
    }
}
